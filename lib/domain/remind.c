/* Work-lists: which records are on them, and when. */
#include "domain/remind.h"

#include <stdlib.h>

#include "core/buf.h"
#include "domain/pipeline.h"
#include "stream/calendar.h"

enum { YEAR_DAYS = 366, REPEATS_MOST = 100000 };

/* -- items -- */

void remind_add(struct remind_items *out, struct remind_item item)
{
	out->item = xgrow(out->item, out->n, &out->room, sizeof *out->item);
	out->item[out->n++] = item;
}

void remind_free(struct remind_items *items)
{
	free(items->item);
	*items = (struct remind_items){ 0 };
}

static int64_t instant_of(const struct remind_item *item)
{
	return item->timed ? item->at : zone_instant(item->at, 0);
}

static int by_time(const void *a, const void *b)
{
	const struct remind_item *x = a, *y = b;
	int64_t at = instant_of(x), other = instant_of(y);
	if (at != other)
		return at < other ? -1 : 1;
	if (x->source != y->source)
		return x->source < y->source ? -1 : 1;
	return (x->id > y->id) - (x->id < y->id);
}

void remind_sort(struct remind_items *items)
{
	if (items->n)
		qsort(items->item, items->n, sizeof *items->item, by_time);
}

/* -- the question -- */

static void put_instant(struct buf *b, int64_t at, struct arena *a)
{
	struct str text = instant_print(at, a);
	buf_printf(b, "'%.*s'", (int)text.n, text.p);
}

static struct str condition_text(struct store *s, const char *where, const struct remind_window *w,
				 struct arena *a)
{
	const struct {
		const char *name;
		int64_t at;
	} words[] = { { "$now", w->now },
		      { "$from", zone_instant(w->from, 0) },
		      { "$to", zone_instant(w->to, 0) },
		      { "$since", w->now - w->days * DAY_SECONDS } };
	struct buf b = { 0 };
	if (!strcmp(where, "$stale"))
		return pipeline_stale(s, w->days, a);
	while (*where) {
		size_t i = 0;
		while (i < countof(words) && !str_starts(str_of(where), words[i].name))
			i++;
		if (i == countof(words)) {
			buf_putc(&b, *where++);
			continue;
		}
		put_instant(&b, words[i].at, a);
		where += strlen(words[i].name);
	}
	struct str text = buf_copy(&b, a);
	buf_free(&b);
	return text;
}

/* Of a short window: only those days of the year, which is text that ends in MM-DD. */
static void put_days(struct sql *q, const struct field *f, const struct remind_window *w)
{
	if (w->to - w->from >= YEAR_DAYS)
		return;
	sql_add(q, " and substr(");
	sql_at(q, 0, f);
	sql_add(q, ", length(");
	sql_at(q, 0, f);
	sql_add(q, ") - 4) in (");
	for (int64_t day = w->from; day < w->to; day++) {
		struct civil c = civil_of(day);
		sql_add_literal(q, day > w->from ? ", " : "");
		sql_text(q, arena_printf(q->arena, "%02d-%02d", c.month, c.day));
		if (c.month == 2 && c.day == 28) /* those of the 29th, too: see remind_day_in */
			sql_add(q, ", '02-29'");
	}
	sql_add(q, ")");
}

/* What is said besides: of what is looked up by its day or rule, no index for the engine. */
static void put_given(struct sql *q, const struct remind_source *source, struct sql *given)
{
	sql_add(q, " and (");
	sql_append(q, given);
	sql_add_literal(q, source->looked_up ? ") is true" : ")");
}

/* id, when, and a third column: the rule of what repeats, else when the record was made. */
static struct stmt *ask(struct store *s, const struct remind_source *source,
			const struct query_context *q, const struct node *own,
			const struct node *given, const struct remind_window *w)
{
	struct sql all = { .arena = q->arena };
	struct sql condition = { .arena = q->arena }, more = { .arena = q->arena };
	struct joins j = { .arena = q->arena, .schema = q->schema };
	const struct field *when = entity_field(q->entity, str_of(source->when));
	bool repeats = source->how == REMIND_REPEATS || source->how == REMIND_ENDED;
	node_sql(own, q, &j, &condition);
	if (given)
		node_sql(given, q, &j, &more);
	sql_add(&all, "select t0.id, ");
	sql_at(&all, 0, when);
	sql_add(&all, ", ");
	sql_at(&all, 0, entity_field(q->entity, repeats ? STR("repeats") : STR("created_at")));
	sql_add(&all, " from ");
	sql_table(&all, q->entity);
	sql_add(&all, " t0");
	joins_sql(&j, &all);
	sql_add(&all, " where ");
	sql_append(&all, &condition);
	if (given)
		put_given(&all, source, &more);
	if (source->how == REMIND_YEARLY)
		put_days(&all, when, w);
	if (repeats) /* says to the engine that the index on it is of use */
		sql_add(&all, " and t0.repeats > ''");
	struct stmt *rows = db_query(s->db, &all);
	sql_free(&more);
	sql_free(&condition);
	sql_free(&all);
	return rows;
}

/* -- the answer -- */

int64_t remind_day_in(int year, int month, int day)
{
	struct civil c = { year, month, day };
	if (!civil_valid(c))
		c.day = 28;
	return day_of(c);
}

static int number(struct str s, size_t at, size_t n)
{
	int64_t i = 0;
	return str_int(str_sub(s, at, n), &i) ? (int)i : 0;
}

/* The day itself is no anniversary: its first is a year later. */
static void add_yearly(struct remind_items *out, struct remind_item item, struct str day,
		       const struct remind_window *w)
{
	int first = civil_of(w->from).year, last = civil_of(w->to - 1).year;
	int since = str_starts(day, "--") ? 0 : number(day, 0, 4);
	item.month = number(day, day.n - 5, 2);
	item.day = number(day, day.n - 2, 2);
	for (int year = first; year <= last; year++) {
		item.at = remind_day_in(year, item.month, item.day);
		item.figure = since ? year - since : -1;
		if (item.at >= w->from && item.at < w->to && (!since || item.figure > 0))
			remind_add(out, item);
	}
}

/* The last time of a rule that has ended; a rule that nobody can read comes once, when it is due.
 */
static void add_repeats(struct remind_items *out, struct remind_item item, struct str rule,
			const struct remind_window *w)
{
	bool ended = item.source->how == REMIND_ENDED, goes_on = false;
	int64_t from = ended ? INT64_MAX : zone_instant(w->from, 0);
	int64_t to = ended ? w->now : zone_instant(w->to, 0), at = item.at;
	struct repeat *r = repeat_open(rule, item.at);
	long n = 0;
	while (!goes_on && n < REPEATS_MOST && (r ? repeat_next(r, &at) : !n)) {
		n++;
		goes_on = at >= to;
		if (goes_on)
			continue;
		item.at = at;
		if (at >= from)
			remind_add(out, item);
	}
	if (ended && n && !goes_on)
		remind_add(out, item);
	repeat_close(r);
}

static void add(struct remind_items *out, const struct remind_source *source, struct stmt *row,
		const struct remind_window *w)
{
	struct remind_item item = { .source = source, .id = stmt_value(row, 0).i, .figure = -1 };
	struct value when = stmt_value(row, 1), third = stmt_value(row, 2);
	bool known = when.kind == V_TEXT;
	struct str text = known ? when.s : third.kind == V_TEXT ? third.s : STR("");
	if (source->how == REMIND_YEARLY) {
		if (text.n >= 7)
			add_yearly(out, item, text, w);
		return;
	}
	item.timed = instant_scan(text, &item.at);
	if (!item.timed && !day_scan(text, &item.at))
		return;
	if (source->how != REMIND_ONCE) {
		add_repeats(out, item, third.s, w);
		return;
	}
	if (known && item.timed)
		item.figure = (int32_t)(zone_day(w->now) - zone_day(item.at));
	remind_add(out, item);
}

bool remind_collect(struct store *s, const struct remind_source *source,
		    const struct query_context *q, const struct node *where,
		    const struct remind_window *w, struct remind_items *out, struct diag *d)
{
	struct str text = condition_text(s, source->where, w, q->arena);
	struct node *own = where_parse(text, q, d);
	if (!own)
		return false;
	struct stmt *rows = ask(s, source, q, own, where, w);
	while (stmt_step(rows))
		add(out, source, rows, w);
	stmt_close(rows);
	return true;
}
