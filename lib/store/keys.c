/* The hidden text that bare words are searched in. */
#include "core/buf.h"
#include "core/phone.h"
#include "core/utf8.h"
#include "store/internal.h"
#include "store/unseen.h"

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
	struct places match = entity_places(r->entity, MATCH_PLACES);
	for (size_t i = 0; i < match.n; i++) {
		size_t at = match.at[i];
		keys[at] = field_key(&r->entity->fields[at], &r->values[at], c);
	}
}

struct str search_text(const struct record *r, const struct value *keys, const struct codec *c)
{
	static struct buf b; /* kept from call to call: this runs for every row */
	struct places search = entity_places(r->entity, SEARCH_PLACES);
	b.n = 0;
	for (size_t i = 0; i < search.n; i++) {
		const struct field *f = &r->entity->fields[search.at[i]];
		const struct value *v = &r->values[search.at[i]];
		const struct value *key = f->flags & F_MATCH ? &keys[search.at[i]] : NULL;
		if (v->kind != V_TEXT)
			continue;
		if (b.n)
			buf_putc(&b, '\n');
		if (f->type == &type_phone)
			add_phone(&b, v->s, key && key->kind == V_TEXT ? key->s : (struct str){ 0 },
				  c);
		else if (f->type == &type_text && key &&
			 key->kind == V_TEXT) /* its key is its fold */
			buf_put(&b, key->s);
		else
			utf8_fold_put(&b, v->s);
	}
	return buf_copy(&b, c->arena);
}

void keys_refresh(struct store *s, const struct entity *e, int64_t id, struct arena *a)
{
	struct record r;
	struct codec c = store_codec(s, a);
	if (!store_get(s, e, id, &r, a))
		return;
	struct value *keys = arena_new(a, struct value, e->nfields);
	struct sql q = { .arena = a };
	record_keys(&r, &c, keys);
	struct str text = search_text(&r, keys, &c);
	search_remove(s, e, id);
	sql_add(&q, "update ");
	sql_table(&q, e);
	sql_add(&q, " set search = ");
	sql_text(&q, text);
	for (size_t i = 0; i < e->nfields; i++) {
		if (!(e->fields[i].flags & F_MATCH))
			continue;
		sql_add(&q, ", ");
		sql_key_column(&q, &e->fields[i]);
		sql_add(&q, " = ");
		sql_param(&q, keys[i]);
	}
	sql_add(&q, " where id = ");
	sql_int(&q, id);
	store_one(s, &q);
	unseen_seen(store_writer_of(s, e), e, keys);
	search_put(s, e, id, text);
	sql_free(&q);
}
