/* Conditions that a renamed value leaves behind. */
#include "config/segments.h"

#include "query/query.h"
#include "query/ref.h"

static bool is_named(const struct node *n, const char *list, const char *key)
{
	if (!n)
		return false;
	if (n->kind == NODE_AND || n->kind == NODE_OR || n->kind == NODE_NOT)
		return is_named(n->left, list, key) || is_named(n->right, list, key);
	if (n->kind != NODE_COMPARE || !n->literals || n->path.field->type != &type_pick ||
	    strcmp(n->path.field->picklist, list) != 0)
		return false;
	for (size_t i = 0; i < (n->op == OP_IN ? n->n : 1); i++)
		if (n->literals[i].value.kind == V_TEXT && str_is(n->literals[i].value.s, key))
			return true;
	return false;
}

/* One that is not understood today names nothing. */
static bool condition_names(struct store *s, struct str of, struct str condition, const char *list,
			    const char *key)
{
	struct arena a = { 0 };
	struct diag d = { 0 };
	struct resolver r = { .store = s };
	struct query_context q = {
		.schema = &s->schema,
		.settings = &s->settings,
		.entity = schema_entity(&s->schema, of),
		.arena = &a,
		.resolve = ref_resolve_for_query,
		.resolve_ctx = &r,
	};
	bool named = q.entity && is_named(where_parse(condition, &q, &d), list, key);
	resolver_free(&r);
	diag_free(&d);
	arena_free(&a);
	return named;
}

void segments_warn(struct config *c, const struct yaml *at, const char *path, const char *list,
		   const char *key)
{
	const struct entity *segment = store_entity(c->store, "segment");
	static const char *const columns[] = { "of", "condition", "name" };
	struct sql q = { .arena = c->arena };
	struct buf names = { 0 };
	sql_add(&q, "select id");
	for (size_t i = 0; i < countof(columns); i++) {
		sql_add(&q, ", ");
		sql_column(&q, entity_field(segment, str_of(columns[i])));
	}
	sql_add(&q, " from ");
	sql_stored(&q, segment);
	sql_add(&q, " where condition is not null order by id");
	struct stmt *rows = db_query(c->store->db, &q);
	while (stmt_step(rows)) {
		struct str of = stmt_value(rows, 1).s, condition = stmt_value(rows, 2).s;
		if (condition_names(c->store, of, condition, list, key))
			buf_printf(&names, "%ssegment-%lld %s", names.n ? ", " : "",
				   (long long)stmt_value(rows, 0).i,
				   quoted(stmt_value(rows, 3).s, c->arena));
	}
	stmt_close(rows);
	sql_free(&q);
	struct diag d = { .source = c->source, .line = at ? at->line : 0 };
	if (names.n)
		diag_warn(&d, path, "%s is named by the condition of %.*s; change it there, too",
			  key, (int)names.n, names.p);
	diag_free(&d);
	buf_free(&names);
}
