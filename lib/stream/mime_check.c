/* What messages may be like: those that are to be written, and those that are to be read. */
#include "core/email.h"
#include "core/utf8.h"
#include "stream/mime_impl.h"

/* A header is one line of text: nothing in it may begin another. */
static bool one_line(struct str s, const char *field, struct diag *d)
{
	for (size_t i = 0; i < s.n; i++)
		if ((unsigned char)s.p[i] < 0x20 || s.p[i] == 0x7f)
			return diag_set(d, field, "%s has a control character",
					quoted(s, &d->arena));
	return utf8_valid(s) || diag_set(d, field, "%s is no UTF-8", quoted(s, &d->arena));
}

struct str mime_ascii_address(struct str address, struct arena *a)
{
	struct str local, key, rest = address;
	if (utf8_ascii(address))
		return address;
	str_cut(&rest, '@', &local);
	struct str domain = email_key(address, a);
	str_cut(&domain, '@', &key);
	return email_of(local, domain, a);
}

static bool check_address(const struct mime_address *x, const char *field, struct arena *a,
			  struct diag *d)
{
	struct str canonical;
	if (!one_line(x->name, field, d) || !one_line(x->address, field, d))
		return false;
	if (!email_parse(x->address, &canonical, a, d)) {
		d->field = field;
		return false;
	}
	return utf8_ascii(mime_ascii_address(canonical, a)) ||
	       diag_set(d, field, "%s: few can send mail to a name that is not in ASCII",
			quoted(x->address, &d->arena));
}

enum mime_coding mime_coding_for(struct str s, bool part)
{
	enum { LINE_LONG = 200, MANY = 3 /* of which one is beyond ASCII */ };
	size_t high = 0, line = 0, longest = 0;
	for (size_t i = 0; i < s.n; i++) {
		high += (unsigned char)s.p[i] >= 0x80;
		line = s.p[i] == '\n' ? 0 : line + 1;
		longest = line > longest ? line : longest;
	}
	if (!high && !part && longest <= LINE_LONG)
		return CODING_NONE;
	return high * MANY > s.n ? CODING_BASE64 : CODING_QUOTED;
}

bool mime_id_fits(struct str id)
{
	enum { ID_MAX_BYTES = 900 };
	for (size_t i = 0; i < id.n; i++)
		if ((unsigned char)id.p[i] <= ' ' || strchr("<>\x7f", id.p[i]))
			return false;
	return id.n > 0 && id.n <= ID_MAX_BYTES && utf8_ascii(id);
}

static bool check_links(struct str links, struct diag *d)
{
	enum { LINK_MAX = 900 /* of the 998 bytes that a line may have */ };
	struct str one;
	while (links.n && str_cut(&links, ' ', &one))
		if (one.n > LINK_MAX || !utf8_ascii(one))
			return diag_set(d, "unsubscribe", "%s is no link for a header",
					quoted(one, &d->arena));
	return true;
}

bool mime_check(const struct mime_message *m, struct arena *a, struct diag *d)
{
	return check_address(&m->from, "from", a, d) && check_address(&m->to, "to", a, d) &&
	       (!m->reply_to.address.n || check_address(&m->reply_to, "reply_to", a, d)) &&
	       one_line(m->subject, "subject", d) && one_line(m->message_id, "message_id", d) &&
	       one_line(m->unsubscribe, "unsubscribe", d) && check_links(m->unsubscribe, d);
}

/* -- reading -- */

static bool is_name_char(char c)
{
	return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || is_digit(c) || c == '-' ||
	       c == '_';
}

/* Whether the line is one of a header: a name and a colon. */
static bool is_field(struct str line)
{
	size_t n = 0;
	while (n < line.n && is_name_char(line.p[n]))
		n++;
	size_t at = n;
	while (at < line.n && (line.p[at] == ' ' || line.p[at] == '\t'))
		at++;
	return n && at < line.n && line.p[at] == ':';
}

static size_t colons(struct str line)
{
	size_t n = 0;
	for (size_t i = 0; i < line.n; i++)
		n += line.p[i] == ':';
	return n;
}

bool mime_bearable(struct str raw, struct diag *d)
{
	/* Groups of addresses nest by their colons; borders of parts begin with two dashes. */
	enum { COLONS_MAX = 1000, FIELDS_MAX_MAIL = 10000, BORDERS_MAX = 50000 };
	struct str rest = raw, line;
	size_t nested = 0, fields = 0, borders = 0;
	bool head = true, field = false;
	while (str_cut(&rest, '\n', &line)) {
		bool goes_on = line.n && (line.p[0] == ' ' || line.p[0] == '\t');
		field = goes_on ? field : is_field(line);
		nested = !field ? 0 : goes_on ? nested + colons(line) : colons(line);
		head &= str_trim(line).n > 0;
		fields += head;
		borders += str_starts(line, "--");
		if (nested > COLONS_MAX || fields > FIELDS_MAX_MAIL || borders > BORDERS_MAX)
			return diag_set(d, NULL, "the message is made of too many pieces");
	}
	return true;
}

struct str mime_without_nul(struct str raw, struct arena *a)
{
	if (str_find(raw, '\0') < 0)
		return raw;
	char *copy = arena_alloc(a, raw.n + 1);
	for (size_t i = 0; i < raw.n; i++)
		copy[i] = raw.p[i] ? raw.p[i] : ' ';
	return (struct str){ copy, raw.n };
}
