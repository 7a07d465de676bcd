/* A question is one statement: the fields of a type that are of one kind, and identities. */
#include "domain/match.h"

#include "core/buf.h"
#include "core/email.h"
#include "core/phone.h"
#include "core/utf8.h"
#include "domain/identify.h"
#include "schema/places.h"
#include "store/counter.h"
#include "store/unseen.h"

const char *const match_names[] = {
	[MATCH_PHONE] = "phone",	[MATCH_EMAIL] = "e-mail address",
	[MATCH_TAX_CODE] = "tax code",	[MATCH_ZALO] = "Zalo account",
	[MATCH_FACEBOOK] = "Facebook",	[MATCH_EXTERNAL] = "number elsewhere",
	[MATCH_SYSTEM] = "external id", [MATCH_NAME] = "name",
	[MATCH_COMPANY] = "company",	[MATCH_NOTHING] = "nothing",
};

/* Which fields are of a kind: all of a type, or the one of a name. */
static const struct sign {
	const struct type *type;
	const char *field;
	const char *further, *by; /* the field of identities that holds the same */
} signs[] = {
	[MATCH_PHONE] = { &type_phone, NULL, "phone", "identity.phone" },
	[MATCH_EMAIL] = { &type_email, NULL, "email", "identity.email" },
	[MATCH_TAX_CODE] = { &type_code, NULL, NULL, NULL },
	[MATCH_ZALO] = { NULL, "zalo", "zalo", "identity.zalo" },
	[MATCH_FACEBOOK] = { NULL, "facebook", "facebook", "identity.facebook" },
	[MATCH_EXTERNAL] = { NULL, "external_id", "external_id", "identity.external_id" },
	[MATCH_SYSTEM] = { NULL, NULL, "external_id", "identity.external_id" },
	[MATCH_NAME] = { NULL, "name", NULL, NULL },
	[MATCH_COMPANY] = { NULL, "company", NULL, NULL },
};

static bool is_of(const struct field *f, enum match_by sign)
{
	const struct sign *g = &signs[sign];
	if (!(f->flags & F_MATCH) || f->flags & F_RETIRED)
		return false;
	if (sign == MATCH_ZALO) /* and accounts that an admin's own fields hold */
		return f->type == &type_handle && strcmp(f->name, "facebook") != 0;
	return g->type ? f->type == g->type : g->field && !strcmp(f->name, g->field);
}

enum match_by match_sign(const struct field *f)
{
	enum match_by sign = 0;
	while (sign < MATCH_NOTHING && !is_of(f, sign))
		sign++;
	return sign;
}

/* --- keys --- */

struct keys {
	struct str *all;
	size_t n;
};

static void add_key(struct keys *k, struct str key)
{
	for (size_t i = 0; i < k->n; i++)
		if (str_eq(k->all[i], key))
			return;
	if (key.n && k->n < MATCH_KEYS)
		k->all[k->n++] = key;
}

static void add_phones(struct keys *k, struct str text, const struct codec *c)
{
	struct phone all[PHONES_MAX];
	size_t n = phone_all(text, c->settings->region, all, c->arena);
	for (size_t i = 0; i < n; i++)
		add_key(k, all[i].e164);
}

static void add_emails(struct keys *k, struct str text, const struct codec *c)
{
	struct str rest = text, piece, address;
	struct diag d = { 0 };
	while (email_next(&rest, &piece))
		if (email_parse(piece, &address, c->arena, &d))
			add_key(k, email_key(address, c->arena));
	diag_free(&d);
}

size_t match_keys(enum match_by sign, struct str text, const struct codec *c,
		  struct str keys[MATCH_KEYS])
{
	struct keys k = { keys, 0 };
	bool handle = sign == MATCH_ZALO || sign == MATCH_FACEBOOK;
	if (sign == MATCH_PHONE || handle)
		add_phones(&k, text, c);
	if (sign == MATCH_EMAIL)
		add_emails(&k, text, c);
	if (sign == MATCH_PHONE || sign == MATCH_EMAIL || k.n)
		return k.n;
	const struct type *type = handle		   ? &type_handle
				  : sign == MATCH_TAX_CODE ? &type_code
							   : &type_text;
	if (text.n)
		add_key(&k, type->key(text, c));
	if (sign == MATCH_EXTERNAL && text.n) /* identities hold it folded, records as it is */
		add_key(&k, type_external.key(text, c));
	return k.n;
}

/* --- the question --- */

static void add_arm(struct sql *q, const struct entity *from, const struct field *id,
		    const struct field *f, size_t place, bool hidden)
{
	sql_add_literal(q, q->nparams ? " union all select " : "select ");
	sql_column(q, id);
	sql_add_literal(q, arena_printf(q->arena, " id, %zu place from ", place).p);
	if (hidden)
		sql_stored(q, from);
	else
		sql_table(q, from);
	sql_add(q, " where ");
	sql_key_column(q, f);
	sql_add(q, " = ");
	if (q->nparams)
		sql_add(q, "$1");
	else
		sql_param(q, value_null());
}

static void add_identities(struct sql *q, const struct schema *s, const struct entity *e,
			   enum match_by sign, bool hidden)
{
	const struct entity *identity = schema_entity(s, STR("identity"));
	const struct field *whose = entity_field(identity, str_of(e->name));
	const char *further = signs[sign].further;
	if (!whose || !further)
		return;
	add_arm(q, identity, whose, entity_field(identity, str_of(further)), e->nfields, hidden);
	sql_add(q, " and ");
	sql_column(q, whose);
	sql_add(q, " is not null");
	if (sign == MATCH_SYSTEM) {
		sql_add(q, " and ");
		sql_key_column(q, entity_field(identity, STR("source")));
		sql_add(q, " = ");
		sql_param(q, value_null());
	}
}

void match_sql(struct sql *q, const struct schema *s, const struct entity *e, enum match_by sign,
	       unsigned flags)
{
	bool hidden = flags & MATCH_HIDDEN;
	for (size_t i = 0; i < e->nfields && !(flags & MATCH_FURTHER); i++)
		if (is_of(&e->fields[i], sign))
			add_arm(q, e, &e->fields[0], &e->fields[i], i, hidden);
	add_identities(q, s, e, sign, hidden);
	if (q->nparams)
		sql_add(q, " order by 1, 2");
}

static void add_those_with(struct sql *q, const struct entity *from, const struct field *f,
			   unsigned flags)
{
	sql_add(q, " from ");
	if (flags & MATCH_HIDDEN)
		sql_stored(q, from);
	else
		sql_table(q, from);
	sql_add(q, " where ");
	sql_key_column(q, f);
	sql_add(q, " is not null");
}

/* Only where there are any: all keys of one column need no sorting. */
static bool add_all_of(struct sql *q, struct store *s, const struct entity *from,
		       const struct field *id, const struct field *f, unsigned flags, bool first)
{
	struct arena a = { 0 };
	struct sql any = { .arena = &a };
	sql_add(&any, "select id");
	add_those_with(&any, from, f, flags);
	sql_add(&any, " limit 1");
	bool found = db_int(s->db, &any, 0) != 0;
	sql_free(&any);
	arena_free(&a);
	if (!found)
		return false;
	sql_add_literal(q, first ? "select " : " union all select ");
	sql_column(q, id);
	sql_add(q, " id, ");
	sql_key_column(q, f);
	sql_add(q, " key");
	add_those_with(q, from, f, flags);
	return true;
}

bool match_all_sql(struct sql *q, struct store *s, const struct entity *e, enum match_by sign,
		   unsigned flags)
{
	const struct entity *identity = schema_entity(&s->schema, STR("identity"));
	const struct field *whose = entity_field(identity, str_of(e->name));
	const char *further = signs[sign].further;
	bool any = false;
	for (size_t i = 0; i < e->nfields; i++)
		if (is_of(&e->fields[i], sign))
			any |= add_all_of(q, s, e, &e->fields[0], &e->fields[i], flags, !any);
	const struct field *f = further ? entity_field(identity, str_of(further)) : NULL;
	if (!whose || !f || !add_all_of(q, s, identity, whose, f, flags, !any))
		return any;
	sql_add(q, " and ");
	sql_column(q, whose);
	sql_add(q, " is not null");
	return true;
}

/* One question of thousands: its text is built but once.  NULL: nobody can have it. */
static struct stmt *statement(struct store *s, const struct entity *e, enum match_by sign,
			      unsigned flags)
{
	const struct {
		const struct entity *e;
		unsigned sign, flags;
	} name = { e, sign, flags }; /* no statement's text is as short */
	struct str key = { (const char *)&name, sizeof name };
	struct stmt *kept = store_kept_as(s, key, NULL);
	struct arena a = { 0 };
	struct sql q = { .arena = &a };
	if (kept)
		return kept;
	match_sql(&q, &s->schema, e, sign, flags);
	kept = q.nparams ? store_kept_as(s, key, &q) : NULL;
	sql_free(&q);
	arena_free(&a);
	return kept;
}

/* Told without asking, see unseen.h. */
static bool nobody_has(struct store *s, const struct entity *e, enum match_by sign, struct str key,
		       unsigned flags)
{
	const struct entity *identity = schema_entity(&s->schema, STR("identity"));
	struct places match = entity_places(e, MATCH_PLACES);
	bool nobody = s->writer && store_next_id(s, identity) == 1;
	for (size_t i = 0; nobody && i < match.n && !(flags & MATCH_FURTHER); i++) {
		const struct field *f = &e->fields[match.at[i]];
		nobody = !is_of(f, sign) || unseen(s, e, f, key);
	}
	return nobody;
}

size_t match_key(struct store *s, const struct entity *e, enum match_by sign, struct str key,
		 unsigned flags, struct matched *out, size_t n)
{
	ptrdiff_t colon = sign == MATCH_SYSTEM ? str_find(key, ':') : -1;
	struct stmt *rows =
	    nobody_has(s, e, sign, key, flags) ? NULL : statement(s, e, sign, flags);
	struct arena a = { 0 };
	struct value asked = value_text(key), system = value_text(STR(IDENTITY_NO_SYSTEM));
	size_t found = 0;
	if (!rows || !colon)
		return 0;
	if (sign == MATCH_SYSTEM) /* folded, as identities hold both */
		asked.s = utf8_fold(str_sub(key, (size_t)(colon + 1), key.n), &a);
	if (colon > 0)
		system.s = utf8_fold(str_sub(key, 0, (size_t)colon), &a);
	stmt_bind(rows, 1, &asked);
	if (sign == MATCH_SYSTEM)
		stmt_bind(rows, 2, &system);
	while (found < n && stmt_step(rows)) {
		int64_t id = stmt_value(rows, 0).i;
		size_t place = (size_t)stmt_value(rows, 1).i;
		if (!found || out[found - 1].id != id)
			out[found++] =
			    (struct matched){ id, place < e->nfields ? e->fields[place].name
								     : signs[sign].by };
	}
	stmt_reset(rows);
	arena_free(&a);
	return found;
}

/* --- convert's rule --- */

/* Keeps the ids in order, each once. */
static void add(struct match *out, int64_t id)
{
	size_t at = 0;
	while (at < out->n && out->ids[at] < id)
		at++;
	if (at < out->n && out->ids[at] == id)
		return;
	out->more = out->more || out->n == MATCH_MAX;
	if (at == MATCH_MAX)
		return;
	size_t kept = out->n == MATCH_MAX ? out->n - 1 : out->n;
	memmove(out->ids + at + 1, out->ids + at, (kept - at) * sizeof *out->ids);
	out->ids[at] = id;
	out->n = kept + 1;
}

static void look_up(struct store *s, const struct entity *e, enum match_by sign, struct str text,
		    int64_t self, struct match *out, struct arena *a)
{
	struct codec c = store_codec(s, a);
	struct str keys[MATCH_KEYS];
	size_t nkeys = match_keys(sign, text, &c, keys);
	for (size_t i = 0; i < nkeys; i++) {
		struct matched found[MATCH_MAX + 2]; /* one more than fits, and the probe itself */
		size_t n = match_key(s, e, sign, keys[i], MATCH_HIDDEN, found, countof(found));
		for (size_t j = 0; j < n; j++)
			if (found[j].id != self)
				add(out, found[j].id);
	}
}

void match_find(struct store *s, const struct entity *e, const struct record *probe,
		struct match *out)
{
	match_find_from(s, e, probe, MATCH_PHONE, out);
}

void match_find_from(struct store *s, const struct entity *e, const struct record *probe,
		     enum match_by first, struct match *out)
{
	const struct entity *of = probe->entity;
	int64_t self = e == of ? probe->id : 0;
	struct arena a = { 0 };
	*out = (struct match){ .by = MATCH_NOTHING };
	for (enum match_by sign = first; sign <= MATCH_TAX_CODE && !out->n; sign++) {
		for (size_t i = 0; i < of->nfields; i++)
			if (probe->values[i].kind == V_TEXT && is_of(&of->fields[i], sign))
				look_up(s, e, sign, probe->values[i].s, self, out, &a);
		if (out->n)
			out->by = sign;
	}
	arena_free(&a);
}

void match_named(struct store *s, const struct entity *e, struct str name, struct match *out)
{
	struct arena a = { 0 };
	*out = (struct match){ .by = MATCH_NOTHING };
	look_up(s, e, MATCH_NAME, name, 0, out, &a);
	arena_free(&a);
}

struct str match_refs(const struct match *m, const struct entity *e, struct arena *a)
{
	struct buf b = { 0 };
	for (size_t i = 0; i < m->n; i++)
		buf_printf(&b, " %s-%lld", e->name, (long long)m->ids[i]);
	buf_puts(&b, m->more ? " …" : "");
	struct str s = buf_copy(&b, a);
	buf_free(&b);
	return s;
}
