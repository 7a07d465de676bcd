/* What the forms of a dashboard share: key figures, pictures. */
#include "report/chart_impl.h"
#include "report/dashboard_impl.h"

enum { FIGURE_MOST = 13 }; /* characters of a figure before it is said short */

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
	const struct picture_ask ask = {
		.picture = &p->picture,
		.main = p->report->main,
		.period = p->period,
		.part = p->report->part != NULL,
		.each = picture_each(p->report),
		.by = picture_by(p->report, by ? by->value : NULL, p->period),
		.sorted = panel_option(p->panel, "sort") != NULL,
		.facts = p->facts,
	};
	if (p->now->why.n)
		return (struct pictures){ 0 };
	return pictures_of(&p->now->kept, &ask, &d->codec, d->arena);
}

struct page_table dashboard_table(const struct dashboard *d, const struct shown *p)
{
	return answer_table(&p->now->kept, p->panel->columns, p->panel->part != NULL, &d->codec,
			    d->arena);
}

/* The row's currency; empty: it has none. */
static struct str currency_of(const struct answered *x, const struct kept_row *row)
{
	const struct answer *a = &x->kept.answer;
	for (size_t i = 0; i < a->n; i++)
		if (a->columns[i].role == ROLE_CURRENCY && row->values[i].kind == V_TEXT)
			return row->values[i].s;
	return (struct str){ 0 };
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

/* "1.250.000", or "12,5 tỷ" of more digits than a card has room for. */
static struct str short_figure(const struct dashboard *d, const struct answer_column *c,
			       const struct value *v)
{
	struct str text = answer_cell(c, v, false, &d->codec).text;
	const struct chart short_chart = { .unit = CHART_MONEY,
					   .language = d->codec.settings->language };
	if (text.n <= FIGURE_MOST || c->unit != UNIT_MONEY)
		return text;
	return chart_short(&short_chart, (double)v->i / pow(10, v->scale), d->arena);
}

/* By how much: rates in points, all else in percent. */
static struct str change_text(const struct dashboard *d, const struct answer_column *c,
			      const struct value *now, const struct value *was)
{
	enum language l = d->codec.settings->language;
	struct chart number = { .unit = CHART_NUMBER, .language = l };
	double is = (double)now->i, before = (double)was->i;
	bool rate = c->unit == UNIT_SHARE;
	struct chart_value v = { .has = true };
	if (!rate && before == 0)
		return (struct str){ 0 };
	v.is =
	    rate ? (is - before) / pow(10, now->scale) * 100 : (is - before) / fabs(before) * 100;
	v.is = fabs(nearbyint(v.is * 10) / 10);
	struct str text = chart_number(&number, &v, d->arena);
	return arena_printf(d->arena, "%.*s%s", (int)text.n, text.p,
			    rate ? label(l, " points", " điểm %") : "%");
}

static void set_move(const struct dashboard *d, const struct shown *p, struct page_kpi *k,
		     const struct value *now, const struct value *was)
{
	const struct answer_column *c = &p->now->kept.answer.columns[dashboard_column(p)];
	if (!was || was->kind != V_INT || now->kind != V_INT)
		return;
	bool up = now->i > was->i;
	k->move = now->i == was->i ? MOVE_NONE : up ? MOVE_UP : MOVE_DOWN;
	k->tone = now->i == was->i ? TONE_NEUTRAL : up != p->panel->bad ? TONE_GOOD : TONE_BAD;
	if (k->move != MOVE_NONE)
		k->change = change_text(d, c, now, was);
	k->against = answer_cell(c, was, false, &d->codec).text;
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
			      const struct kept_row *row)
{
	size_t column = dashboard_column(p);
	const struct answer_column *c = &p->now->kept.answer.columns[column];
	const struct value *now = &row->values[column];
	struct str currency = currency_of(p->now, row);
	struct page_kpi k = { .label = p->heading };
	if (currency.n && (c->unit == UNIT_MONEY || has_several(p->now)))
		k.label = arena_printf(d->arena, "%.*s (%.*s)", (int)p->heading.n, p->heading.p,
				       (int)currency.n, currency.p);
	if (now->kind == V_INT || now->kind == V_TEXT)
		k.value = short_figure(d, c, now);
	set_move(d, p, &k, now, value_before(p, row));
	return k;
}
