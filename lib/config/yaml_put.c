/* Text as a YAML scalar. */
#include "config/yaml_put.h"

#include "core/utf8.h"

/* What a parser refuses or takes for a line's end, and what acts upon a terminal. */
static bool must_escape(int32_t c)
{
	return c < 0x20 || (c >= 0x7f && c <= 0xa0) || c == 0x200b || c == 0x200e || c == 0x200f ||
	       (c >= 0x2028 && c <= 0x202e) || (c >= 0x2060 && c <= 0x206f) || c == 0xfeff ||
	       (c >= 0xfff9 && (c & 0xfffe) >= 0xfffe) || (c >= 0xfff9 && c <= 0xfffb) ||
	       (c >= 0xe0000 && c <= 0xe007f);
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

/* Whether a parser would see nothing but text in it. */
static bool is_bare(struct str s)
{
	static const char starts[] = "+(/_.$;";
	unsigned char first = s.n ? (unsigned char)s.p[0] : 0, low = first | 0x20;
	bool word = (first >= '0' && first <= '9') || (low >= 'a' && low <= 'z') || first >= 0x80;
	if (!s.n || (!word && !strchr(starts, first)) || s.p[s.n - 1] == ' ' ||
	    s.p[s.n - 1] == ':' || str_is(s, "null") || str_is(s, "..."))
		return false;
	for (size_t i = 0; i + 1 < s.n; i++)
		if ((s.p[i] == ':' && s.p[i + 1] == ' ') || (s.p[i] == ' ' && s.p[i + 1] == '#'))
			return false;
	return all_plain(s, 0x20);
}

static void put_escaped(struct buf *b, int32_t c)
{
	static const struct {
		int32_t c;
		const char *escape;
	} known[] = { { '\t', "\\t" }, { '\n', "\\n" }, { '\r', "\\r" }, { 0x1b, "\\e" } };
	for (size_t i = 0; i < countof(known); i++) {
		if (c == known[i].c) {
			buf_puts(b, known[i].escape);
			return;
		}
	}
	buf_printf(b, c < 0x100 ? "\\x%02X" : c < 0x10000 ? "\\u%04X" : "\\U%08X", (unsigned)c);
}

static void put_quoted(struct buf *b, struct str s)
{
	buf_putc(b, '"');
	for (size_t i = 0, n; i < s.n; i += n) {
		int32_t c = take_char(str_sub(s, i, s.n), &n);
		if (c == '"' || c == '\\')
			buf_printf(b, "\\%c", (int)c);
		else if (must_escape(c) || c == 0xfffd)
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
