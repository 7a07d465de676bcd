/* How often, and at what hours, somebody may be rung or written to unasked. */
#include "domain/allowance.h"

#include <stdlib.h>

#include "core/date.h"
#include "domain/match.h"
#include "schema/reach.h"

/* The hours of the day within which Vietnam allows advertisements by a channel. */
static const struct daytime {
	const char *channel;
	int from, to;
} vietnam[] = {
	{ "call", 8, 17 },
	{ "sms", 7, 22 },
	{ "zalo", 7, 22 },
};

static bool is_vietnam(const struct store *s)
{
	return s->settings.region && !strcmp(s->settings.region, "VN");
}

int64_t allowance_messages(const struct store *s)
{
	enum { VIETNAM = 3 };
	return is_vietnam(s) ? VIETNAM : 0;
}

int64_t allowance_hour(const struct store *s, struct str kind, int64_t at)
{
	size_t i = 0;
	while (i < countof(vietnam) && !str_is(kind, vietnam[i].channel))
		i++;
	if (i == countof(vietnam) || !is_vietnam(s))
		return at;
	int64_t day = zone_day(at);
	int second = zone_second(at), from = vietnam[i].from * 3600, to = vietnam[i].to * 3600;
	if (second < from)
		return zone_instant(day, from);
	return second < to ? at : zone_instant(day + 1, from);
}

/* When, the last `most` times since then; of an account what was not about one of its people. */
static void person_sql(struct sql *q, const struct store *s, const struct channel *c,
		       const struct person *p, int64_t since, int64_t most)
{
	const struct entity *activity = store_entity(s, "activity");
	bool call = !strcmp(c->name, "call");
	sql_add(q, "select coalesce(done_at, created_at) from ");
	sql_stored(q, activity);
	sql_add(q, " where ");
	sql_refers(q, activity, p->entity->name, p->id);
	if (!strcmp(p->entity->name, "account"))
		sql_add(q, " and contact is null");
	sql_add(q, " and kind = ");
	sql_text(q, str_of(c->activity));
	if (call)
		sql_add(q, " and status = 'done'");
	else
		sql_add(q, " and automatic = 1 and status in ('done', 'planned')");
	sql_add(q, " and coalesce(direction, 'out') <> 'in' and coalesce(done_at, created_at) > ");
	sql_text(q, instant_print(since, q->arena));
	sql_add(q, " order by 1 desc limit ");
	sql_int(q, most);
}

/* The latest first. */
static int latest(const void *a, const void *b)
{
	int64_t x = *(const int64_t *)a, y = *(const int64_t *)b;
	return (x < y) - (x > y);
}

/* The `most` latest times. */
struct times {
	int64_t at[ALLOWANCE_MAX];
	size_t n, most;
};

static void remember(struct times *t, int64_t at)
{
	if (t->n < t->most)
		t->at[t->n++] = at;
	else if (at > t->at[t->most - 1])
		t->at[t->most - 1] = at;
	qsort(t->at, t->n, sizeof *t->at, latest);
}

static void add_person(struct store *s, const struct channel *c, const struct person *p,
		       struct times *t, struct arena *a)
{
	struct sql q = { .arena = a };
	int64_t at;
	person_sql(&q, s, c, p, s->settings.calendar.now - DAY_SECONDS, (int64_t)t->most);
	struct stmt *rows = db_query(s->db, &q);
	while (stmt_step(rows))
		if (instant_scan(stmt_value(rows, 0).s, &at))
			remember(t, at);
	stmt_close(rows);
	sql_free(&q);
}

/* Those of the type who have the key, but for the person. */
static void add_holders(struct store *s, const struct channel *c, const struct entity *e,
			enum match_by sign, struct str key, const struct person *but,
			struct times *t, struct arena *a)
{
	struct matched who[MATCH_MAX];
	size_t n = match_key(s, e, sign, key, MATCH_HIDDEN, who, countof(who));
	for (size_t i = 0; i < n; i++) {
		struct person other = { e, who[i].id };
		if (e != but->entity || other.id != but->id)
			add_person(s, c, &other, t, a);
	}
}

/* All others who have the address. */
static void add_others(struct store *s, const struct channel *c, const struct person *p,
		       struct str address, struct times *t, struct arena *a)
{
	enum match_by sign = !strcmp(c->name, "email") ? MATCH_EMAIL : MATCH_PHONE;
	struct codec codec = store_codec(s, a);
	struct str keys[MATCH_KEYS];
	size_t nkeys = match_keys(sign, address, &codec, keys);
	for (size_t i = 0; i < nkeys; i++)
		for (size_t k = 0; k < PERSON_TYPES; k++)
			add_holders(s, c, store_entity(s, person_types[k]), sign, keys[i], p, t, a);
}

int64_t allowance_next(struct store *s, struct str kind, const struct person *p, struct str address,
		       int64_t most, struct arena *a)
{
	const struct channel *c = channel_named(kind);
	struct times t = { .most = (size_t)(most < ALLOWANCE_MAX ? most : ALLOWANCE_MAX) };
	if (!c || !most)
		return INT64_MIN;
	add_person(s, c, p, &t, a);
	add_others(s, c, p, address, &t, a);
	return t.n == t.most ? t.at[t.most - 1] + DAY_SECONDS : INT64_MIN;
}
