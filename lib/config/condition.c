/* Where expressions in the configuration. */
#include "config/condition.h"

#include "query/ref.h"

struct query_context condition_context(struct config *c, const struct entity *e)
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

void condition_done(struct query_context *q)
{
	resolver_free(q->resolve_ctx);
}

struct later {
	const char *entity, *text;
};

static const struct node *parse(struct config *c, const struct entity *e, const char *text,
				struct diag *d)
{
	struct query_context q = condition_context(c, e);
	struct diag own = { .source = STR("if") };
	const struct node *n = where_parse(str_of(text), &q, &own);
	if (!n)
		diag_set(d, NULL, "column %ld: %.*s", own.column, (int)own.message.n,
			 own.message.p);
	diag_free(&own);
	condition_done(&q);
	return n;
}

static bool parse_again(struct config *c, void *what, struct diag *d)
{
	const struct later *l = what;
	return parse(c, schema_entity(&c->store->schema, str_of(l->entity)), l->text, d) != NULL;
}

static bool brings(const struct config *c)
{
	static const char *const sections[] = { "fields", "picklists", "pipelines", "users",
						"teams" };
	for (size_t i = 0; i < countof(sections); i++)
		if (yaml_get(c->root, sections[i]))
			return true;
	return false;
}

bool config_condition(struct config *c, const struct yaml *y, const char *path,
		      const struct entity *e, const char *text, const struct node **out)
{
	struct diag d = { 0 };
	*out = parse(c, e, text, &d);
	bool ok = *out || brings(c);
	if (!ok)
		config_mistake(c, y, path, "%.*s", (int)d.message.n, d.message.p);
	diag_free(&d);
	if (*out || !ok)
		return ok;
	struct later *l = arena_new(c->arena, struct later, 1);
	*l = (struct later){ e->name, text };
	config_do_later(c, y, path, parse_again, l);
	return true;
}
