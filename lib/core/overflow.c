/* Blocks of bytes that wait in a temporary file. */
#include "core/overflow.h"

#include <unistd.h>

#include "core/temporary.h"

static bool put(struct overflow *o, const void *p, size_t n)
{
	for (ssize_t put; n; o->last += put, n -= (size_t)put, p = (const char *)p + put)
		if ((put = pwrite(fileno(o->file), p, n, o->last)) <= 0)
			return false;
	return true;
}

static bool get(struct overflow *o, void *p, size_t n)
{
	for (ssize_t got; n; o->first += got, n -= (size_t)got, p = (char *)p + got)
		if ((got = pread(fileno(o->file), p, n, o->first)) <= 0)
			return false;
	return true;
}

bool overflow_put(struct overflow *o, struct str block)
{
	if (!o->file)
		o->file = temporary_nameless();
	if (!o->n) /* over those that were taken */
		o->first = o->last = 0;
	bool done = put(o, &block.n, sizeof block.n) && put(o, block.p, block.n);
	o->n += done;
	return done;
}

bool overflow_get(struct overflow *o, struct buf *block)
{
	size_t n;
	block->n = 0;
	o->n--;
	if (!get(o, &n, sizeof n) || !get(o, buf_room(block, n), n))
		return false;
	block->n = n;
	return true;
}

void overflow_free(struct overflow *o)
{
	if (o->file)
		fclose(o->file);
	*o = (struct overflow){ 0 };
}
