/* Finding the record that a person means. */
#include "query/ref.h"

#include "core/buf.h"
#include "store/merged.h"

enum { CANDIDATES = 6 }; /* asked for; all but the last are named */

/* Ids of the records whose field has this key. */
static size_t find_by(struct store *s, const struct entity *e, const struct field *f,
		      struct str text, int64_t *ids, struct arena *a)
{
	struct codec c = store_codec(s, a);
	struct value v = value_text(text), key = field_key(f, &v, &c);
	struct sql q = { .arena = a };
	size_t n = 0;
	if (key.kind != V_TEXT)
		return 0;
	sql_add(&q, "select id from ");
	sql_table(&q, e);
	sql_add(&q, " where ");
	sql_key_column(&q, f);
	sql_add(&q, " = ");
	sql_param(&q, key);
	sql_add(&q, " order by id limit ");
	sql_int(&q, CANDIDATES);
	struct stmt *rows = db_query(s->db, &q);
	while (n < CANDIDATES && stmt_step(rows))
		ids[n++] = stmt_value(rows, 0).i;
	stmt_close(rows);
	sql_free(&q);
	return n;
}

static bool several(const struct entity *e, struct str text, const int64_t *ids, size_t n,
		    struct diag *d)
{
	struct buf list = { 0 };
	for (size_t i = 0; i < n && i < CANDIDATES - 1; i++)
		buf_printf(&list, " %s-%lld", e->name, (long long)ids[i]);
	if (n == CANDIDATES)
		buf_puts(&list, " …");
	diag_set(d, NULL, "%s may be any of:%.*s", quoted(text, &d->arena), (int)list.n, list.p);
	buf_free(&list);
	return false;
}

/* The fields one looks in, most telling first: what is unique, phones, e-mails, name. */
static int rank(const struct entity *e, const struct field *f)
{
	if (!(f->flags & F_MATCH) || f->flags & F_RETIRED)
		return -1;
	if (f->flags & F_UNIQUE)
		return 0;
	if (f->type == &type_phone)
		return 1;
	if (f->type == &type_email)
		return 2;
	if (!strcmp(f->name, e->title) || !strcmp(f->name, "company"))
		return 3;
	return !strcmp(f->name, "external_id") || !strcmp(f->name, "tax_code") ? 4 : -1;
}

static bool look_up(struct store *s, const struct entity *e, struct str text, int64_t *id,
		    bool *missing, struct arena *a, struct diag *d)
{
	for (int want = 0; want <= 4; want++) {
		int64_t ids[2 * CANDIDATES];
		size_t n = 0;
		for (size_t i = 0; i < e->nfields && n < CANDIDATES; i++) {
			const struct field *f = &e->fields[i];
			if (rank(e, f) != want)
				continue;
			size_t found = find_by(s, e, f, text, ids + n, a);
			/* one record may have the number twice */
			for (size_t j = n, end = n + found; j < end; j++)
				if (n == 0 || ids[j] != ids[0])
					ids[n++] = ids[j];
		}
		if (n > 1)
			return several(e, text, ids, n, d);
		if (n == 1) {
			*id = ids[0];
			return true;
		}
	}
	*missing = true;
	return diag_set(d, NULL, "there is no %s %s", e->name, quoted(text, &d->arena));
}

static struct str known_as(const struct entity *e, struct str text, struct arena *a)
{
	return arena_printf(a, "%s\n%.*s", e->name, (int)text.n, text.p);
}

/* By anything but an id. */
static bool resolve_name(struct resolver *r, const struct entity *e, struct str text, int64_t *id,
			 bool *missing, struct diag *d)
{
	struct arena a = { 0 };
	struct str key = known_as(e, text, &a);
	int64_t *known = map_find(&r->known, key);
	bool ok = known != NULL;
	if (known)
		*id = *known;
	else
		ok = look_up(r->store, e, text, id, missing, &a, d);
	if (ok && !known && text.n <= RESOLVER_LONGEST) {
		if (r->known.n >= RESOLVER_MAX)
			map_free(&r->known);
		*map_at(&r->known, key) = *id;
	}
	arena_free(&a);
	return ok;
}

bool ref_resolve(struct resolver *r, const struct entity *e, struct str text, int64_t *id,
		 bool *missing, struct diag *d)
{
	bool ignored;
	const struct entity *named;
	if (!missing)
		missing = &ignored;
	*missing = false;
	bool typed = ref_parse(&r->store->schema, text, &named, id);
	if (typed && named != e)
		return diag_set(d, NULL, "%s is no %s", quoted(text, &d->arena), e->name);
	bool number = !typed && id_parse(text, id);
	if ((typed || number) && store_exists(r->store, e, *id))
		return true;
	if (typed) {
		*missing = true;
		return store_missing(r->store, e, *id, d);
	}
	return resolve_name(r, e, text, id, missing, d);
}

bool ref_resolve_text(struct resolver *r, const struct entity *e, struct str text, int64_t *id,
		      bool *missing, struct diag *d)
{
	*missing = false;
	return id_parse(text, id) ? resolve_name(r, e, text, id, missing, d)
				  : ref_resolve(r, e, text, id, missing, d);
}

bool ref_resolve_for_query(void *ctx, const struct entity *e, struct str text, int64_t *id,
			   struct diag *d)
{
	return ref_resolve(ctx, e, text, id, NULL, d);
}

bool ref_resolve_record(struct resolver *r, struct record *record, struct diag *d)
{
	for (size_t i = 0; i < record->entity->nfields; i++) {
		const struct field *f = &record->entity->fields[i];
		struct value *v = &record->values[i];
		int64_t id;
		bool missing;
		if (f->type != &type_ref || v->kind != V_TEXT)
			continue;
		const struct entity *to = store_entity(r->store, f->ref);
		if (str_is(v->s, "me") && !strcmp(f->ref, "user") && r->store->settings.user)
			id = r->store->settings.user;
		else if (!ref_resolve_text(r, to, v->s, &id, &missing, d))
			return diag_set(d, f->name, "%s", arena_str(&d->arena, d->message).p);
		*v = value_int(id);
	}
	return true;
}

void ref_learn(struct resolver *r, const struct record *record)
{
	/* A name that was unique may not be any more: what is known of it is forgotten. */
	const struct value *title = record_at(record, record->entity->title);
	struct arena a = { 0 };
	if (title->kind == V_TEXT && map_find(&r->known, known_as(record->entity, title->s, &a)))
		map_free(&r->known);
	arena_free(&a);
}

void resolver_free(struct resolver *r)
{
	map_free(&r->known);
}
