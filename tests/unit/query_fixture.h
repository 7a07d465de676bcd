/* A query context without a database: what the tests of lib/query share. */
#ifndef TESTS_QUERY_FIXTURE_H
#define TESTS_QUERY_FIXTURE_H

#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>

#include "core/buf.h"
#include "query/query.h"

static struct arena arena;
static struct settings settings = {
	.currency = "VND",
	.region = "VN",
	.zone = "Asia/Ho_Chi_Minh",
	.calendar = { .now = 1795230000 /* 2026-11-21T03:00:00Z, a Saturday */ },
	.user = 7,
	.login = { "lan", 3 },
};

/* What a database would know. */
static bool resolve(void *ctx, const struct entity *target, struct str text, int64_t *id,
		    struct diag *d)
{
	static const struct {
		const char *entity, *text;
		int64_t id;
	} known[] = {
		{ "user", "lan", 7 },		{ "user", "mai", 2 },
		{ "team", "hanoi", 3 },		{ "account", "Công ty Minh Anh", 9 },
		{ "contact", "0912345678", 5 }, { "contact", "84912345678", 5 },
	};
	(void)ctx;
	for (size_t i = 0; i < countof(known); i++) {
		if (str_is(str_of(target->name), known[i].entity) && str_is(text, known[i].text)) {
			*id = known[i].id;
			return true;
		}
	}
	return diag_set(d, NULL, "no %s is known as %s", target->name, quoted(text, &d->arena));
}

static struct query_context context(const char *entity)
{
	return (struct query_context){
		.schema = &shipped_schema,
		.settings = &settings,
		.entity = schema_entity(&shipped_schema, str_of(entity)),
		.arena = &arena,
		.resolve = resolve,
	};
}

static int set_up(void **state)
{
	struct diag d = { 0 };
	(void)state;
	return zone_set(settings.zone, &d) ? 0 : -1;
}

static int tear_down(void **state)
{
	(void)state;
	arena_free(&arena);
	return 0;
}

#endif
