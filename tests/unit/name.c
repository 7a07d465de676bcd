/* Names of people and organisations. */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>

#include "core/name.h"
#include "noise.h"

static struct arena arena;

static int reset(void **state)
{
	(void)state;
	arena_free(&arena);
	return 0;
}

struct split_case {
	const char *full, *title, *family, *middle, *given, *suffix;
};

static bool part_is(const char *full, const char *what, struct str got, const char *want)
{
	if (str_is(got, want))
		return true;
	print_message("\"%s\": %s \"%.*s\", want \"%s\"\n", full, what, (int)got.n,
		      got.p ? got.p : "", want);
	return false;
}

static void assert_splits(const struct split_case *c, size_t n, bool family_first)
{
	size_t wrong = 0;
	for (size_t i = 0; i < n; i++, c++) {
		struct person_name name;
		name_split(str_of(c->full), family_first, &name, &arena);
		wrong += !part_is(c->full, "title", name.title, c->title) ||
			 !part_is(c->full, "family", name.family, c->family) ||
			 !part_is(c->full, "middle", name.middle, c->middle) ||
			 !part_is(c->full, "given", name.given, c->given) ||
			 !part_is(c->full, "suffix", name.suffix, c->suffix);
	}
	assert_int_equal(wrong, 0);
}

static const struct split_case vietnamese[] = {
	{ "Nguyễn Văn An", "", "Nguyễn", "Văn", "An", "" },
	{ "Trần Thị Thanh Lan", "", "Trần", "Thị Thanh", "Lan", "" },
	{ "  trần   thị lan ", "", "trần", "thị", "lan", "" },
	{ "NGUYEN VAN AN", "", "NGUYEN", "VAN", "AN", "" },
	{ "Nguyen Thi Jenny", "", "Nguyen", "Thi", "Jenny", "" },
	{ "Lê Lan", "", "Lê", "", "Lan", "" },
	{ "Vũ Đức Đam", "", "Vũ", "Đức", "Đam", "" },
	{ "Chị Trần Thị Lan", "Chị", "Trần", "Thị", "Lan", "" },
	{ "anh Nam", "anh", "", "", "Nam", "" },
	{ "Ông TS. Nguyễn Văn An", "Ông TS.", "Nguyễn", "Văn", "An", "" },
	{ "PGS.TS.Nguyễn Văn An", "PGS.TS.", "Nguyễn", "Văn", "An", "" },
	{ "Bác sĩ Trần Bình", "Bác sĩ", "Trần", "", "Bình", "" },
	{ "Chi Nguyen Thi Lan", "Chi", "Nguyen", "Thi", "Lan", "" },
	{ "Chu Văn An", "", "Chu", "Văn", "An", "" },
	{ "Bà Huyện Thanh Quan", "Bà", "Huyện", "Thanh", "Quan", "" },
	{ "Tôn Nữ Thị Ninh", "", "Tôn Nữ", "Thị", "Ninh", "" },
	{ "Nguyễn, Thị Thanh Lan", "", "Nguyễn", "Thị Thanh", "Lan", "" },
	{ "Lan Nguyễn", "", "Nguyễn", "", "Lan", "" },
	{ "Mai Trần", "", "Trần", "", "Mai", "" },
	{ "Trần Văn An (Tí)", "", "Trần", "Văn", "An", "" },
	{ "Lan", "", "", "", "Lan", "" },
	{ "Ông", "", "", "", "Ông", "" },
	{ "", "", "", "", "", "" },
};

static const struct split_case western[] = {
	{ "John Smith", "", "Smith", "", "John", "" },
	{ "John Fitzgerald Kennedy", "", "Kennedy", "Fitzgerald", "John", "" },
	{ "Dr. Ludwig van der Berg Jr.", "Dr.", "van der Berg", "", "Ludwig", "Jr." },
	{ "Juan Carlos de la Cruz", "", "de la Cruz", "Carlos", "Juan", "" },
	{ "Vincent Van Gogh", "", "Van Gogh", "", "Vincent", "" },
	{ "Mohammed bin Salman Al Saud", "", "Al Saud", "bin Salman", "Mohammed", "" },
	{ "José Ortega y Gasset", "", "Ortega y Gasset", "", "José", "" },
	{ "Smith, John Paul", "", "Smith", "Paul", "John", "" },
	{ "Smith, Dr. John", "Dr.", "Smith", "", "John", "" },
	{ "van der Berg, Ludwig", "", "van der Berg", "", "Ludwig", "" },
	{ "John Smith, PhD, MBA", "", "Smith", "", "John", "PhD MBA" },
	{ "John Smith III", "", "Smith", "", "John", "III" },
	{ "John \"Jack\" Smith", "", "Smith", "", "John", "" },
	{ "Mary-Ann O'Brien", "", "O'Brien", "", "Mary-Ann", "" },
	{ "Prof. Dr. Anna Weiß", "Prof. Dr.", "Weiß", "", "Anna", "" },
	{ "Mr. Nguyễn Văn An", "Mr.", "Nguyễn", "Văn", "An", "" },
	{ "王小明", "", "王", "", "小明", "" },
	{ "欧阳娜娜", "", "欧阳", "", "娜娜", "" },
	{ "田中 太郎", "", "田中", "", "太郎", "" },
	{ "山田太郎", "", "山田", "", "太郎", "" },
	{ "김민준", "", "김", "", "민준", "" },
	{ "남궁민수", "", "남궁", "", "민수", "" },
	{ "さくら", "", "", "", "さくら", "" },
};

static void splits(void **state)
{
	(void)state;
	for (int setting = 0; setting < 2; setting++) { /* the words say it, whatever is set */
		assert_splits(western, countof(western), setting);
		assert_splits(vietnamese, countof(vietnamese), setting);
	}
}

/* Where the words do not say it, the setting does. */
static void setting(void **state)
{
	static const struct split_case family_first[] = {
		{ "Le Van", "", "Le", "", "Van", "" },
		{ "Mai Hoa", "", "Mai", "", "Hoa", "" },
		{ "Bich Ngoc", "", "Bich", "", "Ngoc", "" },
	};
	static const struct split_case given_first[] = {
		{ "Mai Hoa", "", "Hoa", "", "Mai", "" },
		{ "Kim Long", "", "Long", "", "Kim", "" },
		{ "Tran Lan", "", "Tran", "", "Lan", "" },
	};
	(void)state;
	assert_splits(family_first, countof(family_first), true);
	assert_splits(given_first, countof(given_first), false);
}

static void fields(void **state)
{
	struct person_name n;
	(void)state;
	name_split(STR("Anh Thư"), true, &n, &arena);
	assert_true(part_is("Anh Thư", "title", n.title, ""));
	assert_true(part_is("Anh Thư", "family", n.family, "Anh"));
	name_split(STR("Anh Anh Thư"), true, &n, &arena);
	assert_true(part_is("Anh Anh Thư", "title", n.title, "Anh"));
	assert_true(part_is("Anh Anh Thư", "given", n.given, "Thư"));
	name_split(STR("Chị Trần Thị Thanh Lan"), false, &n, &arena);
	assert_true(str_is(name_first(&n, &arena), "Lan"));
	assert_true(str_is(name_last(&n, &arena), "Trần Thị Thanh"));
	name_split(STR("John Fitzgerald Kennedy"), true, &n, &arena);
	assert_true(str_is(name_first(&n, &arena), "John Fitzgerald"));
	assert_true(str_is(name_last(&n, &arena), "Kennedy"));
	name_split(STR("Tra\xcc\x82\xcc\x80n Lan"), true, &n, &arena); /* NFD */
	assert_true(str_is(n.family, "Trần"));
}

static void keys(void **state)
{
	static const struct {
		const char *name, *key;
	} firms[] = {
		{ "CÔNG TY CỔ PHẦN SỮA VIỆT NAM", "sua viet nam" },
		{ "Công ty TNHH MTV TM & DV Hoa Sen", "hoa sen" },
		{ "Cty TNHH Một Thành Viên Hoa Sen", "hoa sen" },
		{ "CTCP Đầu tư Xây dựng Đại Phát", "dai phat" },
		{ "Chi nhánh Công ty TNHH ABC", "abc" },
		{ "ABC Co., Ltd.", "abc" },
		{ "A.B.C. Joint Stock Company", "abc" },
		{ "Acme Inc", "acme" },
		{ "ACME, Incorporated", "acme" },
		{ "Müller & Söhne GmbH & Co. KG", "muller sohne" },
		{ "Công ty Thương mại", "cong ty thuong mai" },
		{ "Cơ khí Hải Phòng", "co khi hai phong" },
		{ "Công ty CP Cơ khí Hải Phòng", "co khi hai phong" },
		{ "Cty Động cơ Điện Minh Anh", "dong co dien minh anh" },
		{ "Minh Anh Co", "minh anh" },
		{ "Minh Anh Co., Ltd. Hà Nội", "minh anh ha noi" },
		{ "Thế Giới Di Động", "the gioi di dong" },
		{ "Công ty TNHH The Coffee House", "coffee house" },
		{ "Công ty TNHH Hoàng Sa", "hoang sa" },
		{ "Danone S.A.", "danone" },
		{ "Siemens AG Việt Nam", "siemens viet nam" },
		{ "Sen Spa", "sen spa" },
		{ "BV Chợ Rẫy", "bv cho ray" },
		{ "Đại học Thương mại", "dai hoc thuong mai" },
		{ "Ngân hàng TMCP Á Châu", "ngan hang a chau" },
		{ "Ngân hàng Thương mại Cổ phần Á Châu", "ngan hang a chau" },
		{ "Ngân hàng Đầu tư và Phát triển Việt Nam",
		  "ngan hang dau tu phat trien viet nam" },
		{ "3M", "3m" },
		{ "", "" },
	};
	(void)state;
	for (size_t i = 0; i < countof(firms); i++)
		assert_true(part_is(firms[i].name, "key", org_key(str_of(firms[i].name), &arena),
				    firms[i].key));
}

static void noise(void **state)
{
	static const char some[] = "abTranLevanThi ,.()\"' \xc4\x91\xe1\xba\xa7n\xe7\x8e\x8b";
	(void)state;
	srand(1);
	for (int i = 0; i < 20000; i++) {
		struct str s = noise_new(some, 64, 8);
		struct person_name n;
		name_split(s, i % 2, &n, &arena);
		name_first(&n, &arena);
		name_last(&n, &arena);
		org_key(s, &arena);
		noise_free(s);
		arena_reset(&arena);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_teardown(splits, reset), cmocka_unit_test_teardown(setting, reset),
		cmocka_unit_test_teardown(fields, reset), cmocka_unit_test_teardown(keys, reset),
		cmocka_unit_test_teardown(noise, reset),
	};
	return cmocka_run_group_tests_name("name", tests, NULL, NULL);
}
