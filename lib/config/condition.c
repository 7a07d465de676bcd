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

/* Whether the text has sections that may bring what a condition names. */
static bool brings(const struct config *c)
{
	static const char *const sections[] = { "fields", "picklists", "pipelines", "users",
						"teams" };
	for (size_t i = 0; i < countof(sections); i++)
		if (yaml_get(c->root, sections[i]))
			return true;
	return false;
}

/* The section once more, with all there that the text brings. */
static bool read_again(struct config *c, void *what, struct diag *d)
{
	const struct config_section *section = *(const struct config_section **)what;
	struct config last = *c;
	const struct yaml *y = yaml_get(c->root, section->name);
	(void)d;
	last.root = &(struct yaml){ .kind = YAML_MAP };
	last.section = section;
	bool ok = section->read(&last, y) != NULL;
	c->mistakes = last.mistakes;
	return ok;
}

bool config_again(struct config *c)
{
	if (!brings(c))
		return false;
	if (c->again != c->section) {
		const struct config_section **section =
		    arena_new(c->arena, const struct config_section *, 1);
		c->again = *section = c->section;
		config_do_later(c, yaml_get(c->root, c->section->name), c->section->name,
				read_again, section);
	}
	return true;
}

bool config_condition(struct config *c, const struct yaml *y, const char *path,
		      const struct entity *e, const char *text, const struct node **out)
{
	struct diag d = { 0 };
	*out = parse(c, e, text, &d);
	bool ok = *out || config_again(c) ||
		  config_mistake(c, y, path, "%.*s", (int)d.message.n, d.message.p);
	diag_free(&d);
	return ok;
}

bool config_path(struct config *c, const struct yaml *y, const char *path, const struct entity *e,
		 const char *text, struct path *out)
{
	struct diag d = { 0 };
	*out = (struct path){ 0 };
	bool ok = path_parse(str_of(text), &c->store->schema, e, out, c->arena, &d) ||
		  config_again(c) ||
		  config_mistake(c, y, path, "%.*s", (int)d.message.n, d.message.p);
	diag_free(&d);
	return ok;
}
