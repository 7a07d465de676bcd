/* Text as a YAML scalar. */
#include "config/yaml_put.h"

#include "core/utf8.h"

/*
 * What a parser refuses or takes for a line's end, what acts upon a terminal, and what a
 * person would not see, or not see where it is.
 */
static bool must_escape(int32_t c)
{
	static const struct {
		int32_t from, to;
	} hidden[] = {
		{ 0x00, 0x1f },	    { 0x7f, 0xa0 },	  { 0xad, 0xad },     { 0x61c, 0x61c },
		{ 0x2000, 0x200f }, { 0x2028, 0x202f },	  { 0x205f, 0x206f }, { 0x3000, 0x3000 },
		{ 0xe000, 0xf8ff }, { 0xfdd0, 0xfdef },	  { 0xfeff, 0xfeff }, { 0xfff0, 0xfffc },
		{ 0xfffe, 0xffff }, { 0xe0000, 0xe007f },
	};
	for (size_t i = 0; i < countof(hidden); i++)
		if (c >= hidden[i].from && c <= hidden[i].to)
			return true;
	return (c & 0xfffe) == 0xfffe;
}

/* The character at the start of s; bytes that are no text are one U+FFFD each. */
static int32_t take_char(struct str s, size_t *n)
{
	*n = utf8_char(s);
	if (*n)
		return utf8_code(s, *n);
	*n = 1;
	return 0xfffd;
}

static bool all_plain(struct str s, int32_t allowed)
{
	for (size_t i = 0, n; i < s.n; i += n) {
		int32_t c = take_char(str_sub(s, i, s.n), &n);
		if (c == 0xfffd || (must_escape(c) && c != allowed))
			return false;
	}
	return true;
}

/* Whether yaml_parse would see nothing but text in it, wherever it stands. */
static bool is_bare(struct str s)
{
	static const char starts[] = "+(/_.$;", flow[] = ",[]{}";
	unsigned char first = s.n ? (unsigned char)s.p[0] : 0, low = first | 0x20;
	bool word = is_digit(first) || (low >= 'a' && low <= 'z') || first >= 0x80;
	if (!s.n || (!word && !strchr(starts, first)) || s.p[s.n - 1] == ' ' ||
	    s.p[s.n - 1] == ':' || str_is(s, "null") || str_is(s, "..."))
		return false;
	for (size_t i = 0; i < s.n; i++)
		if (strchr(flow, s.p[i]) || (i && s.p[i] == ' ' && s.p[i - 1] == ':') ||
		    (i && s.p[i] == '#' && s.p[i - 1] == ' '))
			return false;
	return all_plain(s, 0x20);
}

/* What YAML 1.1 takes for something else than text; numbers and days begin with no letter. */
static bool is_reserved(struct str s)
{
	static const char *const words[] = { "null", "true", "false", "yes", "no",
					     "on",   "off",  "y",     "n" };
	char low[8];
	if (s.n >= sizeof low)
		return false;
	for (size_t i = 0; i < s.n; i++)
		low[i] = s.p[i] >= 'A' && s.p[i] <= 'Z' ? (char)(s.p[i] | 0x20) : s.p[i];
	for (size_t i = 0; i < countof(words); i++)
		if (str_is((struct str){ low, s.n }, words[i]))
			return true;
	return false;
}

static bool is_letter(unsigned char c)
{
	return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_';
}

/* Whether any reader would: a letter first, then letters, digits and a few marks. */
static bool is_text(struct str s)
{
	if (!is_bare(s) || s.n > 200 || is_reserved(s) ||
	    !(is_letter((unsigned char)s.p[0]) || (unsigned char)s.p[0] >= 0x80))
		return false;
	for (size_t i = 0; i < s.n; i++) {
		unsigned char c = (unsigned char)s.p[i];
		if (c < 0x80 && !is_letter(c) && !is_digit(c) && !strchr(" -./+()", c))
			return false;
	}
	return true;
}

static void put_escaped(struct buf *b, int32_t c)
{
	static const char plain[] = "\"\\\n\t\r", letters[] = "\"\\ntr";
	const char *at = c && c < 0x80 ? strchr(plain, (char)c) : NULL;
	if (at)
		buf_printf(b, "\\%c", letters[at - plain]);
	else
		buf_printf(b,
			   c < 0x100	 ? "\\x%02X"
			   : c < 0x10000 ? "\\u%04X"
					 : "\\U%08X",
			   (unsigned)c);
}

static void put_quoted(struct buf *b, struct str s)
{
	buf_putc(b, '"');
	for (size_t i = 0, n; i < s.n; i += n) {
		int32_t c = take_char(str_sub(s, i, s.n), &n);
		if (c == '"' || c == '\\' || must_escape(c) || c == 0xfffd)
			put_escaped(b, c);
		else
			buf_put(b, str_sub(s, i, n));
	}
	buf_putc(b, '"');
}

void yaml_put(struct buf *b, struct str text)
{
	if (is_bare(text))
		buf_put(b, text);
	else
		put_quoted(b, text);
}

void yaml_put_text(struct buf *b, struct str text)
{
	if (is_text(text))
		buf_put(b, text);
	else
		put_quoted(b, text);
}

static bool is_block(struct str s)
{
	if (!memchr(s.p ? s.p : "", '\n', s.n) || strchr(" \t\n", s.p[0]) ||
	    strchr(" \t\n", s.p[s.n - 1]))
		return false;
	struct str rest = s, line;
	while (str_cut(&rest, '\n', &line))
		if (!all_plain(line, '\t'))
			return false;
	return true;
}

void yaml_put_block(struct buf *b, struct str text)
{
	if (!is_block(text)) {
		yaml_put(b, text);
		return;
	}
	buf_puts(b, "|-");
	struct str rest = text, line;
	while (str_cut(&rest, '\n', &line)) {
		buf_puts(b, line.n ? "\n  " : "\n");
		buf_put(b, line);
	}
}
