/* A connection of its own, for a process that was forked off and reads the same database. */
#include "store/internal.h"

bool store_again(struct store *s, const char *path)
{
	struct diag d = { 0 };
	struct db *own = db_open(path, DB_READ, &d);
	diag_free(&d);
	if (!own)
		return false;
	s->db = own;
	s->exists = s->get = NULL;
	s->kept = NULL;
	s->nkept = 0;
	s->known = (struct map){ 0 };
	if (s->access.shadowed)
		scope_shadow(s, NULL);
	return true;
}
