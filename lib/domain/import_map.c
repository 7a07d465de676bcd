/* What columns mean: maps from the command line, and maps laid on a stream's columns. */
#include "domain/import_map.h"

#include "core/buf.h"
#include "core/utf8.h"
#include "domain/import_cell.h"
#include "schema/bind.h"

const char *const import_reject_columns[] = { "reject_line", "reject_reason", "reject_raw" };

struct import_rule *import_rule_new(struct import_map *m)
{
	if (m->n == m->room) {
		struct import_rule *more =
		    arena_new(m->arena, struct import_rule, m->room * 2 + 16);
		if (m->n)
			memcpy(more, m->rules, m->n * sizeof *more);
		m->rules = more;
		m->room = m->room * 2 + 16;
	}
	return &m->rules[m->n++];
}

bool import_field(const struct entity *e, struct str name, const struct field **f, struct diag *d)
{
	*f = entity_field(e, name);
	if (*f)
		return true;
	const char *near = nearest_field(e, name);
	return diag_set(d, NULL, "no field %s on %s%s%s%s", quoted(name, &d->arena), e->name,
			near ? "; did you mean " : "", near ? near : "", near ? "?" : "");
}

static bool inline_rule(struct import_map *m, struct str header, struct str name, struct diag *d)
{
	struct str *from = arena_new(m->arena, struct str, 1);
	const struct field *f;
	*from = arena_str(m->arena, header);
	if (!import_field(m->entity, name, &f, d))
		return false;
	for (size_t i = 0; i < m->n; i++)
		if (m->rules[i].field == f && m->rules[i].nfrom)
			return diag_set(d, NULL, "field %s is filled already", f->name);
	*import_rule_new(m) =
	    (struct import_rule){ .field = f, .from = from, .nfrom = 1, .source = "--map" };
	return true;
}

/* The header may have a = in it, a field's name has none. */
bool import_map_inline(struct import_map *m, struct str text, struct diag *d)
{
	struct str rest = text, pair;
	while (str_cut(&rest, ',', &pair)) {
		const char *equals = memrchr(pair.p, '=', pair.n);
		size_t n = equals ? (size_t)(equals - pair.p) : 0;
		struct str header = str_trim(str_sub(pair, 0, n));
		struct str name = str_trim(str_sub(pair, n + 1, pair.n));
		if (!header.n)
			return diag_set(d, NULL, "%s is no COLUMN=FIELD", quoted(pair, &d->arena));
		if (name.n) {
			if (!inline_rule(m, header, name, d))
				return false;
			continue;
		}
		struct str *all = arena_new(m->arena, struct str, m->nignored + 1);
		if (m->nignored)
			memcpy(all, m->ignored, m->nignored * sizeof *all);
		all[m->nignored++] = arena_str(m->arena, header);
		m->ignored = all;
	}
	return true;
}

bool import_map_set(struct import_map *m, struct str assignment, struct diag *d)
{
	ptrdiff_t equals = str_find(assignment, '=');
	const struct field *f;
	if (equals <= 0)
		return diag_set(d, NULL, "%s is no FIELD=VALUE", quoted(assignment, &d->arena));
	if (!import_field(m->entity, str_trim(str_sub(assignment, 0, (size_t)equals)), &f, d))
		return false;
	struct import_rule *rule = NULL;
	for (size_t i = 0; i < m->n && !rule; i++)
		if (m->rules[i].field == f && !m->rules[i].nfrom)
			rule = &m->rules[i];
	if (!rule)
		rule = import_rule_new(m);
	struct str value = str_sub(assignment, (size_t)equals + 1, assignment.n);
	*rule = (struct import_rule){ .field = f, .fallback = value, .source = "--set" };
	return true;
}

static void place(const struct import_rule *rule, struct diag *d)
{
	d->source = str_of(rule->source);
	d->line = rule->line;
	d->column = rule->column;
}

static bool refuse_rule(const struct import_rule *rule, struct diag *d, const char *what)
{
	place(rule, d);
	return diag_set(d, NULL, "%s", what);
}

static bool check_value(const struct import_map *m, const struct import_rule *rule, struct str text,
			struct diag *d)
{
	struct arena a = { 0 };
	struct codec c = { .schema = m->schema,
			   .settings = rule->settings ? rule->settings : m->settings,
			   .currency = "",
			   .arena = &a };
	struct value v;
	struct cell cell = { text.n ? CELL_TEXT : CELL_NULL, text };
	place(rule, d);
	bool ok = field_parse(rule->field, &v, cell, &c, d);
	arena_free(&a);
	return ok;
}

/* What is added to or reckoned with later is judged then. */
bool import_map_check(const struct import_map *m, struct diag *d)
{
	for (size_t i = 0; i < m->n; i++) {
		const struct import_rule *r = &m->rules[i];
		if (r->prefix.n || r->suffix.n || r->multiplied || r->slug)
			continue;
		if (!r->nfrom && r->field->type == &type_id)
			return refuse_rule(r, d, "records do not share an id");
		if (r->fallback.p && !r->values && !check_value(m, r, r->fallback, d))
			return false;
		for (size_t j = 0; r->values && j < r->values->n; j++)
			if (r->to[j].p && !check_value(m, r, r->to[j], d))
				return false;
	}
	return true;
}

void import_map_free(struct import_map *m)
{
	for (struct import_values *v = m->values; v; v = v->next)
		map_free(&v->map);
	for (size_t i = 0; i < m->nparts; i++)
		import_map_free(&m->parts[i].map);
}

/* --- a map laid on columns --- */

static bool same_header(struct str a, struct str b, struct arena *scratch)
{
	if (str_eq(a, b))
		return true;
	struct str x = header_fold(a, scratch), y = header_fold(b, scratch);
	return x.n && str_eq(x, y);
}

bool import_map_has(const struct import_map *m, struct str header, struct arena *scratch)
{
	bool has = false;
	for (size_t i = 0; i < m->n; i++)
		for (size_t j = 0; j < m->rules[i].nfrom; j++)
			has |= same_header(m->rules[i].from[j], header, scratch);
	for (size_t i = 0; i < m->nignored; i++)
		has |= same_header(m->ignored[i], header, scratch);
	for (size_t i = 0; i < m->nparts && !has; i++)
		has = import_map_has(&m->parts[i].map, header, scratch);
	return has;
}

/* The column of that header; SIZE_MAX: none.  One that is the same to the letter comes first. */
static size_t find_column(const struct row *row, struct str header, struct arena *scratch)
{
	for (size_t i = 0; i < row->n; i++)
		if (str_eq(row->names[i], header))
			return i;
	for (size_t i = 0; i < row->n; i++)
		if (same_header(row->names[i], header, scratch))
			return i;
	return SIZE_MAX;
}

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

static bool lay_rule(struct laying *l, const struct import_rule *rule)
{
	struct import_plan *p = l->plan;
	size_t *columns = arena_new(&p->arena, size_t, rule->nfrom);
	for (size_t i = 0; i < rule->nfrom; i++) {
		columns[i] = find_column(l->row, rule->from[i], &l->scratch);
		if (columns[i] != SIZE_MAX)
			p->used[columns[i]] = true;
		else if (l->fixed && !p->map->optional)
			return no_column(l, rule->from[i]);
	}
	if (!rule->nfrom || !has_constant(p->map, rule->field))
		p->feeds[p->n++] = (struct import_feed){ rule->field, rule, columns, rule->nfrom };
	return true;
}

static bool is_ignored(struct laying *l, struct str name)
{
	const struct import_map *m = l->plan->map;
	for (size_t i = 0; i < m->nignored; i++)
		if (same_header(m->ignored[i], name, &l->scratch))
			return true;
	for (size_t i = 0; i < NREJECT_COLUMNS; i++)
		if (str_is(name, import_reject_columns[i]))
			return true;
	return false;
}

/* A column that no rule names finds its field by itself. */
static bool lay_column(struct laying *l, size_t i)
{
	struct import_plan *p = l->plan;
	struct str name = l->row->names[i];
	const struct field *f = field_by_header(p->map->entity, name, &l->scratch);
	if (!f)
		return p->ignore_unknown || bind_unknown(p->map->entity, name, l->diag);
	if (has_constant(p->map, f))
		return true;
	for (size_t j = 0; j < p->n; j++) {
		const struct import_feed *other = &p->feeds[j];
		size_t column = other->field == f && other->n ? other->columns[0] : SIZE_MAX;
		if (column != SIZE_MAX)
			return diag_set(l->diag, NULL, "columns %s and %s are both %s; ignore one",
					quoted(l->row->names[column], &l->diag->arena),
					quoted(name, &l->diag->arena), f->name);
	}
	size_t *columns = arena_new(&p->arena, size_t, 1);
	columns[0] = i;
	p->feeds[p->n++] = (struct import_feed){ f, NULL, columns, 1 };
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
	for (size_t i = 0; i < l->row->n && !p->only_rules; i++) {
		if (str_is(l->row->names[i], import_reject_columns[REJECT_RAW]))
			p->raw = i;
		if (!is_used(p, i) && !is_ignored(l, l->row->names[i]) && !lay_column(l, i))
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
	p->bound = lay(&l);
	p->layout = row->layout;
	arena_free(&l.scratch);
	return p->bound;
}

/* Another system's numbers are not ours: they would overwrite whatever has them here. */
static bool check_id(const struct import_feed *f, struct cell cell, struct diag *d)
{
	int64_t number;
	return f->field->type != &type_id || !str_int(str_trim(cell.text), &number) ||
	       diag_set(d, "id",
			"%s is no reference such as %s-%lld; another system's number goes "
			"into external_id (--map id=external_id)",
			quoted(cell.text, &d->arena), f->field->ref, (long long)number);
}

/* Another system's number, with that system's name. */
static void name_system(const struct import_map *m, struct cell *cell, struct arena *a)
{
	struct str text = utf8_trim(cell->text);
	if (m->system.n && cell->kind == CELL_TEXT && text.n && str_find(text, ':') < 0)
		cell->text = arena_printf(a, "%.*s:%.*s", (int)m->system.n, m->system.p,
					  (int)text.n, text.p);
}

bool import_record(const struct import_plan *p, const struct row *row, struct record *r,
		   struct codec *c, struct diag *d)
{
	struct bind_cell *cells = arena_new(c->arena, struct bind_cell, p->n);
	if (p->raw != SIZE_MAX && str_trim(row->cells[p->raw].text).n)
		return diag_set(d, "reject_raw",
				"this row could not be read; write it into its "
				"columns and empty this one");
	for (size_t i = 0; i < p->n; i++) {
		const struct import_feed *f = &p->feeds[i];
		cells[i].field = f->field;
		cells[i].settings = f->rule ? f->rule->settings : NULL;
		if (!import_cell(f, row, c->settings, &cells[i].cell, c->arena, d) ||
		    !check_id(f, cells[i].cell, d))
			return false;
		if (!strcmp(f->field->name, "external_id"))
			name_system(p->map, &cells[i].cell, c->arena);
		/* What once was right comes back, such as a value that has retired since. */
		c->restoring |= f->field->type == &type_id && str_trim(cells[i].cell.text).n;
	}
	return bind_cells(p->map->entity, cells, p->n, r, c, d);
}

bool import_says(const struct import_plan *p, const struct row *row)
{
	for (size_t i = 0; i < p->n; i++)
		for (size_t j = 0; j < p->feeds[i].n; j++)
			if (p->feeds[i].columns[j] != SIZE_MAX &&
			    utf8_trim(row->cells[p->feeds[i].columns[j]].text).n)
				return true;
	return false;
}

void import_unbind(struct import_plan *p)
{
	arena_free(&p->arena);
	p->bound = false;
	p->n = 0;
}
