/* Where expressions in the configuration. */
#include "config/condition.h"

#include "query/ref.h"

/* References are looked up in the database. */
static struct query_context open_context(struct config *c, const struct entity *e)
{
	struct resolver *r = arena_new(c->arena, struct resolver, 1);
	r->store = c->store;
	return (struct query_context){
		.schema = &c->store->schema,
		.settings = &c->store->settings,
		.entity = e,
		.arena = c->arena,
		.resolve = ref_resolve_for_query,
		.resolve_ctx = r,
	};
}

static void close_context(struct query_context *q)
{
	resolver_free(q->resolve_ctx);
}

bool config_condition(struct config *c, const struct yaml *y, const char *path,
		      const struct entity *e, const char **text, const struct node **out)
{
	struct query_context q = open_context(c, e);
	struct diag d = { 0 };
	const struct node *n = NULL;
	bool ok = config_scalar(c, y, path, text);
	if (ok && !*text)
		ok = config_mistake(c, y, path, "a condition is due, such as score >= 50");
	else if (ok && !(n = where_parse(str_of(*text), &q, &d)))
		ok = config_unknown(c, y, path, "%.*s (character %ld of the condition)",
				    (int)d.message.n, d.message.p, d.column);
	if (out)
		*out = n;
	diag_free(&d);
	close_context(&q);
	return ok;
}

bool config_condition_attr(struct config *c, const struct config_item *item, const char *name,
			   const struct entity *e, const char **text, const struct node **out)
{
	const struct yaml *y = config_attr(item, name);
	const char *path = arena_printf(c->arena, "%s.%s", item->path, name).p;
	return !y || config_condition(c, y, path, e, text, out);
}

bool config_path(struct config *c, const struct yaml *y, const char *path, const struct entity *e,
		 const char *text, struct path *out)
{
	struct diag d = { 0 };
	*out = (struct path){ 0 };
	bool ok = path_parse(str_of(text), &c->store->schema, e, out, c->arena, &d) ||
		  config_unknown(c, y, path, "%.*s", (int)d.message.n, d.message.p);
	diag_free(&d);
	return ok;
}
