/* Records and their values, in and out of cells. */
#include "core/buf.h"
#include "core/utf8.h"
#include "schema/schema.h"

struct record record_new(const struct entity *e, struct arena *a)
{
	return (struct record){ e, 0, arena_new(a, struct value, e->nfields) };
}

struct record record_copy(const struct record *from, struct arena *a)
{
	size_t size = from->entity->nfields * sizeof *from->values;
	return (struct record){ from->entity, from->id,
				memcpy(arena_take(a, size), from->values, size) };
}

/* Most names stand in the program, and once in all of it: the field's own among them. */
static inline size_t place_of(const struct entity *e, const char *name)
{
	static struct {
		const struct entity *entity;
		size_t place;
	} known[1024], *at;
	at = &known[((uintptr_t)name ^ (uintptr_t)e >> 4) % countof(known)];
	if (at->entity == e && at->place < e->nfields && e->fields[at->place].name == name)
		return at->place;
	const struct field *f = entity_field(e, str_of(name));
	if (!f)
		die(STATUS_ENV, "no field \"%s\" on %s", name, e->name);
	at->entity = e;
	return at->place = field_index(e, f);
}

struct value *record_get(struct record *r, const char *name)
{
	return &r->values[place_of(r->entity, name)];
}

const struct value *record_at(const struct record *r, const char *name)
{
	return &r->values[place_of(r->entity, name)];
}

bool field_parse(const struct field *f, struct value *v, struct cell cell, const struct codec *c,
		 struct diag *d)
{
	struct str s = cell.text;
	bool plain = utf8_nfc_certain(s); /* and so it is valid */
	if (!plain && !utf8_valid(s))
		return diag_set(d, f->name, "%s is not UTF-8", quoted(s, &d->arena));
	if (s.n && memchr(s.p, '\0', s.n))
		return diag_set(d, f->name, "%s has a NUL byte in it", quoted(s, &d->arena));
	if (!plain)
		cell.text = utf8_nfc(s, c->arena);
	return field_parse_sound(f, v, cell, c, d);
}

bool field_parse_sound(const struct field *f, struct value *v, struct cell cell,
		       const struct codec *c, struct diag *d)
{
	*v = (struct value){ .kind = cell.kind == CELL_ABSENT ? V_NONE : V_NULL };
	if (cell.kind == CELL_ABSENT || cell.kind == CELL_NULL)
		return true;
	if (cell.kind == CELL_JSON)
		return diag_set(
		    d, f->name,
		    "a list holds text, numbers, true and false only, and no semicolon");
	struct str s = utf8_trim(cell.text);
	if (!s.n)
		return true;
	*v = cell.kind == CELL_NAME ? value_text(s) : (struct value){ .kind = V_NONE };
	return (f->type == &type_ref && v->kind == V_TEXT) || f->type->parse(v, s, f, c, d);
}

struct cell field_print(const struct field *f, const struct value *v, const struct codec *c)
{
	if (v->kind == V_NONE || v->kind == V_NULL)
		return cell_null();
	return f->type->print(v, f, c);
}

struct value field_key(const struct field *f, const struct value *v, const struct codec *c)
{
	if (v->kind != V_TEXT || !f->type->key)
		return value_null();
	struct str key = f->type->key(v->s, c);
	return key.n ? value_text(key) : value_null();
}
