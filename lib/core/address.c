/* A postal address in parts. */
#include "core/address.h"

#include "core/buf.h"
#include "core/utf8.h"

enum { PIECES_MAX = 24, LABEL_BYTES = 48 };

enum level { LEVEL_WARD, LEVEL_DISTRICT, LEVEL_CITY };

/* What a part begins with (or, in English, ends with), folded; how it is written in full. */
static const struct label {
	const char *words;
	enum level level;
	const char *full;
	const char *accented; /* as it looks inside a piece; NULL: it does not begin a part */
	bool english;	      /* they may stand behind the name, too */
} labels[] = {
	{ "phuong", LEVEL_WARD, "Phường", "phường", false },
	{ "p", LEVEL_WARD, "Phường", "p", false },
	{ "f", LEVEL_WARD, "Phường", "f", false },
	{ "ward", LEVEL_WARD, "Phường", "ward", true },
	{ "xa", LEVEL_WARD, "Xã", NULL, false },
	{ "x", LEVEL_WARD, "Xã", "x", false },
	{ "commune", LEVEL_WARD, "Xã", NULL, true },
	{ "thi tran", LEVEL_WARD, "Thị trấn", "thị trấn", false },
	{ "tt", LEVEL_WARD, "Thị trấn", "tt", false },
	{ "dac khu", LEVEL_WARD, "Đặc khu", "đặc khu", false },
	{ "quan", LEVEL_DISTRICT, "Quận", "quận", false },
	{ "q", LEVEL_DISTRICT, "Quận", "q", false },
	{ "district", LEVEL_DISTRICT, "Quận", "district", true },
	{ "dist", LEVEL_DISTRICT, "Quận", "dist", false },
	{ "huyen", LEVEL_DISTRICT, "Huyện", "huyện", false },
	{ "h", LEVEL_DISTRICT, "Huyện", "h", false },
	{ "thi xa", LEVEL_DISTRICT, "Thị xã", "thị xã", false },
	{ "tx", LEVEL_DISTRICT, "Thị xã", "tx", false },
	{ "thanh pho", LEVEL_DISTRICT, "Thành phố", "thành phố", false },
	{ "tp", LEVEL_DISTRICT, "Thành phố", "tp", false },
	{ "tinh", LEVEL_CITY, "Tỉnh", "tỉnh", false },
	{ "t", LEVEL_CITY, "Tỉnh", NULL, false },
};

struct pieces {
	struct str at[PIECES_MAX];
	bool used[PIECES_MAX];
	size_t n;
	struct arena *arena;
};

static bool has_digit(struct str s)
{
	for (size_t i = 0; i < s.n; i++)
		if (is_digit(s.p[i]))
			return true;
	return false;
}

/* The words of a label at the start of s, then a dot, a blank or a digit: the bytes of all but
 * the digit; else 0.  One letter alone needs its dot or a digit. */
static size_t label_length(struct str s, const char *words)
{
	size_t n = strlen(words);
	if (!str_starts(s, words) || s.n <= n)
		return 0;
	if (is_digit(s.p[n]) && n <= 2)
		return n;
	if (s.p[n] != '.' && s.p[n] != ' ')
		return 0;
	bool letter = n == 1 && s.p[n] == ' ';
	while (n < s.n && (s.p[n] == '.' || s.p[n] == ' '))
		n++;
	return letter && !is_digit(s.p[n < s.n ? n : 0]) ? 0 : n;
}

/* As label_length, but inside a piece, where a bare word may be part of a name. */
static bool begins_part(struct str s)
{
	for (size_t i = 0; i < countof(labels); i++) {
		const char *words = labels[i].accented;
		size_t n = words ? label_length(s, words) : 0;
		if (!n || n >= s.n)
			continue;
		bool tells = strcmp(words, labels[i].words) != 0 || is_digit(s.p[n]) ||
			     s.p[strlen(words)] == '.';
		if (tells && !str_starts(s, "tỉnh lộ"))
			return true;
	}
	return false;
}

static void add_piece(struct pieces *p, struct str s)
{
	s = utf8_trim(s);
	while (s.n && (s.p[s.n - 1] == '.' || s.p[s.n - 1] == ','))
		s.n--;
	if (s.n && p->n < PIECES_MAX)
		p->at[p->n++] = s;
	else if (s.n) /* the last takes what is too much */
		p->at[p->n - 1].n = (size_t)(s.p + s.n - p->at[p->n - 1].p);
}

/* How many bytes at i separate pieces: , ; line breaks, a dash between blanks. */
static size_t separator(struct str s, size_t i)
{
	struct str at = str_sub(s, i, s.n);
	if (strchr(",;\n\r\t", s.p[i]))
		return 1;
	return str_starts(at, " - ") ? 3 : str_starts(at, " – ") ? strlen(" – ") : 0;
}

/* lower is the text in small letters, byte for byte as long. */
static void cut_pieces(struct pieces *p, struct str s, struct str lower)
{
	size_t from = 0;
	for (size_t i = 0; i < s.n;) {
		size_t n = separator(s, i);
		bool part = s.p[i] == ' ' && i > from && begins_part(str_sub(lower, i + 1, s.n));
		if (n || part)
			add_piece(p, str_sub(s, from, i - from));
		i += n ? n : 1;
		if (n || part)
			from = i;
	}
	add_piece(p, str_sub(s, from, s.n));
}

/* Phường 5 for 05; else the name as it is. */
static struct str full_name(const char *label, struct str name, struct arena *a)
{
	name = utf8_trim(name);
	while (name.n > 1 && name.p[0] == '0' && is_digit(name.p[1]))
		name = str_sub(name, 1, name.n);
	return arena_printf(a, "%s %.*s", label, (int)name.n, name.p);
}

/* What the label leaves of a piece: as many words behind the label as folding says. */
static struct str behind(struct str piece, struct str folded, size_t n, struct arena *a)
{
	for (size_t i = 0; i < piece.n && i < LABEL_BYTES; i++) {
		struct str rest = str_sub(piece, i, piece.n);
		bool whole = ((unsigned char)rest.p[0] & 0xc0) != 0x80;
		if (whole && str_eq(utf8_fold(rest, a), str_sub(folded, n, folded.n)))
			return rest;
	}
	return piece;
}

/* The label at the start of the piece, what is behind it in *name; NULL: it has none. */
static const struct label *labelled(struct str piece, struct str *name, struct arena *a)
{
	struct str folded = utf8_fold(piece, a);
	for (size_t i = 0; i < countof(labels); i++) {
		size_t n = label_length(folded, labels[i].words);
		if (n && n < folded.n && !str_starts(folded, "tinh lo ")) {
			*name = behind(piece, folded, n, a);
			return &labels[i];
		}
	}
	for (size_t i = 0; i < countof(labels); i++) { /* Ben Nghe Ward */
		size_t n = strlen(labels[i].words);
		if (labels[i].english && piece.n > n + 1 && piece.p[piece.n - n - 1] == ' ' &&
		    strncasecmp(piece.p + piece.n - n, labels[i].words, n) == 0) {
			*name = str_sub(piece, 0, piece.n - n);
			return &labels[i];
		}
	}
	return NULL;
}

/* A postal code at the end of the piece is cut off it. */
static struct str take_postal_code(struct str *piece)
{
	size_t n = 0;
	while (n < piece->n && is_digit(piece->p[piece->n - 1 - n]))
		n++;
	bool alone = n == piece->n || piece->p[piece->n - 1 - n] == ' ';
	if ((n != 5 && n != 6) || !alone)
		return (struct str){ 0 };
	struct str code = str_sub(*piece, piece->n - n, n);
	*piece = utf8_trim(str_sub(*piece, 0, piece->n - n));
	return code;
}

static bool is_country(struct str piece, struct arena *a)
{
	struct str folded = utf8_fold(piece, a);
	return str_is(folded, "viet nam") || str_is(folded, "vietnam") || str_is(folded, "vn") ||
	       str_is(folded, "viet-nam");
}

/* Whether the piece is a part without a label: a ward's bare name, not a street or a house. */
static bool is_bare_name(struct str piece, struct arena *a)
{
	static const char *const places[] = {
		"duong ", "pho ",  "ngo ", "ngach ", "hem ", "kiet ",	 "to ",	      "khu ",
		"ap ",	  "thon ", "xom ", "so ",    "lo ",  "toa nha ", "chung cu ", "kcn ",
	};
	struct str folded = utf8_fold(piece, a);
	for (size_t i = 0; i < countof(places); i++)
		if (str_starts(folded, places[i]))
			return false;
	return !has_digit(folded);
}

/* "Quận 10 TPHCM": the province is cut off the end of a part that stays one without it. */
static struct str take_province(struct str *piece, struct arena *a)
{
	struct str name = { 0 };
	for (size_t i = 1; i < piece->n; i++) {
		if (piece->p[i] != ' ' || piece->n - i > LABEL_BYTES ||
		    !labelled(str_sub(*piece, 0, i), &name, a))
			continue;
		name = province_name(str_sub(*piece, i + 1, piece->n), a);
		if (name.n) {
			piece->n = i;
			return name;
		}
	}
	return (struct str){ 0 };
}

/* Says what the piece is, if it is something that is not known yet. */
static bool take(struct address *out, struct pieces *p, size_t i)
{
	struct arena *a = p->arena;
	struct str piece = p->at[i], name = { 0 }, code = take_postal_code(&piece);
	struct str province = province_name(piece, a);
	const struct label *label = labelled(piece, &name, a);
	if (label && label->level != LEVEL_CITY && !province.n && !out->city.n) {
		out->city = take_province(&piece, a);
		label = labelled(piece, &name, a);
	}
	bool kept = false;
	if (!out->country.n && is_country(piece, a))
		out->country = STR("Việt Nam");
	else if (!out->city.n && province.n)
		out->city = province;
	else if (!out->district.n && label && label->level == LEVEL_DISTRICT)
		out->district = full_name(label->full, name, a);
	else if (!out->district.n && province.n && i > 0 && !label)
		out->district = piece;
	else if (!out->ward.n && label && label->level == LEVEL_WARD)
		out->ward = full_name(label->full, name, a);
	else if (!out->ward.n && out->district.n && i > 0 && !label && is_bare_name(piece, a) &&
		 i + 1 < p->n && p->used[i + 1])
		out->ward = piece;
	else
		kept = piece.n > 0;
	if (kept || out->postal_code.n)
		return !kept;
	out->postal_code = code;
	return true;
}

static struct str rest_of(const struct pieces *p)
{
	struct buf b = { 0 };
	for (size_t i = 0; i < p->n; i++) {
		if (p->used[i])
			continue;
		if (b.n)
			buf_puts(&b, ", ");
		buf_put(&b, p->at[i]);
	}
	struct str out = buf_copy(&b, p->arena);
	buf_free(&b);
	return out;
}

bool address_split(struct str text, struct address *out, struct arena *a)
{
	struct pieces p = { .arena = a };
	struct str s = utf8_trim(text);
	*out = (struct address){ .street = s };
	if (!utf8_valid(s))
		return false;
	s = utf8_nfc(s, a);
	struct str lower = utf8_lower(s, a);
	cut_pieces(&p, s, lower.n == s.n ? lower : s);
	for (size_t i = p.n; i-- > 0;)
		p.used[i] = take(out, &p, i);
	if (!out->ward.n && !out->district.n && !out->city.n) {
		*out = (struct address){ .street = s };
		return false;
	}
	out->street = rest_of(&p);
	return true;
}
