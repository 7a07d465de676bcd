/* The properties of a card: what each of them fills. */
#include <strings.h>

#include "core/utf8.h"
#include "stream/vcard_impl.h"

static struct str without(struct str s, const char *prefix)
{
	size_t n = strlen(prefix);
	return s.n >= n && strncasecmp(s.p, prefix, n) == 0 ? str_sub(s, n, s.n) : s;
}

static struct str text_of_line(const struct filling *f, const struct vcard_line *l)
{
	return utf8_trim(vcard_unescape(l->value, f->card->version, f->arena));
}

bool fill_slot(struct filling *f, enum card_slot slot, struct str text)
{
	struct card *c = f->card;
	if (c->slot[slot].n || !card_fits(c, slot, text))
		return !text.n;
	c->slot[slot] = text;
	return true;
}

static bool take_full_name(struct filling *f, const struct vcard_line *l)
{
	return fill_slot(f, CARD_NAME, text_of_line(f, l));
}

/* "N:;Nguyễn Văn An;;;": a telephone that has the whole name in one box says no parts of it. */
static bool is_whole(const struct filling *f, struct str value)
{
	enum { FAMILY, GIVEN, PARTS = 5 };
	struct str part[PARTS];
	size_t filled = 0;
	vcard_parts(value, f->card->version, part, PARTS, f->arena);
	for (size_t i = 0; i < PARTS; i++)
		filled += part[i].n > 0;
	bool words = str_find(part[GIVEN], ' ') >= 0 || str_find(part[GIVEN], '@') >= 0;
	return filled == 1 && words && str_eq(part[GIVEN], f->card->slot[CARD_NAME]);
}

static bool take_name(struct filling *f, const struct vcard_line *l)
{
	struct card *c = f->card;
	bool first = !c->slot[CARD_FIRST].n && !c->slot[CARD_LAST].n;
	return first && (is_whole(f, l->value) || card_take_name(c, l->value));
}

static bool take_organisation(struct filling *f, const struct vcard_line *l)
{
	enum { UNITS = 8 };
	struct str part[UNITS], unit = { 0 };
	struct card *c = f->card;
	vcard_parts(l->value, c->version, part, UNITS, f->arena);
	for (size_t i = 1; i < UNITS; i++)
		if (part[i].n)
			unit = unit.n
				   ? arena_printf(f->arena, "%s; %s", arena_str(f->arena, unit).p,
						  arena_str(f->arena, part[i]).p)
				   : part[i];
	if (!c->column[CARD_COMPANY] && !unit.n && str_eq(part[0], c->slot[CARD_NAME])) {
		c->company = true;
		return true;
	}
	if (!fill_slot(f, CARD_COMPANY, part[0]))
		return false;
	if (!fill_slot(f, CARD_DEPARTMENT, unit))
		keep_as(f, "X-DEPARTMENT", unit);
	return true;
}

static bool take_department(struct filling *f, const struct vcard_line *l)
{
	return fill_slot(f, CARD_DEPARTMENT, text_of_line(f, l)) ||
	       keep_as(f, "X-DEPARTMENT", text_of_line(f, l));
}

static bool take_title(struct filling *f, const struct vcard_line *l)
{
	return fill_slot(f, CARD_TITLE, text_of_line(f, l));
}

/* tel:+84-4-3825;ext=12 is said as people write it. */
static bool take_telephone(struct filling *f, const struct vcard_line *l)
{
	struct reach *r = &f->tel[f->ntel];
	struct str s = without(text_of_line(f, l), "tel:"), number = s;
	*r = (struct reach){ 0 };
	r->label = vcard_types(l, &r->preferred, f->arena);
	r->cell = memmem(r->label.p, r->label.n, "cell", 4) != NULL;
	r->machine = vcard_is_machine(r->label);
	ptrdiff_t end = str_find(s, ';');
	if (s.n < l->value.n && end >= 0 && str_starts(str_sub(s, (size_t)end, s.n), ";ext="))
		number = arena_printf(f->arena, "%.*s ext. %.*s", (int)end, s.p,
				      (int)(s.n - (size_t)end - 5), s.p + end + 5);
	r->value = number;
	f->ntel += number.n > 0;
	return true;
}

static bool take_email(struct filling *f, const struct vcard_line *l)
{
	struct reach *r = &f->email[f->nemail];
	*r = (struct reach){ 0 };
	r->label = vcard_types(l, &r->preferred, f->arena);
	r->value = without(text_of_line(f, l), "mailto:");
	if (r->value.n && !card_fits(f->card, CARD_EMAIL, r->value))
		return false; /* no address: kept as it is */
	f->nemail += r->value.n > 0;
	return true;
}

/* The preferred address, else the one at work, else the first. */
static bool take_address(struct filling *f, const struct vcard_line *l)
{
	unsigned preferred;
	struct str label = vcard_types(l, &preferred, f->arena);
	bool work = memmem(label.p, label.n, "work", 4) != NULL;
	bool better = !f->address || preferred > f->address_preferred ||
		      (work && !f->address_work && preferred == f->address_preferred);
	if (str_trim(l->value).n && better) {
		f->address = l;
		f->address_preferred = preferred;
		f->address_work = work;
	}
	return true; /* what is not chosen is kept in the end */
}

static bool take_url(struct filling *f, const struct vcard_line *l)
{
	unsigned preferred;
	return fill_slot(f, CARD_WEBSITE, text_of_line(f, l)) &&
	       !vcard_types(l, &preferred, f->arena).n;
}

/* 4.0: the day is in words, or it is not sure to be one. */
static bool in_words(struct filling *f, const struct vcard_line *l)
{
	return vcard_is(vcard_param_of(l, "VALUE", f->arena), "text");
}

static bool take_birthday(struct filling *f, const struct vcard_line *l)
{
	struct str date, omit = vcard_param_of(l, "X-APPLE-OMIT-YEAR", f->arena);
	if (!card_date(l->value, &date, f->arena))
		return false;
	if (omit.n == 4 && date.n > 4 && memcmp(omit.p, date.p, 4) == 0)
		date = arena_printf(f->arena, "-%s", date.p + 4);
	return fill_slot(f, CARD_BIRTH, date) && str_find(l->value, 'T') < 0 && !in_words(f, l);
}

static bool take_anniversary(struct filling *f, const struct vcard_line *l)
{
	struct str date;
	if (in_words(f, l))
		return false;
	if (!card_date(l->value, &date, f->arena) || str_find(l->value, 'T') >= 0)
		return keep_as(f, "ANNIVERSARY", text_of_line(f, l));
	if (f->card->company && fill_slot(f, CARD_FOUNDED, date))
		return true;
	return keep_as(f, "ANNIVERSARY", date);
}

static bool take_gender(struct filling *f, const struct vcard_line *l)
{
	struct str part[2];
	vcard_parts(l->value, f->card->version, part, 2, f->arena);
	return fill_slot(f, CARD_GENDER, card_gender(part[0], f->arena)) && !part[1].n;
}

static bool take_note(struct filling *f, const struct vcard_line *l)
{
	struct str text = text_of_line(f, l);
	if (f->note.n && text.n)
		buf_putc(&f->note, '\n');
	buf_put(&f->note, text);
	return true;
}

static bool take_categories(struct filling *f, const struct vcard_line *l)
{
	struct str s = l->value;
	size_t start = 0;
	for (size_t i = 0; i <= s.n; i++) {
		bool escaped = i > 0 && i < s.n && s.p[i - 1] == '\\';
		if (i < s.n && (escaped || (s.p[i] != ',' && s.p[i] != ';')))
			continue;
		struct str tag =
		    utf8_trim(vcard_unescape(str_sub(s, start, i - start), VCARD_30, f->arena));
		if (tag.n)
			buf_printf(&f->tags, "%s%.*s", f->tags.n ? ";" : "", (int)tag.n, tag.p);
		start = i + 1;
	}
	return f->card->column[CARD_TAGS];
}

static bool take_uid(struct filling *f, const struct vcard_line *l)
{
	return fill_slot(f, CARD_EXTERNAL, text_of_line(f, l));
}

static bool take_kind(struct filling *f, const struct vcard_line *l)
{
	struct str kind = text_of_line(f, l);
	f->card->company |= vcard_is(kind, "org") || vcard_is(kind, "company");
	return vcard_is(kind, "org") || vcard_is(kind, "company") || vcard_is(kind, "individual");
}

/* A handle of Zalo or Facebook: the first into its field, further ones to the identities. */
static bool take_handle(struct filling *f, enum card_slot slot, struct str handle)
{
	struct card *c = f->card;
	if (!handle.n)
		return true;
	if (!c->column[slot])
		return false;
	if (!fill_slot(f, slot, handle))
		buf_printf(&c->further, "%s\t\t%s\n", c->column[slot],
			   arena_str(f->arena, handle).p);
	return true;
}

static bool take_zalo(struct filling *f, const struct vcard_line *l)
{
	return take_handle(f, CARD_ZALO, without(text_of_line(f, l), "zalo:"));
}

static bool take_facebook(struct filling *f, const struct vcard_line *l)
{
	return take_handle(f, CARD_FACEBOOK, without(text_of_line(f, l), "facebook:"));
}

/* IMPP;X-SERVICE-TYPE=Zalo:…, X-SOCIALPROFILE;TYPE=facebook:…, SOCIALPROFILE;SERVICE-TYPE=… */
static bool take_messenger(struct filling *f, const struct vcard_line *l)
{
	static const char *const params[] = { "X-SERVICE-TYPE", "SERVICE-TYPE", "TYPE" };
	struct str text = text_of_line(f, l);
	for (size_t i = 0; i < countof(params); i++) {
		struct str service = vcard_param_of(l, params[i], f->arena);
		if (vcard_is(service, "zalo"))
			return take_zalo(f, l);
		if (vcard_is(service, "facebook"))
			return take_facebook(f, l);
	}
	if (without(text, "zalo:").n < text.n)
		return take_zalo(f, l);
	return without(text, "facebook:").n < text.n && take_facebook(f, l);
}

/* "X-SPOUSE" */
static const char *relation_name(const char *kind, struct arena *a)
{
	char *name = arena_alloc(a, strlen(kind) + 3);
	memcpy(name, "X-", 2);
	for (size_t i = 0; kind[i]; i++)
		name[i + 2] = (char)(kind[i] - 'a' + 'A');
	return name;
}

/* Somebody's wife, assistant …: X-SPOUSE, X-ASSISTANT, whoever wrote it. */
static bool take_related(struct filling *f, const struct vcard_line *l)
{
	unsigned preferred;
	struct str label = vcard_types(l, &preferred, f->arena);
	bool reference =
	    vcard_is(vcard_param_of(l, "VALUE", f->arena), "uri") || str_starts(l->value, "urn:");
	for (size_t i = 0; card_relations[i] && !reference; i++)
		if (vcard_is(label, card_relations[i]))
			return keep_as(f, relation_name(card_relations[i], f->arena),
				       text_of_line(f, l));
	return false;
}

static bool take_spouse(struct filling *f, const struct vcard_line *l)
{
	return keep_as(f, "X-SPOUSE", text_of_line(f, l));
}

static bool take_assistant(struct filling *f, const struct vcard_line *l)
{
	return keep_as(f, "X-ASSISTANT", text_of_line(f, l));
}

static bool take_manager(struct filling *f, const struct vcard_line *l)
{
	return keep_as(f, "X-MANAGER", text_of_line(f, l));
}

static bool take_date(struct filling *f, const struct vcard_line *l)
{
	return vcard_is(l->label, "anniversary") && take_anniversary(f, l);
}

/* About the file, not about whom it describes; or about the look of the card. */
static bool pass_over(struct filling *f, const struct vcard_line *l)
{
	(void)f;
	(void)l;
	return true;
}

/* In the order in which they are taken: what others need comes first. */
static const struct {
	const char *name;
	bool (*take)(struct filling *, const struct vcard_line *);
} properties[] = {
	{ "VERSION", pass_over },
	{ "PRODID", pass_over },
	{ "PROFILE", pass_over },
	{ "REV", pass_over },
	{ "X-ABLABEL", pass_over },
	{ "X-MS-OL-DESIGN", pass_over },
	{ "X-MS-OL-DEFAULT-POSTAL-ADDRESS", pass_over },
	{ "KIND", take_kind },
	{ "X-ABSHOWAS", take_kind },
	{ "X-ADDRESSBOOKSERVER-KIND", take_kind },
	{ "FN", take_full_name },
	{ "N", take_name },
	{ "ORG", take_organisation },
	{ "X-DEPARTMENT", take_department },
	{ "TITLE", take_title },
	{ "TEL", take_telephone },
	{ "EMAIL", take_email },
	{ "ADR", take_address },
	{ "URL", take_url },
	{ "BDAY", take_birthday },
	{ "ANNIVERSARY", take_anniversary },
	{ "X-ANNIVERSARY", take_anniversary },
	{ "X-MS-ANNIVERSARY", take_anniversary },
	{ "X-EVOLUTION-ANNIVERSARY", take_anniversary },
	{ "X-ABDATE", take_date },
	{ "GENDER", take_gender },
	{ "X-GENDER", take_gender },
	{ "X-ZALO", take_zalo },
	{ "X-FACEBOOK", take_facebook },
	{ "X-SOCIALPROFILE", take_messenger },
	{ "SOCIALPROFILE", take_messenger },
	{ "IMPP", take_messenger },
	{ "CATEGORIES", take_categories },
	{ "UID", take_uid },
	{ "RELATED", take_related },
	{ "X-ABRELATEDNAMES", take_related },
	{ "X-SPOUSE", take_spouse },
	{ "X-MS-SPOUSE", take_spouse },
	{ "X-EVOLUTION-SPOUSE", take_spouse },
	{ "X-ASSISTANT", take_assistant },
	{ "X-MS-ASSISTANT", take_assistant },
	{ "X-EVOLUTION-ASSISTANT", take_assistant },
	{ "X-MANAGER", take_manager },
	{ "X-MS-MANAGER", take_manager },
	{ "X-EVOLUTION-MANAGER", take_manager },
	{ "NOTE", take_note },
};

const char *fill_name(size_t i)
{
	return i < countof(properties) ? properties[i].name : NULL;
}

void fill_line(struct filling *f, const struct vcard_line *l, const char *name)
{
	for (size_t i = 0; name && i < countof(properties); i++)
		if (!strcmp(properties[i].name, name)) {
			if (!properties[i].take(f, l))
				keep_line(f, l);
			return;
		}
	keep_line(f, l);
}
