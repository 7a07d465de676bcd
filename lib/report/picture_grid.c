/* The figures of a picture, from rows to a grid of series by categories. */
#include <math.h>
#include <stdlib.h>

#include "report/picture_impl.h"
#include "schema/label.h"

struct str drawing_text(const struct drawing *g, size_t column, const struct value *v)
{
	struct codec codec = *g->codec;
	codec.arena = g->arena;
	return answer_named(&g->columns[column], v, false, &codec).text;
}

/* Of another value another one, whatever people call it. */
static void put_key(struct buf *b, const struct value *v)
{
	if (v->kind == V_TEXT)
		buf_printf(b, "t%zu:%.*s", v->s.n, (int)v->s.n, v->s.p);
	else
		buf_printf(b, "%d:%lld", v->kind, (long long)v->i);
}

static void *room(void *all, size_t n, size_t *have, size_t size)
{
	if (n < *have)
		return all;
	*have = *have ? *have * 2 : 32;
	return xrealloc(all, *have * size);
}

static size_t category_number(struct drawing *g, const struct kept_row *row)
{
	struct buf key = { 0 };
	const struct value *v = &row->values[g->category];
	if (g->ask->each && !g->ndims)
		buf_printf(&key, "%zu", g->ncategories);
	else
		put_key(&key, v);
	int64_t *number = map_at(&g->category_at, buf_str(&key));
	buf_free(&key);
	if (!*number) {
		g->categories =
		    room(g->categories, g->ncategories, &g->category_room, sizeof *g->categories);
		g->categories[g->ncategories] = drawing_text(g, g->category, v);
		*number = (int64_t)++g->ncategories;
	}
	return (size_t)*number - 1;
}

static struct str series_name(const struct drawing *g, const struct kept_row *row, size_t column)
{
	struct buf b = { 0 };
	for (size_t i = 0; i < g->ndims; i++) {
		struct str s = drawing_text(g, g->dims[i], &row->values[g->dims[i]]);
		buf_printf(&b, "%s%.*s", i ? " · " : "", (int)s.n, s.p);
	}
	if (g->nvalues + g->nbeside > 1)
		buf_printf(&b, "%s%.*s", b.n ? " · " : "", (int)g->columns[column].label.n,
			   g->columns[column].label.p);
	struct str name = buf_copy(&b, g->arena);
	buf_free(&b);
	return name;
}

static struct drawn_series *series_at(struct drawing *g, const struct kept_row *row, size_t column,
				      bool reference)
{
	struct buf key = { 0 };
	buf_printf(&key, "%zu", column);
	for (size_t i = 0; i < g->ndims; i++)
		put_key(&key, &row->values[g->dims[i]]);
	int64_t *number = map_at(&g->series_at, buf_str(&key));
	buf_free(&key);
	if (!*number) {
		size_t all = g->nseries + g->nreferences;
		g->series = room(g->series, all, &g->series_room, sizeof *g->series);
		g->series[all] = (struct drawn_series){ .name = series_name(g, row, column),
							.reference = reference };
		*number = (int64_t)all + 1;
		g->nseries += !reference;
		g->nreferences += reference;
	}
	return &g->series[*number - 1];
}

static void put_value(struct drawn_series *s, size_t category, const struct value *v)
{
	while (s->room <= category) {
		size_t had = s->room;
		s->values = room(s->values, had, &s->room, sizeof *s->values);
		memset(s->values + had, 0, (s->room - had) * sizeof *s->values);
	}
	s->values[category] = *v;
}

/* References come last: with them there is one series alone, and its rows come first. */
void drawing_take(struct drawing *g, const struct kept_row *row)
{
	size_t category = category_number(g, row);
	for (size_t i = 0; i < g->nvalues; i++)
		put_value(series_at(g, row, g->values[i], false), category,
			  &row->values[g->values[i]]);
	for (size_t i = 0; i < g->nbeside; i++)
		put_value(series_at(g, row, g->beside[i], true), category,
			  &row->values[g->beside[i]]);
}

static struct value value_at(const struct drawn_series *s, size_t category)
{
	return category < s->room ? s->values[category] : (struct value){ .kind = V_NONE };
}

/* -- the largest -- */

static wide category_sum(const struct drawing *g, size_t category)
{
	wide sum = 0;
	for (size_t i = 0; i < g->nseries; i++) {
		struct value v = value_at(&g->series[i], category);
		sum += v.kind == V_INT ? v.i : 0;
	}
	return sum;
}

static wide series_sum(const struct drawing *g, const struct drawn_series *s)
{
	wide sum = 0;
	for (size_t k = 0; k < g->ncategories; k++) {
		struct value v = value_at(s, k);
		sum += v.kind == V_INT ? v.i : 0;
	}
	return sum;
}

struct place {
	wide sum;
	size_t number;
};

static int larger_first(const void *a, const void *b)
{
	const struct place *x = a, *y = b;
	if (x->sum != y->sum)
		return x->sum > y->sum ? -1 : 1;
	return (x->number > y->number) - (x->number < y->number);
}

/* Lays categories anew: `from` says which was where. */
static void reorder(struct drawing *g, const struct place *from)
{
	struct str *names = arena_new(g->arena, struct str, g->ncategories);
	struct value *values = arena_new(g->arena, struct value, g->ncategories);
	for (size_t k = 0; k < g->ncategories; k++)
		names[k] = g->categories[from[k].number];
	memcpy(g->categories, names, g->ncategories * sizeof *names);
	for (size_t i = 0; i < g->nseries + g->nreferences; i++) {
		for (size_t k = 0; k < g->ncategories; k++)
			values[k] = value_at(&g->series[i], from[k].number);
		for (size_t k = 0; k < g->ncategories; k++)
			put_value(&g->series[i], k, &values[k]);
	}
}

void drawing_sort_categories(struct drawing *g)
{
	struct place *places = arena_new(g->arena, struct place, g->ncategories);
	for (size_t k = 0; k < g->ncategories; k++)
		places[k] = (struct place){ category_sum(g, k), k };
	if (g->ncategories > 1)
		qsort(places, g->ncategories, sizeof *places, larger_first);
	if (g->ncategories)
		reorder(g, places);
}

static bool is_known(const struct drawing *g, size_t category)
{
	for (size_t i = 0; i < g->nseries + g->nreferences; i++)
		if (value_at(&g->series[i], category).kind == V_INT)
			return true;
	return false;
}

size_t drawing_leave_unknown(struct drawing *g)
{
	struct place *places = arena_new(g->arena, struct place, g->ncategories);
	size_t had = g->ncategories, n = 0, unknown = had;
	for (size_t k = 0; k < had; k++)
		places[is_known(g, k) ? n++ : --unknown].number = k;
	if (n < had)
		reorder(g, places);
	g->ncategories = n;
	return had - n;
}

static struct str others(const struct drawing *g)
{
	return str_of(label(g->codec->settings->language, "Others", "Khác"));
}

/* The other is added; a gap adds nothing. */
static void add(struct value *v, const struct value *other)
{
	if (v->kind != V_INT)
		*v = *other;
	else if (other->kind == V_INT && __builtin_add_overflow(v->i, other->i, &v->i))
		*v = value_null();
}

void drawing_cut_categories(struct drawing *g, size_t most, bool rest)
{
	for (size_t i = 0; rest && i < g->nseries + g->nreferences; i++)
		for (size_t k = most; k < g->ncategories; k++) {
			struct value v = value_at(&g->series[i], k),
				     sum = value_at(&g->series[i], most - 1);
			add(&sum, &v);
			put_value(&g->series[i], most - 1, &sum);
		}
	if (rest)
		g->categories[most - 1] = others(g);
	g->ncategories = most;
}

/* The largest keep the order in which they stood. */
void drawing_cut_series(struct drawing *g, size_t most, bool rest)
{
	struct place *places = arena_new(g->arena, struct place, g->nseries);
	bool *stays = arena_new(g->arena, bool, g->nseries);
	size_t n = 0, keep = rest ? most - 1 : most;
	struct drawn_series sum = { .name = others(g) };
	for (size_t i = 0; i < g->nseries; i++)
		places[i] = (struct place){ series_sum(g, &g->series[i]), i };
	qsort(places, g->nseries, sizeof *places, larger_first);
	for (size_t i = 0; i < g->nseries; i++)
		stays[places[i].number] = i < keep;
	for (size_t i = 0; i < g->nseries; i++) {
		struct drawn_series s = g->series[i];
		for (size_t k = 0; rest && !stays[i] && k < g->ncategories; k++) {
			struct value v = value_at(&s, k), all = value_at(&sum, k);
			add(&all, &v);
			put_value(&sum, k, &all);
		}
		if (stays[i])
			g->series[n++] = s;
		else
			free(s.values);
	}
	if (rest)
		g->series[n++] = sum;
	g->nseries = n;
}

/* -- as a chart -- */

static struct chart_value figure(const struct drawing *g, size_t column, const struct value *v)
{
	struct codec codec = *g->codec;
	codec.arena = g->arena;
	if (v->kind != V_INT)
		return (struct chart_value){ 0 };
	return (struct chart_value){
		.has = true,
		.is = (double)v->i / pow(10, v->scale),
		.text = answer_cell(&g->columns[column], v, false, &codec).text,
		.number = decimal_print(v->i, v->scale, g->arena),
	};
}

/* A target of nobody, a year before the first: neither a mark nor a place in the legend. */
static bool says_something(const struct drawing *g, const struct drawn_series *s, bool first)
{
	for (size_t k = 0; k < g->ncategories; k++)
		if (value_at(s, k).kind == V_INT && (!s->reference || value_at(s, k).i))
			return true;
	return first || g->ask->picture->kind == CHART_HEAT;
}

void drawing_fill(const struct drawing *g, struct chart *c)
{
	size_t n = 0, all_series = g->nseries + g->nreferences;
	struct str *names = arena_new(g->arena, struct str, g->ncategories);
	struct chart_series *all = arena_new(g->arena, struct chart_series, all_series);
	for (size_t k = 0; k < g->ncategories; k++)
		names[k] = g->categories[k];
	for (size_t i = 0; i < all_series; i++) {
		if (!says_something(g, &g->series[i], i == 0))
			continue;
		struct chart_value *values =
		    arena_new(g->arena, struct chart_value, g->ncategories);
		for (size_t k = 0; k < g->ncategories; k++) {
			struct value v = value_at(&g->series[i], k);
			values[k] = figure(g, g->values[0], &v);
		}
		all[n++] = (struct chart_series){ .name = g->series[i].name,
						  .reference = g->series[i].reference,
						  .values = values };
	}
	c->categories = names;
	c->ncategories = g->ncategories;
	c->series = all;
	c->nseries = n;
}

void drawing_free(struct drawing *g)
{
	for (size_t i = 0; i < g->nseries + g->nreferences; i++)
		free(g->series[i].values);
	free(g->series);
	free(g->categories);
	map_free(&g->category_at);
	map_free(&g->series_at);
}
