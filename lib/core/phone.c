/* Phone numbers as people write them, to E.164. */
#include "core/phone.h"

#include "core/phone_regions.h"
#include "core/phone_scan.h"
#include "core/utf8.h"

enum { TRUSTED_MAX = 10 }; /* a longer one without + that begins with the calling code has it */

/* What digits turned out to be. */
struct found {
	char text[1 + E164_MAX];
	size_t n; /* 0: no number */
	bool no_trunk;
};

/* Digits of a reading, and where they stand in it. */
struct dialled {
	const struct phone_reading *reading;
	struct str digits;
};

static struct dialled without(struct dialled d, size_t n)
{
	return (struct dialled){ d.reading, str_sub(d.digits, n, d.digits.n) };
}

/* "+CC…" if the national number can be one of the region. */
static bool write_e164(const struct region *r, struct dialled d, struct found *f)
{
	char now[E164_MAX];
	size_t code = strlen(r->code), at = (size_t)(d.digits.p - d.reading->digits);
	if (d.digits.n > E164_MAX)
		return false;
	struct national old = { d.digits, d.reading->gaps >> at, d.reading->closed >> at };
	struct str national = region_today(r, &old, now);
	if (national.n + code > E164_MAX || !plan_fits(r->plan, national))
		return false;
	f->text[0] = '+';
	memcpy(f->text + 1, r->code, code);
	memcpy(f->text + 1 + code, national.p, national.n);
	f->n = 1 + code + national.n;
	return true;
}

/* Whether no number of the region begins with 0 but by its trunk prefix. */
static bool zero_is_trunk(const struct region *r)
{
	struct str rest = str_of(r->trunk), trunk;
	while (str_cut(&rest, ' ', &trunk))
		if (str_is(trunk, "0"))
			return true;
	return false;
}

/* With one of the trunk prefixes taken off. */
static bool without_trunk(const struct region *r, struct dialled d, struct found *f)
{
	struct str rest = str_of(r->trunk), trunk;
	while (str_cut(&rest, ' ', &trunk))
		if (trunk.n && str_eq(str_sub(d.digits, 0, trunk.n), trunk) &&
		    write_e164(r, without(d, trunk.n), f))
			return true;
	return false;
}

/* Behind the calling code: "+84 (0)912…" has a trunk prefix that does not belong there. */
static bool behind_code(const struct region *r, struct dialled d, struct found *f)
{
	bool trunk = d.digits.n && d.digits.p[0] == '0' && zero_is_trunk(r);
	return (!trunk && write_e164(r, d, f)) || without_trunk(r, d, f);
}

static bool international(struct dialled d, struct found *f)
{
	const struct region *r = NULL;
	while ((r = region_dialled(d.digits, r)) != NULL)
		if (behind_code(r, without(d, strlen(r->code)), f))
			return true;
	return false;
}

/* Within one area people leave it out: 268 of Antigua's (268) 464 1234. */
static bool within_area(const struct region *r, struct dialled d, struct found *f)
{
	struct phone_reading whole = { .n = 0 };
	struct str area = str_of(r->area);
	size_t n = area.n > 2 ? area.n - 2 : 0;
	if (!n || d.digits.n != (size_t)(area.p[0] - '0'))
		return false;
	memcpy(whole.digits, area.p + 2, n);
	memcpy(whole.digits + n, d.digits.p, d.digits.n);
	return write_e164(r, (struct dialled){ &whole, { whole.digits, n + d.digits.n } }, f);
}

static bool domestic(const struct region *r, struct dialled d, struct found *f)
{
	bool coded = str_starts(d.digits, r->code);
	struct dialled behind = without(d, coded ? strlen(r->code) : d.digits.n);
	if (without_trunk(r, d, f))
		return true;
	if (coded && d.digits.n > TRUSTED_MAX && behind_code(r, behind, f))
		return true;
	f->no_trunk = (!zero_is_trunk(r) || !str_starts(d.digits, "0")) && write_e164(r, d, f);
	return f->no_trunk || (coded && behind_code(r, behind, f)) || within_area(r, d, f);
}

/* Behind one of the region's prefixes for calls abroad that has `least` digits or more. */
static bool from_region(const struct region *r, struct dialled d, size_t least, struct found *f)
{
	struct str rest = str_of(r->abroad), prefix;
	while (str_cut(&rest, ' ', &prefix))
		if (prefix.n >= least && str_eq(str_sub(d.digits, 0, prefix.n), prefix) &&
		    international(without(d, prefix.n), f))
			return true;
	return false;
}

/*
 * The first n digits of the reading as one number.  No national number begins with a long
 * prefix for calls abroad (Russia's 810); with a short one (Samoa's 0) many do.
 */
static bool resolve(const struct phone_reading *t, size_t n, const struct region *r,
		    struct found *f)
{
	enum { LONG = 3 };
	struct dialled d = { t, { t->digits, n } };
	*f = (struct found){ .n = 0 };
	if (t->plus)
		return international(d, f);
	if (r && str_starts(d.digits, "00") && str_starts(without(d, 2).digits, r->code) &&
	    international(without(d, 2), f))
		return true;
	return (r && from_region(r, d, LONG, f)) ||
	       (str_starts(d.digits, "00") ? international(without(d, 2), f)
					   : r && domestic(r, d, f)) ||
	       (r && from_region(r, d, 1, f));
}

/* How many digits are the first number: up to a slash, all, or up to the last blank; or 0. */
static size_t resolve_first(const struct phone_reading *t, const struct region *r, struct found *f)
{
	for (size_t i = 0; i < t->nslash; i++)
		if (resolve(t, t->slash[i], r, f))
			return t->slash[i];
	if (resolve(t, t->n, r, f))
		return t->n;
	for (size_t i = t->nblank; i-- > 0;)
		if (resolve(t, t->blank[i], r, f))
			return t->blank[i];
	return 0;
}

/* Whether what is from i up to end may be a number by itself. */
static bool may_be_number(struct str s, size_t i, size_t end)
{
	size_t n = 0;
	for (; i < end && n < ALONE_MIN; i++)
		n += is_digit(s.p[i]);
	return n == ALONE_MIN;
}

/* A remark behind a number belongs to it, "(Lan)" or "2 SIM", up to what may be another one. */
static size_t remark_end(struct str s, size_t i)
{
	size_t end = phone_piece_end(s, i);
	if (!may_be_number(s, i, end))
		return end;
	while (i < end && (s.p[i] < '0' || s.p[i] > '9') && s.p[i] != '+')
		i++;
	return i;
}

/* "n/a" is one piece: without digits a slash is none between numbers. */
static size_t words_end(struct str s, size_t i)
{
	while (i < s.n && (s.p[i] < '0' || s.p[i] > '9') &&
	       (s.p[i] == '/' || !phone_is_list_mark(s.p[i])))
		i++;
	return i;
}

/* A mobile, as far as its first digits tell, without the 0 that all of the region begin with. */
static bool lost_zero(const struct found *f, const struct region *r)
{
	struct str number = { f->text, f->n };
	return f->no_trunk && r && r->always_trunk &&
	       plan_fits(r->mobile, str_sub(number, 1 + strlen(r->code), f->n));
}

static void set_state(struct phone *out, const struct phone_reading *t, const struct found *f,
		      const struct region *r, struct arena *a)
{
	out->e164 = f->n ? arena_str(a, (struct str){ f->text, f->n }) : (struct str){ 0 };
	out->state = t->form == LOST			      ? PHONE_DAMAGED
		     : !f->n				      ? PHONE_UNREAD
		     : t->form == EXPONENT || lost_zero(f, r) ? PHONE_REPAIRED
							      : PHONE_GOOD;
}

/* The number at byte *i, which goes behind it; false: there is nothing more. */
static bool next_number(struct str text, const struct phone_text *folded, size_t *i,
			const struct region *r, struct phone *out, struct arena *a)
{
	struct phone_reading t = { .n = 0 };
	struct found f = { .n = 0 };
	struct str s = folded->s;
	size_t used = 0;
	while (*i < s.n && (s.p[*i] == ' ' || phone_is_list_mark(s.p[*i])))
		(*i)++;
	size_t from = *i, end = phone_piece_end(s, from);
	*out = (struct phone){ .state = PHONE_UNREAD };
	if (from == s.n)
		return false;
	bool scanned = phone_scan(s, from, &t);
	if (scanned && t.form != LOST)
		used = resolve_first(&t, r, &f);
	if (used == t.n && used) {
		end = t.stop;
		out->extension = arena_str(a, phone_extension(s, end, &end));
	} else if (used) {
		end = t.end[used - 1];
	}
	if (scanned && t.form == LOST)
		end = t.stop;
	if (!scanned && words_end(s, from) > end)
		end = words_end(s, from);
	if (used || t.form == LOST)
		end = remark_end(s, end);
	set_state(out, &t, &f, r, a);
	out->text = utf8_trim(str_sub(text, folded->at[from], folded->at[end] - folded->at[from]));
	*i = end > from ? end : from + 1;
	return true;
}

/* Without Excel's ".0" at the end, where it took a number for one. */
static struct phone_text fold(struct str text, struct arena *a)
{
	struct phone_text folded = phone_fold(text, a);
	struct str s = folded.s;
	if (s.n > 2 && str_eq(str_sub(s, s.n - 2, 2), STR(".0")))
		folded.s.n -= 2;
	return folded;
}

struct str phone_e164(struct str text, const char *region, struct arena *a)
{
	const struct region *r = region_find(str_of(region));
	struct str line = utf8_trim(text);
	struct phone_text folded = fold(line, a);
	struct phone phone;
	for (size_t i = 0; next_number(line, &folded, &i, r, &phone, a);)
		if (phone.e164.n)
			return phone.e164;
	return (struct str){ 0 };
}

size_t phone_all(struct str text, const char *region, struct phone out[PHONES_MAX], struct arena *a)
{
	const struct region *r = region_find(str_of(region));
	struct str line = utf8_trim(text);
	struct phone_text folded = fold(line, a);
	size_t n = 0, i = 0;
	while (n < PHONES_MAX && next_number(line, &folded, &i, r, &out[n], a))
		n += out[n].text.n > 0;
	if (n == PHONES_MAX && i < folded.s.n) {
		size_t from = (size_t)(out[n - 1].text.p - line.p);
		struct str rest = str_sub(line, from, line.n);
		out[n - 1] = (struct phone){ .text = rest, .state = PHONE_UNREAD };
	}
	return n;
}

bool phone_region(struct str region)
{
	return region_find(region);
}

struct str phone_digits(struct str text, struct arena *a)
{
	struct str folded = utf8_ascii(text) ? text : utf8_fold(text, a);
	char *out = arena_alloc(a, folded.n + 1);
	size_t n = 0;
	for (size_t i = 0; i < folded.n; i++) {
		if (is_digit(folded.p[i]))
			out[n++] = folded.p[i];
	}
	return (struct str){ out, n };
}
