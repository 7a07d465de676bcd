/* A database in a folder of its own, open to write: include once, in a test program. */
#ifndef CRM_TESTS_STORE_FIXTURE_H
#define CRM_TESTS_STORE_FIXTURE_H

#include <stdlib.h>
#include <unistd.h>

#include "store/store.h"

static char folder[] = "/tmp/crm-unit.XXXXXX";
static struct store *store;
static struct arena arena; /* freed at the end of all */

/* False: it could not be made. */
static inline bool fixture_make(void)
{
	const struct init_options o = { .currency = "VND",
					.zone = "Asia/Ho_Chi_Minh",
					.region = "VN",
					.login = "lan",
					.name = "Lan" };
	struct diag d = { 0 };
	if (!mkdtemp(folder) || setenv("CRM_USER", "lan", 1) != 0)
		return false;
	const char *path = arena_printf(&arena, "%s/crm.db", folder).p;
	return store_init(path, &o, &d) && (store = store_open(path, DB_WRITE, &d));
}

static inline void fixture_start(void)
{
	store_begin(store, &(struct change_info){ "test", "test", NULL, NULL }, 1);
}

/* Closes and removes it; 0: it is gone. */
static inline int fixture_remove(void)
{
	static const char *const files[] = { "crm.db", "crm.db-wal", "crm.db-shm" };
	store_close(store);
	for (size_t i = 0; i < countof(files); i++)
		unlink(arena_printf(&arena, "%s/%s", folder, files[i]).p);
	arena_free(&arena);
	return rmdir(folder);
}

#endif
