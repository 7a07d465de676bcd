/* The provinces of Viet Nam: the 63 of before 1 July 2025, Hà Tây, and what they belong to now. */
#include <stdlib.h>

#include "core/address.h"
#include "core/utf8.h"

/* Folded letters without blanks, in their order; short forms and exonyms have rows of their own. */
static const struct province {
	const char *key, *name, *now;
} provinces[] = {
	{ "angiang", "An Giang", "An Giang" },
	{ "baccan", "Bắc Kạn", "Thái Nguyên" },
	{ "bacgiang", "Bắc Giang", "Bắc Ninh" },
	{ "backan", "Bắc Kạn", "Thái Nguyên" },
	{ "baclieu", "Bạc Liêu", "Cà Mau" },
	{ "bacninh", "Bắc Ninh", "Bắc Ninh" },
	{ "bariavt", "Bà Rịa - Vũng Tàu", "Hồ Chí Minh" },
	{ "bariavungtau", "Bà Rịa - Vũng Tàu", "Hồ Chí Minh" },
	{ "bentre", "Bến Tre", "Vĩnh Long" },
	{ "binhdinh", "Bình Định", "Gia Lai" },
	{ "binhduong", "Bình Dương", "Hồ Chí Minh" },
	{ "binhphuoc", "Bình Phước", "Đồng Nai" },
	{ "binhthuan", "Bình Thuận", "Lâm Đồng" },
	{ "brvt", "Bà Rịa - Vũng Tàu", "Hồ Chí Minh" },
	{ "camau", "Cà Mau", "Cà Mau" },
	{ "cantho", "Cần Thơ", "Cần Thơ" },
	{ "canthocity", "Cần Thơ", "Cần Thơ" },
	{ "caobang", "Cao Bằng", "Cao Bằng" },
	{ "congtum", "Kon Tum", "Quảng Ngãi" },
	{ "ct", "Cần Thơ", "Cần Thơ" },
	{ "daclac", "Đắk Lắk", "Đắk Lắk" },
	{ "daclak", "Đắk Lắk", "Đắk Lắk" },
	{ "dacnong", "Đắk Nông", "Lâm Đồng" },
	{ "daklak", "Đắk Lắk", "Đắk Lắk" },
	{ "daknong", "Đắk Nông", "Lâm Đồng" },
	{ "danang", "Đà Nẵng", "Đà Nẵng" },
	{ "danangcity", "Đà Nẵng", "Đà Nẵng" },
	{ "dienbien", "Điện Biên", "Điện Biên" },
	{ "dn", "Đà Nẵng", "Đà Nẵng" },
	{ "dng", "Đà Nẵng", "Đà Nẵng" },
	{ "dongnai", "Đồng Nai", "Đồng Nai" },
	{ "dongthap", "Đồng Tháp", "Đồng Tháp" },
	{ "gialai", "Gia Lai", "Gia Lai" },
	{ "hagiang", "Hà Giang", "Tuyên Quang" },
	{ "haiduong", "Hải Dương", "Hải Phòng" },
	{ "haiphong", "Hải Phòng", "Hải Phòng" },
	{ "haiphongcity", "Hải Phòng", "Hải Phòng" },
	{ "hanam", "Hà Nam", "Ninh Bình" },
	{ "hanoi", "Hà Nội", "Hà Nội" },
	{ "hanoicity", "Hà Nội", "Hà Nội" },
	{ "hatay", "Hà Tây", "Hà Nội" },
	{ "hatinh", "Hà Tĩnh", "Hà Tĩnh" },
	{ "haugiang", "Hậu Giang", "Cần Thơ" },
	{ "hcm", "Hồ Chí Minh", "Hồ Chí Minh" },
	{ "hcmc", "Hồ Chí Minh", "Hồ Chí Minh" },
	{ "hn", "Hà Nội", "Hà Nội" },
	{ "hoabinh", "Hòa Bình", "Phú Thọ" },
	{ "hochiminh", "Hồ Chí Minh", "Hồ Chí Minh" },
	{ "hochiminhcity", "Hồ Chí Minh", "Hồ Chí Minh" },
	{ "hp", "Hải Phòng", "Hải Phòng" },
	{ "hue", "Thừa Thiên Huế", "Thừa Thiên Huế" },
	{ "huecity", "Thừa Thiên Huế", "Thừa Thiên Huế" },
	{ "hungyen", "Hưng Yên", "Hưng Yên" },
	{ "khanhhoa", "Khánh Hòa", "Khánh Hòa" },
	{ "kiengiang", "Kiên Giang", "An Giang" },
	{ "kontum", "Kon Tum", "Quảng Ngãi" },
	{ "laichau", "Lai Châu", "Lai Châu" },
	{ "lamdong", "Lâm Đồng", "Lâm Đồng" },
	{ "langson", "Lạng Sơn", "Lạng Sơn" },
	{ "laocai", "Lào Cai", "Lào Cai" },
	{ "longan", "Long An", "Tây Ninh" },
	{ "namdinh", "Nam Định", "Ninh Bình" },
	{ "nghean", "Nghệ An", "Nghệ An" },
	{ "ninhbinh", "Ninh Bình", "Ninh Bình" },
	{ "ninhthuan", "Ninh Thuận", "Khánh Hòa" },
	{ "phutho", "Phú Thọ", "Phú Thọ" },
	{ "phuyen", "Phú Yên", "Đắk Lắk" },
	{ "quangbinh", "Quảng Bình", "Quảng Trị" },
	{ "quangnam", "Quảng Nam", "Đà Nẵng" },
	{ "quangngai", "Quảng Ngãi", "Quảng Ngãi" },
	{ "quangninh", "Quảng Ninh", "Quảng Ninh" },
	{ "quangtri", "Quảng Trị", "Quảng Trị" },
	{ "saigon", "Hồ Chí Minh", "Hồ Chí Minh" },
	{ "sg", "Hồ Chí Minh", "Hồ Chí Minh" },
	{ "sgn", "Hồ Chí Minh", "Hồ Chí Minh" },
	{ "soctrang", "Sóc Trăng", "Cần Thơ" },
	{ "sonla", "Sơn La", "Sơn La" },
	{ "tayninh", "Tây Ninh", "Tây Ninh" },
	{ "thaibinh", "Thái Bình", "Hưng Yên" },
	{ "thainguyen", "Thái Nguyên", "Thái Nguyên" },
	{ "thanhhoa", "Thanh Hóa", "Thanh Hóa" },
	{ "thuathienhue", "Thừa Thiên Huế", "Thừa Thiên Huế" },
	{ "tiengiang", "Tiền Giang", "Đồng Tháp" },
	{ "travinh", "Trà Vinh", "Vĩnh Long" },
	{ "tth", "Thừa Thiên Huế", "Thừa Thiên Huế" },
	{ "tthue", "Thừa Thiên Huế", "Thừa Thiên Huế" },
	{ "tuyenquang", "Tuyên Quang", "Tuyên Quang" },
	{ "vinhlong", "Vĩnh Long", "Vĩnh Long" },
	{ "vinhphuc", "Vĩnh Phúc", "Phú Thọ" },
	{ "vungtaubaria", "Bà Rịa - Vũng Tàu", "Hồ Chí Minh" },
	{ "yenbai", "Yên Bái", "Lào Cai" },
};

static int compare(const void *key, const void *row)
{
	return str_cmp(*(const struct str *)key, str_of(((const struct province *)row)->key));
}

static const struct province *find(struct str letters)
{
	return bsearch(&letters, provinces, countof(provinces), sizeof *provinces, compare);
}

static const struct province *province(struct str text, struct arena *a)
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
			return NULL;
	}
	for (size_t i = 0; i < countof(labels); i++) {
		struct str letters = { out, n }, label = str_of(labels[i]);
		const struct province *p = NULL;
		if (str_starts(letters, labels[i]))
			p = find(str_sub(letters, label.n, n));
		if (!p && n > label.n && str_eq(str_sub(letters, n - label.n, n), label))
			p = find(str_sub(letters, 0, n - label.n));
		if (p)
			return p;
	}
	return NULL;
}

struct str province_name(struct str text, struct arena *a)
{
	const struct province *p = province(text, a);
	return str_of(p ? p->name : "");
}

struct str province_now(struct str text, struct arena *a)
{
	const struct province *p = province(text, a);
	return str_of(p ? p->now : "");
}
