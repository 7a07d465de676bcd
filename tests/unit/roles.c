/* Roles as configuration: what may be said, and that narrow reading uses indexes. */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>

#include <stdlib.h>
#include <unistd.h>

#include "store/store.h"

static char folder[] = "/tmp/crm-roles.XXXXXX";
static const char *path;
static struct arena arena;

static struct store *open_as(const char *login)
{
	struct diag d = { 0 };
	assert_int_equal(setenv("CRM_USER", login, 1), 0);
	struct store *s = store_open(path, DB_WRITE, &d);
	if (!s)
		fail_msg("%s", arena_str(&arena, d.message).p);
	return s;
}

static void begin(struct store *s)
{
	store_begin(s, &(struct change_info){ "test", "test", NULL, NULL }, 1);
}

static int set_up(void **state)
{
	struct diag d = { 0 };
	struct init_options o = { .currency = "VND",
				  .zone = "Asia/Ho_Chi_Minh",
				  .region = "VN",
				  .login = "boss",
				  .name = "Boss" };
	(void)state;
	if (!mkdtemp(folder))
		return -1;
	path = arena_printf(&arena, "%s/crm.db", folder).p;
	if (!store_init(path, &o, &d))
		return -1;
	struct store *s = open_as("boss");
	struct record r = record_new(schema_entity(&s->schema, STR("user")), &arena);
	*record_get(&r, "login") = value_text(STR("lan"));
	begin(s);
	assert_int_equal(store_put(s, &r, 0, &arena, &d), WROTE_CREATED);
	store_commit(s);
	store_close(s);
	return 0;
}

static int tear_down(void **state)
{
	static const char *const files[] = { "crm.db", "crm.db-wal", "crm.db-shm" };
	(void)state;
	for (size_t i = 0; i < countof(files); i++)
		unlink(arena_printf(&arena, "%s/%s", folder, files[i]).p);
	int failed = rmdir(folder);
	arena_free(&arena);
	return failed;
}

static void the_shipped_roles_are_there(void **state)
{
	struct store *s = open_as("boss");
	size_t n;
	struct role *roles = roles_list(s, &n, &arena);
	(void)state;
	assert_int_equal(n, ndefault_roles);
	for (size_t i = 0; i < n; i++) { /* both in the order of their keys */
		assert_string_equal(roles[i].key, default_roles[i].key);
		assert_int_equal(roles[i].read, default_roles[i].read);
		assert_int_equal(roles[i].write, default_roles[i].write);
		assert_int_equal(roles[i].remove, default_roles[i].remove);
		assert_int_equal(roles[i].export, default_roles[i].export);
		assert_int_equal(roles[i].manage, default_roles[i].manage);
	}
	store_close(s);
}

static void what_no_role_can_be(void **state)
{
	static const struct {
		struct role role;
		const char *message;
	} wrong[] = {
		{ { "admin", SCOPE_ALL, SCOPE_OWN, SCOPE_OWN, true, true },
		  "an admin may do everything; that stays" },
		{ { "x", SCOPE_NONE, SCOPE_NONE, SCOPE_NONE, false, false },
		  "a role that reads nothing is none; use own, team or all" },
		{ { "x", SCOPE_OWN, SCOPE_ALL, SCOPE_OWN, false, false },
		  "all is more than the role may read (own)" },
		{ { "x", SCOPE_ALL, SCOPE_OWN, SCOPE_TEAM, false, false },
		  "team is more than the role may write (own)" },
		{ { "x", SCOPE_ALL, SCOPE_NONE, SCOPE_NONE, false, true },
		  "a role that writes nothing cannot manage users" },
	};
	struct store *s = open_as("boss");
	struct diag d = { 0 };
	(void)state;
	begin(s);
	for (size_t i = 0; i < countof(wrong); i++) {
		assert_false(roles_set(s, &wrong[i].role, &d));
		assert_string_equal(arena_str(&arena, d.message).p, wrong[i].message);
	}
	store_rollback(s);
	diag_free(&d);
	store_close(s);
}

static bool plan_has(struct store *s, const char *what)
{
	struct sql q = { .arena = &arena };
	sql_add(&q, "select t0.id, t0.name from lead t0 order by t0.id");
	struct str plan = db_plan(s->db, &q, &arena);
	sql_free(&q);
	return memmem(plan.p, plan.n, what, strlen(what)) != NULL;
}

/* Narrow reading is two searches by index; of a role that reads all, nothing is different. */
static void narrow_reading_uses_indexes(void **state)
{
	static const struct role narrow = { "rep", SCOPE_OWN, SCOPE_OWN, SCOPE_OWN, false, false };
	static const struct role wide = { "rep", SCOPE_ALL, SCOPE_OWN, SCOPE_OWN, false, false };
	const struct role *const steps[] = { &wide, &narrow, &wide };
	(void)state;
	for (size_t i = 0; i < countof(steps); i++) {
		struct diag d = { 0 };
		struct store *s = open_as("boss");
		begin(s);
		assert_true(roles_set(s, steps[i], &d));
		roles_settle(s);
		store_commit(s);
		store_close(s);
		s = open_as("lan");
		assert_int_equal(s->access.shadowed, steps[i] == &narrow);
		assert_int_equal(plan_has(s, "INDEX lead_nobodys"), steps[i] == &narrow);
		assert_int_equal(plan_has(s, "MULTI-INDEX OR"), steps[i] == &narrow);
		store_close(s);
	}
}

/* One's own changes, and all of them for who writes all. */
static void who_may_take_back_what(void **state)
{
	static const struct {
		const char *login;
		bool own, others, nobodys;
	} who[] = { { "boss", true, true, true }, { "lan", true, false, false } };
	(void)state;
	for (size_t i = 0; i < countof(who); i++) {
		struct diag d = { 0 };
		struct store *s = open_as(who[i].login);
		int64_t me = s->settings.user;
		assert_int_equal(access_undo(s, me, &d), who[i].own);
		assert_int_equal(access_undo(s, me == 1 ? 2 : 1, &d), who[i].others);
		assert_int_equal(access_undo(s, 0, &d), who[i].nobodys);
		diag_free(&d);
		store_close(s);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(the_shipped_roles_are_there),
		cmocka_unit_test(what_no_role_can_be),
		cmocka_unit_test(narrow_reading_uses_indexes),
		cmocka_unit_test(who_may_take_back_what),
	};
	return cmocka_run_group_tests(tests, set_up, tear_down);
}
