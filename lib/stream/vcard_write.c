/* vCards going out, 3.0 or 4.0. */
#include <stdlib.h>

#include "stream/vcard_out.h"

struct vcf_out {
	enum card_slot *slots; /* of the columns; CARD_SLOTS: none of them */
	bool has[CARD_SLOTS];
	size_t further; /* its column, or SIZE_MAX */
};

static void end(struct out *o)
{
	vcard_fold(&o->writer->buf, buf_str(&o->line));
	o->line.n = 0;
}

/* A web address, which has no escapes. */
static void put_raw(struct out *o, const char *head, struct str value)
{
	if (!value.n)
		return;
	buf_printf(&o->line, "%s:", head);
	for (size_t i = 0; i < value.n; i++)
		if ((unsigned char)value.p[i] > ' ')
			buf_putc(&o->line, value.p[i]);
	end(o);
}

static void put(struct out *o, const char *head, struct str text)
{
	if (!text.n)
		return;
	buf_printf(&o->line, "%s:", head);
	vcard_escape(&o->line, text);
	end(o);
}

/* Parts separated by semicolons; none is put where all are empty, unless it must be there. */
static void put_parts(struct out *o, const char *head, const struct str *part, size_t n, bool must)
{
	bool any = must;
	for (size_t i = 0; i < n; i++)
		any |= part[i].n > 0;
	if (!any)
		return;
	buf_printf(&o->line, "%s:", head);
	for (size_t i = 0; i < n; i++) {
		if (i)
			buf_putc(&o->line, ';');
		vcard_escape(&o->line, part[i]);
	}
	end(o);
}

static void put_kept(struct out *o, struct kept *k)
{
	buf_put(&o->line, k->line);
	end(o);
	k->said = true;
}

/* --- properties --- */

static void put_name(struct out *o)
{
	const struct str *s = o->slot;
	struct str part[] = { s[CARD_LAST],
			      s[CARD_FIRST],
			      { 0 },
			      card_prefix(s[CARD_SALUTATION], &o->arena),
			      { 0 } };
	struct str full = s[CARD_NAME].n      ? s[CARD_NAME]
			  : s[CARD_COMPANY].n ? s[CARD_COMPANY]
			  : s[CARD_EMAIL].n   ? s[CARD_EMAIL]
			  : s[CARD_MOBILE].n  ? s[CARD_MOBILE]
					      : s[CARD_PHONE];
	struct kept *more = out_fuller(o, "N");
	if (!part[0].n && !part[1].n && !o->company) /* some show N alone, and would show nothing */
		part[1] = full;
	put(o, "FN", full.n ? full : STR("?"));
	if (more)
		put_kept(o, more);
	else
		put_parts(o, "N", part, countof(part), !o->v4);
}

static void put_organisation(struct out *o, bool has_company)
{
	struct str part[] = { has_company ? o->slot[CARD_COMPANY] : o->slot[CARD_NAME],
			      o->slot[CARD_DEPARTMENT] };
	if (has_company || o->company)
		put_parts(o, "ORG", part, part[1].n ? 2 : 1, false);
	put(o, "TITLE", o->slot[CARD_TITLE]);
}

/* TYPE=home,fax, or item1.X-ABLabel for a word of the user's own. */
static void put_reach(struct out *o, const char *name, struct str label, bool preferred,
		      struct str value)
{
	struct arena *a = &o->arena;
	struct buf b = { 0 };
	bool own = !vcard_is_type(label);
	if (own)
		buf_printf(&b, "item%ld.", ++o->items);
	buf_puts(&b, name);
	bool several = memchr(label.n ? label.p : "", ' ', label.n) || (preferred && label.n);
	if (!own && label.n) {
		buf_puts(&b, o->v4 && several ? ";TYPE=\"" : ";TYPE=");
		for (size_t i = 0; i < label.n; i++)
			buf_putc(&b, label.p[i] == ' ' ? ',' : label.p[i]);
		if (o->v4 && several)
			buf_putc(&b, '"');
	}
	if (preferred)
		buf_puts(&b, o->v4 ? ";PREF=1" : !own && label.n ? ",pref" : ";TYPE=pref");
	put(o, buf_copy(&b, a).p, value);
	buf_free(&b);
	if (own)
		put(o, arena_printf(a, "item%ld.X-ABLabel", o->items).p, label);
}

static bool is_further(const struct further *f, const char *field)
{
	return !f->said && str_is(f->field, field);
}

/* The number or address of a field; what it is, where an identity of the same says so. */
static void put_field(struct out *o, enum card_slot slot, const char *name, const char *field)
{
	struct str value = o->slot[slot],
		   label = str_of(card_default_type(slot, o->slot[CARD_COMPANY].n > 0));
	bool others = false, found = false;
	if (!value.n)
		return;
	for (size_t i = 0; i < o->nfurther; i++) {
		struct further *f = &o->further[i];
		bool it = is_further(f, field) && str_eq(f->value, value) && !found &&
			  !vcard_is_machine(f->label); /* which no field is */
		others |= is_further(f, field) && !it;
		if (it) {
			label = f->label;
			f->said = found = true;
		}
	}
	put_reach(o, name, label, others && slot == CARD_PHONE, value);
}

static void put_further(struct out *o, const char *field, const char *name)
{
	for (size_t i = 0; i < o->nfurther; i++) {
		struct further *f = &o->further[i];
		if (!is_further(f, field))
			continue;
		put_reach(o, name, f->label, false, f->value);
		f->said = true;
	}
}

/* The ward and the district stand in the street too, for whoever knows no RFC 9554. */
static void put_address(struct out *o)
{
	const struct str *s = o->slot;
	struct str part[ADR_PARTS] = { 0 };
	struct buf b = { 0 };
	struct kept *more = out_fuller(o, "ADR");
	if (more) {
		put_kept(o, more);
		return;
	}
	for (enum card_slot i = CARD_STREET; i <= CARD_DISTRICT; i++)
		if (s[i].n)
			buf_printf(&b, "%s%.*s", b.n ? ", " : "", (int)s[i].n, s[i].p);
	part[ADR_STREET] = buf_copy(&b, &o->arena);
	part[ADR_CITY] = s[CARD_CITY];
	part[ADR_REGION] = s[CARD_REGION];
	part[ADR_CODE] = s[CARD_POSTAL];
	part[ADR_COUNTRY] = s[CARD_COUNTRY];
	part[ADR_WARD] = s[CARD_WARD];
	part[ADR_DISTRICT] = s[CARD_DISTRICT];
	bool rich = s[CARD_WARD].n || s[CARD_DISTRICT].n;
	put_parts(o, "ADR;TYPE=work", part, rich ? ADR_PARTS : ADR_COUNTRY + 1, false);
	buf_free(&b);
}

/* 1990-05-17, or as 4.0 has it: 19900517. */
static void put_day(struct out *o, const char *name, struct str day)
{
	char basic[16];
	size_t n = 0;
	for (size_t i = 0; i < day.n && n < sizeof basic; i++)
		if (day.p[i] != '-' || i < 2)
			basic[n++] = day.p[i];
	put(o, name, o->v4 ? (struct str){ basic, n } : day);
}

static void put_birthday(struct out *o)
{
	struct kept *more = out_fuller(o, "BDAY");
	if (more)
		put_kept(o, more);
	else
		put_day(o, "BDAY", o->slot[CARD_BIRTH]);
}

/* In 4.0 an address (RFC 3986), unless it says that it is none. */
static void put_uid(struct out *o)
{
	struct str uid = o->slot[CARD_EXTERNAL];
	bool address = str_find(uid, ':') > 0;
	put(o, o->v4 && !address ? "UID;VALUE=text" : "UID", uid);
}

static void put_gender(struct out *o)
{
	static const char *const known[][2] = { { "male", "M" },
						{ "female", "F" },
						{ "other", "O" } };
	struct str gender = o->slot[CARD_GENDER];
	struct kept *more = out_fuller(o, "GENDER");
	if (more) {
		put_kept(o, more);
		return;
	}
	for (size_t i = 0; o->v4 && i < countof(known); i++)
		if (str_is(gender, known[i][0])) {
			put(o, "GENDER", str_of(known[i][1]));
			return;
		}
	put(o, "X-GENDER", gender);
}

static void put_tags(struct out *o)
{
	struct str rest = o->slot[CARD_TAGS], tag;
	if (!rest.n)
		return;
	buf_puts(&o->line, "CATEGORIES");
	for (char mark = ':'; str_cut(&rest, ';', &tag); mark = ',') {
		buf_putc(&o->line, mark);
		vcard_escape(&o->line, tag);
	}
	end(o);
}

/* RELATED in 4.0; before that, X-SPOUSE and the like. */
static void put_related(struct out *o, struct str kind, struct str name)
{
	char capitals[40];
	size_t n = 0;
	for (size_t i = 0; i < kind.n && n < sizeof capitals; i++) {
		char c = kind.p[i];
		capitals[n++] = (char)(c >= 'a' && c <= 'z' ? c - 'a' + 'A' : c == '_' ? '-' : c);
	}
	if (o->v4)
		put(o,
		    arena_printf(&o->arena, "RELATED;TYPE=%.*s;VALUE=text", (int)kind.n, kind.p).p,
		    name);
	else
		put(o, arena_printf(&o->arena, "X-%.*s", (int)n, capitals).p, name);
}

/* X-SPOUSE, X-ASSISTANT and the like, which 4.0 has a property for. */
static bool put_kept_related(struct out *o, struct kept *k)
{
	ptrdiff_t colon = str_find(k->line, ':');
	const char *kind = o->v4 ? card_relation(str_sub(k->line, 0, (size_t)colon)) : NULL;
	if (kind)
		put_related(o, str_of(kind), vcard_unescape(k->value, VCARD_30, &o->arena));
	return kind != NULL;
}

static void put_rest(struct out *o)
{
	for (size_t i = 0; i < o->nkept; i++) {
		struct kept *k = &o->kept[i];
		struct str day;
		bool stale = kept_is(k, "N") || (kept_is(k, "BDAY") && o->slot[CARD_BIRTH].n);
		if (k->said)
			continue;
		if (stale) /* a card has one; the other stays what it is, text */
			o->note = arena_printf(&o->arena, "%.*s%s%.*s", (int)o->note.n, o->note.p,
					       o->note.n ? "\n" : "", (int)k->line.n, k->line.p);
		else if (str_starts(k->line, "ANNIVERSARY:") && str_find(k->value, 'T') < 0 &&
			 card_date(k->value, &day, &o->arena))
			put_day(o, "ANNIVERSARY", day);
		else if (!put_kept_related(o, k))
			put_kept(o, k);
	}
	put(o, "NOTE", o->note);
}

static void put_card(struct out *o, bool has_company)
{
	struct kept *site = out_fuller(o, "URL");
	buf_puts(&o->writer->buf, "BEGIN:VCARD\r\n");
	buf_puts(&o->writer->buf, o->v4 ? "VERSION:4.0\r\n" : "VERSION:3.0\r\n");
	if (o->company)
		put(o, o->v4 ? "KIND" : "X-ABShowAs", o->v4 ? STR("org") : STR("COMPANY"));
	put_name(o);
	put_organisation(o, has_company);
	put_field(o, CARD_PHONE, "TEL", "phone");
	put_field(o, CARD_MOBILE, "TEL", "phone");
	put_further(o, "phone", "TEL");
	put_field(o, CARD_EMAIL, "EMAIL", "email");
	put_further(o, "email", "EMAIL");
	put_address(o);
	if (site)
		put_kept(o, site);
	else
		put_raw(o, "URL", o->slot[CARD_WEBSITE]);
	put(o, "X-ZALO", o->slot[CARD_ZALO]);
	put_further(o, "zalo", "X-ZALO");
	put(o, "X-SOCIALPROFILE;TYPE=facebook", o->slot[CARD_FACEBOOK]);
	put_further(o, "facebook", "X-FACEBOOK");
	put_birthday(o);
	put_day(o, "ANNIVERSARY", o->slot[CARD_FOUNDED]);
	put_gender(o);
	put_tags(o);
	for (size_t i = 0; i < o->nfurther; i++)
		if (is_further(&o->further[i], "relation"))
			put_related(o, o->further[i].label, o->further[i].value);
	put_rest(o);
	put_uid(o);
	buf_puts(&o->writer->buf, "END:VCARD\r\n");
}

static void vcf_begin(struct writer *w)
{
	struct vcf_out *v = w->state = xcalloc(1, sizeof *v);
	v->slots = xcalloc(w->n + 1, sizeof *v->slots);
	v->further = SIZE_MAX;
	for (size_t i = 0; i < w->n; i++) {
		v->slots[i] = card_slot_of(w->columns[i].name);
		if (v->slots[i] != CARD_SLOTS)
			v->has[v->slots[i]] = true;
		if (str_is(w->columns[i].name, COLUMN_FURTHER))
			v->further = i;
	}
	if (!v->has[CARD_NAME] || !v->has[CARD_EMAIL])
		die(STATUS_USAGE, "cards are of people and organisations: what has a name and an "
				  "e-mail address");
}

static void vcf_row(struct writer *w, const struct cell *cells)
{
	struct vcf_out *v = w->state;
	struct out o = { .writer = w, .v4 = w->options.vcard4 };
	for (size_t i = 0; i < w->n; i++)
		if (v->slots[i] != CARD_SLOTS && cells[i].kind > CELL_NULL)
			o.slot[v->slots[i]] = cells[i].text;
	const struct str *s = o.slot;
	bool alone = v->has[CARD_COMPANY] && !s[CARD_NAME].n && s[CARD_COMPANY].n;
	o.company =
	    alone || (v->has[CARD_KIND] && !v->has[CARD_COMPANY] && str_is(s[CARD_KIND], "org"));
	out_split_notes(&o);
	if (v->further != SIZE_MAX)
		out_split_further(&o, cells[v->further].text);
	put_card(&o, v->has[CARD_COMPANY]);
	buf_free(&o.line);
	arena_free(&o.arena);
}

static void vcf_end(struct writer *w)
{
	struct vcf_out *v = w->state;
	free(v->slots);
	free(v);
}

const struct writer_ops vcf_writer = { .begin = vcf_begin, .row = vcf_row, .end = vcf_end };

struct str vcard_fields(card_takes *has, void *context, struct arena *a)
{
	struct card c;
	struct buf b = { 0 };
	card_open(&c, has, context);
	for (enum card_slot i = 0; i < CARD_SLOTS && c.column[CARD_NAME]; i++) {
		const char *name = c.column[i];
		if (name && !strcmp(name, "account"))
			name = "account.name";
		if (name)
			buf_printf(&b, "%s%s", b.n ? "," : "", name);
	}
	struct str list = buf_copy(&b, a);
	buf_free(&b);
	return list;
}
