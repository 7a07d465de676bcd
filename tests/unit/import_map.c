/* What maps do to cells, and what they refuse. */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>

#include "core/buf.h"
#include "domain/import_map.h"

static struct arena arena;
static const struct settings settings = {
	.currency = "VND",
	.region = "VN",
	.zone = "UTC",
	.group = '.',
	.point = ',',
	.family_first = true,
	.calendar = { .now = 1795230000, .order = ORDER_DMY },
};

static struct import_map new_map(const char *entity)
{
	return (struct import_map){ .schema = &shipped_schema,
				    .settings = &settings,
				    .entity = schema_entity(&shipped_schema, str_of(entity)),
				    .arena = &arena };
}

/* Lays the map on one row of columns a, b, c and gives the text of a field; NULL: refused. */
static const char *mapped(const char *yaml, const char *const *cells, const char *field,
			  struct diag *d)
{
	static const struct str names[] = { { "a", 1 }, { "b", 1 }, { "c", 1 } };
	struct import_map m = new_map("lead");
	struct import_plan p = { .map = &m, .ignore_unknown = true };
	struct cell row_cells[3] = { 0 };
	struct row row = { .n = 3, .names = names, .cells = row_cells, .layout = 1 };
	struct codec c = { .schema = &shipped_schema, .settings = &settings, .arena = &arena };
	struct record r;
	bool said[3] = { false };
	struct import_rest rest = { .said = said };
	const char *text = NULL;
	for (size_t i = 0; i < 3; i++) {
		row_cells[i].kind = !cells[i] ? CELL_ABSENT : *cells[i] ? CELL_TEXT : CELL_NULL;
		row_cells[i].text = str_of(cells[i]);
	}
	const struct yaml *y = yaml_parse(str_of(yaml), "m.yaml", &arena, d);
	bool ok = y && import_map_yaml(&m, y, d) && import_map_check(&m, d);
	p.rest = m.rest ? &rest : NULL;
	if (ok) {
		d->source = STR("x.csv");
		d->line = d->column = 0;
	}
	if (ok && import_bind(&p, &row, true, d) && import_record(&p, &row, 0, &r, &c, d)) {
		const struct field *f = entity_field(m.entity, str_of(field));
		const struct value *v = record_at(&r, field);
		struct cell cell = field_print(f, v, &c);
		text = v->kind == V_NONE   ? "(none)"
		       : v->kind == V_NULL ? "(null)"
					   : arena_str(&arena, cell.text).p;
	}
	buf_free(&rest.lines);
	map_free(&rest.counts);
	import_unbind(&p);
	import_map_free(&m);
	return text;
}

static void test_cells(void **state)
{
	static const struct {
		const char *yaml, *cells[3], *field, *text;
	} cases[] = {
		{ "columns: {a: name}", { "Lan" }, "name", "Lan" },
		{ "columns: {a: name}", { NULL }, "name", "(none)" },
		{ "columns: {a: name}", { "" }, "name", "(null)" },
		{ "columns: {a: [name, company]}", { "Lan" }, "company", "Lan" },
		{ "columns: {A: name}", { "Lan" }, "name", "Lan" },
		{ "columns: {a: {field: name, default: X}}", { NULL }, "name", "X" },
		{ "columns: {a: {field: name, default: X}}", { "  " }, "name", "X" },
		{ "columns: {a: {field: name, default: X}}", { "Y" }, "name", "Y" },
		{ "columns: {a: {field: status, values: {Đã gọi: contacted}}}",
		  { "da GOI" },
		  "status",
		  "contacted" },
		{ "columns: {a: {field: status, values: {x: contacted}}}",
		  { "new" },
		  "status",
		  "new" },
		{ "columns: {a: {field: source, values: {x: null}}}", { "x" }, "source", "(null)" },
		{ "columns: {a: {field: source, values: {x: ''}}}", { "x" }, "source", "(null)" },
		{ "columns: {a: {field: source, values: {x: zalo}, default: x}}",
		  { NULL },
		  "source",
		  "zalo" },
		{ "columns: {a: {field: budget, decimal: ','}}",
		  { "1.234.567,00" },
		  "budget",
		  "1234567" },
		{ "columns: {a: {field: budget, decimal: '.'}}",
		  { "1,234,567.00" },
		  "budget",
		  "1234567" },
		{ "columns: {a: {field: budget, decimal: '.', multiply: 1000}}",
		  { "1.234" },
		  "budget",
		  "1234" },
		{ "columns: {a: {field: budget, multiply: 1000000}}",
		  { "1100.04" },
		  "budget",
		  "1100040000" },
		{ "columns: {a: {field: employees, multiply: 0.5}}", { "10" }, "employees", "5" },
		{ "columns: {a: {field: name, slug: true}}",
		  { " Nguyễn  Đức-An! " },
		  "name",
		  "nguyen.duc.an" },
		{ "columns: {a: {field: name, prefix: '<', suffix: '>'}}", { "x" }, "name", "<x>" },
		{ "columns: {a: {field: name, prefix: '<'}}", { NULL }, "name", "(none)" },
		{ "columns: {a: {field: birth_date, date_order: mdy}}",
		  { "02/03/2000" },
		  "birth_date",
		  "2000-02-03" },
		{ "columns: {a: birth_date}", { "02/03/2000" }, "birth_date", "2000-03-02" },
		{ "join: {name: {from: [a, b, c], by: '-'}}", { "x", NULL, "z" }, "name", "x-z" },
		{ "join: {name: {from: [a, b]}}", { "x", "y" }, "name", "x y" },
		{ "join: {name: {from: [a, b]}}", { NULL, NULL }, "name", "(none)" },
		{ "join: {name: {from: [a, b], prefix: p}}", { "", NULL }, "name", "(null)" },
		{ "columns: {a: name}\nset: {name: Const}", { "x" }, "name", "Const" },
		{ "set: {name: ''}", { NULL }, "name", "(null)" },
		{ "columns: {a: {split: {by: ' ', into: [first_name, last_name]}}}",
		  { "A B C" },
		  "last_name",
		  "B C" },
		{ "columns: {a: {split: {by: ' ', into: [last_name, first_name], rest: first}}}",
		  { "A B C" },
		  "last_name",
		  "A B" },
		{ "columns: {a: {split: {by: ' ', into: [last_name, first_name], rest: first}}}",
		  { "A B C" },
		  "first_name",
		  "C" },
		{ "columns: {a: {split: {by: ' ', into: [last_name, first_name], rest: first}}}",
		  { "C" },
		  "first_name",
		  "C" },
		{ "columns: {a: {split: {by: ' ', into: [last_name, first_name], rest: first}}}",
		  { "C" },
		  "last_name",
		  "(null)" },
		{ "columns: {a: {split: {as: name, into: [last_name, first_name]}}}",
		  { " Chị Trần Thị Thanh Lan " }, /* a title that has no field is not lost */
		  "last_name",
		  "Chị Trần Thị Thanh" },
		{ "columns: {a: {split: {as: name, into: [last_name, first_name, salutation]}}}",
		  { "Chị Trần Thị Lan" },
		  "salutation",
		  "chị" },
		{ "columns: {a: {split: {as: name, into: [first_name, salutation]}}}",
		  { "GS.TS. Trần Lan" },
		  "salutation",
		  "prof" },
		{ "columns: {a: {split: {as: name, into: [first_name, last_name]}}}",
		  { "Smith, John Paul" },
		  "first_name",
		  "John Paul" },
		{ "columns: {a: {split: {as: name, into: [first_name, last_name]}}}",
		  { "Lan" },
		  "last_name",
		  "(null)" },
		{ "columns: {a: {split: {as: address, into: [street, ward, district, city]}}}",
		  { "1 Lê Lợi, P.5, Q.10, TP.HCM" },
		  "district",
		  "Quận 10" },
		{ "columns: {a: {split: {as: address, into: [street, ward, city]}}}",
		  { "10 Downing Street" },
		  "street",
		  "10 Downing Street" },
		{ "columns: {a: {field: name, strip: ['p:', \"'\"]}}", { "p: An" }, "name", "An" },
		{ "columns: {a: {field: name, until: ';'}}", { "An; Ba" }, "name", "An" },
		{ "columns: {a: name, b: {field: name, or: true}}", { " ", "Ba" }, "name", "Ba" },
		{ "columns: {a: name, b: {field: name, or: true}}", { "An", "Ba" }, "name", "An" },
		{ "columns: {a: company, b: {field: name, or: [company]}}",
		  { "An", "Ba" },
		  "name",
		  "(none)" },
		{ "columns: {a: {field: name, given: {b: [x, Đ]}}}", { "An", "đ" }, "name", "An" },
		{ "columns: {a: {field: name, given: {b: [x]}}}", { "An", "y" }, "name", "(none)" },
		{ "columns: {a: {field: tags, list: ' ::: ', strip: '* ', values: {no: null}}}",
		  { "* no ::: * vip ::: B" },
		  "tags",
		  "B;vip" },
		{ "columns: {a: {field: tags, list: ','}}",
		  { "[\"x, y\",\"z\"]" },
		  "tags",
		  "x;y;z" },
		{ "columns: {a: {field: rating, values: {x: hot}, else: cold}}",
		  { "y" },
		  "rating",
		  "cold" },
		{ "columns: {a: {field: rating, values: {x: hot}, else: null}}",
		  { "y" },
		  "rating",
		  "(none)" },
		{ "{system: odoo, columns: {a: {field: campaign, external: true}}}",
		  { "12" },
		  "campaign",
		  "odoo:12" },
		{ "several: [{field: phone, from: [a, b], by: [/, ;]}]",
		  { "", " 0901 / 0902" },
		  "phone",
		  "0901" },
		{ "{rest: notes, card: [{property: ADR, from: [b, '', a], kind: home}]}",
		  { "x, y;z\nw", "1\\2", "c" },
		  "notes",
		  "c: c\nADR;TYPE=home:1\\\\2;;x\\, y\\;z\\nw" },
		{ "{rest: notes, card: [{property: URL, from: z|a, label: b, kinds: {Ä: home}}]}",
		  { "http://x/,;", "a" },
		  "notes",
		  "URL;TYPE=home:http://x/,;" },
		{ "{rest: notes, card: [{property: X-Y, from: a, label: b, kinds: {p: X-Q}}]}",
		  { "1", "p" },
		  "notes",
		  "X-Q:1" },
		{ "{rest: notes, card: [{property: X-Y, from: a, label: b}]}",
		  { "1", "my \"own\"" },
		  "notes",
		  "X-Y;X-ABLABEL=\"my  own \":1" },
		{ "{rest: notes, card: [{property: X-Y, from: c, label: b}]}",
		  { "1", "p", "" },
		  "notes",
		  "a: 1\nb: p" },
		{ "{rest: notes, columns: {a: name}, card: [{property: N, from: [a]}]}",
		  { "1", "2" },
		  "notes",
		  "b: 2" },
		{ "{rest: notes, columns: {a: source}, card: [{property: X-S, from: [a]}]}",
		  { "none of ours" },
		  "notes",
		  "X-S:none of ours" },
		{ "for: {lead: {columns: {a: name}}, deal: {columns: {a: amount}}}",
		  { "An" },
		  "name",
		  "An" },
		{ "for: {given-first: {columns: {a: name}}, family-first: {columns: {a: title}}}",
		  { "An" },
		  "title",
		  "An" },
		{ "columns: {\"[x|b]\": name}", { "An", "Ba" }, "name", "Ba" },
		{ "columns: {a: {split: {by: ', ', into: [street, ward, city]}}}",
		  { "1 X, W, C, D" },
		  "city",
		  "C, D" },
		{ "columns: {a: {split: {by: ', ', into: [street, ward, city]}}}",
		  { "1 X, W, C" },
		  "ward",
		  "W" },
		{ "columns: {a: {split: {by: ', ', into: [street, ward, city]}}}",
		  { "1 X" },
		  "ward",
		  "(null)" },
	};
	(void)state;
	for (size_t i = 0; i < countof(cases); i++) {
		struct diag d = { 0 };
		const char *got = mapped(cases[i].yaml, cases[i].cells, cases[i].field, &d);
		if (!got)
			fail_msg("%s: %s", cases[i].yaml, d.message.p);
		if (strcmp(got, cases[i].text))
			fail_msg("%s: \"%s\", not \"%s\"", cases[i].yaml, got, cases[i].text);
		diag_free(&d);
	}
}

static void test_refused(void **state)
{
	static const struct {
		const char *yaml, *text; /* how the message begins */
	} cases[] = {
		{ "- a", "m.yaml:1:1: a map file begins with columns:, join: or set:" },
		{ "columns: x", "m.yaml:1:10: columns is a map, not a text" },
		{ "columns: {a: nmae}",
		  "m.yaml:1:14: no field \"nmae\" on lead; did you mean name?" },
		{ "columns: {a: [[name]]}", "m.yaml:1:15: a list in a list" },
		{ "columns: {a: {}}", "m.yaml:1:14: say its field, or split it, or ignore it" },
		{ "columns: {a: {field: name, ignore: true}}",
		  "m.yaml:1:14: a column that is ignored has no field" },
		{ "columns: {a: {field: name, slug: yes}}",
		  "m.yaml:1:34: here must be true or false" },
		{ "columns: {a: {field: name, values: [x]}}",
		  "m.yaml:1:36: values are a map such as {Won: won, Lost: lost}" },
		{ "columns: {a: {field: status, values: {Đ: new, d: new}}}",
		  "m.yaml:1:47: but for case and accents this stands in line 1 already" },
		{ "columns: {a: {field: name, multiply: x}}",
		  "m.yaml:1:38: here must be a number" },
		{ "columns: {a: {field: name, date_order: x}}",
		  "m.yaml:1:40: a date order is dmy, mdy or ymd" },
		{ "columns: {a: {split: {by: ' ', into: [name]}}}",
		  "m.yaml:1:22: split wants {by: TEXT, into: [FIELD, FIELD]} of two fields or "
		  "more" },
		{ "columns: {a: {split: {by: ' ', as: name, into: [first_name, last_name]}}}",
		  "m.yaml:1:22: split wants {by: TEXT, into: [FIELD, FIELD]} of two fields or "
		  "more" },
		{ "columns: {a: {split: {as: nmae, into: [first_name, last_name]}}}",
		  "m.yaml:1:27: a cell is split as name or as address" },
		{ "columns: {a: {split: {as: name, into: [first_name, notes]}}}",
		  "m.yaml:1:52: no part of it is called notes" },
		{ "columns: {a: {field: name, given: [b]}}",
		  "m.yaml:1:35: given wants {COLUMN: [VALUE, VALUE]}" },
		{ "several: [{field: title, from: [a]}]",
		  "m.yaml:1:11: there are no further values of title on lead" },
		{ "several: [{field: phone}]",
		  "m.yaml:1:11: several wants {field: FIELD, from: [COLUMN]}" },
		{ "{rest: notes, card: [{from: a}]}",
		  "m.yaml:1:22: card wants {property: NAME, from: [COLUMN]}" },
		{ "{rest: notes, card: [{property: Note, from: a}]}",
		  "m.yaml:1:33: \"Note\" is no property of a card, nor X-…" },
		{ "card: [{property: N, from: a}]", "m.yaml:1:8: card wants a rest to go to" },
		{ "rest: name", "m.yaml:1:7: name holds no text of several lines" },
		{ "for: {leed: {}}", "m.yaml:1:7: there is no record type \"leed\"" },
		{ "columns: {a: {from: b, field: name}}", "m.yaml:1:15: no key \"from\" here" },
		{ "join: {name: {by: x}}", "m.yaml:1:14: from which columns? say from" },
		{ "join: {nmae: {from: [a]}}",
		  "m.yaml:1:8: no field \"nmae\" on lead; did you mean name?" },
		{ "set: {status: gone}", "m.yaml:1:7: status: \"gone\" is none of: target new "
					 "contacted nurturing qualified "
					 "disqualified converted" },
		{ "set: {id: lead-7}", "m.yaml:1:7: records do not share an id" },
		{ "columns: {z: name}", "x.csv: the map names a column \"z\" that is not there" },
		{ "columns: {a: {field: employees, multiply: 2}}",
		  "x.csv: employees: \"x\" is no number to multiply" },
	};
	static const char *const cells[] = { "x", NULL, NULL };
	(void)state;
	for (size_t i = 0; i < countof(cases); i++) {
		struct diag d = { 0 };
		assert_null(mapped(cases[i].yaml, cells, "name", &d));
		const char *got = diag_text(&d, &arena).p;
		if (!str_starts(str_of(got), cases[i].text))
			fail_msg("%s: %s", cases[i].yaml, got);
		diag_free(&d);
	}
}

static void test_inline(void **state)
{
	static const struct {
		const char *text, *message; /* NULL: good */
		size_t rules, ignored;
	} cases[] = {
		{ "Họ tên=name,SĐT=phone", NULL, 2, 0 },
		{ "a=b=name", NULL, 1, 0 },
		{ " x = name , y = ", NULL, 1, 1 },
		{ "x=nmae", "no field \"nmae\" on lead; did you mean name?", 0, 0 },
		{ "=name", "\"=name\" is no COLUMN=FIELD", 0, 0 },
		{ "x", "\"x\" is no COLUMN=FIELD", 0, 0 },
		{ "x=name,,y=phone", "\"\" is no COLUMN=FIELD", 1, 0 },
		{ "x=name,y=name", "field name is filled already", 1, 0 },
	};
	(void)state;
	for (size_t i = 0; i < countof(cases); i++) {
		struct import_map m = new_map("lead");
		struct diag d = { 0 };
		assert_int_equal(import_map_inline(&m, str_of(cases[i].text), &d),
				 !cases[i].message);
		if (cases[i].message)
			assert_string_equal(d.message.p, cases[i].message);
		assert_int_equal(m.n, cases[i].rules);
		assert_int_equal(m.nignored, cases[i].ignored);
		import_map_free(&m);
		diag_free(&d);
	}
}

static void test_set(void **state)
{
	struct import_map m = new_map("lead");
	struct diag d = { 0 };
	(void)state;
	assert_true(import_map_set(&m, STR("name=a=b"), &d));
	assert_true(import_map_set(&m, STR("name=c"), &d)); /* the later one counts */
	assert_int_equal(m.n, 1);
	assert_true(str_is(m.rules[0].fallback, "c"));
	assert_false(import_map_set(&m, STR("name"), &d));
	assert_false(import_map_set(&m, STR("=x"), &d));
	assert_false(import_map_set(&m, STR("nope=x"), &d));
	import_map_free(&m);
	diag_free(&d);
}

/* Rules of a hundred columns stay where they are found. */
static void test_many(void **state)
{
	struct import_map m = new_map("lead");
	struct diag d = { 0 };
	(void)state;
	for (size_t i = 0; i < m.entity->nfields; i++) {
		const char *name = m.entity->fields[i].name;
		assert_true(import_map_inline(&m, arena_printf(&arena, "X%zu=%s", i, name), &d));
	}
	assert_int_equal(m.n, m.entity->nfields);
	for (size_t i = 0; i < m.n; i++)
		assert_ptr_equal(m.rules[i].field, &m.entity->fields[i]);
	import_map_free(&m);
	diag_free(&d);
}

static int tear_down(void **state)
{
	(void)state;
	arena_free(&arena);
	return 0;
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_cells),  cmocka_unit_test(test_refused),
		cmocka_unit_test(test_inline), cmocka_unit_test(test_set),
		cmocka_unit_test(test_many),
	};
	return cmocka_run_group_tests(tests, NULL, tear_down);
}
