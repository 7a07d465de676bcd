/*
 * chart: draws what is described on stdin.
 *
 *   chart svg [WIDTH] · chart text [WIDTH] [colour] · chart vegalite · chart page
 *
 * A line is a word and what belongs to it, parted by tabs; an empty value is a gap.
 *
 *   kind bar|stacked|line|funnel|heat|pareto    ordered    language vi
 *   unit count|number|money|share   currency VND
 *   title T   subtitle T   note T   value T   category T
 *   categories A B …   series NAME 1 2 …   reference NAME 1 …   low 1 …   high 1 …
 *   texts "1 ₫" … (of the series before)   totals N (the last rows of the table)
 *
 * A page has a panel with its table for each chart, parted by lines `panel`, and before the
 * first of them `kpi LABEL VALUE up|down|same CHANGE good|bad AGAINST`.
 */
#include <stdio.h>
#include <stdlib.h>

#include "report/chart.h"
#include "report/page.h"
#include "schema/label.h"

enum { MOST = 64 };

static struct arena arena;

static struct chart_series all[MOST];
static struct page_kpi kpis[MOST];
static size_t nkpis, ntotals;

static size_t word_of(struct str s, const char *const *words, size_t n)
{
	for (size_t i = 0; i < n; i++)
		if (str_is(s, words[i]))
			return i;
	die(STATUS_USAGE, "no %.*s here", (int)s.n, s.p);
}

static struct chart_value *values_of(struct str rest, size_t n)
{
	struct chart_value *values = arena_new(&arena, struct chart_value, n);
	struct str piece;
	for (size_t i = 0; i < n && str_cut(&rest, '\t', &piece); i++) {
		values[i].has = piece.n > 0;
		values[i].is = strtod(arena_str(&arena, piece).p, NULL);
		values[i].number = piece;
	}
	return values;
}

static void categories(struct chart *c, struct str rest)
{
	struct str *labels = arena_new(&arena, struct str, rest.n + 1), piece;
	c->ncategories = 0;
	while (rest.n && str_cut(&rest, '\t', &piece))
		labels[c->ncategories++] = piece;
	c->categories = labels;
}

static void series(struct chart *c, struct str rest, bool reference)
{
	struct str name = { 0 };
	if (c->nseries == MOST)
		die(STATUS_USAGE, "more series than %d", MOST);
	str_cut(&rest, '\t', &name);
	all[c->nseries++] = (struct chart_series){ .name = name,
						   .reference = reference,
						   .values = values_of(rest, c->ncategories) };
	c->series = all;
}

static void texts(struct chart *c, struct str rest)
{
	struct chart_value *values = arena_new(&arena, struct chart_value, c->ncategories);
	struct chart_series *s = &all[c->nseries - 1];
	for (size_t i = 0; i < c->ncategories; i++) {
		values[i] = s->values[i];
		str_cut(&rest, '\t', &values[i].text);
	}
	s->values = values;
}

static void kpi(struct str rest)
{
	static const char *const moves[] = { "unknown", "up", "down", "same" };
	static const char *const tones[] = { "neutral", "good", "bad" };
	struct str pieces[6] = { 0 };
	for (size_t i = 0; i < countof(pieces) && str_cut(&rest, '\t', &pieces[i]); i++)
		continue;
	kpis[nkpis++] = (struct page_kpi){ .label = pieces[0],
					   .value = pieces[1],
					   .move = word_of(pieces[2], moves, countof(moves)),
					   .change = pieces[3],
					   .tone = word_of(pieces[4], tones, countof(tones)),
					   .against = pieces[5] };
}

static void take(struct chart *c, struct str word, struct str rest)
{
	static const char *const kinds[] = { "bar", "stacked", "line", "funnel", "heat", "pareto" };
	static const char *const units[] = { "count", "number", "money", "share" };
	const struct {
		const char *word;
		struct str *text;
	} plain[] = {
		{ "title", &c->title },	      { "subtitle", &c->subtitle },
		{ "note", &c->note },	      { "value", &c->value_title },
		{ "rows", &c->series_title }, { "category", &c->category_title },
	};
	for (size_t i = 0; i < countof(plain); i++)
		if (str_is(word, plain[i].word))
			*plain[i].text = rest;
	if (str_is(word, "kind"))
		c->kind = word_of(rest, kinds, countof(kinds));
	else if (str_is(word, "unit"))
		c->unit = word_of(rest, units, countof(units));
	else if (str_is(word, "ordered"))
		c->ordered = true;
	else if (str_is(word, "language"))
		language_parse(rest, &c->language);
	else if (str_is(word, "currency"))
		c->currency = rest.p;
	else if (str_is(word, "categories"))
		categories(c, rest);
	else if (str_is(word, "series") || str_is(word, "reference"))
		series(c, rest, str_is(word, "reference"));
	else if (str_is(word, "low"))
		all[c->nseries - 1].low = values_of(rest, c->ncategories);
	else if (str_is(word, "high"))
		all[c->nseries - 1].high = values_of(rest, c->ncategories);
	else if (str_is(word, "texts"))
		texts(c, rest);
	else if (str_is(word, "totals"))
		ntotals = (size_t)strtol(rest.p, NULL, 10);
	else if (str_is(word, "kpi"))
		kpi(rest);
}

/* Reads one chart, to the end or to a line `panel`; false: there is none. */
static bool describe(struct chart *c)
{
	char *line = NULL;
	size_t size = 0;
	ssize_t n;
	bool any = false;
	enum language l = c->language;
	*c = (struct chart){ .language = l };
	while ((n = getline(&line, &size, stdin)) > 0) {
		struct str rest = arena_str(&arena, (struct str){ line, (size_t)n - 1 }), word;
		str_cut(&rest, '\t', &word);
		if (str_is(word, "panel"))
			break;
		any = true;
		take(c, word, rest);
	}
	free(line);
	return any;
}

/* The table of a chart: a row a category. */
static void panel(struct page *p, const struct chart *c, struct buf *out)
{
	size_t n = c->nseries + 1;
	struct column *columns = arena_new(&arena, struct column, n);
	struct page_cell *cells = arena_new(&arena, struct page_cell, n * (c->ncategories + 1));
	columns[0] = (struct column){ .name = STR("category"), .label = c->category_title };
	for (size_t i = 1; i < n; i++)
		columns[i] =
		    (struct column){ .name = c->series[i - 1].name.n ? c->series[i - 1].name
								     : STR("value"),
				     .right = true };
	for (size_t k = 0; k < c->ncategories; k++) {
		cells[k * n].text = c->categories[k];
		for (size_t i = 1; i < n; i++) {
			const struct chart_value *x = &c->series[i - 1].values[k];
			if (x->has)
				cells[k * n + i] = (struct page_cell){ chart_number(c, x, &arena),
								       x->number, false };
		}
	}
	struct page_table table = { columns, n, cells, c->ncategories, ntotals };
	struct page_panel one = { .heading = c->title,
				  .name = STR("sample"),
				  .note = c->subtitle,
				  .command = STR("crm-report sales --by owner -w 'amount < 3'"),
				  .kpis = kpis,
				  .nkpis = nkpis,
				  .chart = c->ncategories || !nkpis ? c : NULL,
				  .table = c->ncategories ? &table : NULL,
				  .wide = c->ncategories > 20 || nkpis };
	page_panel(p, &one, out);
	nkpis = ntotals = 0;
}

static void page(struct chart *c, struct buf *out)
{
	struct page p = { .title = STR("Bảng điều khiển </script><b> & \"sales\""),
			  .as_of = STR("21/11/2026 09:30"),
			  .zone = STR("Asia/Ho_Chi_Minh"),
			  .filter = STR("amount > 0 and stage != \"<lost>\""),
			  .command = STR("crm-report dashboard -o html --out /srv/www/crm.html") };
	bool more = describe(c);
	p.language = c->language;
	page_begin(&p, out);
	for (; more; more = describe(c))
		panel(&p, c, out);
	page_end(&p, out);
}

int main(int argc, char **argv)
{
	struct chart c = { 0 };
	struct buf out = { 0 };
	const char *what = argc > 1 ? argv[1] : "";
	int width = argc > 2 ? (int)strtol(argv[2], NULL, 10) : 0;
	program_name = "chart";
	if (!strcmp(what, "page")) {
		page(&c, &out);
	} else {
		describe(&c);
		if (!strcmp(what, "svg"))
			chart_svg(&c, (struct svg_place){ .width = width ? width : 640 }, &out);
		else if (!strcmp(what, "vegalite"))
			chart_vegalite(&c, 1, &out);
		else
			chart_text(&c, width ? (size_t)width : 80, argc > 3, &out);
	}
	fwrite(out.p, 1, out.n, stdout);
	buf_free(&out);
	arena_free(&arena);
	return STATUS_OK;
}
