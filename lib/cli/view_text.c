/* A portrait for a terminal: what one must know at a glance, part by part. */
#include "cli/heading.h"
#include "cli/view.h"
#include "core/utf8.h"

#define BOLD "\033[1m"
#define FAINT "\033[2m"
#define PLAIN "\033[0m"

enum { RULE = 72 }; /* where no terminal says how wide it is */

/* ── Deals (2) ─────────── */
static void put_heading(struct view *v, const char *rule, struct str text, int64_t n)
{
	struct buf b = { 0 };
	struct str shown = table_text(text, v->arena);
	size_t width = v->width > 0 ? (size_t)v->width : RULE;
	if (n)
		shown = arena_printf(v->arena, "%.*s (%lld)", (int)shown.n, shown.p, (long long)n);
	shown = table_cut(shown, width > 6 ? width - 6 : width, v->arena);
	buf_printf(&b, "\n%s%s%s %.*s ", v->colour ? BOLD : "", rule, rule, (int)shown.n, shown.p);
	for (size_t at = utf8_width(shown) + 4; at < width; at++)
		buf_puts(&b, rule);
	buf_printf(&b, "%s\n", v->colour ? PLAIN : "");
	view_write(v, &b);
	buf_free(&b);
}

/* Label and value, one a line; what is not known is left out. */
static void put_facts(struct view *v, const struct portrait_part *part)
{
	struct buf b = { 0 };
	size_t widest = 0;
	for (size_t i = 0; i < part->ncolumns; i++)
		if (view_filled(&part->rows[0].cells[i]) &&
		    utf8_width(part->columns[i].label) > widest)
			widest = utf8_width(part->columns[i].label);
	for (size_t i = 0; i < part->ncolumns; i++) {
		struct str name = part->columns[i].label;
		struct str text = table_text(part->rows[0].cells[i].text, v->arena);
		size_t room = v->width > 0 ? (size_t)v->width : SIZE_MAX;
		if (!view_filled(&part->rows[0].cells[i]))
			continue;
		if (room > widest + 2)
			text = table_cut(text, room - widest - 2, v->arena);
		buf_printf(&b, "%s%.*s%s%*s  %.*s\n", v->colour ? FAINT : "", (int)name.n, name.p,
			   v->colour ? PLAIN : "", (int)(widest - utf8_width(name)), "",
			   (int)text.n, text.p);
	}
	view_write(v, &b);
	buf_free(&b);
}

/* ▶ what was asked for; · among all rows what is not the customer's own. */
static const char *mark_of(const struct portrait_row *row, enum view_rows which)
{
	return row->marked ? "▶" : which == ROWS_ALL && !row->own ? "·" : "";
}

static bool has_marks(const struct portrait_part *part, enum view_rows which)
{
	for (size_t i = 0; i < part->n; i++)
		if (view_among(&part->rows[i], which) && *mark_of(&part->rows[i], which))
			return true;
	return false;
}

/* The columns that say something, behind one of marks if there are any; how many. */
static size_t choose_columns(const struct portrait_part *part, enum view_rows which,
			     struct column *columns, size_t *from)
{
	size_t n = 0;
	if (has_marks(part, which))
		columns[n++] = (struct column){ STR("mark"), STR(" "), false };
	for (size_t c = 0; c < part->ncolumns; c++)
		if (view_column(part, which, c)) {
			columns[n] = part->columns[c];
			from[n++] = c;
		}
	return n;
}

static void put_rows(struct view *v, const struct portrait_part *part, enum view_rows which)
{
	struct column *columns = arena_new(v->arena, struct column, part->ncolumns + 1);
	struct cell *cells = arena_new(v->arena, struct cell, part->ncolumns + 1);
	size_t *from = arena_new(v->arena, size_t, part->ncolumns + 1);
	size_t n = choose_columns(part, which, columns, from), marks = has_marks(part, which);
	const struct writer_options o = { .format = FORMAT_TABLE,
					  .colour = v->colour,
					  .width = v->width };
	struct writer *w = writer_open(v->out, columns, n, &o);
	for (size_t i = 0; i < part->n; i++) {
		const struct portrait_row *row = &part->rows[i];
		if (!view_among(row, which))
			continue;
		cells[0] = (struct cell){ CELL_TEXT, str_of(mark_of(row, which)) };
		for (size_t c = marks; c < n; c++)
			cells[c] = row->cells[from[c]];
		writer_row(w, cells);
	}
	writer_close(w);
}

static void put_more(struct view *v, int64_t more)
{
	struct buf b = { 0 };
	if (more > 0)
		buf_printf(&b, "%s… %lld %s%s\n", v->colour ? FAINT : "", (long long)more,
			   label(v->language, "more", "nữa"), v->colour ? PLAIN : "");
	view_write(v, &b);
	buf_free(&b);
}

static void put_part(struct view *v, const struct portrait_part *part, enum view_rows which)
{
	int64_t more;
	size_t n = view_count(part, which, &more);
	bool facts = part->shape == PORTRAIT_FACTS;
	if (!n)
		return;
	put_heading(v, "─", str_of(label(v->language, part->en, part->vi)),
		    facts ? 0 : (int64_t)n + more);
	if (facts)
		put_facts(v, part);
	else
		put_rows(v, part, which);
	put_more(v, more);
}

/* Name and reference, and what they were asked for by. */
static void put_title(struct view *v, const struct portrait *p)
{
	struct buf b = { 0 };
	const struct customer *c = &p->customer;
	struct str name = table_text(p->name.n ? p->name : p->ref, v->arena);
	if (v->printed)
		buf_putc(&b, '\n');
	buf_printf(&b, "%s%.*s%s  %.*s", v->colour ? BOLD : "", (int)name.n, name.p,
		   v->colour ? PLAIN : "", (int)p->ref.n, p->ref.p);
	if (c->by_entity)
		buf_printf(&b, "  ▶ %s-%lld", c->by_entity->name, (long long)c->by_id);
	buf_putc(&b, '\n');
	view_write(v, &b);
	buf_free(&b);
}

/* What the dots in the timeline mean. */
static struct str both_names(const struct view *v, const struct portrait *p)
{
	return arena_printf(v->arena, "%.*s, · %.*s", (int)p->name.n, p->name.p,
			    (int)p->around_name.n, p->around_name.p);
}

/* First the customer, then what is around it, last the timeline of both. */
static void put_portrait(struct view *v, const struct portrait *p)
{
	size_t n = p->nparts - 1;
	put_title(v, p);
	for (size_t i = 0; i < n; i++)
		put_part(v, &p->parts[i], ROWS_OWN);
	if (p->around_ref.n)
		put_heading(v, "═", p->around_name, 0);
	for (size_t i = 0; i < n; i++)
		put_part(v, &p->parts[i], ROWS_AROUND);
	if (p->around_ref.n)
		put_heading(v, "═", both_names(v, p), 0);
	put_part(v, &p->parts[n], ROWS_ALL);
}

const struct view_format view_text = { .name = "table", .human = true, .put = put_portrait };
