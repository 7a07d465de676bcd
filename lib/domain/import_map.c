/* What columns mean: maps from the command line, and maps laid on a stream's columns. */
#include "domain/import_map.h"

#include "core/buf.h"
#include "core/utf8.h"
#include "domain/import_card.h"
#include "domain/import_header.h"
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

/* A map of the user's own is the stronger one. */
void import_rules_drop(struct import_map *m, const struct field *f)
{
	size_t n = 0;
	for (size_t i = 0; i < m->n; i++)
		if (m->rules[i].field != f || !m->rules[i].weak || !m->rules[i].nfrom)
			m->rules[n++] = m->rules[i];
	m->n = n;
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
		if (m->rules[i].field == f && m->rules[i].nfrom && !m->rules[i].weak)
			return diag_set(d, NULL, "field %s is filled already", f->name);
	import_rules_drop(m, f);
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

/* "hubspot:12" is cut at its first colon. */
static bool check_system(const struct import_map *m, struct diag *d)
{
	for (size_t i = 0; i < m->system.n; i++)
		if (m->system.p[i] == ':' || (unsigned char)m->system.p[i] < ' ')
			return diag_set(d, NULL, "system: %s holds a colon or a line break",
					quoted(m->system, &d->arena));
	return true;
}

/* What is added to or reckoned with later is judged then. */
bool import_map_check(const struct import_map *m, struct diag *d)
{
	if (!check_system(m, d))
		return false;
	for (size_t i = 0; i < m->n; i++) {
		const struct import_rule *r = &m->rules[i];
		if (r->several || r->prefix.n || r->suffix.n || r->multiplied || r->slug)
			continue;
		if (!r->nfrom && r->field->type == &type_id)
			return refuse_rule(r, d, "records do not share an id");
		if (r->fallback.p && !r->values && !check_value(m, r, r->fallback, d))
			return false;
		for (size_t j = 0; r->values && j < r->values->n; j++)
			if (r->to[j].p && !check_value(m, r, r->to[j], d))
				return false;
	}
	if (m->ncard && !m->rest) {
		place(&m->card[0], d);
		return diag_set(d, NULL, "card wants a rest to go to");
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

static bool is_named(const struct import_map *m, struct str header, struct arena *a)
{
	int64_t number;
	for (size_t i = 0; i < m->n; i++) {
		const struct import_rule *r = &m->rules[i];
		for (size_t j = 0; j < r->nfrom; j++)
			if (header_fits(r->from[j], header, &number, a))
				return true;
		if (r->label.n && header_fits(r->label, header, &number, a))
			return true;
	}
	for (size_t i = 0; i < m->nignored; i++)
		if (header_fits(m->ignored[i], header, &number, a))
			return true;
	return import_card_names(m, header, a);
}

bool import_map_names(const struct import_map *m, struct str header)
{
	struct arena a = { 0 };
	bool named = is_named(m, header, &a);
	for (size_t i = 0; i < m->nparts && !named; i++)
		named = is_named(&m->parts[i].map, header, &a);
	arena_free(&a);
	return named;
}
