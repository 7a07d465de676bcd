/* Content lines of vCards: parameters, encodings, escapes, folding. */
#include <stdlib.h>
#include <strings.h>

#include "core/utf8.h"
#include "stream/source.h"
#include "stream/vcard.h"

enum { PREFERRED = 100 };

static bool is_name_char(char c)
{
	return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || is_digit(c) || c == '-' ||
	       c == '_';
}

static struct str cased(struct str s, bool capitals, struct arena *a)
{
	struct str out = arena_str(a, s);
	char *p = arena_alloc(a, s.n + 1);
	for (size_t i = 0; i < out.n; i++) {
		char c = out.p[i];
		bool change = capitals ? c >= 'a' && c <= 'z' : c >= 'A' && c <= 'Z';
		p[i] = (char)(change ? c ^ 0x20 : c);
	}
	return (struct str){ p, out.n };
}

/* Where the value begins: behind the first colon that is not in quotes; 0: there is none. */
static size_t value_start(struct str text)
{
	bool quotes = false;
	for (size_t i = 0; i < text.n; i++) {
		if (text.p[i] == '"')
			quotes = !quotes;
		else if (text.p[i] == ':' && !quotes)
			return i + 1;
	}
	ptrdiff_t colon = str_find(text, ':'); /* a quote that is never closed is text */
	return colon < 0 ? 0 : (size_t)colon + 1;
}

/* Cuts the piece before the next semicolon that is not in quotes. */
static bool cut_param(struct str *rest, struct str *piece)
{
	bool quotes = false;
	size_t i = 0;
	if (!rest->p)
		return false;
	for (; i < rest->n && (quotes || rest->p[i] != ';'); i++)
		if (rest->p[i] == '"')
			quotes = !quotes;
	*piece = str_sub(*rest, 0, i);
	*rest = i < rest->n ? str_sub(*rest, i + 1, rest->n) : (struct str){ 0 };
	return true;
}

static struct str unquote(struct str s, struct arena *a)
{
	char *out = arena_alloc(a, s.n + 1);
	size_t n = 0;
	for (size_t i = 0; i < s.n; i++)
		if (s.p[i] != '"')
			out[n++] = s.p[i];
	return (struct str){ out, n };
}

bool vcard_param(struct str *rest, struct str *name, struct str *value, struct arena *a)
{
	struct str piece;
	do {
		if (!cut_param(rest, &piece))
			return false;
		piece = str_trim(piece);
	} while (!piece.n);
	ptrdiff_t equals = str_find(piece, '=');
	size_t n = equals < 0 ? 0 : (size_t)equals;
	*name = cased(str_trim(str_sub(piece, 0, n)), true, a);
	*value = unquote(str_trim(equals < 0 ? piece : str_sub(piece, n + 1, piece.n)), a);
	return true;
}

struct str vcard_param_of(const struct vcard_line *l, const char *wanted, struct arena *a)
{
	struct str rest = l->params, name, value;
	while (vcard_param(&rest, &name, &value, a))
		if (str_is(name, wanted))
			return value;
	return (struct str){ 0 };
}

bool vcard_is(struct str s, const char *word)
{
	return s.n == strlen(word) && strncasecmp(s.p, word, s.n) == 0;
}

/* ENCODING=QUOTED-PRINTABLE, or the bare words of 2.1. */
static bool encoded_as(const struct vcard_line *l, const char *const *words, struct arena *a)
{
	struct str rest = l->params, name, value;
	while (vcard_param(&rest, &name, &value, a))
		for (size_t i = 0; words[i] && (!name.n || str_is(name, "ENCODING")); i++)
			if (vcard_is(value, words[i]))
				return true;
	return false;
}

bool vcard_binary(const struct vcard_line *l, struct arena *a)
{
	static const char *const words[] = { "BASE64", "B", NULL };
	struct str v = l->value;
	bool data = v.n > 5 && strncasecmp(v.p, "data:", 5) == 0 &&
		    memmem(v.p, v.n < 200 ? v.n : 200, ";base64,", 8);
	return data || encoded_as(l, words, a);
}

static int hex(char c)
{
	const char *digits = "0123456789abcdef", *at = c ? strchr(digits, c | 0x20) : NULL;
	return at && (is_digit(c) || (c | 0x20) >= 'a') ? (int)(at - digits) : -1;
}

/* What is no =XX stands for itself, as sloppy writers mean it. */
static struct str undo_quoted_printable(struct str s, struct arena *a)
{
	char *out = arena_alloc(a, s.n + 1);
	size_t n = 0;
	for (size_t i = 0; i < s.n; i++) {
		int high = s.p[i] == '=' && i + 2 < s.n ? hex(s.p[i + 1]) : -1;
		int low = high >= 0 ? hex(s.p[i + 2]) : -1;
		out[n++] = low >= 0 ? (char)(high * 16 + low) : s.p[i];
		if (low >= 0)
			i += 2;
	}
	return (struct str){ out, n };
}

/* CR LF and lone CRs become LF; other control characters go. */
static struct str plain_lines(struct str s, struct arena *a)
{
	char *out = arena_alloc(a, s.n + 1);
	size_t n = 0;
	for (size_t i = 0; i < s.n; i++) {
		char c = s.p[i];
		if (c == '\r' && i + 1 < s.n && s.p[i + 1] == '\n')
			continue;
		if (c == '\r')
			c = '\n';
		if (c == '\n' || c == '\t' || ((unsigned char)c >= ' ' && c != 0x7f))
			out[n++] = c;
	}
	return (struct str){ out, n };
}

static bool decode(struct vcard_line *l, bool decoded, struct arena *a, struct diag *d)
{
	static const char *const words[] = { "QUOTED-PRINTABLE", NULL };
	bool quoted_printable = encoded_as(l, words, a);
	struct str charset = vcard_param_of(l, "CHARSET", a);
	if (quoted_printable)
		l->value = undo_quoted_printable(l->value, a);
	if (charset.n && (quoted_printable || !decoded) && !vcard_is(charset, "UTF-8") &&
	    !source_decode(l->value, arena_str(a, charset).p, &l->value, a))
		return diag_set(d, NULL, "%s: this is no text in %s", arena_str(a, l->name).p,
				quoted(charset, a));
	if (!utf8_valid(l->value))
		return diag_set(d, NULL, "%s: %s is not UTF-8; is it another --encoding?",
				arena_str(a, l->name).p, quoted(l->value, a));
	if (str_find(l->value, '\0') >= 0)
		return diag_set(d, NULL, "%s: a NUL byte stands in it", arena_str(a, l->name).p);
	l->value = plain_lines(l->value, a);
	return true;
}

bool vcard_parse(struct str text, bool decoded, struct vcard_line *l, struct arena *a,
		 struct diag *d)
{
	*l = (struct vcard_line){ 0 };
	size_t start = value_start(text), i = 0;
	if (!start)
		return diag_set(d, NULL, "%s has no colon, as every line of a card has",
				quoted(text, a));
	struct str head = str_sub(text, 0, start - 1);
	while (i < head.n && head.p[i] != ';')
		i++;
	struct str name = str_trim(str_sub(head, 0, i));
	const char *dot = memrchr(name.p, '.', name.n);
	size_t at = dot ? (size_t)(dot + 1 - name.p) : 0;
	l->group = cased(str_sub(name, 0, at ? at - 1 : 0), false, a);
	l->name = cased(str_sub(name, at, name.n), true, a);
	l->params = i < head.n ? arena_str(a, str_sub(head, i + 1, head.n)) : (struct str){ 0 };
	l->value = str_sub(text, start, text.n);
	bool good = l->name.n > 0;
	for (size_t j = 0; j < l->name.n; j++)
		good = good && is_name_char(l->name.p[j]);
	if (!good || !utf8_valid(l->params) || !utf8_valid(l->group) ||
	    str_find(l->params, '\0') >= 0 || str_find(l->group, '\0') >= 0)
		return diag_set(d, NULL, "%s is no property of a card", quoted(head, a));
	for (size_t j = 0; j < l->params.n; j++)
		if ((unsigned char)l->params.p[j] < ' ')
			return diag_set(d, NULL, "%s: a control character in its parameters",
					l->name.p);
	return decode(l, decoded, a, d);
}

/* Words of TYPE that say how the machine works, not whose it is. */
static bool is_noise(struct str word)
{
	static const char *const noise[] = { "voice",
					     "internet",
					     "msg",
					     "postal",
					     "parcel",
					     "intl",
					     "dom",
					     "text",
					     "video",
					     "iphone",
					     "x-evolution-ui-slot" };
	for (size_t i = 0; i < countof(noise); i++)
		if (vcard_is(word, noise[i]))
			return true;
	return false;
}

bool vcard_is_type(struct str label)
{
	static const char *const words[] = {
		"home",	    "work",	 "cell",  "fax",   "pager",    "main",	    "other",
		"car",	    "isdn",	 "modem", "bbs",   "pcs",      "homefax",   "workfax",
		"otherfax", "callback",	 "tty",	  "telex", "radio",    "assistant", "company",
		"school",   "textphone", "x400",  "aol",   "applelink"
	};
	struct str rest = label, word;
	while (label.n && str_cut(&rest, ' ', &word)) {
		bool known = false;
		for (size_t i = 0; i < countof(words); i++)
			known |= str_is(word, words[i]);
		if (!known)
			return false;
	}
	return true;
}

bool vcard_is_machine(struct str label)
{
	return memmem(label.p, label.n, "fax", 3) || memmem(label.p, label.n, "pager", 5);
}

/* PREF of 4.0 counts from 1, the most, to 100; of 2.1 it has no value. */
static unsigned preference(struct str value)
{
	int64_t n;
	bool counted = str_int(value, &n) && n > 0 && n <= PREFERRED;
	return counted ? PREFERRED + 1 - (unsigned)n : PREFERRED;
}

struct str vcard_types(const struct vcard_line *l, unsigned *preferred, struct arena *a)
{
	struct buf b = { 0 };
	struct str rest = l->params, name, value, word;
	*preferred = 0;
	while (vcard_param(&rest, &name, &value, a)) {
		if (str_is(name, "PREF"))
			*preferred = preference(value);
		if (name.n && !str_is(name, "TYPE"))
			continue;
		while (str_cut(&value, ',', &word)) {
			word = cased(str_trim(word), false, a);
			if (str_is(word, "pref"))
				*preferred = PREFERRED;
			if (str_is(word, "mobile"))
				word = STR("cell");
			bool encoding = str_is(word, "quoted-printable") || str_is(word, "base64");
			if (!word.n || is_noise(word) || encoding || str_is(word, "pref"))
				continue;
			buf_printf(&b, "%s%.*s", b.n ? " " : "", (int)word.n, word.p);
		}
	}
	struct str types = l->label.n ? l->label : buf_copy(&b, a);
	buf_free(&b);
	return types;
}

struct str vcard_unescape(struct str s, enum vcard_version v, struct arena *a)
{
	char *out = arena_alloc(a, s.n + 1);
	size_t n = 0;
	for (size_t i = 0; i < s.n; i++) {
		char c = s.p[i], next = i + 1 < s.n ? s.p[i + 1] : '\0';
		bool escape = c == '\\' && next &&
			      (next == ';' || (v != VCARD_21 && strchr(",:\\nN\"", next)));
		if (escape) {
			c = next == 'n' || next == 'N' ? '\n' : next;
			i++;
		}
		out[n++] = c;
	}
	return (struct str){ out, n };
}

void vcard_parts(struct str value, enum vcard_version v, struct str *parts, size_t max,
		 struct arena *a)
{
	size_t start = 0, part = 0;
	for (size_t i = 0; i < max; i++)
		parts[i] = (struct str){ 0 };
	for (size_t i = 0; i <= value.n && part < max; i++) {
		if (i < value.n && value.p[i] == '\\' && i + 1 < value.n) {
			i++;
			continue;
		}
		if (i < value.n && value.p[i] != ';')
			continue;
		bool last = part + 1 == max;
		struct str raw = str_sub(value, start, last ? value.n : i - start);
		parts[part++] = utf8_trim(vcard_unescape(raw, v, a));
		start = i + 1;
	}
}

void vcard_escape(struct buf *b, struct str s)
{
	for (size_t i = 0; i < s.n; i++) {
		char c = s.p[i];
		if (c == '\n') {
			buf_puts(b, "\\n");
			continue;
		}
		if (c == '\r')
			continue;
		if (c == '\\' || c == ',' || c == ';')
			buf_putc(b, '\\');
		buf_putc(b, c);
	}
}

void vcard_fold(struct buf *b, struct str line)
{
	enum { OCTETS = 75 };
	size_t room = OCTETS;
	for (size_t at = 0; at < line.n;) {
		size_t n = utf8_char(str_sub(line, at, line.n));
		n = n ? n : 1;
		if (n > room) {
			buf_puts(b, "\r\n ");
			room = OCTETS - 1;
		}
		buf_put(b, str_sub(line, at, n));
		room -= n;
		at += n;
	}
	buf_puts(b, "\r\n");
}
