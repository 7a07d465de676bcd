/* When something comes again: a recurrence rule (RFC 5545, 3.3.10) that steps by days or more. */
#include <ctype.h>

#include "core/buf.h"
#include "core/date.h"
#include "schema/schema.h"

enum { LIST = 1, SIGNED = 2, FROM_0 = 4 };

static bool is_number(struct str s, int64_t least, int64_t most, unsigned flags)
{
	int64_t n;
	if (flags & SIGNED && s.n && strchr("+-", s.p[0]))
		s = str_sub(s, 1, s.n);
	return s.n && isdigit((unsigned char)s.p[0]) && str_int(s, &n) && n >= least && n <= most;
}

/* 20261231 or 20261231T170000Z; local: 20261231T170000, too */
static bool is_time(struct str s, bool local)
{
	struct civil c;
	int64_t n, time = 0;
	struct str day = str_sub(s, 0, 8);
	bool timed = local ? s.n == 15 || s.n == 16 : s.n == 16;
	if (s.n != 8 &&
	    !(timed && s.p[8] == 'T' && (s.n == 15 || s.p[15] == 'Z') &&
	      is_number(str_sub(s, 9, 6), 0, 235959, 0) && str_int(str_sub(s, 9, 6), &time)))
		return false;
	if (!str_int(day, &n))
		return false;
	c = (struct civil){ (int)(n / 10000), (int)(n / 100 % 100), (int)(n % 100) };
	return civil_valid(c) && time / 10000 < 24 && time / 100 % 100 < 60 && time % 100 < 60;
}

/* Parts of a rule: a word, or a number from 1 (FROM_0: 0) on.  EXDATE: when it does not come. */
static const struct part {
	const char *name, *words;
	int64_t most;
	unsigned flags;
} parts[] = {
	{ "FREQ", "DAILY WEEKLY MONTHLY YEARLY", 0, 0 },
	{ "INTERVAL", NULL, 9999, 0 },
	{ "COUNT", NULL, 9999, 0 },
	{ "UNTIL", NULL, 0, 0 },
	{ "EXDATE", NULL, 0, LIST },
	{ "BYDAY", "MO TU WE TH FR SA SU", 53, LIST | SIGNED },
	{ "BYMONTHDAY", NULL, 31, LIST | SIGNED },
	{ "BYYEARDAY", NULL, 366, LIST | SIGNED },
	{ "BYWEEKNO", NULL, 53, LIST | SIGNED },
	{ "BYMONTH", NULL, 12, LIST },
	{ "BYHOUR", NULL, 23, LIST | FROM_0 },
	{ "BYMINUTE", NULL, 59, LIST | FROM_0 },
	{ "BYSETPOS", NULL, 366, LIST | SIGNED },
	{ "WKST", "MO TU WE TH FR SA SU", 0, 0 },
};
enum { FREQ, INTERVAL, COUNT, UNTIL, EXDATE };

/* MO, or of those with a number the second one, 2MO, or the last, -1MO. */
static bool is_value(struct str s, const struct part *p)
{
	if (p == &parts[UNTIL] || p == &parts[EXDATE])
		return is_time(s, p == &parts[EXDATE]);
	if (!p->words)
		return is_number(s, !(p->flags & FROM_0), p->most, p->flags);
	size_t number = p->most && s.n > 2 ? s.n - 2 : 0;
	return words_have(p->words, str_sub(s, number, s.n)) &&
	       (!number || is_number(str_sub(s, 0, number), 1, p->most, p->flags));
}

/* One NAME=VALUE; notes in `seen` which it was. */
static bool check_part(struct str part, unsigned *seen)
{
	struct str name, value, one;
	size_t i = 0;
	ptrdiff_t at = str_find(part, '=');
	if (at < 0)
		return false;
	name = str_sub(part, 0, (size_t)at);
	value = str_sub(part, (size_t)at + 1, part.n);
	while (i < countof(parts) && !str_is(name, parts[i].name))
		i++;
	if (i == countof(parts) || *seen & 1U << i || !value.n || value.p[value.n - 1] == ',')
		return false;
	*seen |= 1U << i;
	if (!(parts[i].flags & LIST))
		return is_value(value, &parts[i]);
	while (str_cut(&value, ',', &one))
		if (!is_value(one, &parts[i]))
			return false;
	return true;
}

/* In capitals, without what an iCalendar file has before it. */
static bool parse_rrule(struct value *v, struct str s, const struct field *f, const struct codec *c,
			struct diag *d)
{
	unsigned seen = 0;
	char *copy = memcpy(arena_alloc(c->arena, s.n + 1), s.p, s.n);
	for (size_t i = 0; i < s.n; i++)
		copy[i] = (char)toupper((unsigned char)copy[i]);
	copy[s.n] = '\0';
	struct str rule = { copy, s.n };
	if (str_starts(rule, "RRULE:"))
		rule = str_sub(rule, sizeof "RRULE:" - 1, rule.n);
	struct str rest = rule, part;
	while (str_cut(&rest, ';', &part))
		if (!check_part(part, &seen))
			return diag_set(d, f->name,
					"%s is no part of a rule such as FREQ=WEEKLY;BYDAY=MO",
					quoted(part, &d->arena));
	if (!(seen & 1U << FREQ))
		return diag_set(d, f->name, "the rule does not say FREQ=");
	if (seen & 1U << COUNT && seen & 1U << UNTIL)
		return diag_set(d, f->name, "COUNT or UNTIL, not both");
	*v = value_text(rule);
	return true;
}

static struct cell print_rrule(const struct value *v, const struct field *f, const struct codec *c)
{
	return type_code.print(v, f, c);
}

const struct type type_rrule = { "rrule",
				 "TEXT",
				 COMPARE_EXACT,
				 false,
				 "when it comes again (RFC 5545): FREQ=WEEKLY;BYDAY=MO,TH",
				 parse_rrule,
				 print_rrule,
				 NULL };
