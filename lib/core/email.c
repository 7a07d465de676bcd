/* E-mail and web addresses. */
#include <ctype.h>
#include <strings.h>

#include "core/buf.h"
#include "core/email.h"
#include "core/utf8.h"

enum { ADDRESS_MAX = 254, LOCAL_MAX = 64, LABEL_MAX = 63 }; /* RFC 5321 */

/*
 * Whether all of s is well-formed and without blanks, controls and what cannot be
 * seen: a zero-width space comes along when an address is copied from a web page.
 */
static bool visible(struct str s)
{
	for (size_t i = 0, n; i < s.n; i += n) {
		n = 1;
		if (s.p[i] > ' ' && s.p[i] < 0x7f)
			continue;
		n = utf8_char(str_sub(s, i, 4));
		struct str at = str_sub(s, i, n);
		if (n == 0 || utf8_trim(at).n == 0)
			return false;
		int32_t c = utf8_code(at, n);
		if (c < 0x20 || (c >= 0x7f && c < 0xa0))
			return false;
	}
	return true;
}

static bool quoted_local(struct str s)
{
	if (s.n < 3 || s.p[0] != '"' || s.p[s.n - 1] != '"')
		return false;
	for (size_t i = 1; i < s.n - 1; i++) {
		if (s.p[i] == '\\' && i + 1 < s.n - 1)
			i++;
		else if (s.p[i] == '\\' || s.p[i] == '"')
			return false;
		if ((unsigned char)s.p[i] < ' ' || s.p[i] == 0x7f)
			return false;
	}
	return utf8_valid(s);
}

/* Atoms and single dots between them; what is not ASCII is taken as it is. */
static bool dotted_local(struct str s)
{
	struct str atom;
	if (s.n == 0 || !visible(s))
		return false;
	while (str_cut(&s, '.', &atom)) {
		if (atom.n == 0)
			return false;
		for (size_t i = 0; i < atom.n; i++) {
			unsigned char c = (unsigned char)atom.p[i];
			if (c < 0x80 && !isalnum(c) && !strchr("!#$%&'*+/=?^_`{|}~-", c))
				return false;
		}
	}
	return true;
}

static bool good_label(struct str label)
{
	if (label.n == 0 || label.n > LABEL_MAX || label.p[0] == '-' || label.p[label.n - 1] == '-')
		return false;
	for (size_t i = 0; i < label.n; i++) {
		unsigned char c = (unsigned char)label.p[i];
		if (c < 0x80 && !isalnum(c) && c != '-')
			return false;
	}
	return true;
}

/* What is wrong with a domain, or NULL. */
static const char *judge_domain(struct str domain)
{
	struct str label, last = { 0 };
	size_t labels = 0;
	if (str_starts(domain, "["))
		return "an address of numbers instead of a domain";
	if (!visible(domain))
		return "its domain has a character that cannot be there";
	while (str_cut(&domain, '.', &label)) {
		if (!good_label(label))
			return "its domain is not well-formed";
		last = label;
		labels++;
	}
	int64_t number;
	if (labels < 2 || str_int(last, &number))
		return "its domain is not complete";
	return NULL;
}

/* The address alone: without a display name, angle brackets, mailto: and its ?subject=. */
static struct str bare_address(struct str text)
{
	struct str s = utf8_trim(text);
	if (s.n && s.p[s.n - 1] == '>') {
		const char *open = memrchr(s.p, '<', s.n);
		if (open)
			s = utf8_trim(
			    str_sub(s, (size_t)(open - s.p) + 1, s.n - (size_t)(open - s.p) - 2));
	}
	if (s.n >= strlen("mailto:") && strncasecmp(s.p, "mailto:", strlen("mailto:")) == 0) {
		ptrdiff_t query = str_find(s, '?');
		s = str_sub(s, 0, query < 0 ? s.n : (size_t)query);
		s = utf8_trim(str_sub(s, strlen("mailto:"), s.n));
	}
	return s;
}

static const char *judge_address(struct str address, struct str *local, struct str *domain)
{
	const char *at = address.n ? memrchr(address.p, '@', address.n) : NULL;
	if (!at)
		return "there is no @ in it";
	*local = str_sub(address, 0, (size_t)(at - address.p));
	*domain = str_sub(address, local->n + 1, address.n);
	if (address.n > ADDRESS_MAX || local->n > LOCAL_MAX)
		return "it is too long";
	if (!quoted_local(*local) && !dotted_local(*local))
		return "the part before @ is not well-formed";
	return judge_domain(*domain);
}

bool email_parse(struct str text, struct str *out, struct arena *a, struct diag *d)
{
	struct str local, domain;
	struct str address = bare_address(text);
	if (utf8_valid(address))
		address = utf8_nfc(address, a);
	const char *why = judge_address(address, &local, &domain);
	if (why)
		return diag_set(d, NULL, "%s is not an e-mail address: %s",
				quoted(utf8_trim(text), &d->arena), why);
	if (utf8_ascii(local) && local.p[0] != '"')
		local = utf8_lower(local, a);
	domain = utf8_lower(domain, a);
	*out = email_of(local, domain, a);
	return true;
}

/*
 * http, https, or no scheme at all: a page makes a link of it, and javascript: would run.
 * A colon behind a host is its port's: "shop.example:8080".
 */
static bool is_web(struct str s)
{
	size_t n = 0;
	while (n < s.n && (isalnum((unsigned char)s.p[n]) || strchr("+-.", s.p[n])))
		n++;
	if (n == s.n || s.p[n] != ':')
		return true;
	struct str scheme = str_sub(s, 0, n), rest = str_sub(s, n + 1, s.n);
	if (str_starts(rest, "//"))
		return (n == 4 || n == 5) && !strncasecmp(scheme.p, "https", n);
	return rest.n && isdigit((unsigned char)rest.p[0]) && str_find(scheme, '.') >= 0;
}

bool url_parse(struct str text, struct str *out, struct arena *a, struct diag *d)
{
	struct str s = utf8_trim(text);
	if (s.n == 0)
		return diag_set(d, NULL, "a web address is missing");
	if (!visible(s))
		return diag_set(d, NULL,
				"%s is not a web address: a blank or a control character is in it",
				quoted(s, &d->arena));
	if (!is_web(s))
		return diag_set(d, NULL,
				"%s is not a web address: it begins with http:// or"
				" https://, or is a bare host",
				quoted(s, &d->arena));
	*out = arena_str(a, s);
	return true;
}
