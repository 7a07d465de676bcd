/* What orders are paid, paid back, and what of them comes back. */
#include "cli/payments.h"

#include "cli/trailing.h"
#include "domain/sale.h"
#include "schema/check.h"

const struct option_def payment_options[] = {
	{ "on", 0, OPTION_TEXT, "DATE", "the day or instant of the payment (now)", NULL },
	{ 0 },
};

/* One order after the other, what is done to each and with what. */
struct task {
	struct operands operands;
	bool refund;
	const char *amount; /* as typed; NULL: what is due, or owed */
	struct payment payment;
	const char *const *specs; /* LINE=QTY, nspecs of them */
	size_t nspecs;
	bool (*one)(struct writes *w, struct task *t, const struct record *order, struct arena *a,
		    struct diag *d);
};

/* The order as the assignments make it, written and noted; then what is done to it. */
static bool do_one(struct writes *w, struct task *t, int64_t id, struct arena *a, struct diag *d)
{
	struct crm *crm = w->crm;
	struct record order, r = record_new(crm->entity, a);
	r.id = id;
	if (!store_get(crm->store, crm->entity, id, &order, a))
		return diag_set(d, NULL, "there is no such order");
	return assign(crm, &t->operands, &r, &order, a, d) &&
	       ref_resolve_record(&crm->resolver, &r, d) &&
	       writes_put(w, &r, 0, a, d) != WROTE_NOTHING && t->one(w, t, &r, a, d);
}

static int run(struct crm *crm, struct task *t)
{
	struct writes w;
	struct arena a = { 0 };
	struct diag d = { 0 };
	size_t n;
	targets_read(crm, crm->entity, 0, &t->operands);
	if (writes_begin(&w, crm)) {
		struct target *all = targets(crm, crm->entity, &t->operands, &n);
		for (size_t i = 0; i < n; i++) {
			d.source = ref_print(crm->entity, all[i].id, &a);
			if (!do_one(&w, t, all[i].id, &a, &d))
				complain(crm, &d);
			arena_reset(&a);
		}
	}
	arena_free(&a);
	diag_free(&d);
	return writes_end(&w);
}

/* In the order's own currency. */
static bool read_amount(struct crm *crm, const char *text, const struct record *order,
			int64_t *minor, struct arena *a, struct diag *d)
{
	struct codec c = store_codec(crm->store, a);
	const struct field *f = entity_field(crm->entity, STR("paid"));
	struct str currency = text_of(order, "currency");
	struct value v;
	c.currency = arena_str(a, currency).p;
	if (!field_parse(f, &v, (struct cell){ CELL_TEXT, str_of(text) }, &c, d))
		return false;
	if (v.kind != V_INT || v.i <= 0)
		return diag_set(d, NULL, "%s is nothing to pay", quoted(str_of(text), &d->arena));
	if (v.s.n && !str_eq(v.s, currency))
		return diag_set(d, NULL, "the order is in %s", arena_str(&d->arena, currency).p);
	*minor = v.i;
	return true;
}

static bool pay_one(struct writes *w, struct task *t, const struct record *order, struct arena *a,
		    struct diag *d)
{
	int64_t balance = record_at(order, "balance")->i;
	struct payment p = t->payment;
	p.amount = t->refund ? -balance : balance;
	if (t->amount && !read_amount(w->crm, t->amount, order, &p.amount, a, d))
		return false;
	if (p.amount <= 0)
		return diag_set(d, NULL,
				t->refund ? "nothing is to be paid back; say how much"
					  : "nothing is due; say how much");
	p.method = text_of(order, "payment_method");
	if (t->refund)
		p.amount = -p.amount;
	return sale_pay(w->crm->store, order, &p, a, d);
}

/* pay order-1 500000: the last word, not the first, if it begins with a digit. */
static char *take_amount(int *argc, char **argv)
{
	int last = *argc - 1;
	if (last < 1 || argv[last][0] < '0' || argv[last][0] > '9')
		return NULL;
	*argc = last;
	return argv[last];
}

static int pay(struct crm *crm, int argc, char **argv, bool refund)
{
	struct task t = { .refund = refund, .one = pay_one };
	struct settings *settings = &crm->store->settings;
	const char *on = option(crm, "on");
	struct when when = { .is_instant = true, .from = settings->calendar.now };
	char **all = arena_new(&crm->arena, char *, (size_t)argc + 1);
	char *method = trailing_value(crm, crm->entity, "payment_method", NULL, &argc, argv);
	t.amount = take_amount(&argc, argv);
	if (on && !when_parse(str_of(on), &settings->calendar, &when, &crm->diag))
		refuse(crm, STATUS_USAGE);
	t.payment.at = when.is_instant ? when.from : zone_instant(when.from, 12 * 60 * 60);
	t.payment.excused = option(crm, "reason") != NULL;
	memcpy(all, argv, (size_t)argc * sizeof *argv);
	if (method)
		all[argc++] = method;
	operands_parse(crm, crm->entity, argc, all, OPERAND_ASSIGN, &t.operands);
	return run(crm, &t);
}

int payments_pay(struct crm *crm, int argc, char **argv)
{
	return pay(crm, argc, argv, false);
}

int payments_refund(struct crm *crm, int argc, char **argv)
{
	return pay(crm, argc, argv, true);
}

/* The line of the order that has that product. */
static bool line_with(struct crm *crm, const struct record *order, struct str product,
		      int64_t *line, struct diag *d)
{
	const struct entity *e = store_entity(crm->store, "order_line");
	const struct entity *products = store_entity(crm->store, "product");
	struct query_context q = query_context(crm, e);
	struct select what = { .context = &q, .limit = -1 };
	int64_t id;
	size_t n;
	if (!ref_resolve(&crm->resolver, products, product, &id, NULL, d))
		return false;
	struct str text = arena_printf(&crm->arena, "order = order-%lld and product = product-%lld",
				       (long long)order->id, (long long)id);
	what.where = where_parse(text, &q, d);
	if (!what.where)
		return false;
	int64_t *ids = select_ids(crm->store, &what, &n, &crm->arena);
	*line = n ? ids[0] : 0;
	return n == 1 || diag_set(d, NULL,
				  n ? "several lines have product %s; name one as order_line-%lld"
				    : "no line has product %s",
				  quoted(product, &d->arena), n ? (long long)ids[0] : 0);
}

/* order_line-7=2, or SKU=2 */
static bool read_spec(struct crm *crm, const char *spec, const struct record *order,
		      struct came_back *out, struct arena *a, struct diag *d)
{
	const struct entity *lines = store_entity(crm->store, "order_line"), *e;
	const char *equals = strrchr(spec, '=');
	struct str name = { spec, (size_t)(equals - spec) };
	struct codec c = store_codec(crm->store, a);
	struct record line;
	struct value v;
	struct cell cell = { CELL_TEXT, str_of(equals + 1) };
	if (!field_parse(entity_field(lines, STR("quantity")), &v, cell, &c, d))
		return false;
	if (v.kind != V_INT || v.i == 0)
		return diag_set(d, NULL, "%s: how many came back?",
				quoted(str_of(spec), &d->arena));
	out->quantity = v.i;
	if (!ref_parse(&crm->store->schema, name, &e, &out->line) || e != lines)
		return line_with(crm, order, name, &out->line, d);
	return (store_get(crm->store, lines, out->line, &line, a) &&
		record_at(&line, "order")->i == order->id) ||
	       diag_set(d, NULL, "%s is no line of it", quoted(name, &d->arena));
}

static bool return_one(struct writes *w, struct task *t, const struct record *order,
		       struct arena *a, struct diag *d)
{
	struct came_back *back = arena_new(a, struct came_back, t->nspecs + 1);
	for (size_t i = 0; i < t->nspecs; i++)
		if (!read_spec(w->crm, t->specs[i], order, &back[i], a, d))
			return false;
	return sale_return(w->crm->store, order, back, t->nspecs, a, d);
}

static bool is_spec(struct crm *crm, const char *word)
{
	const char *equals = strchr(word, '=');
	struct str name = { word, equals ? (size_t)(equals - word) : 0 };
	return equals && name.n && name.p[name.n - 1] != '+' && !entity_field(crm->entity, name);
}

int payments_return(struct crm *crm, int argc, char **argv)
{
	struct task t = { .one = return_one };
	const char **specs = arena_new(&crm->arena, const char *, (size_t)argc + 1);
	char **rest = arena_new(&crm->arena, char *, (size_t)argc + 2);
	int n = 0;
	for (int i = 0; i < argc; i++) {
		if (is_spec(crm, argv[i]))
			specs[t.nspecs++] = argv[i];
		else
			rest[n++] = argv[i];
	}
	char *reason = trailing_value(crm, crm->entity, "return_reason", NULL, &n, rest);
	if (reason)
		rest[n++] = reason;
	t.specs = specs;
	operands_parse(crm, crm->entity, n, rest, OPERAND_ASSIGN, &t.operands);
	bool told = option(crm, "reason") != NULL;
	for (size_t i = 0; i < t.operands.nassignments; i++)
		told |= !strcmp(t.operands.assignments[i].field->name, "return_reason");
	if (!told)
		usage(crm, "why? Name a return_reason such as defective, or use --reason");
	return run(crm, &t);
}
