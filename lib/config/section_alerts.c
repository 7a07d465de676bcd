/* From when on alerts are raised. */
#include <math.h>

#include "config/alerts.h"
#include "config/document.h"
#include "config/sections.h"
#include "config/uses.h"
#include "core/money.h"

static const char help[] =
    "what crm-alert raises, and from when on: - cross_sell: {lift: 1.5}, or - trend: off; what is\n"
    "not named is as shipped, which crm-alert kinds prints";

static const struct alert_option cross_sell[] = {
	{ "per", "a basket is all that a customer bought, or an order", "customer",
	  .words = "customer order", .several = false },
	{ "support", "percent of the baskets that have both products, at least", "1", .least = 0,
	  .most = 100 },
	{ "least", "baskets that have both, at least", "3", .least = 2, .most = 1e9 },
	{ "confidence", "percent of the baskets with the one that have the other", "20", .least = 0,
	  .most = 100 },
	{ "lift", "how many times as often as by chance", "1.2", .least = 0, .most = 1e6 },
	{ "top", "products a customer", "3", .least = 1, .most = 1000 },
	{ 0 },
};

static const struct alert_option sell_top[] = {
	{ "top", "products a customer", "3", .least = 1, .most = 1000 },
	{ 0 },
};

static const struct alert_option due_reorder[] = {
	{ "least", "purchases that tell a rhythm", "3", .least = 2, .most = 1e6 },
	{ "factor", "how many of their own intervals have passed", "1", .least = 0.1, .most = 100 },
	{ 0 },
};

static const struct alert_option churn_risk[] = {
	{ "alive", "percent: the chance that they still buy, below", "30", .least = 0,
	  .most = 100 },
	{ "least", "purchases that make a good customer", "3", .least = 2, .most = 1e6 },
	{ "top", "percent of the customers of that currency, by revenue", "50", .least = 1,
	  .most = 100 },
	{ "factor", "too few data for the chance: how many of their own intervals", "2", .least = 1,
	  .most = 100 },
	{ "within", "days since the last purchase at most: then they are lost", "730", .least = 1,
	  .most = 36500 },
	{ 0 },
};

static const struct alert_option falling_margin[] = {
	{ "drop", "points of the margin rate below their own", "5", .least = 0, .most = 1000 },
	{ "floor", "percent: the margin rate below which it is told anyway", "0", .least = -1000,
	  .most = 100 },
	{ "least", "purchases in the four quarters before", "3", .least = 1, .most = 1e6 },
	{ "revenue", "percent of their usual quarter that they have bought, at least", "20",
	  .least = 0, .most = 1e6 },
	{ 0 },
};

static const struct alert_option below_target[] = {
	{ "pace", "percent of what is due by now, below", "80", .least = 0, .most = 1000 },
	{ "after", "percent of the working days that have passed", "20", .least = 0, .most = 100 },
	{ 0 },
};

static const struct alert_option trend[] = {
	{ "of", "whose figures", "customer owner team product",
	  .words = "customer owner team product", .several = true },
	{ "measures", "which figures of owners and teams", "revenue leads calls",
	  .words = "revenue leads calls", .several = true },
	{ "period", "that are compared", "month", .words = "week month quarter", .several = false },
	{ "history", "periods before it", "6", .least = 3, .most = 100 },
	{ "deviations", "how far from their median", "2", .least = 0, .most = 100 },
	{ "change", "percent of the median, at least", "20", .least = 0, .most = 1e6 },
	{ 0 },
};

static const struct alert_option big_deal_stuck[] = {
	{ "share", "percent of the deals that are not larger", "80", .least = 0, .most = 100 },
	{ "least", "deals of the owner, else of the pipeline, that tell", "5", .least = 1,
	  .most = 1e6 },
	{ "stay", "stages without stale days: percent of the deals that were won", "75", .least = 0,
	  .most = 100 },
	{ 0 },
};

static const struct alert_option vip_silent[] = {
	{ "tiers", "of which accounts", "vip gold", .words = NULL, .several = true },
	{ "days", "without contact", "30", .least = 1, .most = 36500 },
	{ 0 },
};

#define OF_CUSTOMERS "account contact"

/* clang-format off */
const struct alert_kind alert_kinds[ALERT_KINDS] = {
	[ALERT_CROSS_SELL] = { "cross_sell", "what others with the same product bought, too", OF_CUSTOMERS, cross_sell },
	[ALERT_UP_SELL] = { "up_sell", "a better product than the one they have (product upgrade)", OF_CUSTOMERS, sell_top },
	[ALERT_SWITCH_SELL] = { "switch_sell", "what replaces a product that they have (product successor)", OF_CUSTOMERS, sell_top },
	[ALERT_DUE_REORDER] = { "due_reorder", "by their own rhythm they would have bought again", OF_CUSTOMERS, due_reorder },
	[ALERT_CHURN_RISK] = { "churn_risk", "good customers who have hardly a chance to come back by themselves", OF_CUSTOMERS, churn_risk },
	[ALERT_FALLING_MARGIN] = { "falling_margin", "customers who bring less of what they pay than they used to", OF_CUSTOMERS, falling_margin },
	[ALERT_BELOW_TARGET] = { "below_target", "users and teams behind what is due of their targets", "user team", below_target },
	[ALERT_TREND] = { "trend", "figures far from what they usually are", "account contact user team product", trend },
	[ALERT_BIG_DEAL_STUCK] = { "big_deal_stuck", "large open deals that are too long in their stage", "deal", big_deal_stuck },
	[ALERT_VIP_SILENT] = { "vip_silent", "important customers whom nobody has spoken to, or is going to", "account", vip_silent },
};
/* clang-format on */

/* -- reading -- */

static bool to_number(const char *text, double *out)
{
	int64_t digits;
	int scale;
	if (!decimal_parse(str_of(text), &digits, &scale))
		return false;
	*out = (double)digits / pow(10, scale);
	return true;
}

static bool read_number(struct config *c, const struct config_item *item,
			const struct alert_option *o, const char **value)
{
	const struct yaml *y = config_attr(item, o->name);
	const char *path = arena_printf(c->arena, "%s.%s", item->path, o->name).p, *text = NULL;
	double number;
	if (!y)
		return true;
	if (!config_scalar(c, y, path, &text))
		return false;
	if (!text || !to_number(text, &number) || number < o->least || number > o->most)
		return config_mistake(c, y, path, "%s is no number from %.15g to %.15g",
				      text ? quoted(str_of(text), c->arena) : "null", o->least,
				      o->most);
	*value = text;
	return true;
}

static bool read_words(struct config *c, const struct config_item *item,
		       const struct alert_option *o, const char **value)
{
	const struct yaml *y = config_attr(item, o->name);
	struct str rest, word;
	size_t n = 0;
	if (!y)
		return true;
	if (!config_words_attr(c, item, o->name, value))
		return false;
	for (rest = str_of(*value); rest.p && str_cut(&rest, ' ', &word); n++)
		if (o->words ? !words_have(o->words, word)
			     : !config_has_pick(c, "account.tier", word))
			return config_mistake(c, y, item->path, "%s: %s is none of %s", o->name,
					      quoted(word, c->arena),
					      o->words ? o->words : "the tiers of accounts");
	return n == 1 || (n && o->several) ||
	       config_mistake(c, y, item->path, "%s: %s is due", o->name,
			      o->several ? "one or several" : "one");
}

static bool read_kind(struct config *c, const struct config_item *item,
		      const struct alert_kind *kind, struct alert_rule *rule)
{
	const char *names[ALERT_OPTIONS_MAX + 1] = { NULL };
	bool ok = true;
	for (size_t i = 0; kind->options[i].name; i++)
		names[i] = kind->options[i].name;
	rule->off = item->label && !strcmp(item->label, "off");
	if (rule->off)
		return true;
	if (!item->map)
		return config_mistake(c, item->at, item->path,
				      "off or a map {%s: …} is due behind it", names[0]);
	if (!config_known(c, item->map, item->path, names))
		return false;
	for (size_t i = 0; names[i]; i++) {
		const struct alert_option *o = &kind->options[i];
		ok &= (o->most > 0 ? read_number : read_words)(c, item, o, &rule->values[i]);
	}
	return ok;
}

static struct alerts *shipped(struct arena *a)
{
	struct alerts *all = arena_new(a, struct alerts, 1);
	for (size_t k = 0; k < ALERT_KINDS; k++)
		for (size_t i = 0; alert_kinds[k].options[i].name; i++)
			all->rules[k].values[i] = alert_kinds[k].options[i].def;
	return all;
}

static void *read(struct config *c, const struct yaml *y)
{
	struct config_item *items;
	const char *names[ALERT_KINDS];
	size_t n, k;
	struct alerts *all = shipped(c->arena);
	bool ok = config_items(c, y, "alerts", false, &items, &n);
	for (size_t i = 0; i < ALERT_KINDS; i++)
		names[i] = alert_kinds[i].key;
	for (size_t i = 0; i < n; i++) {
		for (k = 0; k < ALERT_KINDS && strcmp(items[i].key, names[k]);)
			k++;
		if (k == ALERT_KINDS)
			ok = config_mistake(
			    c, items[i].at, items[i].path, "there is no such alert%s",
			    config_meant(c, str_of(items[i].key), names, ALERT_KINDS));
		else
			ok &= read_kind(c, &items[i], &alert_kinds[k], &all->rules[k]);
	}
	return ok ? all : NULL;
}

const struct config_section section_alerts = {
	"alerts", help, false, document_show, document_plan, read,
};

const struct alerts *alerts_get(struct store *s, struct arena *a, struct diag *d)
{
	const struct alerts *all = document_stored(&section_alerts, s, a, d);
	return all || d->message.n ? all : shipped(a);
}

/* -- what it says -- */

static const char *value_of(const struct alerts *all, enum alert_number kind, const char *option)
{
	const struct alert_option *o = alert_kinds[kind].options;
	size_t i = 0;
	while (o[i].name && strcmp(o[i].name, option))
		i++;
	if (!o[i].name)
		die(STATUS_ENV, "alert %s has no threshold %s", alert_kinds[kind].key, option);
	return all->rules[kind].values[i];
}

double alert_number(const struct alerts *all, enum alert_number kind, const char *option)
{
	double number = 0;
	to_number(value_of(all, kind, option), &number);
	return number;
}

const char *alert_words(const struct alerts *all, enum alert_number kind, const char *option)
{
	return value_of(all, kind, option);
}

bool alert_has_word(const struct alerts *all, enum alert_number kind, const char *option,
		    const char *word)
{
	return words_have(value_of(all, kind, option), str_of(word));
}
