/* Pivots: what is asked, as a report. */
#include "report/pivot.h"

#include "core/buf.h"
#include "report/job.h"
#include "report/take.h"
#include "schema/label.h"

/* What may stand before the brackets, and of what. */
static const struct function {
	const char *name, *en, *vi;
	enum how how;
	bool times; /* also of dates and instants */
} functions[] = {
	{ "sum", "Sum of", "Tổng", HOW_SUM, false },
	{ "avg", "Average of", "Trung bình", HOW_MEAN, false },
	{ "min", "Least", "Nhỏ nhất", HOW_MIN, true },
	{ "max", "Greatest", "Lớn nhất", HOW_MAX, true },
	{ "median", "Median of", "Trung vị", HOW_MEDIAN, false },
	{ "p90", "P90 of", "P90", HOW_P90, false },
	{ "distinct", "Different", "Số khác nhau:", HOW_DISTINCT, true },
};

/* How figures of a type come out: summed, or as a mean. */
static const struct {
	const struct type *type;
	enum unit unit, mean;
	take *take;
	int64_t per;
} kinds[] = {
	{ &type_money, UNIT_MONEY, UNIT_MONEY, take_number, 1 },
	{ &type_int, UNIT_COUNT, UNIT_NUMBER, take_number, 1 },
	{ &type_percent, UNIT_COUNT, UNIT_NUMBER, take_number, 1 },
	{ &type_number, UNIT_RATIO, UNIT_RATIO, take_number, NUMBER_ONE },
	{ &type_instant, UNIT_INSTANT, UNIT_INSTANT, take_instant, 1 },
	{ &type_date, UNIT_DAY, UNIT_DAY, take_instant, 1 },
};

static const struct function *find_function(struct str name)
{
	for (size_t i = 0; i < countof(functions); i++)
		if (str_is(name, functions[i].name))
			return &functions[i];
	return NULL;
}

static bool no_function(struct str text, struct diag *d)
{
	return diag_set(d, NULL,
			"--measure: %s is none of count, sum(FIELD), avg, min, max, median, p90, "
			"distinct",
			quoted(text, &d->arena));
}

/* Sums of text, or of dates, are none. */
static bool set_kind(struct measure *m, const struct function *f, const struct path *p,
		     struct diag *d)
{
	const struct type *type = p->field->type;
	bool time = type == &type_instant || type == &type_date;
	m->how = f->how;
	m->unit = UNIT_COUNT;
	if (f->how == HOW_DISTINCT)
		return true;
	for (size_t i = 0; i < countof(kinds); i++)
		if (kinds[i].type == type && (!time || f->times)) {
			bool mean = f->how == HOW_MEAN || f->how == HOW_MEDIAN;
			m->unit = mean ? kinds[i].mean : kinds[i].unit;
			m->from[0].take = kinds[i].take;
			m->per = kinds[i].per;
			return true;
		}
	return diag_set(d, NULL, "--measure: %s(%.*s): '%s' is no number, but %s", f->name,
			(int)p->text.n, p->text.p, p->field->name, type->help);
}

/* The amounts of one answer are in one currency: that of the record which has them. */
static bool set_currency(struct pivot *p, const struct path *path, struct arena *a, struct diag *d)
{
	if (path->field->type != &type_money)
		return true;
	size_t owner = path->text.n - strlen(path->field->name);
	const char *currency = arena_printf(a, "%.*scurrency", (int)owner, path->text.p).p;
	if (!entity_field(path->entity, STR("currency")))
		currency = NULL;
	if (p->source.currency && currency && strcmp(p->source.currency, currency) != 0)
		return diag_set(d, NULL,
				"--measure: amounts of %s and of %s: ask for one at a time",
				p->source.currency, currency);
	p->source.currency = currency;
	return true;
}

static bool resolve(const char *option, struct str text, const struct query_context *q,
		    struct path *p, struct diag *d)
{
	if (path_resolve(str_trim(text), q, p, d))
		return true;
	struct str why = arena_str(&d->arena, d->message);
	return diag_set(d, NULL, "%s: %.*s", option, (int)why.n, why.p);
}

static bool parse_function(struct pivot *p, struct measure *m, struct str text,
			   const struct query_context *q, struct arena *a, struct diag *d)
{
	struct path path;
	ptrdiff_t open = str_find(text, '(');
	if (open < 0 || text.p[text.n - 1] != ')')
		return no_function(text, d);
	const struct function *f = find_function(str_sub(text, 0, (size_t)open));
	struct str inner = str_sub(text, (size_t)open + 1, text.n - (size_t)open - 2);
	if (!f)
		return no_function(text, d);
	if (!resolve("--measure", inner, q, &path, d))
		return false;
	m->name = arena_printf(a, "%s_%s", f->name, path.text.p).p;
	m->label = arena_printf(a, "%s %s", f->en, path_label(&path, ENGLISH, a).p).p;
	m->label_vi = arena_printf(a, "%s %s", f->vi, path_label(&path, VIETNAMESE, a).p).p;
	m->from[0].in[0] = path.text.p;
	return set_kind(m, f, &path, d) && set_currency(p, &path, a, d);
}

static bool parse_measures(struct pivot *p, const char *list, const struct query_context *q,
			   struct arena *a, struct diag *d)
{
	struct str rest = str_of(list ? list : "count"), text;
	p->measures = arena_new(a, struct measure, MEASURES_MAX);
	for (p->report.nmeasures = 0; str_cut(&rest, ',', &text);) {
		struct measure *m = &p->measures[p->report.nmeasures];
		text = str_trim(text);
		if (p->report.nmeasures == MEASURES_MAX)
			return diag_set(d, NULL, "--measure: more than %d", MEASURES_MAX);
		*m = (struct measure){ "count", "Count", "Số lượng", .unit = UNIT_COUNT };
		if (!str_is(text, "count") && !parse_function(p, m, text, q, a, d))
			return false;
		for (size_t i = 0; i < p->report.nmeasures; i++)
			if (!strcmp(p->measures[i].name, m->name))
				return diag_set(d, NULL, "--measure: %s is named twice",
						quoted(text, &d->arena));
		p->report.nmeasures++;
	}
	return true;
}

static bool check_time(const char *path, const struct query_context *q, struct diag *d)
{
	struct path p;
	if (!resolve("--time", str_of(path), q, &p, d))
		return false;
	return p.field->type == &type_instant || p.field->type == &type_date ||
	       diag_set(d, NULL, "--time: '%s' is neither a date nor an instant", path);
}

/* What the generator would say of --by, said of what was typed. */
static bool check_fields(const char *option, const char *list, const struct query_context *q,
			 struct diag *d)
{
	struct str rest = str_of(list ? list : ""), text;
	struct path p;
	while (rest.n && str_cut(&rest, ',', &text)) {
		if (!resolve(option, text, q, &p, d))
			return false;
		if (p.field->type == &type_money)
			return diag_set(d, NULL, "%s: '%s' is an amount, nothing to group by",
					option, p.text.p);
	}
	return true;
}

/* Each currency has rows of its own, and so cannot go across. */
static bool check_across(const struct pivot *p, const char *across, struct diag *d)
{
	bool money = false;
	if (across && strchr(across, ','))
		return diag_set(d, NULL, "--columns: one field alone goes across");
	for (size_t i = 0; i < p->report.nmeasures; i++)
		money = money || p->measures[i].unit == UNIT_MONEY;
	return !across || !money || !str_is(str_trim(str_of(across)), "currency") ||
	       diag_set(d, NULL,
			"--columns: amounts have a row for each currency; put it into --rows");
}

bool pivot_make(struct pivot *p, const struct pivot_asked *asked, const struct query_context *base,
		struct arena *a, struct diag *d)
{
	struct query_context q = *base;
	const char *entity = asked->entity->name, *rows = asked->rows ? asked->rows : "";
	q.entity = asked->entity;
	*p = (struct pivot){ .across = asked->across, .options = asked->options };
	p->source =
	    (struct source){ entity, entity, .time = { asked->time ? asked->time : "created_at" } };
	if (!check_time(p->source.time[0], &q, d) ||
	    !parse_measures(p, asked->measures, &q, a, d) || !check_fields("--rows", rows, &q, d) ||
	    !check_across(p, asked->across, d) || !check_fields("--columns", asked->across, &q, d))
		return false;
	p->options.by = !asked->across ? rows
			: *rows	       ? arena_printf(a, "%s,%s", rows, asked->across).p
				       : asked->across;
	p->report.name = "pivot";
	p->report.title = label_of_name(str_of(asked->entity->plural), a).p;
	p->report.title_vi = entity_label(asked->entity, VIETNAMESE, a).p;
	p->report.sources = &p->source;
	p->report.nsources = 1;
	p->report.measures = p->measures;
	p->report.main = p->measures->name;
	p->report.chart = (struct picture){ CHART_BAR, .values = asked->across ? "*" : NULL };
	p->report.definition = "Records of one type, as they are now, by any of their fields.";
	return true;
}
