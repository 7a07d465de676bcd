/* Which preset is for a file: told by the headers that it has and has not. */
#include "domain/import_preset.h"

#include "config/preset.h"
#include "core/utf8.h"
#include "domain/import_header.h"

/* --- reading --- */

static const struct yaml *items_of(const struct yaml *y, size_t *n)
{
	*n = !y ? 0 : y->kind == YAML_LIST ? y->n : 1;
	return y && y->kind == YAML_LIST ? y->items : y;
}

static bool read_types(struct import_preset *p, const struct schema *s, const struct yaml *y,
		       struct diag *d)
{
	size_t n;
	const struct yaml *items = items_of(y, &n);
	for (size_t i = 0; i < n; i++) {
		const struct entity *e = schema_entity(s, items[i].text);
		if (!e)
			return yaml_error(&items[i], d, "there is no record type %s",
					  quoted(items[i].text, &d->arena));
		if (p->ntypes == PRESET_TYPES)
			return yaml_error(y, d, "more than %d record types", PRESET_TYPES);
		p->types[p->ntypes++] = e;
	}
	return p->ntypes > 0;
}

static bool check_headers(const struct yaml *y, struct diag *d)
{
	static const char *const known[] = { "all", "any", "none", "given" };
	if (y->kind != YAML_MAP)
		return yaml_error(y, d, "recognise is a map of all, any, none and given");
	for (size_t i = 0; i < y->n; i++) {
		size_t k = 0;
		while (k < countof(known) && !str_is(y->keys[i].text, known[k]))
			k++;
		if (k == countof(known) || y->items[i].kind != (k < 3 ? YAML_LIST : YAML_MAP))
			return yaml_error(&y->keys[i], d,
					  "recognise has lists of headers: all, any, none; and "
					  "given: {HEADER: VALUE}");
	}
	return true;
}

static bool read_preset(struct import_preset *p, struct str text, const struct schema *s,
			struct arena *a, struct diag *d)
{
	const struct yaml *y = yaml_parse(text, p->source, a, d), *headers;
	d->source = str_of(p->source);
	if (!y)
		return false;
	const struct yaml *record = yaml_get(y, "record"), *label = yaml_get(y, "label");
	const struct yaml *label_vi = yaml_get(y, "label_vi");
	headers = yaml_get(y, "recognise");
	p->map = y;
	p->label = label ? label->text : str_of(p->name);
	p->label_vi = label_vi ? label_vi->text : p->label;
	if (!record)
		return yaml_error(y, d, "a preset of crm-import says record: TYPE");
	return read_types(p, s, record, d) && (!headers || check_headers(headers, d));
}

bool import_preset_find(const char *name, const struct schema *s, struct import_preset *p,
			struct arena *a, struct diag *d)
{
	struct str text;
	*p = (struct import_preset){ .name = name };
	return preset_text(PRESET_IMPORT, name, a, &text, &p->source, d) &&
	       read_preset(p, text, s, a, d);
}

struct import_preset *import_presets(const struct schema *s, size_t *n, struct arena *a,
				     struct diag *d)
{
	const struct preset *names = presets(PRESET_IMPORT, n, a);
	struct import_preset *all = arena_new(a, struct import_preset, *n);
	for (size_t i = 0; i < *n; i++)
		if (!import_preset_find(names[i].name, s, &all[i], a, d))
			return NULL;
	return all;
}

bool import_preset_serves(const struct import_preset *p, const struct entity *type)
{
	for (size_t i = 0; i < p->ntypes; i++)
		if (!type || !strcmp(p->types[i]->name, type->name))
			return true;
	return false;
}

/* --- recognising --- */

bool import_preset_is_of(const char *name, const char *family)
{
	size_t n = strlen(family);
	return !n || (!strncmp(name, family, n) && name[n] == '-');
}

struct header_row {
	const struct str *names;
	size_t n;
	const struct cell *cells; /* NULL: not known */
};

/* Whether the header, or one of a list, is among the columns. */
static bool is_there(const struct header_row *row, const struct yaml *y)
{
	size_t n;
	const struct yaml *items = items_of(y, &n);
	struct arena scratch = { 0 };
	int64_t number;
	bool found = false;
	for (size_t i = 0; i < n && !found; i++)
		for (size_t j = 0; j < row->n && !found; j++) {
			found = header_fits(items[i].text, row->names[j], &number, &scratch);
			arena_reset(&scratch);
		}
	arena_free(&scratch);
	return found;
}

static size_t count_there(const struct header_row *row, const struct yaml *list)
{
	size_t found = 0;
	for (size_t i = 0; list && i < list->n; i++)
		found += is_there(row, &list->items[i]);
	return found;
}

static const struct yaml *headers_of(const struct import_preset *p, const char *what)
{
	const struct yaml *recognise = yaml_get(p->map, "recognise");
	return recognise ? yaml_get(recognise, what) : NULL;
}

/* Whether the preset tells its files by that column. */
static bool asks_for(const struct import_preset *p, struct str name)
{
	const struct header_row row = { &name, 1, NULL };
	return count_there(&row, headers_of(p, "all")) || count_there(&row, headers_of(p, "any"));
}

size_t import_presets_name(const struct schema *s, const struct str *names, size_t n,
			   struct arena *a, struct diag *d)
{
	size_t count, known = 0;
	const struct import_preset *all = import_presets(s, &count, a, d);
	for (size_t i = 0; all && i < n; i++) {
		size_t k = 0;
		while (k < count && !(utf8_valid(names[i]) && asks_for(&all[k], names[i])))
			k++;
		known += k < count;
	}
	return known;
}

enum given { GIVEN_NOTHING, GIVEN_OTHER, GIVEN_SAME };

/* What the cells say of whose row it is. */
static enum given given(const struct import_preset *p, const struct header_row *row)
{
	const struct yaml *values = headers_of(p, "given");
	for (size_t i = 0; values && row->cells && i < values->n; i++)
		for (size_t j = 0; j < row->n; j++)
			if (str_eq(row->names[j], values->keys[i].text))
				return str_eq(row->cells[j].text, values->items[i].text)
					   ? GIVEN_SAME
					   : GIVEN_OTHER;
	return GIVEN_NOTHING;
}

/* How many of the headers that must be there are not; SIZE_MAX: it is for other rows. */
static size_t lacking(const struct import_preset *p, const struct header_row *row)
{
	const struct yaml *all = headers_of(p, "all"), *any = headers_of(p, "any");
	size_t wanted = all ? all->n : 0;
	enum given told = given(p, row);
	if (told != GIVEN_NOTHING)
		return told == GIVEN_SAME ? 0 : SIZE_MAX;
	if ((!all && !any) || count_there(row, headers_of(p, "none")))
		return SIZE_MAX;
	return wanted - count_there(row, all) + (any && any->n && !count_there(row, any));
}

/* How many of the columns its map names; false with diag. */
static bool understood(const struct import_preset *p, const struct import_map *blank,
		       const struct entity *type, const struct header_row *row, size_t *n,
		       struct diag *d)
{
	struct import_map m = *blank;
	m.entity = type ? type : p->types[0];
	d->source = str_of(p->source);
	*n = 0;
	bool ok = import_map_yaml(&m, p->map, d);
	for (size_t i = 0; ok && i < row->n; i++)
		*n += import_map_names(&m, row->names[i]);
	import_map_free(&m);
	return ok;
}

static void put_header(struct buf *b, const struct yaml *y, const char *between)
{
	size_t n;
	const struct yaml *items = items_of(y, &n);
	for (size_t i = 0; i < n; i++)
		buf_printf(b, "%s%s%.*s", i ? "|" : "", i || !b->n ? "" : between,
			   (int)items[i].text.n, items[i].text.p);
}

static bool refuse(const struct import_preset *near, const struct header_row *row, struct diag *d)
{
	struct buf b = { 0 };
	const struct yaml *all = near ? headers_of(near, "all") : NULL;
	for (size_t i = 0; all && i < all->n; i++)
		if (!is_there(row, &all->items[i]))
			put_header(&b, &all->items[i], ", ");
	const struct yaml *any = near ? headers_of(near, "any") : NULL;
	for (size_t i = 0; any && !b.n && i < any->n; i++)
		put_header(&b, &any->items[i], " or ");
	diag_set(d, NULL, "no preset is for these columns%s%s%s%.*s", near ? "; the nearest, " : "",
		 near ? near->name : "", near ? ", lacks " : "", (int)b.n, b.p ? b.p : "");
	buf_free(&b);
	return false;
}

bool import_preset_choose(const struct import_map *blank, const char *family,
			  const struct entity *type, const struct row *of, struct import_preset *p,
			  struct diag *d)
{
	size_t count, best = 0, same = 0, least = SIZE_MAX, columns;
	const struct import_preset *near = NULL, *rival = NULL;
	struct header_row row = { of->names, of->n, of->cells };
	const struct import_preset *all = import_presets(blank->schema, &count, blank->arena, d);
	for (size_t i = 0; all && i < count; i++) {
		if (!import_preset_serves(&all[i], type) ||
		    !import_preset_is_of(all[i].name, family))
			continue;
		size_t lacks = lacking(&all[i], &row);
		if (lacks < least && count_there(&row, headers_of(&all[i], "all"))) {
			least = lacks;
			near = &all[i];
		}
		if (lacks)
			continue;
		if (!understood(&all[i], blank, type, &row, &columns, d))
			return false;
		same = columns > best || !same ? 1 : columns == best ? same + 1 : same;
		if (same > 1 && columns == best)
			rival = &all[i];
		if (same == 1 && columns >= best) {
			best = columns;
			*p = all[i];
		}
	}
	if (!all)
		return false;
	d->source = (struct str){ 0 };
	d->line = d->column = 0;
	if (same > 1)
		return diag_set(d, NULL, "presets %s and %s are both for these columns", p->name,
				rival->name);
	return same || refuse(near, &row, d);
}

struct str import_preset_headers(const struct import_preset *p, struct arena *a)
{
	static const struct {
		const char *key, *before, *between;
	} lists[] = { { "all", "", ", " },
		      { "any", "one of ", ", " },
		      { "none", "not ", ", not " } };
	struct buf out = { 0 };
	for (size_t i = 0; i < countof(lists); i++) {
		const struct yaml *list = headers_of(p, lists[i].key);
		struct buf b = { 0 };
		for (size_t j = 0; list && j < list->n; j++)
			put_header(&b, &list->items[j], lists[i].between);
		if (b.n)
			buf_printf(&out, "%s%s%.*s", out.n ? "; " : "", lists[i].before, (int)b.n,
				   b.p);
		buf_free(&b);
	}
	struct str text = buf_copy(&out, a);
	buf_free(&out);
	return text;
}
