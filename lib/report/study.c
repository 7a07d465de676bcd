/* What the reports in C share. */
#include "report/study.h"

#include <math.h>
#include <stdlib.h>

#include "core/money.h"
#include "schema/label.h"
#include "schema/line.h"

/* -- the answer -- */

void study_begin(struct study *s, const struct study_column *columns, size_t n)
{
	enum language l = report_language(s->job);
	struct answer_column *all = arena_new(report_arena(s->job), struct answer_column, n);
	for (size_t i = 0; i < n; i++)
		all[i] = (struct answer_column){
			.name = str_of(columns[i].name),
			.label = str_of(label(l, columns[i].label, columns[i].label_vi)),
			.role = columns[i].role,
			.unit = columns[i].unit,
			.field = columns[i].field,
			.word = columns[i].word,
			.starts = columns[i].starts,
			.period = columns[i].period,
			.number = columns[i].number,
		};
	answer_begin(s->out, all, n);
}

void study_put(struct study *s, const struct value *values)
{
	answer_row(s->out, values);
	arena_reset(&s->row);
}

void study_close(struct study *s)
{
	for (size_t i = 0; i < countof(s->names); i++)
		stmt_close(s->names[i].name);
	arena_free(&s->row);
}

/* -- what was asked -- */

struct diag *study_about(struct diag *d, const char *option)
{
	d->source = arena_printf(&d->arena, "--%s", option);
	return d;
}

bool study_on(const struct study *s, const char *option)
{
	return report_option(s->job, option) != NULL;
}

bool study_reads(const struct study *s, const char *source)
{
	const struct job *j = s->job;
	for (size_t i = 0; i < j->nfeeds; i++)
		if (!strcmp(j->feeds[i].source->name, source))
			return feed_reads(&j->feeds[i]);
	die(STATUS_ENV, "report %s has no source %s", j->report->name, source);
}

bool study_one_of(const struct study *s, const char *const *flags, size_t n)
{
	const char *first = NULL;
	for (size_t i = 0; i < n; i++) {
		if (first && study_on(s, flags[i]))
			return diag_set(study_about(s->diag, flags[i]), NULL,
					"not with --%s: one at a time", first);
		first = study_on(s, flags[i]) ? flags[i] : first;
	}
	return true;
}

bool study_plain(const struct study *s, bool periods, bool dimensions, bool from)
{
	const char *name = s->job->report->name;
	if (!periods && s->job->timing.by_period)
		return diag_set(study_about(s->diag, "period"), NULL, "report %s has no periods",
				name);
	if (!from && s->job->timing.range.has_from)
		return diag_set(study_about(s->diag, "from"), NULL,
				"report %s needs all that was before", name);
	return dimensions || !s->job->options->by ||
	       diag_set(study_about(s->diag, "by"), NULL, "report %s has no dimensions", name);
}

bool study_moneyless(const struct study *s)
{
	return !s->job->options->currency ||
	       diag_set(study_about(s->diag, "currency"), NULL, "report %s shows no amounts",
			s->job->report->name);
}

int64_t study_today(const struct study *s)
{
	const struct range *r = &s->job->timing.range;
	int64_t today = zone_day(report_now(s->job));
	int64_t last = r->has_to ? zone_day(r->to - 1) : today;
	return last < today ? last : today;
}

int64_t study_running(const struct study *s)
{
	const struct range *r = &s->job->timing.range;
	int64_t today = zone_day(report_now(s->job));
	return r->has_to && r->to <= report_now(s->job) ? zone_day(r->to - 1) + 1 : today;
}

bool study_day(const struct study *s, const char *option, bool *given, int64_t *day)
{
	struct when w;
	const char *text = report_option(s->job, option);
	*given = text != NULL;
	if (!text)
		return true;
	if (!when_parse(str_of(text), &s->job->context->settings->calendar, &w, s->diag)) {
		study_about(s->diag, option);
		return false;
	}
	*day = w.is_instant ? zone_day(w.from) : w.from;
	return true;
}

bool study_number(const struct study *s, const char *option, double low, double high, double *out)
{
	int64_t value;
	int scale;
	const char *text = report_option(s->job, option);
	if (!text)
		return true;
	if (!decimal_parse(str_of(text), &value, &scale))
		return diag_set(study_about(s->diag, option), NULL, "%s is not a number",
				quoted(str_of(text), &s->diag->arena));
	*out = (double)value / pow(10, scale);
	return (*out >= low && *out <= high) ||
	       diag_set(study_about(s->diag, option), NULL, "%s is not from %g to %g", text, low,
			high);
}

int64_t study_whole(const struct study *s, const char *option)
{
	int64_t n = 0;
	str_int(str_of(report_option(s->job, option)), &n);
	return n;
}

/* -- values -- */

struct value study_ref(struct study *s, const struct entity *e, int64_t id)
{
	return value_text(ref_print(e, id, &s->row));
}

static struct stmt *name_statement(struct study *s, const struct entity *e)
{
	struct study_names *n = s->names;
	while (n->of && n->of != e)
		n++;
	if (!n->of) {
		struct sql q = { .arena = report_arena(s->job) };
		sql_add(&q, "select ");
		sql_column(&q, entity_field(e, str_of(e->title)));
		sql_add(&q, " from ");
		sql_table(&q, e);
		sql_add(&q, " where id = $1");
		*n = (struct study_names){ e, db_prepare(report_store(s->job)->db, &q) };
		sql_free(&q);
	}
	return n->name;
}

struct value study_name(struct study *s, const struct entity *e, int64_t id)
{
	struct stmt *of = name_statement(s, e);
	struct value v = value_int(id);
	stmt_bind(of, 1, &v);
	struct value name = stmt_step(of) ? stmt_value(of, 0) : value_null();
	if (name.kind == V_TEXT)
		name.s = arena_str(&s->row, name.s);
	stmt_reset(of);
	return name;
}

struct value study_text(const char *text)
{
	return text ? value_text(str_of(text)) : value_null();
}

struct value study_of_day(struct study *s, int64_t day)
{
	return value_text(day_print(day, &s->row));
}

struct value study_decimal(double x, int scale)
{
	double scaled = x * pow(10, scale);
	if (!isfinite(scaled) || fabs(scaled) > 9e18)
		return value_null();
	struct value v = value_int(llround(scaled));
	v.scale = (uint8_t)scale;
	return v;
}

bool study_sale(struct study *s, const struct value line[4], int64_t day, int64_t *minor,
		const char **code)
{
	enum { AMOUNT, RETURNED, QUANTITY, CURRENCY };
	const struct str into = s->job->conversion.into;
	struct rate rate;
	if (line[AMOUNT].kind != V_INT)
		return false;
	*minor = line[AMOUNT].i;
	*code = currency_code(line[CURRENCY].s);
	if (into.n && !str_is(into, *code) &&
	    job_rate(s->job, str_of(*code), day_print(day, &s->row), &rate)) {
		if (!rate_apply(&rate, *minor, minor))
			die(STATUS_REFUSED, "an amount is too large in %s", into.p);
		*code = into.p;
	}
	if (line[RETURNED].kind == V_INT && line[RETURNED].i && line[QUANTITY].i)
		*minor -= line_share(*minor, line[RETURNED].i, line[QUANTITY].i);
	return true;
}

struct value study_money(int64_t minor, struct str currency)
{
	struct value v = value_int(minor);
	v.scale = (uint8_t)currency_digits(currency);
	return v;
}

struct value study_ratio(int64_t of, int64_t to)
{
	return to ? study_decimal((double)of / (double)to, 4) : value_null();
}

double study_quantile(const int32_t *sorted, size_t n, double share)
{
	double at = share * (double)(n - 1);
	size_t below = (size_t)at;
	double part = at - (double)below;
	size_t above = below + 1 < n ? below + 1 : below;
	return sorted[below] + part * ((double)sorted[above] - sorted[below]);
}

int study_by_number(const void *a, const void *b)
{
	int32_t x = *(const int32_t *)a, y = *(const int32_t *)b;
	return (x > y) - (x < y);
}
