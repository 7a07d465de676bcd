/* Checks of lines, of groups, and of what currencies are worth. */
#include "domain/doctor_rules.h"
#include "schema/line.h"
#include "store/audit.h"
#include "store/rates.h"

void rule_amounts(struct doctor *d, const struct check *c)
{
	const struct schema *s = &d->store->schema;
	for (size_t i = 0; i < s->nentities; i++) {
		struct audited x = { .doctor = d, .entity = s->entities[i] };
		if (!line_whole(s, x.entity) || !doctor_wants(d, c, x.entity))
			continue;
		store_audit(d->store, x.entity, AUDIT_LINES, audited_add, &x);
		audited_tell(&x, c);
	}
}

/* Whether it can be asked who is in the segment. */
static bool is_understood(struct store *s, struct str of, struct str condition)
{
	const struct entity *e = schema_entity(&s->schema, of);
	struct diag d = { 0 };
	bool ok = !s->check_condition || (e && s->check_condition(s, e, condition, &d));
	diag_free(&d);
	return ok;
}

void rule_condition(struct doctor *d, const struct check *c)
{
	const struct entity *segment = store_entity(d->store, "segment");
	struct audited x = { .doctor = d, .entity = segment };
	struct arena a = { 0 };
	struct sql q = { .arena = &a };
	if (!doctor_wants(d, c, segment))
		return;
	sql_add(&q, "select id, of, condition from segment t where kind = 'dynamic' order by id");
	struct stmt *rows = db_query(d->store->db, &q);
	while (stmt_step(rows))
		if (!is_understood(d->store, stmt_value(rows, 1).s, stmt_value(rows, 2).s))
			audited_add(&x, stmt_value(rows, 0).i);
	stmt_close(rows);
	audited_tell(&x, c);
	sql_free(&q);
	arena_free(&a);
}

/* " from deal t where t.currency <> 'VND'" */
static void add_foreign(struct doctor *d, struct sql *q, const struct entity *e)
{
	sql_add(q, " from ");
	sql_table(q, e);
	sql_add(q, " t where t.currency <> ");
	sql_text(q, str_of(d->store->settings.currency));
}

/* Adds the currencies of e that nothing is known of today: ", 'KWD'"; how many. */
static size_t add_unknown(struct doctor *d, struct sql *list, const struct entity *e)
{
	struct sql q = { .arena = list->arena };
	struct store *s = d->store;
	struct str today = day_print(zone_day(s->settings.calendar.now), list->arena);
	size_t n = 0;
	sql_add(&q, "select distinct t.currency");
	add_foreign(d, &q, e);
	sql_add(&q, " order by 1");
	struct stmt *rows = db_query(s->db, &q);
	while (stmt_step(rows)) {
		struct diag why = { 0 };
		struct rate rate;
		struct str code = arena_str(list->arena, stmt_value(rows, 0).s);
		if (!rate_find(s, code, str_of(s->settings.currency), today, &rate, &why)) {
			if (n++)
				sql_add(list, ", ");
			sql_text(list, code);
		}
		diag_free(&why);
	}
	stmt_close(rows);
	sql_free(&q);
	return n;
}

static void check_rates(struct doctor *d, const struct check *c, const struct entity *e)
{
	struct arena a = { 0 };
	struct sql list = { .arena = &a }, n = { .arena = &a }, ids = { .arena = &a };
	if (add_unknown(d, &list, e)) {
		sql_add(&n, "select count(*)");
		sql_add(&ids, "select t.id");
		add_foreign(d, &n, e);
		add_foreign(d, &ids, e);
		sql_add(&n, " and t.currency in (");
		sql_add(&ids, " and t.currency in (");
		sql_append(&n, &list);
		sql_append(&ids, &list);
		sql_add(&n, ")");
		sql_add(&ids, ") order by t.id");
		doctor_tell(d, c, e, str_of(c->en), str_of(c->vi), db_int(d->store->db, &n, 0),
			    &ids);
	}
	sql_free(&list);
	sql_free(&n);
	sql_free(&ids);
	arena_free(&a);
}

void rule_rate(struct doctor *d, const struct check *c)
{
	const struct schema *s = &d->store->schema;
	for (size_t i = 0; i < s->nentities; i++) {
		const struct entity *e = s->entities[i];
		const struct field *f = entity_field(e, STR("currency"));
		if (f && strcmp(e->name, "exchange_rate") != 0 && doctor_wants(d, c, e))
			check_rates(d, c, e);
	}
}
