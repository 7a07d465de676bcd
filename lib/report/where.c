/* Which records: conditions in the query language, so that lists can show the same ones. */
#include "report/job.h"

static void put_quoted(struct buf *out, const char *key)
{
	buf_putc(out, '\'');
	for (; *key; key++) {
		if (*key == '\'' || *key == '\\')
			buf_putc(out, '\\');
		buf_putc(out, *key);
	}
	buf_putc(out, '\'');
}

/* stage in (…) of one pipeline; false: it has none of that kind. */
static bool put_stages(struct buf *out, const struct pipeline *p, enum stage_kind kind)
{
	size_t n = 0;
	for (size_t i = 0; i < p->n; i++) {
		if (p->stages[i].kind != kind)
			continue;
		buf_puts(out, n++ ? ", " : "stage in (");
		put_quoted(out, p->stages[i].key);
	}
	if (n)
		buf_putc(out, ')');
	return n > 0;
}

/* Deals by the kind of their stage; two pipelines may use one key for different things. */
static void put_deals(struct buf *out, const struct schema *s, enum stage_kind kind)
{
	size_t n, some = 0;
	const struct pipeline *p = schema_pipelines(s, &n);
	buf_puts(out, " and (");
	for (size_t i = 0; i < n; i++) {
		size_t before = out->n;
		buf_puts(out, some ? " or (" : "(");
		if (n > 1) {
			buf_puts(out, "pipeline = ");
			put_quoted(out, p[i].key);
			buf_puts(out, " and ");
		}
		if (put_stages(out, &p[i], kind)) {
			buf_putc(out, ')');
			some++;
		} else {
			out->n = before;
		}
	}
	buf_puts(out, some ? ")" : "id is null)");
}

struct node *job_where(struct job *j, const struct range *r, struct diag *d)
{
	const struct report *report = j->report;
	struct buf text = { 0 };
	struct node *own = NULL;
	if (report->deals != DEALS_ANY)
		put_deals(&text, j->context->schema,
			  report->deals == DEALS_OPEN ? STAGE_OPEN : STAGE_WON);
	if (report->where)
		buf_printf(&text, " and (%s)", report->where);
	range_where(r, j->times, j->ntimes, &text, &j->arena);
	if (text.n) {
		struct str whole = str_sub(buf_copy(&text, &j->arena), strlen(" and "), text.n);
		own = where_parse(whole, j->context, d);
		if (!own)
			die(STATUS_ENV, "report %s cannot be asked: %.*s", report->name,
			    (int)d->message.n, d->message.p);
	}
	buf_free(&text);
	return node_and(own, j->given, &j->arena);
}
