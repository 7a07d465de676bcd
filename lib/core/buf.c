/* A string that grows. */
#include "core/buf.h"

#include <stdio.h>
#include <stdlib.h>

#include "core/utf8.h"

void buf_grow(struct buf *b, size_t n)
{
	size_t size = b->size ? b->size * 2 : 128;
	b->size = size < b->n + n ? b->n + n : size;
	b->p = xrealloc(b->p, b->size);
}

void buf_puts(struct buf *b, const char *s)
{
	buf_put(b, str_of(s));
}

void buf_vprintf(struct buf *b, const char *fmt, va_list ap)
{
	va_list again;
	va_copy(again, ap);
	int n = vsnprintf(NULL, 0, fmt, again);
	va_end(again);
	if (n < 0)
		return;
	vsnprintf(buf_room(b, (size_t)n + 1), (size_t)n + 1, fmt, ap);
	b->n += (size_t)n;
}

void buf_printf(struct buf *b, const char *fmt, ...)
{
	va_list ap;
	va_start(ap, fmt);
	buf_vprintf(b, fmt, ap);
	va_end(ap);
}

void buf_int(struct buf *b, int64_t i)
{
	char digits[20];
	size_t at = sizeof digits;
	uint64_t left = i < 0 ? -(uint64_t)i : (uint64_t)i;
	do
		digits[--at] = (char)('0' + left % 10);
	while ((left /= 10));
	if (i < 0)
		buf_putc(b, '-');
	buf_put(b, (struct str){ digits + at, sizeof digits - at });
}

void buf_line(struct buf *b, struct str line)
{
	if (b->n)
		buf_putc(b, '\n');
	buf_put(b, line);
}

void buf_free(struct buf *b)
{
	free(b->p);
	*b = (struct buf){ 0 };
}

struct str buf_copy(const struct buf *b, struct arena *a)
{
	return arena_str(a, buf_str(b));
}

static void escape_byte(struct buf *b, unsigned char c)
{
	switch (c) {
	case '\t':
		buf_puts(b, "\\t");
		break;
	case '\n':
		buf_puts(b, "\\n");
		break;
	case '\r':
		buf_puts(b, "\\r");
		break;
	default:
		buf_printf(b, "\\x%02x", c);
	}
}

void buf_escape(struct buf *b, struct str s)
{
	for (size_t i = 0; i < s.n;) {
		size_t n = utf8_char(str_sub(s, i, s.n));
		unsigned char c = (unsigned char)s.p[i];
		bool c1 = n == 2 && c == 0xc2 && (unsigned char)s.p[i + 1] < 0xa0;
		if (n == 0 || c < 0x20 || c == 0x7f || c1) {
			for (size_t end = i + (n ? n : 1); i < end; i++)
				escape_byte(b, (unsigned char)s.p[i]);
			continue;
		}
		buf_put(b, str_sub(s, i, n));
		i += n;
	}
}

const char *quoted(struct str s, struct arena *a)
{
	enum { MOST = 60 };
	size_t n = s.n;
	if (n > MOST) { /* cut between characters */
		n = MOST;
		while (n && ((unsigned char)s.p[n] & 0xc0) == 0x80)
			n--;
	}
	struct buf b = { 0 };
	buf_putc(&b, '"');
	buf_escape(&b, str_sub(s, 0, n));
	buf_puts(&b, n < s.n ? "…\"" : "\"");
	struct str out = buf_copy(&b, a);
	buf_free(&b);
	return out.p;
}
