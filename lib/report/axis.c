/* By what: dimensions, and the values that are met on them. */
#include <stdlib.h>

#include "report/job.h"
#include "schema/label.h"

static const struct dimension *find_dimension(const struct report *r, struct str name)
{
	for (const struct dimension *x = r->dimensions; x && x->name; x++)
		if (str_is(name, x->name))
			return x;
	return NULL;
}

/* d says what is wrong with it as a path; a dimension may have been meant. */
static bool unknown(const struct report *r, struct str name, struct diag *d)
{
	const char *names[DIMENSIONS_MAX];
	struct str why = arena_str(&d->arena, d->message);
	size_t n = 0;
	for (const struct dimension *x = r->dimensions; x && x->name && n < countof(names); x++)
		names[n++] = x->name;
	const char *near = nearest(name, names, n);
	if (!near)
		return diag_set(d, NULL, "--by: %.*s", (int)why.n, why.p);
	return diag_set(d, NULL, "--by: report %s has no dimension %s; did you mean '%s'?", r->name,
			quoted(name, &d->arena), near);
}

/* Where the source has it; *empty: all of it stands under no value. */
static bool feed_path(const struct job *j, const struct feed *f, const struct axis *x,
		      struct feed_axis *out, struct diag *d)
{
	const struct query_context *q = &f->context;
	if (!x->dimension)
		return path_resolve(x->name, q, &out->path, d) || unknown(j->report, x->name, d);
	const char *path = x->dimension->path[f - j->feeds];
	if (!path)
		return diag_set(d, NULL, "--by: there is no '%s' on %s", x->dimension->name,
				q->entity->name);
	out->empty = !*path;
	struct str text = x->dimension->show && *path
			      ? arena_printf(q->arena, "%s.%s", path, x->dimension->show)
			      : str_of(path);
	if (!out->empty && !path_parse(text, q->schema, q->entity, &out->path, q->arena, d))
		die(STATUS_ENV, "report %s has a wrong dimension: %.*s", j->report->name,
		    (int)d->message.n, d->message.p);
	return true;
}

/* Of what record type the values are ids; NULL: they are none, or shown by a key. */
static const struct entity *ids_of(const struct path *p, const struct schema *s)
{
	const struct field *f = p->field;
	const struct entity *e = f->type == &type_id	? p->entity
				 : f->type == &type_ref ? schema_entity(s, str_of(f->ref))
							: NULL;
	return e && f->type == &type_ref && entity_key(e) ? NULL : e;
}

/* How the values are shown: a user by the login. */
static const struct type *shown_as(const struct path *p, const struct schema *s)
{
	if (p->field->type != &type_ref || ids_of(p, s))
		return p->field->type;
	return entity_key(schema_entity(s, str_of(p->field->ref)))->type;
}

static bool same_values(const struct path *a, const struct path *b, const struct schema *s)
{
	const struct entity *ids = ids_of(a, s);
	return ids || ids_of(b, s) ? ids == ids_of(b, s) : shown_as(a, s) == shown_as(b, s);
}

static bool fits(struct axis *x, const struct path *p, const struct schema *s, struct diag *d)
{
	if (p->field->type == &type_money)
		return diag_set(d, NULL, "--by: '%.*s' is an amount, nothing to group by",
				(int)x->name.n, x->name.p);
	if (!x->path.field)
		x->path = *p;
	return same_values(&x->path, p, s) ||
	       diag_set(d, NULL, "--by: '%.*s' is not the same thing in all that is counted",
			(int)x->name.n, x->name.p);
}

/* The reference that a path follows after `skip` others; its field where it follows no more. */
static const struct field *step_at(const struct path *p, size_t skip)
{
	return p->nsteps > skip ? p->steps[skip] : p->field;
}

/* What the path refers to behind the whole that a record is part of; NULL: nothing. */
static const struct entity *referred(const struct job *j, const struct path *p, size_t *skip)
{
	*skip = p->nsteps && p->steps[0]->flags & F_PART;
	const struct field *first = step_at(p, *skip);
	return first->type == &type_ref ? schema_entity(j->context->schema, str_of(first->ref))
					: NULL;
}

/* What a dimension shows of records, such as their names, waits where all of them have it. */
static void show_records(const struct job *j, struct feed_axis *f)
{
	size_t skip;
	f->to = referred(j, &f->path, &skip);
	if (f->to && f->path.field->flags & F_REQUIRED)
		f->late = entity_number(j->context->schema, f->to);
}

bool axis_add(struct job *j, struct str name, struct diag *d)
{
	size_t at = j->naxes++;
	struct axis *x = &j->axes[at];
	*x = (struct axis){ .name = arena_str(&j->arena, name),
			    .dimension = find_dimension(j->report, name),
			    .follows = NO_AXIS };
	for (struct feed *f = j->feeds; f < j->feeds + j->nfeeds; f++) {
		struct feed_axis *of = &f->axes[at];
		if (!feed_reads(f))
			continue;
		if (!feed_path(j, f, x, of, d)) {
			if (!feed_lacks(j, f, d))
				return false;
		} else if (!of->empty && !fits(x, &of->path, j->context->schema, d)) {
			return false;
		} else if (!of->empty && x->dimension && x->dimension->show) {
			show_records(j, of);
		}
	}
	return x->path.field ||
	       diag_set(d, NULL, "--by: nothing that is counted has %s", quoted(name, &d->arena));
}

const struct field *axis_field(const struct axis *x)
{
	return x->dimension && x->dimension->cut ? NULL : x->path.field;
}

struct str axis_heading(const struct axis *x, enum language l, struct arena *a)
{
	const struct dimension *known = x->dimension;
	if (!known || !known->vi)
		return path_label(&x->path, l, a);
	return str_of(label(l, label_of_name(x->name, a).p, known->vi));
}

/* What is behind the reference at `skip`, by its id. */
static void open_lookup(struct job *j, struct feed_axis *f, size_t skip, const struct entity *to)
{
	struct sql value = { .arena = &j->arena }, lookup = { .arena = &j->arena };
	struct joins joins = { .arena = &j->arena, .schema = j->context->schema };
	struct path rest = f->path;
	if (rest.nsteps > skip) {
		rest.nsteps -= skip + 1;
		memmove(rest.steps, rest.steps + skip + 1, rest.nsteps * sizeof *rest.steps);
	} else {
		rest.nsteps = 0;
		rest.field = entity_key(to);
	}
	path_sql(&rest, &joins, &value);
	sql_add(&lookup, "select ");
	sql_append(&lookup, &value);
	sql_add(&lookup, " from ");
	sql_table(&lookup, to);
	sql_add(&lookup, " t0");
	joins_sql(&joins, &lookup);
	sql_add(&lookup, " where t0.id = $1");
	f->lookup = db_prepare(j->store->db, &lookup);
	sql_free(&value);
	sql_free(&lookup);
}

/*
 * Where a path leads through a reference, the statement reads the reference alone,
 * and what is behind it is looked up once a value: a join would do it once a record.
 * The whole that a record is part of is joined: of those there are as many.
 */
void axis_column(struct job *j, struct feed *f, size_t axis, struct joins *joins,
		 struct sql *columns)
{
	struct feed_axis *of = &f->axes[axis];
	if (of->empty) {
		sql_add(columns, "null");
		return;
	}
	size_t skip;
	const struct entity *to = referred(j, &of->path, &skip);
	bool cut = !axis_field(&j->axes[axis]);
	if (!to || cut || (of->path.nsteps <= skip && !entity_key(to))) {
		path_sql(&of->path, joins, columns);
		return;
	}
	struct path whole = of->path;
	whole.nsteps = skip;
	sql_at(columns, joins_alias(joins, &whole), step_at(&of->path, skip));
	if (!of->lookup)
		open_lookup(j, of, skip, to);
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

static size_t keyed_label(struct axis *x, struct str key, const struct value *label,
			  struct arena *a)
{
	int64_t *number = map_at(&x->known, key);
	if (*number)
		return (size_t)*number - 1;
	if (x->n == x->room) {
		x->room = x->room ? x->room * 2 : 16;
		x->labels = xrealloc(x->labels, x->room * sizeof *x->labels);
		x->records = xrealloc(x->records, x->room * sizeof *x->records);
	}
	x->labels[x->n] = *label;
	x->records[x->n] = (struct axis_record){ 0 };
	if (label->kind == V_TEXT)
		x->labels[x->n].s = arena_str(a, label->s);
	*number = (int64_t)++x->n;
	return x->n - 1;
}

/* Records of one currency, or one stage, come one after the other. */
size_t axis_label(struct axis *x, const struct value *label, struct arena *a)
{
	if (x->last && label->kind == V_TEXT && x->labels[x->last - 1].kind == V_TEXT &&
	    str_eq(x->labels[x->last - 1].s, label->s))
		return x->last - 1;
	x->last = keyed_label(x, key_of(label), label, a) + 1;
	return x->last - 1;
}

/* Two customers of one name are two. */
static size_t number_of(struct axis *x, struct feed_axis *f, const struct value *v,
			const struct value *label, struct arena *a)
{
	int64_t whose[] = { (int64_t)(intptr_t)f->to, v->i };
	bool apart = f->to && v->kind == V_INT && label->kind != V_NULL;
	struct str key = apart ? (struct str){ (const char *)whose, sizeof whose } : key_of(label);
	size_t n = keyed_label(x, key, label, a);
	if (apart)
		x->records[n] = (struct axis_record){ f->to, v->i, f };
	return n;
}

/* The label is looked up where it is shown. */
static size_t late_number(struct axis *x, struct feed_axis *f, int64_t id, struct arena *a)
{
	int64_t whose = record_number(id, f->late);
	const struct value none = { .kind = V_NONE };
	size_t met = x->n, n;
	n = keyed_label(x, (struct str){ (const char *)&whose, sizeof whose }, &none, a);
	if (n == met)
		x->records[n] = (struct axis_record){ f->to, id, f };
	return n;
}

/* Good until the statement is reset. */
static struct value look_up(struct feed_axis *f, const struct value *id)
{
	stmt_bind(f->lookup, 1, id);
	return stmt_step(f->lookup) ? stmt_value(f->lookup, 0) : value_null();
}

static size_t looked_up(struct axis *x, struct feed_axis *f, const struct value *v, struct arena *a)
{
	int64_t *number = map_at(&f->raw, key_of(v));
	if (*number)
		return (size_t)*number - 1;
	struct value label = look_up(f, v);
	size_t n = number_of(x, f, v, &label, a);
	stmt_reset(f->lookup);
	*number = (int64_t)n + 1;
	return n;
}

size_t axis_number(struct axis *x, struct feed_axis *f, const struct taking *t,
		   const struct value *v, struct arena *a)
{
	if (x->dimension && x->dimension->cut) {
		struct value cut = x->dimension->cut(t, v);
		return axis_label(x, &cut, a);
	}
	if (!f->lookup)
		return axis_label(x, v, a);
	if (f->late && v->kind == V_INT)
		return late_number(x, f, v->i, a);
	if (f->number && v->kind == V_INT && f->id == v->i)
		return f->number - 1;
	size_t n = looked_up(x, f, v, a);
	if (v->kind == V_INT) {
		f->id = v->i;
		f->number = n + 1;
	}
	return n;
}

void axis_look_up(struct axis *x, size_t number, struct arena *a)
{
	const struct axis_record *r = &x->records[number];
	if (x->labels[number].kind != V_NONE)
		return;
	struct value id = value_int(r->id), label = look_up(r->met, &id);
	x->labels[number] = label;
	x->labels[number].s = arena_str(a, label.s);
	stmt_reset(r->met->lookup);
}

size_t axis_follow(struct job *j, size_t axis, const struct axis_record *r)
{
	struct axis *x = &j->axes[axis];
	struct feed_axis *f = r->of ? r->met + axis - x->follows : NULL; /* in the same source */
	struct value id = value_int(r->id), known = value_null();
	size_t skip;
	if (!f || f->empty)
		return axis_label(x, &known, &j->arena);
	const struct entity *of = referred(j, &f->path, &skip);
	if (!f->lookup)
		open_lookup(j, f, skip, of);
	known = look_up(f, &id);
	size_t n = axis_label(x, &known, &j->arena);
	stmt_reset(f->lookup);
	return n;
}

void axis_sort(struct axis *x, const bool *used, const struct schema *s)
{
	struct arena a = { 0 };
	struct ranked *order = arena_new(&a, struct ranked, x->n);
	size_t n = 0;
	for (size_t i = 0; i < x->n; i++) {
		if (used && !used[i])
			continue;
		if (x->path.field) /* steps were numbered in their order */
			order[n] = rank_value(&x->labels[i], axis_field(x), s, &a);
		if (x->records)
			order[n].id = x->records[i].id;
		order[n++].number = i;
	}
	if (n)
		qsort(order, n, sizeof *order, ranked_order);
	x->rank = xrealloc(x->rank, (x->n + 1) * sizeof *x->rank);
	for (size_t i = 0; i < n; i++)
		x->rank[order[i].number] = i;
	arena_free(&a);
}
