/* Writing into the file itself, for one who has the database alone. */
#include "store/db_impl.h"

/*
 * Bytes: what crm-init makes, and some users and products.  Nobody misses that for the
 * seconds of an import; a larger one has readers.
 */
enum { SMALL = 4 << 20 };

/* At once or not at all. */
static bool set_journal(struct db *db, const char *literal_sql)
{
	int seconds = db_state(db)->patience.seconds;
	db_state(db)->patience.seconds = 0;
	bool set = db_try(db, literal_sql) == RAN;
	db_state(db)->patience.seconds = seconds;
	return set;
}

void db_keep_log(struct db *db)
{
	set_journal(db, "pragma journal_mode = wal");
	db_state(db)->alone = false;
}

void db_alone(struct db *db)
{
	db_state(db)->alone =
	    db_size(db) <= SMALL && set_journal(db, "pragma journal_mode = delete");
}
