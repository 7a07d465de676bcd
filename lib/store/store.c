/* Opening, making and closing a database; transactions. */
#include "store/store.h"

#include <stdlib.h>

#include "core/money.h"
#include "core/phone.h"
#include "schema/label.h"
#include "store/internal.h"
#include "store/search.h"
#include "store/stand_in.h"

size_t entity_index(const struct store *s, const struct entity *e)
{
	for (size_t i = 0; i < s->schema.nentities; i++)
		if (s->schema.entities[i] == e)
			return i;
	die(STATUS_ENV, "no record type \"%s\"", e->name);
}

struct codec store_codec(const struct store *s, struct arena *a)
{
	return (struct codec){ .schema = &s->schema, .settings = &s->settings, .arena = a };
}

struct store *store_open(const char *path, enum db_mode mode, struct diag *d)
{
	struct store *s = xcalloc(1, sizeof *s);
	s->schema = shipped_schema;
	s->db = db_open(path, mode, d);
	if (s->db && !db_has(s->db, STR("setting"), STR("key")))
		diag_set(d, NULL, "%s is no crm database; make one with crm-init",
			 quoted(str_of(path), &d->arena));
	else if (s->db && config_load(s, d) && access_load(s, d)) {
		db_set_now(s->settings.calendar.now);
		return s;
	}
	store_close(s);
	return NULL;
}

void store_forget_statements(struct store *s)
{
	found_forget(s);
	for (size_t i = 0; i < s->schema.nentities; i++) {
		struct writer_entity *w = &s->writer->entity[i];
		row_forget(w);
		stmt_close(w->exists);
		stmt_close(w->search_put);
		stmt_close(w->search_remove);
		*w = (struct writer_entity){ .written = w->written,
					     .next = w->next,
					     .moved = w->moved };
	}
}

static void close_kept(struct store *s)
{
	for (size_t i = 0; i < s->nkept; i++)
		stmt_close(s->kept[i]);
	free(s->kept);
	s->kept = NULL;
	s->nkept = 0;
	map_free(&s->known);
}

static void close_writer(struct store *s)
{
	struct store_writer *w = s->writer;
	if (!w)
		return;
	store_forget_statements(s);
	for (size_t i = 0; i < s->schema.nentities; i++)
		idset_free(&w->entity[i].written);
	before_end(s);
	search_ahead_end(s);
	stmt_close(w->change);
	free(w->touched);
	free(w->facts);
	free(w->numbers);
	free(w->touched_were);
	free(w->places);
	buf_free(&w->queue);
	arena_free(&w->last.arena);
	arena_free(&w->arena);
	free(w->entity);
	free(w);
	s->writer = NULL;
}

void store_leave(struct store *s)
{
	stmt_close(s->exists);
	row_reader_close(&s->get);
	close_kept(s);
	db_close(s->db);
	s->exists = NULL;
	s->db = NULL;
}

void store_close(struct store *s)
{
	if (!s)
		return;
	close_writer(s);
	store_leave(s);
	arena_free(&s->arena);
	free(s);
}

void store_alone(struct store *s, int64_t records)
{
	if (records >= SEARCH_ROWS)
		db_alone(s->db);
}

void store_begin(struct store *s, const struct change_info *info, int wait)
{
	db_begin_write(s->db, wait);
	db_cache(s->db, true);
	if (store_serial(s, CUSTOM_SERIAL) != s->custom_serial)
		die(STATUS_BUSY, "the custom fields were changed meanwhile; try again");
	if (store_serial(s, CONFIG_SERIAL) != s->config_serial)
		die(STATUS_BUSY, "the configuration was changed meanwhile; try again");
	s->writer = xcalloc(1, sizeof *s->writer);
	s->writer->info = *info;
	s->writer->entity = xcalloc(s->schema.nentities, sizeof *s->writer->entity);
}

struct stmt *store_kept_as(struct store *s, struct str name, const struct sql *q)
{
	int64_t *place = q ? map_at(&s->known, name) : map_find(&s->known, name);
	if (!place)
		return NULL;
	if (!*place) {
		s->kept = xrealloc(s->kept, (s->nkept + 1) * sizeof(struct stmt *));
		s->kept[s->nkept++] = db_prepare(s->db, q);
		*place = (int64_t)s->nkept;
	}
	return s->kept[*place - 1];
}

struct stmt *store_kept(struct store *s, const struct sql *q)
{
	struct stmt *stmt = store_kept_as(s, buf_str(&q->text), q);
	for (size_t i = 0; i < q->nparams; i++)
		stmt_bind(stmt, i + 1, &q->params[i]);
	return stmt;
}

struct value store_one(struct store *s, const struct sql *q)
{
	struct stmt *stmt = store_kept(s, q);
	struct value v = stmt_step(stmt) ? stmt_value(stmt, 0) : value_null();
	if (v.kind == V_TEXT)
		v.s = arena_str(q->arena, v.s);
	stmt_reset(stmt);
	return v;
}

/* Record types that were added to, and may have become large. */
static void grow_indexes(struct store *s)
{
	for (size_t i = 0; i < s->schema.nentities; i++)
		if (s->writer->entity[i].moved)
			search_grow(s, s->schema.entities[i], s->writer->entity[i].next);
}

void store_commit(struct store *s)
{
	if (s->writer->needs_admin && !access_has_admin(s))
		die(STATUS_REFUSED, "nobody would be an admin any more; nothing was written");
	row_readers_rest(s);
	store_pending(s);
	stand_ins_make(s);
	history_flush(s);
	counters_save(s);
	numbers_save(s);
	search_flush(s);
	grow_indexes(s);
	if (s->writer->configured)
		s->config_serial = store_serial(s, CONFIG_SERIAL);
	close_writer(s);
	db_commit(s->db);
}

void store_rollback(struct store *s)
{
	bool moved = s->writer->fields_moved;
	close_writer(s);
	db_rollback(s->db);
	if (moved)
		fields_read_again(s);
}

bool store_wanted(struct store *s)
{
	return db_wanted(s->db);
}

void store_yield(struct store *s)
{
	db_yield(s->db);
}

void store_cache(struct store *s, bool much)
{
	db_cache(s->db, much);
}

void store_follow_begin(struct store *s)
{
	s->writer->depth++;
}

void store_follow_end(struct store *s)
{
	s->writer->depth--;
}

int64_t store_change_set(const struct store *s)
{
	return s->writer ? s->writer->change_set : 0;
}

/* A Vietnamese installation writes 1.500.000 and Nguyễn Văn An. */
static void set_locale(struct store *s, const char *region)
{
	bool vietnam = !strcmp(region, "VN");
	store_set(s, "region", region);
	store_set(s, "digits", vietnam ? ".," : "");
	store_set(s, "names", vietnam ? "family-first" : "given-first");
}

static void set_options(struct store *s, const struct init_options *o, bool fresh)
{
	if (fresh || o->currency)
		store_set(s, "currency", o->currency ? currency_code(str_of(o->currency)) : "USD");
	if (fresh || o->zone)
		store_set(s, "timezone", o->zone ? o->zone : "UTC");
	if (fresh || o->region)
		set_locale(s, o->region ? o->region : "US");
	enum language l = ENGLISH;
	if ((o->language && language_parse(str_of(o->language), &l)) || fresh)
		store_set(s, "language", language_name(l));
	store_set(s, "tables", ddl_fingerprint(&s->arena));
}

static bool check_options(const struct init_options *o, struct diag *d)
{
	if (o->currency && !currency_code(str_of(o->currency)))
		return diag_set(d, "currency", "%s is no ISO 4217 currency",
				quoted(str_of(o->currency), &d->arena));
	if (o->region && !phone_region(str_of(o->region)))
		return diag_set(d, "region", "%s is no ISO 3166 country",
				quoted(str_of(o->region), &d->arena));
	enum language known;
	if (o->language && !language_parse(str_of(o->language), &known))
		return diag_set(d, "lang", "%s is neither en nor vi",
				quoted(str_of(o->language), &d->arena));
	if (!o->zone || zone_set(o->zone, d))
		return true;
	return diag_set(d, "timezone", "%s", arena_str(&d->arena, d->message).p);
}

/* Whoever makes the database, or finds it without one, is its admin. */
static bool add_admin(struct store *s, const struct init_options *o, struct diag *d)
{
	struct arena a = { 0 };
	struct record r = record_new(schema_entity(&s->schema, STR("user")), &a);
	struct sql q = { .arena = &a };
	sql_add(&q, "select id from \"user\" where login = ");
	sql_text(&q, str_of(o->login));
	r.id = db_int(s->db, &q, 0);
	sql_free(&q);
	if (!r.id) {
		const char *name = o->name && *o->name ? o->name : o->login;
		*record_get(&r, "login") = value_text(str_of(o->login));
		*record_get(&r, "name") = value_text(str_of(name));
	}
	*record_get(&r, "role") = value_text(STR("admin"));
	*record_get(&r, "active") = value_int(true);
	access_everything(s);
	store_begin(s, &(struct change_info){ "crm-init", "crm-init", NULL, NULL }, 10);
	bool ok = store_put(s, &r, 0, &a, d) != WROTE_NOTHING;
	if (ok)
		store_commit(s);
	else
		store_rollback(s);
	arena_free(&a);
	return ok;
}

/* A new file, or a database of ours whose amounts stay what they are. */
static bool is_ours(struct store *s, const char *path, const struct init_options *o, struct diag *d)
{
	if (!db_has(s->db, STR("setting"), STR("key")))
		return !db_has(s->db, (struct str){ 0 }, (struct str){ 0 }) ||
		       diag_set(d, NULL, "%s is another program's database",
				quoted(str_of(path), &d->arena));
	struct sql q = { .arena = &s->arena };
	sql_add(&q, "select value from setting where key = 'currency'");
	struct value have = store_one(s, &q);
	sql_free(&q);
	if (!o->currency || have.kind != V_TEXT ||
	    str_is(have.s, currency_code(str_of(o->currency))))
		return true;
	return diag_set(d, "currency", "the database's amounts are in %s; that stays",
			arena_str(&d->arena, have.s).p);
}

bool store_init(const char *path, const struct init_options *o, struct diag *d)
{
	if (!check_options(o, d))
		return false;
	struct store *s = xcalloc(1, sizeof *s);
	s->schema = shipped_schema;
	s->db = db_open(path, DB_CREATE, d);
	bool ok = s->db != NULL && is_ours(s, path, o, d);
	bool fresh = ok && !db_has(s->db, STR("setting"), (struct str){ 0 });
	ok = ok && (fresh || access_may_upgrade(s, d));
	if (ok) {
		db_begin_write(s->db, 10);
		ok = fresh || custom_load(s, d);
		if (ok) {
			ddl_create(s);
			config_defaults(s);
			set_options(s, o, fresh);
			ok = config_load(s, d);
		}
		if (ok) {
			custom_adopt(s);
			db_commit(s->db);
		}
	}
	if (ok && !access_has_admin(s))
		ok = add_admin(s, o, d);
	store_close(s);
	return ok;
}
