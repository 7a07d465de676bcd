/* crm-quote: offers with a price and a last day. */
#include "cli/lines.h"
#include "cli/crud.h"
#include "domain/sale.h"
#include "schema/check.h"

static int send(struct crm *crm, int argc, char **argv)
{
	static const char *const fixed[] = { "status=sent", NULL };
	return set_with(crm, argc, argv, fixed);
}

static int reject(struct crm *crm, int argc, char **argv)
{
	static const char *const fixed[] = { "status=rejected", NULL };
	return set_with(crm, argc, argv, fixed);
}

/* Those that were sent and whose last day is over; for cron. */
static int expire(struct crm *crm, int argc, char **argv)
{
	static const char *const fixed[] = { "status:sent", "valid_until:..yesterday",
					     "status=expired", NULL };
	return set_with(crm, argc, argv, fixed);
}

/* What is said on the command line of the quotes, and of the orders that they become. */
struct said {
	struct operands quote, order;
};

/* Does one quote after the other; what is done writes and notes what is to be printed. */
static int each(struct crm *crm, int argc, char **argv, struct said *said,
		bool (*one)(struct writes *, const struct said *, const struct record *quote,
			    struct arena *, struct diag *))
{
	struct operands *o = &said->quote;
	struct writes w;
	struct arena a = { 0 };
	struct diag d = { 0 };
	size_t n;
	operands_parse(crm, crm->entity, argc, argv, OPERAND_ASSIGN, o);
	targets_read(crm, crm->entity, 0, o);
	if (writes_begin(&w, crm)) {
		struct target *t = targets(crm, crm->entity, o, &n);
		for (size_t i = 0; i < n; i++) {
			struct record quote;
			d.source = ref_print(crm->entity, t[i].id, &a);
			if (!store_get(crm->store, crm->entity, t[i].id, &quote, &a))
				diag_set(&d, NULL, "there is no such quote");
			if (d.message.n || !one(&w, said, &quote, &a, &d))
				complain(crm, &d);
			arena_reset(&a);
		}
	}
	arena_free(&a);
	diag_free(&d);
	return writes_end(&w);
}

static const struct entity *orders(struct crm *crm)
{
	return store_entity(crm->store, "order");
}

/* The quote's order is printed in its place. */
static bool make_order(struct writes *w, const struct said *said, const struct record *quote,
		       struct arena *a, struct diag *d)
{
	struct crm *crm = w->crm;
	struct record r = record_new(orders(crm), a), none = record_new(r.entity, a);
	*record_get(&none, "currency") = *record_at(quote, "currency"); /* that of its amounts */
	if (!assign(crm, &said->order, &r, &none, a, d) ||
	    !ref_resolve_record(&crm->resolver, &r, d))
		return diag_within(d, "order");
	if (!sale_order(crm->store, quote, &r, a, d))
		return false;
	if (w->n)
		w->items[w->n - 1] = (struct target){ crm->printed, r.id };
	return true;
}

static bool accept_one(struct writes *w, const struct said *said, const struct record *quote,
		       struct arena *a, struct diag *d)
{
	struct crm *crm = w->crm;
	struct record r = record_new(crm->entity, a);
	r.id = quote->id;
	set_text(&r, "status", STR("accepted"));
	return assign(crm, &said->quote, &r, quote, a, d) &&
	       ref_resolve_record(&crm->resolver, &r, d) &&
	       writes_put(w, &r, 0, a, d) != WROTE_NOTHING &&
	       (!option_on(crm, "win") || sale_win(crm->store, &r, a, d)) &&
	       (!option_on(crm, "order") || make_order(w, said, &r, a, d));
}

static int accept(struct crm *crm, int argc, char **argv)
{
	struct said said;
	operands_of_other(crm, orders(crm), &argc, argv, &said.order);
	if (option_on(crm, "order"))
		crm->printed = crm->again = orders(crm);
	else if (said.order.nassignments)
		usage(crm, "order.FIELD=VALUE is for the order that --order makes");
	return each(crm, argc, argv, &said, accept_one);
}

static bool copy_one(struct writes *w, const struct said *said, const struct record *quote,
		     struct arena *a, struct diag *d)
{
	struct crm *crm = w->crm;
	struct record to = record_new(crm->entity, a);
	if (!assign(crm, &said->quote, &to, NULL, a, d) ||
	    !ref_resolve_record(&crm->resolver, &to, d) ||
	    !sale_copy_quote(crm->store, quote, &to, a, d))
		return false;
	writes_add(w, crm->entity, to.id);
	return true;
}

static int copy(struct crm *crm, int argc, char **argv)
{
	struct said said = { 0 };
	return each(crm, argc, argv, &said, copy_one);
}

static const struct option_def accept_options[] = {
	{ "order", 0, OPTION_FLAG, NULL,
	  "make a confirmed order with the same lines, and print that", NULL },
	{ "win", 0, OPTION_FLAG, NULL, "win the quote's deal too", NULL },
	{ 0 },
};

enum { CHANGES = NEED_WRITE | TAKES_WHERE | TAKES_LIST | TAKES_INPUT | TAKES_FIELDS };

static const struct verb verbs[] = {
	ADD_WITH_LINES,
	CRUD_VERBS_BUT_ADD,
	LINE_VERBS,
	{ "send", "[REF…] [TERM…] [FIELD=VALUE…] [-]", "say that quotes were sent", CHANGES, NULL,
	  send },
	{ "accept", "[REF…] [TERM…] [FIELD=VALUE…] [order.FIELD=VALUE…] [-]",
	  "say that quotes were accepted", CHANGES, accept_options, accept },
	{ "reject", "[REF…] [TERM…] [FIELD=VALUE…] [-]", "say that quotes were rejected", CHANGES,
	  NULL, reject },
	{ "copy", "[REF…] [TERM…] [FIELD=VALUE…] [-]", "make drafts of today with the same lines",
	  CHANGES, NULL, copy },
	{ "expire", "[TERM…]", "let sent quotes expire whose last day is over", CHANGES, NULL,
	  expire },
	{ 0 },
};

static const struct command command = { "quote", "offers with a price and a last day", verbs, NULL,
					NULL };

int main(int argc, char **argv)
{
	return crm_main(&command, argc, argv);
}
