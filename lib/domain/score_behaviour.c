/* Points for what was done or happened about leads: one pass over each record type. */
#include <stdlib.h>

#include "domain/score.h"

/* So many leads are looked for by name; of more, all of the type is read. */
enum { NAMED_MOST = 20000, IN_STATEMENT = 100 };

/* The rules of one record type. */
struct behaviour {
	struct scorer *scorer;
	const struct entity *on;
	struct scored *all;
	int64_t *ids; /* of all, beside each other: they are looked for at random */
	size_t n, nrules;
	size_t rules[SCORE_RULES]; /* their places */
	double *sums;		   /* n × nrules, without cap */
};

static const struct score_rule *rule_at(const struct behaviour *b, size_t k)
{
	return &b->scorer->scoring->rules[b->rules[k]];
}

/* Those about the leads, where they are few; else NULL. */
static struct node *about(const struct behaviour *b, struct arena *a)
{
	const struct entity *lead = b->scorer->lead.context.entity;
	if (b->n > NAMED_MOST)
		return NULL;
	return b->n <= IN_STATEMENT
		   ? node_refs(lead, b->ids, b->n, a)
		   : node_chosen(lead, store_choose(b->scorer->store, b->ids, b->n), a);
}

/* The lead, and of each rule whether it is met, and when. */
static struct stmt *open_rows(const struct behaviour *b, struct arena *a)
{
	struct sql q = { .arena = a }, columns = { .arena = a }, condition = { .arena = a };
	struct query_context qc = b->scorer->lead.context;
	struct joins j = { .arena = a, .schema = qc.schema };
	const struct node *where = about(b, a);
	qc.entity = b->on;
	qc.arena = a;
	for (size_t k = 0; k < b->nrules; k++) {
		const struct score_rule *r = rule_at(b, k);
		sql_add(&columns, ", case when ");
		if (r->where)
			node_sql(r->where, &qc, &j, &columns);
		else
			sql_add(&columns, "1 = 1");
		sql_add(&columns, " then ");
		sql_at(&columns, 0, r->time);
		sql_add(&columns, " end");
	}
	if (where)
		node_sql(where, &qc, &j, &condition);
	sql_add(&q, "select t0.lead");
	sql_append(&q, &columns);
	sql_add(&q, " from ");
	sql_table(&q, b->on);
	sql_add(&q, " t0");
	joins_sql(&j, &q);
	if (where) {
		sql_add(&q, " where ");
		sql_append(&q, &condition);
	}
	struct stmt *rows = db_query(b->scorer->store->db, &q);
	sql_free(&columns);
	sql_free(&condition);
	sql_free(&q);
	return rows;
}

/* Where it would stand if there were no gaps, else wherever it is. */
static struct scored *find(const struct behaviour *b, int64_t id)
{
	int64_t first = b->ids[0], last = b->ids[b->n - 1];
	if (id < first || id > last)
		return NULL;
	double share = (double)(id - first) / (double)(last - first + 1);
	size_t guess = (size_t)(share * (double)b->n);
	if (b->ids[guess] == id)
		return &b->all[guess];
	const int64_t *at = bsearch(&id, b->ids, b->n, sizeof id, int64_cmp);
	return at ? &b->all[at - b->ids] : NULL;
}

static void count_part(struct scored *x, size_t rule, int64_t at)
{
	struct score_part *p = &x->parts[rule];
	p->last = !p->n || at > p->last ? at : p->last;
	p->n++;
}

static void add_row(struct behaviour *b, struct stmt *rows, struct scored *x)
{
	double *sums = b->sums + (size_t)(x - b->all) * b->nrules;
	for (size_t k = 0; k < b->nrules; k++) {
		struct value v = stmt_value(rows, k + 1);
		int64_t at;
		if (v.kind != V_TEXT || !instant_scan(v.s, &at))
			continue;
		double d = score_decay(b->scorer, rule_at(b, k), at);
		sums[k] += rule_at(b, k)->points * d;
		if (x->parts && d > 0)
			count_part(x, b->rules[k], at);
	}
}

static void add_sums(struct behaviour *b)
{
	for (size_t i = 0; i < b->n; i++) {
		struct scored *x = &b->all[i];
		for (size_t k = 0; k < b->nrules; k++) {
			double sum = b->sums[i * b->nrules + k];
			double points = score_capped(rule_at(b, k), sum);
			x->points += points;
			if (!x->parts)
				continue;
			x->parts[b->rules[k]].points = points;
			x->parts[b->rules[k]].capped = points != sum;
		}
	}
}

static void run(struct behaviour *b)
{
	struct arena a = { 0 };
	b->ids = arena_new(&a, int64_t, b->n);
	for (size_t i = 0; i < b->n; i++)
		b->ids[i] = b->all[i].id;
	struct stmt *rows = open_rows(b, &a);
	b->sums = xcalloc(b->n * b->nrules, sizeof *b->sums);
	while (stmt_step(rows)) {
		struct scored *x = find(b, stmt_value(rows, 0).i); /* 0: about no lead */
		if (x)
			add_row(b, rows, x);
	}
	stmt_close(rows);
	add_sums(b);
	free(b->sums);
	arena_free(&a);
}

void score_behaviour(struct scorer *s, struct scored *all, size_t n)
{
	const struct scoring *c = s->scoring;
	for (size_t e = 0; n && e < s->store->schema.nentities; e++) {
		struct behaviour b = { .scorer = s, .all = all, .n = n };
		b.on = s->store->schema.entities[e];
		if (b.on == s->lead.context.entity)
			continue;
		for (size_t i = 0; i < c->nrules; i++)
			if (c->rules[i].on == b.on)
				b.rules[b.nrules++] = i;
		if (b.nrules)
			run(&b);
	}
}
