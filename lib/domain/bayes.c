/* Naive Bayes: counts of values by team, and what they make of a record. */
#include "domain/bayes.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>

static const double smooth = 0.1;

void bayes_free(struct bayes *b)
{
	map_free(&b->known);
	map_free(&b->cells);
	map_free(&b->totals);
	free(b->values);
	free(b->of);
	free(b->sums);
	arena_free(&b->arena);
	*b = (struct bayes){ 0 };
}

/* -- where counts are kept -- */

uint32_t bayes_value(struct bayes *b, size_t scope, size_t feature, struct str text,
		     struct str shown, bool make)
{
	char key[512];
	size_t n = text.n < sizeof key - 4 ? text.n : sizeof key - 4;
	key[0] = (char)(scope & 0xff);
	key[1] = (char)(scope >> 8);
	key[2] = (char)feature;
	if (n)
		memcpy(key + 3, text.p, n);
	struct str k = { key, n + 3 };
	int64_t *at = make ? map_at(&b->known, k) : map_find(&b->known, k);
	if (!at)
		return BAYES_UNKNOWN;
	if (!*at) {
		b->values = xgrow(b->values, b->n, &b->room, sizeof *b->values);
		b->values[b->n] =
		    (struct bayes_value){ scope, feature, arena_str(&b->arena, shown), { 0 } };
		*at = (int64_t)++b->n;
	}
	return (uint32_t)(*at - 1);
}

static struct bayes_cell *cell(struct bayes *b, uint32_t value, uint32_t team)
{
	uint32_t key[] = { value, team };
	int64_t *at = map_at(&b->cells, (struct str){ (const char *)key, sizeof key });
	if (!*at) {
		b->of = xgrow(b->of, b->ncells, &b->cells_room, sizeof *b->of);
		b->of[b->ncells] = (struct bayes_cell){ value, team, 0, 0 };
		*at = (int64_t)++b->ncells;
	}
	return &b->of[*at - 1];
}

static const struct bayes_cell *cell_of(const struct bayes *b, uint32_t value, uint32_t team)
{
	uint32_t key[] = { value, team };
	const int64_t *at = map_find(&b->cells, (struct str){ (const char *)key, sizeof key });
	return at ? &b->of[*at - 1] : NULL;
}

static struct bayes_count *total(struct bayes *b, const struct bayes_value *v, uint32_t team)
{
	uint32_t key[] = { (uint32_t)v->scope, (uint32_t)v->feature, team };
	int64_t *at = map_at(&b->totals, (struct str){ (const char *)key, sizeof key });
	if (!*at) {
		b->sums = xgrow(b->sums, b->nsums, &b->sums_room, sizeof *b->sums);
		b->sums[b->nsums] = (struct bayes_count){ 0 };
		*at = (int64_t)++b->nsums;
	}
	return &b->sums[*at - 1];
}

static struct bayes_count total_of(const struct bayes *b, const struct bayes_value *v,
				   uint32_t team)
{
	uint32_t key[] = { (uint32_t)v->scope, (uint32_t)v->feature, team };
	const int64_t *at = map_find(&b->totals, (struct str){ (const char *)key, sizeof key });
	return at ? b->sums[*at - 1] : (struct bayes_count){ 0 };
}

/* -- counting -- */

/* What a team's cell says: nothing where no record is in it, or too few for a label. */
static struct bayes_count told(const struct bayes *b, const struct bayes_value *v,
			       const struct bayes_cell *c)
{
	int64_t n = c ? c->won + c->lost : 0;
	if (!n || (b->tags[v->feature] && n < b->tags_least))
		return (struct bayes_count){ 0 };
	return (struct bayes_count){ c->won, c->lost, 1 };
}

static void add(struct bayes_count *to, const struct bayes_count *what, int sign)
{
	to->won += sign * what->won;
	to->lost += sign * what->lost;
	to->tables += sign * what->tables;
}

/* Teams are numbered from 1 in the totals: 0 is all of them. */
static void count_value(struct bayes *b, uint32_t value, uint32_t team, bool won, int sign)
{
	struct bayes_value *v = &b->values[value];
	struct bayes_cell *c = cell(b, value, team);
	struct bayes_count before = told(b, v, c);
	*(won ? &c->won : &c->lost) += sign;
	struct bayes_count after = told(b, v, c);
	add(&v->all, &before, -1);
	add(&v->all, &after, 1);
	for (uint32_t k = 0; k < 2; k++) {
		struct bayes_count *sum = total(b, v, k ? team + 1 : 0);
		add(sum, &before, -1);
		add(sum, &after, 1);
	}
}

void bayes_count(struct bayes *b, const struct bayes_record *r, int sign)
{
	if (r->won == r->lost)
		return;
	for (size_t i = 0; i < r->nstages; i++)
		if (r->won || i <= r->stage)
			count_value(b, r->stages[i], r->team, r->won, sign);
	for (size_t i = 0; i < r->n; i++)
		count_value(b, r->values[i], r->team, r->won, sign);
}

/* -- what they make of a record -- */

static struct bayes_odds odds(struct bayes_count c, struct bayes_count of)
{
	return (struct bayes_odds){
		.won = (double)c.won + smooth * (double)c.tables,
		.lost = (double)c.lost + smooth * (double)c.tables,
		.won_total = (double)of.won + smooth * (double)of.tables,
		.lost_total = (double)of.lost + smooth * (double)of.tables,
	};
}

bool bayes_look(const struct bayes *b, const struct bayes_record *r, struct bayes_view *out)
{
	*out = (struct bayes_view){ .bayes = b, .record = r };
	if (!r->nstages)
		return false;
	const struct bayes_value *first = &b->values[r->stages[0]];
	struct bayes_count c = { 0 };
	if (r->team != BAYES_NO_TEAM)
		c = told(b, first, cell_of(b, r->stages[0], r->team));
	out->all = !c.tables;
	if (out->all)
		c = first->all;
	out->prior = odds(c, (struct bayes_count){ 0 });
	out->prior.won_total = out->prior.lost_total = out->prior.won + out->prior.lost;
	return c.tables;
}

bool bayes_known(const struct bayes *b, uint32_t value, uint32_t team, struct bayes_odds *out)
{
	const struct bayes_value *v = &b->values[value];
	struct bayes_count c = told(b, v, cell_of(b, value, team));
	*out = odds(c, total_of(b, v, team + 1));
	return c.tables;
}

bool bayes_factor(const struct bayes_view *v, size_t i, struct bayes_odds *out)
{
	const struct bayes_record *r = v->record;
	bool stage = i == r->n;
	uint32_t value = stage ? r->stages[r->stage] : r->values[i];
	if (value == BAYES_UNKNOWN)
		return false;
	const struct bayes_value *of = &v->bayes->values[value];
	bool known = v->all ? of->all.tables : bayes_known(v->bayes, value, r->team, out);
	if (v->all)
		*out = odds(of->all, total_of(v->bayes, of, 0));
	if (stage) {
		out->won_total = v->prior.won;
		out->lost_total = v->prior.lost;
	}
	return known;
}

/* Counts are tenths, and exact as such. */
static long double tenths(double count)
{
	return roundl((long double)count * 10);
}

/*
 * Reckoned with more digits than the result has, so that a chance that ends in half a hundredth is
 * rounded as what it is; of very many labels the odds come to 0 or infinity at most.
 */
double bayes_percent(const struct bayes_view *v)
{
	long double against = tenths(v->prior.lost) / tenths(v->prior.won);
	for (size_t i = 0; i <= v->record->n; i++) {
		struct bayes_odds o;
		if (bayes_factor(v, i, &o))
			against *= tenths(o.lost) * tenths(o.won_total) /
				   (tenths(o.lost_total) * tenths(o.won));
	}
	return (double)(100 / (1 + against));
}

/* As decimal arithmetic on the very binary number rounds, which printf does. */
double bayes_rounded(double percent)
{
	char text[32];
	snprintf(text, sizeof text, "%.2f", percent);
	return fmin(fmax(strtod(text, NULL), 0.01), 99.99);
}
