/* What the forms of a dashboard share: key figures, pictures. */
#include "report/chart_impl.h"
#include "report/dashboard_impl.h"
#include "report/job.h"

enum {
	FIGURE_MOST = 13,  /* characters of a figure before it is said short */
	SHARE_POINT = 100, /* of the digits of a share in a point */
};

size_t dashboard_column(const struct shown *p)
{
	return answer_column(&p->now->kept.answer, str_of(p->panel->kpi));
}

bool dashboard_figure(const struct answered *x, size_t row)
{
	const struct kept *k = &x->kept;
	return k->rows[row].total == k->rows[k->n - 1].total; /* sums are the last */
}

size_t dashboard_group(const struct dashboard *d, size_t first)
{
	size_t end = first + 1;
	while (is_kpi(&d->panels[first]) && end < d->n && is_kpi(&d->panels[end]))
		end++;
	return end;
}

struct pictures dashboard_pictures(const struct dashboard *d, const struct shown *p)
{
	const struct panel_option *by = panel_option(p->panel, "by");
	const struct panel_option *rank =
	    p->report->ranked ? panel_option(p->panel, p->report->ranked) : NULL;
	struct report_facts facts = p->facts;
	facts.title = p->heading;
	const struct picture_ask ask = {
		.picture = &p->picture,
		.main = picture_main(p->report, rank ? rank->value : NULL),
		.part = p->report->part != NULL,
		.each = picture_each(p->report),
		.by = picture_by(p->report, by ? by->value : NULL, p->period),
		.sorted = panel_option(p->panel, "sort") != NULL,
		.facts = facts,
	};
	if (p->now->why.n)
		return (struct pictures){ 0 };
	return pictures_of(&p->now->kept, &ask, &d->codec, d->arena);
}

struct str dashboard_heading(const struct shown *p, const struct pictures *pictures, size_t i)
{
	return pictures->n > 1 ? pictures->charts[i].title : p->heading;
}

struct page_table dashboard_table(const struct dashboard *d, const struct shown *p)
{
	return answer_table(&p->now->kept, p->panel->columns, p->panel->part != NULL, &d->codec,
			    d->arena);
}

/* The row's currency; empty: it has none. */
static struct str currency_of(const struct answered *x, const struct kept_row *row)
{
	size_t i = answer_currency(&x->kept.answer);
	bool has = i < x->kept.answer.n && row->values[i].kind == V_TEXT;
	return has ? row->values[i].s : (struct str){ 0 };
}

size_t dashboard_row(const struct dashboard *d, const struct answered *x, size_t k)
{
	const char *house = d->codec.settings->currency;
	for (int others = 0; others < 2; others++)
		for (size_t i = 0; i < x->kept.n; i++)
			if (others != str_is(currency_of(x, &x->kept.rows[i]), house) && !k--)
				return i;
	return x->kept.n;
}

/* The figure of the same currency; NULL: there is none. */
static const struct value *value_before(const struct shown *p, const struct kept_row *row)
{
	size_t column = dashboard_column(p);
	struct str currency = currency_of(p->now, row);
	for (size_t i = 0; p->before && i < p->before->kept.n; i++) {
		const struct kept_row *was = &p->before->kept.rows[i];
		if (dashboard_figure(p->before, i) && str_eq(currency_of(p->before, was), currency))
			return &was->values[column];
	}
	return NULL;
}

/* "1.250.000", or brief: "12,5 tỷ". */
static struct str figure_text(const struct dashboard *d, const struct answer_column *c,
			      const struct value *v, bool brief)
{
	const struct settings *s = d->codec.settings;
	const struct chart house = { .unit = CHART_MONEY,
				     .language = s->language,
				     .group = s->group ? s->group : ',',
				     .point = s->point ? s->point : '.' };
	if (brief && v->kind == V_INT)
		return chart_short(&house, (double)v->i / pow(10, v->scale), d->arena);
	return answer_cell(c, v, false, &d->codec).text;
}

/* By how much: rates in points, all else in percent. */
static struct str change_text(const struct dashboard *d, const struct answer_column *c,
			      const struct value *now, const struct value *was)
{
	bool rate = c->unit == UNIT_SHARE;
	const struct answer_column how = { .role = ROLE_FIGURE,
					   .unit = rate ? UNIT_NUMBER : UNIT_PERCENT };
	struct value v = rate ? divided((wide)now->i - was->i, SHARE_POINT, UNIT_NUMBER)
			      : change_share(now, was);
	if (v.kind != V_INT)
		return (struct str){ 0 };
	v.i = v.i < 0 ? -v.i : v.i;
	struct str text = answer_cell(&how, &v, false, &d->codec).text;
	const char *points = label(d->codec.settings->language, " points", " điểm %");
	return arena_printf(d->arena, "%.*s%s", (int)text.n, text.p, rate ? points : "");
}

static void set_move(const struct dashboard *d, const struct answer_column *c, bool bad,
		     struct page_kpi *k, const struct value *now, const struct value *was)
{
	bool up = now->i > was->i;
	k->move = now->i == was->i ? MOVE_NONE : up ? MOVE_UP : MOVE_DOWN;
	k->tone = now->i == was->i ? TONE_NEUTRAL : up != bad ? TONE_GOOD : TONE_BAD;
	if (k->move != MOVE_NONE)
		k->change = change_text(d, c, now, was);
}

/* The figure and the one before in one form: a card has no room for many digits. */
static void set_figures(const struct dashboard *d, const struct shown *p, struct page_kpi *k,
			const struct kept_row *row, bool card)
{
	const struct answer_column *c = &p->now->kept.answer.columns[dashboard_column(p)];
	const struct value *now = &row->values[dashboard_column(p)], *was = value_before(p, row);
	bool moved = was && was->kind == V_INT && now->kind == V_INT;
	for (int brief = 0; brief <= (card && c->unit == UNIT_MONEY); brief++) {
		if (now->kind == V_INT || now->kind == V_TEXT)
			k->value = figure_text(d, c, now, brief);
		if (moved)
			k->against = figure_text(d, c, was, brief);
		if (k->value.n <= FIGURE_MOST && k->against.n <= FIGURE_MOST)
			break;
	}
	if (moved)
		set_move(d, c, p->panel->bad, k, now, was);
}

/* Figures are of a currency each, whatever they count. */
static bool has_several(const struct answered *x)
{
	size_t n = 0;
	for (size_t i = 0; i < x->kept.n; i++)
		n += dashboard_figure(x, i);
	return n > 1;
}

struct page_kpi dashboard_kpi(const struct dashboard *d, const struct shown *p,
			      const struct kept_row *row, bool card)
{
	const struct answer_column *c = &p->now->kept.answer.columns[dashboard_column(p)];
	struct str currency = currency_of(p->now, row);
	struct page_kpi k = { .label = p->heading };
	if (currency.n && (c->unit == UNIT_MONEY || has_several(p->now)))
		k.label = arena_printf(d->arena, "%.*s (%.*s)", (int)p->heading.n, p->heading.p,
				       (int)currency.n, currency.p);
	set_figures(d, p, &k, row, card);
	return k;
}
