/*
 * vCards coming in: from BEGIN:VCARD to END:VCARD, unfolded line by line.  Pictures, keys
 * and sounds are passed over as they come, so a card takes no more memory than its text.
 */
#include <stdlib.h>
#include <strings.h>

#include "stream/reader_impl.h"
#include "stream/vcard.h"

enum { NAMES = 24 }; /* properties that a remark names */

/* How often which property. */
struct tally {
	struct {
		char name[32];
		long n;
	} names[NAMES];
	long others;
};

struct vcf {
	struct card card; /* its columns */
	size_t column[CARD_SLOTS];
	struct tally kept, people, left_out; /* people: those a contact is related to */
	/* the card at hand */
	struct buf raw, line; /* line: the logical one that is being unfolded */
	bool open;	      /* there is one */
	bool binary, soft;    /* its value is passed over; it goes on behind a soft line break */
	long depth;	      /* of cards within it (AGENT of 2.1) */
	size_t size;	      /* of its text */
	struct vcard_line *lines;
	size_t n, room;
};

bool is_card(struct str line)
{
	return vcard_is(str_trim(line), "BEGIN:VCARD");
}

static void count(struct tally *t, struct str name)
{
	size_t i = 0;
	while (i < NAMES && t->names[i].n && !str_is(name, t->names[i].name))
		i++;
	if (i == NAMES || name.n >= sizeof t->names[i].name) {
		t->others++;
		return;
	}
	memcpy(t->names[i].name, name.p, name.n);
	t->names[i].n++;
}

static void count_kept(struct vcf *v, struct str lines)
{
	const char *company = v->card.column[CARD_COMPANY];
	bool contact = company && !strcmp(company, "account");
	struct str line;
	while (lines.n && str_cut(&lines, '\n', &line)) {
		size_t n = 0;
		while (n < line.n && line.p[n] != ':' && line.p[n] != ';')
			n++;
		struct str name = str_sub(line, 0, n);
		bool related = contact && (str_is(name, "RELATED") || card_relation(name));
		if (n)
			count(related ? &v->people : &v->kept, name);
	}
}

static void put_tally(struct buf *b, const char *what, const struct tally *t)
{
	if (!t->names[0].n && !t->others)
		return;
	buf_printf(b, "%s%s", b->n ? "; " : "", what);
	for (size_t i = 0; i < NAMES && t->names[i].n; i++)
		buf_printf(b, "%s %s %ld", i ? "," : "", t->names[i].name, t->names[i].n);
	if (t->others)
		buf_printf(b, ", others %ld", t->others);
}

static struct str vcf_remark(const struct reader *r, struct arena *a)
{
	const struct vcf *v = r->state;
	struct buf b = { 0 };
	put_tally(&b, "no field holds these, they are in the notes:", &v->kept);
	put_tally(&b, "relations, or where nobody goes by that name in the notes:", &v->people);
	put_tally(&b, "left out:", &v->left_out);
	struct str out = buf_copy(&b, a);
	buf_free(&b);
	return out;
}

/* --- one logical line --- */

static bool wrong(long line, struct diag *d)
{
	struct str what = arena_str(&d->arena, d->message);
	return diag_set(d, NULL, "line %ld: %s", line, what.p);
}

static void add_line(struct vcf *v, const struct vcard_line *l)
{
	if (v->n == v->room) {
		v->room = v->room ? 2 * v->room : 64;
		v->lines = xrealloc(v->lines, v->room * sizeof *v->lines);
	}
	v->lines[v->n++] = *l;
}

/* Hands the logical line on.  False with diag: it is no property. */
static bool end_line(struct reader *r, long number, struct arena *a, struct diag *d)
{
	struct vcf *v = r->state;
	struct vcard_line l;
	if (!v->open)
		return true;
	v->open = false;
	struct str text = arena_str(a, buf_str(&v->line));
	if (!vcard_parse(text, r->options.encoding != NULL, &l, a, d))
		return wrong(number, d);
	if (str_starts(l.name, "X-REJECT-")) /* what an earlier run said of it */
		return true;
	if (v->binary) {
		count(&v->left_out, l.name);
		return true;
	}
	if (str_is(l.name, "VERSION"))
		v->card.version = str_is(str_trim(l.value), "2.1")   ? VCARD_21
				  : str_is(str_trim(l.value), "4.0") ? VCARD_40
								     : VCARD_30;
	add_line(v, &l);
	return reader_few(v->n, "properties", d);
}

static bool has(struct str s, const char *word)
{
	size_t n = strlen(word);
	for (size_t i = 0; i + n <= s.n; i++)
		if (strncasecmp(s.p + i, word, n) == 0)
			return true;
	return false;
}

/* Looks at the head of a line that begins: is it a picture, does it go on? */
static void begin_line(struct vcf *v, struct str text, struct arena *a)
{
	struct diag none = { 0 };
	struct vcard_line l;
	ptrdiff_t colon = str_find(text, ':');
	struct str head = str_sub(text, 0, colon < 0 ? 0 : (size_t)colon + 1);
	bool quoted_printable = has(head, "QUOTED-PRINTABLE");
	v->open = true;
	v->binary =
	    vcard_parse(quoted_printable ? head : text, true, &l, a, &none) && vcard_binary(&l, a);
	v->soft = quoted_printable && text.n && text.p[text.n - 1] == '=';
	v->line.n = 0;
	buf_put(&v->line, v->binary ? head : str_sub(text, 0, text.n - v->soft));
	diag_free(&none);
}

static void continue_line(struct vcf *v, struct str text)
{
	if (v->binary)
		return;
	v->soft = v->soft && text.n && text.p[text.n - 1] == '=';
	buf_put(&v->line, str_sub(text, 0, text.n - v->soft));
}

/* 2.1 folds where a blank is, and the blank stays. */
static struct str unfolded(const struct vcf *v, struct str text)
{
	return v->card.version == VCARD_21 ? text : str_sub(text, 1, text.n);
}

/* A line of a card within the card: all of it is the text of AGENT, as 3.0 has it. */
static bool nested_line(struct reader *r, struct str text, long started, struct arena *a,
			struct diag *d)
{
	struct vcf *v = r->state;
	v->depth += is_card(text) - vcard_is(str_trim(text), "END:VCARD");
	buf_put(&v->line, text);
	if (v->depth)
		buf_putc(&v->line, '\n');
	return v->depth || end_line(r, started, a, d);
}

static bool is_agent(const struct vcf *v)
{
	return v->open && vcard_is(str_trim(buf_str(&v->line)), "AGENT:");
}

enum place { WITHIN, DONE, CUT_SHORT };

/* One physical line of a card; *good is set to false, with diag, by the first wrong one. */
static enum place card_line(struct reader *r, struct str text, long *started, bool *good,
			    struct arena *a, struct diag *d)
{
	struct vcf *v = r->state;
	long number = r->source.line;
	bool folded = text.n && (text.p[0] == ' ' || text.p[0] == '\t');
	if (v->depth || (is_card(text) && is_agent(v))) {
		*good = nested_line(r, text, *started, a, d) && *good;
		return WITHIN;
	}
	if (v->open && v->soft && !vcard_is(str_trim(text), "END:VCARD")) {
		continue_line(v, text);
		return WITHIN;
	}
	if (folded && v->open) {
		continue_line(v, unfolded(v, text));
		return WITHIN;
	}
	if (v->open && v->binary && text.n && str_find(text, ':') < 0)
		return WITHIN; /* base64 that nobody folded */
	*good = *good && end_line(r, *started, a, d);
	v->open = false;
	if (is_card(text))
		return CUT_SHORT;
	if (vcard_is(str_trim(text), "END:VCARD"))
		return DONE;
	*started = number;
	if (str_trim(text).n)
		begin_line(v, text, a);
	return WITHIN;
}

/* The same once the card is refused: nothing more is needed of it. */
static enum place pass_line(struct vcf *v, struct str text)
{
	bool begins = is_card(text), ends = vcard_is(str_trim(text), "END:VCARD");
	bool within = v->depth || (begins && is_agent(v));
	if (within)
		v->depth += begins - ends;
	v->line.n = 0;
	v->open = vcard_is(str_trim(text), "AGENT:");
	if (v->open)
		buf_put(&v->line, text);
	return within ? WITHIN : begins ? CUT_SHORT : ends ? DONE : WITHIN;
}

/* --- cards --- */

static void keep_raw(struct reader *r, struct str text)
{
	struct vcf *v = r->state;
	if (!r->options.want_raw || v->raw.n > RECORD_MAX || str_starts(text, "X-REJECT-"))
		return;
	if (v->raw.n)
		buf_putc(&v->raw, '\n');
	buf_put(&v->raw, text);
}

static enum read_result refuse(struct reader *r, struct row *row, struct arena *a)
{
	struct vcf *v = r->state;
	if (v->raw.n <= RECORD_MAX)
		row->raw = arena_str(a, buf_str(&v->raw));
	return READ_BAD;
}

static bool too_long(bool good, struct diag *d)
{
	return good && diag_set(d, NULL, "the card is longer than %d MiB", RECORD_MAX >> 20);
}

/* Whatever stands outside of cards, up to the next one. */
static enum read_result refuse_stray(struct reader *r, struct row *row, struct arena *a,
				     struct diag *d)
{
	size_t n;
	for (enum line_result got; (got = source_line(&r->source, 0, &n)) != LINE_END;) {
		struct str text = str_sub(source_window(&r->source), 0, n);
		if (got == LINE_LONG) {
			source_skip_line(&r->source);
			continue;
		}
		if (is_card(text))
			break;
		keep_raw(r, source_chomp(&r->source, text));
		source_take(&r->source, n);
	}
	diag_set(d, NULL, "this stands outside of BEGIN:VCARD and END:VCARD");
	return refuse(r, row, a);
}

static void give(struct reader *r, struct row *row, struct arena *a)
{
	struct vcf *v = r->state;
	struct card c = v->card;
	struct cell *cells = arena_new(a, struct cell, r->n);
	c.arena = a;
	card_fill(&c, v->lines, v->n);
	for (enum card_slot i = 0; i < CARD_SLOTS; i++)
		if (c.column[i])
			cells[v->column[i]] = (struct cell){ !c.slot[i].n	 ? CELL_ABSENT
							     : i == CARD_COMPANY ? CELL_NAME
										 : CELL_TEXT,
							     c.slot[i] };
	count_kept(v, buf_str(&c.kept));
	row->further = buf_copy(&c.further, a);
	row->n = r->n;
	row->names = r->names;
	row->cells = cells;
	row->layout = 1;
	if (r->options.want_raw && v->raw.n <= RECORD_MAX)
		row->raw = arena_str(a, buf_str(&v->raw));
	buf_free(&c.further);
	buf_free(&c.kept);
}

/* From behind its first line to its last. */
static enum read_result read_card(struct reader *r, struct row *row, struct arena *a,
				  struct diag *d)
{
	struct vcf *v = r->state;
	enum place place = WITHIN;
	long started = row->line;
	bool good = true;
	size_t n;
	for (enum line_result got; place == WITHIN;) {
		if ((got = source_line(&r->source, 0, &n)) == LINE_END)
			break;
		if (got == LINE_LONG) {
			good = too_long(good, d);
			source_skip_line(&r->source);
			continue;
		}
		struct str text =
		    source_chomp(&r->source, str_sub(source_window(&r->source), 0, n));
		if (good && (v->size += v->binary ? 0 : n) > RECORD_MAX)
			good = too_long(good, d);
		place = good ? card_line(r, text, &started, &good, a, d) : pass_line(v, text);
		if (place == CUT_SHORT)
			break;
		keep_raw(r, text);
		source_take(&r->source, n);
	}
	if (place != DONE && good)
		diag_set(d, NULL, "the card has no END:VCARD");
	if (place != DONE || !good)
		return refuse(r, row, a);
	give(r, row, a);
	return READ_ROW;
}

static enum read_result vcf_next(struct reader *r, struct row *row, struct arena *a, struct diag *d)
{
	struct vcf *v = r->state;
	size_t n;
	v->n = v->size = v->raw.n = 0;
	v->depth = 0;
	v->open = v->binary = v->soft = false;
	v->card.version = VCARD_30;
	while (source_line(&r->source, 0, &n) == LINE_HERE) {
		struct str text = str_sub(source_window(&r->source), 0, n);
		if (str_trim(text).n && !str_starts(text, "X-REJECT-"))
			break;
		source_take(&r->source, n);
	}
	reader_begin(r, row, d);
	enum line_result got = source_line(&r->source, 0, &n);
	if (got == LINE_END)
		return READ_END;
	struct str text = source_chomp(&r->source, str_sub(source_window(&r->source), 0, n));
	if (got == LINE_LONG || !is_card(text))
		return refuse_stray(r, row, a, d);
	keep_raw(r, text);
	source_take(&r->source, n);
	return read_card(r, row, a, d);
}

static bool vcf_open(struct reader *r, struct diag *d)
{
	struct vcf *v = r->state = xcalloc(1, sizeof *v);
	struct str *names = arena_new(&r->arena, struct str, CARD_SLOTS);
	(void)d;
	card_open(&v->card, r->options.takes, r->options.takes_context);
	for (enum card_slot i = 0; i < CARD_SLOTS; i++) {
		v->column[i] = r->n;
		if (v->card.column[i])
			names[r->n++] = str_of(v->card.column[i]);
	}
	r->names = names;
	return true;
}

static void vcf_close(struct reader *r)
{
	struct vcf *v = r->state;
	buf_free(&v->raw);
	buf_free(&v->line);
	free(v->lines);
	free(v);
}

const struct reader_ops vcf_reader = { vcf_open, vcf_next, vcf_close, vcf_remark };
