/*
 * What is compared, and what is thought of it before the data have spoken.
 *
 * The priors are those of contact lists in general: one person's records agree on a
 * name nine times in ten, have another telephone number one time in three; they weigh as
 * much as fifty pairs, so that a database of any size outvotes them.  `shared` is about
 * pairs that are two people, but close: spouses, twins, father and son, colleagues.
 */
#include "domain/dedupe_impl.h"

const char *const level_names[LEVELS] = { "missing", "same", "near", "part", "other" };

/* clang-format off */
/*                            missing same  near  part  other    u: same  near   part   other */
#define M(same, near, part, other) { 1, same, near, part, other }

const struct trait_def trait_defs[TRAITS] = {
	{ "given_name", "Given name", "Tên", TRAIT_GIVEN, NO_PLACE,
	  M(.84, .09, .05, .02), M(.02, .005, .02, .955), .01, TRAIT_GIVEN },
	{ "middle_name", "Middle name", "Tên đệm", TRAIT_GIVEN, NO_PLACE,
	  M(.85, .04, .08, .03), M(.03, .01, .05, .91), .5, TRAIT_GIVEN },
	{ "family_name", "Family name", "Họ", TRAIT_GIVEN, NO_PLACE,
	  M(.88, .07, .02, .03), M(.03, .005, .01, .955), .5, TRAIT_GIVEN },
	{ "firm", "Organisation", "Tổ chức", TRAIT_FIRM, NO_PLACE,
	  M(.75, .12, .08, .05), M(.0001, .0005, .005, .994), .02, TRAIT_FIRM },
	{ "birth_date", "Birth date", "Ngày sinh", TRAIT_BIRTH, NO_PLACE,
	  M(.90, .06, .02, .02), M(.0001, .001, .02, .979), .01, TRAIT_BIRTH },
	{ "phone", "Telephone", "Điện thoại", TRAIT_PHONE, NO_PLACE,
	  M(.65, .04, .01, .30), M(.000001, .0001, .0001, .9998), .5, TRAIT_PHONE },
	{ "email", "E-mail", "Email", TRAIT_EMAIL, NO_PLACE,
	  M(.62, .08, .05, .25), M(.000001, .001, .004, .995), .1, TRAIT_FAMILY },
	{ "tax_code", "Tax code", "Mã số thuế", TRAIT_TAX, NO_PLACE,
	  M(.90, .05, .01, .04), M(.000001, .0001, .0001, .9998), .2, TRAIT_TAX },
	{ "company", "Company", "Công ty", TRAIT_FIRM, NO_PLACE,
	  M(.60, .10, .10, .20), M(.0005, .0005, .005, .994), .5, TRAIT_COMPANY },
	{ "street", "Street", "Đường", TRAIT_STREET, PLACE,
	  M(.75, .12, .05, .08), M(.0005, .001, .01, .9885), .0, TRAIT_STREET },
	{ "number", "House number", "Số nhà", TRAIT_NUMBER, PLACE,
	  M(.85, .05, .02, .08), M(.01, .05, .01, .93), .0, TRAIT_NUMBER },
	{ "ward", "Ward", "Phường/xã", TRAIT_CITY, PLACE_NESTED,
	  M(.75, .10, .03, .12), M(.005, .005, .01, .98), .0, TRAIT_BIRTH },
	{ "district", "District", "Quận/huyện", TRAIT_CITY, PLACE_NESTED,
	  M(.80, .08, .03, .09), M(.01, .005, .01, .975), .0, TRAIT_BIRTH },
	{ "city", "City", "Tỉnh/thành phố", TRAIT_CITY, PLACE_NESTED,
	  M(.80, .08, .04, .08), M(.02, .005, .02, .955), .0, TRAIT_BIRTH },
	{ "region", "Region", "Vùng", TRAIT_REGION, PLACE_NESTED,
	  M(.90, .03, .01, .06), M(.1, .02, .01, .87), .0, TRAIT_BIRTH },
	{ "postal_code", "Postal code", "Mã bưu chính", TRAIT_POSTCODE, PLACE_NESTED,
	  M(.85, .06, .01, .08), M(.002, .01, .001, .987), .0, TRAIT_BIRTH },
};
/* clang-format on */
