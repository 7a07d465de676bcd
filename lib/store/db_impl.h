/* What the files of the seam know of a connection, whatever the engine.  Private to
 * lib/store/db*.c. */
#ifndef CRM_STORE_DB_IMPL_H
#define CRM_STORE_DB_IMPL_H

#include "store/db.h"
#include "store/db_path.h"
#include "store/db_post.h"
#include "store/db_wait.h"

/* Who takes the rows of the statement; none: NULL. */
struct each {
	struct stmt *stmt;
	row_taker *take;
	void *of;
};

struct db_state {
	struct still still;
	struct patience patience;
	struct post post;
	struct each each;
	struct beside *beside; /* who reads with it, or NULL */
	bool reading, second;  /* how it was opened: to read alone; for a second thread */
	bool alone;	       /* there is no log now, see db_alone */
};
struct db_state *db_state(struct db *db);

/* As db_exec, but does not die of another's lock, nor of what a constraint forbids. */
enum ran { RAN, RAN_INTO_LOCK, RAN_INTO_RULE } db_try(struct db *db, const char *literal_sql);

/*
 * What is written goes into a log first (WAL), so that nobody who reads waits.  One who was
 * killed while alone left none, and while somebody reads it cannot be made: then the next
 * writer does it.
 */
void db_keep_log(struct db *db);

/*
 * The statement of db_each for it, its parameters bound: one step goes through all rows, of
 * *columns each.  NULL: of a connection that does not understand it, see DB_BESIDE.
 */
struct stmt *each_prepare(struct db *db, const struct sql *q, size_t *columns);

bool stmt_is_null(const struct stmt *s, size_t i);

/* What a row_taker can read as a row: these values, as long as they are there. */
struct stmt *stmt_of_values(const struct value *row);

/* Another connection to its file; NULL: there is none, or it is not to be opened. */
struct db *db_again(struct db *db, enum db_mode mode);

/* What a connection is told before all else. */
void db_set_up(struct db *db, enum db_mode mode);

#endif
