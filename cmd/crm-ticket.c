/* crm-ticket: questions, complaints and requests, until they are resolved. */
#include <stdio.h>

#include "cli/clocks.h"
#include "cli/crud.h"
#include "domain/ticket.h"
#include "schema/check.h"

/* The last operand is what is said; "" where it names a ticket. */
static struct str take_text(struct crm *crm, int *argc, char **argv)
{
	struct str text = str_trim(str_of(*argc > 0 ? argv[*argc - 1] : ""));
	const struct entity *e;
	int64_t id;
	if (!text.n || str_is(text, "-") || ref_parse(&crm->store->schema, text, &e, &id) ||
	    id_parse(text, &id))
		usage(crm, "say what? The text comes last");
	if (option_on(crm, "internal") && option_on(crm, "from-customer"))
		usage(crm, "--internal or --from-customer?");
	if (option_on(crm, "pending") && option_on(crm, "resolve"))
		usage(crm, "--pending or --resolve?");
	--*argc;
	return text;
}

static bool reply_one(struct writes *w, int64_t id, struct str body, struct arena *a,
		      struct diag *d)
{
	struct crm *crm = w->crm;
	const char *kind = option_on(crm, "internal") ? "note" : option(crm, "kind");
	struct record ticket, after = record_new(crm->entity, a);
	if (!store_get(crm->store, crm->entity, id, &ticket, a))
		return diag_set(d, NULL, "there is no ticket-%lld", (long long)id);
	struct record r =
	    ticket_reply(crm->store, &ticket, body, option_on(crm, "from-customer"), a);
	struct codec c = store_codec(crm->store, a);
	const struct field *f = entity_field(r.entity, STR("kind"));
	if (kind && !field_parse(f, record_get(&r, "kind"),
				 (struct cell){ CELL_TEXT, str_of(kind) }, &c, d))
		return false;
	if (writes_put(w, &r, 0, a, d) == WROTE_NOTHING)
		return false;
	const char *status = option_on(crm, "pending")	 ? "pending"
			     : option_on(crm, "resolve") ? "resolved"
							 : NULL;
	after.id = id;
	if (status)
		set_text(&after, "status", str_of(status));
	return !status || writes_put(w, &after, 0, a, d) != WROTE_NOTHING;
}

static int reply(struct crm *crm, int argc, char **argv)
{
	struct operands o;
	struct writes w;
	struct arena a = { 0 };
	struct diag d = { 0 };
	size_t n;
	struct str body = take_text(crm, &argc, argv);
	operands_parse(crm, crm->entity, argc, argv, 0, &o);
	targets_read(crm, crm->entity, 0, &o);
	if (writes_begin(&w, crm)) {
		struct target *t = targets(crm, crm->entity, &o, &n);
		for (size_t i = 0; i < n; i++) {
			if (!reply_one(&w, t[i].id, body, &a, &d)) {
				d.source = ref_print(crm->entity, t[i].id, &a);
				complain(crm, &d);
			}
			arena_reset(&a);
		}
	}
	arena_free(&a);
	diag_free(&d);
	return writes_end(&w);
}

static int resolve(struct crm *crm, int argc, char **argv)
{
	return set_with(crm, argc, argv, (const char *const[]){ "status=resolved", NULL });
}

static int reopen(struct crm *crm, int argc, char **argv)
{
	return set_with(crm, argc, argv, (const char *const[]){ "status=open", NULL });
}

static int pending(struct crm *crm, int argc, char **argv)
{
	return set_with(crm, argc, argv, (const char *const[]){ "status=pending", NULL });
}

static int close_ticket(struct crm *crm, int argc, char **argv)
{
	return set_with(crm, argc, argv, (const char *const[]){ "status=closed", NULL });
}

static int take(struct crm *crm, int argc, char **argv)
{
	return set_with(crm, argc, argv, (const char *const[]){ "owner=me", NULL });
}

static const struct option_def reply_options[] = {
	{ "kind", 0, OPTION_TEXT, "KIND", "kind of activity (else by the channel it came by)",
	  "call email sms chat visit letter note" },
	{ "internal", 0, OPTION_FLAG, NULL, "a note that the customer does not see", NULL },
	{ "from-customer", 0, OPTION_FLAG, NULL, "the customer said it", NULL },
	{ "pending", 0, OPTION_FLAG, NULL, "then wait for the customer", NULL },
	{ "resolve", 0, OPTION_FLAG, NULL, "then it is resolved", NULL },
	{ 0 },
};

enum {
	CHANGES = NEED_WRITE | TAKES_WHERE | TAKES_LIST | TAKES_INPUT | TAKES_FIELDS,
	READS = NEED_READ | TAKES_WHERE | TAKES_INPUT | TAKES_FIELDS,
};

#define CHANGE_OPERANDS "[REF…] [TERM…] [FIELD=VALUE…] [-]"

static const struct verb verbs[] = {
	CRUD_VERBS,
	{ "reply", "[REF…] [TERM…] [-] TEXT", "answer tickets, or note what the customer said",
	  CHANGES, reply_options, reply },
	{ "take", CHANGE_OPERANDS, "become the owner of tickets", CHANGES, NULL, take },
	{ "pending", CHANGE_OPERANDS, "wait for the customer: the clock stands", CHANGES, NULL,
	  pending },
	{ "resolve", CHANGE_OPERANDS, "say that tickets are resolved (resolution=… says how)",
	  CHANGES, NULL, resolve },
	{ "reopen", CHANGE_OPERANDS, "open tickets again", CHANGES, NULL, reopen },
	{ "close", CHANGE_OPERANDS, "close tickets for good", CHANGES, NULL, close_ticket },
	{ "sla", "[TERM…] [REF…] [-]", "print how much time the promises leave",
	  READS | TAKES_COLUMNS, clocks_options, clocks_show },
	{ 0 },
};

static const struct command command = { "ticket", "questions, complaints and requests of customers",
					verbs, NULL, NULL };

int main(int argc, char **argv)
{
	return crm_main(&command, argc, argv);
}
