/* A connection anew, which a fork does not take along. */
#include "store/internal.h"

bool store_again(struct store *s, const char *path)
{
	struct diag d = { 0 };
	struct db *own = db_open(path, DB_READ, &d);
	diag_free(&d);
	if (!own)
		return false;
	s->db = own;
	if (s->access.shadowed)
		scope_shadow(s, NULL);
	return true;
}
