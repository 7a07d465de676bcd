/* Panels as questions: which report, asked how, and the command line that says so. */
#include <stdlib.h>

#include "core/shell.h"
#include "query/ref.h"
#include "report/dashboard_impl.h"
#include "schema/label.h"

/* The options that every report has, and where they go. */
static const struct {
	const char *name;
	size_t at; /* in struct report_options */
} shared[] = {
	{ "by", offsetof(struct report_options, by) },
	{ "period", offsetof(struct report_options, period) },
	{ "compare", offsetof(struct report_options, compare) },
	{ "from", offsetof(struct report_options, from) },
	{ "to", offsetof(struct report_options, to) },
	{ "where", offsetof(struct report_options, where) },
	{ "currency", offsetof(struct report_options, currency) },
};

static bool set_shared(struct question *q, const struct panel_option *o)
{
	for (size_t i = 0; i < countof(shared); i++)
		if (!strcmp(o->name, shared[i].name)) {
			*(const char **)((char *)&q->options + shared[i].at) =
			    o->value ? o->value : "true";
			return true;
		}
	return false;
}

static bool set_own(struct question *q, const struct panel_option *o)
{
	const struct report_option *own = q->report->options;
	for (size_t i = 0; own && own[i].name; i++)
		if (!strcmp(o->name, own[i].name)) {
			q->options.own[i] = own[i].flag ? "on" : o->value ? o->value : "true";
			return true;
		}
	return false;
}

static const char *nearest_option(const struct report *r, const char *name)
{
	const char *names[countof(shared) + OPTIONS_MAX + 2] = { "sort", "limit" };
	size_t n = 2;
	for (size_t i = 0; i < countof(shared); i++)
		names[n++] = shared[i].name;
	for (size_t i = 0; r->options && r->options[i].name; i++)
		names[n++] = r->options[i].name;
	return nearest(str_of(name), names, n);
}

static bool set_option(struct question *q, const struct panel_option *o, struct diag *d)
{
	if (!strcmp(o->name, "sort"))
		q->sort = o->value;
	else if (!strcmp(o->name, "limit")) {
		if (!str_int(str_of(o->value), &q->limit) || q->limit < 0)
			return diag_set(d, NULL, "limit: %s is no whole number from 0 on",
					quoted(str_of(o->value), &d->arena));
	} else if (!set_shared(q, o) && !set_own(q, o)) {
		const char *near = nearest_option(q->report, o->name);
		return diag_set(d, NULL, "report %s has no option %s%s%s%s", q->report->name,
				quoted(str_of(o->name), &d->arena), near ? "; did you mean " : "",
				near ? near : "", near ? "?" : "");
	}
	return true;
}

bool question_read(struct question *q, const struct panel *p, const char **at, struct diag *d)
{
	const char *names[64];
	size_t n = 0;
	*q = (struct question){ .report = report_named(p->report), .limit = -1 };
	q->part = p->part;
	for (size_t i = 0; i < nreports && n < countof(names); i++)
		names[n++] = reports[i]->name;
	if (!q->report) {
		const char *near = nearest(str_of(p->report), names, n);
		*at = "report";
		return diag_set(d, NULL, "there is no report %s%s%s%s",
				quoted(str_of(p->report), &d->arena), near ? "; did you mean " : "",
				near ? near : "", near ? "?" : "");
	}
	for (const struct panel_option *o = p->options; o->name; o++) {
		*at = o->name;
		if (!set_option(q, o, d))
			return false;
	}
	*at = NULL;
	return true;
}

static void put_option(struct buf *b, const char *name, const char *value)
{
	buf_printf(b, !strcmp(name, "where") ? " -w" : " --%s", name);
	if (value) {
		buf_putc(b, ' ');
		shell_put(b, str_of(value));
	}
}

struct str question_command(const struct question *q, const struct panel *p, const char *program,
			    struct arena *a)
{
	struct buf b = { 0 };
	buf_printf(&b, "%s %s", program, q->report->name);
	if (q->part)
		buf_printf(&b, " %s", q->part);
	for (size_t i = 0; i < countof(shared); i++) {
		const char *value =
		    *(const char *const *)((const char *)&q->options + shared[i].at);
		if (value)
			put_option(&b, shared[i].name, value);
	}
	for (const struct panel_option *o = p->options; o->name; o++) {
		size_t i = 0;
		while (i < countof(shared) && strcmp(o->name, shared[i].name))
			i++;
		if (i == countof(shared))
			put_option(&b, o->name, o->value);
	}
	struct str line = buf_copy(&b, a);
	buf_free(&b);
	return line;
}

/* -- checks -- */

static const char *const kinds[] = {
	[CHART_BAR] = "bars",	   [CHART_STACKED] = "stacked", [CHART_LINE] = "lines",
	[CHART_FUNNEL] = "funnel", [CHART_HEAT] = "heat",	[CHART_PARETO] = "pareto",
};

bool picture_read(const char *word, struct picture *p, struct diag *d)
{
	p->none = !strcmp(word, "none");
	if (p->none)
		return true;
	for (size_t i = 0; i < countof(kinds); i++)
		if (!strcmp(word, kinds[i])) {
			p->kind = (enum chart_kind)i;
			return true;
		}
	return diag_set(d, NULL, "%s is none of none, bars, stacked, lines, funnel, heat, pareto",
			quoted(str_of(word), &d->arena));
}

/* What C makes of it has columns of its own: they are known once it answers. */
static bool check_figure(const struct report *r, struct str name, struct diag *d)
{
	const char *names[MEASURES_MAX + 3] = { "previous", "change", "change_pct" };
	size_t n = 3;
	for (size_t i = 0; i < r->nmeasures; i++)
		if (!r->measures[i].hidden)
			names[n++] = r->measures[i].name;
	for (size_t i = 0; i < n; i++)
		if (str_is(name, names[i]))
			return true;
	const char *near = nearest(name, names, n);
	return r->compute || r->finish ||
	       diag_set(d, NULL, "report %s has no figure %s%s%s%s", r->name,
			quoted(name, &d->arena), near ? "; did you mean " : "", near ? near : "",
			near ? "?" : "");
}

static bool check_shown(const struct report *r, const struct panel *p, const char **at,
			struct diag *d)
{
	struct picture picture;
	struct str rest = str_of(p->columns), name;
	*at = "kpi";
	if (p->kpi && !check_figure(r, str_of(p->kpi), d))
		return false;
	*at = "columns";
	while (rest.p && str_cut(&rest, ' ', &name))
		if (!check_figure(r, name, d))
			return false;
	*at = "chart";
	if (p->chart && !picture_read(p->chart, &picture, d))
		return false;
	*at = NULL;
	return true;
}

/* The option that the message names: "--by: …"; or "part". */
static const char *culprit(const struct panel *p, const struct diag *d)
{
	struct str text = d->source.n ? d->source : d->message;
	for (const struct panel_option *o = p->options; o->name; o++)
		if (str_starts(text, "--") && str_starts(str_sub(text, 2, text.n), o->name))
			return o->name;
	if (str_starts(text, "-w"))
		return "where";
	return str_starts(text, "there is no part") ? "part" : NULL;
}

bool dashboard_check(struct store *s, const struct panel *p, const char **at, struct diag *d)
{
	struct arena a = { 0 };
	struct resolver r = { .store = s };
	struct query_context context = {
		.schema = &s->schema,
		.settings = &s->settings,
		.arena = &a,
		.resolve = ref_resolve_for_query,
		.resolve_ctx = &r,
	};
	struct question q;
	struct parts parts = { 0 };
	bool ok = question_read(&q, p, at, d) && check_shown(q.report, p, at, d);
	q.options.now = store_instant(s);
	if (ok && !parts_open(&parts, s, q.report, q.part, &q.options, &context, d)) {
		*at = culprit(p, d);
		ok = false;
	}
	parts_close(&parts);
	resolver_free(&r);
	arena_free(&a);
	return ok;
}
