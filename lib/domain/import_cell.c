/* Join, split, default, values, decimal, multiply, slug, prefix and suffix. */
#include "domain/import_cell.h"

#include "core/buf.h"
#include "core/money.h"
#include "core/utf8.h"

static struct cell cell_at(const struct row *row, size_t column)
{
	return column == SIZE_MAX ? (struct cell){ CELL_ABSENT, { 0 } } : row->cells[column];
}

/* What is not empty, one after the other. */
static struct cell join(const struct import_feed *f, const struct row *row, struct arena *a)
{
	struct cell out = cell_at(row, f->columns[0]);
	struct buf b = { 0 };
	if (f->n == 1)
		return out;
	for (size_t i = 0; i < f->n; i++) {
		struct cell cell = cell_at(row, f->columns[i]);
		struct str text = utf8_trim(cell.text);
		if (cell.kind > out.kind)
			out.kind = cell.kind;
		if (!text.n)
			continue;
		if (b.n)
			buf_put(&b, f->rule->by);
		buf_put(&b, text);
	}
	if (b.n)
		out = (struct cell){ CELL_TEXT, buf_copy(&b, a) };
	else if (out.kind > CELL_NULL)
		out.kind = CELL_NULL;
	buf_free(&b);
	return out;
}

/* Where `by` stands next in s: first from the front, or last from the back; false: nowhere. */
static bool find_by(struct str s, struct str by, bool back, size_t *at)
{
	for (size_t i = 0; i + by.n <= s.n; i++) {
		*at = back ? s.n - by.n - i : i;
		if (memcmp(s.p + *at, by.p, by.n) == 0)
			return true;
	}
	return false;
}

/* Pieces are cut off one end until the wanted one is there; the other end keeps the rest. */
static struct str split(struct str s, const struct split *how)
{
	bool back = how->rest_first;
	size_t cuts = how->parts - 1, at;
	size_t wanted = back ? how->parts - 1 - how->part : how->part;
	s = utf8_trim(s);
	for (size_t i = 0; i < cuts; i++) {
		bool found = find_by(s, how->by, back, &at);
		struct str after = found ? utf8_trim(str_sub(s, at + how->by.n, s.n)) : s;
		struct str before = found ? utf8_trim(str_sub(s, 0, at)) : s;
		if (i == wanted)
			return back ? after : before;
		if (!found)
			return (struct str){ "", 0 };
		s = back ? before : after;
	}
	return s;
}

static bool between_digits(struct str s, size_t i)
{
	return i > 0 && i + 1 < s.n && s.p[i - 1] >= '0' && s.p[i - 1] <= '9' &&
	       s.p[i + 1] >= '0' && s.p[i + 1] <= '9';
}

/* 1.234,50 or 1,234.50 or 1 234,50 → 1234.50; only what stands between digits. */
static struct str plain_number(struct str s, char point, struct arena *a)
{
	char *out = arena_alloc(a, s.n + 1);
	size_t n = 0;
	for (size_t i = 0; i < s.n; i++) {
		char c = s.p[i];
		bool mark = c == '.' || c == ',' || c == ' ' || c == '\'';
		if (!mark || !between_digits(s, i))
			out[n++] = c;
		else if (c == point)
			out[n++] = '.';
	}
	return (struct str){ out, n };
}

static bool multiply(struct str *s, const struct import_rule *rule, struct arena *a, struct diag *d)
{
	int64_t value;
	int scale;
	if (!decimal_parse(*s, &value, &scale))
		return diag_set(d, rule->field->name, "%s is no number to multiply",
				quoted(*s, &d->arena));
	if (__builtin_mul_overflow(value, rule->factor, &value))
		return diag_set(d, rule->field->name, "%s is too large", quoted(*s, &d->arena));
	for (scale += rule->scale; scale > 0 && value % 10 == 0; scale--)
		value /= 10;
	*s = decimal_print(value, scale, a);
	return true;
}

/* Letters and digits, small and without accents; dots between the words. */
static struct str slug(struct str s, struct arena *a)
{
	struct str folded = utf8_fold(s, a);
	char *out = arena_alloc(a, folded.n + 1);
	size_t n = 0;
	for (size_t i = 0; i < folded.n; i++) {
		char c = folded.p[i];
		bool letter =
		    (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || (unsigned char)c >= 0x80;
		if (letter)
			out[n++] = c;
		else if (n && out[n - 1] != '.')
			out[n++] = '.';
	}
	return (struct str){ out, n - (n && out[n - 1] == '.') };
}

/* The value that the map gives for the text; false: none. */
static bool mapped(const struct import_rule *rule, struct str text, struct str *to, struct arena *a)
{
	const int64_t *at = rule->values ? map_find(rule->values, utf8_fold(text, a)) : NULL;
	if (at)
		*to = rule->to[*at - 1];
	return at != NULL;
}

static bool change(const struct import_rule *rule, const struct settings *settings,
		   struct cell *cell, struct arena *a, struct diag *d)
{
	struct str text = cell->text;
	if (rule->split.as)
		text = rule->split.as(utf8_trim(text), rule->field, settings, a);
	else if (rule->split.parts)
		text = split(text, &rule->split);
	if (!utf8_trim(text).n) {
		text = rule->fallback;
		if (!text.n) {
			cell->kind = cell->kind == CELL_ABSENT ? CELL_ABSENT : CELL_NULL;
			return true;
		}
	}
	if (mapped(rule, text, &text, a) && !text.n) {
		*cell = (struct cell){ CELL_NULL, { 0 } };
		return true;
	}
	if (rule->point && rule->field->type->compare == COMPARE_NUMBER)
		text = plain_number(text, rule->point, a);
	if (rule->multiplied && !multiply(&text, rule, a, d))
		return false;
	if (rule->slug)
		text = slug(text, a);
	if (rule->prefix.n || rule->suffix.n)
		text = arena_printf(a, "%.*s%.*s%.*s", (int)rule->prefix.n, rule->prefix.p,
				    (int)text.n, text.p, (int)rule->suffix.n, rule->suffix.p);
	if (!str_eq(text, cell->text))
		*cell = (struct cell){ CELL_TEXT, text };
	return true;
}

bool import_cell(const struct import_feed *f, const struct row *row,
		 const struct settings *settings, struct cell *out, struct arena *a, struct diag *d)
{
	if (!f->rule) {
		*out = row->cells[f->columns[0]];
		return true;
	}
	if (!f->n) {
		bool empty = !f->rule->fallback.n;
		*out = (struct cell){ empty ? CELL_NULL : CELL_TEXT, f->rule->fallback };
		return true;
	}
	*out = join(f, row, a);
	return change(f->rule, settings, out, a, d);
}
