/* Google Contacts, as it has been since 2024: groups of a label and a value, numbered. */
#include "cli/address_impl.h"

#define GROUP(what, n) what " " n " - Label," what " " n " - Value,"

/* clang-format off */
static const char google_headers[] =
	"First Name,Middle Name,Last Name,Phonetic First Name,Phonetic Middle Name,"
	"Phonetic Last Name,Name Prefix,Name Suffix,Nickname,File As,Organization Name,"
	"Organization Title,Organization Department,Birthday,Notes,Photo,Labels,"
	GROUP("E-mail", "1") GROUP("E-mail", "2") GROUP("E-mail", "3") GROUP("E-mail", "4")
	GROUP("Phone", "1") GROUP("Phone", "2") GROUP("Phone", "3") GROUP("Phone", "4")
	GROUP("Phone", "5") GROUP("Phone", "6") GROUP("Phone", "7")
	"Address 1 - Label,Address 1 - Formatted,Address 1 - Street,Address 1 - City,"
	"Address 1 - PO Box,Address 1 - Region,Address 1 - Postal Code,Address 1 - Country,"
	"Address 1 - Extended Address,"
	GROUP("Relation", "1") GROUP("Relation", "2") GROUP("Relation", "3") GROUP("Website", "1")
	GROUP("Custom Field", "1") GROUP("Custom Field", "2") GROUP("Custom Field", "3")
	GROUP("Custom Field", "4") GROUP("Custom Field", "5") GROUP("Custom Field", "6")
	GROUP("Custom Field", "7") "Custom Field 8 - Label,Custom Field 8 - Value";
/* clang-format on */

static struct str google_label(struct str label)
{
	static const char *const known[][2] = {
		{ "home", "Home" },	    { "work", "Work" },	       { "cell", "Mobile" },
		{ "other", "Other" },	    { "main", "Main" },	       { "pager", "Pager" },
		{ "home fax", "Home Fax" }, { "homefax", "Home Fax" }, { "work fax", "Work Fax" },
		{ "workfax", "Work Fax" },  { "fax", "Work Fax" },
	};
	for (size_t i = 0; i < countof(known); i++)
		if (str_is(label, known[i][0]))
			return str_of(known[i][1]);
	return label;
}

/* Into the next free group; further values share the last one, as Google joins them. */
static void google_group(struct book *b, const char *what, int groups, struct str label,
			 struct str value)
{
	struct arena *a = &b->arena;
	for (int i = 1; i <= groups; i++)
		if (book_set_free(b, arena_printf(a, "%s %d - Value", what, i).p, value)) {
			book_set(b, arena_printf(a, "%s %d - Label", what, i).p,
				 google_label(label));
			return;
		}
	struct str *last = &book_cell(b, arena_printf(a, "%s %d - Value", what, groups).p)->text;
	*last = arena_printf(a, "%.*s ::: %.*s", (int)last->n, last->p, (int)value.n, value.p);
}

static void google_email(struct book *b, struct str label, struct str value)
{
	google_group(b, "E-mail", 4, label, value);
}

static void google_phone(struct book *b, struct str label, struct str value)
{
	google_group(b, "Phone", 7, label, value);
}

static void google_custom(struct book *b, struct str label, struct str value)
{
	if (!value.n)
		return;
	google_group(b, "Custom Field", 8, label, value);
}

static void google_zalo(struct book *b, struct str label, struct str value)
{
	(void)label;
	google_custom(b, STR("Zalo"), value);
}

static void google_facebook(struct book *b, struct str label, struct str value)
{
	(void)label;
	google_custom(b, STR("Facebook"), value);
}

static void google_relation(struct book *b, struct str label, struct str value)
{
	google_group(b, "Relation", 3, label, value);
}

static void google_tags(struct book *b)
{
	struct buf labels = { 0 };
	struct str rest = b->slot[CARD_TAGS], tag;
	buf_puts(&labels, "* myContacts");
	while (rest.n && str_cut(&rest, ';', &tag))
		buf_printf(&labels, " ::: %.*s", (int)tag.n, tag.p);
	book_set(b, "Labels", buf_copy(&labels, &b->arena));
	buf_free(&labels);
}

static void google_fill(struct book *b)
{
	const struct str *s = b->slot;
	book_set_names(b, "Name Prefix");
	book_set(b, "Organization Name", s[CARD_COMPANY]);
	book_set(b, "Organization Title", s[CARD_TITLE]);
	book_set(b, "Organization Department", s[CARD_DEPARTMENT]);
	book_set(b, "Birthday", s[CARD_BIRTH]);
	book_each(b, "email", CARD_EMAIL, google_email);
	book_each(b, "phone", CARD_PHONE, google_phone);
	book_each(b, "zalo", CARD_ZALO, google_zalo);
	book_each(b, "facebook", CARD_FACEBOOK, google_facebook);
	book_each(b, "relation", CARD_SLOTS, google_relation);
	if (s[CARD_STREET].n || s[CARD_CITY].n) { /* the address of a ward alone is no street */
		book_set(b, "Address 1 - Label", STR("Work"));
		book_set(b, "Address 1 - Formatted", book_joined(b, CARD_STREET, CARD_COUNTRY));
	}
	book_set(b, "Address 1 - Street", s[CARD_STREET]);
	book_set(b, "Address 1 - City", s[CARD_CITY]);
	book_set(b, "Address 1 - Region", s[CARD_REGION]);
	book_set(b, "Address 1 - Postal Code", s[CARD_POSTAL]);
	book_set(b, "Address 1 - Country", s[CARD_COUNTRY]);
	book_set(b, "Website 1 - Value", s[CARD_WEBSITE]);
	google_custom(b, STR("Ward"), s[CARD_WARD]);
	google_custom(b, STR("District"), s[CARD_DISTRICT]);
	google_custom(b, STR("Gender"), s[CARD_GENDER]);
	google_custom(b, STR("Role"), b->role);
	google_tags(b);
}

const struct address_preset address_google = { "google", google_headers, google_fill };
