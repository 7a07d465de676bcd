/* What a report says about itself. */
#include "report/job.h"
#include "report/sequel.h"
#include "schema/label.h"

static const char *period_label(enum period p, enum language l)
{
	static const char *const en[] = { "day", "week", "month", "quarter", "year" };
	static const char *const vi[] = { "ngày", "tuần", "tháng", "quý", "năm" };
	return label(l, en[p], vi[p]);
}

/* "2026-11-01 09:30"; at midnight the day alone. */
static struct str range_end(int64_t at, struct arena *a)
{
	return zone_second(at) ? instant_print_local(at, a) : day_print(zone_day(at), a);
}

static void put_range(const struct timing *t, enum language l, struct buf *out)
{
	struct arena a = { 0 };
	const struct range *r = &t->range;
	if (r->has_from)
		buf_printf(out, " %s %s", label(l, "from", "từ"), range_end(r->from, &a).p);
	if (r->has_to)
		buf_printf(out, " %s %s", label(l, "to (not including)", "đến (không gồm)"),
			   range_end(r->to, &a).p);
	if (t->by_period)
		buf_printf(out, " %s %s", label(l, "by", "theo"), period_label(t->period, l));
	if (t->against)
		buf_printf(out, " %s %s", label(l, "against", "so với"),
			   t->against == AGAINST_YEAR ? label(l, "the year before", "năm trước")
						      : label(l, "what went before", "kỳ trước"));
	arena_free(&a);
}

struct report_facts report_facts(const struct job *j, enum language l, struct arena *a)
{
	struct buf when = { 0 };
	put_range(&j->timing, l, &when);
	struct str period = buf_copy(&when, a);
	struct report_facts f = {
		.title = str_of(label(l, j->report->title, j->report->title_vi)),
		.as_of = instant_print_local(j->options->now, a),
		.zone = str_of(zone_name()),
		.period = str_trim(period),
		.filter = str_of(j->options->where),
	};
	if (j->conversion.into.n)
		f.more =
		    arena_printf(a, "amounts: in %s, by the exchange rate of each record's day\n",
				 j->conversion.into.p);
	buf_free(&when);
	return f;
}

static void put_fact(const char *name, struct str text, struct buf *out)
{
	if (!text.n)
		return;
	buf_printf(out, "%s: ", name);
	buf_escape(out, text);
	buf_putc(out, '\n');
}

void facts_put(const struct report_facts *f, enum language l, struct buf *out)
{
	buf_put(out, f->title);
	buf_printf(out, "\n%s: %.*s %.*s\n", label(l, "as of", "tính đến"), (int)f->as_of.n,
		   f->as_of.p, (int)f->zone.n, f->zone.p);
	put_fact(label(l, "period", "kỳ"), f->period, out);
	put_fact(label(l, "filter", "lọc"), f->filter, out);
	buf_put(out, f->more);
	buf_putc(out, '\n');
}

static void explain_sql(struct job *j, const struct sql *q, struct buf *out)
{
	buf_put(out, buf_str(&q->text));
	buf_putc(out, '\n');
	for (size_t i = 0; i < q->nparams; i++) {
		const struct value *v = &q->params[i];
		if (v->kind == V_TEXT)
			buf_printf(out, "$%zu = %s\n", i + 1, quoted(v->s, &j->arena));
		else
			buf_printf(out, "$%zu = %lld\n", i + 1, (long long)v->i);
	}
	struct str plan = db_plan(j->store->db, q, &j->arena);
	buf_printf(out, "\n%.*s", (int)plan.n, plan.p);
}

static void explain_feed(struct job *j, struct feed *f, struct buf *out)
{
	struct sql q = { .arena = &j->arena };
	const char *const *path = f->source->reads;
	for (; path && *path; path++)
		feed_input(j, f, *path);
	feed_sql(j, f, feed_read_where(j, f), f->source->reads ? READ_TIMES : feed_what(j), &q);
	if (j->nfeeds > 1)
		buf_printf(out, "-- %s\n", f->source->name);
	explain_sql(j, &q, out);
	sql_free(&q);
}

/* What it reads besides: a report in C its own, the others what they learn. */
static void explain_besides(struct job *j, struct buf *out)
{
	const struct report *r = j->report;
	struct sequel_reach reach = job_sequel_reach(j);
	for (size_t i = 0; r->besides || r->sequel; i++) {
		struct sql q = { .arena = &j->arena };
		bool more = r->besides ? r->besides(j, &q, i)
				       : sequel_sql(j->store, &q, r->sequel, &reach, i);
		if (more) {
			buf_putc(out, '\n');
			explain_sql(j, &q, out);
		}
		sql_free(&q);
		if (!more)
			return;
	}
}

void report_explain(struct job *j, struct buf *out)
{
	size_t n = 0;
	struct report_facts facts = report_facts(j, ENGLISH, &j->arena);
	facts_put(&facts, ENGLISH, out);
	buf_printf(out, "%s\n\n", j->report->definition);
	for (struct feed *f = j->feeds; f < j->feeds + j->nfeeds; f++) {
		if (!feed_reads(f) || (j->report->asks && !j->report->asks(j, f->source)))
			continue;
		buf_puts(out, n++ ? "\n" : "");
		explain_feed(j, f, out);
	}
	explain_besides(j, out);
}
