/* What is written where nothing is known, so that a form lets one go on: it says nothing. */
#include "core/utf8.h"
#include "domain/dedupe_impl.h"

static bool among(struct str s, const char *const *words, size_t n)
{
	for (size_t i = 0; i < n; i++)
		if (str_is(s, words[i]))
			return true;
	return false;
}

/* Folded, letters and digits only. */
static struct str letters(struct str text, struct arena *a)
{
	struct str folded = utf8_fold(text, a);
	char *out = arena_alloc(a, folded.n + 1);
	size_t n = 0;
	for (size_t i = 0; i < folded.n; i++)
		if ((folded.p[i] >= 'a' && folded.p[i] <= 'z') || is_digit(folded.p[i]) ||
		    folded.p[i] & '\x80')
			out[n++] = folded.p[i];
	return (struct str){ out, n };
}

/* One letter or digit over and over: xxx, 000000. */
static bool is_one(struct str s)
{
	size_t n = 0;
	while (n < s.n && s.p[n] == s.p[0])
		n++;
	return n == s.n && n >= 3;
}

/* Na is a name, n/a is none. */
static bool text_is_blank(struct str text, struct arena *a)
{
	static const char *const words[] = {
		"none",	    "null",	   "unknown",	  "test",     "noname",	      "anonymous",
		"notgiven", "tbd",	   "tba",	  "khongco",  "khongro",      "khongbiet",
		"chuaro",   "chuaco",	   "chuabiet",	  "andanh",   "khachle",      "khachhang",
		"notknown", "chuacapnhat", "dangcapnhat", "testtest", "notavailable",
	};
	struct str s = letters(text, a);
	return !s.n || is_one(s) || among(s, words, countof(words)) ||
	       (str_is(s, "na") && str_find(text, '/') >= 0);
}

bool phone_is_blank(struct str text)
{
	size_t run = 0, longest = 0;
	for (size_t i = 0; i < text.n; i++) {
		run = i && text.p[i] == text.p[i - 1] ? run + 1 : 1;
		longest = run > longest ? run : longest;
	}
	return longest >= 7 || is_one(text);
}

bool email_is_blank(struct str text)
{
	static const char *const names[] = { "test",	 "none",    "unknown", "noemail",
					     "no-email", "na",	    "nomail",  "noreply",
					     "no-reply", "khongco", "nobody" };
	static const char *const whole[] = { "no@email.com", "no@mail.com", "no@no.com",
					     "a@a.com",	     "abc@abc.com", "email@email.com",
					     "mail@mail.com" };
	ptrdiff_t at = str_find(text, '@');
	if (at < 0)
		return false;
	struct str name = str_sub(text, 0, (size_t)at);
	return is_one(name) || among(name, names, countof(names)) ||
	       among(text, whole, countof(whole));
}

/* Where the calendars of machines begin and end. */
static bool date_is_blank(struct str text)
{
	static const char *const days[] = {
		"0001-01-01", "1753-01-01", "1899-12-30", "1899-12-31",
		"1900-01-01", "1901-01-01", "1970-01-01", "9999-12-31"
	};
	return among(text, days, countof(days));
}

bool says_nothing(enum slot slot, struct str text, struct arena *a)
{
	return slot == SLOT_BIRTH ? date_is_blank(text) : text_is_blank(text, a);
}
