/* Whose touch was whose way to a deal. */
#include <stdlib.h>

#include "core/buf.h"
#include "report/journey_impl.h"
#include "schema/check.h"
#include "schema/label.h"

/* -- what is read -- */

enum { T_ID, T_POINT, T_AT, T_REFS }; /* by tag from there on */

static const char activities[] =
    "select t.id, coalesce(t.channel, t.kind), coalesce(t.started_at, t.done_at), t.deal, t.lead,"
    " t.account, t.contact from activity t where t.status = 'done'";
static const char events[] = "select t.id, t.kind, t.at, null, t.lead, t.account, t.contact"
			     " from event t where true";

static const char *const tags[TAGS] = { "deal", "lead", "account", "contact" };

static const struct pass {
	const char *sql;
	enum tag by; /* TAGS: all */
} whole[] = { { activities, TAGS }, { events, TAGS } }, parts[] = {
	{ activities, OF_DEAL },    { activities, OF_LEAD }, { activities, OF_ACCOUNT },
	{ activities, OF_CONTACT }, { events, OF_LEAD },     { events, OF_ACCOUNT },
	{ events, OF_CONTACT },
};

static const struct entity *touched(const struct schema *s, const struct pass *p)
{
	return schema_entity(s, p->sql == events ? STR("event") : STR("activity"));
}

/* The i-th: all touches, or those with whom the deals have that were closed in the time. */
static const struct pass *pass_of(const struct job *j, size_t i)
{
	if (j->timing.range.has_from)
		return i < countof(parts) ? &parts[i] : NULL;
	return i < countof(whole) ? &whole[i] : NULL;
}

static void touches_sql(const struct job *j, struct sql *q, const struct pass *p)
{
	const struct range *r = &j->timing.range;
	sql_add_literal(q, p->sql);
	if (p->by == TAGS)
		return;
	sql_add(q, " and t.");
	sql_add_literal(q, tags[p->by]);
	sql_add(q, " in (select t0.");
	sql_add_literal(q, p->by == OF_DEAL ? "id" : tags[p->by]);
	sql_add(q, JOURNEY_DEALS " and t0.closed_at >= ");
	sql_param(q, value_text(instant_print(r->from, q->arena)));
	if (r->has_to) {
		sql_add(q, " and t0.closed_at < ");
		sql_param(q, value_text(instant_print(r->to, q->arena)));
	}
	sql_add(q, ")");
}

bool journeys_besides(const struct job *j, struct sql *q, size_t i)
{
	const struct pass *p = i ? pass_of(j, i - 1) : NULL;
	if (!i)
		journey_deals_sql(q);
	else if (p)
		touches_sql(j, q, p);
	return !i || p;
}

/* -- touches -- */

bool touch_of_activity(struct str point)
{
	return !str_is(point, "note") && !str_is(point, "task");
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
	uint32_t *recent = &r->recent[touch_place(key)];
	if (*recent && str_eq(j->points[*recent - 1], key))
		return *recent - 1;
	int64_t *number = map_at(&r->points, key);
	if (!*number) {
		j->points = xgrow(j->points, j->npoints, &r->points_room, sizeof *j->points);
		r->noted = xgrow(r->noted, j->npoints, &r->noted_room, sizeof *r->noted);
		j->points[j->npoints] = arena_str(&j->arena, key);
		r->noted[j->npoints] = (struct noted){ .first = INT64_MAX };
		*number = (int64_t)++j->npoints;
	}
	*recent = (uint32_t)*number;
	return *recent - 1;
}

/* Touches of one instant stand in the order in which their points were noted first. */
static void add_touch(struct reading *r, struct closed_deal *deal, int64_t at, size_t point,
		      int64_t noted)
{
	struct journeys *j = r->out;
	if (r->pass->sql == events)
		noted += INT64_MAX / 2; /* behind all activities */
	if (noted < r->noted[point].first)
		r->noted[point].first = noted;
	if (r->all) {
		r->places = xgrow(r->places, j->ntouches, &r->places_room, sizeof *r->places);
		r->places[j->ntouches] = noted;
	}
	j->touches = xgrow(j->touches, j->ntouches, &r->touches_room, sizeof *j->touches);
	j->touches[j->ntouches++] =
	    (struct touch){ at, (uint32_t)(deal - j->deals), (uint32_t)point };
	deal->n++;
}

static void read_touch(void *reading, struct stmt *row)
{
	struct reading *r = reading;
	struct str key = stmt_value(row, T_POINT).s;
	int64_t ids[TAGS], at;
	enum tag by;
	if (!(r->pass->sql == events ? touch_of_event : touch_of_activity)(key))
		return;
	size_t point = point_number(r, key);
	r->noted[point].n++;
	for (size_t i = 0; i < TAGS; i++)
		ids[i] = stmt_value(row, T_REFS + i).i;
	const struct slot *found = journey_found(r, ids, &by);
	if (!found || (r->pass->by != TAGS && r->pass->by != by))
		return;
	struct value when = stmt_value(row, T_AT);
	if (when.kind != V_TEXT || !instant_scan(when.s, &at))
		return;
	struct closed_deal *deal = journey_deal_at(r, found, by, at);
	if (deal->chosen && at <= deal->at)
		add_touch(r, deal, at, point, stmt_value(row, T_ID).i);
}

static void read_touches(struct reading *r, const struct pass *p)
{
	struct sql q = { .arena = report_arena(r->study->job) };
	r->pass = p;
	touches_sql(r->study->job, &q, p);
	sql_in_pieces(&q, touched(r->study->job->context->schema, p), "t", true);
	db_each(report_store(r->study->job)->db, &q, read_touch, r);
	sql_free(&q);
}

static int by_time(const void *a, const void *b)
{
	const struct touch *x = a, *y = b;
	if (x->at != y->at)
		return x->at < y->at ? -1 : 1;
	return (x->point > y->point) - (x->point < y->point);
}

/* By the first of their touches, in whatever order these were read; those without are behind. */
static void number_points(struct reading *r)
{
	struct journeys *j = r->out;
	struct str *points = xcalloc(j->npoints + 1, sizeof *points);
	uint32_t *place = xcalloc(j->npoints + 1, sizeof *place);
	for (size_t i = 0; i < j->npoints; i++) {
		for (size_t k = 0; k < j->npoints; k++)
			place[i] += r->noted[k].first < r->noted[i].first ||
				    (r->noted[k].first == r->noted[i].first && k < i);
		points[place[i]] = j->points[i];
	}
	for (size_t i = 0; i < j->ntouches; i++)
		j->touches[i].point = place[j->touches[i].point];
	free(j->points);
	free(place);
	j->points = points;
}

/* As they mostly are read. */
static bool in_time(const struct touch *t, size_t n)
{
	size_t i = 1;
	while (i < n && by_time(&t[i - 1], &t[i]) <= 0)
		i++;
	return i >= n;
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
		if (!in_time(sorted + j->deals[i].first, j->deals[i].n))
			qsort(sorted + j->deals[i].first, j->deals[i].n, sizeof *sorted, by_time);
	free(j->touches);
	j->touches = sorted;
}

bool journeys_whole(const struct job *j)
{
	bool all = !j->timing.range.has_from && !j->timing.range.has_to;
	for (size_t i = 0; i < j->nfeeds; i++)
		all = all && feed_reads(&j->feeds[i]) && !j->feeds[i].given;
	return all;
}

bool journeys_ask(const struct job *j, const struct source *s)
{
	bool touches = !strcmp(s->entity, "activity") || !strcmp(s->entity, "event");
	return !touches || !journeys_whole(j);
}

static void read_ways(struct reading *r)
{
	const struct pass *p;
	journey_deals_read(r);
	for (size_t i = 0; (p = pass_of(r->study->job, i)); i++)
		read_touches(r, p);
}

static void forget(struct reading *r)
{
	journey_deals_forget(r);
	map_free(&r->points);
	free(r->noted);
	free(r->places);
}

/* -- the ways of all deals, read once for the values of --by, each of which has some of them -- */

struct all_ways {
	struct journeys ways;
	struct reading reading;
};

static void forget_all(void *all)
{
	struct all_ways *w = all;
	forget(&w->reading);
	journeys_free(&w->ways);
	free(w);
}

static struct all_ways *all_ways(struct study *study, struct job_kept *kept)
{
	struct all_ways *w = kept->what;
	if (w)
		return w;
	w = xcalloc(1, sizeof *w);
	w->reading = (struct reading){ .study = study, .out = &w->ways, .all = true };
	read_ways(&w->reading);
	*kept = (struct job_kept){ w, forget_all };
	return w;
}

static void *copy_of(const void *list, size_t n, size_t size)
{
	void *copy = xcalloc(n + 1, size);
	return n ? memcpy(copy, list, n * size) : copy;
}

/* Those of the chosen deals, and their points as these were met. */
static void take_touches(struct reading *r, const struct all_ways *all)
{
	struct journeys *j = r->out;
	for (size_t i = 0; i < j->npoints; i++)
		r->noted[i] = (struct noted){ .first = INT64_MAX };
	for (size_t i = 0; i < all->ways.ntouches; i++) {
		const struct touch *t = &all->ways.touches[i];
		struct noted *noted = &r->noted[t->point];
		if (!j->deals[t->deal].chosen)
			continue;
		if (all->reading.places[i] < noted->first)
			noted->first = all->reading.places[i];
		j->touches[j->ntouches++] = *t;
		j->deals[t->deal].n++;
	}
}

static void take_ways(struct study *study, struct journeys *out, const struct all_ways *all)
{
	const struct journeys *from = &all->ways;
	struct reading r = { .study = study, .out = out, .table = all->reading.table };
	out->ndeals = from->ndeals;
	out->npoints = from->npoints;
	out->deals = copy_of(from->deals, from->ndeals, sizeof *from->deals);
	out->points = copy_of(from->points, from->npoints, sizeof *from->points);
	out->touches = xcalloc(from->ntouches + 1, sizeof *out->touches);
	r.noted = xcalloc(from->npoints + 1, sizeof *r.noted);
	for (size_t i = 0; i < out->ndeals; i++) {
		out->deals[i].chosen = false;
		out->deals[i].n = 0;
	}
	journey_deals_choose(&r);
	take_touches(&r, all);
	number_points(&r);
	sort_touches(out);
	free(r.noted);
}

void journeys_read(struct study *study, struct journeys *out)
{
	struct reading r = { .study = study, .out = out };
	struct job_kept *kept = study->job->kept;
	if (kept && !study->job->timing.range.has_from) {
		take_ways(study, out, all_ways(study, kept));
		return;
	}
	read_ways(&r);
	for (size_t i = 0; out->touched && i < out->npoints; i++)
		out->touched(out->by, out->points[i], r.noted[i].n);
	number_points(&r);
	sort_touches(out);
	forget(&r);
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
