/* Borrowed strings, and complaining. */
#include "core/base.h"

#include <errno.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>

#include "core/buf.h"
#include "core/diag.h"

const char *program_name = "crm";

int int64_cmp(const void *a, const void *b)
{
	int64_t x = *(const int64_t *)a, y = *(const int64_t *)b;
	return (x > y) - (x < y);
}

int str_cmp(struct str a, struct str b)
{
	size_t n = a.n < b.n ? a.n : b.n;
	int c = n ? memcmp(a.p, b.p, n) : 0;
	return c ? c : (a.n > b.n) - (a.n < b.n);
}

static bool is_blank(char c)
{
	return c == ' ' || (c >= '\t' && c <= '\r');
}

struct str str_trim(struct str s)
{
	while (s.n && is_blank(s.p[0]))
		s.p++, s.n--;
	while (s.n && is_blank(s.p[s.n - 1]))
		s.n--;
	return s;
}

ptrdiff_t str_find(struct str s, char c)
{
	const char *at = s.n ? memchr(s.p, c, s.n) : NULL;
	return at ? at - s.p : -1;
}

bool str_cut(struct str *rest, char c, struct str *piece)
{
	if (!rest->p)
		return false;
	ptrdiff_t at = str_find(*rest, c);
	if (at < 0) {
		*piece = *rest;
		*rest = (struct str){ NULL, 0 };
		return true;
	}
	*piece = str_sub(*rest, 0, (size_t)at);
	*rest = str_sub(*rest, (size_t)at + 1, rest->n);
	return true;
}

bool words_have(const char *words, struct str word)
{
	struct str rest = str_of(words), one;
	while (word.n && str_cut(&rest, ' ', &one))
		if (str_eq(one, word))
			return true;
	return false;
}

bool str_int(struct str s, int64_t *out)
{
	bool minus = s.n && s.p[0] == '-';
	size_t i = s.n && (s.p[0] == '-' || s.p[0] == '+');
	int64_t v = 0;
	if (i == s.n)
		return false;
	for (; i < s.n; i++) {
		int digit = s.p[i] - '0';
		if (digit < 0 || digit > 9)
			return false;
		if (__builtin_mul_overflow(v, 10, &v) ||
		    __builtin_sub_overflow(v, digit, &v)) /* negative: INT64_MIN fits */
			return false;
	}
	if (!minus && __builtin_sub_overflow(0, v, &v))
		return false;
	*out = v;
	return true;
}

static void printf_like(1, 0) complain(const char *fmt, va_list ap)
{
	int error = errno;
	struct buf raw = { 0 };
	buf_vprintf(&raw, fmt, ap);
	if (raw.n && raw.p[raw.n - 1] == ':')
		buf_printf(&raw, " %s", strerror(error));
	fflush(stdout);
	diag_report(&(struct diag){ .message = buf_str(&raw) });
	buf_free(&raw);
}

static bool for_now;

void fail_for_now(void)
{
	for_now = true;
}

enum status status_told(enum status status)
{
	return for_now && status == STATUS_ENV ? STATUS_BUSY : status;
}

void die(enum status status, const char *fmt, ...)
{
	va_list ap;
	va_start(ap, fmt);
	complain(fmt, ap);
	va_end(ap);
	exit((int)status_told(status));
}

void warn(const char *fmt, ...)
{
	va_list ap;
	va_start(ap, fmt);
	complain(fmt, ap);
	va_end(ap);
}

void *xmalloc(size_t n)
{
	void *p = malloc(n ? n : 1);
	if (!p)
		die(STATUS_ENV, "out of memory (%zu bytes wanted)", n);
	return p;
}

void *xcalloc(size_t n, size_t size)
{
	void *p = calloc(n ? n : 1, size ? size : 1);
	if (!p)
		die(STATUS_ENV, "out of memory (%zu × %zu bytes wanted)", n, size);
	return p;
}

void *xrealloc(void *p, size_t n)
{
	p = realloc(p, n ? n : 1);
	if (!p)
		die(STATUS_ENV, "out of memory (%zu bytes wanted)", n);
	return p;
}

void *xgrow(void *list, size_t n, size_t *room, size_t size)
{
	enum { FIRST = 64 };
	if (n < *room)
		return list;
	*room = *room ? *room * 2 : FIRST;
	return xrealloc(list, *room * size);
}

char *xstrdup(const char *s)
{
	size_t n = strlen(s) + 1;
	return memcpy(xmalloc(n), s, n);
}
