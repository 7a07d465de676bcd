/* How people are rung: when, how often, and what becomes of each outcome. */
#include "config/calls.h"

#include "config/document.h"
#include "config/sections.h"
#include "config/uses.h"
#include "store/service.h"

static const char help[] =
    "telephone: hours: \"mon-sat 08:00-17:00\" (when crm-call next hands people out), lease: "
    "10min,\n"
    "late: 1h, rest: 7d, per_day: 3; outcomes: - no_answer: {again: 2h, most: 5, lead: nurturing}\n"
    "(what follows from each; member: and reason: too); what is left out is as shipped";

enum { MINUTE = 60, HOUR = 60 * MINUTE };

/* clang-format off */
static const struct call_rule shipped[] = {
	{ .outcome = "no_answer", .again = { .seconds = 2 * HOUR }, .most = 5 },
	{ .outcome = "busy", .again = { .seconds = 30 * MINUTE }, .most = 5 },
	{ .outcome = "voicemail", .again = { .seconds = 4 * HOUR }, .most = 5 },
	{ .outcome = "callback", .again = { .days = 1 }, .most = 1000 },
	{ .outcome = "wrong_number", .lead = "disqualified", .reason = "wrong_number" },
};
/* clang-format on */

static bool read_pick(struct config *c, const struct config_item *item, const char *name,
		      const char *list, const char **out)
{
	return config_text_attr(c, item, name, out) &&
	       (!*out || config_has_pick(c, list, str_of(*out)) ||
		config_mistake(c, config_at(item, name), item->path, "%s has no value %s", list,
			       quoted(str_of(*out), c->arena)));
}

static bool read_rule(struct config *c, const struct config_item *item, struct call_rule *r)
{
	static const char *const attrs[] = { "again", "most", "member", "lead", "reason", NULL };
	*r = (struct call_rule){ .outcome = item->key, .most = 1000 };
	if (!config_has_pick(c, "activity.outcome", str_of(item->key)))
		return config_mistake(c, item->at, item->path, "there is no outcome %s of calls",
				      quoted(str_of(item->key), c->arena));
	bool ok = config_known(c, item->map, item->path, attrs);
	ok &= config_delay_attr(c, item, "again", &r->again);
	ok &= config_int_attr(c, item, "most", 1, 1000, &r->most);
	ok &= read_pick(c, item, "member", "campaign_member.status", &r->member);
	ok &= read_pick(c, item, "lead", "lead.status", &r->lead);
	ok &= read_pick(c, item, "reason", "lead.disqualify_reason", &r->reason);
	if (ok && r->lead && !strcmp(r->lead, "converted"))
		return config_mistake(c, config_at(item, "lead"), item->path,
				      "only crm-convert makes a lead converted");
	bool out = r->lead && !strcmp(r->lead, "disqualified");
	if (ok && out != (r->reason != NULL))
		return config_mistake(c, config_at(item, out ? "lead" : "reason"), item->path,
				      out ? "a disqualified lead needs a reason"
					  : "a reason is for lead: disqualified");
	return ok;
}

/* -- all of it -- */

/* Shipped rules stay for the outcomes that the text does not name. */
static bool read_rules(struct config *c, const struct yaml *y, struct call_rules *out)
{
	struct config_item *items;
	size_t n;
	bool ok = config_items(c, y, "calls.outcomes", false, &items, &n);
	struct call_rule *all = arena_new(c->arena, struct call_rule, n + countof(shipped));
	for (size_t i = 0; i < n; i++)
		ok &= read_rule(c, &items[i], &all[i]);
	const struct call_rules said = { .rules = all, .n = n };
	for (size_t i = 0; ok && i < countof(shipped); i++)
		if (!call_rule_of(&said, str_of(shipped[i].outcome)))
			all[n++] = shipped[i];
	out->rules = all;
	out->n = n;
	return ok;
}

static bool read_hours(struct config *c, const struct config_item *all, struct hours *out)
{
	struct diag d = { 0 };
	const char *text = NULL;
	struct str special = str_of(service_get(c->store)->special);
	if (!config_text_attr(c, all, "hours", &text))
		return false;
	bool ok = !text || hours_parse(out, str_of(text), special, c->arena, &d) ||
		  config_mistake(c, config_at(all, "hours"), "calls.hours", "%.*s",
				 (int)d.message.n, d.message.p);
	diag_free(&d);
	return ok;
}

static void set_defaults(struct call_rules *r)
{
	*r = (struct call_rules){ .hours.always = true,
				  .lease_s = 10 * MINUTE,
				  .late_s = HOUR,
				  .rest_days = 7,
				  .per_day = 3,
				  .rules = shipped,
				  .n = countof(shipped) };
}

static void *read(struct config *c, const struct yaml *y)
{
	static const char *const known[] = { "hours",	"lease",    "late", "rest",
					     "per_day", "outcomes", NULL };
	struct call_rules *r = arena_new(c->arena, struct call_rules, 1);
	struct config_item all = { .at = y, .key = "calls", .map = y, .path = "calls" };
	struct delay lease = { 0 }, late = { 0 }, rest = { 0 };
	set_defaults(r);
	if (!config_is_map(c, y, "calls"))
		return NULL;
	const struct yaml *outcomes = yaml_get(y, "outcomes");
	bool ok = config_known(c, y, "calls", known) && read_hours(c, &all, &r->hours);
	ok &= config_delay_attr(c, &all, "lease", &lease);
	ok &= config_delay_attr(c, &all, "late", &late);
	ok &= config_delay_attr(c, &all, "rest", &rest);
	ok &= config_int_attr(c, &all, "per_day", 1, 100, &r->per_day);
	ok &= !outcomes || read_rules(c, outcomes, r);
	r->lease_s = delay_seconds(lease) ? delay_seconds(lease) : r->lease_s;
	r->late_s = delay_seconds(late) ? delay_seconds(late) : r->late_s;
	r->rest_days = rest.days ? rest.days : r->rest_days;
	if (ok && rest.seconds)
		ok = config_mistake(c, config_at(&all, "rest"), "calls.rest",
				    "days are due, such as 7d");
	return ok ? r : NULL;
}

const struct call_rules *call_rules_get(struct store *s, struct arena *a)
{
	struct diag d = { 0 };
	struct call_rules *r = document_stored(&section_calls, s, a, &d);
	if (d.message.n)
		die(STATUS_REFUSED, "configuration: calls: %.*s", (int)d.message.n, d.message.p);
	diag_free(&d);
	if (r)
		return r;
	r = arena_new(a, struct call_rules, 1);
	set_defaults(r);
	return r;
}

const struct call_rule *call_rule_of(const struct call_rules *r, struct str outcome)
{
	for (size_t i = 0; i < r->n; i++)
		if (str_is(outcome, r->rules[i].outcome))
			return &r->rules[i];
	return NULL;
}

const struct config_section section_calls = {
	"calls", help, false, document_show, document_plan, read,
};
