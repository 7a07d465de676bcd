/* libFuzzer: what is read as a number is one, the same when read again; pieces are of the text. */
#include <stdlib.h>

#include "core/phone.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	static const char *const regions[] = { "VN", "US", "AR", "BR", "IT", "RU", "GG", "" };
	static struct arena arena;
	struct phone all[PHONES_MAX];
	if (!size)
		return 0;
	const char *region = regions[data[0] % countof(regions)];
	struct str text = arena_str(&arena, (struct str){ (const char *)data + 1, size - 1 });
	struct str e164 = phone_e164(text, region, &arena);
	if (e164.n &&
	    (e164.p[0] != '+' || e164.n > 16 || !str_eq(phone_e164(e164, "VN", &arena), e164)))
		abort();
	for (size_t i = phone_all(text, region, all, &arena); i-- > 0;) {
		struct phone *p = &all[i];
		bool read = p->state == PHONE_GOOD || p->state == PHONE_REPAIRED;
		if (!p->text.n || p->text.p < text.p || p->text.p + p->text.n > text.p + text.n ||
		    read != (p->e164.n > 0))
			abort();
	}
	phone_digits(text, &arena);
	arena_reset(&arena);
	return 0;
}
