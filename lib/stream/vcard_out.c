/*
 * The notes of a record end with the lines that no field held when its card came in: they
 * become the properties again that they were.
 */
#include "stream/vcard_out.h"

#include "core/utf8.h"

static struct kept kept_of(struct str line)
{
	bool quotes = false;
	size_t i = 0;
	for (; i < line.n && (quotes || line.p[i] != ':'); i++)
		quotes ^= line.p[i] == '"';
	return (struct kept){ line, str_trim(str_sub(line, i + 1, line.n)), false };
}

bool kept_is(const struct kept *k, const char *name)
{
	size_t n = strlen(name);
	return str_starts(k->line, name) && k->line.n > n &&
	       (k->line.p[n] == ':' || k->line.p[n] == ';');
}

void out_split_notes(struct out *o)
{
	struct str rest = o->slot[CARD_NOTES];
	size_t lines = 1, from;
	for (size_t i = 0; i < rest.n; i++)
		lines += rest.p[i] == '\n';
	o->kept = arena_new(&o->arena, struct kept, lines);
	while (rest.n) {
		const char *lf = memrchr(rest.p, '\n', rest.n);
		from = lf ? (size_t)(lf + 1 - rest.p) : 0;
		struct str line = str_sub(rest, from, rest.n);
		if (!card_kept_line(line))
			break;
		o->kept[o->nkept++] = kept_of(line);
		rest.n = from ? from - 1 : 0;
	}
	for (size_t i = 0; i < o->nkept / 2; i++) {
		struct kept k = o->kept[i];
		o->kept[i] = o->kept[o->nkept - 1 - i];
		o->kept[o->nkept - 1 - i] = k;
	}
	o->note = rest;
}

void out_split_further(struct out *o, struct str text)
{
	struct str line, rest = text;
	size_t lines = 1;
	for (size_t i = 0; i < text.n; i++)
		lines += text.p[i] == '\n';
	o->further = arena_new(&o->arena, struct further, lines);
	while (rest.n && str_cut(&rest, '\n', &line)) {
		struct further *f = &o->further[o->nfurther];
		if (str_cut(&line, '\t', &f->field) && str_cut(&line, '\t', &f->label) && line.n) {
			f->value = line;
			o->nfurther++;
		}
	}
}

static bool slots_agree(const struct out *o, const struct card *c, enum card_slot from,
			enum card_slot to)
{
	for (enum card_slot i = from; i <= to; i++)
		if (!str_eq(o->slot[i], c->slot[i]))
			return false;
	return true;
}

/* With the middle name at either of the others, whichever order the whole name has. */
static bool name_agrees(const struct out *o, struct card *c, struct str value)
{
	const struct str order[] = { o->slot[CARD_NAME], o->slot[CARD_LAST], o->slot[CARD_FIRST] };
	bool parts = false;
	for (size_t i = 0; i < countof(order) && !parts; i++) {
		c->slot[CARD_NAME] = order[i];
		card_take_name(c, value);
		parts = slots_agree(o, c, CARD_FIRST, CARD_LAST);
	}
	return parts;
}

static bool agrees(struct out *o, const struct kept *k, const char *name)
{
	struct card c;
	struct str date, sex[2];
	card_open(&c, NULL, NULL);
	c.arena = &o->arena;
	c.slot[CARD_NAME] = o->slot[CARD_NAME];
	if (!strcmp(name, "N"))
		return name_agrees(o, &c, k->value);
	if (!strcmp(name, "ADR")) {
		card_take_address(&c, k->value);
		return slots_agree(o, &c, CARD_STREET, CARD_COUNTRY);
	}
	if (!strcmp(name, "BDAY"))
		return card_date(k->value, &date, &o->arena) && str_eq(date, o->slot[CARD_BIRTH]);
	if (!strcmp(name, "GENDER")) {
		vcard_parts(k->value, VCARD_40, sex, countof(sex), &o->arena);
		return str_eq(card_gender(sex[0], &o->arena), o->slot[CARD_GENDER]);
	}
	return str_eq(vcard_unescape(k->value, VCARD_30, &o->arena), o->slot[CARD_WEBSITE]);
}

/* The salutation may be another word than the prefix of N ("Bà" is mrs), or newer. */
static void mend_prefix(struct out *o, struct kept *k)
{
	enum { PREFIX = 3, PARTS = 5 };
	struct str part[PARTS], prefix = card_prefix(o->slot[CARD_SALUTATION], &o->arena);
	struct card c;
	struct buf b = { 0 };
	card_open(&c, NULL, NULL);
	c.arena = &o->arena;
	card_take_name(&c, k->value);
	if (!prefix.n || slots_agree(o, &c, CARD_SALUTATION, CARD_SALUTATION))
		return;
	vcard_parts(k->value, VCARD_30, part, PARTS, &o->arena);
	part[PREFIX] = prefix;
	for (size_t i = 0; i < PARTS; i++) {
		buf_puts(&b, i ? ";" : "N:");
		vcard_escape(&b, part[i]);
	}
	k->line = buf_copy(&b, &o->arena);
	buf_free(&b);
}

struct kept *out_fuller(struct out *o, const char *name)
{
	for (size_t i = 0; i < o->nkept; i++) {
		struct kept *k = &o->kept[i];
		if (k->said || !kept_is(k, name) || !agrees(o, k, name))
			continue;
		if (!strcmp(name, "N"))
			mend_prefix(o, k);
		return k;
	}
	return NULL;
}
