/*
 * Text in a picture.  Nobody knows which font it will be shown in, so room is made for
 * a wide one: a label that fits here is cut nowhere.
 */
#include "core/markup.h"
#include "core/shorten.h"
#include "core/utf8.h"
#include "report/svg_impl.h"

static const struct {
	const char *class;
	double size, weight; /* pixels; bold letters are wider */
} faces[] = {
	[FACE_TITLE] = { "t b big", 15, 1.13 }, [FACE_TEXT] = { "t", 12, 1 },
	[FACE_SOFT] = { "q", 12, 1 },		[FACE_SMALL] = { "q s", 11, 1 },
	[FACE_FIGURE] = { "t s halo", 11, 1 },	[FACE_LABEL] = { "t halo", 12, 1 },
};

static double line_height(enum face face)
{
	return ceil(faces[face].size * 1.25);
}

/* Advances of DejaVu Sans in hundredths of the size, rounded up. */
static double ascii_advance(char c)
{
	static const struct {
		const char *chars;
		double advance;
	} advances[] = {
		{ "'ijlIJ", 30 },
		{ " ,./:;\\|f-", 37 },
		{ "()[]t!r\"", 46 },
		{ "*_`szc?Lk", 58 },
		{ "FvxyPTYaoeSbdghnpqu", 64 },
		{ "$0123456789{}KAVBRXZC", 70 },
		{ "UHNDG&OQw", 82 },
		{ "#+<=>^~M", 86 },
		{ "%m", 97 },
	};
	for (size_t i = 0; i < countof(advances); i++)
		if (strchr(advances[i].chars, c))
			return advances[i].advance;
	return 100;
}

static double advance(struct str one)
{
	char fold[UTF8_FOLD_MAX];
	size_t columns = utf8_width(one);
	if (one.n == 1 && (unsigned char)one.p[0] >= ' ')
		return (unsigned char)one.p[0] < 0x7f ? ascii_advance(one.p[0]) : 100;
	if (columns != 1 || !utf8_char(one))
		return columns ? 105 * (double)columns : 0;
	int32_t c = utf8_code(one, one.n);
	if (c == 0x2013 || c == 0xb7)
		return 50;
	/* Letters with marks are as wide as without; Ơ and Ư have a horn. */
	if (utf8_fold_char(c, fold) != 1)
		return 100;
	bool big = utf8_upper(c) && fold[0] >= 'a' && fold[0] <= 'z';
	return big ? ascii_advance((char)(fold[0] - 'a' + 'A')) + 13 : ascii_advance(fold[0]);
}

/* The first character, or the one byte that begins none. */
static struct str first_char(struct str s, size_t at)
{
	size_t n = utf8_char(str_sub(s, at, 4));
	return str_sub(s, at, n ? n : 1);
}

double svg_text_width(struct str s, enum face face)
{
	double width = 0;
	for (size_t i = 0; i < s.n;) {
		struct str one = first_char(s, i);
		width += advance(one);
		i += one.n;
	}
	return width / 100 * faces[face].size * faces[face].weight;
}

static double wide(struct str s, const void *face)
{
	return svg_text_width(s, *(const enum face *)face);
}

/* Bytes of s, which does not begin with a blank, that go into one line: at least a character. */
static size_t line_of(struct str s, enum face face, double width)
{
	size_t at = 0, fits = 0;
	double used = 0;
	while (at < s.n) {
		struct str one = str_sub(s, at, utf8_grapheme(str_sub(s, at, s.n)));
		if (one.p[0] == ' ')
			fits = at;
		used += svg_text_width(one, face);
		if (used > width && at)
			return fits ? fits : at;
		at += one.n;
	}
	return s.n;
}

/* Line ends, tabs and other controls are blanks here, and many of them one. */
static struct str flat(struct str s, struct arena *a)
{
	char *p = arena_alloc(a, s.n + 1);
	size_t n = 0;
	for (size_t i = 0; i < s.n; i++) {
		bool blank = (unsigned char)s.p[i] <= ' ' || s.p[i] == 0x7f;
		if (!blank || (n && p[n - 1] != ' '))
			p[n++] = blank ? ' ' : s.p[i];
	}
	return str_trim((struct str){ p, n });
}

size_t svg_wrap(struct str s, enum face face, double width, size_t most,
		struct str lines[SVG_LINES], bool *cut, struct arena *a)
{
	size_t n = 0;
	struct str rest = flat(s, a);
	*cut = false;
	while (rest.n && n < most) {
		size_t bytes = line_of(rest, face, width);
		if (n + 1 == most && bytes < rest.n) {
			*cut = true;
			lines[n++] = shorten(rest, width, wide, &face, a);
			break;
		}
		lines[n++] = str_trim(str_sub(rest, 0, bytes));
		rest = str_trim(str_sub(rest, bytes, rest.n));
	}
	return n;
}

static void open_text(struct svg *v, double x, double y, enum anchor anchor, enum face face)
{
	static const char *const anchors[] = { "", " text-anchor=\"middle\"",
					       " text-anchor=\"end\"" };
	buf_printf(&v->body, "<text class=\"%s\" x=\"%g\" y=\"%g\"%s>", faces[face].class, px(x),
		   px(y), anchors[anchor]);
}

void svg_text(struct svg *v, double x, double y, enum anchor anchor, enum face face, struct str s)
{
	open_text(v, x, y, anchor, face);
	markup_put(&v->body, s);
	buf_puts(&v->body, "</text>\n");
}

void svg_label(struct svg *v, double x, double y, enum anchor anchor, enum face face, double width,
	       size_t most, struct str s)
{
	struct str lines[SVG_LINES];
	bool cut;
	size_t n = svg_wrap(s, face, width, most, lines, &cut, &v->arena);
	double height = line_height(face);
	double base = y - height * (double)(n - 1) / 2 + faces[face].size * .36;
	for (size_t i = 0; i < n; i++) {
		open_text(v, x, base + height * (double)i, anchor, face);
		if (cut) {
			buf_puts(&v->body, "<title>");
			markup_put(&v->body, s);
			buf_puts(&v->body, "</title>");
		}
		markup_put(&v->body, lines[i]);
		buf_puts(&v->body, "</text>\n");
	}
}

void svg_paragraph(struct svg *v, double x, enum face face, size_t most, struct str s)
{
	struct str lines[SVG_LINES];
	bool cut;
	double height = line_height(face);
	size_t n = svg_wrap(s, face, v->width - x, most, lines, &cut, &v->arena);
	if (!n)
		return;
	double all = height * (double)n;
	svg_label(v, x, v->y + all / 2, ANCHOR_START, face, v->width - x, most, s);
	v->y += all + 2;
}
