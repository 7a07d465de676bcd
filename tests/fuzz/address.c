/* libFuzzer: parts of good text are good text; what is found is said. */
#include <stdlib.h>

#include "core/address.h"
#include "core/utf8.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	static struct arena arena;
	struct str text = arena_str(&arena, (struct str){ (const char *)data, size });
	struct address out;
	bool found = address_split(text, &out, &arena);
	bool good = utf8_valid(out.street) && utf8_valid(out.ward) && utf8_valid(out.district) &&
		    utf8_valid(out.postal_code) && utf8_valid(address_key(text, &arena));
	if ((utf8_valid(text) && !good) || found != (out.ward.n || out.district.n || out.city.n))
		abort();
	address_key(text, &arena);
	arena_reset(&arena);
	return 0;
}
