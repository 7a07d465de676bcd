/* Rows of people's tables: no text, too short, too long, or no row but a closing line. */
#include "stream/table_row.h"

#include "core/buf.h"
#include "core/utf8.h"
#include "stream/reader_impl.h"

/* What reports close with, folded. */
static const char *const closing[] = { "grand total", "tong cong", "copyright (c)", "copyright ©" };

static bool has_letter(struct str s)
{
	for (size_t i = 0; i < s.n; i++)
		if ((s.p[i] | 0x20) >= 'a' && (s.p[i] | 0x20) <= 'z')
			return true;
	return false;
}

/* Whether its fold begins so.  utf8_fold itself is the main thread's, see ahead.h. */
static bool begins(struct str s, const char *folded)
{
	char bytes[UTF8_FOLD_MAX];
	for (size_t n; *folded; s = str_sub(s, n, s.n)) {
		n = utf8_char(str_sub(s, 0, 4));
		size_t length = n ? utf8_fold_char(utf8_code(s, n), bytes) : 0;
		if (!n || strncmp(folded, bytes, length) != 0)
			return false;
		folded += length;
	}
	return true;
}

/* "Grand Total", with nothing but figures behind it. */
static bool closes(const struct cell *cells, size_t n)
{
	bool does = false;
	size_t i = 0;
	while (i < n && !str_trim(cells[i].text).n)
		i++;
	struct str first = i < n ? str_trim(cells[i].text) : STR("");
	bool may = first.n && strchr("gtcGTC", first.p[0]); /* spares the others */
	for (size_t j = 0; j < countof(closing) && may; j++)
		does |= begins(first, closing[j]);
	while (++i < n && does)
		does = !has_letter(cells[i].text);
	return does;
}

static bool check(size_t columns, const struct cell *cells, size_t n, struct diag *d)
{
	for (size_t i = columns; i < n; i++)
		if (str_trim(cells[i].text).n)
			return diag_set(d, NULL,
					"%zu cells, but there are %zu columns; cell %zu is %s", n,
					columns, i + 1, quoted(cells[i].text, &d->arena));
	if (closes(cells, n))
		return diag_set(d, NULL, "this closes a report and is no record");
	return n > 1 || columns == 1 ||
	       diag_set(d, NULL, "1 cell, but there are %zu columns", columns);
}

const struct cell *table_row(size_t columns, const struct cell *cells, size_t n, struct arena *a,
			     struct diag *d)
{
	if (!check(columns, cells, n, d))
		return NULL;
	if (n >= columns)
		return cells;
	struct cell *all = arena_new(a, struct cell, columns); /* zero is CELL_ABSENT */
	memcpy(all, cells, n * sizeof *cells);
	for (size_t i = n; i < columns; i++)
		all[i].text = STR("");
	return all;
}

bool reader_text(const struct reader *r, struct str raw, struct row *row, struct diag *d)
{
	const char *encoding = r->source.encoding;
	if (str_find(raw, '\0') >= 0)
		return diag_set(d, NULL, "a NUL byte stands in it");
	row->sound = utf8_nfc_certain(raw);
	if (row->sound || utf8_valid(raw))
		return true;
	size_t at = 0, characters = 0;
	for (size_t n; (n = utf8_char(str_sub(raw, at, raw.n))) > 0; characters++)
		at += n;
	if (encoding)
		return diag_set(d, NULL, "character %zu is none in %s", characters + 1,
				quoted(str_of(encoding), &d->arena));
	return diag_set(d, NULL,
			"byte 0x%02x at %zu is not UTF-8; say --encoding windows-1258, "
			"windows-1252, TCVN, VISCII … or auto",
			(unsigned char)raw.p[at], at + 1);
}
