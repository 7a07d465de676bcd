/* Users as those who deal out see them: on duty, with how much room. */
#include "core/date.h"
#include "core/utf8.h"
#include "domain/assign_impl.h"
#include "store/service.h"

enum { MONTH_DAYS = 30 };

enum { ID, LOGIN, ROLE, TEAM, ACTIVE, ON_DUTY, WEIGHT, CAPACITY, SHIFT, SKILLS, TERRITORIES };

static const char *const columns[] = {
	[ID] = "id",
	[LOGIN] = "login",
	[ROLE] = "role",
	[TEAM] = "team",
	[ACTIVE] = "active",
	[ON_DUTY] = "on_duty",
	[WEIGHT] = "weight",
	[CAPACITY] = "capacity",
	[SHIFT] = "shift",
	[SKILLS] = "skills",
	[TERRITORIES] = "territories",
};

static struct str text_at(struct stmt *rows, size_t i, struct arena *a)
{
	struct value v = stmt_value(rows, i);
	return v.kind == V_TEXT ? arena_str(a, v.s) : STR("");
}

static int64_t int_at(struct stmt *rows, size_t i, int64_t none)
{
	struct value v = stmt_value(rows, i);
	return v.kind == V_INT ? v.i : none;
}

/* On holidays a shift is what the house's own hours are; without a shift any hour is theirs. */
static bool in_shift(struct store *s, struct str shift)
{
	const struct service *v = service_get(s);
	struct arena a = { 0 };
	struct diag d = { 0 };
	struct hours h;
	int64_t now = s->settings.calendar.now;
	bool in = !shift.n || !hours_parse(&h, shift, str_of(v->special), &a, &d) ||
		  hours_between(&h, now, now + 1) > 0;
	diag_free(&d);
	arena_free(&a);
	return in;
}

static struct person read_person(struct assigner *g, struct stmt *rows)
{
	struct arena *a = g->arena;
	struct person p = {
		.id = stmt_value(rows, ID).i,
		.login = text_at(rows, LOGIN, a).p,
		.role = text_at(rows, ROLE, a).p,
		.team = int_at(rows, TEAM, 0),
		.weight = int_at(rows, WEIGHT, 1),
		.capacity = int_at(rows, CAPACITY, -1),
		.skills = utf8_fold(text_at(rows, SKILLS, a), a),
		.territories = utf8_fold(text_at(rows, TERRITORIES, a), a),
		.active = int_at(rows, ACTIVE, 0) != 0,
		.open = -1,
		.day = -1,
		.month = -1,
	};
	if (!p.active)
		p.away = "retired";
	else if (!int_at(rows, ON_DUTY, 0))
		p.away = "off_duty";
	else if (!in_shift(g->store, text_at(rows, SHIFT, a)))
		p.away = "off_shift";
	return p;
}

static void read_absences(struct assigner *g)
{
	struct sql q = { .arena = g->arena };
	struct str now = instant_print(g->store->settings.calendar.now, g->arena);
	size_t n;
	sql_add(&q, "select \"user\" from main.absence where from_at <= ");
	sql_text(&q, now);
	sql_add(&q, " and to_at > ");
	sql_text(&q, now);
	int64_t *ids = store_ids(g->store, &q, &n, g->arena);
	for (size_t i = 0; i < n; i++) {
		struct person *p = person_of(g, ids[i]);
		if (p && !p->away)
			p->away = "absent";
	}
	sql_free(&q);
}

void people_load(struct assigner *g)
{
	struct sql q = { .arena = g->arena };
	size_t room = (size_t)store_count(g->store, g->user);
	g->persons = arena_new(g->arena, struct person, room + 1);
	for (size_t i = 0; i < countof(columns); i++) {
		sql_add_literal(&q, i ? ", " : "select ");
		sql_column(&q, entity_field(g->user, str_of(columns[i])));
	}
	sql_add(&q, " from ");
	sql_stored(&q, g->user);
	sql_add(&q, " order by id");
	struct stmt *rows = db_query(g->store->db, &q);
	while (g->npersons < room && stmt_step(rows)) {
		struct person *p = &g->persons[g->npersons++];
		*p = read_person(g, rows);
		struct str id = arena_printf(g->arena, "%lld", (long long)p->id);
		*map_at(&g->places, id) = *map_at(&g->places, str_of(p->login)) =
		    (int64_t)g->npersons;
	}
	stmt_close(rows);
	sql_free(&q);
	read_absences(g);
}

struct person *person_called(const struct assigner *g, struct str login)
{
	int64_t *place = map_find(&g->places, login);
	return place ? &g->persons[*place - 1] : NULL;
}

/* No login is a number. */
struct person *person_of(const struct assigner *g, int64_t id)
{
	struct arena a = { 0 };
	struct person *p = person_called(g, arena_printf(&a, "%lld", (long long)id));
	arena_free(&a);
	return p;
}

static int64_t count(struct assigner *g, struct sql *q)
{
	size_t n;
	struct arena a = { 0 };
	int64_t *found = store_ids(g->store, q, &n, &a);
	int64_t counted = n ? found[0] : 0;
	sql_free(q);
	arena_free(&a);
	return counted;
}

int64_t person_open(struct assigner *g, struct person *p)
{
	struct sql q = { .arena = g->arena };
	if (p->open >= 0)
		return p->open;
	sql_add(&q, "select count(*) from main.lead where owner = ");
	sql_int(&q, p->id);
	sql_add(&q, " and status not in ('disqualified', 'converted')");
	return p->open = count(g, &q);
}

int64_t person_lately(struct assigner *g, struct person *p, bool month)
{
	struct sql q = { .arena = g->arena };
	int64_t *known = month ? &p->month : &p->day;
	int64_t today = zone_day(g->store->settings.calendar.now);
	if (*known >= 0)
		return *known;
	sql_add(&q, "select count(*) from main.assignment where \"user\" = ");
	sql_int(&q, p->id);
	sql_add(&q, " and at >= ");
	sql_text(&q,
		 instant_print(zone_instant(today - (month ? MONTH_DAYS - 1 : 0), 0), g->arena));
	sql_add(&q, " and candidates is not null");
	return *known = count(g, &q);
}

void person_got(struct person *p, int n, bool dealt)
{
	if (p->open >= 0)
		p->open += n;
	if (dealt && p->day >= 0)
		p->day += n;
	if (dealt && p->month >= 0)
		p->month += n;
}
