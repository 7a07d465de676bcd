/* What the seam asks SQLite in its own words, through statements like any other. */
#include "core/buf.h"
#include "schema/check.h"
#include "store/db_beside.h"
#include "store/db_impl.h"
#include "store/db_text.h"

bool db_has(struct db *db, struct str table, struct str column)
{
	struct arena a = { 0 };
	struct sql q = { .arena = &a };
	sql_add(&q, "select 1 from (select name from sqlite_schema where ");
	sql_text(&q, table.n ? table : STR(""));
	sql_add(&q, " = '' or name = $1) t left join pragma_table_info(t.name) c on ");
	sql_text(&q, column.n ? column : STR(""));
	sql_add(&q, " <> '' where $2 = '' or c.name = $2");
	bool has = db_int(db, &q, 0) != 0;
	sql_free(&q);
	arena_free(&a);
	return has;
}

/* Else SQLite writes the pages as they were before each statement into a file. */
void sql_insert_rows(struct sql *q)
{
	sql_add(q, "insert or fail into ");
}

static int opening_wait = DB_PATIENT;

void db_set_wait(int seconds)
{
	opening_wait = seconds;
}

void db_set_up(struct db *db, enum db_mode mode)
{
	db_state(db)->reading = mode == DB_READ || mode == DB_BESIDE;
	db_state(db)->patience.seconds = opening_wait;
	if (mode == DB_CREATE)
		db_exec(db, "pragma page_size = 8192");
	db_exec(db, "pragma foreign_keys = on; pragma synchronous = full;"
		    " pragma trusted_schema = off; pragma temp_store = file");
	if (db_only_reads(db))
		db_exec(db, "pragma query_only = on");
	else
		db_keep_log(db);
}

void db_begin_read(struct db *db)
{
	db_cache(db, true);
	db_exec(db, "savepoint snapshot"); /* also within one: --as-of */
}

struct db *db_again(struct db *db, enum db_mode mode)
{
	struct arena a = { 0 };
	struct diag d = { 0 };
	struct str path = db_file(db, &a);
	struct db *again = path.n ? db_open(path.p, mode, &d) : NULL;
	arena_free(&a);
	diag_free(&d);
	return again;
}

struct db *db_before(struct db *db)
{
	struct sql q = { 0 };
	sql_add(&q, "select 1 from pragma_journal_mode where journal_mode = 'wal'");
	struct db *before = db_int(db, &q, 0) ? db_again(db, DB_READ) : NULL;
	if (before) {
		db_begin_read(before);
		db_cache(before, false); /* the other one has its own */
	}
	sql_free(&q);
	return before;
}

bool db_try_write(struct db *db)
{
	db_state(db)->patience.seconds = 0;
	return db_try(db, "begin immediate") == RAN;
}

void db_commit(struct db *db)
{
	beside_end(db);
	enum ran ran = db_try(db, "commit");
	if (ran == RAN_INTO_RULE) /* a deferred foreign key */
		die(STATUS_BUSY,
		    "a record that was referred to has gone meanwhile; nothing was written");
	if (ran == RAN_INTO_LOCK)
		db_exec(db, "commit"); /* dies of it */
	if (db_state(db)->alone)
		db_keep_log(db);
}

void db_rollback(struct db *db)
{
	db_exec(db, "rollback");
	if (db_state(db)->alone)
		db_keep_log(db);
}

void db_mark(struct db *db)
{
	db_exec(db, "savepoint mark");
}

void db_keep(struct db *db)
{
	db_exec(db, "release mark");
}

void db_undo(struct db *db)
{
	db_exec(db, "rollback to mark; release mark");
}

bool db_only_reads(struct db *db)
{
	return db_state(db)->reading;
}

void db_temporary(struct db *db, bool on)
{
	if (on && db_only_reads(db))
		db_exec(db, "pragma query_only = off");
	/* One transaction, its own or the one there is, is cheaper than one a row. */
	db_exec(db, on ? "savepoint temporary" : "release temporary");
	if (!on && db_only_reads(db))
		db_exec(db, "pragma query_only = on");
}

void db_cache(struct db *db, bool much)
{
	db_exec(db, much ? "pragma cache_size = -65536" : "pragma cache_size = -2000");
}

void db_map(struct db *db)
{
	db_exec(db, "pragma mmap_size = 2147418112");
}

void db_integrity(struct db *db, void (*say)(void *ctx, struct str problem), void *ctx)
{
	struct arena a = { 0 };
	struct sql q = { .arena = &a };
	sql_add(&q, "pragma integrity_check(20)");
	struct stmt *rows = db_query(db, &q);
	enum stepped got;
	while ((got = stmt_try(rows)) == STEP_ROW)
		if (!str_is(stmt_value(rows, 0).s, "ok"))
			say(ctx, stmt_value(rows, 0).s);
	if (got == STEP_DAMAGED)
		say(ctx, STR("the file is damaged"));
	stmt_close(rows);
	sql_free(&q);
	arena_free(&a);
}

void db_vacuum(struct db *db)
{
	db_exec(db, "vacuum");
	db_exec(db, "pragma wal_checkpoint(truncate)");
}

struct str db_plan(struct db *db, const struct sql *q, struct arena *a)
{
	struct buf out = { 0 };
	struct sql explain = { .arena = a };
	sql_add(&explain, "explain query plan ");
	sql_append(&explain, q);
	struct stmt *s = db_query(db, &explain);
	while (stmt_step(s)) {
		buf_put(&out, stmt_value(s, 3).s);
		buf_putc(&out, '\n');
	}
	stmt_close(s);
	sql_free(&explain);
	struct str plan = buf_copy(&out, a);
	buf_free(&out);
	return plan;
}

/* What a statement without parameters says; 0: nothing. */
static int64_t said(struct db *db, const char *literal)
{
	struct sql q = { 0 };
	sql_add_literal(&q, literal);
	int64_t n = db_int(db, &q, 0);
	sql_free(&q);
	return n;
}

int64_t db_version(struct db *db)
{
	return said(db, "pragma data_version");
}

struct str db_file(struct db *db, struct arena *a)
{
	struct sql q = { .arena = a };
	sql_add(&q, "select file from pragma_database_list where name = 'main'");
	struct stmt *s = db_query(db, &q);
	struct str path = stmt_step(s) ? arena_str(a, stmt_value(s, 0).s) : (struct str){ 0 };
	stmt_close(s);
	sql_free(&q);
	return path;
}

int64_t db_size(struct db *db)
{
	return said(db,
		    "select page_count * page_size from pragma_page_count(), pragma_page_size()");
}

bool pragma_reads(const char *name)
{
	static const char *const reading[] = { "table_info",  "table_list",
					       "table_xinfo", "index_list",
					       "index_info",  "data_version", /* for searching */
					       NULL };
	return is_one_of(str_of(name), reading);
}
