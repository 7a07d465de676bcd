/* libFuzzer: parts of good text are good text, and no longer than it. */
#include <stdlib.h>

#include "core/name.h"
#include "core/utf8.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	static struct arena arena;
	struct str text = arena_str(&arena, (struct str){ (const char *)data, size });
	struct person_name n;
	name_split(text, size % 2, &n, &arena);
	bool good = utf8_valid(n.title) && utf8_valid(n.given) && utf8_valid(n.middle) &&
		    utf8_valid(n.family) && utf8_valid(n.suffix);
	if (utf8_valid(text) && (!good || !utf8_valid(org_key(text, &arena))))
		abort();
	name_first(&n, &arena);
	name_last(&n, &arena);
	org_key(text, &arena);
	arena_reset(&arena);
	return 0;
}
