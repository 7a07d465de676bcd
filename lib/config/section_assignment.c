/* Who gets which lead: pools, known customers, recall. */
#include "config/assignment.h"
#include "config/condition.h"
#include "config/document.h"
#include "config/sections.h"
#include "config/uses.h"
#include "core/hours.h"
#include "query/ref.h"
#include "schema/check.h"
#include "schema/status.h"

static const char help[] =
    "how crm-assign deals out leads: the first pool whose `if` is true, such as\n"
    "  pools: [- name: {if: source = zalo, method: round_robin, members: [lan, mai]}]\n"
    "conflict: {match: [phone, email], protect: 30d} keeps known people with who has them;\n"
    "recall: {after: 4h, hours: business} takes back what nobody worked on";

const char *const assignment_methods[] = { "round_robin", "weighted", "least_load" };

static const struct assignment_limits no_limits = { -1, -1, -1, -1 };
static const char default_statuses[] = "new";

enum { MOST = 1000000 };

/* A map that is no item of a list, for the readers of attributes. */
static struct config_item map_item(struct config *c, const struct yaml *y, const char *name)
{
	return (struct config_item){ y, name, y, NULL,
				     arena_printf(c->arena, "assignment.%s", name).p };
}

/* In seconds; what is not there stays. */
static bool read_span(struct config *c, const struct config_item *item, const char *name,
		      int64_t *seconds)
{
	struct delay d = { 0 };
	bool ok = config_delay_attr(c, item, name, &d);
	if (item->map && yaml_get(item->map, name))
		*seconds = delay_seconds(d);
	return ok;
}

static bool read_condition(struct config *c, const struct config_item *item, const char *name,
			   const char **out)
{
	const struct entity *lead = store_entity(c->store, "lead");
	return config_condition_attr(c, item, name, lead, out, NULL);
}

static bool read_limits(struct config *c, const struct config_item *item,
			struct assignment_limits *l)
{
	*l = no_limits;
	return config_int_attr(c, item, "weight", 0, MOST, &l->weight) &
	       config_int_attr(c, item, "capacity", 0, MOST, &l->capacity) &
	       config_int_attr(c, item, "per_day", 0, MOST, &l->per_day) &
	       config_int_attr(c, item, "per_month", 0, MOST, &l->per_month);
}

/* A user or team that is there, or comes with the same text. */
static bool check_person(struct config *c, const struct yaml *at, const char *path,
			 const char *type, struct str name)
{
	struct diag d = { 0 };
	struct resolver r = { .store = c->store };
	int64_t id;
	bool ok = config_mentions(c, strcmp(type, "user") ? "teams" : "users", NULL, name) ||
		  ref_resolve(&r, store_entity(c->store, type), name, &id, NULL, &d);
	resolver_free(&r);
	diag_free(&d);
	return ok || config_mistake(c, at, path, "there is no %s %s", type, quoted(name, c->arena));
}

static bool read_member(struct config *c, const struct config_item *item,
			struct assignment_member *m)
{
	static const char *const known[] = { "if",	"weight",    "capacity",
					     "per_day", "per_month", NULL };
	m->login = item->key;
	if (item->label)
		return config_mistake(c, item->at, item->path, "a map {…} is due behind it");
	return config_known(c, item->map, item->path, known) &
	       check_person(c, item->at, item->path, "user", str_of(item->key)) &
	       read_condition(c, item, "if", &m->condition) & read_limits(c, item, &m->limits);
}

static bool read_members(struct config *c, const struct config_item *item,
			 struct assignment_pool *p)
{
	const struct yaml *y = config_attr(item, "members");
	struct config_item *items;
	struct str rest, team;
	bool ok = true;
	if (y && !config_items(c, y, arena_printf(c->arena, "%s.members", item->path).p, true,
			       &items, &p->n))
		return false;
	struct assignment_member *members = arena_new(c->arena, struct assignment_member, p->n + 1);
	for (size_t i = 0; i < p->n; i++)
		ok &= read_member(c, &items[i], &members[i]);
	p->members = members;
	ok &= config_words_attr(c, item, "teams", &p->teams);
	for (rest = str_of(p->teams); rest.p && str_cut(&rest, ' ', &team);)
		ok &= check_person(c, config_at(item, "teams"), item->path, "team", team);
	return ok;
}

/* A field of leads, or of what they refer to. */
static bool read_path(struct config *c, const struct config_item *item, const char *name,
		      const char **out)
{
	const struct entity *lead = store_entity(c->store, "lead");
	struct path p;
	return config_text_attr(c, item, name, out) &&
	       (!*out || config_path(c, config_at(item, name), item->path, lead, *out, &p));
}

static bool read_hours(struct config *c, const struct config_item *item, const char **out)
{
	struct diag d = { 0 };
	struct hours h;
	bool ok = config_text_attr(c, item, "hours", out);
	if (ok && *out && !hours_parse(&h, str_of(*out), STR(""), c->arena, &d))
		ok = config_mistake(c, config_at(item, "hours"), item->path, "%.*s",
				    (int)d.message.n, d.message.p);
	diag_free(&d);
	return ok;
}

static bool read_pool(struct config *c, const struct config_item *item, struct assignment_pool *p)
{
	static const char *const known[] = { "if",	 "method",    "members",   "teams",
					     "skill",	 "territory", "hours",	   "weight",
					     "capacity", "per_day",   "per_month", "overflow",
					     "release",	 "recall",    "person",	   NULL };
	size_t method = ROUND_ROBIN;
	*p = (struct assignment_pool){ .key = item->key, .recall_s = -1 };
	if (item->label)
		return config_mistake(c, item->at, item->path, "a map {…} is due behind it");
	bool ok =
	    config_known(c, item->map, item->path, known) &
	    read_condition(c, item, "if", &p->condition) &
	    read_condition(c, item, "release", &p->release) &
	    config_word_attr(c, item, "method", assignment_methods, ASSIGNMENT_METHODS, &method) &
	    read_members(c, item, p) & read_path(c, item, "skill", &p->skill) &
	    read_path(c, item, "territory", &p->territory) &
	    read_path(c, item, "person", &p->person) & read_hours(c, item, &p->hours) &
	    read_limits(c, item, &p->limits) & config_bool_attr(c, item, "overflow", &p->overflow) &
	    read_span(c, item, "recall", &p->recall_s);
	p->method = (enum assignment_method)method;
	return ok;
}

static bool read_pools(struct config *c, const struct yaml *y, struct assignment_rules *r)
{
	struct config_item *items;
	bool ok = config_items(c, y, "assignment.pools", false, &items, &r->n);
	struct assignment_pool *pools = arena_new(c->arena, struct assignment_pool, r->n + 1);
	for (size_t i = 0; ok && i < r->n; i++)
		ok &= read_pool(c, &items[i], &pools[i]);
	r->pools = pools;
	return ok;
}

static bool read_conflict(struct config *c, const struct yaml *y, struct assignment_rules *r)
{
	static const char *const known[] = { "match", "protect", NULL };
	static const char *const signs[] = { "phone", "email", "zalo", "facebook", "tax_code" };
	struct config_item item = map_item(c, y, "conflict");
	const char *words = NULL;
	struct str rest, word;
	if (!config_is_map(c, y, item.path) || !config_known(c, y, item.path, known) ||
	    !config_words_attr(c, &item, "match", &words) ||
	    !read_span(c, &item, "protect", &r->protect_s))
		return false;
	if (yaml_get(y, "match"))
		r->match = 0;
	for (rest = str_of(words); rest.p && str_cut(&rest, ' ', &word);) {
		size_t i = 0;
		while (i < countof(signs) && !str_is(word, signs[i]))
			i++;
		if (i == countof(signs))
			return config_mistake(c, config_at(&item, "match"), item.path,
					      "nobody is known by %s%s", quoted(word, c->arena),
					      config_meant(c, word, signs, countof(signs)));
		r->match |= 1u << i;
	}
	return true;
}

static bool read_recall(struct config *c, const struct yaml *y, struct assignment_rules *r)
{
	static const char *const known[] = { "after", "hours", "statuses", NULL };
	static const char *const hours[] = { "always", "business" };
	struct config_item item = map_item(c, y, "recall");
	size_t which = 0;
	struct str rest, word;
	if (!config_is_map(c, y, item.path) || !config_known(c, y, item.path, known) ||
	    !read_span(c, &item, "after", &r->recall_s) ||
	    !config_word_attr(c, &item, "hours", hours, countof(hours), &which))
		return false;
	r->business = which == 1;
	if (yaml_get(y, "statuses") && !config_words_attr(c, &item, "statuses", &r->statuses))
		return false;
	for (rest = str_of(r->statuses); rest.p && str_cut(&rest, ' ', &word);) {
		if (!config_has_pick(c, "lead.status", word))
			return config_mistake(c, config_at(&item, "statuses"), item.path,
					      "there is no status %s of leads",
					      quoted(word, c->arena));
		if (is_one_of(word, lead_closed))
			return config_mistake(c, config_at(&item, "statuses"), item.path,
					      "leads that are %.*s do not come back", (int)word.n,
					      word.p);
	}
	return true;
}

/* All who sell, in turn. */
static struct assignment_rules default_rules(void)
{
	static const struct assignment_pool everybody = { .key = "everybody",
							  .limits = { -1, -1, -1, -1 },
							  .recall_s = -1 };
	return (struct assignment_rules){ .match = KNOWN_PHONE | KNOWN_EMAIL | KNOWN_ZALO,
					  .statuses = default_statuses,
					  .pools = &everybody,
					  .n = 1 };
}

static void *read(struct config *c, const struct yaml *y)
{
	static const char *const known[] = { "conflict", "recall", "pools", NULL };
	struct assignment_rules *r = arena_new(c->arena, struct assignment_rules, 1);
	const struct yaml *part;
	*r = default_rules();
	if (!config_is_map(c, y, "assignment") || !config_known(c, y, "assignment", known))
		return NULL;
	bool ok = true;
	if ((part = yaml_get(y, "conflict")))
		ok &= read_conflict(c, part, r);
	if ((part = yaml_get(y, "recall")))
		ok &= read_recall(c, part, r);
	if ((part = yaml_get(y, "pools")))
		ok &= read_pools(c, part, r);
	return ok ? r : NULL;
}

const struct config_section section_assignment = {
	"assignment", help, false, document_show, document_plan, read,
};

const struct assignment_rules *assignment_stored(struct store *s, struct arena *a, struct diag *d)
{
	const struct assignment_rules *r = document_stored(&section_assignment, s, a, d);
	if (r || d->message.n)
		return r;
	struct assignment_rules *usual = arena_new(a, struct assignment_rules, 1);
	*usual = default_rules();
	return usual;
}
