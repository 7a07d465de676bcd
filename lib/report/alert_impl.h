/* What those who find alerts share.  Private to lib/report/alert*.c. */
#ifndef CRM_REPORT_ALERT_IMPL_H
#define CRM_REPORT_ALERT_IMPL_H

#include "report/alert.h"
#include "report/baskets.h"
#include "report/rhythm.h"
#include "schema/label.h"
#include "store/access.h"

/* The records of one type that alerts may be about. */
struct alert_subjects {
	const struct entity *entity;
	struct alert_subject {
		int64_t id;
		struct str name, owner;
	} * list; /* by id */
	size_t n;
};

struct alerting {
	struct store *store;
	const struct alerts_asked *asked;
	const struct alerts *config;
	enum language language;
	int64_t today;
	struct alert_list *list;
	struct arena *arena; /* the list's */
	struct diag *diag;
	struct alert_subjects subjects[ALERT_SUBJECTS];
	size_t nsubjects;
	struct purchase_log log; /* by currency, once it is read */
	struct rhythms rhythms;	 /* likewise */
	bool logged, timed;
};

/* Whether that kind is asked for and not switched off. */
bool alert_on(const struct alerting *x, enum alert_number kind);
double alert_least(const struct alerting *x, enum alert_number kind, const char *option);

/* NULL: it is not among those asked for, or the acting user may not read it. */
const struct alert_subject *alert_subject(struct alerting *x, const struct entity *e, int64_t id);

/* Who leads the team, and *e, if they are among those asked for; else the team itself. */
const struct alert_subject *alert_leader(struct alerting *x, const struct alert_subject *team,
					 const struct entity **e);

/* A new one about that subject; figures: as many as its kind has, none of them set (V_NULL). */
struct alert *alert_add(struct alerting *x, enum alert_number kind, const struct entity *e,
			const struct alert_subject *about, struct value **figures);
void alert_score(struct alert *a, double score);		      /* rounded, within 0 to 100 */
void alert_value(struct alert *a, double minor, struct str currency); /* rounded; above 0 alone */

/* Read once; false with diag. */
bool alert_log(struct alerting *x);
bool alert_rhythms(struct alerting *x);

/*
 * The currency of the customer's last purchase, and the purchases in it; NULL: no purchase.
 */
const struct purchases *alert_purse(const struct alerting *x, const struct entity *e, int64_t id,
				    const struct customer **who);

/* Net revenue of the days from … last, both included. */
int64_t alert_revenue(const struct purchases *p, const struct customer *who, int64_t from,
		      int64_t last);

/* -- sentences, in the database's language: in the list's arena -- */

#define SAY(x, en, vi, ...)                                                      \
	((x)->language == VIETNAMESE ? arena_printf((x)->arena, vi, __VA_ARGS__) \
				     : arena_printf((x)->arena, en, __VA_ARGS__))

/* The same of words that hold no figures. */
#define WORDS(x, en, vi) str_of((x)->language == VIETNAMESE ? (vi) : (en))

/* "12,500,000 VND"; "2.4"; as the settings group and point. */
const char *alert_money(struct alerting *x, int64_t minor, struct str currency);
const char *alert_decimal(struct alerting *x, double number, int scale);
/* "1 day", "12 days" */
const char *alert_days(struct alerting *x, double days);

/* -- the kinds; false with diag -- */

typedef bool alert_finder(struct alerting *x);
alert_finder alerts_of_products;  /* cross_sell, up_sell, switch_sell */
alert_finder alerts_of_customers; /* due_reorder, churn_risk */
alert_finder alerts_of_margin;	  /* falling_margin */
alert_finder alerts_of_targets;	  /* below_target */
alert_finder alerts_of_trend;
alert_finder alerts_of_deals; /* big_deal_stuck */
alert_finder alerts_of_vips;  /* vip_silent */

extern const struct alert_figure alert_product_figures[], alert_rhythm_figures[],
    alert_margin_figures[], alert_target_figures[], alert_trend_figures[], alert_deal_figures[],
    alert_vip_figures[], alert_up_figures[], alert_switch_figures[], alert_churn_figures[];

#endif
