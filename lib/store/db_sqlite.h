/* What the files that know SQLite share, and no other.  Private to db_sqlite.c and db_teach.c. */
#ifndef CRM_STORE_DB_SQLITE_H
#define CRM_STORE_DB_SQLITE_H

#include <sqlite3.h>

#include "store/db_impl.h"

struct db {
	sqlite3 *handle; /* but for the thread that runs what was posted: by own() or mine() */
	struct db_state state;
};

struct stmt {
	sqlite3_stmt *handle;
	struct db *db;
	sqlite3_value **row;	    /* that db_each is at; else the handle has it */
	const struct value *values; /* or these are the row */
	bool users;		    /* its text is a user's: what goes wrong in it is theirs */
	struct arena reals;	    /* texts of the row's floating numbers */
};

/* Dies where the code is one of failure; not in a second thread, where the step fails, too. */
void db_check(struct db *db, int code);

static inline struct str value_str(sqlite3_value *v)
{
	return (struct str){ (const char *)sqlite3_value_text(v), (size_t)sqlite3_value_bytes(v) };
}

/* The functions of the seam in SQL, see db.h. */
void teach_functions(struct db *db);

/* The search index's own way to cut text, in half the time. */
void teach_trigrams(struct db *db);

#endif
