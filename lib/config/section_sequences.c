/* Sequences: steps that look after somebody until something ends them. */
#include "config/condition.h"
#include "config/rules.h"
#include "config/sections.h"

static const char help[] =
    "who is looked after, step by step: - name: {of: lead, enter: status = nurturing, steps:\n"
    "[{after: 2d, emit: {kind: email, template: hello}}], exit: {reply: true}}; see crm-follow(1)";

static bool read_of(struct config *c, const struct config_item *item, struct sequence *out)
{
	static const char *const people[] = { "lead", "contact", "account" };
	size_t which = 0;
	bool ok = config_word_attr(c, item, "of", people, countof(people), &which);
	out->entity = store_entity(c->store, people[which]);
	return ok;
}

static bool read_steps(struct config *c, const struct config_item *item, struct sequence *out)
{
	const struct yaml *y = yaml_get(item->map, "steps");
	bool ok = true;
	if (!y || y->kind != YAML_LIST || !y->n)
		return config_mistake(c, y ? y : item->at, item->path,
				      "steps are missing: [{after: 2d, emit: {…}}]");
	struct sequence_step *steps = arena_new(c->arena, struct sequence_step, y->n);
	for (size_t i = 0; i < y->n; i++) {
		const char *path = arena_printf(c->arena, "%s.steps.%zu", item->path, i + 1).p;
		ok &= rules_step(c, &y->items[i], path, out->entity, &steps[i]);
	}
	out->steps = steps;
	out->nsteps = y->n;
	return ok;
}

/* What ends it, unless it says otherwise, is a reply, the conversion, or an opt-out. */
static bool read_exit(struct config *c, const struct config_item *item, struct sequence *out)
{
	static const char *const known[] = { "reply", "converted", "opt_out", "if", NULL };
	const struct yaml *y = yaml_get(item->map, "exit");
	out->reply = out->converted = out->opt_out = true;
	if (!y)
		return true;
	struct config_item exit = { .at = y, .map = y, .path = item->path };
	if (!config_is_map(c, y, item->path) || !config_known(c, y, item->path, known))
		return false;
	return config_condition_attr(c, &exit, "if", out->entity, &out->exit, NULL) &&
	       config_bool_attr(c, &exit, "reply", &out->reply) &&
	       config_bool_attr(c, &exit, "converted", &out->converted) &&
	       config_bool_attr(c, &exit, "opt_out", &out->opt_out);
}

static bool read_sequence(struct config *c, const struct config_item *item, struct sequence *out)
{
	static const char *const known[] = { "of", "enter", "steps", "exit", "once", NULL };
	*out = (struct sequence){ .key = item->key, .once = true };
	if (!item->map)
		return config_mistake(c, item->at, item->path, "{of: lead, steps: […]} is due");
	if (!config_known(c, item->map, item->path, known) || !read_of(c, item, out))
		return false;
	if (config_mentions(c, "rules", NULL, str_of(item->key)))
		return config_mistake(c, item->at, item->path, "a rule is called so already");
	bool ok = config_condition_attr(c, item, "enter", out->entity, &out->enter, NULL);
	ok &= read_steps(c, item, out);
	return read_exit(c, item, out) && config_bool_attr(c, item, "once", &out->once) && ok;
}

/* The sequences, up to the first without key. */
static void *read(struct config *c, const struct yaml *y)
{
	struct config_item *items;
	size_t n;
	bool ok = config_items(c, y, "sequences", false, &items, &n);
	struct sequence *all = arena_new(c->arena, struct sequence, n + 1);
	for (size_t i = 0; i < n; i++)
		ok &= read_sequence(c, &items[i], &all[i]);
	return ok ? all : NULL;
}

const struct config_section section_sequences = {
	"sequences", help, false, document_show, document_plan, read,
};

struct sequence *sequences_stored(struct store *s, struct arena *a, struct document_wrong **wrong)
{
	struct sequence *all = document_usable(&section_sequences, s, a, wrong);
	return all ? all : arena_new(a, struct sequence, 1);
}
