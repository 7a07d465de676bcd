/* What somebody changed in the text of a record. */
#include "cli/edit_impl.h"
#include "core/money.h"

static bool is_clear(const struct yaml *y)
{
	return yaml_is_null(y) || (y->kind == YAML_SCALAR && !y->text.n);
}

static bool same(const struct yaml *a, const struct yaml *b)
{
	if (is_clear(a) || is_clear(b))
		return is_clear(a) && is_clear(b);
	return a->kind == YAML_SCALAR && b->kind == YAML_SCALAR && str_eq(a->text, b->text);
}

/* -- which record -- */

static bool names_record(const struct yaml *doc, const struct edit_record *r, size_t n,
			 const struct codec *c, const struct edit_record **out, struct diag *d)
{
	const struct yaml *id = yaml_get(doc, "id");
	const struct entity *e;
	int64_t number;
	if (!id && n == 1) {
		*out = r;
		return true;
	}
	if (!id)
		return yaml_error(doc, d, "which record is this? Its line id: is gone");
	if (!ref_parse(c->schema, str_trim(id->text), &e, &number))
		return yaml_error(id, d, "%s is no reference", quoted(id->text, &d->arena));
	for (size_t i = 0; i < n; i++) {
		if (r[i].entity == e && r[i].id == number) {
			*out = &r[i];
			return true;
		}
	}
	return yaml_error(id, d, "%s was not opened", quoted(id->text, &d->arena));
}

bool edit_match(const struct edit_record *r, size_t n, const struct yaml *was,
		const struct yaml *docs, size_t ndocs, struct edit_doc *out, const struct codec *c,
		struct diag *d)
{
	bool *seen = arena_new(c->arena, bool, n);
	for (size_t i = 0; i < ndocs; i++) {
		out[i] = (struct edit_doc){ .yaml = &docs[i] };
		if (is_clear(&docs[i]))
			continue;
		if (docs[i].kind != YAML_MAP)
			return yaml_error(&docs[i], d, "a record is lines of FIELD: VALUE");
		if (!names_record(&docs[i], r, n, c, &out[i].record, d))
			return false;
		size_t k = (size_t)(out[i].record - r);
		if (seen[k])
			return yaml_error(&docs[i], d, "%s-%lld is there twice", r[k].entity->name,
					  (long long)r[k].id);
		seen[k] = true;
		out[i].was = &was[k];
	}
	return true;
}

void edit_point(const struct edit_doc *doc, struct diag *d)
{
	const struct yaml *at = d->field ? yaml_get(doc->yaml, d->field) : NULL;
	d->line = at ? at->line : doc->yaml->line;
	d->column = at ? at->column : doc->yaml->column;
}

/* -- what it says now -- */

struct edit_lines edit_lines(struct str text, struct arena *a)
{
	size_t n = 1;
	for (size_t i = 0; i < text.n; i++)
		n += text.p[i] == '\n';
	size_t *starts = arena_new(a, size_t, n + 1), at = 1;
	for (size_t i = 0; i < text.n; i++)
		if (text.p[i] == '\n')
			starts[at++] = i + 1;
	starts[n] = text.n;
	return (struct edit_lines){ text, starts, n };
}

static struct str line_at(const struct edit_lines *l, size_t i)
{
	return str_sub(l->text, l->starts[i], l->starts[i + 1] - l->starts[i]);
}

/*
 * What stands behind a # of a value without quotes, on its line or those that go on
 * with it: it is no part of the value, and whoever wrote it may not know.
 */
static struct str comment_of(const struct edit_lines *l, const struct yaml *y)
{
	for (size_t at = (size_t)y->line - 1; at < l->n; at++) {
		struct str line = line_at(l, at);
		if (at >= (size_t)y->line && !(line.n && strchr(" \t", line.p[0])))
			break;
		for (size_t i = 1; i < line.n; i++)
			if (line.p[i] == '#' && strchr(" \t", line.p[i - 1]))
				return str_trim(str_sub(line, i + 1, line.n));
	}
	return (struct str){ 0 };
}

static bool check_comment(const struct yaml *y, const struct field *f,
			  const struct edit_lines *lines, const struct codec *c, struct diag *d)
{
	struct str said =
	    y->kind != YAML_SCALAR || y->quoted ? (struct str){ 0 } : comment_of(lines, y);
	if (!said.n || str_eq(said, str_trim(edit_choices(f, c))))
		return true;
	diag_set(d, f->name, "# begins a comment; put the value into quotes if %s belongs to it",
		 quoted(said, &d->arena));
	return false;
}

/* Several values may stand as a list. */
static bool cell_of(const struct yaml *y, const struct field *f, struct cell *out,
		    const struct codec *c, struct diag *d)
{
	*out = (struct cell){ is_clear(y) ? CELL_NULL : CELL_TEXT, y->text };
	if (y->kind == YAML_SCALAR)
		return true;
	struct buf b = { 0 };
	bool good = y->kind == YAML_LIST && f->type->compare == COMPARE_TAGS;
	for (size_t i = 0; good && i < y->n; i++) {
		good = y->items[i].kind == YAML_SCALAR;
		buf_puts(&b, i ? ";" : "");
		buf_put(&b, y->items[i].text);
	}
	*out = (struct cell){ b.n ? CELL_LIST : CELL_NULL, buf_copy(&b, c->arena) };
	buf_free(&b);
	return good || diag_set(d, f->name, "it is %s, not a text", yaml_what(y));
}

static bool read_field(const struct edit_doc *doc, size_t i, const struct edit_lines *lines,
		       struct record *r, bool *changed, const struct codec *c, struct diag *d)
{
	const struct entity *e = doc->record->entity;
	const struct yaml *key = &doc->yaml->keys[i], *now = &doc->yaml->items[i];
	const struct field *f = entity_field(e, key->text);
	struct cell cell;
	d->line = now->line;
	d->column = now->column;
	if (!f) {
		const char *near = nearest_field(e, key->text);
		return yaml_error(key, d, "no field %s on %s%s%s%s", quoted(key->text, &d->arena),
				  e->name, near ? "; did you mean '" : "", near ? near : "",
				  near ? "'?" : "");
	}
	const struct yaml *was = yaml_get(doc->was, f->name);
	if (f->type == &type_id || (was && same(now, was)))
		return check_comment(now, f, lines, c, d);
	struct str printed = doc->record->cells[field_index(e, f)].text;
	if (edit_fixed(f) && now->kind == YAML_SCALAR && str_eq(now->text, printed))
		return true;
	if (edit_fixed(f))
		return diag_set(d, f->name, "it is set by the program, or for good");
	*changed = true;
	return check_comment(now, f, lines, c, d) && cell_of(now, f, &cell, c, d) &&
	       field_parse(f, &r->values[field_index(e, f)], cell, c, d);
}

/* Amounts are in the record's currency: the one that it is to have, else the one it has. */
static const char *currency_for(const struct edit_doc *doc, struct arena *a)
{
	const struct yaml *now = yaml_get(doc->yaml, "currency");
	const struct field *f = entity_field(doc->record->entity, STR("currency"));
	if (now && !is_clear(now) && now->kind == YAML_SCALAR)
		return currency_code(now->text);
	if (!f)
		return NULL;
	const struct cell *was = &doc->record->cells[field_index(doc->record->entity, f)];
	return was->kind == CELL_TEXT ? arena_str(a, was->text).p : NULL;
}

bool edit_read(const struct edit_doc *doc, const struct edit_lines *lines, struct record *r,
	       bool *changed, const struct codec *c, struct diag *d,
	       void (*complain)(void *ctx, struct diag *d), void *ctx)
{
	struct codec own = *c;
	bool good = true;
	*changed = false;
	own.currency = currency_for(doc, c->arena);
	*r = record_new(doc->record->entity, c->arena);
	r->id = doc->record->id;
	for (size_t i = 0; i < doc->yaml->n; i++) {
		if (read_field(doc, i, lines, r, changed, &own, d))
			continue;
		complain(ctx, d);
		good = false;
	}
	return good;
}
