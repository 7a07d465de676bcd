/*
 * Where the header stands, and what separates its cells.
 *
 * A line is the header that names more known columns, at least two, than all lines before
 * it, and fills more cells than any of them: a title or a note above the table is narrower
 * than the table, and no row of a table is wider than its header.
 */
#include "stream/header.h"

/* How far a header is looked for, and how much of a line is looked at. */
enum { LINES_MAX = 30, BYTES_MAX = 1 << 20, CELLS_MAX = 1000 };

static const char delimiters[] = { ',', ';', '\t', '|' };

/*
 * The record that starts at `start`: up to the first line end that is not in quotes, or
 * `most` bytes.  That one also tells old Macintosh files, whose lines end with a lone CR.
 * *next is behind its line end.
 */
static struct str record_at(struct source *s, size_t start, size_t most, size_t *next)
{
	bool quotes = false;
	size_t i = start;
	int c = -1;
	for (; i - start < most && (c = source_peek(s, i)) >= 0; i++) {
		if (c == '"')
			quotes = !quotes;
		if (c == '\r' && !quotes && source_peek(s, i + 1) != '\n')
			s->eol = '\r';
		if (!quotes && (c == '\n' || c == s->eol))
			break;
	}
	*next = c < 0 ? i : i + 1;
	return source_chomp(s, str_sub(source_window(s), start, i - start));
}

/* The start of the first line from `at` on that is not blank. */
static size_t skip_blanks(struct source *s, size_t at)
{
	size_t start = at;
	for (int c; at < RECORD_MAX; at++) {
		c = source_peek(s, at);
		if (c == '\n' || c == '\r')
			start = at + 1;
		else if (c != ' ' && c != '\t')
			break;
	}
	return start;
}

static struct str unquoted(struct str cell, struct arena *a)
{
	struct str s = str_trim(cell);
	if (s.n < 2 || s.p[0] != '"' || s.p[s.n - 1] != '"')
		return s;
	char *out = arena_alloc(a, s.n);
	size_t n = 0;
	for (size_t i = 1; i + 1 < s.n; i++) {
		out[n++] = s.p[i];
		i += s.p[i] == '"' && s.p[i + 1] == '"';
	}
	return str_trim((struct str){ out, n });
}

/* How a record looks where this separates its cells. */
struct look {
	size_t cells, filled, known;
};

/* The cells that are not empty. */
static struct str *split(struct str record, char delimiter, struct look *l, struct arena *a)
{
	size_t most = 1, from = 0;
	bool quotes = false;
	for (size_t i = 0; i < record.n; i++)
		most += record.p[i] == delimiter;
	struct str *cells = arena_new(a, struct str, most);
	for (size_t i = 0; i <= record.n; i++) {
		if (i < record.n && record.p[i] == '"')
			quotes = !quotes;
		if (i < record.n && (quotes || record.p[i] != delimiter))
			continue;
		struct str cell = unquoted(str_sub(record, from, i - from), a);
		l->cells++;
		if (cell.n)
			cells[l->filled++] = cell;
		from = i + 1;
	}
	return cells;
}

static struct look look(const struct reader *r, struct str record, char delimiter)
{
	struct arena a = { 0 };
	struct look l = { 0 };
	struct str *cells = split(str_sub(record, 0, BYTES_MAX), delimiter, &l, &a);
	size_t asked = l.filled < CELLS_MAX ? l.filled : CELLS_MAX;
	if (r->options.known)
		l.known = r->options.known(r->options.of, cells, asked);
	arena_free(&a);
	return l;
}

/* What makes most of the record: known columns first, then cells. */
static char best_delimiter(const struct reader *r, struct str record)
{
	char best = ',';
	struct look most = look(r, record, best);
	for (size_t i = 1; i < countof(delimiters); i++) {
		struct look l = look(r, record, delimiters[i]);
		if (l.known > most.known || (l.known == most.known && l.cells > most.cells)) {
			most = l;
			best = delimiters[i];
		}
	}
	return best;
}

/* sep=; as Excel writes it above the header. */
static bool is_sep(struct str record, char *delimiter)
{
	struct str s = str_trim(record);
	if (record.n == 5 && str_starts(record, "sep="))
		s = record; /* also of a tab */
	if (s.n == 7 && s.p[0] == '"' && s.p[6] == '"')
		s = str_sub(s, 1, 5);
	if (s.n != 5 || !str_starts(s, "sep=") || s.p[4] == '"')
		return false;
	*delimiter = s.p[4];
	return true;
}

/* Whether one of the delimiters makes the record the header. */
static bool is_header(const struct reader *r, struct str record, struct look before[])
{
	bool is = false;
	for (size_t i = 0; i < countof(delimiters); i++) {
		char c = r->options.delimiter ? r->options.delimiter : delimiters[i];
		struct look l = look(r, record, c), *old = &before[i];
		is |= l.known >= 2 && l.known > old->known && l.filled > old->filled;
		old->known = l.known > old->known ? l.known : old->known;
		old->filled = l.filled > old->filled ? l.filled : old->filled;
	}
	return is;
}

/* Where the header from `start` on is; `start` where there is none. */
static size_t find_below(struct reader *r, size_t start)
{
	struct source *s = &r->source;
	struct look before[countof(delimiters)] = { 0 };
	size_t at = start, next;
	for (int i = 0; i < LINES_MAX && at - start < BYTES_MAX; i++) {
		at = skip_blanks(s, at);
		struct str record = record_at(s, at, BYTES_MAX, &next);
		if (!record.n || record.n == BYTES_MAX)
			break;
		if (is_header(r, record, before))
			return at;
		at = next;
	}
	return start;
}

static void pass_over(struct reader *r, size_t to)
{
	struct source *s = &r->source;
	long line = s->line;
	source_take(s, to);
	r->passed = s->line - line;
}

struct str header_first(struct reader *r)
{
	size_t next;
	return record_at(&r->source, skip_blanks(&r->source, 0), RECORD_MAX, &next);
}

struct str header_find(struct reader *r)
{
	struct source *s = &r->source;
	size_t next, at = 0;
	for (long i = 1; i < r->options.header_line && source_peek(s, 0) >= 0; i++) {
		source_skip_line(s);
		r->passed++;
	}
	at = skip_blanks(s, 0);
	struct str record = record_at(s, at, RECORD_MAX, &next);
	char sep;
	if (is_sep(record, &sep)) {
		r->sep = true;
		if (!r->options.delimiter)
			r->options.delimiter = sep;
		source_take(s, next);
		at = skip_blanks(s, 0);
		record = record_at(s, at, RECORD_MAX, &next);
	}
	if (r->options.known && !r->options.header_line) {
		size_t header = find_below(r, at);
		if (header != at)
			pass_over(r, header);
		at = header == at ? at : 0;
		record = record_at(s, at, RECORD_MAX, &next);
	}
	if (!r->options.delimiter)
		r->options.delimiter = best_delimiter(r, record);
	return record;
}
