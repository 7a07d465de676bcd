/* Occasions that the calendar brings: dates, instants, and the days on which they come again. */
#include "core/date.h"
#include "core/hours.h"
#include "domain/follow_impl.h"
#include "store/service.h"

/* The latest instant (or day) that counts as come when it is `at`. */
static int64_t ahead(struct follow *f, const struct rule *r, const struct occasion *o, int64_t at)
{
	const struct delay *b = &o->before;
	if (o->field->type == &type_date)
		return zone_day(at) + b->days;
	if (b->days)
		return zone_instant(zone_day(at) + b->days, zone_second(at));
	if (!b->seconds || r->always)
		return at + b->seconds;
	int64_t there = hours_add(&service_get(f->store)->hours, at, b->seconds);
	return there == INT64_MAX ? at + b->seconds : there;
}

static bool is_leap(int year)
{
	return civil_valid((struct civil){ year, 2, 29 });
}

/* Whether the day, or of 29 February its stand-in, is that day of the year: 28 February. */
static bool is_day_of_year(struct str day, struct civil c)
{
	struct str tail = day.n > 5 ? str_sub(day, day.n - 5, 5) : day;
	char text[16];
	snprintf(text, sizeof text, "%02d-%02d", c.month, c.day);
	return str_is(tail, text) ||
	       (c.month == 2 && c.day == 28 && !is_leap(c.year) && str_is(tail, "02-29"));
}

/* The first of days first … last that is the anniversary of `day`. */
static bool anniversary(struct str day, int64_t first, int64_t last, int64_t *found)
{
	int64_t born;
	bool known = day_scan(day, &born);
	for (int64_t d = first; d <= last && d - first < 366; d++)
		if (is_day_of_year(day, civil_of(d)) && (!known || d > born)) {
			*found = d;
			return true;
		}
	return false;
}

static struct str year_key(struct follow *f, const struct occasion *o, int64_t day)
{
	return arena_printf(f->arena, "%s %d", o->field->name, civil_of(day).year);
}

static void name_date(struct follow *f, const struct occasion *o, struct str text, int64_t *at,
		      struct str *key)
{
	int64_t day;
	*key = arena_printf(f->arena, "%s %.*s", o->field->name, (int)text.n, text.p);
	if (o->field->type == &type_date && day_scan(text, &day))
		*at = zone_instant(day - o->before.days, 0);
	else if (instant_scan(text, at) && o->before.days)
		*at = zone_instant(zone_day(*at) - o->before.days, zone_second(*at));
}

bool date_moment(struct follow *f, const struct rule *r, const struct occasion *o, struct value v,
		 int64_t *at, struct str *key)
{
	int64_t now = f->store->settings.calendar.now, day, limit = ahead(f, r, o, now);
	if (v.kind != V_TEXT)
		return false;
	if (o->yearly) {
		if (!anniversary(v.s, zone_day(now), limit, &day))
			return false;
		*at = zone_instant(day - o->before.days, 0);
		*key = year_key(f, o, day);
		return true;
	}
	name_date(f, o, v.s, at, key);
	if (*at > now && o->before.seconds) /* of business: counted forward alone */
		*at = now;
	return o->field->type == &type_date ? day_scan(v.s, &day) && day <= limit
					    : instant_scan(v.s, &day) && day <= limit;
}

/* Days of the year first … last, as the ends of dates. */
static void add_days_of_year(struct sql *q, int64_t first, int64_t last, struct arena *a)
{
	for (int64_t d = first; d <= last && d - first < 366; d++) {
		struct civil c = civil_of(d);
		if (d > first)
			sql_add(q, ", ");
		sql_text(q, arena_printf(a, "%02d-%02d", c.month, c.day));
		if (c.month == 2 && c.day == 28 && !is_leap(c.year))
			sql_add(q, ", '02-29'");
	}
}

static void window_sql(struct sql *q, struct follow *f, const struct occasion *o, int64_t first,
		       int64_t last, int64_t behind)
{
	bool day = o->field->type == &type_date;
	struct arena *a = f->arena;
	sql_add(q, "select id, ");
	sql_column(q, o->field);
	sql_add(q, " from ");
	sql_table(q, o->entity);
	sql_add(q, " where ");
	if (o->yearly) {
		sql_add(q, "substr(");
		sql_column(q, o->field);
		sql_add(q, ", length(");
		sql_column(q, o->field);
		sql_add(q, ") - 4) in (");
		add_days_of_year(q, first + 1, last, a);
		sql_add(q, ")");
	} else {
		sql_column(q, o->field);
		sql_add(q, " > ");
		sql_text(q, day ? day_print(first, a) : instant_print(first, a));
		sql_add(q, " and ");
		sql_column(q, o->field);
		sql_add(q, " <= ");
		sql_text(q, day ? day_print(last, a) : instant_print(last, a));
	}
	sql_add(q, " and id > ");
	sql_int(q, behind);
	sql_add(q, " order by id limit ");
	sql_int(q, BATCH);
}

static bool name_one(struct follow *f, const struct occasion *o, int64_t first, int64_t last,
		     struct str text, struct found *one)
{
	int64_t day;
	if (!o->yearly) {
		one->at = f->store->settings.calendar.now;
		name_date(f, o, text, &one->at, &one->key);
		if (o->before.seconds)
			one->at = f->store->settings.calendar.now;
		return true;
	}
	if (!anniversary(text, first + 1, last, &day))
		return false;
	one->at = zone_instant(day - o->before.days, 0);
	one->key = year_key(f, o, day);
	return true;
}

/* Those of a part of the list that still matter. */
static void keep_guarded(struct follow *f, const struct occasion *o, const struct found_list *all,
			 struct found_list *out)
{
	struct map good = { 0 };
	int64_t *ids = arena_new(f->arena, int64_t, all->n + 1);
	for (size_t i = 0; i < all->n; i++)
		ids[i] = all->items[i].id;
	if (o->guard && all->n)
		match_set(f, o->entity, &o->guard, 1, ids, all->n, &good);
	for (size_t i = 0; i < all->n; i++)
		if (!o->guard || match_has(&good, ids[i]))
			found_add(out, all->items[i], f->arena);
	map_free(&good);
}

/* True: all of the window was gone through. */
static bool one_window(struct follow *f, const struct rule *r, const struct rule_place *p,
		       const struct occasion *o, struct found_list *out)
{
	int64_t last = ahead(f, r, o, f->store->settings.calendar.now), n = 0;
	int64_t first = ahead(f, r, o, p->followed.at);
	struct sql q = { .arena = f->arena };
	struct found_list all = { 0 };
	if (first >= last)
		return true;
	int64_t *behind = map_at(
	    &f->passed, arena_printf(f->arena, "%s %s", place_name(r, f->arena), o->field->name));
	window_sql(&q, f, o, first, last, *behind);
	struct stmt *rows = db_query(f->store->db, &q);
	while (stmt_step(rows)) {
		struct found one = { .id = *behind = stmt_value(rows, 0).i };
		struct str text = arena_str(f->arena, stmt_value(rows, 1).s);
		n++;
		if (name_one(f, o, first, last, text, &one))
			found_add(&all, one, f->arena);
	}
	stmt_close(rows);
	sql_free(&q);
	keep_guarded(f, o, &all, out);
	return n < BATCH;
}

bool dates_find(struct follow *f, const struct rule *r, const struct rule_place *p,
		struct found_list *out)
{
	bool whole = true;
	for (const struct occasion *o = &r->when; o; o = o->also)
		whole &= one_window(f, r, p, o, out);
	return whole;
}

int64_t follow_after(struct store *s, int64_t from, const struct delay *delay, bool always)
{
	const struct hours *h = &service_get(s)->hours;
	int64_t at = from;
	if (delay->days)
		at = zone_instant(zone_day(at) + delay->days, zone_second(at));
	if (always || (!delay->days && !delay->seconds))
		return at + delay->seconds;
	/* To the second at which there is one of business left: where business goes on. */
	int64_t there = hours_add(h, at, delay->seconds ? delay->seconds : 1);
	if (there == INT64_MAX)
		return at + delay->seconds;
	return delay->seconds ? there : there - 1;
}
