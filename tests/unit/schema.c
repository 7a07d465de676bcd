/* The schema keeps its own promises, whatever rows are added to it. */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>
#include <stdio.h>

#include "query/query.h"
#include "schema/schema.h"

static struct arena arena;
static const struct settings settings = { .currency = "VND", .region = "VN", .zone = "UTC" };

static struct codec codec(void)
{
	return (struct codec){ .schema = &shipped_schema, .settings = &settings, .arena = &arena };
}

/* Calls check on every field of every record type. */
static void each_field(void (*check)(const struct entity *, const struct field *))
{
	for (size_t i = 0; i < shipped_schema.nentities; i++)
		for (size_t j = 0; j < shipped_schema.entities[i]->nfields; j++)
			check(shipped_schema.entities[i], &shipped_schema.entities[i]->fields[j]);
	arena_free(&arena);
}

static void check_row(const struct entity *e, const struct field *f)
{
	print_message("%s.%s\n", e->name, f->name);
	assert_non_null(f->type);
	assert_true(f->help && f->help[0] && f->help[strlen(f->help) - 1] != '.');
	assert_ptr_equal(entity_field(e, str_of(f->name)), f); /* so names are unique */
	if (f->type == &type_pick)
		assert_true(schema_picklist(&shipped_schema, f->picklist)->n > 0);
	if (f->type == &type_ref || f->type == &type_id)
		assert_non_null(schema_entity(&shipped_schema, str_of(f->ref)));
	if (f->flags & F_MATCH)
		assert_non_null(f->type->key);
	if (!(f->flags & F_SYSTEM) && f->type != &type_id)
		assert_non_null(f->label_vi);
}

static void every_row_is_whole(void **state)
{
	(void)state;
	each_field(check_row);
}

static void check_default(const struct entity *e, const struct field *f)
{
	struct codec c = codec();
	struct diag d = { 0 };
	struct value v;
	(void)e;
	if (f->def)
		assert_true(field_parse(f, &v, (struct cell){ CELL_TEXT, str_of(f->def) }, &c, &d));
	diag_free(&d);
}

static void every_default_is_a_value(void **state)
{
	(void)state;
	each_field(check_default);
}

static void check_header(const struct entity *e, const char *header, const struct field *f)
{
	const struct field *found = field_by_header(e, str_of(header), &arena);
	if (found != f)
		print_message("%s: header \"%s\" of %s is taken for %s\n", e->name, header, f->name,
			      found ? found->name : "nothing");
	assert_ptr_equal(found, f);
}

static void check_headers(const struct entity *e, const struct field *f)
{
	struct str rest = str_of(f->alias), alias;
	check_header(e, f->name, f);
	check_header(e, f->label ? f->label : f->name, f);
	check_header(e, f->label_vi ? f->label_vi : f->name, f);
	while (str_cut(&rest, '|', &alias))
		check_header(e, arena_str(&arena, alias).p, f);
}

/* No name, label or alias stands for two fields of a type. */
static void headers_are_unambiguous(void **state)
{
	(void)state;
	each_field(check_headers);
}

static bool resolve_nothing(void *ctx, const struct entity *e, struct str text, int64_t *id,
			    struct diag *d)
{
	(void)ctx, (void)e, (void)text, (void)id;
	return diag_set(d, NULL, "nothing");
}

static void every_type_can_be_listed(void **state)
{
	(void)state;
	for (size_t i = 0; i < shipped_schema.nentities; i++) {
		const struct entity *e = shipped_schema.entities[i];
		struct query_context q = { .schema = &shipped_schema,
					   .settings = &settings,
					   .entity = e,
					   .arena = &arena,
					   .resolve = resolve_nothing };
		struct diag d = { 0 };
		struct path *paths;
		size_t n;
		print_message("%s\n", e->name);
		assert_true(fields_parse(str_of(e->list), &q, NULL, 0, &paths, &n, &d));
		assert_non_null(entity_field(e, str_of(e->title)));
		assert_ptr_equal(entity_field(e, STR("id")), &e->fields[FIELD_ID]);
		if (e->key)
			assert_true(entity_key(e)->flags & F_UNIQUE);
		diag_free(&d);
	}
	arena_free(&arena);
}

static void every_pick_is_found(void **state)
{
	(void)state;
	const struct picklist *l;
	for (size_t i = 0; (l = default_picklist_at(i)); i++) {
		for (size_t j = 0; j < l->n; j++) {
			print_message("%s %s\n", l->name, l->picks[j].key);
			assert_ptr_equal(picklist_find(l, str_of(l->picks[j].key), &arena),
					 &l->picks[j]);
			assert_non_null(l->picks[j].en);
			assert_non_null(l->picks[j].vi);
		}
	}
	assert_null(picklist_find(default_picklist_at(0), STR("no such thing"), &arena));
	arena_free(&arena);
}

static void references(void **state)
{
	static const char *const wrong[] = { "lead",	"lead-",
					     "lead-0",	"lead--1",
					     "lead-1x", "led-1",
					     "-1",	"lead-99999999999999999999",
					     "" };
	const struct entity *e;
	int64_t id;
	(void)state;
	assert_true(ref_parse(&shipped_schema, STR("stage_change-7"), &e, &id));
	assert_string_equal(e->name, "stage_change");
	assert_int_equal(id, 7);
	for (size_t i = 0; i < countof(wrong); i++)
		assert_false(ref_parse(&shipped_schema, str_of(wrong[i]), &e, &id));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(every_row_is_whole),
		cmocka_unit_test(every_default_is_a_value),
		cmocka_unit_test(headers_are_unambiguous),
		cmocka_unit_test(every_type_can_be_listed),
		cmocka_unit_test(every_pick_is_found),
		cmocka_unit_test(references),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
