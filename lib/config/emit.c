/* YAML as text. */
#include "config/emit.h"

#include "core/utf8.h"

static bool is_letter(unsigned char c)
{
	return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_';
}

/* Characters that a person would not see, or not see where they are: escaped. */
static bool is_hidden(int32_t c)
{
	static const struct {
		int32_t from, to;
	} hidden[] = {
		{ 0x00, 0x1f },	    { 0x7f, 0xa0 },	{ 0xad, 0xad },	    { 0x61c, 0x61c },
		{ 0x2000, 0x200f }, { 0x2028, 0x202f }, { 0x205f, 0x206f }, { 0x3000, 0x3000 },
		{ 0xe000, 0xf8ff }, { 0xfdd0, 0xfdef }, { 0xfeff, 0xfeff }, { 0xfff0, 0xffff },
	};
	for (size_t i = 0; i < countof(hidden); i++)
		if (c >= hidden[i].from && c <= hidden[i].to)
			return true;
	return (c & 0xfffe) == 0xfffe;
}

/* What YAML 1.1 takes for something else than text; numbers and dates begin with no letter. */
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

/* Letters, digits and a few marks inside; blanks only between words. */
static bool is_plain(struct str s)
{
	if (!s.n || s.n > 200 || is_reserved(s) || s.p[s.n - 1] == ' ' ||
	    !(is_letter((unsigned char)s.p[0]) || (unsigned char)s.p[0] >= 0x80))
		return false;
	for (size_t i = 0, n; i < s.n; i += n) {
		unsigned char c = (unsigned char)s.p[i];
		n = utf8_char(str_sub(s, i, s.n));
		if (!n || is_hidden(utf8_code(str_sub(s, i, s.n), n)) ||
		    (c < 0x80 && !is_letter(c) && !(c >= '0' && c <= '9') && !strchr(" -./+()", c)))
			return false;
	}
	return true;
}

static void put_escape(struct buf *b, int32_t c)
{
	static const char plain[] = "\"\\\n\t\r", letters[] = "\"\\ntr";
	const char *at = c < 0x80 ? strchr(plain, (char)c) : NULL;
	if (c && at)
		buf_printf(b, "\\%c", letters[at - plain]);
	else if (c < 0x100)
		buf_printf(b, "\\x%02X", (unsigned)c);
	else if (c < 0x10000)
		buf_printf(b, "\\u%04X", (unsigned)c);
	else
		buf_printf(b, "\\U%08X", (unsigned)c);
}

void emit_scalar(struct buf *b, struct str s)
{
	if (is_plain(s)) {
		buf_put(b, s);
		return;
	}
	buf_putc(b, '"');
	for (size_t i = 0, n; i < s.n; i += n) {
		struct str rest = str_sub(s, i, s.n);
		n = utf8_char(rest);
		int32_t c = n ? utf8_code(rest, n) : 0xfffd; /* no text of ours holds such */
		if (c == '"' || c == '\\' || is_hidden(c))
			put_escape(b, c);
		else
			buf_put(b, str_sub(rest, 0, n));
		n = n ? n : 1;
	}
	buf_putc(b, '"');
}

static void indent(struct emit *e, int depth)
{
	for (int i = 0; i < depth; i++)
		buf_puts(&e->text, "  ");
}

void emit_comment(struct emit *e, int depth, const char *text)
{
	indent(e, depth);
	buf_printf(&e->text, "# %s\n", text);
}

void emit_map(struct emit *e, int depth, struct str key)
{
	indent(e, depth);
	emit_scalar(&e->text, key);
	buf_puts(&e->text, ":\n");
}

void emit_pair(struct emit *e, int depth, struct str key, struct str text)
{
	indent(e, depth);
	emit_scalar(&e->text, key);
	buf_puts(&e->text, ": ");
	emit_scalar(&e->text, text);
	buf_putc(&e->text, '\n');
}

void emit_word_pair(struct emit *e, int depth, const char *key, const char *word)
{
	indent(e, depth);
	buf_printf(&e->text, "%s: %s\n", key, word);
}

void emit_item(struct emit *e, int depth, struct str key)
{
	indent(e, depth);
	buf_puts(&e->text, "- ");
	emit_scalar(&e->text, key);
	e->attrs = 0;
}

void emit_item_pair(struct emit *e, int depth, struct str key, struct str text)
{
	emit_item(e, depth, key);
	buf_puts(&e->text, ": ");
	emit_scalar(&e->text, text);
	buf_putc(&e->text, '\n');
}

static void begin_attr(struct emit *e, const char *name)
{
	buf_printf(&e->text, "%s%s: ", e->attrs++ ? ", " : ": {", name);
}

void emit_attr(struct emit *e, const char *name, struct str text)
{
	begin_attr(e, name);
	emit_scalar(&e->text, text);
}

void emit_word(struct emit *e, const char *name, const char *word)
{
	begin_attr(e, name);
	buf_puts(&e->text, word);
}

void emit_int(struct emit *e, const char *name, int64_t n)
{
	begin_attr(e, name);
	buf_printf(&e->text, "%lld", (long long)n);
}

void emit_words(struct emit *e, const char *name, const char *blank_separated)
{
	struct str rest = str_of(blank_separated), word;
	size_t n = 0;
	begin_attr(e, name);
	buf_putc(&e->text, '[');
	while (str_cut(&rest, ' ', &word)) {
		if (!word.n)
			continue;
		if (n++)
			buf_puts(&e->text, ", ");
		emit_scalar(&e->text, word);
	}
	buf_putc(&e->text, ']');
}

void emit_end(struct emit *e)
{
	buf_puts(&e->text, e->attrs ? "}\n" : "\n");
}

void emit_free(struct emit *e)
{
	buf_free(&e->text);
}
