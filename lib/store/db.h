/*
 * The engine seam.  Everything above it speaks the SQL that SQLite and PostgreSQL
 * share; one file knows which engine it is.  A failing engine dies (STATUS_ENV,
 * or STATUS_BUSY when another process keeps the lock): the next record would not
 * succeed either.  Functions of the seam in SQL: fold(text), sort_key(text),
 * digits(text), matches(regex, text), local_day(instant), local_hour(instant).
 */
#ifndef CRM_STORE_DB_H
#define CRM_STORE_DB_H

#include "core/arena.h"
#include "core/diag.h"
#include "schema/schema.h"
#include "store/sql.h"

struct db;
struct stmt;

enum db_mode {
	DB_READ,
	DB_WRITE,
	DB_CREATE, /* makes the file where it is missing */
	/*
	 * Reads for a second thread: no functions of the seam but each, and what fails does not end
	 * the program: a statement that it does not understand has no columns, and stmt_try says
	 * STEP_DAMAGED of anything.
	 */
	DB_BESIDE,
};

/* False with diag when the file is missing, unreadable or no database. */
struct db *db_open(const char *path, enum db_mode mode, struct diag *d);
void db_close(struct db *db);

/*
 * The URI, in `a`, by which db_open takes the file for one that nobody writes to, and makes
 * nothing beside it.  NULL: what was written last stands in a log or a journal beside it.
 */
const char *db_at_rest(const char *path, struct arena *a);

/*
 * An empty database of its own in a nameless temporary file, which goes with it; in a
 * transaction, without a journal.  Another thread may use it, one at a time; what fails in
 * its statements does not end the program: stmt_try says STEP_DAMAGED of anything.
 */
struct db *db_scratch(void);

/*
 * Takes the writers' lock, waiting `wait` seconds for it, then dies with
 * STATUS_BUSY.  DB_PATIENT waits as long as others go on writing, and ten seconds for
 * one who does not.  Never call it while input is still to be read.
 */
enum { DB_PATIENT = -1 };
void db_begin_write(struct db *db, int wait);
bool db_try_write(struct db *db); /* the same at once; false: somebody else has it */

/*
 * Before db_begin_write of much: where the database is small and nobody else has it open,
 * all goes into the file at once and not into a log first, which takes a sixth less time.
 * Until db_commit or db_rollback others wait, those who only read, too.
 */
void db_alone(struct db *db);
void db_begin_read(struct db *db); /* one snapshot for statements that read much */

/*
 * As db_begin_read, until db_commit; where several may read at once (db_readers), another
 * connection sees the same, and db_each is quicker for what may be read in pieces.
 */
void db_begin_read_beside(struct db *db);

/* As many as $CRM_JOBS says; else as many as there are processors, if it is large; else 1. */
size_t db_readers(struct db *db);

/*
 * Another connection, which reads what was there before this one's transaction, which writes:
 * to be closed before its end.  NULL where who reads would keep it from writing.
 */
struct db *db_before(struct db *db);

void db_commit(struct db *db);
void db_rollback(struct db *db);

bool db_wanted(struct db *db); /* whether others wait for the lock, as far as they tell */
/* Between two transactions of many: lets them have it, for a quarter of a second at most. */
void db_yield(struct db *db);

/*
 * How long what is opened from now on waits before it reads, as db_begin_write does: only
 * for somebody who is alone, else nobody who reads waits.  DB_PATIENT if it is not said.
 */
void db_set_wait(int seconds);

/* What date('now') and its like answer from now on, in seconds since 1970; 0: the hour it is. */
void db_set_now(int64_t instant);

/* A point within a transaction to return to (db_undo) or to forget (db_keep). */
void db_mark(struct db *db);
void db_keep(struct db *db);
void db_undo(struct db *db);

/* How many rows this connection has inserted, changed and deleted; db_undo takes none of it back.
 */
int64_t db_writes(struct db *db);

/* Whether it was opened to read alone. */
bool db_only_reads(struct db *db);

/* Between the two, a connection that only reads may fill temporary tables of its own. */
void db_temporary(struct db *db, bool on);

/* Runs a statement that returns nothing.  Its parameters are bound. */
void db_run(struct db *db, const struct sql *q);

/* A literal statement or several, without parameters. */
void db_exec(struct db *db, const char *literal_sql);

/* A statement to step through; its parameters are bound. Close it with stmt_close. */
struct stmt *db_query(struct db *db, const struct sql *q);

/*
 * A user's own SQL: read-only by the engine's word, whatever the text says.
 * NULL with diag: a syntax error (column set), several statements, a write.
 */
struct stmt *db_query_text(struct db *db, struct str text, const struct value *params, size_t n,
			   struct diag *d);

/* A statement kept for many runs; bind, step, reset. */
struct stmt *db_prepare(struct db *db, const struct sql *q);
void stmt_bind(struct stmt *s, size_t index /* from 1 */, const struct value *v);
struct stmt *stmt_bind_all(struct stmt *s, const struct value *v, size_t n); /* from 1; s */

/*
 * Runs a statement that returns nothing with these values.  Between db_post true and false,
 * which is for many of them with little else in between, another thread does so where there
 * is a processor for it (db_posts): the values are copied, whatever else is asked of the
 * connection waits until all is done, and ends the program where something failed.  `many`
 * does at once what s does with POST_MANY times as many values, or is NULL.
 */
enum { POST_MANY = 8 };
void stmt_post(struct db *db, struct stmt *s, struct stmt *many, const struct value *values,
	       size_t n);
void db_post(struct db *db, bool on);
bool db_posts(struct db *db);

bool stmt_step(struct stmt *s); /* true: a row */
/* The same, but does not die where the engine comes upon damage; nothing follows it. */
enum stepped { STEP_END, STEP_ROW, STEP_DAMAGED } stmt_try(struct stmt *s);
void stmt_reset(struct stmt *s);
void stmt_close(struct stmt *s);

/*
 * Steps through all of a query in the engine's own loop, which takes less time than stmt_step
 * where there are many rows: gives each to `take`, which reads it by stmt_value and
 * stmt_filled.  The query says in no order that counts; `take` may ask the database.  Where
 * it may be cut (sql_in_pieces), another thread may read some of it.
 */
typedef void row_taker(void *of, struct stmt *row);
void db_each(struct db *db, const struct sql *q, row_taker *take, void *of);

/* Columns from 0.  Text lives until the next step. */
size_t stmt_columns(const struct stmt *s);
const char *stmt_name(const struct stmt *s, size_t i);
/* n of them from `first` on; sooner than one by one. */
void stmt_values(struct stmt *s, size_t first, size_t n, struct value *values);

static inline struct value stmt_value(struct stmt *s, size_t i)
{
	struct value v;
	stmt_values(s, i, 1, &v);
	return v;
}

/* Adds one to filled[i] for every column, of the first n, that is not null. */
void stmt_filled(const struct stmt *s, size_t n, int64_t *filled);
/* Steps to the end: the first column of each row, whole numbers, in `a`. */
int64_t *stmt_ids(struct stmt *s, size_t *n, struct arena *a);
bool stmt_is_number(struct stmt *s,
		    size_t i); /* also a floating one, which stmt_value gives as text */

/* Whether the database has that table (empty: any), and in it that column (empty: any). */
bool db_has(struct db *db, struct str table, struct str column);

/* First column of the first row; `none` where there is no row or it is null. */
int64_t db_int(struct db *db, const struct sql *q, int64_t none);

/* First column of each row, whole numbers, in `a`; how many: *n. */
int64_t *db_ids(struct db *db, const struct sql *q, size_t *n, struct arena *a);

/* What the engine finds wrong with the file itself, told one by one; does not die of it. */
void db_integrity(struct db *db, void (*say)(void *ctx, struct str problem), void *ctx);

/*
 * The whole database as it is in the current transaction into the database at `path`,
 * which is made where it is missing and else replaced, in one transaction: whoever has
 * it open sees the old one or the new one.  Writers of `from` go on meanwhile; those of
 * `path` are waited for as in db_begin_write.  All is on the disk when it returns.
 */
void db_copy(struct db *from, const char *path, int wait);

/*
 * How much of the database is kept in memory: much (64 MB) is good for rows that are found,
 * or written, by the way of indexes which are there; little (as is usual) for indexes that
 * are made.
 */
void db_cache(struct db *db, bool much);

/*
 * Reads the file (its first 2 GB) where the system has it in memory, without a copy: for whoever
 * looks at much of it, as reports do.  The pages count as the process's own while they are mapped,
 * but the system may take them back.
 */
void db_map(struct db *db);

/* Gives back the space of what was removed. */
void db_vacuum(struct db *db);

/* The whole path of its file, in `a`; empty: it has none. */
struct str db_file(struct db *db, struct arena *a);

/* Of the whole, in bytes. */
int64_t db_size(struct db *db);

/* Another number whenever another connection has committed since it was asked before. */
int64_t db_version(struct db *db);

/* The query plan, one line a step, for --explain and tests. */
struct str db_plan(struct db *db, const struct sql *q, struct arena *a);

#endif
