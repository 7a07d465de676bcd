/* Join, strip, until, split, list, default, values, decimal, multiply, slug, prefix, suffix. */
#include "domain/import_cell.h"

#include "core/buf.h"
#include "core/money.h"
#include "core/utf8.h"
#include "stream/json.h"

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

bool import_text_find(struct str s, struct str by, bool back, size_t *at)
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
		bool found = import_text_find(s, how->by, back, &at);
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

struct str text_slug(struct str s, char mark, struct arena *a)
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
		else if (n && out[n - 1] != mark)
			out[n++] = mark;
	}
	return (struct str){ out, n - (n && out[n - 1] == mark) };
}

/* The value that the map gives for the text, or for it as a code or words: IN_PROGRESS and In
 * progress are one; false: none. */
static bool mapped(const struct import_rule *rule, struct str text, struct str *to, struct arena *a)
{
	const int64_t *at = rule->values ? map_find(rule->values, utf8_fold(text, a)) : NULL;
	for (const char *gap = "_ "; rule->values && !at && *gap; gap++)
		at = map_find(rule->values, text_slug(text, *gap, a));
	if (at)
		*to = rule->to[*at - 1];
	return at != NULL;
}

static struct str strip(const struct import_rule *rule, struct str text)
{
	for (size_t i = 0; i < rule->nstrip; i++) {
		struct str first = rule->strip[i];
		text = utf8_trim(text);
		if (first.n && text.n >= first.n && !memcmp(text.p, first.p, first.n))
			return utf8_trim(str_sub(text, first.n, text.n));
	}
	return text;
}

/* What is left of it once what it begins with, and what follows, is off. */
static struct str bare(const struct import_rule *rule, struct str text)
{
	size_t at;
	text = strip(rule, text);
	if (rule->until.n && import_text_find(text, rule->until, false, &at))
		text = utf8_trim(str_sub(text, 0, at));
	return text;
}

struct str import_kind(const struct import_rule *rule, struct str label, bool *known,
		       struct arena *a)
{
	struct str kind = strip(rule, label);
	*known = mapped(rule, kind, &kind, a);
	return kind;
}

/* The pieces of one cell, joined as lists are. */
static enum heard make_list(const struct import_rule *rule, struct cell *cell, struct arena *a)
{
	struct str rest = utf8_trim(cell->text), by = rule->list, piece;
	enum heard heard = HEARD_ALL;
	struct buf b = { 0 };
	if (cell->kind == CELL_LIST)
		by = STR(";");
	for (size_t at; rest.n; rest = str_sub(rest, at + by.n, rest.n)) {
		if (!import_text_find(rest, by, false, &at))
			at = rest.n;
		piece = bare(rule, utf8_trim(str_sub(rest, 0, at)));
		if (!mapped(rule, piece, &piece, a) && rule->otherwise && piece.n) {
			piece = rule->other;
			heard = piece.n ? heard : HEARD_NOT_ALL;
		}
		if (piece.n)
			buf_printf(&b, "%s%.*s", b.n ? ";" : "", (int)piece.n, piece.p);
	}
	if (b.n)
		*cell = (struct cell){ CELL_TEXT, buf_copy(&b, a) };
	else if (cell->kind != CELL_ABSENT)
		*cell = (struct cell){ CELL_NULL, { 0 } };
	buf_free(&b);
	return heard;
}

/* ["a", "b"] as text, which some systems write into CSV, is the list that it means. */
static struct cell read_list(struct cell cell, struct arena *a)
{
	struct str text = utf8_trim(cell.text);
	struct json_layout layout = { 0 };
	struct diag d = { 0 };
	struct row row = { 0 };
	if (cell.kind == CELL_TEXT && str_starts(text, "[") &&
	    json_record(arena_printf(a, "{\"list\":%.*s}", (int)text.n, text.p), &row, &layout, a,
			&d) &&
	    row.cells[0].kind == CELL_LIST)
		cell = row.cells[0];
	arena_free(&layout.arena);
	diag_free(&d);
	return cell;
}

static enum heard change(const struct import_rule *rule, const struct import_map *map,
			 struct cell *cell, struct arena *a, struct diag *d)
{
	if (rule->list.n) {
		*cell = read_list(*cell, a);
		return make_list(rule, cell, a);
	}
	struct str text = bare(rule, cell->text);
	if (rule->split.as)
		text = rule->split.as(utf8_trim(text), rule, map, a);
	else if (rule->split.parts)
		text = split(text, &rule->split);
	if (!utf8_trim(text).n) {
		text = rule->fallback;
		if (!text.n) {
			cell->kind = cell->kind == CELL_ABSENT ? CELL_ABSENT : CELL_NULL;
			return HEARD_ALL;
		}
	}
	if (!mapped(rule, text, &text, a) && rule->otherwise) {
		text = rule->other;
		if (!text.n) {
			*cell = (struct cell){ CELL_ABSENT, { 0 } };
			return HEARD_NOT_ALL;
		}
	}
	if (!text.n) {
		*cell = (struct cell){ CELL_NULL, { 0 } };
		return HEARD_ALL;
	}
	if (rule->point && rule->field->type->compare == COMPARE_NUMBER)
		text = plain_number(text, rule->point, a);
	if (rule->multiplied && !multiply(&text, rule, a, d))
		return HEARD_WRONG;
	if (rule->slug)
		text = text_slug(text, '.', a);
	if (rule->prefix.n || rule->suffix.n)
		text = arena_printf(a, "%.*s%.*s%.*s", (int)rule->prefix.n, rule->prefix.p,
				    (int)text.n, text.p, (int)rule->suffix.n, rule->suffix.p);
	if (!str_eq(text, cell->text))
		*cell = (struct cell){ CELL_TEXT, text };
	return HEARD_ALL;
}

/* --- several values --- */

struct several {
	const struct import_feed *feed;
	const struct row *row;
	size_t wanted;
	struct str label; /* beside what is looked at */
	bool past;	  /* the one that is another field's */
	struct str *found;
	size_t n;
};

/* Of one kind, the first may have a field of its own. */
static bool is_meant(struct several *s)
{
	const struct import_rule *rule = s->feed->rule;
	if (rule->only.n)
		return str_eq(s->label, rule->only);
	bool others = rule->but.n && !s->past && str_eq(s->label, rule->but);
	s->past |= others;
	return !others;
}

/* Takes a value, unless it was there before; true where it is the wanted one. */
static bool take_value(struct several *s, struct str text)
{
	if (!is_meant(s))
		return false;
	for (size_t i = 0; i < s->n; i++)
		if (str_eq(s->found[i], text))
			return false;
	s->found[s->n++] = text;
	return s->n == s->wanted + 1;
}

static bool take_cell(struct several *s, size_t column)
{
	const struct import_rule *rule = s->feed->rule;
	struct str rest = utf8_trim(s->row->cells[column].text);
	while (rest.n) {
		size_t cut = rest.n, skip = 0, at;
		for (size_t i = 0; i < rule->ncuts; i++)
			if (import_text_find(rest, rule->cuts[i], false, &at) && at < cut) {
				cut = at;
				skip = rule->cuts[i].n;
			}
		struct str piece = strip(rule, utf8_trim(str_sub(rest, 0, cut)));
		if (piece.n && take_value(s, piece))
			return true;
		rest = str_sub(rest, cut + skip, rest.n);
	}
	return false;
}

/* What stands beside the values of a column: its label's cell, else its header. */
static struct str label_of(const struct import_feed *f, const struct row *row, size_t i,
			   struct arena *a)
{
	struct str label = row->names[f->columns[i]];
	bool known;
	if (f->rule->label.n)
		label = cell_at(row, f->labels[i]).text;
	return import_kind(f->rule, utf8_trim(label), &known, a);
}

/* Nobody is called there: such numbers come behind all others, and are no field's. */
static bool is_machine(struct str label, struct arena *a)
{
	struct str folded = utf8_fold(label, a);
	return memmem(folded.p, folded.n, "fax", 3) || memmem(folded.p, folded.n, "pager", 5);
}

/* The value whose turn it is, or what stands beside it. */
static struct cell several(const struct import_feed *f, const struct row *row, size_t turn,
			   struct arena *a)
{
	struct several s = { .feed = f, .row = row, .wanted = turn };
	size_t room = 0;
	for (size_t i = 0; i < f->n; i++)
		room += f->columns[i] == SIZE_MAX ? 0 : row->cells[f->columns[i]].text.n;
	s.found = arena_new(a, struct str, room + 1);
	for (size_t i = 0; room && i < 2 * f->n; i++) {
		bool machines = i >= f->n;
		size_t at = machines ? i - f->n : i;
		if (f->columns[at] == SIZE_MAX || !row->cells[f->columns[at]].text.n)
			continue;
		struct str label = s.label = label_of(f, row, at, a);
		if (is_machine(label, a) != machines || !take_cell(&s, f->columns[at]))
			continue;
		if (f->rule->people && machines)
			break;
		if (!f->rule->is_label)
			return (struct cell){ CELL_TEXT, s.found[turn] };
		return label.n ? (struct cell){ CELL_TEXT, label }
			       : (struct cell){ CELL_ABSENT, { 0 } };
	}
	return (struct cell){ CELL_ABSENT, { 0 } };
}

bool import_is_labelled(const struct import_feed *f, const struct row *row)
{
	struct arena a = { 0 };
	struct str label = f->rule->is_label ? several(f, row, 0, &a).text : (struct str){ 0 };
	bool is = label.n && (f->rule->label.n || f->rule->values || is_machine(label, &a));
	arena_free(&a);
	return is;
}

/* Of several values of one kind only, whether this column has it. */
static bool is_of_kind(const struct import_feed *f, const struct row *row, size_t i)
{
	struct arena a = { 0 };
	bool any = !f->rule || !f->rule->only.n;
	bool is = any || str_eq(label_of(f, row, i, &a), f->rule->only);
	arena_free(&a);
	return is;
}

size_t import_column(const struct import_feed *f, const struct row *row, struct import_turn turn)
{
	for (size_t i = 0; i < f->n; i++)
		if (f->columns[i] != SIZE_MAX && (!f->numbers || f->numbers[i] == turn.number) &&
		    utf8_trim(row->cells[f->columns[i]].text).n && is_of_kind(f, row, i))
			return f->columns[i];
	return SIZE_MAX;
}

enum heard import_cell(const struct import_feed *f, const struct row *row, struct import_turn turn,
		       const struct import_map *map, struct cell *out, struct arena *a,
		       struct diag *d)
{
	if (!f->rule) {
		*out = row->cells[f->columns[0]];
		return HEARD_ALL;
	}
	if (!f->n && !f->rule->nfrom) {
		bool empty = !f->rule->fallback.n;
		*out = (struct cell){ empty ? CELL_NULL : CELL_TEXT, f->rule->fallback };
		return HEARD_ALL;
	}
	if (f->rule->several) {
		*out = several(f, row, turn.value, a);
		return HEARD_ALL;
	}
	*out = f->numbers ? cell_at(row, import_column(f, row, turn)) : join(f, row, a);
	return change(f->rule, map, out, a, d);
}
