/* Amounts as people write them: 1.500.000, $19.99, 15tr, 1 tỷ 200 triệu. */
#include "core/money.h"

#include "core/buf.h"
#include "core/utf8.h"

enum { TEXT_MAX = 80 };

/* All that follows reads folded text: đ is d, tỷ is ty, full-width digits are digits. */

static const struct symbol {
	const char *text, *code;
	const char *also; /* what else it means: that, where it is the currency of the style */
} symbols[] = {
	{ "$", "USD", "ARS AUD BBD BMD BND BSD BZD CAD CLP COP FJD HKD JMD LRD MXN NZD SGD TWD" },
	{ "us$", "USD", "" },
	{ "€", "EUR", "" },
	{ "£", "GBP", "EGP FKP GIP SHP SSP SYP" },
	{ "¥", "JPY", "CNY" },
	{ "₫", "VND", "" },
	{ "d", "VND", "" },
	{ "dong", "VND", "" },
	{ "₩", "KRW", "KPW" },
	{ "₹", "INR", "" },
	{ "฿", "THB", "" },
	{ "₱", "PHP", "" },
	{ "₽", "RUB", "" },
	{ "₴", "UAH", "" },
	{ "₺", "TRY", "" },
	{ "₪", "ILS", "" },
	{ "rp", "IDR", "" },
	{ "rm", "MYR", "" },
	{ "kr", "SEK", "DKK ISK NOK" },
	{ "zl", "PLN", "" },
};

/* Powers of ten; of two words that begin alike the longer one first. */
static const struct multiplier {
	const char *word;
	int zeros;
} multipliers[] = {
	{ "nghin", 3 }, { "ngan", 3 }, { "k", 3 },  { "trieu", 6 },
	{ "tr", 6 },	{ "ty", 9 },   { "ti", 9 },
};

struct amount {
	struct str text; /* as it was given, for messages */
	struct str rest; /* what is still to be read, folded */
	const struct money_style *style;
	const char *code;	     /* NULL until the text names it */
	const struct symbol *symbol; /* by which the text named it, if so */
	bool minus;
	int64_t minor;
	struct diag *d;
};

static bool refuse(struct amount *m, const char *why)
{
	return diag_set(m->d, NULL, "%s is not an amount: %s", quoted(m->text, &m->d->arena), why);
}

static bool digit_at(struct str s, size_t i)
{
	return i < s.n && is_digit(s.p[i]);
}

static bool all_digits(struct str s)
{
	size_t n = 0;
	while (digit_at(s, n))
		n++;
	return n == s.n;
}

static bool eat(struct str *s, const char *word)
{
	if (!str_starts(*s, word))
		return false;
	*s = str_trim(str_sub(*s, strlen(word), s->n));
	return true;
}

static int eat_multiplier(struct str *s)
{
	for (size_t i = 0; i < countof(multipliers); i++) {
		if (eat(s, multipliers[i].word))
			return multipliers[i].zeros;
	}
	return 0;
}

/* The codes of a list are set apart by blanks, so three letters of it are one code. */
static bool among(const char *list, const char *code)
{
	return code && strstr(list, code);
}

/* The code that `word` names, and *symbol where it is one. */
static const char *currency_named(struct str word, const char *configured,
				  const struct symbol **symbol)
{
	*symbol = NULL;
	for (size_t i = 0; i < countof(symbols); i++) {
		if (!str_is(word, symbols[i].text))
			continue;
		*symbol = &symbols[i];
		return among(symbols[i].also, configured) ? configured : symbols[i].code;
	}
	return currency_code(word);
}

/* Of two names one may be a symbol that the other explains: $250 CAD. */
static bool use_currency(struct amount *m, const char *code, const struct symbol *symbol)
{
	bool explains = m->symbol && among(m->symbol->also, code);
	bool explained = m->code && symbol && among(symbol->also, m->code);
	if (m->code && strcmp(m->code, code) != 0 && !explains && !explained)
		return refuse(m, "it names two currencies");
	if (!explained)
		m->code = code;
	m->symbol = symbol;
	return true;
}

static bool read_sign(struct amount *m)
{
	bool minus = eat(&m->rest, "-") || eat(&m->rest, "−");
	m->minus |= minus;
	return minus || eat(&m->rest, "+");
}

/* The currency that stands before the number; *found says whether there was one. */
static bool read_name(struct amount *m, bool *found)
{
	size_t n = 0;
	while (n < m->rest.n && !is_digit(m->rest.p[n]) && !strchr(" +-", m->rest.p[n]))
		n++;
	*found = n > 0;
	if (n == 0)
		return true;
	const struct symbol *symbol;
	const char *code = currency_named(str_sub(m->rest, 0, n), m->style->currency, &symbol);
	if (!code)
		return refuse(m, "it begins with something else");
	m->rest = str_trim(str_sub(m->rest, n, m->rest.n));
	return use_currency(m, code, symbol);
}

/* A sign and currencies in any order: -$250, USD -250, CAD $250. */
static bool read_prefix(struct amount *m)
{
	bool has_sign = read_sign(m), found = true;
	while (found) {
		if (!read_name(m, &found))
			return false;
	}
	if (!has_sign)
		read_sign(m);
	return digit_at(m->rest, 0) || refuse(m, "digits are missing");
}

/*
 * The currency behind the last digit and the multipliers there.  It is taken off
 * before the number is read, because what 1.500 means depends on it.
 */
static bool read_suffix(struct amount *m)
{
	size_t end = m->rest.n;
	while (!is_digit(m->rest.p[end - 1]))
		end--;
	struct str tail = str_trim(str_sub(m->rest, end, m->rest.n));
	while (tail.n) {
		const struct symbol *symbol;
		const char *code = currency_named(tail, m->style->currency, &symbol);
		if (code) {
			m->rest = str_trim(str_sub(m->rest, 0, m->rest.n - tail.n));
			return use_currency(m, code, symbol);
		}
		if (!eat_multiplier(&tail))
			return refuse(m, "something else follows the number");
	}
	return true;
}

/* The separator at i, between digits: '.', ',', '\'' (also ’) or ' ', and its bytes; 0: none. */
static char separator_at(struct str s, size_t i, size_t *n)
{
	char c = i < s.n ? s.p[i] : '\0';
	*n = 1;
	if (str_starts(str_sub(s, i, s.n), "’")) {
		c = '\'';
		*n = strlen("’");
	}
	if (!c || !strchr("., '", c) || !digit_at(s, i + *n))
		return '\0';
	bool three = digit_at(s, i + 2) && digit_at(s, i + 3) && !digit_at(s, i + 4);
	return c == ' ' && !three ? '\0' : c; /* "1tr 5": no group */
}

/* The number at the front of *s, cut off it, into out: ASCII digits and separators. */
static struct str cut_number(struct str *s, char out[TEXT_MAX])
{
	size_t i = 0, n = 0, length;
	for (;;) {
		char c = digit_at(*s, i) ? s->p[i] : '\0';
		length = 1;
		if (!c)
			c = separator_at(*s, i, &length);
		if (!c)
			break;
		out[n++] = c;
		i += length;
	}
	*s = str_trim(str_sub(*s, i, s->n));
	return (struct str){ out, n };
}

enum meaning { GROUPS, POINT, UNCLEAR };

/* What the one separator of a number means; with it three digits follow in most cases. */
static enum meaning judge(const struct amount *m, struct str number, size_t at, bool multiplied)
{
	char c = number.p[at];
	bool whole_unit = currency_digits(str_of(m->code)) == 0;
	if (c == ' ' || c == '\'')
		return GROUPS;
	if (number.n - at - 1 != 3 || at > 3 || number.p[0] == '0')
		return POINT;
	if (c == m->style->group || (whole_unit && !multiplied))
		return GROUPS;
	if (c == m->style->point)
		return POINT;
	return whole_unit ? GROUPS : UNCLEAR;
}

/* Where the decimal point is: `at`, or number.n for none; false where that is not clear. */
static bool find_point(struct amount *m, struct str number, bool multiplied, size_t *at)
{
	size_t seps = 0, last = number.n, same = 0;
	for (size_t i = number.n; i-- > 0;) {
		if (is_digit(number.p[i]))
			continue;
		if (seps++ == 0)
			last = i;
		same += number.p[i] == number.p[last];
	}
	*at = number.n;
	if (seps == 1) {
		enum meaning meaning = judge(m, number, last, multiplied);
		if (meaning == UNCLEAR)
			return refuse(m, "the separator may group or be the decimal point");
		if (meaning == POINT)
			*at = last;
	} else if (same < seps) {
		bool point = same == 1 && strchr(".,", number.p[last]);
		*at = last;
		return point || refuse(m, "the separators do not fit together");
	}
	return true;
}

/* Copies the digits before the point; false unless the groups have three digits and one mark. */
static bool copy_groups(struct str whole, char *out, size_t *n)
{
	char mark = '\0';
	size_t run = 0;
	for (size_t i = 0; i < whole.n; i++) {
		char c = whole.p[i];
		if (is_digit(c)) {
			run++;
			out[(*n)++] = c;
			continue;
		}
		if ((mark && (c != mark || run != 3)) || run > 3)
			return false;
		mark = c;
		run = 0;
	}
	return !mark || run == 3;
}

static bool refuse_digits(struct amount *m, int digits)
{
	struct arena *a = &m->d->arena;
	if (digits == 0)
		return refuse(m, arena_printf(a, "%s has no minor unit", m->code).p);
	return refuse(
	    m, arena_printf(a, "%s has %d digits behind the decimal point", m->code, digits).p);
}

static bool add(struct amount *m, int64_t value, int scale)
{
	int digits = currency_digits(str_of(m->code));
	int64_t minor;
	if (!decimal_rescale(value, scale, digits, &minor))
		return scale <= digits ? refuse(m, "it is too large") : refuse_digits(m, digits);
	if (__builtin_add_overflow(m->minor, minor, &m->minor))
		return refuse(m, "it is too large");
	return true;
}

static bool add_number(struct amount *m, struct str number, int zeros)
{
	char plain[TEXT_MAX + 1];
	size_t point, n = 0;
	int64_t value;
	int scale;
	if (!find_point(m, number, zeros > 0, &point))
		return false;
	if (!copy_groups(str_sub(number, 0, point), plain, &n))
		return refuse(m, "the groups of digits are not of three");
	if (point < number.n) {
		plain[n++] = '.';
		memcpy(plain + n, number.p + point + 1, number.n - point - 1);
		n += number.n - point - 1;
	}
	if (!decimal_parse((struct str){ plain, n }, &value, &scale))
		return refuse(m, "it is too large");
	return add(m, value, scale - zeros);
}

/* 1 tỷ 200 triệu is a sum; the bare digits of 1tr5 are the fraction of the word before them. */
static bool read_terms(struct amount *m)
{
	for (int above = 0; m->rest.n;) {
		char bytes[TEXT_MAX];
		int zeros = 0, more;
		struct str number = cut_number(&m->rest, bytes);
		if (!number.n)
			return refuse(m, "something else is between the numbers");
		while ((more = eat_multiplier(&m->rest)) > 0)
			zeros += more;
		if (above && zeros == 0 && m->rest.n == 0 && number.n <= 3 && all_digits(number))
			zeros = above - (int)number.n;
		else if (above && (zeros == 0 || zeros >= above))
			return refuse(m, "its parts do not fall in size");
		if (!add_number(m, number, zeros))
			return false;
		above = zeros;
		if (above == 0 && m->rest.n)
			return refuse(m, "something else follows the number");
	}
	return true;
}

/* 1500000, or 1.5e6 as JSON and spreadsheets write large ones: no separators to guess about. */
static bool plain_number(struct str s, int64_t *value, int *scale)
{
	return (all_digits(s) || str_find(s, 'e') >= 0) && decimal_parse(s, value, scale);
}

static bool read_amount(struct amount *m, struct money *out)
{
	int64_t value;
	int scale;
	if (m->rest.n == 0)
		return diag_set(m->d, NULL, "an amount is missing");
	if (m->rest.n > TEXT_MAX)
		return refuse(m, "it is too long");
	if (!all_digits(m->rest) && (!read_prefix(m) || !read_suffix(m)))
		return false;
	out->named = m->code != NULL;
	if (!m->code && m->style->currency)
		m->code = currency_code(str_of(m->style->currency));
	if (!m->code)
		return refuse(m, "a currency is missing");
	if (plain_number(m->rest, &value, &scale) ? !add(m, value, scale) : !read_terms(m))
		return false;
	out->minor = m->minus ? -m->minor : m->minor;
	out->currency = m->code;
	return true;
}

bool money_parse(struct str text, const struct money_style *style, struct money *out,
		 struct diag *d)
{
	struct arena scratch = { 0 };
	struct str trimmed = utf8_trim(text);
	struct amount m = {
		.text = trimmed,
		.rest = all_digits(trimmed) ? trimmed : utf8_fold(text, &scratch),
		.style = style,
		.d = d,
	};
	bool good = read_amount(&m, out);
	arena_free(&scratch);
	return good;
}
