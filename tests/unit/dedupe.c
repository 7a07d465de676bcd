/* How near texts are, and whether the learning finds the weights that data were made with. */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>

#include <math.h>
#include <stdio.h>
#include <stdlib.h>

#include "domain/dedupe_impl.h"
#include "domain/dedupe_text.h"

/* Winkler's own pairs (1990, 2006), as published with three or four digits. */
static void jaro_winkler_as_published(void **state)
{
	static const struct {
		const char *a, *b;
		double wanted;
	} cases[] = {
		{ "martha", "marhta", .961 },
		{ "dwayne", "duane", .840 },
		{ "dixon", "dicksonx", .813 },
		{ "jones", "johnson", .832 },
		{ "abroms", "abrams", .922 },
		{ "hardin", "martinez", .722 },
		{ "jon", "john", .933 },
		{ "massey", "massie", .933 },
		{ "michelle", "michael", .921 },
		{ "abc", "xyz", 0 },
		{ "", "", 1 },
		{ "a", "", 0 },
		{ "same", "same", 1 },
	};
	(void)state;
	for (size_t i = 0; i < countof(cases); i++) {
		struct str a = str_of(cases[i].a), b = str_of(cases[i].b);
		double got = jaro_winkler(a, b, 0), back = jaro_winkler(b, a, 0);
		if (fabs(got - cases[i].wanted) > .0006 || fabs(got - back) > 1e-12)
			fail_msg("%s, %s: %f, not %f", a.p, b.p, got, cases[i].wanted);
	}
}

static void edit_distances(void **state)
{
	static const struct {
		const char *a, *b;
		size_t most, wanted;
	} cases[] = {
		{ "kitten", "sitting", 5, 3 }, { "minh", "mihn", 5, 1 },
		{ "ca", "abc", 5, 3 },	       { "", "abc", 5, 3 },
		{ "abc", "", 5, 3 },	       { "abc", "abc", 0, 0 },
		{ "kitten", "sitting", 1, 2 }, { "abc", "", 1, 2 },
		{ "abcdef", "badcfe", 5, 3 },
	};
	(void)state;
	for (size_t i = 0; i < countof(cases); i++) {
		struct str a = str_of(cases[i].a), b = str_of(cases[i].b);
		assert_int_equal(edit_distance(a, b, cases[i].most), cases[i].wanted);
		assert_int_equal(edit_distance(b, a, cases[i].most), cases[i].wanted);
	}
}

/* Texts longer than what is looked at are cut, never read beyond. */
static void long_texts(void **state)
{
	char a[400], b[400];
	(void)state;
	memset(a, 'x', sizeof a);
	memset(b, 'x', sizeof b);
	b[0] = 'y';
	struct str x = { a, sizeof a }, y = { b, sizeof b };
	assert_int_equal(edit_distance(x, y, 3), 1);
	assert_true(jaro_winkler(x, y, 0) > .9 && jaro_winkler(x, y, 0) < 1);
}

static void sounds(void **state)
{
	(void)state;
	assert_int_equal(sound_code(STR("nguyen")), sound_code(STR("nguyeen")));
	assert_int_equal(sound_code(STR("smith")), sound_code(STR("smyth")));
	assert_int_not_equal(sound_code(STR("smith")), sound_code(STR("jones")));
	assert_int_equal(sound_code(STR("123")), 0);
	assert_true(same_letters(STR("elk i"), STR("elki")));
	assert_false(same_letters(STR("elki"), STR("elk")));
	assert_true(words_contained(STR("minh anh"), STR("cong ty minh anh")));
	assert_false(words_contained(STR("minh anh"), STR("minh em")));
	assert_true(words_apart(STR("mary crane east"), STR("mary crane west")));
	assert_false(words_apart(STR("mary crane"), STR("mary crane west")));
	assert_false(words_apart(STR("arts deli"), STR("art delicatessen")));
	assert_true(short_name(STR("bob"), STR("robert")) && short_name(STR("robert"), STR("bob")));
	assert_false(short_name(STR("bob"), STR("bill")));
	assert_true(short_name(STR("sandy"), STR("alexander")) &&
		    short_name(STR("zachary"), STR("zach")));
	assert_true(neighbours_swapped(STR("nhi"), STR("nih")));
	assert_false(neighbours_swapped(STR("nhi"), STR("hni ")) ||
		     neighbours_swapped(STR("an"), STR("an")));
	assert_true(jaro_winkler(STR("martha"), STR("marhta"), .96) > .96);
	assert_true(jaro_winkler(STR("martha"), STR("marhta"), .97) == 0);
	assert_true(tax_codes_apart(STR("0312345678 001"), STR("0312345678 002")));
	assert_true(tax_codes_apart(STR("0312345678"), STR("0312345678 002")));
	assert_false(tax_codes_apart(STR("0312345678"), STR("0312345679")));
	assert_true(fabs(words_in_common(STR("a b c"), STR("b c d")) - 2.0 / 3) < 1e-9);
}

static const struct settings settings = { .region = "VN", .family_first = true };

static void add(struct people *p, const char *entity, const char *const *slots)
{
	struct entity e = { .name = entity };
	struct arena a = { 0 };
	struct str s[SLOTS] = { 0 };
	for (; *slots; slots += 2)
		for (enum slot i = 0; i < SLOTS; i++)
			if (slot_path(&e, i) && !strcmp(slot_path(&e, i), slots[0]))
				s[i] = str_of(slots[1]);
	people_add(p, &settings, &e, s, &a)->id = (int64_t)p->n;
	arena_free(&a);
}

/* How two records agree: "given_name:near …", what is missing left out. */
static void levels_of_records(void **state)
{
	static const struct {
		const char *a[12], *b[12], *wanted;
	} cases[] = {
		{ { "name", "Nguyễn Văn Đức", NULL },
		  { "name", "NGUYEN VAN DUC", NULL },
		  " given_name:same middle_name:same family_name:same" },
		{ { "name", "Nguyễn Văn Đức", NULL },
		  { "name", "Đức Nguyễn", NULL },
		  " given_name:same family_name:same" },
		{ { "name", "Nguyễn Thu Nhi", NULL },
		  { "name", "Nguyễn Thu Nih", NULL },
		  " given_name:near middle_name:same family_name:same" },
		{ { "first_name", "Isla", "last_name", "Hall", NULL },
		  { "first_name", "Hall", "last_name", "Isla", NULL },
		  " given_name:same family_name:same" },
		/* nothing is exchanged with nothing */
		{ { "name", "Dave", NULL }, { "name", "Eve", NULL }, " given_name:other" },
		{ { "first_name", "Robert", "last_name", "Allen", NULL },
		  { "first_name", "Rob", "last_name", "Alen", NULL },
		  " given_name:part family_name:near" },
		{ { "name", "X Y", "phone", "0901234567", "mobile", "0912345678", NULL },
		  { "name", "X Y", "phone", "+84 912 345 678", NULL },
		  " given_name:same family_name:same phone:same" },
		{ { "phone", "0901234567", "birth_date", "1980-03-04", NULL },
		  { "phone", "0901234576", "birth_date", "1980-04-03", NULL },
		  " birth_date:near phone:near" },
		{ { "email", "lan.tran@gmail.com", "birth_date", "--05-17", NULL },
		  { "email", "lan.tran@yahoo.com", "birth_date", "1990-05-17", NULL },
		  " birth_date:part email:part" },
		{ { "email", "lan863@example.vn", NULL },
		  { "email", "lan173@example.vn", NULL },
		  " email:other" },
		{ { "company", "Công ty TNHH Minh Anh", NULL },
		  { "company", "MINH ANH JSC", NULL },
		  " firm:same" },
		{ { "company", "Minh Anh 12", NULL },
		  { "company", "Minh Anh 13", NULL },
		  " firm:other" },
		{ { "street", "6 tullaroop street", "city", "st james", NULL },
		  { "street", "6 tullarop street", "city", "st james", NULL },
		  " street:near number:same city:same" },
		/* two letters of a long name; a digit among letters is a slip, too */
		{ { "first_name", "Georgia", "street", "24 Nels0n Street", NULL },
		  { "first_name", "Ceorcia", "street", "24 Nelson Street", NULL },
		  " given_name:part street:near number:same" },
	};
	(void)state;
	for (size_t i = 0; i < countof(cases); i++) {
		struct people p = { 0 };
		struct agreement g;
		struct buf got = { 0 };
		add(&p, "lead", cases[i].a);
		add(&p, "lead", cases[i].b);
		agreement_of(&p, &p.all[0], &p.all[1], &g);
		for (enum trait t = 0; t < TRAITS; t++)
			if (g.level[t])
				buf_printf(&got, " %s:%s", trait_defs[t].name,
					   level_names[g.level[t]]);
		buf_putc(&got, 0);
		if (strcmp(got.p, cases[i].wanted))
			fail_msg("case %zu:%s, not%s", i, got.p, cases[i].wanted);
		buf_free(&got);
		people_free(&p);
	}
}

static void note_pair(void *ctx, uint32_t a, uint32_t b)
{
	bool *compared = ctx;
	*compared = *compared || (a == 0 && b == 1);
}

/* Who has slips in every field shares a key all the same; 26 others stand between their names. */
static void slips_everywhere_are_compared(void **state)
{
	static const struct {
		const char *a[10], *b[10];
		bool wanted;
	} cases[] = {
		{ { "first_name", "Anna", "last_name", "Berg", "birth_date", "1970-05-06", NULL },
		  { "first_name", "Olga", "last_name", "Zorn", "birth_date", "1970-05-06", NULL },
		  true },
		{ { "first_name", "Adam", "last_name", "Ivanov", "birth_date", "1980-12-03", NULL },
		  { "first_name", "Ivan", "last_name", "Zander", "birth_date", "1908-12-03", NULL },
		  true },
		{ { "first_name", "Adam", "last_name", "Keller", "street", "14 Birubi", NULL },
		  { "first_name", "Kurt", "last_name", "Abel", "street", "14 Xirubi", NULL },
		  true },
		{ { "first_name", "Anna", "last_name", "Berg", "street", "99 Downhams Road", NULL },
		  { "first_name", "Olga", "last_name", "Zorn", "street", "99 Downhasm Road", NULL },
		  true },
		{ { "first_name", "Anna", "last_name", "Berg", "birth_date", "1970-05-06", NULL },
		  { "first_name", "Olga", "last_name", "Zorn", "birth_date", "1970-06-06", NULL },
		  false },
	};
	(void)state;
	for (size_t i = 0; i < countof(cases); i++) {
		struct people p = { 0 };
		bool compared = false;
		struct blocking b = { .people = &p, .ctx = &compared, .pair = note_pair };
		add(&p, "lead", cases[i].a);
		add(&p, "lead", cases[i].b);
		for (char c = 'a'; c <= 'z'; c++) {
			const char name[] = { c, 'm', 'm', 0 };
			add(&p, "lead",
			    (const char *const[]){ "first_name", name, "last_name", name, NULL });
		}
		blocks_visit(&b);
		if (compared != cases[i].wanted)
			fail_msg("case %zu", i);
		people_free(&p);
	}
}

/* Texts are held by people, not by copies; without a number nobody knows who is one. */
static void copies_count_once(void **state)
{
	static const char *const with[] = { "name", "Lê Lan", "phone", "0901234567", NULL };
	static const char *const turned[] = { "name", "Lan Lê", "mobile", "+84901234567", NULL };
	static const char *const without[] = { "name", "Lê Lan", NULL };
	struct people p = { 0 };
	(void)state;
	for (size_t i = 0; i < 9; i++)
		add(&p, "lead", i < 3 ? with : i < 5 ? turned : without);
	people_count(&p);
	assert_int_equal(p.pools[TRAIT_PHONE].count[p.all[0].word[TRAIT_PHONE]], 1);
	assert_int_equal(p.pools[TRAIT_GIVEN].count[p.all[0].word[TRAIT_GIVEN]], 1 + 4);
	people_free(&p);
}

/* Names are apart but for slips, jumbled letters and rare spellings of a common one. */
static void names_that_are_apart(void **state)
{
	static const struct {
		const char *a, *b, *family;
		enum apart wanted;
	} cases[] = {
		{ "Hugo", "Hogu", NULL, NOT_APART },   { "Hugo", "Leon", NULL, APART },
		{ "Klaus", "Horst", NULL, APART },     { "Klaus", "Host", "Reikal", NOT_APART },
		{ "Klaus", "Horst", "Reikal", APART }, { "Hans", "Hanc", NULL, NOT_APART },
		{ "Hans", "Haas", NULL, APART },
	};
	static const struct {
		const char *name;
		size_t times;
	} called[] = {
		{ "Klaus", 9 }, { "Horst", 9 }, { "Hans", 999 }, { "Hanc", 7 }, { "Haas", 99 }
	};
	(void)state;
	for (size_t i = 0; i < countof(cases); i++) {
		struct people p = { 0 };
		struct agreement g;
		const char *first = cases[i].family ? cases[i].family : cases[i].b;
		const char *last = cases[i].family ? cases[i].b : "Reikal";
		add(&p, "lead",
		    (const char *const[]){ "first_name", cases[i].a, "last_name", "Reikal", "email",
					   "reikal@example.com", NULL });
		add(&p, "lead",
		    (const char *const[]){ "first_name", first, "last_name", last, "email",
					   "reikal@example.com", NULL });
		for (size_t j = 0; j < countof(called); j++)
			for (size_t k = 0; k < called[j].times; k++)
				add(&p, "lead",
				    (const char *const[]){ "first_name", called[j].name, NULL });
		people_count(&p);
		agreement_of(&p, &p.all[0], &p.all[1], &g);
		if (g.apart != cases[i].wanted)
			fail_msg("%s and %s %s", cases[i].a, first, last);
		people_free(&p);
	}
}

static uint64_t draws;

static double draw(void)
{
	return (double)(hash_mix(++draws * UINT64_C(0x9e3779b97f4a7c15)) >> 11) /
	       9007199254740992.0;
}

static unsigned below(unsigned n)
{
	return (unsigned)(draw() * n);
}

static void word(char out[8])
{
	for (size_t i = 0; i < 7; i++)
		out[i] = (char)('a' + below(26));
	out[7] = 0;
}

/*
 * A thousand people, two fifths of them twice.  A copy keeps its given name 95 times in a
 * hundred, its family name 85, its birth date 70 and its telephone 60 times: that is what
 * the learning has to find, and how many pairs are one person.
 */
static void learns_what_data_were_made_with(void **state)
{
	enum { PEOPLE = 1000, COPIES = 400 };
	struct people p = { 0 };
	struct model m;
	(void)state;
	for (unsigned i = 0; i < PEOPLE; i++) {
		char birth[2][16], given[2][8], family[2][8], phone[2][16];
		for (unsigned v = 0; v < 2; v++) {
			snprintf(birth[v], sizeof birth[v], "%u-%02u-%02u", 1950 + below(14),
				 1 + below(12), 1 + below(28));
			snprintf(phone[v], sizeof phone[v], "090%07u", below(10000000));
			word(given[v]);
			word(family[v]);
		}
		for (unsigned v = 0; v < (i < COPIES ? 2 : 1); v++) {
			const char *const slots[] = {
				"first_name", given[v && draw() > .95],
				"last_name",  family[v && draw() > .85],
				"birth_date", birth[v && draw() > .7],
				"phone",      phone[v && draw() > .6],
				NULL,
			};
			add(&p, "lead", slots);
		}
	}
	people_count(&p);
	model_train(&m, &p);
	double pairs = (double)p.n * (double)(p.n - 1) / 2;
	/* Other given names on one telephone, .05 x .6 of them, are kept apart. */
	assert_true(fabs(m.match * pairs / (COPIES * .97) - 1) < .06);
	assert_true(fabs(m.m[TRAIT_GIVEN][LEVEL_SAME] - .95) < .03);
	assert_true(fabs(m.m[TRAIT_FAMILY][LEVEL_SAME] - .85) < .05);
	assert_true(fabs(m.m[TRAIT_BIRTH][LEVEL_SAME] - .7) < .07);
	assert_true(fabs(m.m[TRAIT_PHONE][LEVEL_SAME] - .6) < .07);
	assert_true(m.u[TRAIT_BIRTH][LEVEL_OTHER] > .9);
	assert_true(fabs(m.u[TRAIT_BIRTH][LEVEL_SAME] * 14 * 12 * 28 - 1) < .4);
	people_free(&p);
}

/* A name and a town prove that two are one where few have it, and not where many do. */
static void rare_names_alone(void **state)
{
	enum { PEOPLE = 1500, COPIES = 500, NAMESAKES = 30 };
	struct people p = { 0 };
	struct model m;
	(void)state;
	for (unsigned i = 0; i < PEOPLE; i++) {
		char given[8], family[8];
		word(given);
		word(family);
		for (unsigned v = 0; v < (i < COPIES ? 2 : 1); v++)
			add(&p, "lead",
			    (const char *const[]){ "first_name", given, "last_name", family, "city",
						   i % 2 ? "Huế" : "Vinh", NULL });
	}
	for (unsigned i = 0; i < NAMESAKES; i++)
		add(&p, "lead",
		    (const char *const[]){ "first_name", "Anna", "last_name", "Berg", "city", "Huế",
					   NULL });
	people_count(&p);
	model_train(&m, &p);
	assert_true(score_pair(&m, &p, &p.all[0], &p.all[1]) >= DEDUPE_SAME);
	assert_true(score_pair(&m, &p, &p.all[p.n - 2], &p.all[p.n - 1]) <= .75);
	people_free(&p);
}

static void estimates(void **state)
{
	const double seen[LEVELS] = { 50, 60, 20, 0, 20 },
		     prior[LEVELS] = { 1, .25, .25, .25, .25 };
	double out[LEVELS];
	(void)state;
	level_estimate(seen, prior, 0, out);
	assert_true(fabs(out[LEVEL_SAME] - .6) < 1e-9 && out[LEVEL_PART] < 1e-9);
	level_estimate(seen, prior, 100, out);
	assert_true(fabs(out[LEVEL_SAME] - .425) < 1e-9 && fabs(out[LEVEL_PART] - .125) < 1e-9);
	level_estimate((const double[LEVELS]){ 0 }, prior, 0, out);
	assert_true(fabs(out[LEVEL_OTHER] - .25) < 1e-9 && out[LEVEL_MISSING] == 1);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(jaro_winkler_as_published),
		cmocka_unit_test(edit_distances),
		cmocka_unit_test(long_texts),
		cmocka_unit_test(sounds),
		cmocka_unit_test(levels_of_records),
		cmocka_unit_test(slips_everywhere_are_compared),
		cmocka_unit_test(copies_count_once),
		cmocka_unit_test(names_that_are_apart),
		cmocka_unit_test(estimates),
		cmocka_unit_test(learns_what_data_were_made_with),
		cmocka_unit_test(rare_names_alone),
	};
	cmocka_set_message_output(CM_OUTPUT_TAP);
	return cmocka_run_group_tests(tests, NULL, NULL);
}
