/* Headers: compared as fields are, or by a pattern with a number in it. */
#include "domain/import_header.h"

#include "core/utf8.h"
#include "schema/schema.h"

/* Where the changing part of a pattern stands: *, or [Home|Work]; false: it has none. */
static bool changing(struct str pattern, struct str *before, struct str *part, struct str *after)
{
	ptrdiff_t star = str_find(pattern, '*'), open = str_find(pattern, '['),
		  close = str_find(pattern, ']'), bar = str_find(pattern, '|');
	size_t at = (size_t)star, n = 1;
	if (open >= 0 && open < bar && bar < close) {
		at = (size_t)open;
		n = (size_t)(close - open) + 1;
	} else if (star < 0) {
		return false;
	}
	*before = str_sub(pattern, 0, at);
	*part = str_sub(pattern, at, n);
	*after = str_sub(pattern, at + n, pattern.n);
	return true;
}

bool header_numbered(struct str pattern)
{
	struct str before, part, after;
	return changing(pattern, &before, &part, &after);
}

struct str header_family(struct str pattern)
{
	static const char bars[] = "||||||||";
	struct str before, part, after;
	size_t n = 0;
	if (!changing(pattern, &before, &part, &after))
		return (struct str){ 0 };
	for (size_t i = 0; i < part.n && n < sizeof bars - 1; i++)
		n += part.p[i] == '|';
	return n ? (struct str){ bars, n } : str_sub(pattern, 0, before.n + part.n);
}

/* The word number n of [Home|Work], from 1; empty: there are not so many. */
static struct str word(struct str part, int64_t n)
{
	struct str rest = str_sub(part, 1, part.n - 2), piece;
	while (str_cut(&rest, '|', &piece))
		if (--n == 0)
			return piece;
	return (struct str){ 0 };
}

static bool same(struct str a, struct str b, struct arena *scratch)
{
	if (str_eq(a, b))
		return true;
	struct str x = header_fold(a, scratch), y = header_fold(b, scratch);
	return x.n && str_eq(x, y);
}

bool header_fits(struct str pattern, struct str header, int64_t *number, struct arena *scratch)
{
	struct str before, part, after, w;
	*number = 0;
	if (!changing(pattern, &before, &part, &after) || str_eq(pattern, header))
		return same(pattern, header, scratch);
	before = header_fold(before, scratch);
	after = header_fold(after, scratch);
	struct str text = header_fold(header, scratch);
	if (text.n <= before.n + after.n || !str_eq(str_sub(text, 0, before.n), before) ||
	    !str_eq(str_sub(text, text.n - after.n, after.n), after))
		return false;
	struct str middle = str_sub(text, before.n, text.n - before.n - after.n);
	if (part.n == 1)
		return middle.p[0] >= '0' && middle.p[0] <= '9' && str_int(middle, number);
	for (*number = 1; (w = word(part, *number)).n; ++*number)
		if (str_eq(header_fold(w, scratch), middle))
			return true;
	return false;
}

struct str header_with(struct str pattern, int64_t number, struct arena *a)
{
	struct str before, part, after;
	if (!changing(pattern, &before, &part, &after))
		return pattern;
	struct str w = part.n > 1 ? word(part, number) : arena_printf(a, "%lld", (long long)number);
	return arena_printf(a, "%.*s%.*s%.*s", (int)before.n, before.p, (int)w.n, w.p, (int)after.n,
			    after.p);
}

size_t header_column(const struct str *names, size_t n, struct str header, struct arena *scratch)
{
	for (size_t i = 0; i < n; i++)
		if (str_eq(names[i], header))
			return i;
	struct str folded = header_fold(header, scratch);
	struct arena one = { 0 }; /* of a hundred thousand names */
	size_t at = folded.n ? 0 : n;
	for (; at < n && !str_eq(header_fold(names[at], &one), folded); at++)
		arena_reset(&one);
	arena_free(&one);
	return at < n ? at : SIZE_MAX;
}
