/* crm-remind reorder: the report of repeat purchases knows each customer's rhythm. */
#include "cli/remind.h"
#include "core/date.h"
#include "report/parts.h"

struct reorders {
	struct answer answer; /* the first */
	struct crm *crm;
	const struct remind_window *window;
	const struct remind_asked *asked;
	size_t n;
	int64_t **ids; /* one an `asked` with a condition: for whom it is true, by id */
	size_t *nids;
	struct remind_items *out;
};

static bool is_meant(const struct reorders *r, size_t i, int64_t id)
{
	size_t low = 0, high = r->nids[i];
	if (!r->asked[i].where)
		return true;
	while (low < high) {
		size_t middle = low + (high - low) / 2;
		if (r->ids[i][middle] < id)
			low = middle + 1;
		else
			high = middle;
	}
	return low < r->nids[i] && r->ids[i][low] == id;
}

/* Decimal numbers come with their scale. */
static int32_t whole_days(const struct value *v)
{
	int64_t unit = 1;
	for (int i = 0; i < v->scale; i++)
		unit *= 10;
	return v->kind == V_INT ? (int32_t)((v->i + unit / 2) / unit) : -1;
}

/* Who has long stayed away buys no more: that is no reminder's business. */
static void take_row(struct answer *a, const struct value *values, bool total)
{
	struct reorders *r = (struct reorders *)a;
	const struct value *due = &values[answer_column(a, STR("due_on"))];
	const struct value *state = &values[answer_column(a, STR("state"))];
	struct remind_item item = { .figure =
					whole_days(&values[answer_column(a, STR("median_days"))]) };
	const struct entity *e;
	if (total || due->kind != V_TEXT || str_is(state->s, "lapsed") ||
	    !day_scan(due->s, &item.at) || item.at >= r->window->to ||
	    !ref_parse(&r->crm->store->schema, values[answer_column(a, STR("id"))].s, &e, &item.id))
		return;
	for (size_t i = 0; i < r->n; i++) {
		item.source = r->asked[i].source;
		if (r->asked[i].context.entity == e && is_meant(r, i, item.id))
			remind_add(r->out, item);
	}
}

static void begin(struct answer *a)
{
	(void)a;
}

void remind_reorders(struct crm *crm, const struct remind_asked *asked, size_t n,
		     const struct remind_window *w, struct remind_items *out)
{
	struct reorders r = { .crm = crm, .window = w, .asked = asked, .n = n, .out = out };
	const struct report *repeat = report_named("repeat");
	struct report_options o = { .now = w->now };
	struct query_context q = query_context(crm, asked->context.entity);
	r.answer.begin = begin;
	r.answer.row = take_row;
	r.ids = arena_new(&crm->arena, int64_t *, n);
	r.nids = arena_new(&crm->arena, size_t, n);
	for (size_t i = 0; i < n; i++) {
		struct select what = { .context = &asked[i].context,
				       .where = asked[i].where,
				       .limit = -1 };
		if (asked[i].where)
			r.ids[i] = select_ids(crm->store, &what, &r.nids[i], &crm->arena);
	}
	for (size_t i = 0; repeat->options[i].name; i++)
		if (!strcmp(repeat->options[i].name, "customers"))
			o.own[i] = "on";
	struct job *j = report_open(crm->store, repeat, &o, &q, &crm->diag);
	if (!j || !report_run(j, &r.answer, &crm->diag))
		refuse(crm, STATUS_ENV);
	report_close(j);
}
