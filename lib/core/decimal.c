/* Exact decimals in 64 bits. */
#include "core/money.h"

/* value × 10 + digit, or minus it: negative numbers grow downwards, so INT64_MIN fits. */
static bool push_digit(int64_t *value, char c, bool minus)
{
	int digit = minus ? '0' - c : c - '0';
	return !__builtin_mul_overflow(*value, 10, value) &&
	       !__builtin_add_overflow(*value, digit, value);
}

/* The digits at *i, pushed onto *value; how many, or -1 when they do not fit. */
static int push_digits(struct str s, size_t *i, int64_t *value, bool minus)
{
	int n = 0;
	for (; *i < s.n && is_digit(s.p[*i]); ++*i, n++) {
		if (!push_digit(value, s.p[*i], minus))
			return -1;
	}
	return n;
}

/* The rest of s from the e on; at most three digits, which is more than ever fits. */
static bool parse_exponent(struct str s, int *out)
{
	int64_t n;
	struct str digits = str_sub(s, 1, s.n);
	if (s.n < 2 || (s.p[0] | 0x20) != 'e' || s.n > 5 || !str_int(digits, &n))
		return false;
	*out = (int)n;
	return true;
}

bool decimal_parse(struct str s, int64_t *value, int *scale)
{
	bool minus = s.n && s.p[0] == '-';
	size_t i = s.n && (s.p[0] == '-' || s.p[0] == '+');
	int64_t v = 0;
	int behind = 0, exponent = 0;
	if (push_digits(s, &i, &v, minus) <= 0)
		return false;
	if (i < s.n && s.p[i] == '.') {
		i++;
		behind = push_digits(s, &i, &v, minus);
		if (behind <= 0)
			return false;
	}
	if (i < s.n && !parse_exponent(str_sub(s, i, s.n), &exponent))
		return false;
	behind -= exponent;
	if (behind < 0 && !decimal_rescale(v, behind, 0, &v))
		return false;
	*value = v;
	*scale = behind > 0 ? behind : 0;
	return true;
}

bool decimal_rescale(int64_t value, int from, int to, int64_t *out)
{
	for (; from < to && value != 0; from++) {
		if (__builtin_mul_overflow(value, 10, &value))
			return false;
	}
	for (; from > to && value != 0; from--) {
		if (value % 10 != 0)
			return false;
		value /= 10;
	}
	*out = value;
	return true;
}

/* Written from the last digit to the first; group 0: no groups. */
static struct str print(int64_t value, int scale, char group, char point, struct arena *a)
{
	enum { DIGITS = 19, SIGN_AND_POINT = 2 }; /* of 64 bits */
	size_t behind = scale > 0 ? (size_t)scale : 0;
	size_t size = behind + DIGITS + DIGITS / 3 + SIGN_AND_POINT + 1;
	char *end = (char *)arena_alloc(a, size) + size - 1, *p = end;
	uint64_t rest = value < 0 ? -(uint64_t)value : (uint64_t)value;
	for (size_t n = 0; n <= behind || rest; n++, rest /= 10) {
		if (n == behind && n)
			*--p = point;
		else if (n > behind && (n - behind) % 3 == 0 && group)
			*--p = group;
		*--p = (char)('0' + rest % 10);
	}
	if (value < 0)
		*--p = '-';
	return (struct str){ p, (size_t)(end - p) };
}

struct str decimal_print(int64_t value, int scale, struct arena *a)
{
	return print(value, scale, '\0', '.', a);
}

struct str decimal_group(int64_t value, int scale, char group, char point, struct arena *a)
{
	return print(value, scale, group, point, a);
}
