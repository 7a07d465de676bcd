/* The hidden text that bare words are searched in. */
#include "core/buf.h"
#include "core/phone.h"
#include "core/utf8.h"
#include "store/internal.h"

/* A number by its digits as typed and in E.164, so that any part of either finds it. */
static void add_phone(struct buf *b, struct str typed, const struct codec *c)
{
	struct str digits = phone_digits(typed, c->arena);
	struct str e164 = phone_e164(typed, c->settings->region, c->arena);
	buf_put(b, digits);
	if (e164.n > 1 && !str_eq(digits, str_sub(e164, 1, e164.n))) {
		buf_putc(b, '\n');
		buf_put(b, str_sub(e164, 1, e164.n));
	}
}

struct str search_text(const struct record *r, const struct codec *c)
{
	struct buf b = { 0 };
	for (size_t i = 0; i < r->entity->nfields; i++) {
		const struct field *f = &r->entity->fields[i];
		const struct value *v = &r->values[i];
		if (!(f->flags & F_SEARCH) || v->kind != V_TEXT)
			continue;
		if (b.n)
			buf_putc(&b, '\n');
		if (f->type == &type_phone)
			add_phone(&b, v->s, c);
		else
			buf_put(&b, utf8_fold(v->s, c->arena));
	}
	struct str text = buf_copy(&b, c->arena);
	buf_free(&b);
	return text;
}
