/* A string that grows.  { 0 } is a good empty one; buf_free gives it back. */
#ifndef CRM_CORE_BUF_H
#define CRM_CORE_BUF_H

#include <stdarg.h>

#include "core/arena.h"
#include "core/base.h"

struct buf {
	char *p; /* NULL until something is put in; not NUL-terminated */
	size_t n, size;
};

void buf_grow(struct buf *b, size_t n); /* buf_room's, where there is too little */

/* Makes room for n more bytes and returns where they go; the caller adds to b->n. */
static inline char *buf_room(struct buf *b, size_t n)
{
	if (b->size - b->n < n)
		buf_grow(b, n);
	return b->p + b->n;
}

void buf_puts(struct buf *b, const char *s);
void buf_printf(struct buf *b, const char *fmt, ...) printf_like(2, 3);
void buf_vprintf(struct buf *b, const char *fmt, va_list ap) printf_like(2, 0);
void buf_int(struct buf *b, int64_t i); /* in decimal */
void buf_free(struct buf *b);

/* The line on one of its own: behind a line feed where there is something before it. */
void buf_line(struct buf *b, struct str line);

static inline void buf_put(struct buf *b, struct str s)
{
	if (!s.n)
		return;
	memcpy(buf_room(b, s.n), s.p, s.n);
	b->n += s.n;
}

static inline void buf_putc(struct buf *b, char c)
{
	*buf_room(b, 1) = c;
	b->n++;
}

static inline struct str buf_str(const struct buf *b)
{
	return (struct str){ b->p, b->n };
}

/* A NUL-terminated copy in the arena. */
struct str buf_copy(const struct buf *b, struct arena *a);

/*
 * Appends s so that it is harmless on a terminal: control characters (C0, DEL,
 * C1) and bytes that are no UTF-8 become \t \n \r or \xNN; all else is kept.
 */
void buf_escape(struct buf *b, struct str s);

/* s in double quotes, escaped as above, cut with … after 60 bytes: for messages. */
const char *quoted(struct str s, struct arena *a);

#endif
