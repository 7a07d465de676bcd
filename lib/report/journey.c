/* Whose touch was whose way to a deal. */
#include "report/journey.h"

#include <stdlib.h>

#include "core/buf.h"
#include "schema/check.h"
#include "schema/label.h"

/* -- from references to numbers: one table for all types -- */

enum tag { OF_DEAL, OF_LEAD, OF_ACCOUNT, OF_CONTACT, TAGS };

struct slot {
	int64_t key; /* id and tag; 0: free */
	uint32_t number;
};

struct table {
	struct slot *slots;
	size_t mask;
};

static struct slot *slot_of(const struct table *t, int64_t id, enum tag tag)
{
	int64_t key = id * TAGS + (int64_t)tag;
	size_t i = (size_t)(((uint64_t)key * UINT64_C(0x9E3779B97F4A7C15)) >> 20) & t->mask;
	while (t->slots[i].key && t->slots[i].key != key)
		i = (i + 1) & t->mask;
	return &t->slots[i];
}

/* The first number that came for it stays. */
static void enter(struct table *t, int64_t id, enum tag tag, size_t number)
{
	struct slot *s = id ? slot_of(t, id, tag) : NULL;
	if (s && !s->key)
		*s = (struct slot){ id * TAGS + (int64_t)tag, (uint32_t)number };
}

static void open_table(struct table *t, size_t n)
{
	size_t size = 64;
	while (size < n * TAGS * 2)
		size *= 2;
	*t = (struct table){ xcalloc(size, sizeof *t->slots), size - 1 };
}

/* -- deals -- */

struct reading {
	struct study *study;
	struct journeys *out;
	struct table table;
	uint32_t *by_account, *by_contact; /* deals of each, in time */
	struct map points;
	size_t deals_room, touches_room, points_room;
};

enum { D_ID, D_ACCOUNT, D_CONTACT, D_LEAD, D_CLOSED, D_KIND };

static void deals_sql(struct sql *q)
{
	sql_add(q, "select t0.id, t0.account, t0.contact, t0.lead, t0.closed_at, s.kind"
		   " from stage s cross join deal t0 where s.kind <> 'open' and t0.stage = s.key"
		   " and t0.pipeline = s.pipeline and t0.closed_at is not null");
}

enum { A_KIND, A_CHANNEL, A_STATUS, A_STARTED, A_DONE, A_LEAD, A_ACCOUNT, A_CONTACT, A_DEAL };

/* All of them, as they lie there: which count is asked in C, or an index would lead. */
static void activities_sql(struct sql *q)
{
	sql_add(q, "select kind, channel, status, started_at, done_at, lead, account, contact, deal"
		   " from activity");
}

enum { E_KIND, E_AT, E_LEAD, E_ACCOUNT, E_CONTACT };

static void events_sql(struct sql *q)
{
	sql_add(q, "select kind, at, lead, account, contact from event");
}

bool journeys_besides(struct sql *q, size_t i)
{
	static void (*const all[])(struct sql *) = { deals_sql, activities_sql, events_sql };
	if (i < countof(all))
		all[i](q);
	return i < countof(all);
}

static int64_t id_of(struct stmt *s, size_t column)
{
	struct value v = stmt_value(s, column);
	return v.kind == V_INT ? v.i : 0;
}

static void read_deals(struct reading *r)
{
	struct journeys *j = r->out;
	struct sql q = { .arena = report_arena(r->study->job) };
	deals_sql(&q);
	struct stmt *s = db_query(report_store(r->study->job)->db, &q);
	while (stmt_step(s)) {
		struct closed_deal deal = { .id = id_of(s, D_ID),
					    .account = id_of(s, D_ACCOUNT),
					    .contact = id_of(s, D_CONTACT),
					    .lead = id_of(s, D_LEAD) };
		if (!instant_scan(stmt_value(s, D_CLOSED).s, &deal.at))
			continue;
		deal.won = str_is(stmt_value(s, D_KIND).s, "won");
		j->deals = study_grown(j->deals, j->ndeals, &r->deals_room, sizeof *j->deals);
		j->deals[j->ndeals++] = deal;
	}
	stmt_close(s);
	sql_free(&q);
}

enum { J_ID, J_AMOUNT };
const char *const journey_paths[] = { "id", "amount", NULL };

/* What is asked for leaves deals out, not their touches to others. */
static void choose_deals(struct reading *r)
{
	struct records *chosen = records_open(r->study->job, "deal", journey_paths);
	int64_t today = study_today(r->study);
	struct value when;
	const struct value *v;
	while ((v = records_next(chosen, &when))) {
		const struct slot *s = slot_of(&r->table, v[J_ID].i, OF_DEAL);
		struct closed_deal *deal = s->key ? &r->out->deals[s->number] : NULL;
		if (!deal)
			continue;
		deal->chosen = zone_day(deal->at) <= today;
		deal->amount = v[J_AMOUNT].kind == V_INT ? v[J_AMOUNT].i : 0;
		deal->currency = currency_code(records_currency(chosen));
	}
	records_close(chosen);
}

static int compare_deals(const struct closed_deal *x, const struct closed_deal *y, int64_t whose_x,
			 int64_t whose_y)
{
	if (whose_x != whose_y)
		return whose_x < whose_y ? -1 : 1;
	if (x->at != y->at)
		return x->at < y->at ? -1 : 1;
	return (x->id > y->id) - (x->id < y->id);
}

struct placed {
	const struct closed_deal *deal;
	uint32_t number;
};

static int by_account(const void *a, const void *b)
{
	const struct closed_deal *x = ((const struct placed *)a)->deal;
	const struct closed_deal *y = ((const struct placed *)b)->deal;
	return compare_deals(x, y, x->account, y->account);
}

static int by_contact(const void *a, const void *b)
{
	const struct closed_deal *x = ((const struct placed *)a)->deal;
	const struct closed_deal *y = ((const struct placed *)b)->deal;
	return compare_deals(x, y, x->contact, y->contact);
}

/* The deals in that order; where those of each begin is entered. */
static uint32_t *order_deals(struct reading *r, enum tag tag)
{
	const struct journeys *j = r->out;
	bool account = tag == OF_ACCOUNT;
	struct placed *placed = xcalloc(j->ndeals + 1, sizeof *placed);
	uint32_t *order = xcalloc(j->ndeals + 1, sizeof *order);
	for (uint32_t i = 0; i < j->ndeals; i++)
		placed[i] = (struct placed){ &j->deals[i], i };
	if (j->ndeals)
		qsort(placed, j->ndeals, sizeof *placed, account ? by_account : by_contact);
	for (size_t i = 0; i < j->ndeals; i++) {
		const struct closed_deal *deal = placed[i].deal;
		order[i] = placed[i].number;
		enter(&r->table, account ? deal->account : deal->contact, tag, i);
	}
	free(placed);
	return order;
}

static void enter_deals(struct reading *r)
{
	const struct journeys *j = r->out;
	open_table(&r->table, j->ndeals);
	for (size_t i = 0; i < j->ndeals; i++) {
		enter(&r->table, j->deals[i].id, OF_DEAL, i);
		enter(&r->table, j->deals[i].lead, OF_LEAD, i);
	}
	r->by_account = order_deals(r, OF_ACCOUNT);
	r->by_contact = order_deals(r, OF_CONTACT);
}

/* -- touches -- */

/* The first deal of an account or contact that was closed at that instant or later. */
static struct closed_deal *next_deal(const struct reading *r, int64_t id, enum tag tag, int64_t at)
{
	struct journeys *j = r->out;
	const uint32_t *order = tag == OF_ACCOUNT ? r->by_account : r->by_contact;
	const struct slot *s = slot_of(&r->table, id, tag);
	for (size_t i = s->number; s->key && i < j->ndeals; i++) {
		struct closed_deal *deal = &j->deals[order[i]];
		if ((tag == OF_ACCOUNT ? deal->account : deal->contact) != id)
			break;
		if (deal->at >= at)
			return deal;
	}
	return NULL;
}

static struct closed_deal *deal_of(const struct reading *r, const int64_t ids[TAGS], int64_t at)
{
	const struct slot *s;
	if (ids[OF_DEAL]) {
		s = slot_of(&r->table, ids[OF_DEAL], OF_DEAL);
		return s->key ? &r->out->deals[s->number] : NULL;
	}
	s = ids[OF_LEAD] ? slot_of(&r->table, ids[OF_LEAD], OF_LEAD) : NULL;
	if (s && s->key)
		return &r->out->deals[s->number];
	if (ids[OF_ACCOUNT])
		return next_deal(r, ids[OF_ACCOUNT], OF_ACCOUNT, at);
	return ids[OF_CONTACT] ? next_deal(r, ids[OF_CONTACT], OF_CONTACT, at) : NULL;
}

bool touch_of_activity(const struct value *kind, const struct value *channel, struct str *point)
{
	*point = channel->kind == V_TEXT ? channel->s : kind->s;
	return !str_is(*point, "note") && !str_is(*point, "task");
}

/* What others did to the customer, or the sale itself, is no touch of theirs. */
bool touch_of_event(struct str kind)
{
	static const char *const others[] = { "email_sent", "bounce", "order", "payment", NULL };
	return !is_one_of(kind, others);
}

static size_t point_number(struct reading *r, struct str key)
{
	struct journeys *j = r->out;
	int64_t *number = map_at(&r->points, key);
	if (!*number) {
		j->points = study_grown(j->points, j->npoints, &r->points_room, sizeof *j->points);
		j->points[j->npoints] = arena_str(&j->arena, key);
		*number = (int64_t)++j->npoints;
	}
	return (size_t)*number - 1;
}

static void add_touch(struct reading *r, const int64_t ids[TAGS], int64_t at, struct str point)
{
	struct journeys *j = r->out;
	struct closed_deal *deal = deal_of(r, ids, at);
	if (!deal || !deal->chosen || at > deal->at)
		return;
	j->touches = study_grown(j->touches, j->ntouches, &r->touches_room, sizeof *j->touches);
	j->touches[j->ntouches++] =
	    (struct touch){ at, (uint32_t)(deal - j->deals), (uint32_t)point_number(r, point) };
	deal->n++;
}

static void read_activities(struct reading *r)
{
	struct sql q = { .arena = report_arena(r->study->job) };
	activities_sql(&q);
	struct stmt *s = db_query(report_store(r->study->job)->db, &q);
	while (stmt_step(s)) {
		int64_t ids[TAGS] = { [OF_DEAL] = id_of(s, A_DEAL),
				      [OF_LEAD] = id_of(s, A_LEAD),
				      [OF_ACCOUNT] = id_of(s, A_ACCOUNT),
				      [OF_CONTACT] = id_of(s, A_CONTACT) },
			at;
		struct value kind = stmt_value(s, A_KIND), channel = stmt_value(s, A_CHANNEL);
		struct value when = stmt_value(s, A_STARTED);
		struct str point;
		if (!str_is(stmt_value(s, A_STATUS).s, "done") ||
		    !touch_of_activity(&kind, &channel, &point))
			continue;
		if (when.kind != V_TEXT)
			when = stmt_value(s, A_DONE);
		if (when.kind == V_TEXT && instant_scan(when.s, &at))
			add_touch(r, ids, at, point);
	}
	stmt_close(s);
	sql_free(&q);
}

static void read_events(struct reading *r)
{
	struct sql q = { .arena = report_arena(r->study->job) };
	events_sql(&q);
	struct stmt *s = db_query(report_store(r->study->job)->db, &q);
	while (stmt_step(s)) {
		int64_t ids[TAGS] = { [OF_LEAD] = id_of(s, E_LEAD),
				      [OF_ACCOUNT] = id_of(s, E_ACCOUNT),
				      [OF_CONTACT] = id_of(s, E_CONTACT) },
			at;
		struct str kind = stmt_value(s, E_KIND).s;
		if (touch_of_event(kind) && instant_scan(stmt_value(s, E_AT).s, &at))
			add_touch(r, ids, at, kind);
	}
	stmt_close(s);
	sql_free(&q);
}

static int by_time(const void *a, const void *b)
{
	const struct touch *x = a, *y = b;
	if (x->at != y->at)
		return x->at < y->at ? -1 : 1;
	return (x->point > y->point) - (x->point < y->point);
}

/* Deal by deal, each in time. */
static void sort_touches(struct journeys *j)
{
	struct touch *sorted = xcalloc(j->ntouches + 1, sizeof *sorted);
	size_t at = 0;
	for (size_t i = 0; i < j->ndeals; i++) {
		j->deals[i].first = at;
		at += j->deals[i].n;
		j->deals[i].n = 0;
	}
	for (size_t i = 0; i < j->ntouches; i++) {
		struct closed_deal *deal = &j->deals[j->touches[i].deal];
		sorted[deal->first + deal->n++] = j->touches[i];
	}
	for (size_t i = 0; i < j->ndeals; i++)
		if (j->deals[i].n > 1)
			qsort(sorted + j->deals[i].first, j->deals[i].n, sizeof *sorted, by_time);
	free(j->touches);
	j->touches = sorted;
}

void journeys_read(struct study *study, struct journeys *out)
{
	struct reading r = { .study = study, .out = out };
	*out = (struct journeys){ 0 };
	read_deals(&r);
	enter_deals(&r);
	choose_deals(&r);
	read_activities(&r);
	read_events(&r);
	sort_touches(out);
	free(r.table.slots);
	free(r.by_account);
	free(r.by_contact);
	map_free(&r.points);
}

void journeys_free(struct journeys *j)
{
	free(j->deals);
	free(j->touches);
	free(j->points);
	arena_free(&j->arena);
}

/* -- words -- */

/* A channel, or the kind of an activity or event. */
static struct str step_word(const struct schema *schema, struct str key, enum language l)
{
	static const char *const lists[] = { "activity.channel", "activity.kind", "event.kind" };
	struct str word = key;
	for (size_t i = 0; i < countof(lists) && str_eq(word, key); i++)
		word = key_label(schema_picklist(schema, lists[i]), key, l);
	return word;
}

struct str touch_words(const struct schema *s, struct str path, enum language l, struct arena *a)
{
	struct buf text = { 0 };
	struct str rest = path, key;
	while (str_cut(&rest, ';', &key)) {
		buf_puts(&text, text.n ? " → " : "");
		buf_put(&text, step_word(s, key, l));
	}
	struct str words = buf_copy(&text, a);
	buf_free(&text);
	return words;
}
