/*
 * big_deal_stuck: large open deals that are too long in their stage.  Large: above the amount
 * that `share` percent of the deals (open or won) of its owner do not exceed, in that currency;
 * of an owner with fewer than `least`, those of the pipeline (nearest rank).  Too long: longer
 * than the stage's stale days; where it has none, than `stay` percent of the deals that were won
 * stayed in it (nearest rank, too).
 */
#include <math.h>
#include <stdlib.h>

#include "report/alert_impl.h"

/* clang-format off */
const struct alert_figure alert_deal_figures[] = {
	{ "stage", "Stage", "Bước", ROLE_DIMENSION, UNIT_COUNT, NULL },
	{ "days_in_stage", "Days in stage", "Số ngày ở bước", ROLE_FIGURE, UNIT_COUNT, NULL },
	{ "allowed_days", "Allowed", "Số ngày cho phép", ROLE_FIGURE, UNIT_NUMBER, NULL },
	{ "large", "Large from", "Lớn từ", ROLE_FIGURE, UNIT_MONEY, NULL },
	{ 0 },
};
/* clang-format on */

enum { STAGE, DAYS, ALLOWED, LARGE };

static const struct source sources[] = {
	{ "deal", "deal", .where = "amount > 0" },
	{ "stay", "stage_change",
	  .where =
	      "from_stage is not null and duration_s is not null and deal.closed_at is not null" },
};
static const struct report alone = { .name = "deals", .sources = sources, .nsources = 2 };

struct deal {
	int64_t id, amount, owner, since;
	const struct pipeline *pipeline;
	const struct stage *stage;
	struct str currency;
};

/* How long a deal that was won stayed in a stage. */
struct stay {
	const struct stage *stage;
	int64_t seconds;
};

struct dealings {
	struct alerting *x;
	struct deal *list; /* open or won: by owner, currency and amount */
	size_t n, room;
	struct stay *stays; /* by stage and time */
	size_t nstays, stays_room;
	struct usual { /* of a pipeline and currency: INT64_MAX: too few to tell */
		const struct pipeline *pipeline;
		struct str currency;
		int64_t large;
	} * usual;
	size_t nusual;
	struct stay *patience; /* of each stage that deals which were won stayed in */
	size_t npatience;
};

static int compare(int64_t x, int64_t y)
{
	return (x > y) - (x < y);
}

static int by_owner(const void *a, const void *b)
{
	const struct deal *x = a, *y = b;
	int order = compare(x->owner, y->owner);
	order = order ? order : str_cmp(x->currency, y->currency);
	order = order ? order : compare(x->amount, y->amount);
	return order ? order : compare(x->id, y->id);
}

static int by_pipeline(const void *a, const void *b)
{
	const struct deal *x = a, *y = b;
	int order = strcmp(x->pipeline->key, y->pipeline->key);
	order = order ? order : str_cmp(x->currency, y->currency);
	return order ? order : compare(x->amount, y->amount);
}

static int by_stage(const void *a, const void *b)
{
	const struct stay *x = a, *y = b;
	if (x->stage != y->stage)
		return x->stage < y->stage ? -1 : 1;
	return compare(x->seconds, y->seconds);
}

/* -- reading -- */

static void add_deal(struct dealings *all, const struct value *v, struct str currency)
{
	enum { ID, PIPELINE, IN_STAGE, AMOUNT, OWNER, SINCE };
	struct deal d = { .id = v[ID].i, .amount = v[AMOUNT].i, .owner = v[OWNER].i };
	const struct schema *s = &all->x->store->schema;
	d.pipeline = schema_pipeline(s, v[PIPELINE].s);
	d.stage = d.pipeline ? pipeline_stage(d.pipeline, v[IN_STAGE].s) : NULL;
	if (!d.stage || d.stage->kind == STAGE_LOST || v[SINCE].kind != V_TEXT ||
	    !instant_scan(v[SINCE].s, &d.since))
		return;
	d.currency = str_of(currency_code(currency));
	all->list = xgrow(all->list, all->n, &all->room, sizeof *all->list);
	all->list[all->n++] = d;
}

static void add_stay(struct dealings *all, const struct value *v)
{
	enum { PIPELINE, FROM, SECONDS, NOW_IN, NOW };
	const struct schema *s = &all->x->store->schema;
	const struct pipeline *p = schema_pipeline(s, v[PIPELINE].s);
	const struct pipeline *in = schema_pipeline(s, v[NOW_IN].s);
	const struct stage *from = p ? pipeline_stage(p, v[FROM].s) : NULL;
	const struct stage *now = in ? pipeline_stage(in, v[NOW].s) : NULL;
	if (!from || !now || now->kind != STAGE_WON)
		return;
	all->stays = xgrow(all->stays, all->nstays, &all->stays_room, sizeof *all->stays);
	all->stays[all->nstays++] = (struct stay){ from, v[SECONDS].i };
}

static bool read_deals(struct dealings *all)
{
	static const char *const deal_paths[] = { "id",	   "pipeline",	  "stage", "amount",
						  "owner", "stage_since", NULL };
	static const char *const stay_paths[] = { "pipeline",	   "from_stage", "duration_s",
						  "deal.pipeline", "deal.stage", NULL };
	struct alerting *x = all->x;
	const struct report_options o = { .now = x->asked->now };
	struct job *job = report_open(x->store, &alone, &o, x->asked->context, x->diag);
	struct value when;
	const struct value *v;
	if (!job)
		return false;
	struct records *rows = records_open(job, "deal", deal_paths);
	while ((v = records_next(rows, &when)))
		add_deal(all, v, records_currency(rows));
	records_close(rows);
	rows = records_open(job, "stay", stay_paths);
	while ((v = records_next(rows, &when)))
		add_stay(all, v);
	records_close(rows);
	report_close(job);
	return true;
}

/* -- thresholds -- */

/* The nearest rank: how many of n sorted ones `percent` of them do not exceed, from 1. */
static size_t rank_of(size_t n, double percent)
{
	size_t rank = (size_t)ceil((double)n * percent / 100 - 1e-9);
	return rank ? rank : 1;
}

/* Of the sorted deals from `first` on that are of its owner, or pipeline, and currency. */
static size_t count_like(const struct deal *list, size_t first, size_t n,
			 int (*order)(const void *, const void *))
{
	size_t i = first;
	struct deal key = list[first];
	for (; i < n; i++) {
		key.amount = list[i].amount;
		key.id = list[i].id;
		if (order(&key, &list[i]))
			break;
	}
	return i - first;
}

/* From what amount on n sorted deals are large; INT64_MAX: too few to tell. */
static int64_t large_of(const struct dealings *all, const struct deal *sorted, size_t n)
{
	double least = alert_least(all->x, ALERT_BIG_DEAL_STUCK, "least");
	double share = alert_least(all->x, ALERT_BIG_DEAL_STUCK, "share");
	return (double)n < least ? INT64_MAX : sorted[rank_of(n, share) - 1].amount;
}

static void learn_large(struct dealings *all)
{
	size_t n;
	if (all->n)
		qsort(all->list, all->n, sizeof *all->list, by_pipeline);
	all->usual = xcalloc(all->n + 1, sizeof *all->usual);
	for (size_t i = 0; i < all->n; i += n) {
		n = count_like(all->list, i, all->n, by_pipeline);
		all->usual[all->nusual++] =
		    (struct usual){ all->list[i].pipeline, all->list[i].currency,
				    large_of(all, &all->list[i], n) };
	}
	if (all->n)
		qsort(all->list, all->n, sizeof *all->list, by_owner);
}

static int64_t large_in_pipeline(const struct dealings *all, const struct deal *d)
{
	size_t i = 0;
	while (all->usual[i].pipeline != d->pipeline ||
	       !str_eq(all->usual[i].currency, d->currency))
		i++;
	return all->usual[i].large;
}

static void learn_patience(struct dealings *all)
{
	size_t n;
	double share = alert_least(all->x, ALERT_BIG_DEAL_STUCK, "stay");
	if (all->nstays)
		qsort(all->stays, all->nstays, sizeof *all->stays, by_stage);
	all->patience = xcalloc(all->nstays + 1, sizeof *all->patience);
	for (size_t i = 0; i < all->nstays; i += n) {
		for (n = 1; i + n < all->nstays && all->stays[i + n].stage == all->stays[i].stage;)
			n++;
		all->patience[all->npatience++] = all->stays[i + rank_of(n, share) - 1];
	}
}

/* Days allowed in the stage; 0: nobody knows. */
static double allowed_in(const struct dealings *all, const struct stage *s)
{
	size_t i = 0;
	if (s->stale_days > 0)
		return s->stale_days;
	while (i < all->npatience && all->patience[i].stage != s)
		i++;
	return i < all->npatience ? (double)all->patience[i].seconds / DAY_SECONDS : 0;
}

static void look(struct dealings *all, const struct deal *d, int64_t large)
{
	struct alerting *x = all->x;
	const struct entity *e = schema_entity(&x->store->schema, STR("deal"));
	const struct alert_subject *about;
	double days = (double)(x->asked->now - d->since) / DAY_SECONDS, allowed;
	struct value *f;
	if (d->stage->kind != STAGE_OPEN || d->amount <= large ||
	    !((allowed = allowed_in(all, d->stage)) > 0) || days <= allowed ||
	    !(about = alert_subject(x, e, d->id)))
		return;
	struct alert *a = alert_add(x, ALERT_BIG_DEAL_STUCK, e, about, &f);
	a->topic = str_of(d->stage->key);
	f[STAGE] = value_text(a->topic);
	f[DAYS] = value_int((int64_t)days);
	f[ALLOWED] = study_decimal(allowed, 1);
	f[LARGE] = study_money(large, d->currency);
	alert_score(a, 50 * days / allowed);
	alert_value(a, (double)d->amount, d->currency);
	a->evidence =
	    SAY(x, "%s, in stage %s for %s; usual: %s", "%s, đã ở bước %s %s; thường là %s",
		alert_money(x, d->amount, d->currency), stage_label(d->stage, x->language),
		alert_days(x, floor(days)), alert_days(x, allowed));
	a->suggestion = WORDS(x, "call whoever decides, and agree on the next step",
			      "gọi người quyết định và thống nhất bước tiếp theo");
}

static void look_at_all(struct dealings *all)
{
	size_t n;
	for (size_t first = 0; first < all->n; first += n) {
		n = count_like(all->list, first, all->n, by_owner);
		int64_t large =
		    all->list[first].owner ? large_of(all, &all->list[first], n) : INT64_MAX;
		for (size_t i = first; i < first + n; i++)
			look(all, &all->list[i],
			     large < INT64_MAX ? large : large_in_pipeline(all, &all->list[i]));
	}
}

bool alerts_of_deals(struct alerting *x)
{
	struct dealings all = { .x = x };
	if (!alert_on(x, ALERT_BIG_DEAL_STUCK))
		return true;
	bool ok = read_deals(&all);
	learn_large(&all);
	learn_patience(&all);
	look_at_all(&all);
	free(all.list);
	free(all.stays);
	free(all.usual);
	free(all.patience);
	return ok;
}
