/* Service levels: how soon tickets are to be answered and resolved. */
#include "config/sections.h"
#include "config/uses.h"
#include "store/service.h"

static const char help[] =
    "how soon tickets are answered and resolved, in hours of business: - policy: {urgent: [1h, "
    "8h],\n"
    "…}, for some {tiers: [vip], channels: [zalo], kinds: [complaint], …}; how soon somebody gets\n"
    "back to leads: - policy: {for: lead, sources: [website], response: 30min}; always: true "
    "counts\n"
    "around the clock; the first that fits is taken, and what was promised is kept";

enum { MINUTE = 60, HOUR = 60 * MINUTE, MOST_HOURS = 10000 };

static const struct picklist *priorities(const struct store *s)
{
	return schema_picklist(&s->schema, "priority");
}

/* 30min, 4h or null. */
static const char *time_words(int64_t seconds, struct arena *a)
{
	if (!seconds)
		return "null";
	bool hours = seconds % HOUR == 0;
	return arena_printf(a, "%lld%s", (long long)(seconds / (hours ? HOUR : MINUTE)),
			    hours ? "h" : "min")
	    .p;
}

/* "[1h, 8h]", or NULL where nothing is promised. */
static const char *pair_words(const struct sla_policy *p, const char *priority, struct arena *a)
{
	const struct sla_time *t = service_time(p, str_of(priority));
	if (!t || (!t->response_s && !t->resolution_s))
		return NULL;
	return arena_printf(a, "[%s, %s]", time_words(t->response_s, a),
			    time_words(t->resolution_s, a))
	    .p;
}

static bool is_of_leads(const struct sla_policy *p)
{
	return !strcmp(p->about, "lead");
}

/* The most urgent first. */
static void show_times(const struct sla_policy *p, const struct picklist *l, struct emit *e,
		       struct arena *a)
{
	if (is_of_leads(p))
		emit_word(e, "response", time_words(p->times->response_s, a));
	for (size_t j = l->n; j-- > 0 && !is_of_leads(p);) {
		const char *pair = pair_words(p, l->picks[j].key, a);
		if (pair)
			emit_word(e, l->picks[j].key, pair);
	}
}

static void show(const struct config_section *section, struct store *s, struct emit *e,
		 struct arena *a)
{
	const struct service *v = service_get(s);
	if (!v->n)
		emit_word_pair(e, 0, section->name, "[]");
	else
		emit_map(e, 0, str_of(section->name));
	for (size_t i = 0; i < v->n; i++) {
		const struct sla_policy *p = &v->policies[i];
		emit_item(e, 1, str_of(p->key));
		if (is_of_leads(p))
			emit_word(e, "for", p->about);
		for (size_t k = 0; k < SLA_CONDITIONS; k++)
			if (p->of[k])
				emit_words(e, sla_conditions[k].name, p->of[k]);
		if (p->always)
			emit_word(e, "always", "true");
		show_times(p, priorities(s), e, a);
		emit_end(e);
	}
}

/* 30min, 4h, or null for no promise. */
static bool read_time(struct config *c, const struct yaml *y, const char *path, int64_t *seconds)
{
	const char *text;
	struct delay d;
	*seconds = 0;
	if (yaml_is_null(y))
		return true;
	if (!config_scalar(c, y, path, &text))
		return false;
	if (!delay_parse(str_of(text), &d) || d.days || !d.seconds || d.seconds > MOST_HOURS * HOUR)
		return config_mistake(c, y, path, "%s is no time such as 30min or 4h (up to %dh)",
				      quoted(str_of(text), c->arena), MOST_HOURS);
	*seconds = d.seconds;
	return true;
}

/* [first response, resolution], or null. */
static bool read_pair(struct config *c, const struct config_item *item, struct sla_time *t)
{
	const struct yaml *y = config_attr(item, t->priority);
	const char *path = arena_printf(c->arena, "%s.%s", item->path, t->priority).p;
	if (!y || yaml_is_null(y))
		return true;
	if (y->kind != YAML_LIST || y->n != 2)
		return config_mistake(c, y, path,
				      "[first response, resolution] is due, such as [1h, 8h]");
	bool ok = read_time(c, &y->items[0], path, &t->response_s);
	ok &= read_time(c, &y->items[1], path, &t->resolution_s);
	if (ok && t->response_s && t->resolution_s && t->response_s > t->resolution_s)
		return config_mistake(c, y, path, "the first response is due after the resolution");
	return ok;
}

static bool read_condition(struct config *c, const struct config_item *item, size_t i,
			   struct sla_policy *p)
{
	const struct sla_condition *what = &sla_conditions[i];
	struct str rest, value;
	if (!config_words_attr(c, item, what->name, &p->of[i]))
		return false;
	for (rest = str_of(p->of[i]); rest.p && str_cut(&rest, ' ', &value);)
		if (!config_has_pick(c, what->picklist, value))
			return config_mistake(c, config_at(item, what->name), item->path,
					      "there is no %s in %s", quoted(value, c->arena),
					      what->picklist);
	return true;
}

/* Of tickets a row for each priority, so that a policy without any promise is one, too. */
static bool read_times(struct config *c, const struct config_item *item, struct sla_policy *p,
		       struct sla_time *times)
{
	bool ok = true;
	if (is_of_leads(p)) {
		const struct yaml *y = config_attr(item, "response");
		times[0].priority = "";
		p->n = 1;
		return y ? read_time(c, y, item->path, &times[0].response_s)
			 : config_mistake(c, item->at, item->path,
					  "response: how soon somebody is to get back to them");
	}
	for (size_t i = 0; i < p->n; i++)
		ok &= read_pair(c, item, &times[i]);
	return ok;
}

static bool read_about(struct config *c, const struct config_item *item, struct sla_policy *p)
{
	static const char *const about[] = { "ticket", "lead" };
	size_t which = 0;
	bool ok = config_word_attr(c, item, "for", about, countof(about), &which);
	p->about = about[which];
	return ok;
}

static bool read_policy(struct config *c, const struct config_item *item, struct sla_policy *p)
{
	const struct picklist *l = priorities(c->store);
	const char **attrs = arena_new(c->arena, const char *, l->n + SLA_CONDITIONS + 4);
	struct sla_time *times = arena_new(c->arena, struct sla_time, l->n + 1);
	size_t n = 0;
	*p = (struct sla_policy){ .key = item->key, .times = times, .n = l->n };
	if (item->label)
		return config_mistake(c, item->at, item->path, "a map {…} is due behind it");
	if (!read_about(c, item, p))
		return false;
	attrs[n++] = "for";
	attrs[n++] = "always";
	for (size_t i = 0; i < SLA_CONDITIONS; i++)
		if (words_have(sla_conditions[i].about, str_of(p->about)))
			attrs[n++] = sla_conditions[i].name;
	for (size_t i = 0; i < l->n; i++) {
		times[i].priority = l->picks[i].key;
		if (!is_of_leads(p))
			attrs[n++] = times[i].priority;
	}
	if (is_of_leads(p))
		attrs[n++] = "response";
	bool ok = config_known(c, item->map, item->path, attrs);
	for (size_t i = 0; i < SLA_CONDITIONS; i++)
		ok &= !words_have(sla_conditions[i].about, str_of(p->about)) ||
		      read_condition(c, item, i, p);
	ok &= config_bool_attr(c, item, "always", &p->always);
	return read_times(c, item, p, times) && ok;
}

/* Whether `before` takes whatever `p` names by any condition but the one. */
static bool covers(const struct sla_policy *before, const struct sla_policy *p, size_t but)
{
	for (size_t i = 0; i < SLA_CONDITIONS; i++) {
		struct str rest = str_of(p->of[i]), value;
		if (i == but || !before->of[i])
			continue;
		if (!p->of[i])
			return false;
		while (str_cut(&rest, ' ', &value))
			if (!words_have(before->of[i], value))
				return false;
	}
	return true;
}

static bool is_general(const struct sla_policy *p)
{
	for (size_t i = 0; i < SLA_CONDITIONS; i++)
		if (p->of[i])
			return false;
	return true;
}

/* Nothing would ever come to it by this value. */
static bool check_value(struct config *c, const struct config_item *item,
			const struct sla_policy *p, size_t i, const struct sla_policy *before)
{
	struct str rest = str_of(p->of[i]), value;
	while (rest.p && str_cut(&rest, ' ', &value))
		if (words_have(before->of[i], value) && covers(before, p, i))
			return config_mistake(c, config_at(item, sla_conditions[i].name),
					      item->path, "%s is for %.*s already", before->key,
					      (int)value.n, value.p);
	return true;
}

static bool check_reached(struct config *c, const struct config_item *item,
			  const struct sla_policy *p, const struct sla_policy *before, size_t n)
{
	for (; n--; before++) {
		if (strcmp(p->about, before->about))
			continue;
		if (is_general(p) && is_general(before))
			return config_mistake(c, item->at, item->path,
					      "%s is for all others already; say whom this is for",
					      before->key);
		for (size_t k = 0; k < SLA_CONDITIONS; k++)
			if (!check_value(c, item, p, k, before))
				return false;
	}
	return true;
}

static const struct sla_policy *policy_of(const struct sla_policy *all, size_t n, const char *key)
{
	for (size_t i = 0; i < n; i++)
		if (!strcmp(all[i].key, key))
			return &all[i];
	return NULL;
}

static void differ_in(struct config *c, const char *key, const char *name, const char *was,
		      const char *now)
{
	if (!str_eq(str_of(was), str_of(now)))
		config_difference(c, "~ sla %s: %s %s → %s", key, name, was ? was : "none",
				  now ? now : "none");
}

/* Of a policy for leads; else NULL. */
static const char *response_words(const struct sla_policy *p, struct arena *a)
{
	return is_of_leads(p) ? time_words(p->times->response_s, a) : NULL;
}

static void differ(struct config *c, const struct sla_policy *was, const struct sla_policy *now)
{
	const struct picklist *l = priorities(c->store);
	if (!was) {
		config_difference(c, "+ sla: %s", now->key);
		return;
	}
	differ_in(c, now->key, "for", was->about, now->about);
	for (size_t i = 0; i < SLA_CONDITIONS; i++)
		differ_in(c, now->key, sla_conditions[i].name, was->of[i], now->of[i]);
	differ_in(c, now->key, "always", was->always ? "true" : "false",
		  now->always ? "true" : "false");
	for (size_t i = l->n; i-- > 0;)
		differ_in(c, now->key, l->picks[i].key, pair_words(was, l->picks[i].key, c->arena),
			  pair_words(now, l->picks[i].key, c->arena));
	differ_in(c, now->key, "response", response_words(was, c->arena),
		  response_words(now, c->arena));
}

/* What there was, and what there is to be. */
struct plan {
	struct sla_policy *policies;
	size_t n;
};

static bool write_policies(struct config *c, void *what, struct diag *d)
{
	const struct plan *plan = what;
	(void)d;
	service_set(c->store, NULL, NULL, plan->policies, plan->n);
	return true;
}

static void differ_all(struct config *c, const struct service *v, const struct plan *plan)
{
	const struct sla_policy *last = NULL;
	bool reordered = false;
	for (size_t i = 0; i < plan->n; i++) {
		const struct sla_policy *was = policy_of(v->policies, v->n, plan->policies[i].key);
		differ(c, was, &plan->policies[i]);
		reordered |= was && last && was < last;
		last = was ? was : last;
	}
	for (size_t i = 0; i < v->n; i++)
		if (!policy_of(plan->policies, plan->n, v->policies[i].key))
			config_difference(c, "- sla: %s", v->policies[i].key);
	if (reordered)
		config_difference(c, "~ sla: order");
}

static void plan(struct config *c, const struct yaml *y)
{
	struct plan *plan = arena_new(c->arena, struct plan, 1);
	struct config_item *items;
	size_t before = c->differences;
	bool ok = config_items(c, y, "sla", false, &items, &plan->n);
	plan->policies = arena_new(c->arena, struct sla_policy, plan->n + 1);
	for (size_t i = 0; i < plan->n; i++)
		ok &= read_policy(c, &items[i], &plan->policies[i]) &&
		      check_reached(c, &items[i], &plan->policies[i], plan->policies, i);
	if (!ok)
		return;
	differ_all(c, service_get(c->store), plan);
	if (c->differences > before)
		config_do(c, y, "sla", write_policies, plan);
}

/* "vip gold" with one word another; merged ones stand once. */
static const char *renamed(const char *words, const char *was, const char *now, struct arena *a)
{
	struct str rest = str_of(words), word;
	struct buf b = { 0 };
	while (rest.p && str_cut(&rest, ' ', &word)) {
		struct str as = str_is(word, was) ? str_of(now) : word;
		struct str have = buf_copy(&b, a);
		if (!words_have(have.p, as))
			buf_printf(&b, "%s%.*s", b.n ? " " : "", (int)as.n, as.p);
	}
	struct str text = buf_copy(&b, a);
	buf_free(&b);
	return text.p;
}

void sla_rename_value(struct store *s, const char *list, const char *was, const char *now)
{
	const struct service *v = service_get(s);
	struct arena a = { 0 };
	struct sla_policy *all = arena_new(&a, struct sla_policy, v->n + 1);
	bool any = false;
	for (size_t i = 0; i < v->n; i++) {
		all[i] = v->policies[i];
		for (size_t k = 0; k < SLA_CONDITIONS; k++) {
			if (strcmp(sla_conditions[k].picklist, list) ||
			    !words_have(all[i].of[k], str_of(was)))
				continue;
			all[i].of[k] = renamed(all[i].of[k], was, now, &a);
			any = true;
		}
	}
	if (any)
		service_set(s, NULL, NULL, all, v->n);
	arena_free(&a);
}

const struct config_section section_sla = { "sla", help, false, show, plan, NULL };
