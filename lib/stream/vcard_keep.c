/* Properties that no field holds, as lines of text that can be read back. */
#include <stdlib.h>

#include "core/utf8.h"
#include "stream/vcard_impl.h"

static bool is_encoding(struct str name, struct str value)
{
	return str_is(name, "CHARSET") || str_is(name, "ENCODING") ||
	       (!name.n && (vcard_is(value, "QUOTED-PRINTABLE") || vcard_is(value, "8BIT") ||
			    vcard_is(value, "7BIT")));
}

/* Without what was about the encoding; the bare words of 2.1 become types. */
static void put_params(struct buf *b, const struct vcard_line *l, struct arena *a)
{
	struct str rest = l->params, name, value;
	while (vcard_param(&rest, &name, &value, a)) {
		bool quotes = false;
		if (is_encoding(name, value) || !value.n || str_is(name, "X-ABLABEL"))
			continue;
		for (size_t i = 0; i < value.n; i++)
			quotes |= strchr(":;\n", value.p[i]) != NULL;
		buf_printf(b, quotes ? ";%s=\"%s\"" : ";%s=%s", name.n ? name.p : "TYPE",
			   arena_str(a, value).p);
	}
	if (l->label.n)
		buf_printf(b, ";X-ABLABEL=\"%s\"", l->label.p);
}

/* A value of 2.1 gets the escapes of 3.0; the parts of a structured one stay parts. */
static void put_value(struct buf *b, const struct vcard_line *l, enum vcard_version v,
		      struct arena *a)
{
	static const char *const structured[] = { "N", "ADR", "ORG", "GEO" };
	struct str s = utf8_trim(l->value), part[ADR_PARTS];
	size_t parts = 1;
	bool whole = !str_starts(l->name, "X-");
	for (size_t i = 0; i < s.n; i++)
		parts += s.p[i] == ';';
	for (size_t i = 0; i < countof(structured); i++)
		whole = whole && !str_is(l->name, structured[i]);
	if (v != VCARD_21 || parts > countof(part) || str_starts(l->name, "X-")) {
		for (size_t i = 0; i < s.n; i++)
			if (s.p[i] == '\n')
				buf_puts(b, "\\n");
			else if (s.p[i] != '\\' || i + 1 == s.n || s.p[i + 1] != ':')
				buf_putc(b, s.p[i]);
		return;
	}
	if (whole) {
		vcard_escape(b, vcard_unescape(s, v, a));
		return;
	}
	vcard_parts(s, v, part, parts, a);
	for (size_t i = 0; i < parts; i++) {
		if (i)
			buf_putc(b, ';');
		vcard_escape(b, part[i]);
	}
}

/* Properties that RFC 2426, 6350, 6474, 6715, 8605 and 9554 name. */
static bool is_registered(struct str name)
{
	static const char *const names[] = {
		"N",	       "FN",	    "NICKNAME",	     "ORG",
		"TITLE",       "ROLE",	    "ADR",	     "LABEL",
		"TEL",	       "EMAIL",	    "URL",	     "BDAY",
		"GEO",	       "TZ",	    "LANG",	     "ANNIVERSARY",
		"GENDER",      "IMPP",	    "RELATED",	     "MEMBER",
		"KIND",	       "AGENT",	    "CLASS",	     "MAILER",
		"SORT-STRING", "SOURCE",    "PROFILE",	     "KEY",
		"PHOTO",       "LOGO",	    "SOUND",	     "FBURL",
		"CALURI",      "CALADRURI", "XML",	     "CLIENTPIDMAP",
		"BIRTHPLACE",  "DEATHDATE", "DEATHPLACE",    "EXPERTISE",
		"HOBBY",       "INTEREST",  "ORG-DIRECTORY", "SOCIALPROFILE",
		"PRONOUNS",    "LANGUAGE",  "CATEGORIES",    "UID",
		"CREATED",     "NAME",
	};
	for (size_t i = 0; i < countof(names); i++)
		if (str_is(name, names[i]))
			return true;
	return false;
}

void keep_line(struct filling *f, const struct vcard_line *l)
{
	struct buf *b = &f->card->kept;
	if (!utf8_trim(l->value).n)
		return;
	if (!is_registered(l->name) && !str_starts(l->name, "X-"))
		buf_puts(b, "X-"); /* so that it is not taken for a word of the notes */
	buf_put(b, l->name);
	put_params(b, l, f->arena);
	buf_putc(b, ':');
	put_value(b, l, f->card->version, f->arena);
	buf_putc(b, '\n');
	f->card->nkept++;
}

bool keep_as(struct filling *f, const char *name, struct str text)
{
	if (text.n) {
		buf_printf(&f->card->kept, "%s:", name);
		vcard_escape(&f->card->kept, text);
		buf_putc(&f->card->kept, '\n');
		f->card->nkept++;
	}
	return true;
}

static int by_text(const void *a, const void *b)
{
	return str_cmp(*(const struct str *)a, *(const struct str *)b);
}

struct str keep_sorted(const struct filling *f)
{
	struct card *c = f->card;
	struct str rest = buf_str(&c->kept), line, *lines;
	struct buf b = { 0 };
	size_t n = 0;
	lines = arena_new(f->arena, struct str, (size_t)c->nkept + 1);
	while (rest.n && str_cut(&rest, '\n', &line))
		if (line.n)
			lines[n++] = line;
	qsort(lines, n, sizeof *lines, by_text);
	for (size_t i = 0; i < n; i++)
		if (!i || !str_eq(lines[i], lines[i - 1]))
			buf_line(&b, lines[i]);
	struct str out = buf_copy(&b, f->arena);
	buf_free(&b);
	return out;
}

/* Names that are no words of a language, or only ever written in capitals here. */
bool card_kept_line(struct str line)
{
	size_t n = 0;
	while (n < line.n && ((line.p[n] >= 'A' && line.p[n] <= 'Z') || line.p[n] == '-' ||
			      line.p[n] == '_' || is_digit(line.p[n])))
		n++;
	struct str name = str_sub(line, 0, n);
	if (!n || n == line.n || (line.p[n] != ':' && line.p[n] != ';') || str_find(line, ':') < 0)
		return false;
	return is_registered(name) || (n > 2 && str_starts(name, "X-"));
}
