/* A map laid on the columns of a stream: which column feeds which field. */
#include "core/utf8.h"
#include "domain/import_card.h"
#include "domain/import_cell.h"
#include "domain/import_header.h"
#include "schema/bind.h"

struct laying {
	struct import_plan *plan;
	const struct row *row;
	bool fixed;
	struct arena scratch;
	struct diag *diag;
};

static bool no_column(struct laying *l, struct str header)
{
	const char **names = arena_new(&l->scratch, const char *, l->row->n);
	struct diag *d = l->diag;
	for (size_t i = 0; i < l->row->n; i++)
		names[i] = arena_str(&l->scratch, l->row->names[i]).p;
	const char *near = nearest(header, names, l->row->n);
	return diag_set(d, NULL, "the map names a column %s that is not there%s%s%s",
			quoted(header, &d->arena), near ? "; did you mean " : "",
			near ? quoted(str_of(near), &d->arena) : "", near ? "?" : "");
}

static bool has_constant(const struct import_map *m, const struct field *f)
{
	for (size_t i = 0; i < m->n; i++)
		if (m->rules[i].field == f && !m->rules[i].nfrom)
			return true;
	return false;
}

/* What is being put together for one rule. */
struct feeding {
	size_t *columns, *labels, n, room;
	int64_t *numbers;
};

/* A rule with a number may be of all columns, but hundreds of rules are not. */
static void make_room(struct feeding *to, struct arena *a)
{
	size_t rooms[] = { to->room, to->room, to->room };
	to->columns = arena_grow(a, to->columns, to->n, &rooms[0], sizeof *to->columns);
	to->labels = arena_grow(a, to->labels, to->n, &rooms[1], sizeof *to->labels);
	to->numbers = arena_grow(a, to->numbers, to->n, &rooms[2], sizeof *to->numbers);
	to->room = rooms[0];
}

static void add_column(struct laying *l, struct feeding *to, const struct import_rule *rule,
		       size_t column, int64_t number)
{
	struct str label = header_with(rule->label, number, &l->scratch);
	size_t beside =
	    label.n ? header_column(l->row->names, l->row->n, label, &l->scratch) : SIZE_MAX;
	make_room(to, &l->plan->arena);
	size_t at = to->n++;
	for (; at > 0 && number && to->numbers[at - 1] > number; at--) {
		to->columns[at] = to->columns[at - 1];
		to->labels[at] = to->labels[at - 1];
		to->numbers[at] = to->numbers[at - 1];
	}
	to->columns[at] = column;
	to->labels[at] = beside;
	to->numbers[at] = number;
	if (column != SIZE_MAX)
		l->plan->used[column] = true;
	if (beside != SIZE_MAX)
		l->plan->used[beside] = true;
}

/* Of a header with a number in it all columns, by their numbers. */
static void add_numbered(struct laying *l, struct feeding *to, const struct import_rule *rule,
			 struct str pattern)
{
	int64_t number;
	for (size_t i = 0; i < l->row->n; i++) {
		if (header_fits(pattern, l->row->names[i], &number, &l->scratch))
			add_column(l, to, rule, i, number);
		arena_reset(&l->scratch);
	}
}

static bool is_name_part(const struct field *f)
{
	return !strcmp(f->name, "last_name") || !strcmp(f->name, "first_name");
}

static size_t *lay_less(struct laying *l, const struct import_rule *rule)
{
	size_t *less = arena_new(&l->plan->arena, size_t, rule->nless);
	for (size_t i = 0; i < rule->nless; i++) {
		less[i] = header_column(l->row->names, l->row->n, rule->less[i], &l->scratch);
		if (less[i] != SIZE_MAX)
			l->plan->used[less[i]] = true;
	}
	return less;
}

static bool lay_rule(struct laying *l, const struct import_rule *rule)
{
	struct import_plan *p = l->plan;
	struct feeding to = { 0 };
	bool numbered = false;
	make_room(&to, &p->arena); /* numbers tell a numbered rule, also one without a column */
	for (size_t i = 0; i < rule->nfrom; i++) {
		if (header_numbered(rule->from[i])) {
			numbered = !rule->several;
			add_numbered(l, &to, rule, rule->from[i]);
			continue;
		}
		size_t column = header_column(l->row->names, l->row->n, rule->from[i], &l->scratch);
		if (column == SIZE_MAX && l->fixed && !p->map->optional)
			return no_column(l, rule->from[i]);
		add_column(l, &to, rule, column, 0);
	}
	if (rule->nfrom && has_constant(p->map, rule->field))
		return true;
	if (numbered && !to.n && l->fixed && !p->map->optional)
		return no_column(l, rule->from[0]);
	p->titled |= is_name_part(rule->field);
	p->feeds[p->n++] =
	    (struct import_feed){ .field = rule->field,
				  .rule = rule,
				  .columns = to.columns,
				  .n = to.n,
				  .labels = to.labels,
				  .given = header_column(l->row->names, l->row->n, rule->given,
							 &l->scratch),
				  .less = lay_less(l, rule),
				  .numbers = numbered ? to.numbers : NULL,
				  .family = header_family(rule->nfrom ? rule->from[0] : STR("")) };
	return true;
}

static bool is_ignored(struct laying *l, struct str name)
{
	const struct import_map *m = l->plan->map;
	int64_t number;
	for (size_t i = 0; i < m->nignored; i++)
		if (header_fits(m->ignored[i], name, &number, &l->scratch))
			return true;
	for (size_t i = 0; i < NREJECT_COLUMNS; i++)
		if (str_is(name, import_reject_columns[i]))
			return true;
	return false;
}

/* The first column that feeds the field already; SIZE_MAX: none. */
static size_t fed_by(const struct import_plan *p, const struct field *f)
{
	for (size_t i = 0; i < p->n; i++) {
		const struct import_feed *other = &p->feeds[i];
		for (size_t j = 0; other->field == f && j < other->n; j++)
			if (other->columns[j] != SIZE_MAX)
				return other->columns[j];
	}
	return SIZE_MAX;
}

static bool has_feed(const struct import_plan *p, const struct field *f)
{
	size_t i = 0;
	while (i < p->n && p->feeds[i].field != f)
		i++;
	return i < p->n;
}

/* A column that no rule names finds its field by itself. */
static bool lay_column(struct laying *l, size_t i)
{
	struct import_plan *p = l->plan;
	struct str name = l->row->names[i];
	const struct field *f = field_by_header(p->map->entity, name, &l->scratch);
	bool rest = p->map->rest != NULL;
	if (rest && f && ((f->flags & (F_SYSTEM | F_DERIVED)) == F_SYSTEM || f == p->map->rest))
		f = NULL; /* what another system did is no more than a note */
	if (!f)
		return rest || p->ignore_unknown || bind_unknown(p->map->entity, name, l->diag);
	if (has_constant(p->map, f))
		return true;
	size_t other = fed_by(p, f);
	if (other != SIZE_MAX)
		return rest || diag_set(l->diag, NULL, "columns %s and %s are both %s; ignore one",
					quoted(l->row->names[other], &l->diag->arena),
					quoted(name, &l->diag->arena), f->name);
	size_t *columns = arena_new(&p->arena, size_t, 1);
	columns[0] = i;
	p->used[i] = true;
	bool plain = !rest && !p->map->system.n && f->type != &type_id && !has_feed(p, f);
	p->feeds[p->n++] =
	    (struct import_feed){ .field = f, .columns = columns, .n = 1, .plain = plain };
	p->titled |= is_name_part(f);
	return true;
}

static bool is_used(const struct import_plan *p, size_t column)
{
	bool used = p->used[column];
	for (size_t i = 0; i < p->nothers; i++)
		used |= p->others[i]->used[column];
	return used;
}

static bool lay(struct laying *l)
{
	struct import_plan *p = l->plan;
	for (size_t i = 0; i < p->map->n; i++)
		if (!lay_rule(l, &p->map->rules[i]))
			return false;
	import_card_lay(p, l->row, &l->scratch);
	for (size_t i = 0; i < l->row->n && !p->part; i++) {
		arena_reset(&l->scratch);
		if (str_is(l->row->names[i], import_reject_columns[REJECT_RAW]))
			p->raw = i;
		p->ignored[i] = is_ignored(l, l->row->names[i]);
		if (!is_used(p, i) && !p->ignored[i] && !lay_column(l, i))
			return false;
	}
	return true;
}

bool import_bind(struct import_plan *p, const struct row *row, bool fixed, struct diag *d)
{
	if (p->bound && p->layout == row->layout)
		return true;
	struct laying l = { .plan = p, .row = row, .fixed = fixed, .diag = d };
	import_unbind(p);
	p->feeds = arena_new(&p->arena, struct import_feed, p->map->n + row->n);
	p->raw = SIZE_MAX;
	p->used = arena_new(&p->arena, bool, row->n + 1);
	p->ignored = arena_new(&p->arena, bool, row->n + 1);
	p->bound = lay(&l);
	p->layout = row->layout;
	arena_free(&l.scratch);
	return p->bound;
}

void import_unbind(struct import_plan *p)
{
	arena_free(&p->arena);
	p->bound = p->titled = false;
	p->n = 0;
}
