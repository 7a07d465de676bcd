/* What spreadsheets did to cells, undone. */
#include "domain/import_mend.h"

#include <ctype.h>
#include <stdlib.h>

#include "core/buf.h"
#include "core/phone.h"
#include "core/utf8.h"
#include "domain/import_days.h"

/* --- a row, whatever its cells are for --- */

static const char *const empties[] = {
	"#N/A",	  "#NULL!",  "#REF!", "#VALUE!", "#NAME?", "#DIV/0!", "#NUM!",
	"#CALC!", "#SPILL!", "#####", "NULL",	 "null",   "(null)",  "\\N",
	"N/A",	  "n/a",     "-",     "--",	 "—",
};

enum { WORD_MAX = 8 };

static bool is_empty_word(struct str s)
{
	if (s.n > WORD_MAX)
		return false;
	for (size_t i = 0; i < countof(empties); i++)
		if (str_is(s, empties[i]))
			return true;
	return false;
}

/* The 0912 of ="0912"; p is NULL where it is no such formula. */
static struct str out_of_formula(struct str s)
{
	if (s.n < 3 || s.p[0] != '=' || s.p[1] != '"' || s.p[s.n - 1] != '"')
		return (struct str){ 0 };
	struct str inside = str_sub(s, 2, s.n - 3);
	return str_find(inside, '"') < 0 ? inside : (struct str){ 0 };
}

/* That which keeps figures from becoming a number or a date; not that of 't Hooft. */
static bool is_apostrophe(struct str s)
{
	return s.n > 2 && s.p[0] == '\'' && isdigit((unsigned char)s.p[s.p[1] == '+' ? 2 : 1]);
}

static void mend_cell(struct import_mend *m, struct str name, struct cell *cell)
{
	struct str text = utf8_trim(cell->text), formula = out_of_formula(text);
	enum import_oddity what = formula.p ? ODD_FORMULA : ODD_APOSTROPHE;
	if (is_empty_word(text)) {
		*cell = (struct cell){ CELL_ABSENT, STR("") };
		what = ODD_EMPTY;
	} else if (formula.p) {
		*cell = (struct cell){ formula.n ? CELL_TEXT : CELL_ABSENT, formula };
	} else if (is_apostrophe(text)) {
		cell->text = str_sub(text, 1, text.n);
	} else {
		return;
	}
	import_note(&m->notes, what, m->source, name, m->line, text);
}

/* Whether it has a typed id, as crm-export writes it. */
static bool is_own(const struct import_mend *m, const struct row *row)
{
	const struct entity *e;
	int64_t id;
	const struct cell *cell = row_cell(row, "id");
	return cell && ref_parse(m->schema, utf8_trim(cell->text), &e, &id);
}

/* Whether mend_cell may have something to do; most cells are spared it. */
static bool is_odd(const struct cell *cell)
{
	struct str text = cell->text;
	if (cell->kind != CELL_TEXT || !text.n)
		return false;
	switch (text.p[0]) {
	case '=':
	case '\'':
	case ' ':
	case '\t':
	case '\xc2':
		return true;
	case 'N':
	case 'n': /* not "new" */
		return text.n > 1 && text.n <= WORD_MAX && strchr("/uU", text.p[1]);
	case '#':
	case '(':
	case '\\':
	case '-':
	case '\xe2':
		return text.n <= WORD_MAX;
	default:
		return false;
	}
}

struct row import_mend_row(struct import_mend *m, unsigned source, const struct row *row,
			   struct arena *a)
{
	struct row out = *row;
	struct cell *cells = NULL;
	m->source = source;
	m->line = row->line;
	if (row->missing)
		import_note(&m->notes, ODD_SHORT, source, (struct str){ 0 }, row->line,
			    (struct str){ 0 });
	for (size_t i = 0; i < row->n && m->table; i++) {
		if (!is_odd(&row->cells[i]))
			continue;
		if (!cells && is_own(m, row))
			return out;
		if (!cells) {
			cells = arena_new(a, struct cell, row->n);
			memcpy(cells, row->cells, row->n * sizeof *cells);
			out.cells = cells;
		}
		mend_cell(m, row->names[i], &cells[i]);
	}
	return out;
}

/* --- a cell of which field --- */

static bool all_digits(struct str s)
{
	size_t i = 0;
	while (i < s.n && isdigit((unsigned char)s.p[i]))
		i++;
	return s.n && i == s.n;
}

/*
 * 8.4912345678E+10: whether it is of that form; *digits is the number written out where it
 * says all of its figures, else empty.
 */
static bool is_scientific(struct str s, struct str *digits, struct arena *a)
{
	size_t point = 0, e = 0;
	int64_t power;
	while (point < s.n && isdigit((unsigned char)s.p[point]))
		point++;
	e = point;
	if (e && e < s.n && strchr(".,", s.p[e]))
		for (e++; e < s.n && isdigit((unsigned char)s.p[e]);)
			e++;
	if (!point || point > 3 || e + 2 > s.n || (s.p[e] | 0x20) != 'e' ||
	    !str_int(str_sub(s, e + 1, s.n), &power) || power < 6)
		return false;
	struct str behind = str_sub(s, point + 1, e > point ? e - point - 1 : 0);
	*digits = (struct str){ 0 };
	if ((int64_t)behind.n == power)
		*digits = arena_printf(a, "%.*s%.*s", (int)point, s.p, (int)behind.n, behind.p);
	return true;
}

/* A number that is one with a 0 before it, and without it none or the same. */
static bool lost_zero(struct str s, const char *region, struct arena *a)
{
	if (!all_digits(s) || s.n < 7 || s.p[0] == '0')
		return false;
	struct str with = phone_e164(arena_printf(a, "0%.*s", (int)s.n, s.p), region, a);
	struct str without = phone_e164(s, region, a);
	return with.n && (!without.n || str_eq(with, without));
}

static void change(struct import_mend *m, enum import_oddity what, const struct field *f,
		   struct cell *cell, struct str to)
{
	import_note(&m->notes, what, m->source, str_of(f->name), m->line, cell->text);
	*cell = (struct cell){ CELL_TEXT, to };
}

/* What is damaged is its own value, and needs no other word. */
static void mend_phone(struct import_mend *m, const struct field *f, struct cell *cell,
		       struct value *v, const struct codec *c)
{
	struct str text = utf8_trim(cell->text), digits = { 0 };
	struct arena *a = c->arena;
	size_t whole = text.n > 2 ? text.n - 2 : 0;
	if (is_scientific(text, &digits, a) && !digits.n) {
		change(m, ODD_DAMAGED, f, cell, text);
		*v = value_text(text);
		return;
	}
	if (digits.n)
		change(m, ODD_DIGITS, f, cell, digits);
	else if (whole && text.p[whole] == '.' && text.p[whole + 1] == '0' &&
		 all_digits(str_sub(text, 0, whole)))
		change(m, ODD_DIGITS, f, cell, str_sub(text, 0, whole));
	text = utf8_trim(cell->text);
	if (lost_zero(text, c->settings->region, a))
		change(m, ODD_ZERO, f, cell, arena_printf(a, "0%.*s", (int)text.n, text.p));
}

/* "1,200" people: what stands in groups of three is no fraction where the number is whole. */
static void mend_whole(const struct codec *c, struct cell *cell)
{
	struct str text = utf8_trim(cell->text);
	char *digits = arena_alloc(c->arena, text.n + 1), mark = 0;
	size_t n = 0, group = 0, groups = 0;
	for (size_t i = 0; i <= text.n; i++) {
		if (i < text.n && isdigit((unsigned char)text.p[i])) {
			digits[n++] = text.p[i];
			group++;
			continue;
		}
		if (!group || group > 3 || (groups && group != 3) ||
		    (i < text.n && (mark ? text.p[i] != mark : !strchr(",. ", text.p[i]))))
			return;
		mark = i < text.n ? text.p[i] : mark;
		groups++;
		group = 0;
	}
	if (groups > 1)
		*cell = (struct cell){ CELL_TEXT, { digits, n } };
}

/* Records would be taken for one another by what is left of their codes: "hubspot:1.1E+11". */
static bool check_code(const struct field *f, struct str text, struct arena *a, struct diag *d)
{
	const char *colon = memrchr(text.p, ':', text.n);
	size_t from = colon ? (size_t)(colon + 1 - text.p) : 0;
	struct str digits;
	return !is_scientific(utf8_trim(str_sub(text, from, text.n)), &digits, a) ||
	       diag_set(d, f->name, "%s is what a spreadsheet left of a long number",
			quoted(text, &d->arena));
}

static bool mend(struct mender *mender, const struct field *f, struct cell *cell, struct value *v,
		 const struct codec *c, bool told, struct diag *d)
{
	struct import_mend *m = (struct import_mend *)mender;
	if (!cell->text.n || (cell->kind != CELL_TEXT && cell->kind != CELL_NUMBER))
		return true;
	if (f->type == &type_phone)
		mend_phone(m, f, cell, v, c);
	else if (f->type == &type_date || f->type == &type_instant)
		import_mend_date(m, f, cell, v, c, told || m->ordered);
	else if (f->type == &type_int && cell->kind == CELL_TEXT) /* JSON groups nothing */
		mend_whole(c, cell);
	else if (f->type == &type_code || (f->flags & F_MATCH && !strcmp(f->name, "external_id")))
		return check_code(f, cell->text, c->arena, d);
	return true;
}

const struct mender import_mender = { mend };

void import_mend_free(struct import_mend *m)
{
	import_notes_free(&m->notes);
	arena_free(&m->arena);
	free(m->days);
}
