/* A user's own report: reading the file. */
#include "report/own.h"

#include "config/yaml.h"
#include "core/buf.h"
#include "report/own_impl.h"

static bool parse_text(struct str text, const struct calendar *c, struct value *v, struct arena *a,
		       struct diag *d)
{
	(void)c, (void)a, (void)d;
	*v = value_text(text);
	return true;
}

static bool parse_int(struct str text, const struct calendar *c, struct value *v, struct arena *a,
		      struct diag *d)
{
	(void)c, (void)a;
	*v = value_int(0);
	return str_int(text, &v->i) ||
	       diag_set(d, NULL, "%s is no whole number", quoted(text, &d->arena));
}

static bool parse_date(struct str text, const struct calendar *c, struct value *v, struct arena *a,
		       struct diag *d)
{
	struct when w;
	if (!when_parse(text, c, &w, d))
		return false;
	*v = value_text(day_print(w.is_instant ? zone_day(w.from) : w.from, a));
	return true;
}

static bool parse_instant(struct str text, const struct calendar *c, struct value *v,
			  struct arena *a, struct diag *d)
{
	struct when w;
	if (!when_parse(text, c, &w, d))
		return false;
	*v = value_text(instant_print(w.is_instant ? w.from : zone_instant(w.from, 0), a));
	return true;
}

static const struct own_type types_known[] = {
	{ "text", parse_text },
	{ "int", parse_int },
	{ "date", parse_date },
	{ "instant", parse_instant },
};

/* -- pieces of the file -- */

static bool is_known(const struct yaml *map, const char *const *known, size_t n, struct diag *d)
{
	for (size_t i = 0; i < map->n; i++) {
		size_t k = 0;
		while (k < n && !str_is(map->keys[i].text, known[k]))
			k++;
		const char *near = k == n ? nearest(map->keys[i].text, known, n) : NULL;
		if (k == n)
			return yaml_error(&map->keys[i], d, "there is no %s here%s%s%s",
					  quoted(map->keys[i].text, &d->arena),
					  near ? "; did you mean " : "", near ? near : "",
					  near ? "?" : "");
	}
	return true;
}

static bool want(const struct yaml *y, enum yaml_kind kind, const char *what, struct diag *d)
{
	return y->kind == kind ||
	       yaml_error(y, d, "%s is wanted here, this is %s", what, yaml_what(y));
}

/* A word of the map, or NULL. */
static bool read_word(const struct yaml *map, const char *key, const char **out, struct diag *d)
{
	const struct yaml *y = yaml_get(map, key);
	*out = NULL;
	if (!y || yaml_is_null(y))
		return true;
	if (!want(y, YAML_SCALAR, "a text", d))
		return false;
	*out = y->text.p;
	return true;
}

static bool read_title(struct own_report *r, const struct yaml *y, struct diag *d)
{
	static const char *const known[] = { "en", "vi" };
	if (y && y->kind == YAML_MAP) {
		if (!is_known(y, known, countof(known), d) || !read_word(y, "en", &r->title, d) ||
		    !read_word(y, "vi", &r->title_vi, d))
			return false;
	} else if (y) {
		if (!want(y, YAML_SCALAR, "a text", d))
			return false;
		r->title = y->text.p;
	}
	if (!r->title && !r->title_vi)
		r->title = r->path;
	return true;
}

static bool read_type(struct own_parameter *p, const struct yaml *map, struct diag *d)
{
	const char *type;
	if (!read_word(map, "type", &type, d))
		return false;
	for (size_t i = 0; i < countof(types_known); i++)
		if (!strcmp(type ? type : "text", types_known[i].name))
			p->type = &types_known[i];
	return p->type ||
	       yaml_error(yaml_get(map, "type"), d, "%s is none of text, int, date, instant",
			  quoted(str_of(type), &d->arena));
}

static bool read_parameters(struct own_report *r, const struct yaml *map, struct diag *d)
{
	static const char *const known[] = { "type", "default" };
	if (!map || yaml_is_null(map))
		return true;
	if (!want(map, YAML_MAP, "a map of parameters", d))
		return false;
	if (map->n > OWN_PARAMETERS_MAX)
		return yaml_error(map, d, "more than %d parameters", OWN_PARAMETERS_MAX);
	for (size_t i = 0; i < map->n; i++) {
		struct own_parameter *p = &r->parameters[r->nparameters++];
		const struct yaml *of = &map->items[i];
		p->name = map->keys[i].text.p;
		if (!want(of, YAML_MAP, "a map such as {type: date, default: soy}", d) ||
		    !is_known(of, known, countof(known), d) || !read_type(p, of, d) ||
		    !read_word(of, "default", &p->given, d))
			return false;
	}
	return true;
}

static bool read_chart(struct own_report *r, const struct yaml *map, struct diag *d)
{
	static const char *const known[] = { "kind", "category", "values", "series" };
	static const char *const kinds[] = {
		[CHART_BAR] = "bars",	   [CHART_STACKED] = "stacked", [CHART_LINE] = "lines",
		[CHART_FUNNEL] = "funnel", [CHART_HEAT] = "heat",	[CHART_PARETO] = "pareto",
	};
	const char *kind;
	r->drawn = map;
	r->chart.none = !map || yaml_is_null(map);
	if (r->chart.none)
		return true;
	if (!want(map, YAML_MAP, "a map such as {kind: bars}", d) ||
	    !is_known(map, known, countof(known), d) || !read_word(map, "kind", &kind, d) ||
	    !read_word(map, "category", &r->chart.category, d) ||
	    !read_word(map, "values", &r->chart.values, d) ||
	    !read_word(map, "series", &r->chart.series, d))
		return false;
	for (size_t i = 0; kind && i < countof(kinds); i++)
		if (!strcmp(kind, kinds[i])) {
			r->chart.kind = (enum chart_kind)i;
			return true;
		}
	return !kind || yaml_error(yaml_get(map, "kind"), d,
				   "%s is none of bars, stacked, lines, funnel, heat, pareto",
				   quoted(str_of(kind), &d->arena));
}

bool own_read(struct own_report *r, const char *path, struct arena *a, struct diag *d)
{
	static const char *const known[] = { "title", "parameters", "sql", "columns", "chart" };
	const struct yaml *doc = yaml_read(path, a, d);
	*r = (struct own_report){ .path = path };
	if (!doc || !want(doc, YAML_MAP, "a map with title and sql", d) ||
	    !is_known(doc, known, countof(known), d))
		return false;
	r->sql = yaml_get(doc, "sql");
	r->columns = yaml_get(doc, "columns");
	if (!r->sql)
		return yaml_error(doc, d, "there is no sql");
	return want(r->sql, YAML_SCALAR, "a statement", d) &&
	       read_title(r, yaml_get(doc, "title"), d) &&
	       read_parameters(r, yaml_get(doc, "parameters"), d) &&
	       read_chart(r, yaml_get(doc, "chart"), d) && own_check_columns(r, d) &&
	       own_number(r, a, d);
}

bool own_set(struct own_report *r, const char *operand, struct diag *d)
{
	struct str rest = str_of(operand), name;
	const char *names[OWN_PARAMETERS_MAX];
	str_cut(&rest, '=', &name);
	for (size_t i = 0; i < r->nparameters; i++) {
		names[i] = r->parameters[i].name;
		if (rest.p && str_is(name, names[i])) {
			r->parameters[i].given = rest.p;
			return true;
		}
	}
	const char *near = nearest(name, names, r->nparameters);
	return diag_set(d, NULL, "there is no parameter %s%s%s%s", quoted(name, &d->arena),
			near ? "; did you mean " : "", near ? near : "", near ? "?" : "");
}

bool own_bind(struct own_report *r, const struct calendar *c, struct arena *a, struct diag *d)
{
	for (size_t i = 0; i < r->nparameters; i++) {
		struct own_parameter *p = &r->parameters[i];
		if (!p->given)
			return diag_set(d, NULL, "say %s=… (%s)", p->name, p->type->name);
		if (!p->type->parse(str_of(p->given), c, &p->value, a, d)) {
			d->field = p->name;
			return false;
		}
	}
	return true;
}
