/* Rules and tiers of the scoring, as they are configured. */
#include "config/condition.h"
#include "config/scoring_impl.h"
#include "config/uses.h"

/* A decimal number of up to six places. */
static bool read_number(struct config *c, const struct config_item *item, const char *name,
			double *out)
{
	static const struct field number = { .name = "number", .type = &type_number };
	struct codec codec = store_codec(c->store, c->arena);
	const char *text = NULL;
	struct value v = { 0 };
	struct diag d = { 0 };
	if (!config_text_attr(c, item, name, &text))
		return false;
	if (!text)
		return true;
	bool ok = field_parse(&number, &v, (struct cell){ CELL_TEXT, str_of(text) }, &codec, &d) &&
		  v.kind == V_INT;
	if (ok)
		*out = (double)v.i / NUMBER_ONE;
	else
		config_mistake(c, config_at(item, name), item->path, "%s: %.*s", name,
			       (int)d.message.n, d.message.p);
	diag_free(&d);
	return ok;
}

/* -- rules -- */

static bool is_of_leads(const struct entity *e)
{
	const struct field *f = entity_field(e, STR("lead"));
	return !strcmp(e->name, "lead") || (f && f->type == &type_ref && !strcmp(f->ref, "lead"));
}

static bool read_on(struct config *c, const struct config_item *item, struct score_rule *r)
{
	const char *name = "lead";
	if (!config_text_attr(c, item, "of", &name))
		return false;
	r->on = name ? store_entity(c->store, name) : NULL;
	return (r->on && is_of_leads(r->on)) ||
	       config_mistake(c, config_at(item, "of"), item->path,
			      "of: lead, or what is about leads, such as event or activity");
}

/* What was said must be more than nothing: 0 would be read as no word of it. */
static bool is_more(struct config *c, const struct config_item *item, const char *name, bool more)
{
	return more || !yaml_get(item->map, name) ||
	       config_mistake(c, config_at(item, name), item->path, "%s: 0 leaves nothing", name);
}

/* When a record of the type happened, unless the rule says otherwise. */
static const struct field *usual_time(const struct entity *e)
{
	static const char *const names[] = { "at", "done_at", "created_at" };
	const struct field *f = NULL;
	for (size_t i = 0; !f && i < countof(names); i++)
		f = entity_field(e, str_of(names[i]));
	return f;
}

static bool read_time(struct config *c, const struct config_item *item, struct score_rule *r)
{
	const char *name = NULL;
	int64_t half_life = 0;
	if (!config_text_attr(c, item, "time", &name) ||
	    !config_days_attr(c, item, "half_life", &half_life) ||
	    !config_days_attr(c, item, "within", &r->within) ||
	    !is_more(c, item, "half_life", half_life > 0) ||
	    !is_more(c, item, "within", r->within > 0))
		return false;
	r->half_life = (double)half_life;
	bool timed = strcmp(r->on->name, "lead") != 0 || half_life || r->within;
	r->time = name ? entity_field(r->on, str_of(name)) : timed ? usual_time(r->on) : NULL;
	if ((name || timed) && (!r->time || r->time->type != &type_instant))
		return config_mistake(c, config_at(item, "time"), item->path,
				      "time: a field of %s that is an instant is due, such as %s",
				      r->on->name, usual_time(r->on)->name);
	return true;
}

static bool read_points(struct config *c, const struct config_item *item, struct score_rule *r)
{
	if (!read_number(c, item, "points", &r->points) || !read_number(c, item, "cap", &r->cap))
		return false;
	if (r->points == 0)
		return config_mistake(c, config_at(item, "points"), item->path,
				      "points are due, such as 10 or -5");
	if (r->cap != 0 && (r->cap < 0) != (r->points < 0))
		return config_mistake(c, config_at(item, "cap"), item->path,
				      "the points go the other way, and never reach the cap");
	return is_more(c, item, "cap", r->cap != 0);
}

static bool read_rule(struct config *c, const struct config_item *item, struct score_rule *r)
{
	static const char *const known[] = { "of",	  "if",	    "points", "cap",
					     "half_life", "within", "time",   NULL };
	*r = (struct score_rule){ .key = item->key };
	if (!item->map)
		return config_mistake(c, item->at, item->path, "a map {if: …, points: 10} is due");
	return config_known(c, item->map, item->path, known) && read_on(c, item, r) &&
	       config_condition_attr(c, item, "if", r->on, &r->text, &r->where) &&
	       read_points(c, item, r) && read_time(c, item, r);
}

bool score_read_rules(struct config *c, const struct yaml *y, const char *path, struct scoring *s)
{
	struct config_item *items;
	size_t n;
	bool ok = config_items(c, y, path, false, &items, &n);
	if (n > SCORE_RULES)
		return config_mistake(c, y, path, "more than %d rules", SCORE_RULES);
	for (size_t i = 0; i < n; i++) {
		bool good = read_rule(c, &items[i], &s->rules[s->nrules]);
		s->nrules += good;
		ok &= good;
	}
	return ok;
}

/* -- tiers -- */

static bool read_tier(struct config *c, const struct config_item *item, struct score_tier *t)
{
	static const char *const known[] = { "segments",  "top",      "monetary", "clv",
					     "purchases", "days_ago", "if",	  NULL };
	const struct entity *account = store_entity(c->store, "account");
	const char *text;
	*t = (struct score_tier){ .tier = item->key };
	if (!config_has_pick(c, "account.tier", str_of(item->key)))
		return config_mistake(c, item->at, item->path, "there is no tier %s of accounts",
				      quoted(str_of(item->key), c->arena));
	return config_known(c, item->map, item->path, known) &&
	       config_words_attr(c, item, "segments", &t->segments) &&
	       config_int_attr(c, item, "top", 1, 100, &t->top) &&
	       config_int_attr(c, item, "purchases", 1, INT32_MAX, &t->frequency) &&
	       config_int_attr(c, item, "days_ago", 1, INT32_MAX, &t->recency) &&
	       read_number(c, item, "monetary", &t->monetary) &&
	       read_number(c, item, "clv", &t->clv) &&
	       config_condition_attr(c, item, "if", account, &text, &t->where);
}

bool score_read_tiers(struct config *c, const struct yaml *y, const char *path, struct scoring *s)
{
	struct config_item *items;
	size_t n;
	bool ok = config_items(c, y, path, false, &items, &n);
	if (n > SCORE_TIERS)
		return config_mistake(c, y, path, "more than %d tiers", SCORE_TIERS);
	for (size_t i = 0; i < n; i++) {
		bool good = read_tier(c, &items[i], &s->tiers[s->ntiers]);
		s->ntiers += good;
		ok &= good;
	}
	return ok;
}
