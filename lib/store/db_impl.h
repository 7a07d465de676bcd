/* What the files of the seam know of a connection, whatever the engine.  Private to
 * lib/store/db*.c. */
#ifndef CRM_STORE_DB_IMPL_H
#define CRM_STORE_DB_IMPL_H

#include "store/db.h"
#include "store/db_path.h"
#include "store/db_post.h"
#include "store/db_wait.h"

struct db_state {
	struct still still;
	struct patience patience;
	struct post post;
	bool reading, scratch; /* how it was opened */
};
struct db_state *db_state(struct db *db);

/* What a connection is told before all else. */
void db_set_up(struct db *db, enum db_mode mode);

#endif
