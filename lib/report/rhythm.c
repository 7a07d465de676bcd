/* When customers will buy again. */
#include "report/rhythm.h"

#include <stdlib.h>

static void read_intervals(struct rhythms *r)
{
	const struct purchases *p = r->purchases;
	r->days = xcalloc(p->n + 1, sizeof *r->days);
	for (size_t i = 0; i < p->ncustomers; i++)
		for (size_t k = 1; k < p->customers[i].n; k++) {
			const struct purchase *now = &p->list[p->customers[i].first + k];
			r->days[r->n++] = now->day - now[-1].day;
		}
	if (!r->n)
		return;
	qsort(r->days, r->n, sizeof *r->days, study_by_number);
	r->median = study_quantile(r->days, r->n, 0.5);
	r->p90 = study_quantile(r->days, r->n, 0.9);
}

bool rhythms_open(struct study *s, int64_t least, struct rhythms *out)
{
	*out = (struct rhythms){ .today = study_today(s), .least = least };
	if (!purchases_read(s, true, &out->log))
		return false;
	if (out->log.n) {
		out->purchases = out->log.of;
		read_intervals(out);
	}
	return true;
}

bool rhythms_read(struct store *s, const struct query_context *q, int64_t now, int64_t least,
		  struct rhythms *out, struct diag *d)
{
	const struct report_options o = { .now = now };
	struct study study = { .job = report_open(s, &purchases_alone, &o, q, d), .diag = d };
	*out = (struct rhythms){ 0 };
	bool ok = study.job && rhythms_open(&study, least, out);
	report_close(study.job);
	return ok;
}

void rhythms_close(struct rhythms *r)
{
	free(r->days);
	purchases_free(&r->log);
}

static double own_median(const struct purchase *list, size_t n)
{
	enum { FEW = 64 };
	int32_t few[FEW], *days = n <= FEW ? few : xcalloc(n, sizeof *days);
	for (size_t i = 1; i < n; i++)
		days[i - 1] = list[i].day - list[i - 1].day;
	qsort(days, n - 1, sizeof *days, study_by_number);
	double median = study_quantile(days, n - 1, 0.5);
	if (days != few)
		free(days);
	return median;
}

struct rhythm rhythm_of(const struct rhythms *r, const struct customer *who)
{
	int32_t last = purchase_last(r->purchases, who)->day;
	struct rhythm x = { .ago = r->today - last, .known = (int64_t)who->n >= r->least };
	if (x.known) {
		x.median = own_median(&r->purchases->list[who->first], who->n);
		x.due = last + (int64_t)(x.median + 0.5);
	}
	double patience = x.median * 2 > r->p90 ? x.median * 2 : r->p90;
	if (r->n && (double)x.ago > patience)
		x.state = RHYTHM_LAPSED;
	else if (x.known && x.due <= r->today)
		x.state = RHYTHM_DUE;
	else
		x.state = who->n > 1 ? RHYTHM_ACTIVE : RHYTHM_ONCE;
	return x;
}
