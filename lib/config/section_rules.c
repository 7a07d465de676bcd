/* Follow-up rules. */
#include "config/condition.h"
#include "config/rules.h"
#include "config/sections.h"

static const char help[] =
    "what crm-follow does of itself: - name: {when: lead.created, if: source = zalo, after: "
    "10min,\n"
    "do: [{activity: {kind: call, subject: First call}}]}; see crm-follow(1)";

static const struct yaml *attr(struct config *c, const struct config_item *item, const char *name,
			       const char *what)
{
	const struct yaml *y = config_attr(item, name);
	if (!y)
		config_mistake(c, item->at, item->path, "%s is missing: %s", name, what);
	return y;
}

/* What it is about decides what its condition and its deeds may name. */
static bool read_about(struct config *c, const struct config_item *item, const struct yaml *does,
		       struct rule *out)
{
	struct sequence_step step = { 0 };
	if (!out->when.entity)
		return true;
	bool ok = config_condition_attr(c, item, "if", out->when.entity, &out->condition, NULL);
	ok &= rules_deeds(c, does, item->path, out->when.entity, &step);
	out->deeds = step.deeds;
	out->ndeeds = step.ndeeds;
	return ok;
}

static bool read_rule(struct config *c, const struct config_item *item, struct rule *out)
{
	static const char *const known[] = { "when", "if",   "after", "always",
					     "once", "from", "do",    NULL };
	out->key = item->key;
	out->from = INT64_MAX;
	if (!item->map)
		return config_mistake(c, item->at, item->path,
				      "{when: …, do: […]} is due behind it");
	const struct yaml *when = attr(c, item, "when", "lead.created, deal.won …");
	const struct yaml *does = attr(c, item, "do", "[{activity: {kind: call}}] …");
	const struct yaml *after = yaml_get(item->map, "after");
	bool ok = config_known(c, item->map, item->path, known) && when && does;
	ok = ok && rules_when(c, when, item->path, &out->when) &&
	     config_bool_attr(c, item, "always", &out->always) &&
	     config_bool_attr(c, item, "once", &out->once) &&
	     config_when_attr(c, item, "from", &out->from);
	ok = ok && (!after || config_delay(c, after, item->path, &out->after)) &&
	     read_about(c, item, does, out);
	out->after.days += out->when.after.days;
	out->after.seconds += out->when.after.seconds;
	return ok;
}

/* The rules, up to the first without key. */
static void *read(struct config *c, const struct yaml *y)
{
	struct config_item *items;
	size_t n;
	bool ok = config_items(c, y, "rules", false, &items, &n);
	struct rule *all = arena_new(c->arena, struct rule, n + 1);
	for (size_t i = 0; i < n; i++)
		ok &= read_rule(c, &items[i], &all[i]);
	return ok ? all : NULL;
}

const struct config_section section_rules = {
	"rules", help, false, document_show, document_plan, read,
};

struct rule *rules_stored(struct store *s, struct arena *a, struct document_wrong **wrong)
{
	struct rule *all = document_usable(&section_rules, s, a, wrong);
	return all ? all : arena_new(a, struct rule, 1);
}
