/* Spreadsheet formulas in CSV. */
#include "stream/csv_formula.h"

/* The length of ="0912" where that is the whole cell that s begins with; else 0. */
static size_t formula(struct str s, char delimiter)
{
	if (!str_starts(s, "=\""))
		return 0;
	ptrdiff_t end = str_find(str_sub(s, 2, s.n), '"');
	size_t n = (size_t)end + 3;
	return end >= 0 && (n == s.n || s.p[n] == delimiter) ? n : 0;
}

/* memchr is many times as fast as memmem, and most lines have no = at all. */
static bool may_have_one(struct str line)
{
	ptrdiff_t at;
	while ((at = str_find(line, '=')) >= 0) {
		line = str_sub(line, (size_t)at + 1, line.n);
		if (str_starts(line, "\""))
			return true;
	}
	return false;
}

bool csv_quote_formulas(struct str line, char delimiter, struct buf *out)
{
	bool quotes = false, found = false;
	if (!may_have_one(line))
		return false;
	for (size_t i = 0; i < line.n; i++) {
		bool begins = !quotes && (!i || line.p[i - 1] == delimiter);
		size_t n = begins ? formula(str_sub(line, i, line.n), delimiter) : 0;
		if (n) {
			buf_printf(out, "\"=\"\"%.*s\"\"\"", (int)n - 3, line.p + i + 2);
			i += n - 1;
			found = true;
			continue;
		}
		quotes ^= line.p[i] == '"';
		buf_putc(out, line.p[i]);
	}
	if (!found)
		out->n = 0;
	return found;
}

bool csv_is_formula(struct str s)
{
	size_t i = 0;
	while (i < s.n && s.p[i] == '\'')
		i++;
	return i < s.n && memchr("=+-@\t\r", s.p[i], 6);
}
