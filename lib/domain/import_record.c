/* The record that a row says, and what is kept of the row besides. */
#include "core/utf8.h"
#include "domain/import_card.h"
#include "domain/import_cell.h"
#include "domain/import_lines.h"
#include "domain/import_split.h"
#include "schema/bind.h"
#include "stream/writer.h"

/* --- the rest --- */

void import_keep(struct import_rest *rest, struct str header, struct str value)
{
	struct buf line = { 0 };
	if (rest->json) {
		json_put_string(&line, header);
		buf_putc(&line, ':');
		json_put_string(&line, value);
	} else {
		buf_printf(&line, "%.*s: %.*s", (int)header.n, header.p, (int)value.n, value.p);
	}
	if (!rest->lines.n || !memmem(rest->lines.p, rest->lines.n, line.p, line.n)) {
		buf_puts(&rest->lines, !rest->lines.n ? "" : rest->json ? "," : "\n");
		buf_put(&rest->lines, buf_str(&line));
	}
	buf_free(&line);
}

/* An object goes on where it ends; a text that is none becomes a member, too. */
struct str import_kept(const struct import_rest *rest, struct str own, struct arena *a)
{
	struct str lines = buf_str(&rest->lines);
	if (!rest->json)
		return arena_printf(a, "%.*s%s%.*s", (int)own.n, own.p, own.n ? "\n" : "",
				    (int)lines.n, lines.p);
	if (own.n > 2 && own.p[0] == '{' && own.p[own.n - 1] == '}')
		return arena_printf(a, "%.*s,%.*s}", (int)own.n - 1, own.p, (int)lines.n, lines.p);
	struct import_rest all = { .json = true };
	if (own.n)
		import_keep(&all, STR("payload"), own);
	struct str first = buf_copy(&all.lines, a);
	buf_free(&all.lines);
	return arena_printf(a, "{%.*s%s%.*s}", (int)first.n, first.p, first.n ? "," : "",
			    (int)lines.n, lines.p);
}

void import_unknown(struct import_rest *rest, const struct field *f, struct str value)
{
	struct arena a = { 0 };
	struct str key = arena_printf(&a, "%s\n%.*s", f->name, (int)value.n, value.p);
	int64_t *count = map_find(&rest->counts, key);
	if (!count && rest->counted < UNKNOWN_MAX) {
		rest->counted += sizeof(struct map_slot) + key.n;
		count = map_at(&rest->counts, key);
	}
	++*(count ? count : &rest->uncounted);
	arena_free(&a);
}

/* --- cells --- */

struct saying {
	const struct import_plan *plan;
	const struct row *row;
	struct import_turn turn;
	struct bind_cell *cells;
	size_t *of; /* by feed: its cell; SIZE_MAX: none */
	size_t n;
	struct codec *codec;
	struct diag *diag;
};

/* Of numbered columns, those of the first number that any of the same family is filled for. */
static int64_t first_number(const struct import_plan *p, const struct import_feed *f,
			    const struct row *row)
{
	int64_t least = 0;
	for (size_t i = 0; i < p->n; i++) {
		const struct import_feed *other = &p->feeds[i];
		if (!other->numbers || !str_eq(other->family, f->family))
			continue;
		for (size_t j = 0; j < other->n; j++)
			if (utf8_trim(row->cells[other->columns[j]].text).n &&
			    (!least || other->numbers[j] < least))
				least = other->numbers[j];
	}
	return least;
}

static struct import_turn turn_of(const struct saying *s, const struct import_feed *f)
{
	struct import_turn turn = s->turn;
	if (f->numbers)
		turn.number = first_number(s->plan, f, s->row);
	return turn;
}

/* Another system's numbers are not ours: they would overwrite whatever has them here. */
static bool check_id(const struct import_feed *f, struct cell cell, struct diag *d)
{
	int64_t number;
	return f->field->type != &type_id || !str_int(str_trim(cell.text), &number) ||
	       diag_set(d, "id",
			"%s is no reference such as %s-%lld; another system's number goes "
			"into external_id (--map id=external_id)",
			quoted(cell.text, &d->arena), f->field->ref, (long long)number);
}

/* Another system's number, with that system's name. */
static void name_system(const struct import_map *m, struct cell *cell, struct arena *a)
{
	struct str text = utf8_trim(cell->text);
	struct str prefix = arena_printf(a, "%.*s:", (int)m->system.n, m->system.p);
	if ((cell->kind != CELL_TEXT && cell->kind != CELL_NUMBER) || !text.n ||
	    str_starts(text, prefix.p))
		return;
	cell->kind = CELL_TEXT;
	cell->text = arena_printf(a, "%s%.*s", prefix.p, (int)text.n, text.p);
}

/* A value that the picklist has not is kept, and the field left alone; whether a field or the
 * rest has it now, and no property has to say it. */
static bool check_pick(struct saying *s, const struct import_feed *f, struct cell *cell,
		       size_t column)
{
	if (f->field->type != &type_pick || !utf8_trim(cell->text).n)
		return true;
	const struct picklist *list = schema_picklist(s->codec->schema, f->field->picklist);
	const struct pick *pick = picklist_find(list, utf8_trim(cell->text), s->codec->arena);
	if ((pick && !pick->retired) || column == SIZE_MAX)
		return true;
	struct str text = utf8_trim(s->row->cells[column].text);
	bool property = import_card_has(s->plan, column);
	if (!property)
		import_keep(s->plan->rest, s->row->names[column], text);
	import_unknown(s->plan->rest, f->field, text);
	*cell = (struct cell){ CELL_ABSENT, { 0 } };
	return !property;
}

/* What goes to the rest though a field takes it; false: it is to be said there by a property. */
static bool check_rest(struct saying *s, const struct import_feed *f, struct cell *cell)
{
	size_t at, column = import_column(f, s->row, turn_of(s, f));
	const struct import_rule *rule = f->rule;
	if (!check_pick(s, f, cell, column))
		return false;
	if (!rule || column == SIZE_MAX)
		return true;
	struct str text = utf8_trim(s->row->cells[column].text);
	if ((rule->keep && utf8_trim(cell->text).n) ||
	    (rule->until.n && !rule->quiet && import_text_find(text, rule->until, false, &at)))
		import_keep(s->plan->rest, s->row->names[column], text);
	return true;
}

/* The cell that the field has already; SIZE_MAX: none. */
static size_t cell_of(const struct saying *s, const struct field *f)
{
	size_t i = 0;
	while (i < s->n && s->cells[i].field != f)
		i++;
	return i < s->n ? i : SIZE_MAX;
}

/* Whether the cell, as cell_of gave it, says anything. */
static bool is_filled(const struct saying *s, size_t at)
{
	return at != SIZE_MAX && utf8_trim(s->cells[at].cell.text).n;
}

static bool is_given(const struct saying *s, const struct import_feed *f)
{
	if (!f->rule || !f->rule->given.n)
		return true;
	if (f->given == SIZE_MAX)
		return false;
	struct arena *a = s->codec->arena;
	struct str text = utf8_fold(utf8_trim(s->row->cells[f->given].text), a);
	for (size_t i = 0; i < f->rule->ngiven; i++)
		if (str_eq(text, utf8_fold(f->rule->given_values[i], a)))
			return true;
	return false;
}

static bool is_needless(const struct saying *s, const struct import_rule *rule)
{
	for (size_t i = 0; rule && i < rule->nunless; i++)
		if (is_filled(s, cell_of(s, rule->unless[i])))
			return true;
	return false;
}

static bool say(struct saying *s, size_t which)
{
	const struct import_feed *f = &s->plan->feeds[which];
	if (f->plain) {
		s->cells[s->n++] = (struct bind_cell){ .field = f->field,
						       .cell = s->row->cells[f->columns[0]],
						       .sound = s->row->sound };
		return true;
	}
	size_t at = cell_of(s, f->field);
	struct bind_cell out = { .field = f->field,
				 .settings = f->rule ? f->rule->settings : NULL };
	s->of[which] = SIZE_MAX;
	if (is_filled(s, at) || is_needless(s, f->rule) || !is_given(s, f))
		return true;
	enum heard heard = import_cell(f, s->row, turn_of(s, f), s->plan->map, &out.cell,
				       s->codec->arena, s->diag);
	if (heard == HEARD_WRONG || !check_id(f, out.cell, s->diag) ||
	    !import_less(f, s->row, &out.cell, s->codec->arena, s->diag))
		return false;
	bool taken = !s->plan->rest || check_rest(s, f, &out.cell);
	if (s->plan->map->system.n &&
	    (!strcmp(f->field->name, "external_id") || (f->rule && f->rule->external)))
		name_system(s->plan->map, &out.cell, s->codec->arena);
	/* What once was right comes back, such as a value that has retired since. */
	s->codec->restoring |= f->field->type == &type_id && str_trim(out.cell.text).n;
	if (at == SIZE_MAX)
		at = s->n++;
	else if (out.cell.kind < s->cells[at].cell.kind)
		return true;
	s->cells[at] = out;
	s->of[which] = taken && heard == HEARD_ALL ? at : SIZE_MAX;
	return true;
}

/* --- what no field takes --- */

/* Marks the columns that the feed has read, or that say nothing else than its field does. */
static void mark(const struct saying *s, size_t which)
{
	bool *said = s->plan->rest->said;
	const struct import_feed *f = &s->plan->feeds[which];
	size_t at = cell_of(s, f->field);
	bool one = f->numbers || (f->rule && f->rule->only.n), taken = s->of[which] != SIZE_MAX;
	size_t column = one ? import_column(f, s->row, turn_of(s, f)) : SIZE_MAX;
	bool quiet = f->rule && f->rule->quiet && is_given(s, f);
	for (size_t i = 0; i < f->n; i++) {
		if (f->columns[i] == SIZE_MAX)
			continue;
		bool same = at != SIZE_MAX && str_eq(utf8_trim(s->row->cells[f->columns[i]].text),
						     utf8_trim(s->cells[at].cell.text));
		said[f->columns[i]] |=
		    same || quiet || (taken && (!one || f->columns[i] == column));
		if (f->labels && f->labels[i] != SIZE_MAX && (!one || f->columns[i] == column))
			said[f->labels[i]] = true;
	}
	for (size_t i = 0; taken && f->rule && i < f->rule->nless; i++)
		if (f->less[i] != SIZE_MAX)
			said[f->less[i]] = true;
}

static void keep_columns(struct saying *s)
{
	const struct import_plan *p = s->plan;
	for (size_t i = 0; i < s->row->n; i++) {
		struct str text = utf8_trim(s->row->cells[i].text);
		if (!p->rest->said[i] && !p->ignored[i] && text.n)
			import_keep(p->rest, s->row->names[i], text);
	}
}

static void take_rest(struct saying *s)
{
	struct buf *lines = &s->plan->rest->lines;
	const struct field *to = s->plan->map->rest;
	struct buf card = { 0 };
	import_card_say(s->plan, s->row, &card);
	keep_columns(s);
	if (card.n && lines->n)
		buf_putc(lines, '\n');
	buf_put(lines, buf_str(&card)); /* last, where a card looks for them */
	buf_free(&card);
	if (!lines->n)
		return;
	size_t at = cell_of(s, to);
	if (at == SIZE_MAX)
		s->cells[at = s->n++] = (struct bind_cell){ .field = to };
	struct str own = utf8_trim(s->cells[at].cell.text);
	s->cells[at].cell =
	    (struct cell){ CELL_TEXT, import_kept(s->plan->rest, own, s->codec->arena) };
	lines->n = 0;
}

bool import_record(const struct import_plan *p, const struct row *row, size_t turn,
		   struct record *r, struct codec *c, struct diag *d)
{
	struct saying s = { .plan = p,
			    .row = row,
			    .turn = { .value = turn },
			    .cells =
				arena_new(c->arena, struct bind_cell, p->n + p->map->nlines + 2),
			    .of = arena_new(c->arena, size_t, p->n),
			    .codec = c,
			    .diag = d };
	if (p->raw != SIZE_MAX && str_trim(row->cells[p->raw].text).n)
		return diag_set(d, "reject_raw",
				"this row could not be read; write it into its "
				"columns and empty this one");
	for (size_t i = 0; i < p->n; i++)
		if (!say(&s, i))
			return false;
	for (size_t i = 0; p->rest && !p->part && i < p->n; i++)
		mark(&s, i);
	if (p->titled && c->mender && !c->restoring) /* else cells are taken as they stand */
		s.n = import_title_take(p->map, s.cells, s.n, c->arena);
	if (p->rest && !p->part) {
		s.n = import_lines_take(p->map, s.cells, s.n, c);
		take_rest(&s);
	}
	if (!bind_cells(p->map->entity, s.cells, s.n, r, c, d))
		return false;
	for (size_t i = 0; p->rest && p->part && i < p->n && import_is_there(p->part, r); i++)
		mark(&s, i);
	return true;
}

bool import_is_there(const struct import_part *part, const struct record *r)
{
	for (size_t i = 0; i < part->nwhen; i++) {
		enum kind kind = r->values[field_index(r->entity, part->when[i])].kind;
		if (kind == V_NONE || kind == V_NULL)
			return false;
	}
	return true;
}

static bool feeds(const struct import_feed *f, const struct row *row, size_t turn)
{
	struct arena a = { 0 };
	struct diag d = { 0 };
	struct cell cell;
	bool filled = false;
	if (f->rule && f->rule->several) {
		import_cell(f, row, (struct import_turn){ .value = turn }, NULL, &cell, &a, &d);
		filled = !f->rule->is_label && cell.text.n;
		arena_free(&a);
		return filled;
	}
	for (size_t i = 0; i < f->n && !filled; i++)
		filled = f->columns[i] != SIZE_MAX && utf8_trim(row->cells[f->columns[i]].text).n;
	return filled;
}

bool import_says(const struct import_plan *p, const struct row *row, size_t turn)
{
	for (size_t i = 0; i < p->n; i++)
		if (feeds(&p->feeds[i], row, turn))
			return true;
	return false;
}
