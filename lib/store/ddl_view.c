/* v_lead, v_deal …: for people who open the file with other tools. */
#include "store/internal.h"

/*
 * Every connection reads all views before it does anything, so they are kept short: names
 * stand alone where they can mean one thing only, and one join gives what the minor units are
 * divided by, 1 where there are none, which keeps whole amounts whole.
 */

/* A column of the record, within a select from `inner` (NULL: none); a custom field's name is any.
 */
static void put_own(struct sql *q, const struct entity *inner, const struct field *f)
{
	if (f->flags & F_CUSTOM || (inner && entity_field(inner, str_of(f->name))))
		sql_at(q, 0, f);
	else
		sql_column(q, f);
}

static void join_currency(struct sql *q, const struct entity *e)
{
	const struct field *currency = entity_field(e, STR("currency"));
	bool always = currency && currency->flags & F_REQUIRED;
	sql_add(q, " left join currency on currency_code = ");
	if (!always)
		sql_add(q, "coalesce(");
	if (currency)
		sql_at(q, 0, currency);
	else
		sql_add(q, "null");
	if (!always)
		sql_add(q, ", (select value from setting where key = 'currency'))");
}

static bool has_money(const struct entity *e)
{
	for (size_t i = 0; i < e->nfields; i++)
		if (e->fields[i].type == &type_money)
			return true;
	return false;
}

static void view_money(struct sql *q, const struct field *f)
{
	put_own(q, NULL, f);
	sql_add(q, " / minor_unit ");
	sql_column(q, f);
}

static void view_number(struct sql *q, const struct field *f)
{
	put_own(q, NULL, f);
	sql_add_literal(q, arena_printf(q->arena, " / %d.0 ", NUMBER_ONE).p);
	sql_column(q, f);
}

/* A reference: the key of a user or team; else the id, and the name beside it. */
static void view_ref(struct sql *q, const struct schema *schema, const struct field *f)
{
	const struct entity *to = schema_entity(schema, str_of(f->ref));
	const struct field *key = entity_key(to);
	const struct field *title = entity_field(to, str_of(to->title));
	if (!key) {
		put_own(q, NULL, f);
		sql_add(q, ", ");
	}
	sql_add(q, "(select ");
	sql_column(q, key ? key : title);
	sql_add(q, " from ");
	sql_table(q, to);
	sql_add(q, " where id = ");
	put_own(q, to, f);
	sql_add(q, ") ");
	if (key)
		sql_column(q, f);
	else
		sql_add_literal(q, arena_printf(q->arena, "\"%s_name\"", f->name).p);
}

/* The English label beside a picklist's key. */
static void view_label(struct sql *q, const struct field *f)
{
	bool stage = !strcmp(f->picklist, "deal.stage");
	bool pipeline = !strcmp(f->picklist, "deal.pipeline");
	const char *from =
	    stage      ? "select max(en) from stage where"
	    : pipeline ? "select en from pipeline where"
		       : arena_printf(q->arena, "select en from picklist where list = '%s' and",
				      f->picklist)
			     .p;
	sql_add(q, ", (");
	sql_add_literal(q, from);
	sql_add(q, " key = ");
	put_own(q, NULL, f);
	sql_add_literal(q, arena_printf(q->arena, ") \"%s_label\"", f->name).p);
}

void ddl_view(struct store *s, const struct entity *e, bool temporary)
{
	struct arena a = { 0 };
	struct sql q = { .arena = &a };
	if (!temporary) {
		sql_add_literal(&q, arena_printf(&a, "drop view if exists \"v_%s\"", e->name).p);
		db_run(s->db, &q);
		sql_free(&q);
		q = (struct sql){ .arena = &a };
	}
	sql_add_literal(&q, arena_printf(&a, "create %s view \"v_%s\" as select ",
					 temporary ? "temporary" : "", e->name)
				.p);
	for (size_t i = 0; i < e->nfields; i++) {
		const struct field *f = &e->fields[i];
		if (f->flags & F_RETIRED)
			continue;
		if (i)
			sql_add(&q, ", ");
		if (f->type == &type_money)
			view_money(&q, f);
		else if (f->type == &type_number)
			view_number(&q, f);
		else if (f->type == &type_ref)
			view_ref(&q, &s->schema, f);
		else
			put_own(&q, NULL, f);
		if (f->type == &type_pick)
			view_label(&q, f);
	}
	sql_add(&q, " from ");
	sql_table(&q, e);
	sql_add(&q, " t0");
	if (has_money(e))
		join_currency(&q, e);
	db_run(s->db, &q);
	sql_free(&q);
	arena_free(&a);
}
