/* The engine seam on SQLite: with db_teach.c the only file that knows it. */
#include <math.h>
#include <stdlib.h>

#include "core/buf.h"
#include "store/db_beside.h"
#include "store/db_sqlite.h"
#include "store/db_text.h"

enum { WRITE = SQLITE_OPEN_READWRITE | SQLITE_OPEN_NOMUTEX };

struct db_state *db_state(struct db *db)
{
	return &db->state;
}

static _Noreturn void fail(struct db *db, int code)
{
	const char *why = sqlite3_errmsg(db->handle);
	switch (code & 0xff) {
	case SQLITE_BUSY:
	case SQLITE_LOCKED:
		die(STATUS_BUSY, "another process is writing to the database; try again later");
	case SQLITE_FULL:
		die(STATUS_ENV, "the disk is full; what was not committed was taken back");
	case SQLITE_READONLY:
	case SQLITE_CANTOPEN:
		die(STATUS_ENV, "the database may not be written to (%s)", why);
	case SQLITE_CORRUPT:
	case SQLITE_NOTADB:
		die(STATUS_ENV, "the database file is damaged (%s)", why);
	default:
		die(STATUS_ENV, "the database failed: %s", why);
	}
}

/* A second thread does not end the program: the step that follows fails, too. */
static bool is_second(const struct db *db)
{
	return post_here || db->state.second;
}

void db_check(struct db *db, int code)
{
	if (code != SQLITE_OK && code != SQLITE_DONE && code != SQLITE_ROW && !is_second(db))
		fail(db, code);
}

/* What was posted comes first. */
static sqlite3 *own(struct db *db)
{
	if (!post_settle(&db->state.post))
		fail(db, sqlite3_errcode(db->handle));
	return db->handle;
}

static sqlite3_stmt *mine(const struct stmt *s)
{
	return own(s->db) ? s->handle : NULL;
}

static int current_time(sqlite3_vfs *vfs, sqlite3_int64 *julian_ms)
{
	(void)vfs;
	*julian_ms = (sql_now() + 210866760000) * 1000; /* since their day 0, not since 1970 */
	return SQLITE_OK;
}

/* The engine's own way to files, but for the clock: date('now') is everybody's now. */
static const char *with_clock(void)
{
	static sqlite3_vfs files;
	if (!files.zName && sqlite3_initialize() == SQLITE_OK) {
		files = *sqlite3_vfs_find(NULL);
		files.zName = "crm";
		files.xCurrentTimeInt64 = current_time;
		sqlite3_vfs_register(&files, 0);
	}
	return files.zName;
}

static int wait_for_lock(void *patience, int tries)
{
	return patience_wait(patience, tries);
}

/* The file alone, where those beside it cannot be made; `code`: what came of asking. */
static int open_still(struct db *db, const char *path, int code, struct diag *d)
{
	int flags = SQLITE_OPEN_READONLY | SQLITE_OPEN_URI;
	if (code != SQLITE_READONLY && code != SQLITE_CANTOPEN && code != SQLITE_IOERR)
		return SQLITE_OK;
	const char *uri = still_begin(&db->state.still, path, &d->arena, d);
	sqlite3_close_v2(db->handle);
	db->handle = NULL;
	return uri ? sqlite3_open_v2(uri, &db->handle, flags, with_clock()) : SQLITE_CANTOPEN;
}

struct db *db_open(const char *path, enum db_mode mode, struct diag *d)
{
	bool uri = !strncmp(path, "file:", 5);
	if (!path_check(path, mode == DB_CREATE, d))
		return NULL;
	struct db *db = xcalloc(1, sizeof *db);
	(void)sqlite3_config(SQLITE_CONFIG_MULTITHREAD);  /* each has its own connection */
	(void)sqlite3_config(SQLITE_CONFIG_MEMSTATUS, 0); /* opening makes 30,000 allocations */
	int flags =
	    WRITE | (uri ? SQLITE_OPEN_URI : 0) | (mode == DB_CREATE ? SQLITE_OPEN_CREATE : 0);
	int code = sqlite3_open_v2(path, &db->handle, flags, with_clock());
	int probe = sqlite3_exec(db->handle, "select 1 from sqlite_schema", NULL, NULL, NULL);
	if (code == SQLITE_OK && (probe == SQLITE_NOTADB || probe == SQLITE_CORRUPT))
		code = probe;
	else if (code == SQLITE_OK && (mode == DB_READ || mode == DB_BESIDE) && !uri)
		code = open_still(db, path, probe, d);
	if (code != SQLITE_OK) {
		path_refuse(path, d,
			    code == SQLITE_NOTADB    ? "it is no database"
			    : code == SQLITE_CORRUPT ? "it is damaged"
						     : sqlite3_errmsg(db->handle));
		db_close(db);
		return NULL;
	}
	db->state.patience.file = sqlite3_db_filename(db->handle, "main");
	db->state.patience.moves = sqlite3_filename_wal(db->state.patience.file);
	sqlite3_busy_handler(db->handle, wait_for_lock, &db->state.patience);
	db->state.second = mode == DB_BESIDE;
	teach_functions(db);
	db_set_up(db, mode);
	return db;
}

struct db *db_scratch(void)
{
	struct db *db = xcalloc(1, sizeof *db);
	db->state.second = true;
	db_check(db, sqlite3_open_v2("", &db->handle, WRITE | SQLITE_OPEN_CREATE, NULL));
	teach_trigrams(db);
	db_exec(db, "pragma journal_mode = off; pragma secure_delete = off; begin");
	return db;
}

void db_close(struct db *db)
{
	if (!db)
		return;
	beside_end(db);
	post_end(&db->state.post);
	sqlite3_close_v2(db->handle);
	still_end(&db->state.still);
	patience_free(&db->state.patience);
	free(db);
}

void db_exec(struct db *db, const char *literal_sql)
{
	db_check(db, sqlite3_exec(own(db), literal_sql, NULL, NULL, NULL));
}

enum ran db_try(struct db *db, const char *literal_sql)
{
	int code = sqlite3_exec(own(db), literal_sql, NULL, NULL, NULL), kind = code & 0xff;
	if (kind == SQLITE_BUSY || kind == SQLITE_CONSTRAINT)
		return kind == SQLITE_BUSY ? RAN_INTO_LOCK : RAN_INTO_RULE;
	db_check(db, code);
	return RAN;
}

int64_t db_writes(struct db *db)
{
	return sqlite3_total_changes64(own(db));
}

struct stmt *db_prepare(struct db *db, const struct sql *q)
{
	struct stmt *s = xcalloc(1, sizeof *s);
	s->db = db;
	db_check(db, sqlite3_prepare_v3(own(db), q->text.p, (int)q->text.n, 0, &s->handle, NULL));
	return s;
}

struct stmt *stmt_of_values(const struct value *row)
{
	struct stmt *s = xcalloc(1, sizeof *s);
	s->values = row;
	return s;
}

void stmt_bind(struct stmt *s, size_t index, const struct value *v)
{
	int i = (int)index, code;
	if (v->kind == V_INT)
		code = sqlite3_bind_int64(mine(s), i, v->i);
	else if (v->kind == V_TEXT)
		code = sqlite3_bind_text64(mine(s), i, v->s.p, v->s.n, SQLITE_STATIC, SQLITE_UTF8);
	else
		code = sqlite3_bind_null(mine(s), i);
	db_check(s->db, code);
}

enum stepped stmt_try(struct stmt *s)
{
	arena_reset(&s->reals);
	int code = sqlite3_step(mine(s));
	if (code == SQLITE_ROW)
		return STEP_ROW;
	if (code == SQLITE_ERROR && s->users)
		die(STATUS_USAGE, "SQL: %s", sqlite3_errmsg(s->db->handle));
	if (code != SQLITE_DONE && (is_second(s->db) || (code & 0xff) == SQLITE_CORRUPT))
		return STEP_DAMAGED;
	db_check(s->db, code);
	return STEP_END;
}

bool stmt_step(struct stmt *s)
{
	enum stepped got = stmt_try(s);
	if (got == STEP_DAMAGED)
		fail(s->db, SQLITE_CORRUPT);
	return got == STEP_ROW;
}

void stmt_reset(struct stmt *s)
{
	sqlite3_reset(mine(s));
}

void stmt_close(struct stmt *s)
{
	if (!s)
		return;
	if (s->db)
		sqlite3_finalize(mine(s));
	arena_free(&s->reals);
	free(s);
}

size_t stmt_columns(const struct stmt *s)
{
	return (size_t)sqlite3_column_count(mine(s));
}

const char *stmt_name(const struct stmt *s, size_t i)
{
	return sqlite3_column_name(mine(s), (int)i);
}

/* As no other thread has the connection, the value may be read as any. */
static sqlite3_value *value_at(const struct stmt *s, size_t i)
{
	return s->row ? s->row[i] : sqlite3_column_value(mine(s), (int)i);
}

bool stmt_is_null(const struct stmt *s, size_t i)
{
	return s->values ? s->values[i].kind == V_NULL
			 : sqlite3_value_type(value_at(s, i)) == SQLITE_NULL;
}

void stmt_filled(const struct stmt *s, size_t n, int64_t *filled)
{
	for (size_t i = 0; i < n; i++)
		filled[i] += !stmt_is_null(s, i);
}

/* Field by field: the processor waits where a whole that was just written in parts is copied. */
void stmt_values(struct stmt *s, size_t first, size_t n, struct value *out)
{
	if (s->values) {
		memcpy(out, s->values + first, n * sizeof *out);
		return;
	}
	for (size_t i = first; i < first + n; i++, out++) {
		sqlite3_value *v = value_at(s, i);
		int type = sqlite3_value_type(v);
		out->kind = type == SQLITE_NULL ? V_NULL : type == SQLITE_INTEGER ? V_INT : V_TEXT;
		out->scale = 0;
		out->i = type == SQLITE_INTEGER ? sqlite3_value_int64(v) : 0;
		out->s = (struct str){ 0 };
		if (type == SQLITE_FLOAT && stmt_is_number(s, i))
			out->s = print_real(sqlite3_value_double(v), &s->reals);
		else if (out->kind == V_TEXT)
			out->s = value_str(v);
	}
}

bool stmt_is_number(struct stmt *s, size_t i)
{
	sqlite3_value *v = value_at(s, i);
	int type = sqlite3_value_type(v);
	return type == SQLITE_INTEGER ||
	       (type == SQLITE_FLOAT && isfinite(sqlite3_value_double(v)));
}

/* What a user's own SQL may do: read. */
static int allow_reading(void *ctx, int action, const char *a, const char *b, const char *c,
			 const char *trigger)
{
	(void)ctx, (void)b, (void)c, (void)trigger;
	bool reads = action == SQLITE_SELECT || action == SQLITE_READ ||
		     action == SQLITE_FUNCTION || action == SQLITE_RECURSIVE ||
		     (action == SQLITE_PRAGMA && a && pragma_reads(a)) ||
		     /* A look at a virtual table declares it; it would not be read-only. */
		     (action == SQLITE_UPDATE && a && !strcmp(a, "sqlite_master"));
	return reads ? SQLITE_OK : SQLITE_DENY;
}

struct stmt *db_query_text(struct db *db, struct str text, const struct value *params, size_t n,
			   struct diag *d)
{
	struct stmt *s = xcalloc(1, sizeof *s);
	const char *rest;
	s->db = db, s->users = true;
	sqlite3_set_authorizer(own(db), allow_reading, NULL);
	int code = sqlite3_prepare_v3(db->handle, text.p, (int)text.n, 0, &s->handle, &rest);
	sqlite3_set_authorizer(db->handle, NULL, NULL);
	const struct own_query seen = {
		.writes = code == SQLITE_AUTH || (s->handle && !sqlite3_stmt_readonly(s->handle)),
		.wrong = code == SQLITE_OK ? NULL : sqlite3_errmsg(db->handle),
		.at = sqlite3_error_offset(db->handle),
		.empty = !s->handle,
		.rest = rest,
		.parameters = (size_t)sqlite3_bind_parameter_count(s->handle),
	};
	if (own_query_fits(&seen, text, n, d))
		return stmt_bind_all(s, params, n);
	stmt_close(s);
	return NULL;
}

void db_copy(struct db *from, const char *path, int wait)
{
	struct db to = { .state.patience.seconds = wait };
	db_check(&to, sqlite3_open_v2(path, &to.handle, WRITE | SQLITE_OPEN_CREATE, NULL));
	sqlite3_busy_handler(to.handle, wait_for_lock, &to.state.patience);
	db_exec(&to, "pragma synchronous = full");
	sqlite3_backup *copy = sqlite3_backup_init(to.handle, "main", own(from), "main");
	int code = copy ? sqlite3_backup_step(copy, -1) : sqlite3_errcode(to.handle);
	db_check(&to, copy ? sqlite3_backup_finish(copy) : code);
	db_check(&to, code);
	sqlite3_close_v2(to.handle);
}
