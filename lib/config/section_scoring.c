/* How leads and deals are scored: grades, what is learnt, tiers; rules are in scoring_rules.c. */
#include "config/condition.h"
#include "config/document.h"
#include "config/scoring_impl.h"
#include "config/sections.h"
#include "config/uses.h"

static const char help[] =
    "points for leads (rules: - key: {if: …, points: 10}; of: event or activity, cap,\n"
    "half_life), what is learnt of won and lost ones (lead: {fields: [source]}, deal), ratings\n"
    "(grades) and tiers of accounts; what it leaves out is as shipped: crm-score rules";

/* An item for what is no item of a list, but a pair of a map. */
static struct config_item item_of(struct config *c, const struct yaml *key, const struct yaml *y,
				  const char *path)
{
	return (struct config_item){
		.at = key,
		.key = arena_str(c->arena, key->text).p,
		.map = y->kind == YAML_MAP ? y : NULL,
		.path = arena_printf(c->arena, "%s.%.*s", path, (int)key->text.n, key->text.p).p,
	};
}

static bool read_grades(struct config *c, const struct config_item *all, struct scoring *s)
{
	bool ok = all->map || config_mistake(c, all->at, all->path, "a map {hot: 70, …} is due");
	for (size_t i = 0; ok && i < all->map->n; i++) {
		const struct yaml *key = &all->map->keys[i], *y = &all->map->items[i];
		int64_t least = 0;
		if (s->ngrades == SCORE_GRADES)
			return config_mistake(c, key, all->path, "more than %d", SCORE_GRADES);
		if (!config_has_pick(c, "lead.rating", key->text))
			return config_mistake(c, key, all->path, "there is no rating %s of leads",
					      quoted(key->text, c->arena));
		if (!config_int_attr(c, all, arena_str(c->arena, key->text).p, 0, 100, &least))
			return false;
		for (size_t k = 0; k < s->ngrades; k++)
			if (s->grades[k].least == least)
				return config_mistake(c, y, all->path, "%s begins there already",
						      s->grades[k].rating);
		s->grades[s->ngrades++] =
		    (struct score_grade){ arena_str(c->arena, key->text).p, (int)least };
	}
	return ok;
}

/* -- learning -- */

static bool repeats(const struct field *f)
{
	return f->type != &type_money && f->type != &type_number && f->type != &type_date &&
	       f->type != &type_instant && f->type != &type_id && f->type != &type_rrule &&
	       f->type != &type_shares && !(f->flags & F_LONG);
}

static bool read_field(struct config *c, const struct yaml *at, const char *where, struct str name,
		       const struct entity *e, struct score_learning *l)
{
	struct score_field *f = &l->fields[l->n];
	if (l->n == SCORE_FIELDS)
		return config_mistake(c, at, where, "more than %d fields", SCORE_FIELDS);
	f->name = arena_str(c->arena, name).p;
	if (!config_path(c, at, where, e, f->name, &f->path))
		return false;
	f->tags = f->path.field && f->path.field->type == &type_tags;
	return true;
}

/* The lists fields, filled and empty. */
static bool read_fields(struct config *c, const struct config_item *item, const char *list,
			const struct entity *e, struct score_learning *l)
{
	const char *words = NULL, *where = arena_printf(c->arena, "%s.%s", item->path, list).p;
	const struct yaml *at = config_at(item, list);
	struct str rest, name;
	bool filled = !strcmp(list, "filled");
	if (!config_words_attr(c, item, list, &words))
		return false;
	for (rest = str_of(words); rest.p && str_cut(&rest, ' ', &name);) {
		struct score_field *f = &l->fields[l->n];
		if (!read_field(c, at, where, name, e, l))
			return false;
		if (!filled && f->path.field && !repeats(f->path.field))
			return config_mistake(
			    c, at, where,
			    "%s hardly ever repeats, and nothing is learnt of"
			    " its values; filled: [%s] counts whether it is there",
			    f->name, f->name);
		f->filled = filled;
		f->empty = !strcmp(list, "empty");
		if (filled)
			f->name = arena_printf(c->arena, "%s?", f->name).p;
		l->n++;
	}
	return true;
}

/*
 * Where the window begins: a day, or counted back from now (-1y).  Said but empty: eight days
 * before today.
 */
static bool read_since(struct config *c, const struct config_item *item, struct score_learning *l)
{
	enum { DEFAULT_DAYS = 8 };
	int64_t now = c->store->settings.calendar.now;
	if (config_attr(item, "since"))
		l->from = zone_instant(zone_day(now) - DEFAULT_DAYS, 0);
	return config_when_attr(c, item, "since", &l->from);
}

static bool read_learning(struct config *c, const struct config_item *item,
			  struct score_learning *l)
{
	static const char *const known[] = { "fields", "filled", "empty", "since", "weight",
					     "teams",  "tags",	 "after", NULL };
	const struct entity *e = store_entity(c->store, item->key);
	*l = (struct score_learning){ .from = INT64_MIN, .weight = 50, .teams = true, .tags = 50 };
	bool ok = item->map ? config_known(c, item->map, item->path, known)
			    : config_mistake(c, item->at, item->path,
					     "a map {fields: [source, …]} is due");
	ok = ok && read_fields(c, item, "fields", e, l) && read_fields(c, item, "filled", e, l) &&
	     read_fields(c, item, "empty", e, l) && read_since(c, item, l) &&
	     config_int_attr(c, item, "weight", 0, 100, &l->weight) &&
	     config_int_attr(c, item, "tags", 0, INT32_MAX, &l->tags) &&
	     config_int_attr(c, item, "after", 0, INT32_MAX, &l->after) &&
	     config_bool_attr(c, item, "teams", &l->teams);
	return ok;
}

/* -- the section -- */

/* Reads a part of the section into s; a rule is left out after a mistake. */
static bool read_part(struct config *c, const struct yaml *key, const struct yaml *y,
		      struct scoring *s)
{
	static const char *const known[] = { "grades", "rules", "lead", "deal", "tiers", NULL };
	struct config_item item = item_of(c, key, y, "scoring");
	if (str_is(key->text, "grades"))
		return read_grades(c, &item, s);
	if (str_is(key->text, "rules"))
		return score_read_rules(c, y, item.path, s);
	if (str_is(key->text, "tiers"))
		return score_read_tiers(c, y, item.path, s);
	if (str_is(key->text, "lead"))
		return read_learning(c, &item, &s->lead);
	if (str_is(key->text, "deal"))
		return read_learning(c, &item, &s->deal);
	return config_mistake(c, key, "scoring", "there is no %s here%s",
			      quoted(key->text, c->arena),
			      config_meant(c, key->text, known, countof(known) - 1));
}

bool score_read_parts(struct config *c, const struct yaml *y, const struct yaml *unless,
		      struct scoring *s)
{
	bool ok = true;
	for (size_t i = 0; i < y->n; i++) {
		const char *name = arena_str(c->arena, y->keys[i].text).p;
		if (!unless || !yaml_get(unless, name))
			ok &= read_part(c, &y->keys[i], &y->items[i], s);
	}
	return ok;
}

static void *read(struct config *c, const struct yaml *y)
{
	struct scoring *s = arena_new(c->arena, struct scoring, 1);
	if (!config_is_map(c, y, "scoring") || !score_read_parts(c, y, NULL, s))
		return NULL;
	score_complete(c, y, s);
	return s;
}

const struct config_section section_scoring = {
	"scoring", help, false, document_show, document_plan, read,
};
