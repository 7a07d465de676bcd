/* What is compared of e-mail addresses, and several of them in one text. */
#include "core/buf.h"
#include "core/email.h"
#include "core/utf8.h"

/* RFC 3492, section 5: the parameters of Punycode in domain names. */
enum { BASE = 36, T_MIN = 1, T_MAX = 26, SKEW = 38, DAMP = 700, BIAS = 72, FIRST = 128 };
enum { LABEL_MAX = 63, NAME_MAX = 320 }; /* characters of a label; bytes of a display name */

/* RFC 3492, section 6.1. */
static uint32_t adapt(uint32_t delta, uint32_t points, bool first)
{
	uint32_t k = 0;
	delta = first ? delta / DAMP : delta / 2;
	for (delta += delta / points; delta > (BASE - T_MIN) * T_MAX / 2; k += BASE)
		delta /= BASE - T_MIN;
	return k + (BASE - T_MIN + 1) * delta / (delta + SKEW);
}

static void put_digits(struct buf *out, uint32_t q, uint32_t bias)
{
	for (uint32_t k = BASE;; k += BASE) {
		uint32_t t = k <= bias ? T_MIN : k >= bias + T_MAX ? T_MAX : k - bias;
		uint32_t digit = q < t ? q : t + (q - t) % (BASE - t);
		buf_putc(out, (char)(digit < 26 ? 'a' + digit : '0' + digit - 26));
		if (q < t)
			return;
		q = (q - t) / (BASE - t);
	}
}

/*
 * RFC 3492, section 6.3; n code points of at most LABEL_MAX, so nothing overflows:
 * delta grows by 0x110000 × 64 at most between two digits.
 */
static void put_punycode(struct buf *out, const int32_t *label, uint32_t n)
{
	uint32_t code = FIRST, delta = 0, bias = BIAS, basic = 0;
	for (uint32_t i = 0; i < n; i++) {
		if (label[i] < FIRST) {
			buf_putc(out, (char)label[i]);
			basic++;
		}
	}
	if (basic)
		buf_putc(out, '-');
	for (uint32_t done = basic; done < n; delta++, code++) {
		uint32_t next = UINT32_MAX;
		for (uint32_t i = 0; i < n; i++)
			if ((uint32_t)label[i] >= code && (uint32_t)label[i] < next)
				next = (uint32_t)label[i];
		delta += (next - code) * (done + 1);
		code = next;
		for (uint32_t i = 0; i < n; i++) {
			if ((uint32_t)label[i] < code)
				delta++;
			if ((uint32_t)label[i] != code)
				continue;
			put_digits(out, delta, bias);
			bias = adapt(delta, done + 1, done == basic);
			delta = 0;
			done++;
		}
	}
}

/* Full-width letters and digits, and the East Asian full stops, are what they look like. */
static int32_t plain(int32_t c)
{
	if (c == 0x3002 || c == 0xff0e || c == 0xff61)
		return '.';
	if (c >= 0xff01 && c <= 0xff5e) /* capitals were made small before */
		return c - 0xff00 + 0x20;
	return c;
}

/* The label in ASCII, as it is where it has too many characters or no UTF-8. */
static void put_label(struct buf *out, struct str label)
{
	int32_t codes[LABEL_MAX];
	uint32_t n = 0;
	bool ascii = true;
	for (size_t i = 0, length; i < label.n; i += length) {
		length = utf8_char(str_sub(label, i, 4));
		if (length == 0 || n == LABEL_MAX) {
			buf_put(out, label);
			return;
		}
		codes[n] = utf8_code(str_sub(label, i, 4), length);
		ascii = ascii && codes[n] < FIRST;
		n++;
	}
	if (ascii) {
		buf_put(out, label);
		return;
	}
	buf_puts(out, "xn--");
	put_punycode(out, codes, n);
}

static void put_utf8(struct buf *b, int32_t c, struct str as_written)
{
	if (c < FIRST)
		buf_putc(b, (char)c);
	else
		buf_put(b, as_written);
}

/* The domain, in lower case, with its labels in ASCII. */
static struct str with_labels(struct str lower, struct arena *a)
{
	struct buf wide = { 0 }, out = { 0 };
	struct str label;
	for (size_t i = 0, n; i < lower.n; i += n) {
		struct str at = str_sub(lower, i, 4);
		n = utf8_char(at);
		struct str as_written = str_sub(lower, i, n ? n : 1);
		put_utf8(&wide, n ? plain(utf8_code(at, n)) : FIRST, as_written);
		n = n ? n : 1;
	}
	struct str rest = buf_copy(&wide, a);
	while (str_cut(&rest, '.', &label)) {
		put_label(&out, label);
		if (rest.p)
			buf_putc(&out, '.');
	}
	struct str ascii = buf_copy(&out, a);
	buf_free(&wide);
	buf_free(&out);
	return ascii;
}

static struct str ascii_domain(struct str domain, struct arena *a)
{
	struct str lower = utf8_lower(domain, a);
	struct str ascii = utf8_ascii(lower) ? lower : with_labels(lower, a);
	return str_is(ascii, "googlemail.com") ? STR("gmail.com") : ascii;
}

/* Local part and domain; false: there is no @. */
static bool halves(struct str address, struct str *local, struct str *domain)
{
	const char *at = address.n ? memrchr(address.p, '@', address.n) : NULL;
	if (!at)
		return false;
	*local = str_sub(address, 0, (size_t)(at - address.p));
	*domain = str_sub(address, local->n + 1, address.n);
	return true;
}

struct str email_of(struct str local, struct str domain, struct arena *a)
{
	size_t n = local.n + 1 + domain.n;
	char *p = arena_alloc(a, n + 1);
	memcpy(p, local.p, local.n);
	p[local.n] = '@';
	memcpy(p + local.n + 1, domain.p, domain.n);
	return (struct str){ p, n };
}

static struct str small(struct str s, struct arena *a)
{
	return utf8_valid(s) ? utf8_lower(utf8_nfc(s, a), a) : s;
}

struct str email_key(struct str address, struct arena *a)
{
	struct str local, domain;
	if (!halves(address, &local, &domain))
		return small(address, a);
	return email_of(small(local, a), ascii_domain(small(domain, a), a), a);
}

struct str email_loose_key(struct str address, struct arena *a)
{
	struct str local, domain, key = email_key(address, a);
	if (!halves(key, &local, &domain))
		return key;
	ptrdiff_t tag = str_find(local, '+');
	if (tag > 0 && local.p[0] != '"')
		local.n = (size_t)tag;
	if (!str_is(domain, "gmail.com") || local.p[0] == '"')
		return email_of(local, domain, a);
	char *out = arena_alloc(a, local.n + 1);
	size_t n = 0;
	for (size_t i = 0; i < local.n; i++)
		if (local.p[i] != '.')
			out[n++] = local.p[i];
	return email_of((struct str){ out, n }, domain, a);
}

struct str email_house(struct str text, struct arena *a)
{
	static const char everybodys[] =
	    " gmail.com yahoo.com yahoo.com.vn ymail.com hotmail.com outlook.com outlook.com.vn"
	    " live.com msn.com icloud.com me.com aol.com proton.me protonmail.com gmx.com gmx.de"
	    " gmx.net web.de mail.com mail.ru yandex.ru qq.com 163.com 126.com facebook.com fb.com"
	    " zalo.me instagram.com linkedin.com tiktok.com youtube.com shopee.vn lazada.vn"
	    " sites.google.com ";
	struct str local, host = text;
	ptrdiff_t scheme = str_find(host, ':');
	if (!halves(text, &local, &host) && scheme >= 0 &&
	    str_starts(str_sub(host, (size_t)scheme, host.n), "://"))
		host = str_sub(host, (size_t)scheme + 3, host.n);
	for (size_t i = 0; i < host.n; i++)
		if (strchr("/:?#", host.p[i]))
			host.n = i;
	host = ascii_domain(small(host, a), a);
	if (str_starts(host, "www."))
		host = str_sub(host, 4, host.n);
	return words_have(everybodys, host) ? (struct str){ 0 } : host;
}

/* What ends an address at i: a list mark, or a blank where the piece has its @ already. */
static bool ends_at(struct str s, size_t i, bool has_at)
{
	return memchr(",;|\n\r\t", s.p[i], 7) || (has_at && (s.p[i] == ' ' || s.p[i] == '/'));
}

/* Whether <…> comes next, before an @ outside of it: what stands in front is a display name. */
static bool is_display_name(struct str s)
{
	for (size_t i = 0; i < s.n && i < NAME_MAX && s.p[i] != '@'; i++)
		if (s.p[i] == '<')
			return true;
	return false;
}

/* How many bytes the first address has, with the display name that stands before it. */
static size_t piece_end(struct str s)
{
	bool quote = false, angle = false, has_at = false;
	size_t i = 0;
	for (; i < s.n; i++) {
		char c = s.p[i];
		if (c == '"')
			quote = !quote && memchr(s.p + i + 1, '"', s.n - i - 1) != NULL;
		else if (c == '<' && !quote)
			angle = str_find(str_sub(s, i, NAME_MAX), '>') >= 0;
		else if (c == '>')
			angle = false;
		else if (c == ',' && !has_at && is_display_name(str_sub(s, i, s.n)))
			continue; /* Tran, Lan <lan@example.com> */
		else if (!quote && !angle && ends_at(s, i, has_at))
			return i;
		else if (c == '@' && !quote)
			has_at = true;
	}
	return i;
}

static bool is_and(struct str s)
{
	return str_is(s, "or") || str_is(s, "and") || str_is(s, "&") || str_is(s, "và") ||
	       str_is(s, "hoặc") || str_is(s, "/") || str_is(s, "-");
}

/* Without "và " in front. */
static struct str skip_and(struct str s)
{
	ptrdiff_t blank = str_find(s, ' ');
	bool joins = blank > 0 && is_and(str_sub(s, 0, (size_t)blank));
	return joins ? str_sub(s, (size_t)blank + 1, s.n) : s;
}

bool email_next(struct str *rest, struct str *piece)
{
	while (rest->n) {
		size_t n = piece_end(*rest);
		*piece = utf8_trim(skip_and(utf8_trim(str_sub(*rest, 0, n))));
		*rest = str_sub(*rest, n + 1, rest->n);
		if (piece->n && !is_and(*piece))
			return true;
	}
	return false;
}
