/* What a report says about itself. */
#include "report/job.h"

static void put_range(const struct timing *t, struct buf *out)
{
	static const char *const periods[] = { "day", "week", "month", "quarter", "year" };
	struct arena a = { 0 };
	const struct range *r = &t->range;
	if (r->has_from)
		buf_printf(out, " from %s", instant_print_local(r->from, &a).p);
	if (r->has_to)
		buf_printf(out, " to (not including) %s", instant_print_local(r->to, &a).p);
	if (t->by_period)
		buf_printf(out, " by %s", periods[t->period]);
	if (t->against)
		buf_printf(out, " against %s",
			   t->against == AGAINST_YEAR ? "the year before" : "what went before");
	arena_free(&a);
}

void report_heading(const struct job *j, struct buf *out)
{
	struct arena a = { 0 };
	struct buf when = { 0 };
	buf_printf(out, "%s\nas of: %s %s\n", j->report->title,
		   instant_print_local(j->options->now, &a).p, zone_name());
	put_range(&j->timing, &when);
	if (when.n)
		buf_printf(out, "period:%.*s\n", (int)when.n, when.p);
	if (j->options->where) {
		buf_puts(out, "filter: ");
		buf_escape(out, str_of(j->options->where));
		buf_putc(out, '\n');
	}
	buf_putc(out, '\n');
	buf_free(&when);
	arena_free(&a);
}

void report_explain(struct job *j, struct buf *out)
{
	struct sql q = { .arena = &j->arena };
	report_heading(j, out);
	buf_printf(out, "%s\n\n", j->report->definition);
	job_sql(j, j->where, &q);
	buf_put(out, buf_str(&q.text));
	buf_putc(out, '\n');
	for (size_t i = 0; i < q.nparams; i++) {
		const struct value *v = &q.params[i];
		if (v->kind == V_TEXT)
			buf_printf(out, "$%zu = %s\n", i + 1, quoted(v->s, &j->arena));
		else
			buf_printf(out, "$%zu = %lld\n", i + 1, (long long)v->i);
	}
	struct str plan = db_plan(j->store->db, &q, &j->arena);
	buf_printf(out, "\n%.*s", (int)plan.n, plan.p);
	sql_free(&q);
}
