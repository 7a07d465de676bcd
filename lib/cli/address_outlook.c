/* Outlook: a column for each kind of number. */
#include "cli/address_impl.h"

static const char outlook_headers[] =
    "First Name,Middle Name,Last Name,Title,Suffix,Nickname,Given Yomi,Surname Yomi,"
    "E-mail Address,E-mail 2 Address,E-mail 3 Address,Home Phone,Home Phone 2,"
    "Business Phone,Business Phone 2,Mobile Phone,Car Phone,Other Phone,Primary Phone,"
    "Pager,Business Fax,Home Fax,Other Fax,Company Main Phone,Callback,Radio Phone,"
    "Telex,TTY/TDD Phone,IMAddress,Job Title,Department,Company,Office Location,"
    "Manager's Name,Assistant's Name,Assistant's Phone,Company Yomi,Business Street,"
    "Business City,Business State,Business Postal Code,Business Country/Region,"
    "Home Street,Home City,Home State,Home Postal Code,Home Country/Region,Other Street,"
    "Other City,Other State,Other Postal Code,Other Country/Region,Personal Web Page,"
    "Spouse,Schools,Hobby,Location,Web Page,Birthday,Anniversary,Notes,Categories,Gender";

/* Where a number goes: by what it is, the first of these columns that is free. */
static const struct {
	const char *label;
	const char *columns[3];
} outlook_phones[] = {
	{ "", { "Primary Phone", "Other Phone" } },
	{ "work", { "Business Phone", "Business Phone 2" } },
	{ "home", { "Home Phone", "Home Phone 2" } },
	{ "cell", { "Mobile Phone" } },
	{ "main", { "Company Main Phone" } },
	{ "car", { "Car Phone" } },
	{ "pager", { "Pager" } },
	{ "fax", { "Business Fax", "Other Fax" } },
	{ "work fax", { "Business Fax", "Other Fax" } },
	{ "workfax", { "Business Fax", "Other Fax" } },
	{ "home fax", { "Home Fax", "Other Fax" } },
	{ "homefax", { "Home Fax", "Other Fax" } },
	{ "callback", { "Callback" } },
	{ "assistant", { "Assistant's Phone" } },
};

static void outlook_phone(struct book *b, struct str label, struct str value)
{
	for (size_t i = 0; i < countof(outlook_phones); i++) {
		const char *const *columns = outlook_phones[i].columns;
		for (; str_is(label, outlook_phones[i].label) && *columns; columns++)
			if (book_set_free(b, *columns, value))
				return;
	}
	if (!book_set_free(b, "Other Phone", value))
		book_note(b, "Phone", label, value);
}

static void outlook_email(struct book *b, struct str label, struct str value)
{
	static const char *const columns[] = { "E-mail Address", "E-mail 2 Address",
					       "E-mail 3 Address" };
	for (size_t i = 0; i < countof(columns); i++)
		if (book_set_free(b, columns[i], value))
			return;
	book_note(b, "E-mail", label, value);
}

static void outlook_relation(struct book *b, struct str label, struct str value)
{
	const char *column = str_is(label, "spouse")	  ? "Spouse"
			     : str_is(label, "manager")	  ? "Manager's Name"
			     : str_is(label, "assistant") ? "Assistant's Name"
							  : NULL;
	if (!column || !book_set_free(b, column, value))
		book_note(b, "Related", label, value);
}

static void outlook_zalo(struct book *b, struct str label, struct str value)
{
	book_note(b, "Zalo", label, value);
}

static void outlook_facebook(struct book *b, struct str label, struct str value)
{
	book_note(b, "Facebook", label, value);
}

/* What it has no place for; its preset finds it there again. */
static void outlook_line(struct book *b, const char *what, struct str value)
{
	if (value.n)
		book_note(b, what, (struct str){ 0 }, value);
}

static void outlook_fill(struct book *b)
{
	const struct str *s = b->slot;
	bool yearless = str_starts(s[CARD_BIRTH], "--");
	book_set_names(b, "Title");
	book_set(b, "Company", s[CARD_COMPANY]);
	book_set(b, "Job Title", s[CARD_TITLE]);
	book_set(b, "Department", s[CARD_DEPARTMENT]);
	book_each(b, "email", CARD_EMAIL, outlook_email);
	book_each(b, "phone", CARD_PHONE, outlook_phone);
	book_each(b, "relation", CARD_SLOTS, outlook_relation);
	book_each(b, "zalo", CARD_ZALO, outlook_zalo);
	book_each(b, "facebook", CARD_FACEBOOK, outlook_facebook);
	book_set(b, "Business Street", book_joined(b, CARD_STREET, CARD_DISTRICT));
	book_set(b, "Business City", s[CARD_CITY]);
	book_set(b, "Business State", s[CARD_REGION]);
	book_set(b, "Business Postal Code", s[CARD_POSTAL]);
	book_set(b, "Business Country/Region", s[CARD_COUNTRY]);
	book_set(b, "Web Page", s[CARD_WEBSITE]);
	book_set(b, "Categories", s[CARD_TAGS]);
	book_set(b, "Gender", s[CARD_GENDER]);
	outlook_line(b, "Ward", s[CARD_WARD]);
	outlook_line(b, "District", s[CARD_DISTRICT]);
	outlook_line(b, "Role", b->role);
	if (yearless) /* it knows no such day */
		outlook_line(b, "Birthday", s[CARD_BIRTH]);
	else
		book_set(b, "Birthday", s[CARD_BIRTH]);
}

const struct address_preset address_outlook = { "outlook", outlook_headers, outlook_fill };
