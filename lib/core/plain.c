#include "core/plain.h"

#include "core/utf8.h"

static char lower(char c)
{
	return c >= 'A' && c <= 'Z' ? (char)(c - 'A' + 'a') : c;
}

static bool begins(struct str s, size_t at, const char *word)
{
	size_t i = 0;
	for (; word[i]; i++)
		if (at + i >= s.n || lower(s.p[at + i]) != word[i])
			return false;
	return true;
}

static size_t find(struct str s, size_t from, const char *what)
{
	while (from < s.n && !begins(s, from, what))
		from++;
	return from;
}

/* The name of the tag that begins at s.p[at], "/p" for </p>. */
static struct str tag_name(struct str s, size_t at)
{
	size_t n = at + 1;
	while (n < s.n && (lower(s.p[n]) == '/' || (lower(s.p[n]) >= 'a' && lower(s.p[n]) <= 'z') ||
			   is_digit(s.p[n])))
		n++;
	return str_sub(s, at + 1, n - at - 1);
}

static bool named(struct str name, const char *word)
{
	return name.n == strlen(word) && begins(name, 0, word);
}

static void new_line(struct buf *b, bool blank)
{
	while (b->n && b->p[b->n - 1] == ' ')
		b->n--;
	if (b->n && b->p[b->n - 1] != '\n')
		buf_putc(b, '\n');
	if (blank && b->n > 1 && b->p[b->n - 2] != '\n')
		buf_putc(b, '\n');
}

/* Past the tag at `at`; what is in some of them nobody reads. */
static size_t take_tag(struct buf *b, struct str s, size_t at)
{
	static const char *const unread[] = { "script", "style", "title" };
	static const char *const unread_ends[] = { "</script", "</style", "</title" };
	static const char *const blocks[] = { "br", "div", "/div", "tr", "li",
					      "h1", "h2",  "h3",   "hr" };
	static const char *const wide[] = { "p", "/p", "/h1", "/h2", "/h3", "blockquote", "table" };
	struct str name = tag_name(s, at);
	if (begins(s, at, "<!--")) {
		size_t end = find(s, at, "-->");
		return end < s.n ? end + 3 : s.n;
	}
	for (size_t i = 0; i < countof(unread); i++)
		if (named(name, unread[i]))
			at = find(s, at, unread_ends[i]);
	for (size_t i = 0; i < countof(blocks); i++)
		if (named(name, blocks[i]))
			new_line(b, false);
	for (size_t i = 0; i < countof(wide); i++)
		if (named(name, wide[i]))
			new_line(b, true);
	while (at < s.n && s.p[at] != '>')
		at++;
	return at < s.n ? at + 1 : s.n;
}

static void put_code(struct buf *b, uint32_t c)
{
	char out[4];
	size_t n = c < 0x80 ? 1 : c < 0x800 ? 2 : c < 0x10000 ? 3 : 4;
	if (c < 0x20 || (c >= 0x7f && c < 0xa0) || (c >= 0xd800 && c < 0xe000) || c > 0x10ffff)
		return;
	for (size_t i = n; i-- > 1; c >>= 6)
		out[i] = (char)(0x80 | (c & 0x3f));
	out[0] = (char)(n == 1 ? c : (0xf00u >> n & 0xff) | c);
	buf_put(b, (struct str){ out, n });
}

/* Past the entity at `at`; what is none stands for itself. */
static size_t take_entity(struct buf *b, struct str s, size_t at)
{
	static const struct {
		const char *name, *text;
	} known[] = { { "&amp;", "&" }, { "&lt;", "<" },   { "&gt;", ">" },  { "&quot;", "\"" },
		      { "&#39;", "'" }, { "&apos;", "'" }, { "&nbsp;", " " } };
	for (size_t i = 0; i < countof(known); i++)
		if (begins(s, at, known[i].name)) {
			buf_puts(b, known[i].text);
			return at + strlen(known[i].name);
		}
	size_t i = at + 2;
	bool hex = begins(s, at, "&#x");
	uint32_t c = 0;
	for (i += hex; begins(s, at, "&#") && i < s.n && s.p[i] != ';' && i < at + 12; i++) {
		char x = lower(s.p[i]);
		if (is_digit(x))
			c = c * (hex ? 16 : 10) + (uint32_t)(x - '0');
		else if (hex && x >= 'a' && x <= 'f')
			c = c * 16 + (uint32_t)(x - 'a' + 10);
		else
			break;
	}
	if (begins(s, at, "&#") && i < s.n && s.p[i] == ';') {
		put_code(b, c);
		return i + 1;
	}
	buf_putc(b, '&');
	return at + 1;
}

void plain_put(struct buf *b, struct str html)
{
	for (size_t at = 0; at < html.n;) {
		char c = html.p[at];
		if (c == '<' && at + 1 < html.n &&
		    (lower(html.p[at + 1]) >= 'a' || strchr("/!?", html.p[at + 1]))) {
			at = take_tag(b, html, at);
		} else if (c == '&') {
			at = take_entity(b, html, at);
		} else {
			bool blank = c == ' ' || c == '\t' || c == '\r' || c == '\n';
			bool needed = b->n && b->p[b->n - 1] != ' ' && b->p[b->n - 1] != '\n';
			if (!blank)
				buf_putc(b, c);
			else if (needed)
				buf_putc(b, ' ');
			at++;
		}
	}
	new_line(b, false);
}

struct str plain_clean(struct str s, bool lines, struct arena *a)
{
	struct buf b = { 0 };
	for (size_t i = 0, n; i < s.n; i += n ? n : 1) {
		struct str rest = str_sub(s, i, s.n);
		n = utf8_char(rest);
		unsigned char c = (unsigned char)rest.p[0];
		if (!n)
			buf_puts(&b, "\xef\xbf\xbd");
		else if (c == '\r' && lines)
			continue;
		else if ((c < 0x20 && !(lines && (c == '\n' || c == '\t'))) || c == 0x7f)
			buf_putc(&b, ' ');
		else
			buf_put(&b, str_sub(rest, 0, n));
	}
	struct str out = utf8_nfc(buf_copy(&b, a), a);
	buf_free(&b);
	return lines ? out : utf8_trim(out);
}
