/* Names that have too little room are cut in the middle. */
#include "core/shorten.h"

#include "core/utf8.h"

struct str shorten(struct str s, double room, text_width *width, const void *of, struct arena *a)
{
	double left = width(s, of), used = width(STR("…"), of), half = (room - used) / 2, one;
	size_t head = 0, tail, n;
	if (left <= room)
		return s;
	for (; head < s.n; head += n, half -= one, left -= one, used += one) {
		n = utf8_grapheme(str_sub(s, head, s.n));
		one = width(str_sub(s, head, n), of);
		if (one > half)
			break;
	}
	for (tail = head; tail < s.n && used + left > room; tail += n) {
		n = utf8_grapheme(str_sub(s, tail, s.n));
		left -= width(str_sub(s, tail, n), of);
	}
	struct str begin = str_trim(str_sub(s, 0, head)), end = str_trim(str_sub(s, tail, s.n));
	return arena_printf(a, "%.*s…%.*s", (int)begin.n, begin.p, (int)end.n, end.p);
}
