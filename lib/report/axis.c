/* By what: dimensions, and the values that are met on them. */
#include <stdlib.h>

#include "core/utf8.h"
#include "report/job.h"
#include "schema/label.h"

static bool unknown(const struct report *r, struct str name, struct diag *d)
{
	const char *names[64];
	struct str why = arena_str(&d->arena, d->message);
	size_t n = 0;
	for (const struct dimension *x = r->dimensions; x->name && n < countof(names); x++)
		names[n++] = x->name;
	const char *near = nearest(name, names, n);
	if (!near)
		return diag_set(d, NULL, "--by: %.*s", (int)why.n, why.p);
	return diag_set(d, NULL, "--by: report %s has no dimension %s; did you mean '%s'?", r->name,
			quoted(name, &d->arena), near);
}

bool axis_parse(struct axis *x, const struct report *r, struct str name,
		const struct query_context *q, struct diag *d)
{
	struct str path = name;
	*x = (struct axis){ .name = arena_str(q->arena, name) };
	for (const struct dimension *known = r->dimensions; known->name; known++)
		if (str_is(name, known->name)) {
			path = str_of(known->path);
			x->label_vi = known->label_vi;
		}
	if (!path_parse(path, q->schema, q->entity, &x->path, q->arena, d))
		return unknown(r, name, d);
	if (x->path.field->type == &type_money)
		return diag_set(d, NULL, "--by: '%.*s' is an amount, nothing to group by",
				(int)name.n, name.p);
	return true;
}

struct str axis_heading(const struct axis *x, enum language l, struct arena *a)
{
	if (!x->label_vi)
		return path_label(&x->path, l, a);
	return str_of(label(l, label_of_name(x->name, a).p, x->label_vi));
}

/*
 * Where a path leads through a reference, the statement reads the reference alone,
 * and what is behind it is looked up once a value: a join would do it once a record.
 */
void axis_column(struct axis *x, struct store *s, const struct query_context *q, struct joins *j,
		 struct sql *columns)
{
	const struct field *field = x->path.field;
	const struct field *first = x->path.nsteps ? x->path.steps[0] : field;
	const struct entity *to =
	    first->type == &type_ref ? schema_entity(q->schema, str_of(first->ref)) : NULL;
	if (!to || (!x->path.nsteps && !entity_key(to))) {
		path_sql(&x->path, j, columns);
		return;
	}
	sql_at(columns, 0, first);
	if (x->lookup)
		return;
	struct sql value = { .arena = q->arena }, lookup = { .arena = q->arena };
	struct joins joins = { .arena = q->arena, .schema = q->schema };
	struct path rest = x->path;
	if (x->path.nsteps)
		memmove(rest.steps, rest.steps + 1, --rest.nsteps * sizeof *rest.steps);
	else
		rest.field = entity_key(to);
	path_sql(&rest, &joins, &value);
	sql_add(&lookup, "select ");
	sql_append(&lookup, &value);
	sql_add(&lookup, " from ");
	sql_table(&lookup, to);
	sql_add(&lookup, " t0");
	joins_sql(&joins, &lookup);
	sql_add(&lookup, " where t0.id = $1");
	x->lookup = db_prepare(s->db, &lookup);
	sql_free(&value);
	sql_free(&lookup);
}

/* Text is never empty and has no NUL, and one axis has texts or numbers. */
static struct str key_of(const struct value *v)
{
	if (v->kind == V_TEXT)
		return v->s;
	if (v->kind == V_INT)
		return (struct str){ (const char *)&v->i, sizeof v->i };
	return (struct str){ "", 1 };
}

size_t axis_label(struct axis *x, const struct value *label, struct arena *a)
{
	int64_t *number = map_at(&x->known, key_of(label));
	if (*number)
		return (size_t)*number - 1;
	if (x->n == x->room) {
		x->room = x->room ? x->room * 2 : 16;
		x->labels = xrealloc(x->labels, x->room * sizeof *x->labels);
	}
	x->labels[x->n] = *label;
	if (label->kind == V_TEXT)
		x->labels[x->n].s = arena_str(a, label->s);
	*number = (int64_t)++x->n;
	return x->n - 1;
}

size_t axis_number(struct axis *x, const struct value *v, struct arena *a)
{
	if (!x->lookup)
		return axis_label(x, v, a);
	int64_t *number = map_at(&x->raw, key_of(v));
	if (*number)
		return (size_t)*number - 1;
	stmt_bind(x->lookup, 1, v);
	struct value label = stmt_step(x->lookup) ? stmt_value(x->lookup, 0) : value_null();
	size_t n = axis_label(x, &label, a);
	stmt_reset(x->lookup);
	*number = (int64_t)n + 1;
	return n;
}

/* -- the order of the values: picklists in theirs, words as in a dictionary, empty last -- */

struct ranked {
	size_t number;
	int64_t place; /* numbers, and places in a picklist */
	struct str key;
	bool empty;
};

static int by_order(const void *a, const void *b)
{
	const struct ranked *x = a, *y = b;
	if (x->empty != y->empty)
		return x->empty - y->empty;
	if (x->place != y->place)
		return x->place < y->place ? -1 : 1;
	int order = str_cmp(x->key, y->key);
	return order ? order : (x->number > y->number) - (x->number < y->number);
}

static int64_t place_in(const struct picklist *l, struct str key)
{
	size_t i = 0;
	while (l && i < l->n && !str_is(key, l->picks[i].key))
		i++;
	return (int64_t)i;
}

static struct ranked rank_label(const struct axis *x, size_t number, const struct schema *s,
				struct arena *a)
{
	const struct value *v = &x->labels[number];
	const struct field *f = x->path.field;
	struct ranked r = { .number = number, .empty = v->kind == V_NULL };
	if (!f) /* steps were numbered in their order */
		r.place = (int64_t)number;
	else if (v->kind == V_INT)
		r.place = v->i;
	else if (v->kind == V_TEXT && f->type == &type_pick)
		r.place = place_in(schema_picklist(s, f->picklist), v->s);
	if (v->kind == V_TEXT) {
		bool words = f && f->type->compare != COMPARE_EXACT && f->type != &type_date;
		r.key = words ? utf8_sort_key(v->s, a) : v->s;
	}
	return r;
}

void axis_sort(struct axis *x, const struct schema *s)
{
	struct arena a = { 0 };
	struct ranked *order = arena_new(&a, struct ranked, x->n);
	for (size_t i = 0; i < x->n; i++)
		order[i] = rank_label(x, i, s, &a);
	if (x->n)
		qsort(order, x->n, sizeof *order, by_order);
	x->rank = xrealloc(x->rank, (x->n + 1) * sizeof *x->rank);
	for (size_t i = 0; i < x->n; i++)
		x->rank[order[i].number] = i;
	arena_free(&a);
}

void axis_close(struct axis *x)
{
	stmt_close(x->lookup);
	map_free(&x->raw);
	map_free(&x->known);
	free(x->labels);
	free(x->rank);
}
