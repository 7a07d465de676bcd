/* Which number goes into which field, and a card from its first line to its last. */
#include <strings.h>

#include "core/map.h"
#include "core/utf8.h"
#include "stream/vcard_impl.h"

/* One line of struct row's `further`. */
static void put_further(struct filling *f, const char *field, struct str label, struct str value)
{
	struct buf *b = &f->card->further;
	size_t start = b->n;
	buf_printf(b, "%s\t%s\t%s\n", field, arena_str(f->arena, label).p,
		   arena_str(f->arena, value).p);
	for (size_t i = start, tabs = 0; i + 1 < b->n; i++) {
		bool tab = b->p[i] == '\t' && tabs++ < 2;
		if (!tab && (b->p[i] == '\t' || b->p[i] == '\n'))
			b->p[i] = ' ';
	}
}

/* What the label of a field would not say of it is said by an identity of the same number. */
static void choose(struct filling *f, enum card_slot slot, const char *field, struct reach *r)
{
	struct card *c = f->card;
	const char *usual = card_default_type(slot, c->slot[CARD_COMPANY].n > 0);
	c->slot[slot] = r->value;
	r->chosen = true;
	if (!str_is(r->label, usual))
		put_further(f, field, r->label, r->value);
}

static void choose_mobile(struct filling *f)
{
	struct reach *best = NULL;
	for (size_t i = 0; i < f->ntel; i++) {
		struct reach *r = &f->tel[i];
		if (r->cell && !r->machine && (!best || r->preferred > best->preferred))
			best = r;
	}
	if (best && f->card->column[CARD_MOBILE])
		choose(f, CARD_MOBILE, "phone", best);
}

static unsigned rank(const struct filling *f, const struct reach *r)
{
	const char *usual = card_default_type(CARD_PHONE, f->card->slot[CARD_COMPANY].n > 0);
	return r->preferred		 ? 2 + r->preferred
	       : str_is(r->label, usual) ? 2
					 : str_is(r->label, "work");
}

static void choose_phone(struct filling *f)
{
	struct reach *best = NULL;
	bool mobile = f->card->column[CARD_MOBILE];
	for (size_t i = 0; i < f->ntel; i++) {
		struct reach *r = &f->tel[i];
		if (!r->chosen && !r->machine && !(r->cell && mobile) &&
		    (!best || rank(f, r) > rank(f, best)))
			best = r;
	}
	if (best && f->card->column[CARD_PHONE])
		choose(f, CARD_PHONE, "phone", best);
}

static void choose_email(struct filling *f)
{
	struct reach *best = NULL;
	for (size_t i = 0; i < f->nemail; i++)
		if (!best || f->email[i].preferred > best->preferred)
			best = &f->email[i];
	if (best)
		choose(f, CARD_EMAIL, "email", best);
}

/* Whether that number was said to be that; 0 until it is set. */
static int64_t *said(struct filling *f, struct map *m, const struct reach *r)
{
	return map_at(m, arena_printf(f->arena, "%zu %.*s%.*s", r->label.n, (int)r->label.n,
				      r->label.p, (int)r->value.n, r->value.p));
}

/* The others, each number once for what it is. */
static void put_others(struct filling *f, const char *field, struct reach *all, size_t n)
{
	struct map known = { 0 };
	for (size_t i = 0; i < n; i++)
		if (all[i].chosen)
			*said(f, &known, &all[i]) = 1;
	for (size_t i = 0; i < n; i++) {
		int64_t *again = said(f, &known, &all[i]);
		if (!*again)
			put_further(f, field, all[i].label, all[i].value);
		*again = 1;
	}
	map_free(&known);
}

static void choose_address(struct filling *f, struct vcard_line *lines, size_t n)
{
	unsigned preferred;
	for (size_t i = 0; i < n; i++) {
		const struct vcard_line *l = &lines[i];
		if (!str_is(l->name, "ADR"))
			continue;
		struct str label = vcard_types(l, &preferred, f->arena);
		bool usual = !label.n || str_is(label, card_default_type(CARD_STREET, true));
		if (l != f->address || !card_take_address(f->card, l->value) || !usual)
			keep_line(f, l);
	}
}

/* The card of an organisation says by its name which one it is. */
static void choose_company(struct card *c)
{
	if (c->company && c->column[CARD_COMPANY] && !c->slot[CARD_COMPANY].n)
		c->slot[CARD_COMPANY] = c->slot[CARD_NAME];
}

/* A lead of a company needs no person's name; everybody else goes by some name. */
static void choose_name(struct filling *f)
{
	struct card *c = f->card;
	struct str *name = &c->slot[CARD_NAME], *at = &c->slot[CARD_COMPANY];
	const char *column = c->column[CARD_COMPANY];
	bool lead = column && !strcmp(column, card_columns[CARD_COMPANY][0]);
	if (c->company && lead && str_eq(*name, *at))
		*name = (struct str){ 0 };
	if (name->n || c->slot[CARD_FIRST].n || c->slot[CARD_LAST].n || (lead && at->n))
		return;
	*name = at->n			 ? *at
		: c->slot[CARD_EMAIL].n	 ? c->slot[CARD_EMAIL]
		: c->slot[CARD_MOBILE].n ? c->slot[CARD_MOBILE]
					 : c->slot[CARD_PHONE];
}

static void choose_kind(struct card *c)
{
	bool parts = c->slot[CARD_FIRST].n || c->slot[CARD_LAST].n;
	if (c->column[CARD_KIND] && !c->column[CARD_COMPANY])
		c->slot[CARD_KIND] = c->company || !parts ? STR("org") : STR("person");
}

/* Apple's "_$!<Home>!$_" and what TYPE says too in small letters, or what the user wrote. */
static struct str plain_label(struct str s, enum vcard_version v, struct arena *a)
{
	s = utf8_trim(vcard_unescape(s, v, a));
	bool known = str_starts(s, "_$!<") && s.n > 8;
	if (known)
		s = str_sub(s, 4, s.n - 8);
	char *out = arena_alloc(a, s.n + 1);
	for (size_t i = 0; i < s.n; i++)
		out[i] = strchr("\"\n\t", s.p[i]) ? ' ' : s.p[i];
	struct str label = utf8_trim((struct str){ out, s.n }), small = utf8_lower(label, a);
	return known || vcard_is_type(small) ? small : label;
}

static void label_groups(struct card *c, struct vcard_line *lines, size_t n)
{
	for (size_t i = 0; i < n; i++) {
		struct str group = lines[i].group, label;
		if (!group.n || !str_is(lines[i].name, "X-ABLABEL"))
			continue;
		label = plain_label(lines[i].value, c->version, c->arena);
		for (size_t j = 0; j < n; j++)
			if (j != i && str_eq(lines[j].group, group))
				lines[j].label = label;
	}
	for (size_t i = 0; i < n; i++) {
		struct str label = vcard_param_of(&lines[i], "X-ABLABEL", c->arena);
		if (label.n && !lines[i].label.n)
			lines[i].label = plain_label(label, VCARD_21, c->arena);
	}
}

static bool is_known(const struct vcard_line *l)
{
	const char *name;
	for (size_t i = 0; (name = fill_name(i)); i++)
		if (str_is(l->name, name))
			return true;
	return false;
}

static void fill_lines(struct filling *f, struct vcard_line *lines, size_t n)
{
	const char *name;
	for (size_t i = 0; (name = fill_name(i)); i++)
		for (size_t j = 0; j < n; j++)
			if (str_is(lines[j].name, name))
				fill_line(f, &lines[j], name);
	for (size_t j = 0; j < n; j++)
		if (!is_known(&lines[j]))
			fill_line(f, &lines[j], NULL);
}

void card_fill(struct card *c, struct vcard_line *lines, size_t n)
{
	struct filling f = { .card = c, .arena = c->arena };
	f.tel = arena_new(c->arena, struct reach, n + 1);
	f.email = arena_new(c->arena, struct reach, n + 1);
	label_groups(c, lines, n);
	fill_lines(&f, lines, n);
	choose_company(c);
	choose_mobile(&f);
	choose_phone(&f);
	choose_email(&f);
	put_others(&f, "phone", f.tel, f.ntel);
	put_others(&f, "email", f.email, f.nemail);
	choose_address(&f, lines, n);
	choose_name(&f);
	choose_kind(c);
	struct str kept = keep_sorted(&f);
	if (f.note.n && kept.n)
		buf_putc(&f.note, '\n');
	buf_put(&f.note, kept);
	c->slot[CARD_NOTES] = buf_copy(&f.note, c->arena);
	c->slot[CARD_TAGS] = buf_copy(&f.tags, c->arena);
	buf_free(&f.note);
	buf_free(&f.tags);
}
