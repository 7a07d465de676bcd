/* From figures to places on an axis, and to the words beside them. */
#include "core/money.h"
#include "report/chart_impl.h"

struct scale scale_nice(double lo, double hi, int most, bool whole)
{
	static const double nice[] = { 1, 2, 5, 10 };
	if (!(hi > lo))
		hi = lo + (whole || lo == 0 ? 1 : fabs(lo) / 2);
	double rough = (hi - lo) / (most < 2 ? 2 : most);
	double ten = pow(10, floor(log10(rough)));
	for (size_t i = 0;; i++) {
		double step = i < countof(nice) ? nice[i] * ten : 20 * ten;
		if (whole && step < 1)
			step = 1;
		struct scale s = { floor(lo / step) * step, ceil(hi / step) * step, step };
		if (i >= countof(nice) || (s.hi - s.lo) / step <= (most < 2 ? 2 : most) + 1e-6)
			return s;
	}
}

double chart_stack(const struct chart *c, size_t k, bool below)
{
	double sum = 0;
	for (size_t i = 0; i < c->nseries; i++) {
		const struct chart_value *v = &c->series[i].values[k];
		if (!c->series[i].reference && chart_drawn(v) && (v->is < 0) == below)
			sum += v->is;
	}
	return sum;
}

static void widen(double v, bool *any, double *lo, double *hi)
{
	*lo = !*any || v < *lo ? v : *lo;
	*hi = !*any || v > *hi ? v : *hi;
	*any = true;
}

static void widen_values(const struct chart_value *values, size_t n, bool *any, double *lo,
			 double *hi)
{
	for (size_t k = 0; values && k < n; k++)
		if (chart_drawn(&values[k]))
			widen(values[k].is, any, lo, hi);
}

bool chart_range(const struct chart *c, double *lo, double *hi)
{
	bool any = false;
	*lo = *hi = 0;
	for (size_t i = 0; i < c->nseries; i++) {
		widen_values(c->series[i].values, c->ncategories, &any, lo, hi);
		widen_values(c->series[i].low, c->ncategories, &any, lo, hi);
		widen_values(c->series[i].high, c->ncategories, &any, lo, hi);
	}
	if (any && c->kind == CHART_HEAT && c->unit == CHART_SHARE)
		widen(0, &any, lo, hi); /* else the least share looks like none */
	if (!any || c->kind == CHART_HEAT)
		return any;
	for (size_t k = 0; c->kind == CHART_STACKED && k < c->ncategories; k++) {
		widen(chart_stack(c, k, false), &any, lo, hi);
		widen(chart_stack(c, k, true), &any, lo, hi);
	}
	/* A line may leave 0 out where that would flatten it. */
	if (c->kind != CHART_LINE || (*lo > 0 && *lo < *hi / 2) || (*hi < 0 && *hi > *lo / 2))
		widen(0, &any, lo, hi);
	return any;
}

/* Of what there are no parts, so that ticks between are of nothing. */
static bool is_whole(const struct chart *c)
{
	if (c->unit == CHART_MONEY)
		return c->currency && !currency_digits(str_of(c->currency));
	for (size_t i = 0; c->unit == CHART_NUMBER && i < c->nseries; i++)
		for (size_t k = 0; k < c->ncategories; k++)
			if (c->series[i].values[k].is != nearbyint(c->series[i].values[k].is))
				return false;
	return c->unit == CHART_COUNT || c->unit == CHART_NUMBER;
}

struct scale chart_scale(const struct chart *c, int most)
{
	double lo, hi;
	chart_range(c, &lo, &hi);
	if (c->kind == CHART_PARETO) {
		struct arena a = { 0 };
		double sum;
		chart_running(c, &sum, &a);
		arena_free(&a);
		hi = sum > hi ? sum : hi;
	}
	return scale_nice(lo, hi, most, is_whole(c));
}

static const double WHOLE_BELOW = 1e4; /* "9.870", not "9,87k" */

/* Names of thousands, the largest first, as the language says them. */
static const struct thousand {
	double is;
	const char *en, *vi;
} thousands[] = {
	{ 1e12, "T", " nghìn tỷ" }, { 1e9, "B", " tỷ" }, { 1e6, "M", " tr" },
	{ 1e3, "K", "k" },	    { 1, NULL, NULL },
};

static const struct thousand *thousand_of(double v)
{
	size_t i = 0;
	while (i + 1 < countof(thousands) && fabs(v) < thousands[i].is)
		i++;
	return &thousands[i];
}

/* v with so many digits behind the point, grouped as the language does. */
static struct str fixed(const struct chart *c, double v, int digits, struct arena *a)
{
	bool vi = c->language == VIETNAMESE;
	char group = c->group ? c->group : vi ? '.' : ',';
	char point = c->point ? c->point : vi ? ',' : '.';
	double scaled = v * pow(10, digits);
	if (!(fabs(scaled) < 9e18))
		return STR("–");
	return decimal_group(llround(scaled), digits, group, point, a);
}

/* Digits behind the point that tell multiples of step apart. */
static int digits_of(double step)
{
	int digits = 0;
	for (; digits < 9 && fabs(step - nearbyint(step)) > step * 1e-6; digits++)
		step *= 10;
	return digits;
}

struct str scale_tick(const struct scale *s, double v, const struct chart *c, struct arena *a)
{
	double most = fabs(s->lo) > fabs(s->hi) ? fabs(s->lo) : fabs(s->hi);
	if (fabs(v) < s->step / 1e6)
		return c->unit == CHART_SHARE ? STR("0%") : STR("0");
	if (c->unit == CHART_SHARE)
		return arena_printf(a, "%s%%", fixed(c, v * 100, digits_of(s->step * 100), a).p);
	const struct thousand *t = thousand_of(most < WHOLE_BELOW ? 1 : most);
	return arena_printf(a, "%s%s", fixed(c, v / t->is, digits_of(s->step / t->is), a).p,
			    !t->en ? "" : label(c->language, t->en, t->vi));
}

struct str chart_short(const struct chart *c, double v, struct arena *a)
{
	if (c->unit == CHART_SHARE)
		return chart_percent(c, v, a);
	const struct thousand *t = thousand_of(fabs(v) < WHOLE_BELOW ? 1 : v);
	double shown = v / t->is;
	int digits = shown == nearbyint(shown) ? 0 : fabs(shown) < 10 ? 2 : fabs(shown) < 100;
	return arena_printf(a, "%s%s", fixed(c, shown, digits, a).p,
			    t->en ? label(c->language, t->en, t->vi) : "");
}

struct str chart_percent(const struct chart *c, double share, struct arena *a)
{
	bool whole = fabs(share) >= .1 || share == 0;
	return arena_printf(a, "%s%%", fixed(c, share * 100, !whole, a).p);
}

struct str chart_number(const struct chart *c, const struct chart_value *v, struct arena *a)
{
	if (!chart_drawn(v))
		return STR("–");
	if (v->text.n)
		return v->text;
	if (c->unit == CHART_SHARE)
		return arena_printf(
		    a, "%s%%", fixed(c, v->is * 100, digits_of(round(v->is * 1000) / 10) > 0, a).p);
	int digits = v->is == nearbyint(v->is) ? 0 : c->unit == CHART_MONEY ? 2 : 1;
	return fixed(c, v->is, c->unit == CHART_COUNT ? 0 : digits, a);
}

double *chart_running(const struct chart *c, double *sum, struct arena *a)
{
	double *shares = arena_new(a, double, c->ncategories + 1);
	*sum = 0;
	for (size_t k = 0; c->nseries && k < c->ncategories; k++) {
		const struct chart_value *v = &c->series[0].values[k];
		*sum += chart_drawn(v) && v->is > 0 ? v->is : 0;
		shares[k] = *sum;
	}
	*sum = c->whole > *sum ? c->whole : *sum;
	for (size_t k = 0; *sum > 0 && k < c->ncategories; k++)
		shares[k] /= *sum;
	return shares;
}

struct str chart_rate(const struct chart *c, size_t k, struct arena *a)
{
	const struct chart_value *v = &c->series[0].values[k];
	if (!k || !chart_drawn(v) || !chart_drawn(v - 1) || v[-1].is <= 0 || v->is > v[-1].is)
		return (struct str){ 0 };
	return chart_percent(c, v->is / v[-1].is, a);
}

struct str chart_value_title(const struct chart *c, struct arena *a)
{
	if (c->unit != CHART_MONEY || !c->currency)
		return c->value_title;
	if (!c->value_title.n)
		return str_of(c->currency);
	return arena_printf(a, "%.*s (%s)", (int)c->value_title.n, c->value_title.p, c->currency);
}

struct str chart_words(const struct chart *c, size_t series, size_t k, struct arena *a)
{
	struct str category = c->categories[k], name = c->series[series].name;
	struct str value = chart_number(c, &c->series[series].values[k], a);
	return arena_printf(a, "%.*s%s%.*s: %.*s", (int)category.n, category.p, name.n ? " · " : "",
			    (int)name.n, name.p ? name.p : "", (int)value.n, value.p);
}
