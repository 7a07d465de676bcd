/* Tables, indexes and views: all from the schema. */
#include "core/money.h"
#include "store/internal.h"

/* What is not a record type. */
static const char system_tables[] =
    "create table if not exists setting (key text primary key, value text not null) strict;"
    "create table if not exists counter (entity text primary key, next integer not null) strict;"
    "create table if not exists currency (currency_code text primary key,"
    " minor_unit any not null) strict;"
    "create table if not exists picklist (list text not null, pos integer not null,"
    " key text not null, en text, vi text, retired integer not null default 0,"
    " primary key (list, key)) strict;"
    "create table if not exists pipeline (key text primary key, pos integer not null, en text,"
    " vi text, strict integer not null default 0, retired integer not null default 0) strict;"
    "create table if not exists stage (pipeline text not null references pipeline (key),"
    " pos integer not null, key text not null, en text, vi text, kind text not null,"
    " probability integer not null, stale_days integer not null default 0, require text, "
    "activities text, retired integer not null default 0,"
    " primary key (pipeline, key)) strict;"
    "create table if not exists sla (policy text not null, pos integer not null,"
    /* conditions: "tiers=vip gold;channels=zalo" */
    " about text not null, conditions text not null,"
    " always integer not null default 0, priority text not null, response_s integer not null,"
    " resolution_s integer not null, primary key (policy, priority)) strict;"
    "create table if not exists role (key text primary key, read text not null,"
    " write text not null, remove text not null, export integer not null,"
    " manage integer not null) strict;"
    "create table if not exists custom_field (entity text not null, pos integer not null,"
    " name text not null, type text not null, required integer not null, indexed integer not null,"
    " def text, picklist text, ref text, en text, vi text, help text, retired integer not null,"
    " primary key (entity, name)) strict;"
    "create table if not exists change_set (id integer primary key, at text not null,"
    " user integer, login text, program text not null, command text, reason text, once text,"
    " undoes integer, undone_by integer) strict;"
    /* what was undone may be done again under its key */
    "create unique index if not exists change_set_once on change_set (program, once)"
    " where once is not null and undone_by is null;"
    "create index if not exists change_set_at on change_set (at);"
    /* op: i insert, u update, d delete; before: the replaced values as a JSON object */
    "create table if not exists change (id integer primary key, change_set integer not null"
    " references change_set (id), entity text not null, record integer not null,"
    " op text not null, before text) strict;"
    "create index if not exists change_record on change (entity, record);"
    "create index if not exists change_change_set on change (change_set);"
    /* an undo of a part of a change set: its changes from first to last */
    "create table if not exists undone_part (change_set integer primary key"
    " references change_set (id), undoes integer not null references change_set (id),"
    " first integer not null, last integer not null) strict;"
    "create index if not exists undone_part_undoes on undone_part (undoes);"
    /* how far a program has come that follows the history: see followed.h */
    "create table if not exists followed (name text primary key, change integer not null,"
    " at text not null) strict;"
    /* links of a restored record to one that has not come yet */
    "create table if not exists pending_link (entity text not null, record integer not null,"
    " field text not null, target_entity text not null, target text not null,"
    " primary key (entity, record, field)) strict;";

/* schema NULL: without foreign keys. */
static void add_column(struct sql *q, const struct schema *schema, const struct field *f)
{
	sql_column(q, f);
	sql_add(q, " ");
	sql_add_literal(q, f->type->sql);
	if (f->type == &type_id)
		sql_add(q, " primary key");
	if (f->type == &type_ref && schema) {
		sql_add(q, " references ");
		sql_table(q, schema_entity(schema, str_of(f->ref)));
		sql_add(q, " (id) deferrable initially deferred");
	}
}

static void add_key_column(struct sql *q, const struct field *f)
{
	sql_key_column(q, f);
	sql_add(q, " text");
}

/*
 * The keys stand first: to make an index the engine reads a row up to its column, and
 * there are many.
 */
void ddl_table(struct store *s, const struct entity *e, bool temporary)
{
	struct arena a = { 0 };
	struct sql q = { .arena = &a };
	if (temporary)
		sql_add(&q, "create temporary table ");
	else
		sql_add(&q, "create table ");
	sql_table(&q, e);
	sql_add(&q, " (");
	add_column(&q, &s->schema, &e->fields[FIELD_ID]);
	sql_add(&q, ", ");
	for (size_t i = 0; i < e->nfields; i++) {
		if (e->fields[i].flags & F_MATCH) {
			add_key_column(&q, &e->fields[i]);
			sql_add(&q, ", ");
		}
	}
	for (size_t i = FIELD_ID + 1; i < e->nfields; i++) {
		add_column(&q, temporary ? NULL : &s->schema, &e->fields[i]);
		sql_add(&q, ", ");
	}
	sql_add(&q, "search text) strict");
	db_run(s->db, &q);
	sql_free(&q);
	arena_free(&a);
}

/* A field that came since the table was made. */
static void add_missing(struct store *s, const struct entity *e, const struct field *f, bool key)
{
	struct arena a = { 0 };
	struct str name = key ? arena_printf(&a, "%s_key", f->name) : str_of(f->name);
	if (!db_has(s->db, str_of(e->name), name)) {
		struct sql q = { .arena = &a };
		sql_add(&q, "alter table ");
		sql_table(&q, e);
		sql_add(&q, " add column ");
		if (key)
			add_key_column(&q, f);
		else
			add_column(&q, &s->schema, f);
		db_run(s->db, &q);
		sql_free(&q);
	}
	arena_free(&a);
}

void ddl_field(struct store *s, const struct entity *e, const struct field *f)
{
	add_missing(s, e, f, false);
	if (f->flags & F_MATCH)
		add_missing(s, e, f, true);
}

static void create_entity(struct store *s, const struct entity *e)
{
	struct arena a = { 0 };
	bool there = db_has(s->db, str_of(e->name), (struct str){ 0 });
	if (!there)
		ddl_table(s, e, false);
	for (size_t i = 0; there && i < e->nfields; i++)
		ddl_field(s, e, &e->fields[i]);
	store_indexes_make(s, e);
	struct sql q = { .arena = &a };
	sql_add(&q, "insert into counter (entity, next) values (");
	sql_text(&q, str_of(e->name));
	sql_add(&q, ", 1) on conflict do nothing");
	db_run(s->db, &q);
	sql_free(&q);
	if (there) /* by a version that did not know of it */
		search_grow(s, e, store_count(s, e));
	arena_free(&a);
}

static void add_currencies(struct store *s)
{
	struct arena a = { 0 };
	for (char x = 'A'; x <= 'Z'; x++)
		for (char y = 'A'; y <= 'Z'; y++)
			for (char z = 'A'; z <= 'Z'; z++) {
				struct str code = { (char[]){ x, y, z }, 3 };
				int digits = currency_digits(code);
				if (digits < 0)
					continue;
				int64_t factor = 1;
				for (int i = 0; i < digits; i++)
					factor *= 10;
				struct sql q = { .arena = &a };
				sql_add(
				    &q,
				    "insert into currency (currency_code, minor_unit) values (");
				sql_text(&q, code);
				sql_add(&q, ", ");
				/* a fraction only where there are minor units */
				sql_add_literal(&q, arena_printf(&a, digits ? "%lld.0" : "%lld",
								 (long long)factor)
							.p);
				sql_add(&q, ") on conflict do nothing");
				db_run(s->db, &q);
				sql_free(&q);
			}
	arena_free(&a);
}

void ddl_create(struct store *s)
{
	db_exec(s->db, system_tables);
	for (size_t i = 0; i < s->schema.nentities; i++)
		create_entity(s, s->schema.entities[i]);
	add_currencies(s);
	for (size_t i = 0; i < s->schema.nentities; i++)
		ddl_view(s, s->schema.entities[i], false);
}

const char *ddl_fingerprint(struct arena *a)
{
	uint64_t h = 0xcbf29ce484222325ull;
	const struct schema *s = &shipped_schema;
	for (const char *p = system_tables; *p; p++)
		h = (h ^ (unsigned char)*p) * 0x100000001b3ull;
	for (const char *p = search_layout; *p; p++)
		h = (h ^ (unsigned char)*p) * 0x100000001b3ull;
	for (size_t i = 0; i < s->nentities; i++) {
		const char *const of[] = { s->entities[i]->indexes, s->entities[i]->unique };
		for (size_t j = 0; j < countof(of); j++)
			for (const char *p = of[j]; p && *p; p++)
				h = (h ^ (unsigned char)*p) * 0x100000001b3ull;
	}
	for (size_t i = 0; i < s->nentities; i++)
		for (size_t j = 0; j < s->entities[i]->nfields; j++) {
			const struct field *f = &s->entities[i]->fields[j];
			for (const char *p = f->name; *p; p++)
				h = (h ^ (unsigned char)*p) * 0x100000001b3ull;
			h = (h ^ f->flags) * 0x100000001b3ull;
		}
	return arena_printf(a, "%016llx", (unsigned long long)h).p;
}
