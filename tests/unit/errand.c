/* What has to leave the house goes once.  On a database of its own, made and thrown away. */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>

#include <stdlib.h>

#include "domain/errand.h"
#include "schema/check.h"
#include "store_fixture.h"

static int64_t make(const char *entity, const char *const *fields)
{
	struct record r = record_new(schema_entity(&store->schema, str_of(entity)), &arena);
	struct diag d = { 0 };
	for (; fields[0]; fields += 2)
		*record_get(&r, fields[0]) = value_text(str_of(fields[1]));
	if (store_put(store, &r, 0, &arena, &d) != WROTE_CREATED)
		fail_msg("%s", arena_str(&arena, d.message).p);
	diag_free(&d);
	return r.id;
}

static int64_t errand(const char *status)
{
	return make("errand", (const char *const[]){ "kind", "email", "status", status, NULL });
}

static int set_up(void **state)
{
	(void)state;
	if (!fixture_make())
		return -1;
	fixture_start();
	return 0;
}

static int tear_down(void **state)
{
	(void)state;
	store_rollback(store);
	return fixture_remove();
}

/* Its status afterwards, behind what was said against it. */
static const char *told(bool ok, int64_t id, struct diag *d)
{
	struct record r;
	store_get(store, schema_entity(&store->schema, STR("errand")), id, &r, &arena);
	struct str status = text_of(&r, "status");
	const char *text = arena_printf(&arena, "%.*s%s%.*s", ok ? 0 : (int)d->message.n,
					d->message.p, ok ? "" : ": ", (int)status.n, status.p)
			       .p;
	diag_free(d);
	*d = (struct diag){ 0 };
	return text;
}

static const char *start(int64_t id)
{
	struct diag d = { 0 };
	return told(errand_start(store, id, &arena, &d), id, &d);
}

static const char *finish(int64_t id, enum errand_end how, int64_t activity, const char *error)
{
	struct diag d = { 0 };
	bool ok = errand_finish(store, id, how, activity, str_of(error), &arena, &d);
	return told(ok, id, &d);
}

static const char *again(int64_t id)
{
	struct diag d = { 0 };
	return told(errand_retry(store, id, &arena, &d), id, &d);
}

static void is_sent_once(void **state)
{
	int64_t id = errand("claimed");
	int64_t sent = make("activity", (const char *const[]){ "kind", "email", NULL });
	struct record r;
	(void)state;
	assert_string_equal(start(id), "sending");
	assert_non_null(strstr(start(id), "it is being sent already"));
	assert_string_equal(finish(id, ERRAND_DONE, sent, NULL), "done");
	assert_string_equal(finish(id, ERRAND_DONE, 0, NULL), "done");
	assert_string_equal(start(id), "it is done already: done");
	assert_string_equal(finish(id, ERRAND_FAILED, 0, "x"), "it is done already: done");
	assert_string_equal(again(id), "it is done already: done");
	store_get(store, schema_entity(&store->schema, STR("errand")), id, &r, &arena);
	assert_int_equal(record_at(&r, "activity")->i, sent);
	assert_true(is_set(&r, "done_at"));
}

static void what_failed_can_be_tried_again(void **state)
{
	int64_t id = errand("pending");
	struct record r;
	(void)state;
	assert_string_equal(start(id), "sending");
	assert_string_equal(finish(id, ERRAND_FAILED, 0, "no route"), "failed");
	assert_string_equal(start(id), "it is failed already: failed");
	assert_string_equal(again(id), "pending");
	store_get(store, schema_entity(&store->schema, STR("errand")), id, &r, &arena);
	assert_false(is_set(&r, "error") || is_set(&r, "done_at") || is_set(&r, "claimed_at"));
	assert_string_equal(finish(id, ERRAND_FAILED, 0, "no route"), "failed");
	assert_string_equal(finish(id, ERRAND_DONE, 0, NULL),
			    "done"); /* it had arrived after all */
	id = errand("pending");
	assert_string_equal(finish(id, ERRAND_CANCELLED, 0, "opted out"), "cancelled");
	assert_string_equal(start(id), "it is cancelled already: cancelled");
}

static void nobody_is_sent_for_nothing(void **state)
{
	struct diag d = { 0 };
	(void)state;
	assert_false(errand_start(store, 4711, &arena, &d));
	assert_string_equal(arena_str(&arena, d.message).p, "there is no errand-4711");
	diag_free(&d);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(is_sent_once),
		cmocka_unit_test(what_failed_can_be_tried_again),
		cmocka_unit_test(nobody_is_sent_for_nothing),
	};
	return cmocka_run_group_tests(tests, set_up, tear_down);
}
