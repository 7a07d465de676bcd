/* libFuzzer: what is a date is in order, and printed is the same one; first byte: which order. */
#include <stdlib.h>

#include "core/date.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	static struct arena arena;
	struct diag d = { 0 };
	struct when w;
	if (!size)
		return 0;
	struct calendar c = { .now = 1795230000, .order = (enum date_order)(data[0] % 3) };
	struct str text = arena_str(&arena, (struct str){ (const char *)data + 1, size - 1 }), out;
	if (when_parse(text, &c, &w, &d)) {
		struct when again;
		struct str printed =
		    w.is_instant ? instant_print(w.from, &arena) : day_print(w.from, &arena);
		if (w.from > w.to || !when_parse(printed, &c, &again, &d) || again.from != w.from)
			abort();
	} else if (!d.message.n) {
		abort();
	}
	diag_clear(&d);
	if (birthday_parse(text, c.order, &out, &arena, &d)) {
		struct str again;
		if (!birthday_parse(out, c.order, &again, &arena, &d) || !str_eq(out, again))
			abort();
	}
	diag_free(&d);
	arena_reset(&arena);
	return 0;
}
