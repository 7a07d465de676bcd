/* Columns that become properties of a card: NICKNAME:Tí, ADR;TYPE=home:;;1 Hàng Bài;Hà Nội;;; */
#include "domain/import_card.h"

#include "core/utf8.h"
#include "domain/import_cell.h"
#include "domain/import_header.h"
#include "stream/vcard.h"

/* --- laid on columns --- */

/* Each header of "Country/Region|Country"; a pattern is one. */
static bool next_header(struct str *rest, struct str *header)
{
	if (!rest->n || !header_numbered(*rest))
		return rest->n && str_cut(rest, '|', header);
	*header = *rest;
	*rest = (struct str){ 0 };
	return true;
}

bool import_card_names(const struct import_map *m, struct str header, struct arena *scratch)
{
	int64_t number;
	for (size_t i = 0; i < m->ncard; i++) {
		const struct import_rule *rule = &m->card[i];
		struct str rest, one;
		for (size_t j = 0; j < rule->nfrom; j++)
			for (rest = rule->from[j]; next_header(&rest, &one);)
				if (header_fits(one, header, &number, scratch))
					return true;
		if (rule->label.n && header_fits(rule->label, header, &number, scratch))
			return true;
	}
	return false;
}

/* The column of the first that is there. */
static size_t component(const struct row *row, struct str from, int64_t number,
			struct arena *scratch)
{
	struct str rest = header_with(from, number, scratch), header;
	size_t column = SIZE_MAX;
	while (column == SIZE_MAX && next_header(&rest, &header))
		column = header_column(row->names, row->n, header, scratch);
	return column;
}

static void lay_one(struct import_plan *p, const struct row *row, const struct import_rule *rule,
		    int64_t number, size_t *room, struct arena *scratch)
{
	size_t *columns = arena_new(&p->arena, size_t, rule->nfrom);
	bool any = false;
	for (size_t i = 0; i < rule->nfrom; i++) {
		columns[i] = component(row, rule->from[i], number, scratch);
		any |= columns[i] != SIZE_MAX;
	}
	struct str label = header_with(rule->label, number, scratch);
	size_t beside = label.n ? header_column(row->names, row->n, label, scratch) : SIZE_MAX;
	if (!any)
		return;
	p->cards = arena_grow(&p->arena, p->cards, p->ncards, room, sizeof *p->cards);
	p->cards[p->ncards++] = (struct import_card){ rule, columns, rule->nfrom, beside };
}

/* The least number above `last` that a column of the rule has; 0: none. */
static int64_t next_number(const struct row *row, const struct import_rule *rule, int64_t last,
			   struct arena *scratch)
{
	int64_t least = 0, number;
	for (size_t i = 0; i < rule->nfrom; i++) {
		for (size_t j = 0; j < row->n && header_numbered(rule->from[i]); j++) {
			if (header_fits(rule->from[i], row->names[j], &number, scratch) &&
			    number > last && (!least || number < least))
				least = number;
			arena_reset(scratch);
		}
	}
	return least;
}

void import_card_lay(struct import_plan *p, const struct row *row, struct arena *scratch)
{
	const struct import_map *m = p->map;
	size_t room = 0;
	p->cards = NULL;
	p->ncards = 0;
	for (size_t i = 0; i < m->ncard; i++) {
		int64_t number = next_number(row, &m->card[i], 0, scratch);
		do {
			lay_one(p, row, &m->card[i], number, &room, scratch);
			number = next_number(row, &m->card[i], number, scratch);
		} while (number);
	}
}

bool import_card_has(const struct import_plan *p, size_t column)
{
	for (size_t i = 0; i < p->ncards; i++)
		for (size_t j = 0; j < p->cards[i].n; j++)
			if (p->cards[i].columns[j] == column)
				return true;
	return false;
}

/* --- said --- */

static struct str text_at(const struct import_plan *p, const struct row *row, size_t column)
{
	bool none = column == SIZE_MAX || p->ignored[column];
	return none ? (struct str){ 0 } : utf8_trim(row->cells[column].text);
}

/* A web address has no escapes; elsewhere a semicolon is none between components. */
static void put_value(struct buf *out, const struct import_plan *p, const struct import_card *c,
		      const struct row *row)
{
	bool raw = str_is(c->rule->property, "URL");
	for (size_t i = 0; i < c->n; i++) {
		struct str text = text_at(p, row, c->columns[i]);
		if (i)
			buf_putc(out, ';');
		for (size_t j = 0; raw && j < text.n; j++)
			buf_putc(out, (unsigned char)text.p[j] < ' ' ? ' ' : text.p[j]);
		if (!raw)
			vcard_escape(out, text);
	}
}

/* The kind as TYPE where the map knows it, else as the label that somebody wrote. */
static void put_head(struct buf *out, const struct import_rule *rule, struct str kind, bool known)
{
	if (known && kind.n && kind.p[0] >= 'A' && kind.p[0] <= 'Z') {
		buf_put(out, kind);
		return;
	}
	buf_put(out, rule->property);
	if (!kind.n)
		return;
	buf_puts(out, known ? ";TYPE=" : ";X-ABLABEL=\"");
	for (size_t i = 0; i < kind.n; i++)
		buf_putc(out, strchr("\"\r\n\t", kind.p[i]) ? ' ' : kind.p[i]);
	if (!known)
		buf_putc(out, '"');
}

/* What is not said otherwise goes without saying: an address is one at work. */
static bool is_usual(const struct import_rule *rule, struct str kind)
{
	return !kind.n || (str_is(rule->property, "ADR") &&
			   str_is(kind, card_default_type(CARD_STREET, true)));
}

static void say_one(const struct import_plan *p, const struct import_card *c, const struct row *row,
		    struct buf *out)
{
	struct arena a = { 0 };
	bool *said = p->rest->said, filled = false, known = true;
	struct str kind = c->rule->kind;
	if (text_at(p, row, c->label).n)
		kind = import_kind(c->rule, text_at(p, row, c->label), &known, &a);
	bool more = !is_usual(c->rule, kind);
	for (size_t i = 0; i < c->n; i++) {
		bool there = text_at(p, row, c->columns[i]).n;
		filled |= there;
		more |= there && !said[c->columns[i]];
	}
	if (filled && more) {
		if (out->n)
			buf_putc(out, '\n');
		put_head(out, c->rule, kind, known);
		buf_putc(out, ':');
		put_value(out, p, c, row);
	}
	for (size_t i = 0; filled && i < c->n; i++)
		if (c->columns[i] != SIZE_MAX)
			said[c->columns[i]] = true;
	if (filled && c->label != SIZE_MAX)
		said[c->label] = true;
	arena_free(&a);
}

void import_card_say(const struct import_plan *p, const struct row *row, struct buf *out)
{
	for (size_t i = 0; i < p->ncards; i++)
		say_one(p, &p->cards[i], row, out);
}
