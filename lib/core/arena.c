/* Chunked bump allocation. */
#include "core/arena.h"

#include <stdalign.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>

#if defined(__SANITIZE_ADDRESS__)
#include <sanitizer/asan_interface.h>
#define poison(p, n) ASAN_POISON_MEMORY_REGION((p), (n))
#define unpoison(p, n) ASAN_UNPOISON_MEMORY_REGION((p), (n))
enum { REDZONE = 16 }; /* so that overruns inside a chunk are seen */
#else
#define poison(p, n) ((void)(p), (void)(n))
#define unpoison(p, n) ((void)(p), (void)(n))
enum { REDZONE = 0 };
#endif

enum { CHUNK = 16 * 1024, ALIGN = alignof(max_align_t) };

struct arena_chunk {
	struct arena_chunk *older;
	size_t size;
	alignas(max_align_t) char bytes[];
};

static void grow(struct arena *a, size_t n)
{
	size_t size = a->chunk ? a->chunk->size * 2 : CHUNK;
	if (size > (size_t)1 << 20)
		size = (size_t)1 << 20;
	if (size < n)
		size = n;
	struct arena_chunk *c = xmalloc(sizeof *c + size);
	c->older = a->chunk;
	c->size = size;
	poison(c->bytes, size);
	a->chunk = c;
	a->used = 0;
}

void *arena_take(struct arena *a, size_t n)
{
	size_t want = (n + REDZONE + ALIGN - 1) & ~(size_t)(ALIGN - 1);
	if (want < n)
		die(STATUS_ENV, "out of memory (%zu bytes wanted)", n);
	if (!a->chunk || a->chunk->size - a->used < want)
		grow(a, want);
	char *p = a->chunk->bytes + a->used;
	a->used += want;
	unpoison(p, n);
	return p;
}

void *arena_alloc(struct arena *a, size_t n)
{
	return memset(arena_take(a, n), 0, n);
}

void *arena_array(struct arena *a, size_t n, size_t size)
{
	size_t total;
	if (__builtin_mul_overflow(n, size, &total))
		die(STATUS_ENV, "out of memory (%zu × %zu bytes wanted)", n, size);
	return arena_alloc(a, total);
}

void *arena_grow(struct arena *a, void *list, size_t n, size_t *room, size_t size)
{
	enum { FIRST = 16 };
	if (n < *room)
		return list;
	*room = *room ? *room * 2 : FIRST;
	void *more = arena_array(a, *room, size);
	if (n)
		memcpy(more, list, n * size);
	return more;
}

struct str arena_str(struct arena *a, struct str s)
{
	char *p = arena_take(a, s.n + 1);
	if (s.n)
		memcpy(p, s.p, s.n);
	p[s.n] = '\0';
	return (struct str){ p, s.n };
}

struct str arena_printf(struct arena *a, const char *fmt, ...)
{
	va_list ap, again;
	va_start(ap, fmt);
	va_copy(again, ap);
	int n = vsnprintf(NULL, 0, fmt, ap);
	va_end(ap);
	if (n < 0)
		die(STATUS_ENV, "cannot format a message:");
	char *p = arena_alloc(a, (size_t)n + 1);
	vsnprintf(p, (size_t)n + 1, fmt, again);
	va_end(again);
	return (struct str){ p, (size_t)n };
}

static void free_older(struct arena_chunk *c)
{
	while (c) {
		struct arena_chunk *older = c->older;
		unpoison(c->bytes, c->size);
		free(c);
		c = older;
	}
}

void arena_reset(struct arena *a)
{
	if (!a->chunk)
		return;
	free_older(a->chunk->older);
	a->chunk->older = NULL;
	poison(a->chunk->bytes, a->chunk->size);
	a->used = 0;
}

void arena_free(struct arena *a)
{
	free_older(a->chunk);
	*a = (struct arena){ 0 };
}
