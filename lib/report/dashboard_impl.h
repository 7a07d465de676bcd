/* What the files of the dashboard share. Private to lib/report. */
#ifndef CRM_REPORT_DASHBOARD_IMPL_H
#define CRM_REPORT_DASHBOARD_IMPL_H

#include "report/dashboard.h"
#include "report/parts.h"

struct question {
	const struct report *report;
	const char *part, *sort;
	int64_t limit; /* -1: none */
	struct report_options options;
};

/* False with diag; *at as in dashboard_check. */
bool question_read(struct question *q, const struct panel *p, const char **at, struct diag *d);

/* In the arena. */
struct str question_command(const struct question *q, const struct panel *p, const char *program,
			    struct arena *a);

/*
 * Answers all questions that have an answer.  NULL, or the one that cannot be answered, with
 * diag.
 */
const struct answered *dashboard_answer(struct dashboard *d, struct store *s, struct diag *diag);

/*
 * What was answered and its facts as bytes; get: of a question that has no answer yet, in `a`
 * with *rest, which are good bytes and stay where they are, and *rest behind them.
 */
void answered_put(struct buf *b, const struct answered *x);
void answered_get(struct str *rest, struct answered *x, struct arena *a);

bool picture_read(const char *word, struct picture *p, struct diag *d);

/* The place of the k-th row as people read key figures: the house's currency first. */
size_t dashboard_row(const struct dashboard *d, const struct answered *x, size_t k);

/* The pictures of a panel that has no key figure; in the dashboard's arena. */
struct pictures dashboard_pictures(const struct dashboard *d, const struct shown *p);

/* What stands above the i-th of them, or, where there is none, above its rows: the panel's
 * heading, with the currency where several have a picture each. */
struct str dashboard_heading(const struct shown *p, const struct pictures *pictures, size_t i);

/* Its rows, but for the columns that nobody wants to see there. */
struct page_table dashboard_table(const struct dashboard *d, const struct shown *p);

/* Key figures that follow each other stand together: the first place behind them. */
size_t dashboard_group(const struct dashboard *d, size_t first);

static inline bool is_kpi(const struct shown *p)
{
	return p->panel->kpi != NULL;
}

#endif
