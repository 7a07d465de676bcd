/* Pictures of an answer: which columns are what, and what is drawn of them. */
#include <math.h>

#include "report/picture.h"

#include "report/picture_impl.h"
#include "schema/label.h"

enum { BARS_MOST = 20, CELLS_MOST = 60, SERIES_MOST = 8, STANDING_MOST = 24 };

static bool adds_up(enum unit unit)
{
	return unit == UNIT_COUNT || unit == UNIT_MONEY;
}

/* -- which columns -- */

static bool is_dimension(const struct drawing *g, size_t i)
{
	enum column_role role = g->columns[i].role;
	bool id = str_is(g->columns[i].name, "id"); /* the record that the column before it names */
	return role == ROLE_PERIOD || (role == ROLE_DIMENSION && !id && !(g->ask->part && i == 0));
}

static bool is_listed(const char *list, struct str name)
{
	struct str rest = str_of(list), one;
	while (rest.p && str_cut(&rest, ',', &one))
		if (str_eq(str_trim(one), name))
			return true;
	return false;
}

/* The column that the picture is of, unless there is a period. */
static size_t own_category(const struct drawing *g)
{
	const char *named = g->ask->picture->category;
	for (size_t i = 0; named && i < g->n; i++)
		if (str_is(g->columns[i].name, named))
			return i;
	for (size_t i = 0; i < g->n; i++)
		if (is_dimension(g, i) && g->columns[i].role != ROLE_PERIOD &&
		    !is_listed(g->ask->by, g->columns[i].name))
			return i;
	return g->n;
}

static void choose_category(struct drawing *g)
{
	bool funnel = g->ask->picture->kind == CHART_FUNNEL;
	size_t own = own_category(g);
	g->category = own;
	for (size_t i = 0; i < g->n && !(funnel && own < g->n); i++)
		if (g->columns[i].role == ROLE_PERIOD &&
		    (!g->ask->each || g->ask->by || own == g->n))
			g->category = i;
}

/* Those of the unit of the first: one axis has one unit. */
static void choose_values(struct drawing *g)
{
	const char *words = g->ask->picture->values ? g->ask->picture->values : g->ask->main;
	for (size_t i = 0; i < g->n && g->nvalues < VALUES_MAX; i++) {
		const struct answer_column *c = &g->columns[i];
		bool drawn = c->role == ROLE_FIGURE && c->unit <= UNIT_CREDIT;
		if (!drawn || (words && !is_among(words, c->name)) || (!words && g->nvalues))
			continue;
		if (!g->nvalues || g->columns[g->values[0]].unit == c->unit)
			g->values[g->nvalues++] = i;
	}
	g->unit = g->nvalues ? g->columns[g->values[0]].unit : UNIT_COUNT;
}

static void choose_series(struct drawing *g)
{
	const char *named = g->ask->picture->series;
	for (size_t i = 0; i < g->n && g->ndims < DIMS_MAX; i++) {
		bool wanted = named ? str_is(g->columns[i].name, named) ||
					  is_listed(g->ask->by, g->columns[i].name)
				    : !g->ask->each || is_listed(g->ask->by, g->columns[i].name) ||
					  (g->ask->by && i == own_category(g));
		bool kind = named && wanted ? true : is_dimension(g, i);
		if (i != g->category && kind && (wanted || (named && !g->ask->each)))
			g->dims[g->ndims++] = i;
	}
}

/* Of bars that stand upon each other one figure: another may have it in it. */
static void choose_one(struct drawing *g)
{
	const struct picture *p = g->ask->picture;
	if (g->ndims && p->kind == CHART_BAR && g->nvalues && !is_among(p->values, STR("*")))
		g->nvalues = 1;
}

/* What one series alone is held against: what was before, a target. */
static void choose_beside(struct drawing *g)
{
	for (size_t i = 0; i < g->n && !g->ndims && g->nvalues == 1; i++) {
		const struct answer_column *c = &g->columns[i];
		bool before = str_is(c->name, "previous") && g->ask->main &&
			      str_is(g->columns[g->values[0]].name, g->ask->main);
		if (c->role == ROLE_FIGURE && c->unit == g->unit && g->nbeside < VALUES_MAX &&
		    (before || is_among(g->ask->picture->beside, c->name)))
			g->beside[g->nbeside++] = i;
	}
}

static void choose_running(struct drawing *g)
{
	g->running = g->n;
	for (size_t i = 0; i < g->n; i++)
		if (str_is(g->columns[i].name, "cumulative_share"))
			g->running = i;
}

/* -- what kind -- */

static enum chart_kind kind_of(const struct drawing *g)
{
	enum chart_kind kind = g->ask->picture->kind;
	bool several = g->nseries > 1, period = g->columns[g->category].role == ROLE_PERIOD;
	if (kind == CHART_FUNNEL && several)
		kind = CHART_BAR;
	bool unknown = g->cut && (g->ask->sorted || g->running == g->n); /* of what it is a share */
	if (kind == CHART_PARETO && (several || period || unknown))
		kind = CHART_BAR;
	bool parts = g->ndims || is_among(g->ask->picture->values, STR("*"));
	if (kind == CHART_BAR && parts && several && adds_up(g->unit))
		kind = CHART_STACKED;
	if (kind == CHART_STACKED && (!several || !adds_up(g->unit)))
		kind = CHART_BAR;
	if (kind == CHART_BAR && period && g->ncategories > STANDING_MOST)
		kind = CHART_LINE;
	return kind;
}

static enum chart_unit unit_of(enum unit u)
{
	static const enum chart_unit units[] = {
		[UNIT_COUNT] = CHART_COUNT,   [UNIT_MONEY] = CHART_MONEY,
		[UNIT_SHARE] = CHART_SHARE,   [UNIT_PERCENT] = CHART_NUMBER,
		[UNIT_NUMBER] = CHART_NUMBER, [UNIT_RATIO] = CHART_NUMBER,
		[UNIT_CREDIT] = CHART_NUMBER,
	};
	return units[u];
}

/* -- which of them, where there are many -- */

static void put_cut(struct buf *note, enum language l, bool largest, size_t most, size_t had)
{
	buf_printf(note, "%s%s %zu %s %zu", note->n ? " · " : "",
		   largest ? label(l, "the largest", "lớn nhất:")
			   : label(l, "the first", "đầu tiên:"),
		   most, label(l, "of", "trong"), had);
}

/* An empty place would read as nothing, and push what is negative out of the largest. */
static void leave_unknown(struct drawing *g, struct buf *note)
{
	size_t unknown = drawing_leave_unknown(g);
	if (unknown)
		buf_printf(
		    note, "%s %zu",
		    label(g->codec->settings->language, "without a figure:", "không có số liệu:"),
		    unknown);
}

static void cut(struct drawing *g, enum chart_kind kind, struct buf *note)
{
	bool heat = kind == CHART_HEAT;
	bool ordered = kind == CHART_LINE || g->columns[g->category].role == ROLE_PERIOD;
	if (!heat && !ordered && kind != CHART_FUNNEL)
		leave_unknown(g, note);
	size_t most = heat ? CELLS_MOST : ordered ? SIZE_MAX : BARS_MOST, had = g->ncategories;
	bool largest = (!g->ask->sorted && had > most && !heat && kind != CHART_FUNNEL) ||
		       kind == CHART_PARETO;
	enum language l = g->codec->settings->language;
	if (largest || (g->ask->by && !g->ask->sorted)) /* each value's rows came by themselves */
		drawing_sort_categories(g);
	if (had > most) {
		drawing_cut_categories(g, most, kind == CHART_PARETO);
		put_cut(note, l, largest, most, had);
	}
	most = heat ? CELLS_MOST : SERIES_MOST;
	had = g->nseries;
	if (had <= most)
		return;
	bool rest = kind == CHART_STACKED && adds_up(g->unit);
	drawing_cut_series(g, most, rest);
	put_cut(note, l, true, rest ? most - 1 : most, had);
	buf_puts(note, label(l, " series", " chuỗi"));
}

/* -- one picture -- */

/* Empty: it has none. */
static struct str currency_at(const struct drawing *g, const struct kept_row *row)
{
	const struct value *v = g->currency < g->n ? &row->values[g->currency] : NULL;
	return v && v->kind == V_TEXT ? v->s : (struct str){ 0 };
}

/* The currency stands at the axis; where there are several, in the title too. */
static struct str title_of(const struct drawing *g, const struct kept_row *row, bool named)
{
	const struct str title = g->ask->facts.title;
	struct buf b = { 0 };
	buf_put(&b, title);
	if (g->ask->part) {
		struct str part = drawing_text(g, 0, &row->values[0]);
		buf_printf(&b, " · %.*s", (int)part.n, part.p);
	}
	struct str currency = currency_at(g, row);
	if (named && currency.n)
		buf_printf(&b, " (%.*s)", (int)currency.n, currency.p);
	struct str out = buf_copy(&b, g->arena);
	buf_free(&b);
	return out;
}

static void put_note(const struct report_facts *f, enum language l, struct buf *out)
{
	buf_printf(out, "%s %.*s %.*s", label(l, "As of", "Tính đến"), (int)f->as_of.n, f->as_of.p,
		   (int)f->zone.n, f->zone.p);
	if (f->period.n)
		buf_printf(out, " · %.*s", (int)f->period.n, f->period.p);
	if (f->filter.n)
		buf_printf(out, " · %.*s", (int)f->filter.n, f->filter.p);
}

static struct str dims_title(const struct drawing *g)
{
	struct buf b = { 0 };
	for (size_t i = 0; i < g->ndims; i++) {
		struct str s = g->columns[g->dims[i]].label;
		buf_printf(&b, "%s%.*s", i ? " · " : "", (int)s.n, s.p);
	}
	struct str out = buf_copy(&b, g->arena);
	buf_free(&b);
	return out;
}

/* Of what the rows that were left are a part; 0: they are all. */
static double whole_of(const struct drawing *g)
{
	const struct value *share = g->running < g->n ? &g->last->values[g->running] : NULL;
	double sum = 0;
	if (!g->cut || !share || share->kind != V_INT || share->i <= 0)
		return 0;
	for (size_t k = 0; k < g->ncategories && k < g->series->room; k++) {
		const struct value *v = &g->series->values[k];
		sum += v->kind == V_INT ? (double)v->i / pow(10, v->scale) : 0;
	}
	return sum * pow(10, share->scale) / (double)share->i;
}

static struct chart chart_of(struct drawing *g, const struct kept_row *row, bool named)
{
	const struct settings *settings = g->codec->settings;
	enum language l = settings->language;
	struct buf note = { 0 }, left_out = { 0 };
	enum chart_kind kind = kind_of(g);
	cut(g, kind, &left_out);
	put_note(&g->ask->facts, l, &note);
	if (left_out.n)
		buf_printf(&note, " · %.*s", (int)left_out.n, left_out.p);
	const struct answer_column *category = &g->columns[g->category];
	struct chart c = {
		.kind = kind,
		.whole = kind == CHART_PARETO ? whole_of(g) : 0,
		.ordered = category->role == ROLE_PERIOD || kind == CHART_LINE,
		.outside = category->role == ROLE_PERIOD && g->ncategories &&
			   str_eq(g->categories[g->ncategories - 1], answer_none(l)),
		.language = l,
		.group = settings->group ? settings->group : ',',
		.point = settings->point ? settings->point : '.',
		.unit = unit_of(g->unit),
		.title = title_of(g, row, named),
		.category_title = category->label,
		.value_title = g->nvalues == 1 ? g->columns[g->values[0]].label : STR(""),
		.series_title = dims_title(g),
		.note = buf_copy(&note, g->arena),
		.left_out = buf_copy(&left_out, g->arena),
	};
	c.currency = g->unit == UNIT_MONEY ? currency_at(g, row).p : NULL;
	drawing_fill(g, &c);
	if (c.nseries == 1 && !g->ndims && !c.value_title.n)
		c.value_title =
		    c.series[0].name; /* no legend says what the others would have been */
	buf_free(&note);
	buf_free(&left_out);
	return c;
}

/* Rows of one part and one currency belong together. */
static bool belongs(const struct drawing *g, const struct kept_row *row, const struct kept_row *to)
{
	return row->columns == to->columns && str_eq(currency_at(g, row), currency_at(g, to));
}

static void choose(struct drawing *g)
{
	choose_category(g);
	choose_values(g);
	choose_series(g);
	choose_one(g);
	choose_beside(g);
	choose_running(g);
}

static bool is_first(const struct drawing *g, const struct kept *k, size_t i)
{
	for (size_t m = 0; m < i; m++)
		if (!k->rows[m].total && belongs(g, &k->rows[i], &k->rows[m]))
			return false;
	return true;
}

static bool has_currencies(const struct drawing *g, const struct kept *k)
{
	struct str first = { 0 };
	for (size_t i = 0; i < k->n; i++) {
		struct str currency = currency_at(g, &k->rows[i]);
		if (first.n && currency.n && !str_eq(first, currency))
			return true;
		first = currency.n ? currency : first;
	}
	return false;
}

/* Its own currency comes first. */
static bool is_house(const struct drawing *g, const struct kept_row *row)
{
	struct str currency = currency_at(g, row);
	return !currency.n || str_is(currency, g->codec->settings->currency);
}

static struct chart nothing(const struct picture_ask *ask, enum language l, struct arena *a)
{
	struct buf note = { 0 };
	put_note(&ask->facts, l, &note);
	struct chart c = { .kind = ask->picture->kind,
			   .language = l,
			   .title = ask->facts.title,
			   .note = buf_copy(&note, a) };
	buf_free(&note);
	return c;
}

static void draw_rows(const struct drawing *at, const struct kept *k, bool house, bool named,
		      struct pictures *p)
{
	const struct kept_row *last = NULL;
	for (size_t i = 0; i < k->n; i++) {
		const struct kept_row *row = &k->rows[i];
		if (row->total || (last && belongs(at, row, last)) || !is_first(at, k, i) ||
		    is_house(at, row) != house)
			continue;
		struct drawing g = *at;
		last = row;
		g.columns = row->columns;
		g.unit = g.columns[g.values[0]].unit;
		for (size_t m = i; m < k->n; m++)
			if (!k->rows[m].total && belongs(&g, &k->rows[m], row))
				drawing_take(&g, g.last = &k->rows[m]);
		p->charts[p->n++] = chart_of(&g, row, named);
		drawing_free(&g);
	}
}

struct pictures pictures_of(const struct kept *k, const struct picture_ask *ask,
			    const struct codec *c, struct arena *a)
{
	struct pictures p = { .charts = arena_new(a, struct chart, k->n + 1) };
	struct drawing at = { .ask = ask, .codec = c, .arena = a, .n = k->answer.n };
	at.columns = k->answer.columns;
	at.cut = k->answer.cut;
	at.currency = answer_currency(&k->answer);
	choose(&at);
	if (ask->picture->none || at.category == at.n || !at.nvalues)
		return p;
	bool named = has_currencies(&at, k);
	draw_rows(&at, k, true, named, &p);
	draw_rows(&at, k, false, named, &p);
	pictures_look(&p, a);
	if (!p.n)
		p.charts[p.n++] = nothing(ask, c->settings->language, a);
	return p;
}
