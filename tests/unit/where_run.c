/* What conditions find: run on SQLite, over a few records; and sort and field lists. */
#include "query_fixture.h"

#include "store/db.h"

/* Only the columns that are asked for; keys as the store would have made them. */
static const char tables[] =
    "create table user (id integer primary key, login text, login_key text, name text,"
    " name_key text, team integer);"
    "insert into user values (2, 'mai', 'mai', 'Mai', 'mai', 3),"
    " (7, 'lan', 'lan', 'Đặng Lan', 'dang lan', 3), (8, 'ba', 'ba', 'Ba', 'ba', null);"
    "create table account (id integer primary key, name text, name_key text, industry text,"
    " owner integer);"
    "insert into account values (9, 'Công ty Minh Anh', 'cong ty minh anh', 'retail', 8),"
    " (10, 'Ánh Dương', 'anh duong', null, 7);"
    "create table lead (id integer primary key, name text, name_key text, phone text,"
    " phone_key text, email text, email_key text, city text, status text, score integer,"
    " owner integer, account integer, birth_date text, budget integer, currency text,"
    " tags text, created_at text, do_not_call integer, search text);"
    "insert into lead values"
    " (1, 'Nguyễn Văn Đức', 'nguyen van duc', '0912 345 678', '+84912345678', 'Duc@x.vn',"
    "  'duc@x.vn', 'Đà Nẵng', 'new', 50, 7, 9, '1990-05-17', 1500000, null, ';stale;vip;',"
    "  '2026-11-20T16:59:59Z', 1, 'nguyen van duc 84912345678'),"
    " (2, 'Trần Thị Minh', 'tran thi minh', 'gọi 113', null, null, null, 'Hà Nội', 'contacted',"
    "  80, 2, 10, '--05-17', 25000, 'USD', ';VIP khách;', '2026-11-20T17:00:00Z', 0,"
    "  'tran thi minh 113'),"
    " (3, 'Ăn', 'an', null, null, null, null, null, null, null, null, null, null, null, null,"
    "  null, '2026-11-21T16:59:59Z', null, null),"
    " (4, 'Zoë %_''\"', 'zoe %_''\"', '+1 202 555 0100', '+12025550100', 'z@z.com', 'z@z.com',"
    "  'Huế, VN', 'new', -5, 8, null, '1970-01-01', 0, 'VND', ';a;', '2026-11-21T17:00:00Z', 0,"
    "  'zoe %_''\" 12025550100');";

static struct db *db;

static int open_database(void **state)
{
	struct diag d = { 0 };
	db = db_open(":memory:", DB_CREATE, &d);
	if (!db || set_up(state))
		return -1;
	db_exec(db, tables);
	return 0;
}

static int close_database(void **state)
{
	db_close(db);
	return tear_down(state);
}

/* Ids in the order in which the statement gives them: "1 4". */
static const char *run(const struct query_context *q, const struct node *n,
		       const struct sort_key *keys, size_t nkeys)
{
	struct joins j = { .arena = &arena, .schema = q->schema };
	struct sql where = { .arena = &arena }, order = { .arena = &arena },
		   all = { .arena = &arena };
	struct buf b = { 0 };
	node_sql(n, q, &j, &where);
	sort_sql(keys, nkeys, &j, &order);
	sql_add(&all, "select t0.id from ");
	sql_table(&all, q->entity);
	sql_add(&all, " t0");
	joins_sql(&j, &all);
	sql_add(&all, " where ");
	sql_append(&all, &where);
	sql_add(&all, " order by ");
	sql_append(&all, &order);
	struct stmt *s = db_query(db, &all);
	while (stmt_step(s))
		buf_printf(&b, "%s%lld", b.n ? " " : "", (long long)stmt_value(s, 0).i);
	stmt_close(s);
	const char *ids = buf_copy(&b, &arena).p;
	buf_free(&b);
	sql_free(&where);
	sql_free(&order);
	sql_free(&all);
	return ids;
}

struct row {
	const char *text, *ids;
};

static void check_rows(bool terms, const struct row *rows, size_t n)
{
	struct query_context q = context("lead");
	for (size_t i = 0; i < n; i++) {
		struct diag d = { 0 };
		struct str text = str_of(rows[i].text);
		struct node *node =
		    terms ? term_parse(text, &q, true, &d) : where_parse(text, &q, &d);
		if (!node)
			fail_msg("%s: %s", rows[i].text, diag_text(&d, &arena).p);
		const char *ids = run(&q, node, NULL, 0);
		if (strcmp(ids, rows[i].ids) != 0)
			fail_msg("%s finds %s, not %s", rows[i].text, ids, rows[i].ids);
	}
}

static void test_where(void **state)
{
	static const struct row rows[] = {
		{ "name ~ nguyen", "1" },
		{ "name ~ 'VĂN đức'", "1" },
		{ "name = 'NGUYEN van Duc'", "1" },
		{ "name !~ nguyen", "2 3 4" },
		{ "name = \"Zoe %_'\"\"\"", "4" },
		{ "name ~ '%'", "4" },
		{ "name < n", "3" },
		{ "city = 'da nang'", "1" },
		{ "city != 'DA NANG'", "2 3 4" },
		{ "not city = 'da nang'", "2 3 4" },
		{ "not (city = 'da nang' or city is null)", "2 4" },
		{ "city in ('hà nội', 'HUE, vn')", "2 4" },
		{ "city not in ('hà nội', 'HUE, vn')", "1 3" },
		{ "phone = '+84 912.345.678'", "1" },
		{ "phone in (113, 0912345678)", "1 2" },
		{ "phone != 0912345678", "2 3 4" },
		{ "email = DUC@X.VN", "1" },
		{ "status = new and score > 0", "1" },
		{ "status = new and score > 0 or status is null", "1 3" },
		{ "status = new and (score > 0 or status is null)", "1" },
		{ "status != new", "2 3" },
		{ "score >= 50", "1 2" },
		{ "score > 50", "2" },
		{ "score <= -5", "4" },
		{ "score < 50", "4" },
		{ "not score < 50", "1 2 3" },
		{ "score is null", "3" },
		{ "owner = lan or owner = none", "1 3" },
		{ "owner != me", "2 3 4" },
		{ "owner.team = hanoi", "1 2" },
		{ "owner.team != hanoi", "3 4" },
		{ "owner.team is null", "3 4" },
		{ "owner ~ lan", "1" },
		{ "account ~ 'minh anh'", "1" },
		{ "account.owner.name = ba", "1" },
		{ "account.owner.name = 'dang lan' and owner.name = mai", "2" },
		{ "account.industry = retail", "1" },
		{ "account.industry != retail", "2 3 4" },
		{ "tags = vip", "1" },
		{ "tags = 'VIP khach'", "2" },
		{ "tags ~ vip", "1 2" },
		{ "tags != vip", "2 3 4" },
		{ "tags in (a, stale)", "1 4" },
		{ "birth_date = --05-17", "2" },
		{ "birth_date < 2100-01-01", "1 4" },
		{ "birth_date > 1900-01-01", "1 4" },
		{ "birth_date <= 1970-01-01", "4" },
		{ "birth_date = 1990", "1" },
		{ "birth_date != 1990", "2 3 4" },
		{ "created_at = today", "2 3" }, /* of Hồ Chí Minh city */
		{ "created_at < today", "1" },
		{ "created_at <= today", "1 2 3" },
		{ "created_at > today", "4" },
		{ "created_at >= today", "2 3 4" },
		{ "created_at != today", "1 4" },
		{ "created_at in (yesterday, tomorrow)", "1 4" },
		{ "created_at <= 9999", "1 2 3 4" },
		{ "created_at > 0001", "1 2 3 4" },
		{ "budget >= 1tr", "1" },
		{ "budget = '250 USD'", "2" },
		{ "budget >= '0 VND'", "1 4" }, /* no currency is the database's */
		{ "do_not_call = yes", "1" },
		{ "do_not_call != yes", "2 3 4" },
		{ "id in (lead-1, 3)", "1 3" },
		{ "id > 2", "3 4" },
	};
	(void)state;
	check_rows(false, rows, countof(rows));
}

static void test_terms(void **state)
{
	static const struct row rows[] = {
		{ "status:new,contacted", "1 2 4" },
		{ "status.not:new,contacted", "3" },
		{ "score:50..", "1 2" },
		{ "score:..50", "1 4" },
		{ "score:0..50,80", "1 2" },
		{ "score.not:0..50,80", "3 4" },
		{ "owner:any", "1 2 4" },
		{ "owner:none,lan", "1 3" },
		{ "owner.not:none,lan", "2 4" },
		{ "tag:vip,a", "1 4" },
		{ "city:huế\\, vn", "4" },
		{ "city:'huế, vn',ha noi", "2 4" },
		{ "name.re:^(NGUYỄN|trần) ", "1 2" },
		{ "name.re:[%]", "4" },
		{ "created_at:2026-11-20..2026-11-21", "1 2 3" },
		{ "created_at:..-1d", "1" },
		{ "nguyen", "1" },
		{ "ĐỨC", "1" },
		{ "+84 912 345 678", "1" },
		{ "0912-345-678", "1" },
		{ "345678", "1" },
		{ "555 0100", "4" },
		{ "09123", "1" },
		{ "text:minh,zoe", "2 4" },
		{ "text.not:minh,zoe", "1 3" },
	};
	(void)state;
	check_rows(true, rows, countof(rows));
}

static void repeat(struct buf *b, const char *text, int n)
{
	while (n--)
		buf_puts(b, text);
}

/*
 * An engine's parser has its limits: whatever shape is accepted must run, and what is
 * too deep must be refused by us.  Each shape is true where the innermost one is.
 */
static void test_limits(void **state)
{
	static const struct {
		const char *open, *first, *second, *close;
		int width, least; /* levels that must be possible */
	} shapes[] = {
		{ "(", "score = 1 or ", "id < 99 and ", ")", 1, 8 },
		{ "(", "score = 1 or ", "id < 99 and ", ")", 20, 4 },
		{ "(", "score = 1 or ", "id < 99 and ", ")", 300, 2 },
		{ "(", "name ~ q or ", "", ")", 2, 20 },
		{ "", "not not ", "", "", 1, 9 },
		{ "(", "tags = q or not not ", "created_at < 9999 and ", ")", 1, 4 },
		{ "(", "", "", ")", 0, 40 },
	};
	struct query_context q = context("lead");
	(void)state;
	for (size_t i = 0; i < countof(shapes); i++) {
		int levels = 0;
		for (struct node *n = NULL; levels == 0 || n; levels++) {
			struct diag d = { 0 };
			struct buf b = { 0 };
			for (int j = 0; j <= levels; j++) {
				buf_puts(&b, shapes[i].open);
				repeat(&b, shapes[i].first, shapes[i].width);
				repeat(&b, shapes[i].second, shapes[i].width);
			}
			buf_puts(&b, "tags in (q, 'vip khách')");
			repeat(&b, shapes[i].close, levels + 1);
			n = where_parse(buf_str(&b), &q, &d);
			buf_free(&b);
			if (n)
				assert_string_equal(run(&q, n, NULL, 0), "2");
			else if (!strstr(d.message.p, "inside one another"))
				fail_msg("%s", d.message.p);
			diag_free(&d);
		}
		if (levels <= shapes[i].least)
			fail_msg("shape %zu: %d levels", i, levels - 1);
	}
}

static void test_long_list(void **state)
{
	struct query_context q = context("lead");
	struct diag d = { 0 };
	struct buf b = { 0 };
	(void)state;
	buf_puts(&b, "not not not not created_at in (today");
	repeat(&b, ", 2020", 9990);
	buf_puts(&b, ")");
	struct node *n = where_parse(buf_str(&b), &q, &d);
	assert_non_null(n);
	assert_string_equal(run(&q, n, NULL, 0), "2 3");
	buf_free(&b);
}

static void test_sort(void **state)
{
	static const struct row rows[] = {
		{ "score", "4 1 2 3" },	      { "-score", "2 1 4 3" },
		{ "status,-id", "2 4 1 3" },  { "name", "3 1 2 4" },
		{ "-name", "4 2 1 3" },	      { "owner", "4 1 2 3" },
		{ "-owner.name", "2 1 4 3" }, { "account", "2 1 3 4" },
		{ "-id", "4 3 2 1" },	      { " +score , -score", "4 1 2 3" },
	};
	struct query_context q = context("lead");
	struct diag d = { 0 };
	struct node *all = where_parse(STR("id < 99"), &q, &d);
	struct sort_key *keys;
	size_t n;
	(void)state;
	for (size_t i = 0; i < countof(rows); i++) {
		assert_true(sort_parse(str_of(rows[i].text), &q, &keys, &n, &d));
		const char *ids = run(&q, all, keys, n);
		if (strcmp(ids, rows[i].ids) != 0)
			fail_msg("%s gives %s, not %s", rows[i].text, ids, rows[i].ids);
	}
	assert_false(sort_parse(STR("-score,"), &q, &keys, &n, &d));
	assert_string_equal(d.message.p, "a field's name is missing");
	assert_false(sort_parse(STR("-scor"), &q, &keys, &n, &d));
	assert_string_equal(d.message.p, "no field 'scor' on lead; did you mean 'score'?");
	diag_free(&d);
}

static const char *paths_text(const struct path *paths, size_t n)
{
	struct buf b = { 0 };
	struct joins j = { .arena = &arena, .schema = &shipped_schema };
	struct sql q = { .arena = &arena };
	for (size_t i = 0; i < n; i++) {
		buf_printf(&b, "%s%.*s=", i ? " " : "", (int)paths[i].text.n, paths[i].text.p);
		path_sql(&paths[i], &j, &q);
		buf_put(&b, buf_str(&q.text));
		q.text.n = 0;
	}
	const char *text = buf_copy(&b, &arena).p;
	buf_free(&b);
	sql_free(&q);
	return text;
}

static void test_fields(void **state)
{
	struct query_context q = context("lead");
	struct diag d = { 0 };
	struct path *base, *more;
	size_t nbase, n;
	(void)state;
	assert_true(fields_parse(STR("id, name,owner,account,account.owner,id"), &q, NULL, 0, &base,
				 &nbase, &d));
	assert_string_equal(paths_text(base, nbase),
			    "id=t0.\"id\" name=t0.\"name\" owner=t1.\"login\" "
			    "account=t0.\"account\" account.owner=t3.\"login\"");
	assert_true(fields_parse(STR("+name,score"), &q, base, 2, &more, &n, &d));
	assert_string_equal(paths_text(more, n),
			    "id=t0.\"id\" name=t0.\"name\" score=t0.\"score\"");
	assert_true(fields_parse(STR("score,*"), &q, base, 2, &more, &n, &d));
	assert_int_equal(n, q.entity->nfields - 1); /* all but rev, which is hidden */
	assert_true(str_is(more[0].text, "score"));
	assert_true(str_is(more[1].text, "id"));
	assert_false(fields_parse(STR(""), &q, NULL, 0, &more, &n, &d));
	assert_false(fields_parse(STR("id,na\xc3"), &q, NULL, 0, &more, &n, &d));
	assert_string_equal(d.message.p, "byte 0xc3 is not UTF-8");
	assert_false(fields_parse(STR("account.nmae"), &q, NULL, 0, &more, &n, &d));
	assert_string_equal(d.message.p, "no field 'nmae' on account; did you mean 'name'?");
	diag_free(&d);
}

/* Equality on what is indexed must reach the index. */
static void test_indexes(void **state)
{
	static const char *const texts[] = { "name = x",	  "phone = 0912345678",
					     "email = a@b.vn",	  "owner = lan",
					     "status in (new)",	  "created_at = today",
					     "created_at >= -3d", "owner in (lan, mai)" };
	struct query_context q = context("lead");
	struct diag d = { 0 };
	(void)state;
	db_exec(db, "create index i1 on lead (name_key) where name_key is not null;"
		    "create index i2 on lead (phone_key) where phone_key is not null;"
		    "create index i3 on lead (email_key) where email_key is not null;"
		    "create index i4 on lead (owner) where owner is not null;"
		    "create index i5 on lead (status) where status is not null;"
		    "create index i6 on lead (created_at) where created_at is not null;");
	for (size_t i = 0; i < countof(texts); i++) {
		struct joins j = { .arena = &arena, .schema = q.schema };
		struct sql sql = { .arena = &arena };
		sql_add(&sql, "select id from lead t0 where ");
		node_sql(where_parse(str_of(texts[i]), &q, &d), &q, &j, &sql);
		struct str plan = db_plan(db, &sql, &arena);
		if (!strstr(plan.p, "USING INDEX i") && !strstr(plan.p, "USING COVERING INDEX i"))
			fail_msg("%s: %s", texts[i], plan.p);
		sql_free(&sql);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_where),	cmocka_unit_test(test_terms),
		cmocka_unit_test(test_limits),	cmocka_unit_test(test_long_list),
		cmocka_unit_test(test_sort),	cmocka_unit_test(test_fields),
		cmocka_unit_test(test_indexes),
	};
	return cmocka_run_group_tests(tests, open_database, close_database);
}
