/*
 * Whatever is typed is refused with a message or becomes SQL that the engine accepts.
 * First byte: which parser, over which record type; the rest is the text.
 */
#include <stdlib.h>

#include "query/query.h"
#include "store/db.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static struct arena arena;
static struct db *db;
static const struct settings settings = {
	.currency = "VND",
	.region = "VN",
	.zone = "UTC",
	.calendar = { .now = 1795230000 },
	.user = 7,
	.login = { "lan", 3 },
};

static const struct picklist *no_picklist(void *ctx, const char *name)
{
	static const struct pick picks[] = { { "new", "New", "Mới", false } };
	static const struct picklist list = { "any", picks, countof(picks) };
	(void)ctx, (void)name;
	return &list;
}

static const struct pipeline *no_pipelines(void *ctx, size_t *n)
{
	(void)ctx;
	*n = ndefault_pipelines;
	return default_pipelines;
}

static bool resolve(void *ctx, const struct entity *target, struct str text, int64_t *id,
		    struct diag *d)
{
	(void)ctx, (void)target;
	*id = (int64_t)text.n;
	return text.n % 2 || diag_set(d, NULL, "nobody");
}

static void make_table(const struct entity *e)
{
	struct sql q = { .arena = &arena };
	sql_add(&q, "create table ");
	sql_table(&q, e);
	sql_add(&q, " (search");
	for (size_t i = 0; i < e->nfields; i++) {
		sql_add(&q, ", ");
		sql_column(&q, &e->fields[i]);
		sql_add(&q, ", ");
		sql_key_column(&q, &e->fields[i]);
	}
	sql_add(&q, ")");
	db_run(db, &q);
	sql_free(&q);
}

static void open_database(void)
{
	struct diag d = { 0 };
	db = db_open(":memory:", DB_CREATE, &d);
	for (size_t i = 0; i < shipped_schema.nentities; i++)
		make_table(shipped_schema.entities[i]);
}

static void run(const struct query_context *qc, const struct node *n, const struct sort_key *keys,
		size_t nkeys)
{
	struct joins j = { .arena = &arena, .schema = qc->schema };
	struct sql where = { .arena = &arena }, order = { .arena = &arena },
		   all = { .arena = &arena };
	node_sql(n, qc, &j, &where);
	sort_sql(keys, nkeys, &j, &order);
	sql_add(&all, "select 1 from ");
	sql_table(&all, qc->entity);
	sql_add(&all, " t0");
	joins_sql(&j, &all);
	sql_add(&all, " where ");
	sql_append(&all, &where);
	sql_add(&all, " order by ");
	sql_append(&all, &order);
	db_run(db, &all);
	sql_free(&where);
	sql_free(&order);
	sql_free(&all);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	static const struct schema_source source = { no_picklist, no_pipelines, NULL };
	struct schema schema = shipped_schema;
	if (!size)
		return 0;
	if (!db)
		open_database();
	schema.source = &source;
	struct query_context q = {
		.schema = &schema,
		.settings = &settings,
		.entity = schema.entities[data[0] / 4 % schema.nentities],
		.arena = &arena,
		.resolve = data[0] & 0x80 ? NULL : resolve,
	};
	struct str text = arena_str(&arena, (struct str){ (const char *)data + 1, size - 1 });
	struct diag d = { 0 };
	struct node *n = node_refs(q.entity, &(int64_t){ 1 }, 1, &arena);
	struct sort_key *keys = NULL;
	struct path *paths;
	size_t nkeys = 0, npaths;
	bool ok = true;
	switch (data[0] % 4) {
	case 0:
		ok = (n = where_parse(text, &q, &d)) != NULL;
		break;
	case 1:
		ok = (n = term_parse(text, &q, true, &d)) != NULL;
		(void)term_is(text, &q);
		break;
	case 2:
		ok = sort_parse(text, &q, &keys, &nkeys, &d);
		break;
	default:
		ok = fields_parse(text, &q, NULL, 0, &paths, &npaths, &d);
	}
	if (ok == (d.message.n > 0))
		abort();
	if (ok)
		run(&q, n, keys, nkeys);
	diag_free(&d);
	arena_reset(&arena);
	return 0;
}
