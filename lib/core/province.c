/* The provinces of Viet Nam: the 63 of before 1 July 2025, and Hà Tây. */
#include <stdlib.h>

#include "core/address.h"
#include "core/utf8.h"

/* Folded letters without blanks, in their order; short forms and exonyms have rows of their own. */
static const struct province {
	const char *key, *name;
} provinces[] = {
	{ "angiang", "An Giang" },
	{ "baccan", "Bắc Kạn" },
	{ "bacgiang", "Bắc Giang" },
	{ "backan", "Bắc Kạn" },
	{ "baclieu", "Bạc Liêu" },
	{ "bacninh", "Bắc Ninh" },
	{ "bariavt", "Bà Rịa - Vũng Tàu" },
	{ "bariavungtau", "Bà Rịa - Vũng Tàu" },
	{ "bentre", "Bến Tre" },
	{ "binhdinh", "Bình Định" },
	{ "binhduong", "Bình Dương" },
	{ "binhphuoc", "Bình Phước" },
	{ "binhthuan", "Bình Thuận" },
	{ "brvt", "Bà Rịa - Vũng Tàu" },
	{ "camau", "Cà Mau" },
	{ "cantho", "Cần Thơ" },
	{ "canthocity", "Cần Thơ" },
	{ "caobang", "Cao Bằng" },
	{ "congtum", "Kon Tum" },
	{ "ct", "Cần Thơ" },
	{ "daclac", "Đắk Lắk" },
	{ "daclak", "Đắk Lắk" },
	{ "dacnong", "Đắk Nông" },
	{ "daklak", "Đắk Lắk" },
	{ "daknong", "Đắk Nông" },
	{ "danang", "Đà Nẵng" },
	{ "danangcity", "Đà Nẵng" },
	{ "dienbien", "Điện Biên" },
	{ "dn", "Đà Nẵng" },
	{ "dng", "Đà Nẵng" },
	{ "dongnai", "Đồng Nai" },
	{ "dongthap", "Đồng Tháp" },
	{ "gialai", "Gia Lai" },
	{ "hagiang", "Hà Giang" },
	{ "haiduong", "Hải Dương" },
	{ "haiphong", "Hải Phòng" },
	{ "haiphongcity", "Hải Phòng" },
	{ "hanam", "Hà Nam" },
	{ "hanoi", "Hà Nội" },
	{ "hanoicity", "Hà Nội" },
	{ "hatay", "Hà Tây" },
	{ "hatinh", "Hà Tĩnh" },
	{ "haugiang", "Hậu Giang" },
	{ "hcm", "Hồ Chí Minh" },
	{ "hcmc", "Hồ Chí Minh" },
	{ "hn", "Hà Nội" },
	{ "hoabinh", "Hòa Bình" },
	{ "hochiminh", "Hồ Chí Minh" },
	{ "hochiminhcity", "Hồ Chí Minh" },
	{ "hp", "Hải Phòng" },
	{ "hue", "Thừa Thiên Huế" },
	{ "huecity", "Thừa Thiên Huế" },
	{ "hungyen", "Hưng Yên" },
	{ "khanhhoa", "Khánh Hòa" },
	{ "kiengiang", "Kiên Giang" },
	{ "kontum", "Kon Tum" },
	{ "laichau", "Lai Châu" },
	{ "lamdong", "Lâm Đồng" },
	{ "langson", "Lạng Sơn" },
	{ "laocai", "Lào Cai" },
	{ "longan", "Long An" },
	{ "namdinh", "Nam Định" },
	{ "nghean", "Nghệ An" },
	{ "ninhbinh", "Ninh Bình" },
	{ "ninhthuan", "Ninh Thuận" },
	{ "phutho", "Phú Thọ" },
	{ "phuyen", "Phú Yên" },
	{ "quangbinh", "Quảng Bình" },
	{ "quangnam", "Quảng Nam" },
	{ "quangngai", "Quảng Ngãi" },
	{ "quangninh", "Quảng Ninh" },
	{ "quangtri", "Quảng Trị" },
	{ "saigon", "Hồ Chí Minh" },
	{ "sg", "Hồ Chí Minh" },
	{ "sgn", "Hồ Chí Minh" },
	{ "soctrang", "Sóc Trăng" },
	{ "sonla", "Sơn La" },
	{ "tayninh", "Tây Ninh" },
	{ "thaibinh", "Thái Bình" },
	{ "thainguyen", "Thái Nguyên" },
	{ "thanhhoa", "Thanh Hóa" },
	{ "thuathienhue", "Thừa Thiên Huế" },
	{ "tiengiang", "Tiền Giang" },
	{ "travinh", "Trà Vinh" },
	{ "tth", "Thừa Thiên Huế" },
	{ "tthue", "Thừa Thiên Huế" },
	{ "tuyenquang", "Tuyên Quang" },
	{ "vinhlong", "Vĩnh Long" },
	{ "vinhphuc", "Vĩnh Phúc" },
	{ "vungtaubaria", "Bà Rịa - Vũng Tàu" },
	{ "yenbai", "Yên Bái" },
};

static int compare(const void *key, const void *row)
{
	return str_cmp(*(const struct str *)key, str_of(((const struct province *)row)->key));
}

static const struct province *find(struct str letters)
{
	return bsearch(&letters, provinces, countof(provinces), sizeof *provinces, compare);
}

struct str province_name(struct str text, struct arena *a)
{
	static const char *const labels[] = {
		"", "tinh", "thanhpho", "tp", "city", "t", "province"
	};
	struct str s = utf8_fold(text, a);
	char *out = arena_alloc(a, s.n + 1);
	size_t n = 0;
	for (size_t i = 0; i < s.n; i++) {
		if (s.p[i] >= 'a' && s.p[i] <= 'z')
			out[n++] = s.p[i];
		else if (!s.p[i] || !strchr(" .-", s.p[i]))
			return STR("");
	}
	for (size_t i = 0; i < countof(labels); i++) {
		struct str letters = { out, n }, label = str_of(labels[i]);
		const struct province *p = NULL;
		if (str_starts(letters, labels[i]))
			p = find(str_sub(letters, label.n, n));
		if (!p && n > label.n && str_eq(str_sub(letters, n - label.n, n), label))
			p = find(str_sub(letters, 0, n - label.n));
		if (p)
			return str_of(p->name);
	}
	return STR("");
}
