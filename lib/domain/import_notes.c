/* What was odd about an input, counted. */
#include "domain/import_notes.h"

#include "core/buf.h"

static const struct {
	const char *name, *one, *many;
} oddities[] = {
	[ODD_ENCODING] = { "encoding", "read as", "read as" },
	[ODD_PREAMBLE] = { "preamble", "line before the header was passed over",
			   "lines before the header were passed over" },
	[ODD_SHORT] = { "short", "row has fewer cells than the header; the others count as empty",
			"rows have fewer cells than the header; the others count as empty" },
	[ODD_EMPTY] = { "empty", "cell was taken for empty", "cells were taken for empty" },
	[ODD_FORMULA] = { "formula", "text was taken out of its formula",
			  "texts were taken out of their formulas" },
	[ODD_APOSTROPHE] = { "apostrophe", "spreadsheet's apostrophe was taken off",
			     "spreadsheet's apostrophes were taken off" },
	[ODD_ZERO] = { "zero", "number had lost its first 0, which was put back",
		       "numbers had lost their first 0, which was put back" },
	[ODD_DIGITS] = { "digits", "number in a spreadsheet's form was written out",
			 "numbers in a spreadsheet's form were written out" },
	[ODD_DAMAGED] = { "damaged",
			  "number was damaged by a spreadsheet; it is kept and never matched",
			  "numbers were damaged by a spreadsheet; they are kept and never "
			  "matched" },
	[ODD_SERIAL] = { "serial", "date was a spreadsheet's day number",
			 "dates were a spreadsheet's day numbers" },
	[ODD_CENTURY] = { "century", "year of two figures was completed",
			  "years of two figures were completed" },
	[ODD_DAY_FIRST] = { "day_first", "date was read day first, as the column proves",
			    "dates were read day first, as the column proves" },
	[ODD_MONTH_FIRST] = { "month_first", "date was read month first, as the column proves",
			      "dates were read month first, as the column proves" },
	[ODD_YEAR_FIRST] = { "year_first", "date was read year first, as the column proves",
			     "dates were read year first, as the column proves" },
};

static struct import_note *find(struct import_notes *n, enum import_oddity what, unsigned source,
				struct str where)
{
	for (size_t i = n->n; i-- > 0;) {
		struct import_note *note = &n->items[i];
		if (note->what == what && note->source == source && str_eq(note->where, where))
			return note;
	}
	if (n->n == NOTES_MAX)
		return NULL;
	if (!n->items)
		n->items = arena_new(&n->arena, struct import_note, NOTES_MAX);
	n->items[n->n] = (struct import_note){ what, source, .where = arena_str(&n->arena, where) };
	return &n->items[n->n++];
}

void import_note_many(struct import_notes *n, enum import_oddity what, unsigned source,
		      struct str where, long count, struct str example)
{
	struct import_note *note = find(n, what, source, where);
	if (!note)
		return;
	note->count += count;
	if (!note->example.n)
		note->example = arena_str(&n->arena, example);
}

void import_note(struct import_notes *n, enum import_oddity what, unsigned source, struct str where,
		 long line, struct str example)
{
	struct import_note *note = find(n, what, source, where);
	if (!note)
		return;
	bool again = note->nlines && note->lines[note->nlines - 1] == line;
	if (line && note->nlines < NOTE_LINES && !again)
		note->lines[note->nlines++] = line;
	import_note_many(n, what, source, where, 1, example);
}

const char *import_note_name(const struct import_note *note)
{
	return oddities[note->what].name;
}

static void put_lines(struct buf *b, const struct import_note *note)
{
	for (size_t i = 0; i < note->nlines; i++)
		buf_printf(b, "%s%ld",
			   i		       ? ", "
			   : note->nlines == 1 ? ": line "
					       : ": lines ",
			   note->lines[i]);
	if (note->nlines == NOTE_LINES && note->count > NOTE_LINES)
		buf_puts(b, ", …");
}

struct str import_note_text(const struct import_note *note, struct arena *a)
{
	struct buf b = { 0 };
	if (note->where.n) {
		buf_escape(&b, note->where);
		buf_puts(&b, ": ");
	}
	if (note->count)
		buf_printf(&b, "%ld ", note->count);
	buf_puts(&b, note->count == 1 ? oddities[note->what].one : oddities[note->what].many);
	if (note->example.n)
		buf_printf(&b, note->count ? " (%s)" : " %s", quoted(note->example, a));
	put_lines(&b, note);
	struct str text = buf_copy(&b, a);
	buf_free(&b);
	return text;
}

void import_notes_free(struct import_notes *n)
{
	arena_free(&n->arena);
	*n = (struct import_notes){ 0 };
}
