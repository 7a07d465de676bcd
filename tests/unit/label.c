/* Labels: everything that people see has one in both languages. */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>

#include "core/utf8.h"
#include "report/report.h"
#include "schema/label.h"

static struct arena arena;

static void check_text(const char *text)
{
	assert_non_null(text);
	assert_true(text[0]);
	assert_true(utf8_valid(str_of(text)));
	assert_true(str_eq(utf8_trim(str_of(text)), str_of(text)));
}

static void check_both(const char *en, const char *vi)
{
	check_text(en);
	check_text(vi);
}

static void check_picks(const char *name)
{
	const struct picklist *l = schema_picklist(&shipped_schema, name);
	for (size_t i = 0; i < l->n; i++) {
		print_message("%s: %s\n", name, l->picks[i].key);
		check_both(l->picks[i].en, l->picks[i].vi);
	}
}

static void every_field_and_value(void **state)
{
	(void)state;
	for (size_t i = 0; i < shipped_schema.nentities; i++) {
		const struct entity *e = shipped_schema.entities[i];
		print_message("%s\n", e->name);
		check_text(e->label_vi);
		for (size_t j = 0; j < e->nfields; j++) {
			const struct field *f = &e->fields[j];
			print_message("%s.%s\n", e->name, f->name);
			check_both(field_label(f, ENGLISH, &arena).p, f->label_vi);
			if (f->picklist)
				check_picks(f->picklist);
		}
	}
	arena_free(&arena);
}

/* Two columns of one heading could not be told apart. */
static void headings_differ(void **state)
{
	(void)state;
	for (size_t i = 0; i < shipped_schema.nentities; i++) {
		const struct entity *e = shipped_schema.entities[i];
		for (size_t j = 0; j < e->nfields; j++) {
			const struct field *f = &e->fields[j];
			struct str en = field_label(f, ENGLISH, &arena);
			print_message("%s.%s\n", e->name, f->name);
			for (const struct field *g = e->fields; g < f; g++) {
				assert_string_not_equal(f->label_vi, g->label_vi);
				assert_false(str_eq(en, field_label(g, ENGLISH, &arena)));
			}
		}
	}
	arena_free(&arena);
}

static void every_stage(void **state)
{
	(void)state;
	for (size_t i = 0; i < ndefault_pipelines; i++) {
		check_both(default_pipelines[i].en, default_pipelines[i].vi);
		for (size_t j = 0; j < default_pipelines[i].n; j++)
			check_both(default_pipelines[i].stages[j].en,
				   default_pipelines[i].stages[j].vi);
	}
	for (int k = STAGE_OPEN; k <= STAGE_LOST; k++)
		check_both(stage_kind_label((enum stage_kind)k, ENGLISH),
			   stage_kind_label((enum stage_kind)k, VIETNAMESE));
}

static void check_steps(const struct journey *j)
{
	struct str names[STEPS_MAX];
	size_t n = j->names(&shipped_schema, names);
	for (size_t i = 0; i < n; i++)
		check_both(j->label(&shipped_schema, names[i], ENGLISH, &arena).p,
			   j->label(&shipped_schema, names[i], VIETNAMESE, &arena).p);
}

static void every_report(void **state)
{
	(void)state;
	for (size_t i = 0; i < nreports; i++) {
		const struct report *r = reports[i];
		print_message("%s\n", r->name);
		check_both(r->title, r->title_vi);
		for (const struct dimension *d = r->dimensions; d && d->name; d++)
			check_both(d->name, d->vi);
		for (size_t m = 0; m < r->nmeasures; m++)
			check_both(r->measures[m].label, r->measures[m].label_vi);
		if (r->journey)
			check_steps(r->journey);
	}
}

static void languages(void **state)
{
	static const char *const none[] = { "", "v", "fr", "C", "vie", "en1", "VI", "POSIX" };
	static const char *const vi[] = { "vi", "vi_VN", "vi_VN.UTF-8", "vi.UTF-8", "vi-VN" };
	static const char *const en[] = { "en", "en_GB.UTF-8", "en_US" };
	enum language l = ENGLISH;
	(void)state;
	for (size_t i = 0; i < countof(none); i++)
		assert_false(language_parse(str_of(none[i]), &l));
	for (size_t i = 0; i < countof(vi); i++) {
		assert_true(language_parse(str_of(vi[i]), &l));
		assert_int_equal(l, VIETNAMESE);
	}
	for (size_t i = 0; i < countof(en); i++) {
		assert_true(language_parse(str_of(en[i]), &l));
		assert_int_equal(l, ENGLISH);
	}
	assert_string_equal(language_name(VIETNAMESE), "vi");
}

/* What one language lacks comes from the other, and at last from the key. */
static void fallback(void **state)
{
	static const struct pick picks[] = { { "a", "A", NULL, false },
					     { "b", "", "B", false },
					     { "c", NULL, NULL, false } };
	static const struct picklist list = { .name = "x", .picks = picks, .n = countof(picks) };
	(void)state;
	for (int i = ENGLISH; i <= VIETNAMESE; i++) {
		enum language l = (enum language)i;
		assert_true(str_is(key_label(&list, STR("a"), l), "A"));
		assert_true(str_is(key_label(&list, STR("b"), l), "B"));
		assert_true(str_is(key_label(&list, STR("c"), l), "c"));
		assert_true(str_is(key_label(&list, STR("gone"), l), "gone"));
	}
	assert_true(str_is(label_of_name(STR("next_contact_at"), &arena), "Next contact at"));
	arena_free(&arena);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(every_field_and_value),
		cmocka_unit_test(headings_differ),
		cmocka_unit_test(every_stage),
		cmocka_unit_test(every_report),
		cmocka_unit_test(languages),
		cmocka_unit_test(fallback),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
