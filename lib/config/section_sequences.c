/* Sequences: steps that look after somebody until something ends them. */
#include "config/document.h"
#include "config/rules.h"
#include "config/sections.h"

static const char help[] =
    "who is looked after, step by step: - name: {of: lead, enter: status = nurturing, steps:\n"
    "[{after: 2d, emit: {kind: email, template: hello}}], exit: {reply: true}}; see crm-follow(1)";

static bool read_of(struct config *c, const struct config_item *item, struct sequence *out)
{
	static const char *const people[] = { "lead", "contact", "account" };
	const char *of = "lead";
	if (!config_text_attr(c, item, "of", &of))
		return false;
	for (size_t i = 0; of && i < countof(people); i++)
		if (!strcmp(of, people[i]))
			out->entity = schema_entity(&c->store->schema, str_of(of));
	return out->entity || config_mistake(c, config_at(item, "of"), item->path,
					     "sequences are of lead, contact or account");
}

static bool read_steps(struct rules_reader *r, const struct config_item *item, struct sequence *out)
{
	const struct yaml *y = yaml_get(item->map, "steps");
	bool ok = true;
	if (!y || y->kind != YAML_LIST || !y->n)
		return config_mistake(r->c, y ? y : item->at, item->path,
				      "steps are missing: [{after: 2d, emit: {…}}]");
	struct sequence_step *steps = arena_new(r->c->arena, struct sequence_step, y->n);
	for (size_t i = 0; i < y->n; i++) {
		const char *path = arena_printf(r->c->arena, "%s.steps.%zu", item->path, i + 1).p;
		ok &= rules_step(r, &y->items[i], path, out->entity, &steps[i]);
	}
	out->steps = steps;
	out->nsteps = y->n;
	return ok;
}

/* What ends it, unless it says otherwise, is a reply, the conversion, or an opt-out. */
static bool read_exit(struct rules_reader *r, const struct config_item *item, struct sequence *out)
{
	static const char *const known[] = { "reply", "converted", "opt_out", "if", NULL };
	const struct yaml *y = yaml_get(item->map, "exit");
	out->reply = out->converted = out->opt_out = true;
	if (!y)
		return true;
	struct config_item exit = { .at = y, .map = y, .path = item->path };
	if (!config_is_map(r->c, y, item->path) || !config_known(r->c, y, item->path, known))
		return false;
	const struct yaml *condition = yaml_get(y, "if");
	if (condition)
		out->exit = rules_condition(r, condition, item->path, out->entity);
	return (!condition || out->exit) && config_bool_attr(r->c, &exit, "reply", &out->reply) &&
	       config_bool_attr(r->c, &exit, "converted", &out->converted) &&
	       config_bool_attr(r->c, &exit, "opt_out", &out->opt_out);
}

static bool read_sequence(struct rules_reader *r, const struct config_item *item,
			  struct sequence *out)
{
	static const char *const known[] = { "of", "enter", "steps", "exit", "once", NULL };
	struct config *c = r->c;
	*out = (struct sequence){ .key = item->key, .once = true };
	if (!item->map)
		return config_mistake(c, item->at, item->path, "{of: lead, steps: […]} is due");
	if (!config_known(c, item->map, item->path, known) || !read_of(c, item, out))
		return false;
	if (config_mentions(c, "rules", NULL, str_of(item->key)))
		return config_mistake(c, item->at, item->path, "a rule is called so already");
	const struct yaml *enter = yaml_get(item->map, "enter");
	if (enter)
		out->enter = rules_condition(r, enter, item->path, out->entity);
	bool ok = !enter || out->enter;
	ok &= read_steps(r, item, out);
	return read_exit(r, item, out) && config_bool_attr(c, item, "once", &out->once) && ok;
}

/* The sequences, up to the first without key. */
static void *read(struct config *c, const struct yaml *y)
{
	struct rules_reader r = { .c = c, .final = c->root->n == 0 };
	struct config_item *items;
	size_t n;
	bool ok = config_items(c, y, "sequences", false, &items, &n);
	struct sequence *all = arena_new(c->arena, struct sequence, n + 1);
	for (size_t i = 0; i < n; i++)
		ok &= read_sequence(&r, &items[i], &all[i]);
	if (ok)
		rules_again(&r, y, "sequences");
	return ok ? all : NULL;
}

const struct config_section section_sequences = {
	"sequences", help, false, document_show, document_plan, read,
};

struct sequence *sequences_stored(struct store *s, struct arena *a, struct diag *d)
{
	struct sequence *all = document_stored(&section_sequences, s, a, d);
	return all || d->message.n ? all : arena_new(a, struct sequence, 1);
}
