/* Dates in figures as files have them: day numbers, epochs, years of two figures, 03/04/2024. */
#include "domain/import_days.h"

#include <ctype.h>
#include <stdlib.h>

#include "core/buf.h"
#include "core/utf8.h"
#include "schema/places.h"

enum { WAITS = 1 }; /* value.scale of a text whose order is not known yet */

/* 3/4/2024: its numbers and where they stand; a birthday may have but two. */
struct figures {
	int n[3];
	size_t at[3], digits[3], count;
};

static bool read_figures(struct str s, struct figures *f)
{
	size_t i = 0;
	char mark = 0;
	*f = (struct figures){ 0 };
	for (; f->count < 3; f->count++) {
		size_t start = i;
		for (; i < s.n && isdigit((unsigned char)s.p[i]) && i - start < 4; i++)
			f->n[f->count] = f->n[f->count] * 10 + (s.p[i] - '0');
		f->at[f->count] = start;
		f->digits[f->count] = i - start;
		if (i == start || (f->count < 2 && i - start > 2))
			return false;
		if (i < s.n && strchr("/-.", s.p[i]) && (!mark || mark == s.p[i]) && f->count < 2)
			mark = s.p[i++];
		else
			break;
	}
	f->count++;
	return f->count >= 2 && (i == s.n || strchr(" ,Tt", s.p[i])) && f->digits[2] != 1 &&
	       f->digits[2] != 3 && (f->count == 3 || i == s.n);
}

static bool is_day(int day, int month)
{
	return day >= 1 && day <= 31 && month >= 1 && month <= 12;
}

/* In which orders the figures make a date: 1 << enum date_order; 0 for one that is no matter. */
static unsigned orders_of(const struct figures *f)
{
	unsigned all = 0;
	all |= (unsigned)is_day(f->n[0], f->n[1]) << ORDER_DMY;
	all |= (unsigned)is_day(f->n[1], f->n[0]) << ORDER_MDY;
	if (f->count == 3 && f->digits[2] == 2)
		all |= (unsigned)is_day(f->n[2], f->n[1]) << ORDER_YMD;
	else if (f->n[0] == f->n[1])
		all = 0;
	return all;
}

static struct import_days *days_of(struct import_mend *m, const struct field *f)
{
	for (size_t i = m->ndays; i-- > 0;)
		if (m->days[i].field == f && m->days[i].source == m->source)
			return &m->days[i];
	if (m->ndays == m->room) {
		m->room = m->room * 2 + 8;
		m->days = xrealloc(m->days, m->room * sizeof *m->days);
	}
	m->days[m->ndays] = (struct import_days){ .field = f, .source = m->source };
	return &m->days[m->ndays++];
}

/* --- what is certain --- */

/* The year that two figures mean. */
static int full_year(int two, const struct field *f, const struct codec *c)
{
	int now = civil_of(zone_day(c->settings->calendar.now)).year;
	int year = now / 100 * 100 + two;
	return year > now + (f->flags & F_PARTIAL ? 0 : 10) ? year - 100 : year;
}

/* Where the year of 12-Mar-24 stands; 0: it is no such date. */
static size_t year_behind_word(struct str s)
{
	size_t i = 0, letters = 0;
	while (i < s.n && i < 2 && isdigit((unsigned char)s.p[i]))
		i++;
	size_t digits = i;
	while (i < s.n && strchr(" -./", s.p[i]))
		i++;
	for (; i < s.n && isalpha((unsigned char)s.p[i]); i++)
		letters++;
	while (i < s.n && strchr(" -./,", s.p[i]))
		i++;
	bool two =
	    i + 2 <= s.n && isdigit((unsigned char)s.p[i]) && isdigit((unsigned char)s.p[i + 1]);
	bool ends = two && (i + 2 == s.n || strchr(" ,", s.p[i + 2]));
	return digits && letters >= 3 && ends ? i : 0;
}

/* The text with its year in four figures. */
static struct str with_century(struct import_mend *m, const struct field *f, struct str s,
			       enum date_order order, const struct codec *c)
{
	struct figures all;
	size_t at = year_behind_word(s);
	if (read_figures(s, &all) && all.count == 3 && all.digits[2] == 2)
		at = order == ORDER_YMD ? SIZE_MAX : all.at[2];
	if (!at)
		return s;
	at = at == SIZE_MAX ? 0 : at;
	if (at + 2 > s.n || !isdigit((unsigned char)s.p[at + 1]))
		return s;
	int two = (s.p[at] - '0') * 10 + (s.p[at + 1] - '0');
	import_note(&m->notes, ODD_CENTURY, m->source, str_of(f->name), m->line, s);
	return arena_printf(c->arena, "%.*s%04d%.*s", (int)at, s.p, full_year(two, f, c),
			    (int)(s.n - at - 2), s.p + at + 2);
}

static bool is_nothing(struct str s)
{
	size_t zeros = 0;
	for (size_t i = 0; i < s.n; i++) {
		if (!strchr("0/-. :T", s.p[i]))
			return false;
		zeros += s.p[i] == '0';
	}
	return zeros >= 3;
}

/* 45231 or 45231.75, the days since the end of 1899. */
static bool read_serial(struct str s, int64_t *day, int *second)
{
	enum { UNTIL_1970 = 25569, LEAST = 10000, MOST = 80000 };
	double part = 0, weight = .1;
	int64_t n;
	if (s.n < 5 || !str_int(str_sub(s, 0, 5), &n) || n < LEAST || n > MOST)
		return false;
	for (size_t i = 6; i < s.n; i++, weight /= 10) {
		if (!isdigit((unsigned char)s.p[i]))
			return false;
		part += weight * (s.p[i] - '0');
	}
	if (s.n > 5 && (s.p[5] != '.' || s.n == 6))
		return false;
	*second = (int)(part * DAY_SECONDS + .5);
	*day = n - UNTIL_1970 + *second / DAY_SECONDS;
	*second %= DAY_SECONDS;
	return true;
}

/* 1710235800 or 1710235800000, of this century and the end of the last. */
static bool read_epoch(struct str s, int64_t *instant)
{
	if ((s.n != 10 && s.n != 13) || !str_int(s, instant) || *instant < 0)
		return false;
	if (s.n == 13)
		*instant /= 1000;
	return *instant >= 500000000;
}

/* Day numbers and epochs, written as dates; false where it is neither. */
static bool from_number(struct import_mend *m, const struct field *f, struct cell *cell,
			struct str s, const struct codec *c)
{
	int64_t day, instant;
	int second;
	if (read_serial(s, &day, &second)) {
		import_note(&m->notes, ODD_SERIAL, m->source, str_of(f->name), m->line, s);
		struct str text = day_print(day, c->arena);
		if (second && f->type == &type_instant)
			text = instant_print(zone_instant(day, second), c->arena);
		*cell = (struct cell){ CELL_TEXT, text };
		return true;
	}
	if (f->type == &type_instant && read_epoch(s, &instant)) {
		*cell = (struct cell){ CELL_TEXT, instant_print(instant, c->arena) };
		return true;
	}
	return false;
}

/* --- what has to wait --- */

static void add_proof(struct import_days *days, unsigned orders, struct import_mend *m,
		      struct str text)
{
	for (size_t i = 0; i < countof(days->proof); i++) {
		if (orders != 1U << i || days->proof[i])
			continue;
		days->proof[i] = m->line;
		days->text[i] = arena_str(&m->arena, text);
	}
}

void import_mend_date(struct import_mend *m, const struct field *f, struct cell *cell,
		      struct value *v, const struct codec *c, bool ordered)
{
	struct str text = utf8_trim(cell->text);
	struct figures all;
	int64_t at;
	if (day_scan(text, &at) || instant_scan(text, &at)) /* what nearly every stream holds */
		return;
	if (is_nothing(text)) {
		import_note(&m->notes, ODD_EMPTY, m->source, str_of(f->name), m->line, text);
		*cell = (struct cell){ CELL_ABSENT, STR("") };
		return;
	}
	if (from_number(m, f, cell, text, c))
		return;
	bool figures = read_figures(text, &all) && (all.count == 3 || f->flags & F_PARTIAL);
	unsigned orders = figures ? orders_of(&all) : 0;
	if (ordered || !orders) {
		text = with_century(m, f, text, c->settings->calendar.order, c);
		if (text.p != cell->text.p)
			*cell = (struct cell){ CELL_TEXT, text };
		return;
	}
	add_proof(days_of(m, f), orders, m, text);
	*v = value_text(text);
	v->scale = WAITS;
}

/* The order that the field's dates prove; false with diag: none, or more than one. */
static bool find_order(const struct import_days *days, const struct field *f, struct str text,
		       enum date_order *order, struct diag *d)
{
	size_t n = 0, which[3] = { 0 };
	for (size_t i = 0; i < countof(days->proof); i++)
		if (days->proof[i])
			which[n++] = i;
	*order = (enum date_order)which[0];
	if (n == 1)
		return true;
	if (!n)
		return diag_set(d, f->name, "%s could be two days; say --date-order dmy or mdy",
				quoted(text, &d->arena));
	return diag_set(d, f->name,
			"%s could be two days: line %ld has %s, but line %ld %s; say --date-order "
			"dmy or mdy",
			quoted(text, &d->arena), days->proof[which[0]],
			quoted(days->text[which[0]], &d->arena), days->proof[which[1]],
			quoted(days->text[which[1]], &d->arena));
}

static bool settle(struct import_mend *m, const struct field *f, struct value *v,
		   const struct codec *c, struct diag *d)
{
	static const enum import_oddity notes[] = { [ORDER_DMY] = ODD_DAY_FIRST,
						    [ORDER_MDY] = ODD_MONTH_FIRST,
						    [ORDER_YMD] = ODD_YEAR_FIRST };
	struct import_days *days = days_of(m, f);
	enum date_order order;
	struct figures all;
	if (!find_order(days, f, v->s, &order, d))
		return false;
	read_figures(v->s, &all);
	unsigned orders = orders_of(&all);
	if (orders & (orders - 1)) /* this one did not say it itself */
		import_note(&m->notes, notes[order], m->source, str_of(f->name), days->proof[order],
			    days->text[order]);
	struct settings settings = *c->settings;
	struct codec own = *c;
	settings.calendar.order = order;
	own.settings = &settings;
	struct cell cell = { CELL_TEXT, with_century(m, f, v->s, order, &own) };
	return field_parse(f, v, cell, &own, d);
}

bool import_mend_settle(struct import_mend *m, struct record *r, const struct codec *c,
			struct diag *d)
{
	struct places times = entity_places(r->entity, TIME_PLACES);
	for (size_t i = 0; i < times.n; i++) {
		struct value *v = &r->values[times.at[i]];
		if (v->kind == V_TEXT && v->scale == WAITS &&
		    !settle(m, &r->entity->fields[times.at[i]], v, c, d))
			return false;
	}
	return true;
}
