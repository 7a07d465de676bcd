/* journey: the commonest ways to a win, touchpoint by touchpoint, and the time along them. */
#include <stdlib.h>

#include "core/buf.h"
#include "report/journey.h"

enum { STEPS_MOST = 50 };

struct way {
	struct str path; /* keys with ; between them */
	size_t steps;
	int64_t won, lost;
	int32_t *seconds[STEPS_MOST + 1]; /* of each win: from a step to the next; the whole */
	size_t room;
};

struct ways {
	const struct journeys *journeys;
	struct map known; /* path → number + 1 */
	struct way *list;
	size_t n, room;
	size_t most; /* steps */
	int64_t won;
	struct arena arena;
};

/* The last steps of one deal; a touchpoint that comes again and again is one step. */
static size_t steps_of(const struct ways *w, const struct closed_deal *deal,
		       const struct touch *steps[STEPS_MOST])
{
	size_t n = 0;
	for (size_t i = 0; i < deal->n; i++) {
		const struct touch *t = &w->journeys->touches[deal->first + i];
		if (n && steps[n - 1]->point == t->point)
			continue;
		if (n == w->most)
			memmove(steps, steps + 1, --n * sizeof *steps);
		steps[n++] = t;
	}
	return n;
}

static struct way *way_of(struct ways *w, const struct touch *const *steps, size_t n)
{
	struct buf path = { 0 };
	for (size_t i = 0; i < n; i++) {
		buf_puts(&path, i ? ";" : "");
		buf_put(&path, w->journeys->points[steps[i]->point]);
	}
	int64_t *number = map_at(&w->known, path.n ? buf_str(&path) : STR(";"));
	if (!*number) {
		w->list = xgrow(w->list, w->n, &w->room, sizeof *w->list);
		w->list[w->n] =
		    (struct way){ .path = arena_str(&w->arena, buf_str(&path)), .steps = n };
		*number = (int64_t)++w->n;
	}
	buf_free(&path);
	return &w->list[*number - 1];
}

/* No way takes longer than the seconds that 32 bits hold: they are then that many. */
static int32_t seconds_between(int64_t from, int64_t to)
{
	return to - from > INT32_MAX ? INT32_MAX : (int32_t)(to - from);
}

static void add_win(struct way *way, const struct touch *const *steps, int64_t closed)
{
	size_t at = (size_t)way->won++;
	if (at == way->room) {
		way->room = way->room ? way->room * 2 : 4;
		for (size_t i = 0; i <= way->steps; i++)
			way->seconds[i] =
			    xrealloc(way->seconds[i], way->room * sizeof *way->seconds[i]);
	}
	for (size_t i = 0; i < way->steps; i++) {
		int64_t next = i + 1 < way->steps ? steps[i + 1]->at : closed;
		way->seconds[i][at] = seconds_between(steps[i]->at, next);
	}
	if (way->steps)
		way->seconds[way->steps][at] = seconds_between(steps[0]->at, closed);
}

static void count(struct ways *w)
{
	const struct journeys *j = w->journeys;
	for (size_t i = 0; i < j->ndeals; i++) {
		const struct closed_deal *deal = &j->deals[i];
		const struct touch *steps[STEPS_MOST];
		if (!deal->chosen)
			continue;
		size_t n = steps_of(w, deal, steps);
		struct way *way = way_of(w, steps, n);
		w->won += deal->won;
		if (deal->won)
			add_win(way, steps, deal->at);
		else
			way->lost++;
	}
}

static int by_wins(const void *a, const void *b)
{
	const struct way *x = a, *y = b;
	if (x->won != y->won)
		return x->won < y->won ? 1 : -1;
	if (x->lost != y->lost)
		return x->lost < y->lost ? -1 : 1;
	return str_cmp(x->path, y->path);
}

/* Sorts them. */
static struct value median_days(int32_t *seconds, int64_t n)
{
	qsort(seconds, (size_t)n, sizeof *seconds, study_by_number);
	return study_decimal(study_quantile(seconds, (size_t)n, 0.5) / DAY_SECONDS, 1);
}

static void put(struct study *s, const struct ways *w, const struct way *way)
{
	struct buf days = { 0 };
	for (size_t i = 0; i < way->steps; i++) {
		struct value v = median_days(way->seconds[i], way->won);
		struct str text = decimal_print(v.i, v.scale, &s->row);
		buf_puts(&days, i ? ";" : "");
		buf_put(&days, text);
	}
	bool none = !way->steps;
	const struct value row[] = {
		none ? value_null() : value_text(way->path),
		value_int(way->won),
		study_ratio(way->won, w->won),
		value_int(way->lost),
		study_ratio(way->won, way->won + way->lost),
		none ? value_null() : median_days(way->seconds[way->steps], way->won),
		none ? value_null() : value_text(buf_copy(&days, &s->row)),
	};
	buf_free(&days);
	study_put(s, row);
}

static void free_ways(struct ways *w)
{
	for (size_t i = 0; i < w->n; i++)
		for (size_t k = 0; k <= w->list[i].steps; k++)
			free(w->list[i].seconds[k]);
	free(w->list);
	map_free(&w->known);
	arena_free(&w->arena);
}

static const struct study_column columns[] = {
	{ "path", "Path", "Hành trình", .role = ROLE_DIMENSION, .word = touch_words },
	{ "won", "Won", "Thắng", STUDY_FIGURE = UNIT_COUNT },
	{ "share", "Share", "Tỷ lệ", STUDY_FIGURE = UNIT_SHARE },
	{ "lost", "Lost", "Thua", STUDY_FIGURE = UNIT_COUNT },
	{ "win_rate", "Win rate", "Tỷ lệ thắng", STUDY_FIGURE = UNIT_SHARE },
	{ "median_days", "Median days", "Số ngày trung vị", STUDY_FIGURE = UNIT_NUMBER },
	{ "step_days", "Days between", "Số ngày giữa các bước", STUDY_FIGURE = UNIT_NUMBERS },
};

/* -- the report -- */

static bool compute(struct job *j, struct answer *out, struct diag *d)
{
	struct study s = { .job = j, .out = out, .diag = d };
	struct journeys journeys = { 0 };
	struct ways w = { .journeys = &journeys, .most = (size_t)study_whole(&s, "steps") };
	bool ok = study_plain(&s, false, false, true) && study_moneyless(&s);
	if (ok && !w.most)
		ok = diag_set(study_about(d, "steps"), NULL, "a path has one at least");
	if (ok) {
		journeys_read(&s, &journeys);
		count(&w);
		if (w.n)
			qsort(w.list, w.n, sizeof *w.list, by_wins);
		study_begin(&s, columns, countof(columns));
	}
	for (size_t i = 0; i < w.n && w.list[i].won; i++)
		put(&s, &w, &w.list[i]);
	free_ways(&w);
	journeys_free(&journeys);
	study_close(&s);
	return ok;
}

static const struct source sources[] = {
	{ "deal", "deal", DEALS_CLOSED, .time = { "closed_at" }, .reads = journey_paths },
};

static const struct report_option options[] = {
	{ "steps", "N", "the last so many of longer paths (6)", .most = STEPS_MOST, .def = "6" },
	{ 0 },
};

static const struct dimension dimensions[] = {
	{ "owner", { "owner" }, .vi = "Người phụ trách" },
	{ "team", { "owner.team" }, .vi = "Nhóm" },
	{ 0 },
};

const struct report report_journey = {
	.name = "journey",
	.title = "Ways to a win",
	.title_vi = "Hành trình đến chốt thắng",
	.sources = sources,
	.nsources = countof(sources),
	.dimensions = dimensions,
	.compute = compute,
	.main = "won",
	.each = true,
	.besides = journeys_besides,
	.options = options,
	.chart = { CHART_BAR, .category = "path", .values = "won" },
	.definition =
	    "The touchpoints before deals were won, in their order, the commonest first; deals by\n"
	    "closed_at.  A touch is a done activity (its channel, else its kind; not notes and\n"
	    "tasks) or what a customer did (the kind of an event; not email_sent, bounce, order,\n"
	    "payment).  It belongs to the deal that it is about, else to the one that its lead\n"
	    "became, else to the first deal of its account, else contact, that was closed after\n"
	    "it.  The same touchpoint again and again is one step, from its first touch; of "
	    "longer\n"
	    "ways the last --steps (6) count; an empty path: nothing is known.  share: of all\n"
	    "wins; win_rate: won / (won + lost) of the same path; of the wins: median_days from\n"
	    "the first step to the win, and step_days from each to the next, the last to the win.\n"
	    "--by owner, team: of the deals that each has now.",
};
