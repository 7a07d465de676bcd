/* Record types as this database has them: the shipped fields, and the custom ones behind. */
#include "store/custom.h"
#include "store/custom_impl.h"
#include "store/internal.h"

/* clang-format off */
const struct custom_type custom_types[] = {
	{ "text",      &type_text,    F_SEARCH,           F_MATCH },
	{ "long_text", &type_text,    F_SEARCH | F_LONG,  0 },
	{ "code",      &type_code,    F_SEARCH | F_MATCH, 0 },
	{ "email",     &type_email,   F_SEARCH | F_MATCH, 0 },
	{ "phone",     &type_phone,   F_SEARCH | F_MATCH, 0 },
	{ "handle",    &type_handle,  F_SEARCH | F_MATCH, 0 },
	{ "url",       &type_url,     F_SEARCH,           F_MATCH },
	{ "int",       &type_int,     0,                  F_INDEX },
	{ "number",    &type_number,  0,                  F_INDEX },
	{ "percent",   &type_percent, 0,                  F_INDEX },
	{ "money",     &type_money,   0,                  F_INDEX },
	{ "date",      &type_date,    0,                  F_INDEX },
	{ "instant",   &type_instant, 0,                  F_INDEX },
	{ "bool",      &type_bool,    0,                  F_INDEX },
	{ "picklist",  &type_pick,    0,                  F_INDEX },
	{ "reference", &type_ref,     F_INDEX,            0 },
	{ "tags",      &type_tags,    F_SEARCH,           0 },
};
/* clang-format on */
const size_t ncustom_types = countof(custom_types);

const struct custom_type *custom_type(const char *name)
{
	for (size_t i = 0; i < ncustom_types; i++)
		if (!strcmp(custom_types[i].name, name))
			return &custom_types[i];
	return NULL;
}

bool custom_name_ok(const char *name)
{
	size_t n = strspn(name, "abcdefghijklmnopqrstuvwxyz0123456789_");
	return !name[n] && n <= CUSTOM_NAME_MAX && name[0] >= 'a' && name[0] <= 'z';
}

static const char *text_at(struct stmt *rows, size_t i, struct arena *a)
{
	struct value v = stmt_value(rows, i);
	return v.kind == V_TEXT ? arena_str(a, v.s).p : NULL;
}

static struct custom_field row_at(struct stmt *rows, struct arena *a)
{
	return (struct custom_field){
		.entity = text_at(rows, 0, a),
		.name = text_at(rows, 1, a),
		.type = text_at(rows, 2, a),
		.def = text_at(rows, 3, a),
		.picklist = text_at(rows, 4, a),
		.ref = text_at(rows, 5, a),
		.en = text_at(rows, 6, a),
		.vi = text_at(rows, 7, a),
		.help = text_at(rows, 8, a),
		.required = stmt_value(rows, 9).i != 0,
		.indexed = stmt_value(rows, 10).i != 0,
		.retired = stmt_value(rows, 11).i != 0,
	};
}

/* Of one record type, or of all (NULL). */
static struct custom_field *read_rows(struct store *s, const struct entity *e, size_t *n,
				      struct arena *a)
{
	size_t room = 0;
	struct custom_field *all = arena_grow(a, NULL, 0, &room, sizeof *all);
	struct sql q = { .arena = a };
	sql_add(&q, "select entity, name, type, def, picklist, ref, en, vi, help, required,"
		    " indexed, retired from custom_field");
	if (e) {
		sql_add(&q, " where entity = ");
		sql_text(&q, str_of(e->name));
	}
	sql_add(&q, " order by pos, name");
	struct stmt *rows = db_query(s->db, &q);
	for (*n = 0; stmt_step(rows); ++*n) {
		all = arena_grow(a, all, *n, &room, sizeof *all);
		all[*n] = row_at(rows, a);
	}
	stmt_close(rows);
	sql_free(&q);
	return all;
}

struct custom_field *custom_fields(struct store *s, const struct entity *e, size_t *n,
				   struct arena *a)
{
	return read_rows(s, e, n, a);
}

static struct field field_of(const struct custom_field *c, const struct custom_type *t)
{
	struct field f = {
		.name = c->name,
		.type = t->type,
		.flags = F_CUSTOM | t->flags | (c->indexed ? t->indexed : 0),
		.help = c->help ? c->help
			: c->en ? c->en
				: c->name,
		.label = c->en,
		.label_vi = c->vi,
		.picklist = c->picklist,
		.ref = c->ref,
	};
	if (c->retired)
		f.flags = (f.flags & ~(unsigned)F_SEARCH) | F_RETIRED | F_HIDDEN;
	else {
		f.flags |= c->required ? F_REQUIRED : 0;
		f.def = c->def;
	}
	return f;
}

/* A field that ships now and was custom before goes on where it means the same. */
static bool can_adopt(const struct field *shipped, const struct field *custom)
{
	return shipped->type == custom->type &&
	       str_eq(str_of(shipped->picklist), str_of(custom->picklist)) &&
	       str_eq(str_of(shipped->ref), str_of(custom->ref));
}

static bool add_field(struct entity *e, struct field *fields, const struct custom_field *c,
		      struct diag *d)
{
	const struct custom_type *t = custom_type(c->type);
	if (!t || !custom_name_ok(c->name) || e->nfields == FIELDS_MAX)
		return diag_set(d, c->name, "this version cannot have such a custom field on %s",
				e->name);
	struct field f = field_of(c, t);
	const struct field *shipped = entity_field(e, str_of(c->name));
	if (!shipped)
		fields[e->nfields++] = f;
	else if (!can_adopt(shipped, &f))
		return diag_set(d, c->name,
				"the custom field of that name on %s is of type %s; this version "
				"has a field of its own, of type %s",
				e->name, c->type, shipped->type->name);
	return true;
}

/* The record type itself where none of the n is its own; NULL with diag. */
static const struct entity *extend(const struct entity *e, const struct custom_field *all, size_t n,
				   struct arena *a, struct diag *d)
{
	size_t more = 0;
	for (size_t i = 0; i < n; i++)
		more += !strcmp(all[i].entity, e->name);
	if (!more)
		return e;
	struct entity *own = arena_new(a, struct entity, 1);
	struct field *fields = arena_new(a, struct field, e->nfields + more);
	memcpy(fields, e->fields, e->nfields * sizeof *fields);
	*own = *e;
	own->fields = fields;
	for (size_t i = 0; i < n; i++)
		if (!strcmp(all[i].entity, e->name) && !add_field(own, fields, &all[i], d))
			return NULL;
	return own;
}

int64_t store_serial(struct store *s, const char *key)
{
	struct arena a = { 0 };
	struct sql q = { .arena = &a };
	sql_add(&q, "select cast(value as integer) from setting where key = ");
	sql_text(&q, str_of(key));
	int64_t serial = db_int(s->db, &q, 0);
	sql_free(&q);
	arena_free(&a);
	return serial;
}

bool custom_load(struct store *s, struct diag *d)
{
	size_t n = 0;
	struct custom_field *rows = NULL;
	const struct entity **all =
	    arena_new(&s->arena, const struct entity *, shipped_schema.nentities);
	s->custom_serial =
	    store_serial(s, CUSTOM_SERIAL); /* first: what changes meanwhile is then noticed */
	if (db_has(s->db, STR("custom_field"), (struct str){ 0 }))
		rows = read_rows(s, NULL, &n, &s->arena);
	for (size_t i = 0; i < shipped_schema.nentities; i++) {
		all[i] = extend(shipped_schema.entities[i], rows, n, &s->arena, d);
		if (!all[i])
			return false;
	}
	s->schema.entities = all;
	places_forget();
	return true;
}

static void adopt(struct store *s, const struct entity *e, const struct field *f, struct arena *a)
{
	struct field was = *f;
	struct sql q = { .arena = a };
	was.flags |= F_CUSTOM;
	ddl_index_drop(s, e, &was);
	custom_refresh(s, e, f);
	sql_add(&q, "delete from custom_field where entity = ");
	sql_text(&q, str_of(e->name));
	sql_add(&q, " and name = ");
	sql_text(&q, str_of(f->name));
	db_run(s->db, &q);
	sql_free(&q);
}

void custom_adopt(struct store *s)
{
	struct arena a = { 0 };
	for (size_t i = 0; i < s->schema.nentities; i++) {
		size_t n;
		const struct entity *e = s->schema.entities[i];
		struct custom_field *all = custom_fields(s, e, &n, &a);
		for (size_t j = 0; j < n; j++) {
			const struct field *f = entity_field(e, str_of(all[j].name));
			if (f && !(f->flags & F_CUSTOM))
				adopt(s, e, f, &a);
		}
	}
	arena_free(&a);
}

void fields_read_again(struct store *s)
{
	struct diag d = { 0 };
	if (s->writer)
		store_forget_statements(s);
	if (!custom_load(s, &d))
		die(STATUS_ENV, "%s", d.message.p);
}
