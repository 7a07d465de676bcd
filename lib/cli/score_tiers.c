/* crm-score tiers: accounts that bought get the tier that fits what they buy. */
#include <math.h>
#include <stdlib.h>

#include "cli/heading.h"
#include "cli/score.h"
#include "cli/writes.h"
#include "report/report.h"
#include "report/rfm.h"

/* An account as the reports rfm and clv see it. */
struct buyer {
	int64_t id;
	struct str segment;
	int64_t recency, purchases;
	double monetary, clv; /* major units; clv NaN: not known */
	double top;	      /* percent of the customers that have as much revenue, or more */
};

struct tiering {
	struct crm *crm;
	const struct scoring *scoring;
	const struct entity *account;
	struct buyer *all;
	size_t n;
	int64_t **within; /* of each tier with a condition: the accounts that meet it, by id */
	size_t *nwithin;
	struct arena arena; /* what the reports said */
};

/* -- what the reports say -- */

/* Its columns are the job's, which is closed with report_close once all was read. */
static struct kept answer_of(struct tiering *t, const struct report *r, struct job **job)
{
	struct crm *crm = t->crm;
	struct query_context q = query_context(crm, NULL);
	struct report_options o = { .currency = option(crm, "currency"),
				    .now = store_instant(crm->store) };
	struct kept kept = kept_new(false);
	struct job *j = report_open(crm->store, r, &o, &q, &crm->diag);
	if (!j || !report_run(j, &kept.answer, &crm->diag)) {
		crm->diag.source = str_of(r->name);
		refuse(crm, STATUS_REFUSED);
	}
	*job = j;
	return kept;
}

static const struct value *at(const struct kept *k, size_t row, const char *column)
{
	return &k->rows[row].values[answer_column(&k->answer, str_of(column))];
}

/* Accounts alone have tiers: contacts and what somebody may not see are 0. */
static int64_t account_at(const struct tiering *t, const struct kept *k, size_t row)
{
	const struct entity *e;
	int64_t id;
	bool ok = ref_parse(&t->crm->store->schema, at(k, row, "id")->s, &e, &id);
	return ok && e == t->account ? id : 0;
}

static double major(const struct value *v)
{
	return v->kind == V_INT ? (double)v->i / pow(10, v->scale) : NAN;
}

static int by_monetary(const void *a, const void *b)
{
	const struct buyer *x = a, *y = b;
	if (x->monetary != y->monetary)
		return x->monetary < y->monetary ? 1 : -1;
	return (x->id > y->id) - (x->id < y->id);
}

static int by_id(const void *a, const void *b)
{
	const struct buyer *x = a, *y = b;
	return (x->id > y->id) - (x->id < y->id);
}

/* Those who have the same revenue stand at the same place. */
static void rank(struct tiering *t)
{
	qsort(t->all, t->n, sizeof *t->all, by_monetary);
	for (size_t i = 0, end; i < t->n; i = end) {
		for (end = i + 1; end < t->n && t->all[end].monetary == t->all[i].monetary;)
			end++;
		for (size_t k = i; k < end; k++)
			t->all[k].top = 100 * (double)end / (double)t->n;
	}
	qsort(t->all, t->n, sizeof *t->all, by_id);
}

static void read_rfm(struct tiering *t)
{
	struct job *job;
	struct kept k = answer_of(t, &rfm_of_any, &job);
	t->all = arena_new(&t->arena, struct buyer, k.n + 1);
	for (size_t i = 0; i < k.n; i++) {
		int64_t id = account_at(t, &k, i);
		if (!id)
			continue;
		t->all[t->n++] = (struct buyer){
			.id = id,
			.segment = arena_str(&t->arena, at(&k, i, "segment")->s),
			.recency = at(&k, i, "recency")->i,
			.purchases = at(&k, i, "frequency")->i,
			.monetary = major(at(&k, i, "monetary")),
			.clv = NAN,
		};
	}
	kept_free(&k);
	report_close(job);
	rank(t);
}

static void read_clv(struct tiering *t)
{
	struct job *job;
	struct kept k = answer_of(t, &report_clv, &job);
	for (size_t i = 0; i < k.n; i++) {
		struct buyer key = { .id = account_at(t, &k, i) };
		struct buyer *b = bsearch(&key, t->all, t->n, sizeof key, by_id);
		if (b)
			b->clv = major(at(&k, i, "clv"));
	}
	kept_free(&k);
	report_close(job);
}

/* -- which tier -- */

static void read_conditions(struct tiering *t)
{
	struct crm *crm = t->crm;
	struct query_context q = query_context(crm, t->account);
	size_t n = t->scoring->ntiers;
	t->within = arena_new(&t->arena, int64_t *, n + 1);
	t->nwithin = arena_new(&t->arena, size_t, n + 1);
	for (size_t i = 0; i < n; i++) {
		const struct select what = { .context = &q,
					     .where = t->scoring->tiers[i].where,
					     .limit = -1 };
		if (what.where)
			t->within[i] = select_ids(crm->store, &what, &t->nwithin[i], &t->arena);
	}
}

static bool fits(const struct tiering *t, size_t i, const struct buyer *b)
{
	const struct score_tier *x = &t->scoring->tiers[i];
	if (x->segments && !words_have(x->segments, b->segment))
		return false;
	if (x->top && !(b->top <= (double)x->top))
		return false;
	if (x->recency && b->recency > x->recency)
		return false;
	if (b->purchases < x->frequency || (x->monetary > 0 && b->monetary < x->monetary))
		return false;
	if (x->clv > 0 && !(b->clv >= x->clv))
		return false;
	return !x->where || bsearch(&b->id, t->within[i], t->nwithin[i], sizeof b->id, int64_cmp);
}

static const char *tier_of(const struct tiering *t, const struct buyer *b)
{
	for (size_t i = 0; i < t->scoring->ntiers; i++)
		if (fits(t, i, b))
			return t->scoring->tiers[i].tier;
	return NULL;
}

/* A segment that there is none of would be nobody's. */
static void check_segments(struct crm *crm, const struct scoring *s)
{
	struct str rest, word;
	for (size_t i = 0; i < s->ntiers; i++)
		for (rest = str_of(s->tiers[i].segments); rest.p && str_cut(&rest, ' ', &word);)
			if (!rfm_segment(word))
				die(STATUS_REFUSED,
				    "scoring.tiers.%s: there is no segment %s of crm-report rfm",
				    s->tiers[i].tier, quoted(word, &crm->arena));
}

static void put_tiers(struct tiering *t, struct writes *w)
{
	struct arena a = { 0 };
	struct diag d = { 0 };
	for (size_t i = 0; i < t->n; i++) {
		const char *tier = tier_of(t, &t->all[i]);
		struct record r, old;
		arena_reset(&a);
		if (!tier || !store_get(t->crm->store, t->account, t->all[i].id, &old, &a) ||
		    str_is(record_at(&old, "tier")->s, tier))
			continue;
		r = record_new(t->account, &a);
		r.id = t->all[i].id;
		*record_get(&r, "tier") = value_text(str_of(tier));
		d.source = ref_print(t->account, r.id, &a);
		if (writes_put(w, &r, 0, &a, &d) == WROTE_NOTHING)
			complain(t->crm, &d);
	}
	arena_free(&a);
	diag_free(&d);
}

/* All that tiers go by. */
static void read_all(struct tiering *t)
{
	struct crm *crm = t->crm;
	bool clv = false;
	t->scoring = scoring_get(crm->store, &crm->arena, &crm->diag);
	if (!t->scoring) {
		crm->diag.source = STR("scoring");
		refuse(crm, STATUS_REFUSED);
	}
	check_segments(crm, t->scoring);
	for (size_t i = 0; i < t->scoring->ntiers; i++)
		clv |= t->scoring->tiers[i].clv > 0;
	read_rfm(t);
	if (clv)
		read_clv(t);
	read_conditions(t);
}

/* -- what they go by, for people -- */

static const struct heading columns[] = {
	{ "id", "ID", "Mã", false },
	{ "tier", "Tier", "Hạng", false },
	{ "segment", "Segment", "Phân khúc", false },
	{ "monetary", "Revenue", "Doanh thu", true },
	{ "top", "Top %", "Nhóm đầu %", true },
	{ "purchases", "Purchases", "Số lần mua", true },
	{ "days_ago", "Days ago", "Số ngày trước", true },
	{ "clv", "CLV", "Giá trị vòng đời", true },
};

static void print_why(struct tiering *t)
{
	struct writer *out = heading_writer(t->crm, columns, countof(columns));
	struct arena a = { 0 };
	for (size_t i = 0; i < t->n; i++) {
		const struct buyer *b = &t->all[i];
		const struct cell cells[countof(columns)] = {
			{ CELL_TEXT, ref_print(t->account, b->id, &a) },
			cell_text(str_of(tier_of(t, b))),
			cell_text(b->segment),
			score_number(b->monetary, 2, &a),
			score_number(b->top, 2, &a),
			score_number((double)b->purchases, 0, &a),
			score_number((double)b->recency, 0, &a),
			score_number(b->clv, 2, &a),
		};
		writer_row(out, cells);
		arena_reset(&a);
	}
	writer_close(out);
	arena_free(&a);
}

static int explain(struct tiering *t)
{
	db_begin_read(t->crm->store->db);
	read_all(t);
	print_why(t);
	db_commit(t->crm->store->db);
	arena_free(&t->arena);
	return STATUS_OK;
}

int score_tiers(struct crm *crm, int argc, char **argv)
{
	struct tiering t = { .crm = crm };
	struct writes w;
	(void)argv;
	if (argc)
		usage(crm, "tiers takes no operands: what is configured says who");
	t.account = store_entity(crm->store, "account");
	if (option_on(crm, "explain"))
		return explain(&t);
	crm->printed = crm->again = t.account;
	if (writes_begin(&w, crm)) {
		read_all(&t);
		put_tiers(&t, &w);
	}
	arena_free(&t.arena);
	return writes_end(&w);
}
