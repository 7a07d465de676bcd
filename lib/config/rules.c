/* What the readers of `rules` and `sequences` share: conditions, delays, what is not known yet. */
#include "config/rules.h"

#include <stdarg.h>

#include "query/ref.h"
#include "store/configure.h"

/* Sections that may bring what a rule names. */
static bool brings_schema(const struct config *c)
{
	static const char *const sections[] = { "fields", "picklists", "pipelines", "users",
						"teams" };
	for (size_t i = 0; c->root->kind == YAML_MAP && i < countof(sections); i++)
		if (yaml_get(c->root, sections[i]))
			return true;
	return false;
}

bool rules_unknown(struct rules_reader *r, const struct yaml *y, const char *path, const char *fmt,
		   ...)
{
	struct buf b = { 0 };
	va_list ap;
	if (!r->final && brings_schema(r->c)) {
		r->deferred = true;
		return true;
	}
	va_start(ap, fmt);
	buf_vprintf(&b, fmt, ap);
	va_end(ap);
	config_mistake(r->c, y, path, "%.*s", (int)b.n, b.p);
	buf_free(&b);
	return false;
}

/* What is to be read again. */
struct again {
	const struct config_section *section;
	const struct yaml *y;
};

static bool read_again(struct config *c, void *what, struct diag *d)
{
	const struct again *again = what;
	struct config last = *c;
	(void)d;
	last.root = &(struct yaml){ .kind = YAML_MAP };
	last.section = again->section;
	bool ok = again->section->read(&last, again->y) != NULL;
	c->mistakes = last.mistakes;
	return ok;
}

void rules_again(struct rules_reader *r, const struct yaml *y, const char *path)
{
	struct again *again = arena_new(r->c->arena, struct again, 1);
	*again = (struct again){ r->c->section, y };
	if (r->deferred)
		config_do_later(r->c, y, path, read_again, again);
}

const char *rules_condition(struct rules_reader *r, const struct yaml *y, const char *path,
			    const struct entity *e)
{
	struct config *c = r->c;
	struct resolver resolver = { .store = c->store };
	struct diag d = { 0 };
	const char *text;
	if (!config_scalar(c, y, path, &text))
		return NULL;
	if (!text) {
		config_mistake(c, y, path, "a condition is due, such as score >= 50");
		return NULL;
	}
	struct query_context q = {
		.schema = &c->store->schema,
		.settings = &c->store->settings,
		.entity = e,
		.arena = c->arena,
		.resolve = ref_resolve_for_query,
		.resolve_ctx = &resolver,
	};
	bool ok = where_parse(str_of(text), &q, &d) ||
		  rules_unknown(r, y, path, "%.*s (character %ld of the condition)",
				(int)d.message.n, d.message.p, d.column);
	resolver_free(&resolver);
	diag_free(&d);
	return ok ? text : NULL;
}

bool rules_has_sequence(struct config *c, const char *name)
{
	const char *section = "sequences";
	struct diag d = { 0 };
	struct config stored = *c;
	if (c->root->kind == YAML_MAP && yaml_get(c->root, section))
		return config_mentions(c, section, NULL, str_of(name));
	const char *text = store_setting(c->store, section, c->arena);
	stored.root = text ? yaml_parse(str_of(text), section, c->arena, &d) : NULL;
	diag_free(&d);
	return stored.root && config_mentions(&stored, section, NULL, str_of(name));
}
