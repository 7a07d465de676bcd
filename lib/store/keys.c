/* The hidden text that bare words are searched in. */
#include "core/buf.h"
#include "core/phone.h"
#include "core/utf8.h"
#include "store/internal.h"

/* A number by its digits as typed and in E.164, so that any part of either finds it. */
static void add_phone(struct buf *b, struct str typed, struct str e164, const struct codec *c)
{
	struct str digits = phone_digits(typed, c->arena);
	buf_put(b, digits);
	if (e164.n > 1 && !str_eq(digits, str_sub(e164, 1, e164.n))) {
		buf_putc(b, '\n');
		buf_put(b, str_sub(e164, 1, e164.n));
	}
}

void record_keys(const struct record *r, const struct codec *c, struct value *keys)
{
	for (size_t i = 0; i < r->entity->nfields; i++) {
		const struct field *f = &r->entity->fields[i];
		keys[i] = f->flags & F_MATCH ? field_key(f, &r->values[i], c) : value_null();
	}
}

struct str search_text(const struct record *r, const struct value *keys, const struct codec *c)
{
	struct buf b = { 0 };
	for (size_t i = 0; i < r->entity->nfields; i++) {
		const struct field *f = &r->entity->fields[i];
		const struct value *v = &r->values[i], *key = &keys[i];
		if (!(f->flags & F_SEARCH) || v->kind != V_TEXT)
			continue;
		if (b.n)
			buf_putc(&b, '\n');
		if (f->type == &type_phone)
			add_phone(&b, v->s, key->kind == V_TEXT ? key->s : (struct str){ 0 }, c);
		else if (f->type == &type_text && key->kind == V_TEXT) /* its key is its fold */
			buf_put(&b, key->s);
		else
			buf_put(&b, utf8_fold(v->s, c->arena));
	}
	struct str text = buf_copy(&b, c->arena);
	buf_free(&b);
	return text;
}
