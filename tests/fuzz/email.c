/* libFuzzer: what is an address stays one; a key is its own key; pieces are of the text. */
#include <stdlib.h>

#include "core/email.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	static struct arena arena;
	struct diag d = { 0 };
	struct str text = arena_str(&arena, (struct str){ (const char *)data, size });
	struct str out, again, rest = text, piece;
	if (email_parse(text, &out, &arena, &d)) {
		struct str key = email_key(out, &arena);
		if (!email_parse(out, &again, &arena, &d) || !str_eq(out, again) ||
		    !str_eq(email_key(key, &arena), key))
			abort();
		email_loose_key(out, &arena);
	} else if (!d.message.n) {
		abort();
	}
	while (email_next(&rest, &piece))
		if (!piece.n || piece.p < text.p || piece.p + piece.n > text.p + text.n)
			abort();
	email_loose_key(text, &arena);
	url_parse(text, &out, &arena, &d);
	diag_free(&d);
	arena_reset(&arena);
	return 0;
}
