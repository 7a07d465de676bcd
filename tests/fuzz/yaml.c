/* Any bytes are a tree within its limits, or refused with a place; and so is a map of them. */
#include <stdlib.h>

#include "core/utf8.h"
#include "domain/import_map.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void check(const struct yaml *y, int depth)
{
	if (depth > YAML_DEPTH || y->line < 1 || y->column < 1)
		abort();
	if (y->kind == YAML_SCALAR && (!utf8_valid(y->text) || str_find(y->text, '\0') >= 0))
		abort();
	for (size_t i = 0; i < y->n; i++) {
		if (y->kind == YAML_MAP)
			check(&y->keys[i], depth + 1);
		check(&y->items[i], depth + 1);
	}
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	static const struct settings settings = { .currency = "VND",
						  .region = "VN",
						  .zone = "UTC" };
	struct arena a = { 0 };
	struct diag d = { 0 };
	struct import_map m = { .schema = &shipped_schema,
				.settings = &settings,
				.entity = schema_entity(&shipped_schema, STR("lead")),
				.arena = &a };
	const struct yaml *y = yaml_parse((struct str){ (const char *)data, size }, "fuzz", &a, &d);
	if (!y && !d.message.n)
		abort();
	if (y) {
		check(y, 0);
		if (!(import_map_yaml(&m, y, &d) && import_map_check(&m, &d)) && !d.message.n)
			abort();
		import_map_free(&m);
	}
	diag_free(&d);
	arena_free(&a);
	return 0;
}
