/* Postal addresses. */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>

#include "core/address.h"
#include "noise.h"

static struct arena arena;

static int reset(void **state)
{
	(void)state;
	arena_free(&arena);
	return 0;
}

static bool part_is(const char *text, const char *what, struct str got, const char *want)
{
	if (str_is(got, want))
		return true;
	print_message("\"%s\": %s \"%.*s\", want \"%s\"\n", text, what, (int)got.n,
		      got.p ? got.p : "", want);
	return false;
}

static void splits(void **state)
{
	static const struct {
		const char *text, *street, *ward, *district, *city, *postal_code, *country;
	} cases[] = {
		{ "12/3 Lê Lợi, Phường Bến Nghé, Quận 1, TP. Hồ Chí Minh", "12/3 Lê Lợi",
		  "Phường Bến Nghé", "Quận 1", "Hồ Chí Minh", "", "" },
		{ "12/3 Lê Lợi, P. Bến Nghé, Q.1, TP.HCM", "12/3 Lê Lợi", "Phường Bến Nghé",
		  "Quận 1", "Hồ Chí Minh", "", "" },
		{ "12/3 Lê Lợi P.5 Q10 TPHCM", "12/3 Lê Lợi", "Phường 5", "Quận 10", "Hồ Chí Minh",
		  "", "" },
		{ "12/3 Lê Lợi, p05, q.03, Sài Gòn", "12/3 Lê Lợi", "Phường 5", "Quận 3",
		  "Hồ Chí Minh", "", "" },
		{ "Số 8 ngõ 15 Trần Duy Hưng - Trung Hòa - Quận Cầu Giấy - HN",
		  "Số 8 ngõ 15 Trần Duy Hưng", "Trung Hòa", "Quận Cầu Giấy", "Hà Nội", "", "" },
		{ "P. Trần Duy Hưng, P. Trung Hòa, Cầu Giấy, Hà Nội 100000, Việt Nam",
		  "P. Trần Duy Hưng, Cầu Giấy", "Phường Trung Hòa", "", "Hà Nội", "100000",
		  "Việt Nam" },
		{ "thôn 3, xã Hòa Thắng, TP. Buôn Ma Thuột, tỉnh Đắk Lắk", "thôn 3", "Xã Hòa Thắng",
		  "Thành phố Buôn Ma Thuột", "Đắk Lắk", "", "" },
		{ "xa Hoa Thang, tp Buon Ma Thuot, Daklak", "", "Xã Hoa Thang",
		  "Thành phố Buon Ma Thuot", "Đắk Lắk", "", "" },
		{ "TT. Củ Chi, H. Củ Chi, TP.HCM", "", "Thị trấn Củ Chi", "Huyện Củ Chi",
		  "Hồ Chí Minh", "", "" },
		{ "Khu phố 2, phường Phú Mỹ, TX. Phú Mỹ, BR-VT", "Khu phố 2", "Phường Phú Mỹ",
		  "Thị xã Phú Mỹ", "Bà Rịa - Vũng Tàu", "", "" },
		/* Two levels, since 1 July 2025. */
		{ "12 Lê Lợi, phường Sài Gòn, TP. Hồ Chí Minh", "12 Lê Lợi", "Phường Sài Gòn", "",
		  "Hồ Chí Minh", "", "" },
		{ "Xã Tân Thành, tỉnh Cà Mau", "", "Xã Tân Thành", "", "Cà Mau", "", "" },
		{ "Đặc khu Phú Quốc, An Giang", "", "Đặc khu Phú Quốc", "", "An Giang", "", "" },
		{ "5 Hùng Vương, TP Huế, Thừa Thiên Huế", "5 Hùng Vương", "", "Thành phố Huế",
		  "Thừa Thiên Huế", "", "" },
		{ "5 Hùng Vương, Huế, Thừa Thiên Huế", "5 Hùng Vương", "", "Huế", "Thừa Thiên Huế",
		  "", "" },
		{ "12 Lê Lợi, Quận 1 Sài Gòn", "12 Lê Lợi", "", "Quận 1", "Hồ Chí Minh", "", "" },
		{ "12 Lê Lợi, Phường Hà Nam", "12 Lê Lợi", "Phường Hà Nam", "", "", "", "" },
		{ "km 9 tỉnh lộ 10, Bình Tân, TP.HCM", "km 9 tỉnh lộ 10, Bình Tân", "", "",
		  "Hồ Chí Minh", "", "" },
		{ "Tỉnh lộ 10, huyện Bình Chánh", "Tỉnh lộ 10", "", "Huyện Bình Chánh", "", "",
		  "" },
		{ "245 Nguyễn Tri Phương, Phường 5, Quận 10", "245 Nguyễn Tri Phương", "Phường 5",
		  "Quận 10", "", "", "" },
		{ "245 Nguyen Tri Phuong, phuong 5, quan 10, Ho Chi Minh City, Vietnam",
		  "245 Nguyen Tri Phuong", "Phường 5", "Quận 10", "Hồ Chí Minh", "", "Việt Nam" },
		{ "2 Hai Trieu St, Ben Nghe Ward, District 1, HCMC", "2 Hai Trieu St",
		  "Phường Ben Nghe", "Quận 1", "Hồ Chí Minh", "", "" },
		{ "12 Lê Lợi\nPhường Bến Thành\nQuận 1", "12 Lê Lợi", "Phường Bến Thành", "Quận 1",
		  "", "", "" },
		{ "Hà Nội", "", "", "", "Hà Nội", "", "" },
		{ "10 Downing Street, London SW1A 2AA", "10 Downing Street, London SW1A 2AA", "",
		  "", "", "", "" },
		{ "12 P Street NW", "12 P Street NW", "", "", "", "", "" },
		{ "", "", "", "", "", "", "" },
	};
	size_t wrong = 0;
	(void)state;
	for (size_t i = 0; i < countof(cases); i++) {
		const char *text = cases[i].text;
		struct address got;
		bool found = address_split(str_of(text), &got, &arena);
		wrong += !part_is(text, "street", got.street, cases[i].street) ||
			 !part_is(text, "ward", got.ward, cases[i].ward) ||
			 !part_is(text, "district", got.district, cases[i].district) ||
			 !part_is(text, "city", got.city, cases[i].city) ||
			 !part_is(text, "postal code", got.postal_code, cases[i].postal_code) ||
			 !part_is(text, "country", got.country, cases[i].country) ||
			 found != (got.ward.n || got.district.n || got.city.n);
	}
	assert_int_equal(wrong, 0);
}

static void provinces(void **state)
{
	static const char *const all[] = {
		"An Giang",	  "Bà Rịa - Vũng Tàu", "Bắc Giang",   "Bắc Kạn",
		"Bạc Liêu",	  "Bắc Ninh",	       "Bến Tre",     "Bình Định",
		"Bình Dương",	  "Bình Phước",	       "Bình Thuận",  "Cà Mau",
		"Cần Thơ",	  "Cao Bằng",	       "Đà Nẵng",     "Đắk Lắk",
		"Đắk Nông",	  "Điện Biên",	       "Đồng Nai",    "Đồng Tháp",
		"Gia Lai",	  "Hà Giang",	       "Hà Nam",      "Hà Nội",
		"Hà Tĩnh",	  "Hải Dương",	       "Hải Phòng",   "Hậu Giang",
		"Hồ Chí Minh",	  "Hòa Bình",	       "Hưng Yên",    "Khánh Hòa",
		"Kiên Giang",	  "Kon Tum",	       "Lai Châu",    "Lâm Đồng",
		"Lạng Sơn",	  "Lào Cai",	       "Long An",     "Nam Định",
		"Nghệ An",	  "Ninh Bình",	       "Ninh Thuận",  "Phú Thọ",
		"Phú Yên",	  "Quảng Bình",	       "Quảng Nam",   "Quảng Ngãi",
		"Quảng Ninh",	  "Quảng Trị",	       "Sóc Trăng",   "Sơn La",
		"Tây Ninh",	  "Thái Bình",	       "Thái Nguyên", "Thanh Hóa",
		"Thừa Thiên Huế", "Tiền Giang",	       "Trà Vinh",    "Tuyên Quang",
		"Vĩnh Long",	  "Vĩnh Phúc",	       "Yên Bái",
	};
	(void)state;
	assert_int_equal(countof(all), 63);
	for (size_t i = 0; i < countof(all); i++) {
		struct str name = str_of(all[i]);
		assert_true(part_is(all[i], "name", province_name(name, &arena), all[i]));
	}
	assert_true(str_is(province_name(STR("T. Hải Dương"), &arena), "Hải Dương"));
	assert_true(str_is(province_name(STR("Tp Hcm"), &arena), "Hồ Chí Minh"));
	assert_true(str_is(province_name(STR("Saigon"), &arena), "Hồ Chí Minh"));
	assert_true(str_is(province_name(STR("Hanoi City"), &arena), "Hà Nội"));
	assert_true(str_is(province_name(STR("Ba Ria-Vung Tau"), &arena), "Bà Rịa - Vũng Tàu"));
	assert_true(str_is(province_name(STR("Thừa Thiên-Huế"), &arena), "Thừa Thiên Huế"));
	assert_int_equal(province_name(STR("Điện Biên Phủ"), &arena).n, 0);
	assert_int_equal(province_name(STR("London"), &arena).n, 0);
	assert_int_equal(province_name(STR(""), &arena).n, 0);
}

static void keys(void **state)
{
	static const char *const same[][2] = {
		{ "12/3 Đường Lê Lợi, P. Bến Nghé, Q.1", "12/3 le loi p ben nghe q 1" },
		{ "12/3 đ. Lê Lợi, Phường Bến Nghé, Quận 01", "12/3 le loi p ben nghe q 1" },
		{ "Số 12/3 LE LOI, phuong Ben Nghe, q1", "12/3 le loi p ben nghe q 1" },
		{ "5 Lê Lợi, TP.HCM, Việt Nam", "5 le loi ho chi minh" },
		{ "5 Lê Lợi; Sài Gòn", "5 le loi ho chi minh" },
		{ "5 Lê Lợi\nThành phố Hồ Chí Minh", "5 le loi ho chi minh" },
		{ "Thị trấn Củ Chi", "tt cu chi" },
		{ "TT. Củ Chi", "tt cu chi" },
		{ "12 Main Street", "12 main st" },
		{ "12, Main St.", "12 main st" },
		{ "7 North Park Avenue", "7 n park ave" },
		{ "7 N. Park Av", "7 n park ave" },
		{ "", "" },
	};
	(void)state;
	for (size_t i = 0; i < countof(same); i++)
		assert_true(part_is(same[i][0], "key", address_key(str_of(same[i][0]), &arena),
				    same[i][1]));
}

static void noise(void **state)
{
	static const char some[] =
	    "P.Q.TP.HCM 1205, -/\n qu\xe1\xba\xadn ph\xc6\xb0\xe1\xbb\x9dng ";
	(void)state;
	srand(1);
	for (int i = 0; i < 20000; i++) {
		struct str s = noise_new(some, 80, 9);
		struct address out;
		address_split(s, &out, &arena);
		address_key(s, &arena);
		noise_free(s);
		arena_reset(&arena);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_teardown(splits, reset),
		cmocka_unit_test_teardown(provinces, reset),
		cmocka_unit_test_teardown(keys, reset),
		cmocka_unit_test_teardown(noise, reset),
	};
	return cmocka_run_group_tests_name("address", tests, NULL, NULL);
}
