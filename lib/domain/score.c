/* Scoring leads and deals, all at once. */
#include "domain/score.h"

#include <math.h>
#include <stdlib.h>

bool scorer_open(struct scorer *s, struct store *store, struct diag *d)
{
	*s = (struct scorer){ .store = store, .now = store_instant(store) };
	s->scoring = scoring_get(store, &s->arena, d);
	if (!s->scoring)
		return false;
	learner_open(&s->lead, store, store_entity(store, "lead"), &s->scoring->lead);
	learner_open(&s->deal, store, store_entity(store, "deal"), &s->scoring->deal);
	return true;
}

void scorer_close(struct scorer *s)
{
	learner_close(&s->lead);
	learner_close(&s->deal);
	arena_free(&s->arena);
}

double score_decay(const struct scorer *s, const struct score_rule *r, int64_t at)
{
	if (!r->time)
		return 1;
	if (at == INT64_MIN || at > s->now)
		return 0;
	if (r->within && at < s->now - r->within * DAY_SECONDS)
		return 0;
	return r->half_life > 0 ? exp2(-(double)(s->now - at) / DAY_SECONDS / r->half_life) : 1;
}

double score_capped(const struct score_rule *r, double points)
{
	if (r->cap == 0)
		return points;
	return r->cap > 0 ? fmin(points, r->cap) : fmax(points, r->cap);
}

static bool is_fact(const struct scorer *s, const struct score_rule *r)
{
	return r->on == s->lead.context.entity;
}

/* -- statements -- */

/* What stored scores and facts need, behind the learner's columns. */
static void fact_columns(const struct scorer *s, struct joins *j, struct sql *q)
{
	const struct query_context *qc = &s->lead.context;
	sql_add(q, ", t0.score, t0.rating");
	for (size_t i = 0; i < s->scoring->nrules; i++) {
		const struct score_rule *r = &s->scoring->rules[i];
		if (!is_fact(s, r))
			continue;
		sql_add(q, ", case when ");
		if (r->where)
			node_sql(r->where, qc, j, q);
		else
			sql_add(q, "1 = 1");
		sql_add(q, " then 1 end");
		if (r->time) {
			sql_add(q, ", ");
			sql_at(q, 0, r->time);
		}
	}
}

/* *from: where the columns behind the learner's and win_probability begin. */
static struct stmt *open_rows(struct scorer *s, struct learner *l, const struct node *where,
			      size_t *from, struct arena *a)
{
	struct sql q = { .arena = a }, columns = { .arena = a }, condition = { .arena = a };
	struct joins j = { .arena = a, .schema = l->context.schema };
	bool deals = l == &s->deal;
	if (!where)
		where =
		    learner_where(&l->context, deals ? "closed_at is null"
						     : "not status in (converted, disqualified)");
	*from = learner_columns(l, &j, &columns) + 1;
	sql_add(&columns, ", t0.win_probability");
	if (!deals)
		fact_columns(s, &j, &columns);
	node_sql(where, &l->context, &j, &condition);
	sql_add(&q, "select ");
	sql_append(&q, &columns);
	sql_add(&q, " from ");
	sql_table(&q, l->context.entity);
	sql_add(&q, " t0");
	joins_sql(&j, &q);
	sql_add(&q, " where ");
	sql_append(&q, &condition);
	sql_add(&q, " order by t0.id");
	struct stmt *rows = db_query(s->store->db, &q);
	sql_free(&columns);
	sql_free(&condition);
	sql_free(&q);
	return rows;
}

/* -- rows -- */

static double chance_of(struct learner *l, const struct bayes_record *r)
{
	struct bayes_view view;
	if (r->won || r->lost)
		return r->won ? 100 : 0;
	return bayes_look(&l->bayes, r, &view) ? bayes_rounded(bayes_percent(&view)) : NAN;
}

static void read_chance(struct learner *l, struct stmt *rows, size_t from, bool parts,
			struct scored *x, struct arena *a)
{
	struct bayes_record own, *r = parts ? arena_new(a, struct bayes_record, 1) : &own;
	struct value stored = stmt_value(rows, from - 1);
	bool known = learner_record(l, rows, 0, false, r);
	*x = (struct scored){ .id = stmt_value(rows, 0).i, .chance = NAN, .score = -1 };
	x->won = known && r->won;
	x->lost = known && r->lost;
	x->chance = known ? chance_of(l, r) : NAN;
	x->stored_chance = stored.kind == V_INT ? (double)stored.i / NUMBER_ONE : NAN;
	x->record = parts && known ? r : NULL;
}

static const char *grade_named(const struct scoring *s, struct str rating)
{
	for (size_t i = 0; i < s->ngrades; i++)
		if (str_is(rating, s->grades[i].rating))
			return s->grades[i].rating;
	return NULL;
}

static int64_t instant_of(struct value v)
{
	int64_t at;
	return v.kind == V_TEXT && instant_scan(v.s, &at) ? at : INT64_MIN;
}

static void read_facts(const struct scorer *s, struct stmt *rows, size_t from, struct scored *x,
		       struct score_part *parts)
{
	struct value score = stmt_value(rows, from);
	x->stored_score = score.kind == V_INT ? score.i : -1;
	x->stored_rating = grade_named(s->scoring, stmt_value(rows, from + 1).s);
	from += 2;
	for (size_t i = 0; i < s->scoring->nrules; i++) {
		const struct score_rule *r = &s->scoring->rules[i];
		if (!is_fact(s, r))
			continue;
		bool met = stmt_value(rows, from++).kind == V_INT;
		int64_t at = r->time ? instant_of(stmt_value(rows, from++)) : INT64_MIN;
		double d = met ? score_decay(s, r, at) : 0;
		double points = score_capped(r, r->points * d);
		x->points += points;
		if (parts)
			parts[i] = (struct score_part){ .points = points,
							.n = d > 0,
							.last = at,
							.capped = points != r->points * d };
	}
}

static struct scored *kept(struct scored *list, size_t n, struct arena *a)
{
	struct scored *all = arena_new(a, struct scored, n + 1);
	if (n)
		memcpy(all, list, n * sizeof *all);
	free(list);
	return all;
}

/* -- leads -- */

static const char *rating_of(const struct scoring *s, int score)
{
	const struct score_grade *best = NULL;
	for (size_t i = 0; i < s->ngrades; i++)
		if (score >= s->grades[i].least && (!best || best->least < s->grades[i].least))
			best = &s->grades[i];
	return best ? best->rating : NULL;
}

/* What the rules and the chance come to together. */
static void blend(const struct scorer *s, struct scored *x)
{
	double weight = s->scoring->nrules ? (double)s->scoring->lead.weight / 100 : 1;
	double points = fmin(fmax(x->points, 0), 100);
	if (x->won || x->lost || (isnan(x->chance) && !s->scoring->nrules))
		return;
	if (isnan(x->chance) || s->lead.won + s->lead.lost < s->scoring->lead.after)
		weight = 0;
	double score = (1 - weight) * points + (weight > 0 ? weight * x->chance : 0);
	x->score = (int)floor(score + 0.5);
	x->rating = rating_of(s->scoring, x->score);
}

struct scored *score_leads(struct scorer *s, const struct node *where, bool parts, size_t *n,
			   struct arena *a)
{
	struct scored *list = NULL;
	size_t room = 0, from, nrules = s->scoring->nrules;
	if (!s->lead_learnt)
		learner_learn(&s->lead);
	s->lead_learnt = true;
	struct stmt *rows = open_rows(s, &s->lead, where, &from, a);
	for (*n = 0; stmt_step(rows); ++*n) {
		list = xgrow(list, *n, &room, sizeof *list);
		struct scored *x = &list[*n];
		read_chance(&s->lead, rows, from, parts, x, a);
		x->parts = parts ? arena_new(a, struct score_part, nrules + 1) : NULL;
		read_facts(s, rows, from, x, x->parts);
	}
	stmt_close(rows);
	list = kept(list, *n, a);
	score_behaviour(s, list, *n);
	for (size_t i = 0; i < *n; i++)
		blend(s, &list[i]);
	return list;
}

/* -- deals -- */

struct scored *score_deals(struct scorer *s, const struct node *where, bool parts, size_t *n,
			   struct arena *a)
{
	struct scored *list = NULL;
	size_t room = 0, from;
	if (!s->deal_learnt)
		learner_learn(&s->deal);
	s->deal_learnt = true;
	struct stmt *rows = open_rows(s, &s->deal, where, &from, a);
	for (*n = 0; stmt_step(rows); ++*n) {
		list = xgrow(list, *n, &room, sizeof *list);
		read_chance(&s->deal, rows, from, parts, &list[*n], a);
	}
	stmt_close(rows);
	return kept(list, *n, a);
}

/* -- what is written -- */

/* Where there is no history the stored chance stays as it is. */
static bool chance_differs(const struct scored *x)
{
	return !isnan(x->chance) && !(fabs(x->chance - x->stored_chance) < 0.001);
}

bool scored_differs(const struct scored *x, bool deal)
{
	if (chance_differs(x))
		return true;
	return !deal && x->score >= 0 &&
	       (x->score != x->stored_score || x->rating != x->stored_rating);
}

struct record scored_record(const struct scored *x, const struct entity *e, struct arena *a)
{
	struct record r = record_new(e, a);
	r.id = x->id;
	if (chance_differs(x))
		*record_get(&r, "win_probability") =
		    value_int((int64_t)floor(x->chance * 100 + 0.5) * (NUMBER_ONE / 100));
	if (x->score < 0)
		return r;
	*record_get(&r, "score") = value_int(x->score);
	if (x->rating != x->stored_rating) /* a rating that no grade has is people's own */
		*record_get(&r, "rating") =
		    x->rating ? value_text(str_of(x->rating)) : value_null();
	return r;
}
