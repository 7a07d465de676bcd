/* Custom fields through the interface: what a program that holds record types sees change. */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>
#include <cmocka.h>

#include "query/query.h"
#include "store/custom.h"

static char path[] = "/tmp/crm-custom.XXXXXX";
static struct store *store;
static struct arena arena;
static struct diag diag;

static int set_up(void **state)
{
	const struct init_options o = {
		.currency = "VND", .zone = "UTC", .region = "VN", .login = "admin", .name = "Admin"
	};
	(void)state;
	setenv("CRM_USER", "admin", 1);
	close(mkstemp(path));
	unlink(path);
	if (!store_init(path, &o, &diag))
		return -1;
	store = store_open(path, DB_WRITE, &diag);
	return store ? 0 : -1;
}

static int tear_down(void **state)
{
	char name[sizeof path + 8];
	static const char *const parts[] = { "", "-wal", "-shm" };
	(void)state;
	store_close(store);
	for (size_t i = 0; i < countof(parts); i++) {
		snprintf(name, sizeof name, "%s%s", path, parts[i]);
		unlink(name);
	}
	diag_free(&diag);
	arena_free(&arena);
	return 0;
}

static void begin(void)
{
	store_begin(store, &(struct change_info){ "test", "test", NULL, NULL }, 1);
	diag_clear(&diag);
}

static const struct entity *lead(void)
{
	return schema_entity(&store->schema, STR("lead"));
}

static const struct field *field(const char *name)
{
	return entity_field(lead(), str_of(name));
}

static enum wrote put(const char *name, const char *type, bool indexed)
{
	const struct custom_field f = {
		.entity = "lead", .name = name, .type = type, .indexed = indexed
	};
	return custom_put(store, &f, &diag);
}

static int64_t add_lead(const char *name, const char *custom, struct value v)
{
	struct record r = record_new(lead(), &arena);
	*record_get(&r, "name") = value_text(str_of(name));
	*record_get(&r, custom) = v;
	assert_int_equal(store_put(store, &r, 0, &arena, &diag), WROTE_CREATED);
	return r.id;
}

/* Records of one transaction are written with and without the field, by the same statements. */
static void test_within_a_transaction(void **state)
{
	struct record r;
	(void)state;
	begin();
	int64_t before = add_lead("Before", "score", value_int(1));
	const struct entity *old = lead();
	assert_int_equal(put("floor_area", "int", true), WROTE_CREATED);
	assert_ptr_not_equal(lead(), old);
	assert_int_equal(lead()->nfields, old->nfields + 1);
	assert_null(entity_field(old, STR("floor_area")));
	assert_ptr_equal(field("floor_area"), &lead()->fields[old->nfields]);
	int64_t after = add_lead("After", "floor_area", value_int(120));
	assert_true(store_get(store, lead(), before, &r, &arena));
	assert_int_equal(record_at(&r, "floor_area")->kind, V_NULL);
	assert_true(store_get(store, lead(), after, &r, &arena));
	assert_int_equal(record_at(&r, "floor_area")->i, 120);
	store_commit(store);
}

/* What is rolled back is gone from the schema too, and can be made again. */
static void test_rolled_back(void **state)
{
	(void)state;
	begin();
	assert_int_equal(put("fleeting", "text", false), WROTE_CREATED);
	assert_non_null(field("fleeting"));
	store_rollback(store);
	assert_null(field("fleeting"));
	begin();
	store_mark(store);
	assert_int_equal(put("fleeting", "int", false), WROTE_CREATED);
	add_lead("Marked", "fleeting", value_int(1));
	store_undo(store);
	assert_null(field("fleeting"));
	add_lead("After all", "score", value_int(1));
	store_commit(store);
}

static void test_refused(void **state)
{
	static const struct {
		struct custom_field field;
		const char *member;
	} cases[] = {
		{ { .name = "Upper", .type = "int" }, "name" },
		{ { .name = "", .type = "int" }, "name" },
		{ { .name = "a\"b", .type = "int" }, "name" },
		{ { .name = "score", .type = "int" }, "name" },
		{ { .name = "email_key", .type = "int" }, "name" },
		{ { .name = "x", .type = "id" }, "type" },
		{ { .name = "x", .type = "" }, "type" },
		{ { .name = "x", .type = "int", .def = "many" }, "default" },
		{ { .name = "x", .type = "text", .def = " " }, "default" },
		{ { .name = "x", .type = "money", .def = "5 USD" }, "default" },
		{ { .name = "x", .type = "reference" }, "ref" },
		{ { .name = "x", .type = "int", .ref = "user" }, "ref" },
		{ { .name = "x", .type = "picklist", .picklist = "x'; --" }, "picklist" },
		{ { .name = "x", .type = "int", .picklist = "lead.source" }, "picklist" },
		{ { .name = "x", .type = "tags", .indexed = true }, "index" },
		{ { .name = "x", .type = "int", .en = "E-mail" }, "en" },
		{ { .name = "x", .type = "int", .vi = "Điện thoại" }, "vi" },
		{ { .name = "x", .type = "int", .help = "two\nlines" }, "help" },
		{ { .name = "x", .type = "int", .help = "\302\233" }, "help" },
		{ { .name = "x", .type = "int", .required = true }, "required" },
	};
	(void)state;
	for (size_t i = 0; i < countof(cases); i++) {
		struct custom_field f = cases[i].field;
		f.entity = "lead";
		begin();
		assert_int_equal(custom_put(store, &f, &diag), WROTE_NOTHING);
		assert_string_equal(diag.field, cases[i].member);
		assert_true(diag.message.n > 0);
		store_rollback(store);
	}
}

/* The plan of a term, as the query language compiles it. */
static const char *plan_of(const char *term)
{
	struct query_context qc = { .schema = &store->schema,
				    .settings = &store->settings,
				    .entity = lead(),
				    .arena = &arena };
	struct sql q = { .arena = &arena }, where = { .arena = &arena };
	struct joins j = { .arena = &arena, .schema = &store->schema };
	struct node *n = term_parse(str_of(term), &qc, false, &diag);
	assert_non_null(n);
	node_sql(n, &qc, &j, &where);
	sql_add(&q, "select t0.id from lead t0 where ");
	sql_append(&q, &where);
	const char *plan = db_plan(store->db, &q, &arena).p;
	sql_free(&where);
	sql_free(&q);
	return plan;
}

static void test_plans(void **state)
{
	static const struct {
		const char *name, *type, *term, *index;
	} cases[] = {
		{ "p_text", "text", "p_text:abc", "lead.custom.p_text_key" },
		{ "p_url", "url", "p_url:http://x.vn", "lead.custom.p_url_key" },
		{ "p_code", "code", "p_code:a-1", "lead.custom.p_code_key" },
		{ "p_email", "email", "p_email:a@b.vn", "lead.custom.p_email_key" },
		{ "p_phone", "phone", "p_phone:0912345678", "lead.custom.p_phone_key" },
		{ "p_int", "int", "p_int:5..9", "lead.custom.p_int" },
		{ "p_number", "number", "p_number:5", "lead.custom.p_number" },
		{ "p_date", "date", "p_date:2026-11", "lead.custom.p_date" },
	};
	(void)state;
	begin();
	for (size_t i = 0; i < countof(cases); i++)
		assert_int_equal(
		    put(cases[i].name, cases[i].type, strcmp(cases[i].type, "code") != 0),
		    WROTE_CREATED);
	store_commit(store);
	for (size_t i = 0; i < countof(cases); i++)
		assert_non_null(strstr(plan_of(cases[i].term), cases[i].index));
}

/* Two stores in one process, one after the other, at the same addresses. */
static void test_opened_again(void **state)
{
	(void)state;
	assert_non_null(field("p_int"));
	for (int i = 0; i < 3; i++) {
		store_close(store);
		store = store_open(path, DB_WRITE, &diag);
		assert_non_null(store);
		assert_non_null(field("p_int"));
		assert_null(field("fleeting"));
	}
}

/* How many files of the database this process has open. */
static int files_open(void)
{
	char at[32], to[256];
	int n = 0;
	for (int fd = 0; fd < 64; fd++) {
		snprintf(at, sizeof at, "/proc/self/fd/%d", fd);
		ssize_t length = readlink(at, to, sizeof to);
		n += length > 0 && memmem(to, (size_t)length, path, strlen(path));
	}
	return n;
}

/* A fork takes nothing of the database along. */
static void test_left(void **state)
{
	(void)state;
	begin(); /* statements are kept */
	assert_int_equal(put("left", "int", false), WROTE_CREATED);
	store_commit(store);
	assert_true(files_open() > 0);
	store_leave(store);
	assert_int_equal(files_open(), 0);
	assert_true(store_again(store, path));
	assert_non_null(field("left"));
	assert_true(db_only_reads(store->db));
	store_close(store);
	store = store_open(path, DB_WRITE, &diag);
	assert_non_null(store);
}

/* Another program adds a field between the opening and the lock. */
static void test_another_program(void **state)
{
	(void)state;
	struct store *other = store_open(path, DB_WRITE, &diag);
	assert_int_equal(other->custom_serial, store->custom_serial);
	begin();
	assert_int_equal(put("news", "int", false), WROTE_CREATED);
	assert_int_equal(put("news", "int", false), WROTE_SAME);
	store_commit(store);
	assert_int_equal(store->custom_serial, other->custom_serial + 1);
	store_close(other);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_within_a_transaction),
		cmocka_unit_test(test_rolled_back),
		cmocka_unit_test(test_refused),
		cmocka_unit_test(test_plans),
		cmocka_unit_test(test_opened_again),
		cmocka_unit_test(test_left),
		cmocka_unit_test(test_another_program),
	};
	program_name = "custom";
	return cmocka_run_group_tests(tests, set_up, tear_down);
}
