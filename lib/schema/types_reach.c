/* Types by which somebody is reached: e-mail, telephone, web, Zalo. */
#include "core/buf.h"
#include "core/email.h"
#include "core/phone.h"
#include "core/utf8.h"
#include "schema/schema.h"

static struct cell print_kept(const struct value *v, const struct field *f, const struct codec *c)
{
	(void)f;
	(void)c;
	return (struct cell){ CELL_TEXT, v->s };
}

static struct str key_fold(struct str s, const struct codec *c)
{
	return utf8_fold(s, c->arena);
}

static bool parse_email(struct value *v, struct str s, const struct field *f, const struct codec *c,
			struct diag *d)
{
	if (!email_parse(s, &v->s, c->arena, d))
		return diag_set(d, f->name, "%s is not an e-mail address", quoted(s, &d->arena));
	v->kind = V_TEXT;
	return true;
}

static struct str key_email(struct str s, const struct codec *c)
{
	return email_key(s, c->arena);
}

static struct str key_phone(struct str s, const struct codec *c)
{
	return phone_e164(s, c->settings->region, c->arena);
}

/* What a spreadsheet did to the numbers of a cell, and what are none. */
static void warn_of_phones(struct str s, const struct field *f, const struct codec *c,
			   const struct diag *d)
{
	struct phone all[PHONES_MAX];
	size_t n = phone_all(s, c->settings->region, all, c->arena), unread = 0;
	for (size_t i = 0; i < n; i++) {
		unread += all[i].state == PHONE_UNREAD;
		if (all[i].state == PHONE_DAMAGED)
			diag_warn(d, f->name,
				  "%s lost its digits in a spreadsheet; kept, never matched",
				  quoted(all[i].text, c->arena));
		if (all[i].state == PHONE_REPAIRED)
			diag_warn(d, f->name, "%s, as spreadsheets write it, is taken for %s",
				  quoted(all[i].text, c->arena), all[i].e164.p);
	}
	if (unread == n)
		diag_warn(d, f->name,
			  "%s cannot be read as a telephone number; kept, never matched",
			  quoted(s, c->arena));
}

/* Kept as typed, whatever it is: somebody may still be able to read it. */
static bool parse_phone(struct value *v, struct str s, const struct field *f, const struct codec *c,
			struct diag *d)
{
	if (!c->restoring)
		warn_of_phones(s, f, c, d);
	*v = value_text(s);
	return true;
}

static bool parse_url(struct value *v, struct str s, const struct field *f, const struct codec *c,
		      struct diag *d)
{
	if (!url_parse(s, &v->s, c->arena, d))
		return diag_set(d, f->name, "%s", arena_str(&d->arena, d->message).p);
	v->kind = V_TEXT;
	return true;
}

/* A Zalo account is found by its telephone number, where that is what somebody wrote. */
static struct str key_handle(struct str s, const struct codec *c)
{
	struct str phone = phone_e164(s, c->settings->region, c->arena);
	return phone.n ? phone : utf8_fold(s, c->arena);
}

static bool parse_handle(struct value *v, struct str s, const struct field *f,
			 const struct codec *c, struct diag *d)
{
	(void)c;
	if (memchr(s.p, '\n', s.n))
		return diag_set(d, f->name, "%s has a line break", quoted(s, &d->arena));
	*v = value_text(s);
	return true;
}

const struct type type_email = { "email",	   "TEXT",	COMPARE_TEXT, false,
				 "e-mail address", parse_email, print_kept,   key_email };
const struct type type_phone = { "phone",
				 "TEXT",
				 COMPARE_TEXT,
				 false,
				 "telephone number, kept as typed, compared in E.164",
				 parse_phone,
				 print_kept,
				 key_phone };
const struct type type_url = { "url",	      "TEXT",	 COMPARE_TEXT, false,
			       "web address", parse_url, print_kept,   key_fold };

const struct type type_handle = { "handle",
				  "TEXT",
				  COMPARE_TEXT,
				  false,
				  "id of a messenger account, or the telephone number it has",
				  parse_handle,
				  print_kept,
				  key_handle };
