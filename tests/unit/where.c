/* Where expressions and terms: what they become, and what is said of wrong ones. */
#include "query_fixture.h"
#include "where_rows.h"

/* "sql | 1, 'text'" */
static const char *render(const struct sql *q)
{
	struct buf b = { 0 };
	buf_put(&b, buf_str(&q->text));
	for (size_t i = 0; i < q->nparams; i++) {
		const struct value *v = &q->params[i];
		buf_puts(&b, i ? ", " : " | ");
		if (v->kind == V_INT)
			buf_printf(&b, "%lld", (long long)v->i);
		else
			buf_printf(&b, "'%.*s'", (int)v->s.n, v->s.p);
	}
	const char *text = buf_copy(&b, &arena).p;
	buf_free(&b);
	return text;
}

static const char *compiled(const struct node *n, const struct query_context *q)
{
	struct joins j = { .arena = &arena, .schema = q->schema };
	struct sql sql = { .arena = &arena };
	node_sql(n, q, &j, &sql);
	joins_sql(&j, &sql);
	const char *text = render(&sql);
	sql_free(&sql);
	return text;
}

typedef struct node *parse(struct str, const struct query_context *, struct diag *);

static struct node *parse_term(struct str text, const struct query_context *q, struct diag *d)
{
	return term_parse(text, q, true, d);
}

/* The SQL, or the message. */
static const char *outcome(parse *parse_text, const char *entity, struct str text)
{
	struct diag d = { 0 };
	struct query_context q = context(entity);
	struct node *n = parse_text(text, &q, &d);
	const char *out = n ? compiled(n, &q) : diag_text(&d, &arena).p;
	assert_int_equal(n == NULL, d.message.n > 0);
	if (n) { /* no trace of it */
		assert_int_equal(d.line, 0);
		assert_int_equal(d.column, 0);
		assert_int_equal(d.source.n, 0);
	}
	diag_free(&d);
	return out;
}

static void check_rows(parse *parse_text, const struct row *rows, size_t n)
{
	for (size_t i = 0; i < n; i++) {
		const char *got = outcome(parse_text, rows[i].entity, str_of(rows[i].text));
		if (strcmp(got, rows[i].expect) != 0)
			fail_msg("%s\n   gives %s\n  wanted %s", rows[i].text, got, rows[i].expect);
	}
}

static void test_where(void **state)
{
	(void)state;
	check_rows(where_parse, good_where, countof(good_where));
	check_rows(where_parse, bad_where, countof(bad_where));
}

static void test_terms(void **state)
{
	(void)state;
	check_rows(parse_term, good_terms, countof(good_terms));
	check_rows(parse_term, bad_terms, countof(bad_terms));
}

/* n times `part`. */
static struct str times(const char *part, size_t n)
{
	struct buf b = { 0 };
	while (n--)
		buf_puts(&b, part);
	struct str s = buf_copy(&b, &arena);
	buf_free(&b);
	return s;
}

static struct str joined(struct str a, const char *between, struct str b)
{
	return arena_printf(&arena, "%.*s%s%.*s", (int)a.n, a.p, between, (int)b.n, b.p);
}

static void expect_part(const char *got, const char *part)
{
	if (!strstr(got, part))
		fail_msg("%.200s\n  wanted %s", got, part);
}

static void test_depth(void **state)
{
	static const char too_deep[] = "more than 40 brackets and nots inside one another";
	(void)state;
	expect_part(outcome(where_parse, "lead", times("(", 100000)), too_deep);
	expect_part(outcome(where_parse, "lead", times("not ", 100000)), too_deep);
	expect_part(outcome(where_parse, "lead", times("not (", 100000)), "-w:1:101: more than 40");
	struct str deepest = joined(times("(", 40), "score = 1", times(")", 40));
	assert_string_equal(outcome(where_parse, "lead", deepest), "(t0.\"score\" = $1) | 1");
	deepest = joined(times("(", 41), "score = 1", times(")", 41));
	expect_part(outcome(where_parse, "lead", deepest), too_deep);
	expect_part(outcome(where_parse, "lead", times(")", 100000)),
		    "expected a field, found ')'");
}

/* Brackets of the SQL, which is how deep an engine's parser goes. */
static int sql_depth(const char *sql)
{
	int depth = 0, most = 0;
	for (; *sql; sql++) {
		depth += (*sql == '(') - (*sql == ')');
		most = depth > most ? depth : most;
	}
	return most;
}

static void test_size(void **state)
{
	(void)state;
	struct str chain = joined(times("score=1 or ", 9999), "", STR("score = 1"));
	const char *sql = outcome(where_parse, "lead", chain);
	expect_part(sql, "$10000)");
	assert_in_range(sql_depth(sql), 3, 6);
	struct str bomb = joined(times("score = 1 and ", 75000), "", STR("score = 1")); /* 1 MB */
	expect_part(outcome(where_parse, "lead", bomb), "-w:1:140009: more than 10000 conditions");
	bomb = joined(STR("score in (1"), "", times(",1", 500000));
	expect_part(outcome(where_parse, "lead", bomb), "more than 10000 conditions or values");
	bomb = joined(STR("score:1"), "", times(",1", 500000));
	expect_part(outcome(parse_term, "lead", bomb), "more than 10000 values");
	bomb = times("a", 1 << 20);
	expect_part(outcome(where_parse, "lead", bomb), "no field 'aaaaaa");
	bomb = joined(STR("name = \""), "", times("\"\"", 1 << 19));
	expect_part(outcome(where_parse, "lead", bomb), "-w:1:8: this quote is not closed");
	bomb = joined(STR("owner"), "", times(".owner", 100000));
	expect_part(outcome(where_parse, "lead", bomb), "no field 'owner' on user");
	bomb = joined(STR("name.re:"), "", times("(", 100000));
	expect_part(outcome(parse_term, "lead", bomb), "of more than 1000 bytes");
}

/* Terms come one at a time and are chained by the caller. */
static void test_many_terms(void **state)
{
	struct query_context q = context("lead");
	struct diag d = { 0 };
	struct node *left = NULL, *right = NULL;
	(void)state;
	for (int i = 0; i < 5000; i++) {
		struct node *n = term_parse(STR("score:1"), &q, false, &d);
		left = node_and(left, n, &arena);
		right = node_and(n, right, &arena);
	}
	assert_string_equal(compiled(left, &q), compiled(right, &q));
	assert_in_range(sql_depth(compiled(left, &q)), 3, 6);
}

/* Columns count characters, lines count lines. */
static void test_position(void **state)
{
	const struct {
		struct str text;
		const char *message;
	} rows[] = {
		{ STR("name ~ 'Nguyễn Đức' and scor = 1"),
		  "-w:1:25: no field 'scor' on lead; did you mean 'score'?" },
		{ STR("status = qualified and scor >= 50"),
		  "-w:1:24: no field 'scor' on lead; did you mean 'score'?" },
		{ STR("score = 1 and\n  # ơ ( and\n\tscor = 1"),
		  "-w:3:2: no field 'scor' on lead; did you mean 'score'?" },
		{ STR("name = 'a\nb' and score = x"),
		  "-w:2:16: score: \"x\" is not a whole number" },
		{ STR("score in (1,\n 2, ba)"), "-w:2:5: score: \"ba\" is not a whole number" },
		{ STR("name\u00a0=\u3000x and owner.naem = x"),
		  "-w:1:20: no field 'naem' on user; did you mean 'name'?" },
		{ STR(""), "-w:1:1: expected a field, but the expression ends here" },
		{ STR(" # nothing"), "-w:1:11: expected a field, but the expression ends here" },
		{ STR("na\xffme = x"), "-w:1:3: byte 0xff is not UTF-8" },
		{ STR("é\nname = '\xc0\xaf'"), "-w:2:9: byte 0xc0 is not UTF-8" },
		{ STR("name = 'a\0b'"), "-w:1:10: a NUL byte (0x00)" },
	};
	(void)state;
	for (size_t i = 0; i < countof(rows); i++)
		assert_string_equal(outcome(where_parse, "lead", rows[i].text), rows[i].message);
}

static void test_source(void **state)
{
	struct query_context q = context("lead");
	struct diag d = { .source = STR("rules.yaml") };
	(void)state;
	assert_null(where_parse(STR("x = 1"), &q, &d));
	assert_string_equal(diag_text(&d, &arena).p, "rules.yaml:1:1: no field 'x' on lead");
	diag_clear(&d);
	assert_null(term_parse(STR("nguyen"), &q, false, &d));
	assert_string_equal(diag_text(&d, &arena).p, "nguyen: this is no term such as FIELD:VALUE");
	diag_clear(&d);
	assert_null(term_parse(STR("a\xff"), &q, true, &d));
	assert_string_equal(d.message.p, "byte 0xff is not UTF-8");
	diag_free(&d);
}

static void test_me(void **state)
{
	int64_t user = settings.user;
	(void)state;
	settings.user = 0;
	const char *got = outcome(parse_term, "lead", STR("owner:me"));
	settings.user = user;
	assert_string_equal(got, "owner:me: owner: the acting user \"lan\" is not in the database");
	assert_string_equal(outcome(parse_term, "lead", STR("account:me")),
			    "account:me: account: no account is known as \"me\"");
}

static void test_term_is(void **state)
{
	static const struct {
		const char *text;
		bool is;
	} rows[] = {
		{ "status:new", true },	      { "status.not:new", true },
		{ "owner.team:hanoi", true }, { "owner.nmae:x", true },
		{ "tag:vip", true },	      { "text:need", true },
		{ "scor:50", true },	      { "score:", true },
		{ "status", false },	      { "lead-42", false },
		{ "0912345678", false },      { ":x", false },
		{ "09:30", false },	      { "https://x.vn", false },
		{ "tel:0912345678", false },  { "wholly_other:1", false },
		{ "status=new", false },      { "", false },
	};
	struct query_context q = context("lead");
	(void)state;
	for (size_t i = 0; i < countof(rows); i++)
		if (term_is(str_of(rows[i].text), &q) != rows[i].is)
			fail_msg("%s", rows[i].text);
}

static void test_refs(void **state)
{
	static const int64_t ids[] = { 5, 6 };
	static const struct {
		const char *base, *of;
		size_t n;
		const char *expect;
	} rows[] = {
		{ "lead", "lead", 2, "(t0.\"id\" in ($1, $2)) | 5, 6" },
		{ "activity", "deal", 1, "(t0.\"deal\" in ($1)) | 5" },
		{ "account", "account", 1, "(t0.\"id\" in ($1)) | 5" },
		{ "deal", "user", 2, "(t0.\"owner\" in ($1, $2)) | 5, 6" },
		{ "team", "deal", 2, "(1 = 0)" },
		{ "lead", "lead", 0, "(1 = 0)" },
	};
	(void)state;
	for (size_t i = 0; i < countof(rows); i++) {
		struct query_context q = context(rows[i].base), of = context(rows[i].of);
		struct node *n = node_refs(of.entity, ids, rows[i].n, &arena);
		assert_string_equal(compiled(n, &q), rows[i].expect);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_where),	   cmocka_unit_test(test_terms),
		cmocka_unit_test(test_depth),	   cmocka_unit_test(test_size),
		cmocka_unit_test(test_many_terms), cmocka_unit_test(test_position),
		cmocka_unit_test(test_source),	   cmocka_unit_test(test_me),
		cmocka_unit_test(test_term_is),	   cmocka_unit_test(test_refs),
	};
	return cmocka_run_group_tests(tests, set_up, tear_down);
}
