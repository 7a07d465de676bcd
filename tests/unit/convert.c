/* No field of a lead is forgotten: each goes somewhere that takes it, or says that it stays. */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>

#include "domain/convert.h"

static const struct entity *lead(void)
{
	return schema_entity(&shipped_schema, STR("lead"));
}

static bool same_text(const char *a, const char *b)
{
	return a == b || (a && b && !strcmp(a, b));
}

/* Whether a value of `from` can be laid into `to` as it is. */
static bool takes(const struct field *to, const struct field *from)
{
	return to->type == from->type && same_text(to->picklist, from->picklist) &&
	       same_text(to->ref, from->ref) &&
	       (to->flags & F_PARTIAL) == (from->flags & F_PARTIAL) &&
	       !(to->flags & (F_SYSTEM | F_DERIVED));
}

static void check_destination(const struct field *from, struct str to)
{
	struct str part, whole = to;
	assert_true(str_cut(&to, '.', &part));
	const struct entity *e = schema_entity(&shipped_schema, part);
	const struct field *f = e ? entity_field(e, to) : NULL;
	if (!e || !f || !takes(f, from))
		fail_msg("lead.%s cannot go to %.*s", from->name, (int)whole.n, whole.p);
	assert_true(str_is(part, "account") || str_is(part, "contact") || str_is(part, "deal"));
}

static void every_field_has_a_destination(void **state)
{
	(void)state;
	for (size_t i = 0; i < lead()->nfields; i++) {
		const struct field *f = &lead()->fields[i];
		struct str rest = str_of(f->converts), to;
		if (!f->converts || !*f->converts)
			fail_msg("lead.%s: where does it go? (struct field.converts)", f->name);
		if (strcmp(f->converts, "-") == 0)
			continue;
		while (str_cut(&rest, ' ', &to))
			check_destination(f, to);
	}
}

/* Two fields must not fight for one place. */
static void no_destination_is_taken_twice(void **state)
{
	struct arena a = { 0 };
	size_t n;
	(void)state;
	const struct route *r = convert_routes(&shipped_schema, &n, &a);
	for (size_t i = 0; i < n; i++)
		for (size_t j = 0; j < i; j++)
			if (r[i].part == r[j].part && r[i].to == r[j].to && !r[i].person &&
			    !r[j].person)
				fail_msg("%s.%s gets lead.%s and lead.%s", part_names[r[i].part],
					 r[i].to->name, r[i].from->name, r[j].from->name);
	arena_free(&a);
}

static size_t count_routes(const struct route *r, size_t n, const char *from, enum part part,
			   bool person)
{
	size_t found = 0;
	for (size_t i = 0; i < n; i++)
		found +=
		    !strcmp(r[i].from->name, from) && r[i].part == part && r[i].person == person;
	return found;
}

static void routes_are_those_of_the_schema(void **state)
{
	static const struct {
		const char *from;
		enum part part;
		bool person;
		size_t n;
	} cases[] = {
		{ "company", PART_ACCOUNT, false, 1 },
		{ "company", PART_CONTACT, false, 0 },
		{ "name", PART_CONTACT, false, 1 },
		{ "name", PART_ACCOUNT, false, 0 },
		{ "name", PART_ACCOUNT, true, 1 }, /* a person's name is the account's */
		{ "birth_date", PART_ACCOUNT, true, 1 },
		{ "email", PART_ACCOUNT, false, 1 },
		{ "email", PART_ACCOUNT, true, 0 }, /* goes there anyway */
		{ "street", PART_ACCOUNT, false, 1 },
		{ "street", PART_ACCOUNT, true, 0 }, /* to billing_street, once */
		{ "budget", PART_DEAL, false, 2 },   /* its budget and its amount */
		{ "status", PART_ACCOUNT, false, 0 },
		{ "tags", PART_DEAL, false, 1 },
	};
	struct arena a = { 0 };
	size_t n;
	(void)state;
	const struct route *r = convert_routes(&shipped_schema, &n, &a);
	for (size_t i = 0; i < countof(cases); i++)
		if (count_routes(r, n, cases[i].from, cases[i].part, cases[i].person) != cases[i].n)
			fail_msg("%s to %s%s: not %zu", cases[i].from, part_names[cases[i].part],
				 cases[i].person ? " of a person" : "", cases[i].n);
	arena_free(&a);
}

/* What a contact would get, a person's account gets: nothing of a person is lost. */
static void persons_lose_nothing(void **state)
{
	struct arena a = { 0 };
	size_t n;
	(void)state;
	const struct route *r = convert_routes(&shipped_schema, &n, &a);
	for (size_t i = 0; i < n; i++)
		if (r[i].part == PART_CONTACT &&
		    !count_routes(r, n, r[i].from->name, PART_ACCOUNT, false) &&
		    !count_routes(r, n, r[i].from->name, PART_ACCOUNT, true))
			fail_msg("a person's %s has no place on an account", r[i].from->name);
	arena_free(&a);
}

static void overwrite_knows_its_fields(void **state)
{
	static const struct {
		const char *words, *wrong;
	} cases[] = {
		{ "phone", NULL },
		{ "account.phone, contact.title", NULL },
		{ "company", NULL },
		{ "account.billing_city", NULL },
		{ "fone", "no field \"fone\" of a lead goes anywhere; did you mean phone?" },
		{ "status", "\"status\" stays on the lead" },
		{ "deal.phone", "no field \"deal.phone\" of a lead goes anywhere" },
		{ "phone,do_not_call", "\"do_not_call\": of two consents the stricter one wins, "
				       "whatever is wished" },
		{ "", "no field \"\" of a lead goes anywhere" },
	};
	(void)state;
	for (size_t i = 0; i < countof(cases); i++) {
		struct arena a = { 0 };
		struct diag d = { 0 };
		struct store s = { .schema = shipped_schema };
		struct converter c = { .store = &s };
		c.routes = convert_routes(&shipped_schema, &c.nroutes, &a);
		assert_int_equal(converter_overwrite(&c, str_of(cases[i].words), &d),
				 !cases[i].wrong);
		if (cases[i].wrong)
			assert_string_equal(arena_str(&a, d.message).p, cases[i].wrong);
		diag_free(&d);
		arena_free(&a);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(every_field_has_a_destination),
		cmocka_unit_test(no_destination_is_taken_twice),
		cmocka_unit_test(routes_are_those_of_the_schema),
		cmocka_unit_test(persons_lose_nothing),
		cmocka_unit_test(overwrite_knows_its_fields),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
