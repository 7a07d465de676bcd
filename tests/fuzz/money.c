/* libFuzzer: what is an amount is the same when printed and read again; first byte: which style. */
#include <stdlib.h>

#include "core/money.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	static const struct money_style styles[] = {
		{ "VND", '.', ',' },
		{ "USD", ',', '.' },
		{ "EUR", 0, 0 },
		{ "KWD", ' ', ',' },
	};
	static struct arena arena;
	struct diag d = { 0 };
	struct money m, again;
	if (!size)
		return 0;
	const struct money_style *style = &styles[data[0] % countof(styles)];
	struct str text = arena_str(&arena, (struct str){ (const char *)data + 1, size - 1 });
	if (money_parse(text, style, &m, &d)) {
		int digits = currency_digits(str_of(m.currency));
		struct money_style plain = { m.currency, ',', '.' };
		struct str printed = decimal_print(m.minor, digits, &arena);
		if (!money_parse(printed, &plain, &again, &d) || again.minor != m.minor ||
		    strcmp(again.currency, m.currency) != 0)
			abort();
	} else if (!d.message.n) {
		abort();
	}
	diag_free(&d);
	arena_reset(&arena);
	return 0;
}
