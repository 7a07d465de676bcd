/*
 * Whose records are whose: one condition, for what may be written (asked of a stored
 * record) and for what may be read (a temporary view of the type's own name before
 * its table, so that lists, references, reports and views all see the same).
 */
#include "schema/check.h"
#include "store/internal.h"

enum { DEEPEST = 4 }; /* a line of an order about a deal …: wholes of wholes */

struct scoped {
	struct store *s;
	enum scope scope;
	enum purpose purpose;
	const bool *as_of; /* by record type: what it was then is in a table of that name */
	bool few;	   /* they are a small part of all, which indexes lead to sooner */
};

static const struct entity *ref_entity(const struct scoped *sc, const struct field *f)
{
	return schema_entity(&sc->s->schema, str_of(f->ref));
}

static bool is_part(const struct entity *e)
{
	for (size_t i = 0; i < e->nfields; i++)
		if (e->fields[i].flags & F_PART)
			return true;
	return false;
}

/* Of a part the whole decides: who owned the deal when it moved does not matter now. */
static const struct field *owner_of(const struct entity *e)
{
	const struct field *f = entity_field(e, STR("owner"));
	return f && f->type == &type_ref && !strcmp(f->ref, "user") && !is_part(e) ? f : NULL;
}

/* A reference to what the record is part of, or about. */
static bool is_upward(const struct entity *e, const struct field *f)
{
	return f->type == &type_ref && strcmp(f->ref, e->name) != 0 &&
	       (f->flags & F_PART || words_have(e->about, str_of(f->name)));
}

/* What everybody works with, whoever looks after it. */
static bool is_shared(const struct entity *e)
{
	static const char *const shared[] = { "campaign", "segment", NULL };
	return is_one_of(str_of(e->name), shared);
}

/* Whether its records are somebody's, at whatever distance; products, say, are not. */
static bool is_owned(const struct scoped *sc, const struct entity *e, int depth)
{
	if (is_shared(e))
		return false;
	if (owner_of(e))
		return true;
	for (size_t i = 0; depth < DEEPEST && i < e->nfields; i++)
		if (is_upward(e, &e->fields[i]) &&
		    is_owned(sc, ref_entity(sc, &e->fields[i]), depth + 1))
			return true;
	return false;
}

static void add_base(const struct scoped *sc, struct sql *q, const struct entity *e)
{
	if (sc->as_of && sc->as_of[entity_index(sc->s, e)])
		sql_add_literal(q, arena_printf(q->arena, "temp.\"%s as of\"", e->name).p);
	else
		sql_stored(q, e);
}

/* Literals, because a view takes no parameters. */
static void add_users(const struct scoped *sc, struct sql *q)
{
	const struct access *ac = &sc->s->access;
	size_t n = sc->scope == SCOPE_TEAM ? ac->nusers : 1;
	for (size_t i = 0; i < n; i++)
		sql_add_literal(
		    q, arena_printf(q->arena, "%s%lld", i ? ", " : "", (long long)ac->users[i]).p);
}

/* A login may hold what has a meaning in SQL and in patterns, so it is looked up, as text. */
static void add_shares(const struct scoped *sc, struct sql *q, size_t alias, const struct field *f)
{
	sql_add(q, " or (");
	sql_at(q, alias, f);
	sql_add(q, " is not null and exists (select 1 from main.\"user\" u where u.id in (");
	add_users(sc, q);
	sql_add(q, ") and replace(';' || ");
	sql_at(q, alias, f);
	sql_add(q, ", ';' || u.login || ':', '') <> ';' || ");
	sql_at(q, alias, f);
	sql_add(q, "))");
}

static void add_condition(const struct scoped *sc, struct sql *q, const struct entity *e,
			  size_t alias, bool about);

/* From which records of type `to`: those that are theirs. */
static void add_theirs(const struct scoped *sc, struct sql *q, const struct entity *to,
		       size_t alias, bool about)
{
	sql_add(q, " from ");
	add_base(sc, q, to);
	sql_add(q, " ");
	sql_alias(q, alias);
	sql_add(q, " where (");
	add_condition(sc, q, to, alias, about);
	sql_add(q, ")");
}

/*
 * Said twice where few are theirs: one record is asked of by the first, and found wanting;
 * all are found by the second, through the index of f.
 */
static void add_whole(const struct scoped *sc, struct sql *q, const struct field *f, size_t alias,
		      bool about)
{
	const struct entity *to = ref_entity(sc, f);
	sql_add(q, " or (exists (select 1");
	add_theirs(sc, q, to, alias + 1, about);
	sql_add(q, " and ");
	sql_at(q, alias + 1, &to->fields[FIELD_ID]);
	sql_add(q, " = ");
	sql_at(q, alias, f);
	sql_add(q, ")");
	if (sc->few && alias == 0) {
		sql_add(q, " and ");
		sql_at(q, alias, f);
		sql_add(q, " in (select ");
		sql_at(q, alias + 1, &to->fields[FIELD_ID]);
		add_theirs(sc, q, to, alias + 1, about);
		sql_add(q, ")");
	}
	sql_add(q, ")");
}

/*
 * Or the whole is theirs, or what it is about.  Each level has an alias of its own.
 * What a thing is about counts once: the call about the ticket about the account of
 * somebody is not that somebody's.
 */
static void add_upward(const struct scoped *sc, struct sql *q, const struct entity *e, size_t alias,
		       bool about)
{
	for (size_t i = 0; alias < DEEPEST && i < e->nfields; i++) {
		const struct field *f = &e->fields[i];
		bool part = f->flags & F_PART;
		const struct entity *to =
		    is_upward(e, f) && (about || part) ? ref_entity(sc, f) : NULL;
		if (!to || (!is_owned(sc, to, 0) && !(sc->purpose != TO_READ && part)))
			continue;
		add_whole(sc, q, f, alias, about && part);
	}
}

/* Nobody's, and not about what is somebody's. */
static void add_nobodys(const struct scoped *sc, struct sql *q, const struct entity *e,
			size_t alias, const struct field *owner)
{
	sql_add(q, " or (");
	sql_at(q, alias, owner);
	sql_add(q, " is null");
	for (size_t i = 0; i < e->nfields; i++) {
		const struct field *f = &e->fields[i];
		if (!is_upward(e, f) || !is_owned(sc, ref_entity(sc, f), 0))
			continue;
		sql_add(q, " and ");
		sql_at(q, alias, f);
		sql_add(q, " is null");
	}
	sql_add(q, ")");
}

static void add_condition(const struct scoped *sc, struct sql *q, const struct entity *e,
			  size_t alias, bool about)
{
	const struct field *owner = owner_of(e);
	if (is_part(e)) {
		sql_add(q, "1 = 0");
	} else {
		sql_at(q, alias, owner ? owner : entity_field(e, STR("created_by")));
		sql_add(q, " in (");
		add_users(sc, q);
		sql_add(q, ")");
	}
	if (owner && sc->purpose != TO_REMOVE)
		add_nobodys(sc, q, e, alias, owner);
	for (size_t i = 0; sc->purpose != TO_REMOVE && i < e->nfields; i++)
		if (e->fields[i].type == &type_shares)
			add_shares(sc, q, alias, &e->fields[i]);
	add_upward(sc, q, e, alias, about);
}

bool scope_has(struct store *s, const struct entity *e, int64_t id, enum scope scope,
	       enum purpose purpose)
{
	struct arena a = { 0 };
	struct sql q = { .arena = &a };
	struct scoped sc = { s, scope, purpose, NULL, false };
	if (scope == SCOPE_NONE || scope == SCOPE_ALL)
		return scope == SCOPE_ALL;
	sql_add(&q, "select 1 from ");
	sql_stored(&q, e);
	sql_add(&q, " ");
	sql_alias(&q, 0);
	sql_add(&q, " where t0.id = ");
	sql_int(&q, id);
	sql_add(&q, " and (");
	add_condition(&sc, &q, e, 0, purpose != TO_REMOVE);
	sql_add(&q, ")");
	bool has = store_one(s, &q).kind == V_INT;
	sql_free(&q);
	arena_free(&a);
	return has;
}

static void shadow_entity(const struct scoped *sc, const struct entity *e)
{
	struct arena a = { 0 };
	struct sql q = { .arena = &a };
	sql_add(&q, "create temporary view ");
	sql_table(&q, e);
	sql_add(&q, " as select * from ");
	add_base(sc, &q, e);
	sql_add(&q, " ");
	sql_alias(&q, 0);
	sql_add(&q, " where ");
	if (is_owned(sc, e, 0))
		add_condition(sc, &q, e, 0, true);
	else
		sql_add(&q, "true");
	db_run(sc->s->db, &q);
	sql_free(&q);
	arena_free(&a);
}

/* Who may not read a record does not read its history; of what is gone, nobody but an all-reader.
 */
static void shadow_history(const struct scoped *sc)
{
	struct arena a = { 0 };
	struct sql q = { .arena = &a };
	sql_add(&q,
		"create temporary view change as select * from main.change c where case entity");
	for (size_t i = 0; i < sc->s->schema.nentities; i++) {
		const struct entity *e = sc->s->schema.entities[i];
		sql_add_literal(&q, arena_printf(&a, " when '%s' then ", e->name).p);
		sql_add(&q, "exists (select 1 from ");
		sql_table(&q, e);
		sql_add(&q, " r where r.id = c.record)");
	}
	sql_add(&q, " else false end");
	db_run(sc->s->db, &q);
	sql_free(&q);
	arena_free(&a);
}

static bool needs_shadow(const struct scoped *sc, const struct entity *e)
{
	return is_owned(sc, e, 0) || (sc->as_of && sc->as_of[entity_index(sc->s, e)]);
}

/* By how many there are to own records: where most are theirs, reading all of them is sooner. */
static bool see_few(struct store *s)
{
	enum { PART = 4 };
	struct arena a = { 0 };
	struct sql q = { .arena = &a };
	sql_add(&q, "select count(*) from main.\"user\"");
	int64_t all = db_int(s->db, &q, 0);
	size_t seen = s->access.role.read == SCOPE_TEAM ? s->access.nusers : 1;
	sql_free(&q);
	arena_free(&a);
	return (int64_t)seen * PART <= all;
}

void scope_shadow(struct store *s, const bool *as_of)
{
	struct scoped sc = { s, s->access.role.read, TO_READ, as_of, see_few(s) };
	db_temporary(s->db, true);
	for (size_t i = 0; i < s->schema.nentities; i++)
		if (needs_shadow(&sc, s->schema.entities[i]))
			shadow_entity(&sc, s->schema.entities[i]);
	shadow_history(&sc);
	for (size_t i = 0; i < s->schema.nentities; i++)
		ddl_view(s, s->schema.entities[i], true);
	db_temporary(s->db, false);
	s->access.shadowed = true;
}

static void drop_view(struct store *s, const char *prefix, const char *name)
{
	struct arena a = { 0 };
	struct sql q = { .arena = &a };
	sql_add(&q, "drop view if exists temp.");
	sql_add_literal(&q, arena_printf(&a, "\"%s%s\"", prefix, name).p);
	db_run(s->db, &q);
	sql_free(&q);
	arena_free(&a);
}

void scope_unshadow(struct store *s)
{
	db_temporary(s->db, true);
	drop_view(s, "", "change");
	for (size_t i = 0; i < s->schema.nentities; i++) {
		drop_view(s, "v_", s->schema.entities[i]->name);
		drop_view(s, "", s->schema.entities[i]->name);
	}
	db_temporary(s->db, false);
	s->access.shadowed = false;
}

void scope_index(struct store *s, const struct entity *e, bool wanted)
{
	struct arena a = { 0 };
	struct sql q = { .arena = &a };
	if (!owner_of(e))
		return;
	row_readers_rest(s);
	const char *name = arena_printf(&a, "main.\"%s_nobodys\"", e->name).p;
	sql_add_literal(&q, wanted ? "create index if not exists " : "drop index if exists ");
	sql_add_literal(&q, name);
	if (wanted) {
		sql_add(&q, " on ");
		sql_table(&q, e);
		sql_add(&q, " (");
		sql_column(&q, owner_of(e));
		sql_add(&q, ") where ");
		sql_column(&q, owner_of(e));
		sql_add(&q, " is null");
	}
	db_run(s->db, &q);
	sql_free(&q);
	arena_free(&a);
}
