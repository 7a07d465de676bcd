/* crm-product: goods and services one sells, and what currencies are worth. */
#include "cli/crud.h"
#include "schema/check.h"

static int retire(struct crm *crm, int argc, char **argv)
{
	static const char *const fixed[] = { "active=false", NULL };
	return set_with(crm, argc, argv, fixed);
}

static const struct entity *rate_entity(struct crm *crm)
{
	return store_entity(crm->store, "exchange_rate");
}

static int rates(struct crm *crm, int argc, char **argv)
{
	crm->entity = rate_entity(crm);
	return crud_list(crm, argc, argv);
}

/* The rate of that pair and day, if there is one; 0: it is to be made. */
static int64_t rate_there(struct crm *crm, const struct record *r)
{
	struct query_context q = query_context(crm, r->entity);
	struct str from = text_of(r, "currency"), to = text_of(r, "to_currency");
	struct str day = text_of(r, "valid_from");
	struct str text = arena_printf(
	    &crm->arena, "currency = %.*s and to_currency = %.*s and valid_from = %.*s",
	    (int)from.n, from.p, (int)to.n, to.p, (int)day.n, day.p);
	struct select what = { .context = &q, .limit = 1 };
	size_t n;
	what.where = where_parse(text, &q, &crm->diag);
	if (!what.where)
		refuse(crm, STATUS_ENV);
	int64_t *ids = select_ids(crm->store, &what, &n, &crm->arena);
	return n ? ids[0] : 0;
}

static int set_rate(struct crm *crm, int argc, char **argv)
{
	static const char *const fields[] = { "currency", "to_currency", "rate", "valid_from" };
	struct record r = record_new(rate_entity(crm), &crm->arena);
	struct codec c = store_codec(crm->store, &crm->arena);
	struct writes w;
	if (argc != 3 && argc != 4)
		usage(crm, "set-rate takes FROM TO RATE and a DATE, such as USD VND 25400 today");
	for (int i = 0; i < 4; i++) {
		struct cell cell = { CELL_TEXT, str_of(i < argc ? argv[i] : "today") };
		const struct field *f = entity_field(r.entity, str_of(fields[i]));
		if (!field_parse(f, record_get(&r, fields[i]), cell, &c, &crm->diag))
			refuse(crm, STATUS_USAGE);
	}
	crm->printed = crm->again = r.entity;
	if (writes_begin(&w, crm)) {
		r.id = rate_there(crm, &r);
		if (writes_put(&w, &r, 0, &crm->arena, &crm->diag) == WROTE_NOTHING)
			complain(crm, &crm->diag);
	}
	return writes_end(&w);
}

enum {
	CHANGES = NEED_WRITE | TAKES_WHERE | TAKES_LIST | TAKES_INPUT | TAKES_FIELDS,
	READS = NEED_READ | TAKES_WHERE | TAKES_LIST | TAKES_INPUT,
};

static const struct verb verbs[] = {
	CRUD_VERBS,
	{ "retire", "[REF…] [TERM…] [FIELD=VALUE…] [-]",
	  "say that products are not sold any more (successor=PRODUCT: what is)", CHANGES, NULL,
	  retire },
	{ "rates", "[TERM…]", "print the exchange rates", READS, NULL, rates },
	{ "set-rate", "FROM TO RATE [DATE]", "say what one FROM is worth in TO, from a day on",
	  NEED_WRITE | TAKES_LIST, NULL, set_rate },
	{ 0 },
};

static const struct command command = { "product", "goods and services one sells", verbs, NULL,
					NULL };

int main(int argc, char **argv)
{
	return crm_main(&command, argc, argv);
}
