/* Contacts as the CSV that other address books import. */
#include "cli/address_book.h"

#include <stdio.h>

#include "cli/address_impl.h"
#include "cli/rows.h"
#include "cli/writes.h"

struct cell *book_cell(struct book *b, const char *header)
{
	for (size_t i = 0; i < b->n; i++)
		if (str_is(b->columns[i].name, header))
			return &b->cells[i];
	die(STATUS_ENV, "%s has no column %s", b->preset->name, header);
}

void book_set(struct book *b, const char *header, struct str text)
{
	if (text.n)
		*book_cell(b, header) = (struct cell){ CELL_TEXT, text };
}

bool book_set_free(struct book *b, const char *header, struct str text)
{
	if (book_cell(b, header)->kind == CELL_TEXT)
		return false;
	book_set(b, header, text);
	return true;
}

void book_note(struct book *b, const char *what, struct str label, struct str value)
{
	if (b->notes.n)
		buf_putc(&b->notes, '\n');
	buf_printf(&b->notes, "%s%s%.*s%s: %.*s", what, label.n ? " (" : "", (int)label.n,
		   label.p ? label.p : "", label.n ? ")" : "", (int)value.n, value.p);
}

struct str book_joined(struct book *b, enum card_slot from, enum card_slot to)
{
	struct buf text = { 0 };
	for (enum card_slot i = from; i <= to; i++)
		if (b->slot[i].n)
			buf_printf(&text, "%s%.*s", text.n ? ", " : "", (int)b->slot[i].n,
				   b->slot[i].p);
	struct str all = buf_copy(&text, &b->arena);
	buf_free(&text);
	return all;
}

void book_set_names(struct book *b, const char *prefix)
{
	bool parts = b->slot[CARD_FIRST].n || b->slot[CARD_LAST].n;
	book_set(b, "First Name", parts ? b->slot[CARD_FIRST] : b->slot[CARD_NAME]);
	book_set(b, "Last Name", b->slot[CARD_LAST]);
	book_set(b, prefix, card_prefix(b->slot[CARD_SALUTATION], &b->arena));
}

void book_each(struct book *b, const char *kind, enum card_slot slot,
	       void (*take)(struct book *, struct str label, struct str value))
{
	struct str rest = b->further, line, field, label, own = { 0 };
	struct str value = slot < CARD_SLOTS ? b->slot[slot] : own;
	bool labelled = false;
	while (rest.n && str_cut(&rest, '\n', &line))
		if (str_cut(&line, '\t', &field) && str_cut(&line, '\t', &label) &&
		    str_is(field, kind) && str_eq(line, value) && !labelled) {
			own = label;
			labelled = true;
		}
	bool mobile = slot == CARD_PHONE && b->slot[CARD_MOBILE].n, first = str_is(own, "cell");
	if (mobile && first) /* of two, the one in front is read as the mobile one */
		take(b, STR("cell"), b->slot[CARD_MOBILE]);
	if (value.n)
		take(b, labelled ? own : str_of(card_default_type(slot, true)), value);
	if (mobile && !first)
		take(b, STR("cell"), b->slot[CARD_MOBILE]);
	rest = b->further;
	while (rest.n && str_cut(&rest, '\n', &line))
		if (str_cut(&line, '\t', &field) && str_cut(&line, '\t', &label) &&
		    str_is(field, kind) && !str_eq(line, value) &&
		    (slot != CARD_PHONE || !str_eq(line, b->slot[CARD_MOBILE])))
			take(b, label, line);
}

static const struct address_preset *const presets[] = { &address_google, &address_outlook };

static void make_columns(struct book *b, struct arena *a)
{
	struct str rest = str_of(b->preset->headers), header;
	size_t room = 1;
	for (size_t i = 0; i < rest.n; i++)
		room += rest.p[i] == ',';
	b->columns = arena_new(a, struct column, room);
	b->cells = arena_new(a, struct cell, room);
	while (str_cut(&rest, ',', &header))
		b->columns[b->n++].name = header;
}

static void put_contact(struct book *b, struct writer *w, const struct select *what,
			const struct cell *cells)
{
	memset(b->cells, 0, b->n * sizeof *b->cells);
	memset(b->slot, 0, sizeof b->slot);
	b->role = (struct str){ 0 };
	for (size_t i = 0; i < what->npaths; i++) {
		enum card_slot slot = card_slot_of(what->paths[i].text);
		if (slot != CARD_SLOTS)
			b->slot[slot] = cells[i].text;
		else if (str_is(what->paths[i].text, "role"))
			b->role = cells[i].text;
	}
	buf_put(&b->notes, b->slot[CARD_NOTES]);
	b->preset->fill(b);
	book_set(b, "Notes", buf_str(&b->notes));
	writer_row(w, b->cells);
	b->notes.n = 0;
	arena_reset(&b->arena);
}

static const struct address_preset *preset_of(struct crm *crm, const char *name)
{
	for (size_t i = 0; i < countof(presets); i++)
		if (!strcmp(presets[i]->name, name))
			return presets[i];
	usage(crm, "--preset: no address book %s; google and outlook are",
	      quoted(str_of(name), &crm->arena));
}

void address_book_write(struct crm *crm, const char *name, struct select *what)
{
	struct book b = { .preset = preset_of(crm, name) };
	struct writer_options o = { .format = FORMAT_CSV, .excel = option_on(crm, "excel") };
	const char *format = option(crm, "output");
	const struct cell *cells;
	struct path *paths;
	int64_t id;
	if (option(crm, "fields") || (format && strcmp(format, "csv")))
		usage(crm, "--preset is CSV with columns of its own");
	default_fields(crm, what->context, FORMAT_VCF, &paths, &what->npaths);
	if (!strcmp(what->context->entity->name, "contact") && /* a user's is a right */
	    !fields_parse(STR("+role"), what->context, paths, what->npaths, &paths, &what->npaths,
			  &crm->diag))
		refuse(crm, STATUS_USAGE);
	what->paths = paths;
	make_columns(&b, &crm->arena);
	struct writer *w = writer_open(stdout, b.columns, b.n, &o);
	struct cursor *c = cursor_open(crm->store, what);
	while (cursor_next(c, false, &cells, &id)) {
		b.further = further_of(crm, what->context->entity, id, &b.arena);
		put_contact(&b, w, what, cells);
	}
	cursor_close(c);
	writer_close(w);
	buf_free(&b.notes);
	arena_free(&b.arena);
}
