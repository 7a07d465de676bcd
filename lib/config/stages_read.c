/* One stage as the text wants it: read and checked. */
#include "config/stages_impl.h"

const char *const stage_words[] = { "open", "won", "lost" };

static const struct stage *find(const struct pipeline *p, const char *key, bool *retired)
{
	for (size_t i = 0; p && i < p->n + p->nretired; i++)
		if (!strcmp(p->stages[i].key, key)) {
			*retired = i >= p->n;
			return &p->stages[i];
		}
	return NULL;
}

static const char *meant(struct config *c, const struct pipeline *p, const char *key)
{
	size_t n = p ? p->n + p->nretired : 0;
	const char **keys = arena_new(c->arena, const char *, n + 1);
	for (size_t i = 0; i < n; i++)
		keys[i] = p->stages[i].key;
	return config_meant(c, str_of(key), keys, n);
}

static bool read_was(struct config *c, const struct stages *s, struct want *w)
{
	const struct yaml *at = config_at(w->item, "was");
	bool retired;
	const struct stage *old = w->was ? find(s->have, w->was, &retired) : NULL;
	if (!w->was)
		return true;
	if (!old)
		return w->have ||
		       config_mistake(c, at, w->item->path, "there is no stage %s%s",
				      quoted(str_of(w->was), c->arena), meant(c, s->have, w->was));
	if (w->have)
		return config_mistake(c, at, w->item->path,
				      "%s and %s are both there; move the deals with crm-pipeline",
				      w->was, w->stage.key);
	w->have = old;
	w->had_retired = retired;
	w->renames = true;
	return true;
}

static bool read_kind(struct config *c, struct want *w)
{
	const char *word = NULL;
	if (!config_text_attr(c, w->item, "kind", &word))
		return false;
	for (size_t i = 0; word && i < countof(stage_words); i++)
		if (!strcmp(word, stage_words[i])) {
			w->stage.kind = (enum stage_kind)i;
			return true;
		}
	return !word ||
	       config_mistake(c, config_at(w->item, "kind"), w->item->path,
			      "%s is none of: open, won, lost%s", quoted(str_of(word), c->arena),
			      config_meant(c, str_of(word), stage_words, countof(stage_words)));
}

static bool read_probability(struct config *c, struct want *w)
{
	static const int closed[] = { 0, 100, 0 };
	const struct yaml *given = config_attr(w->item, "probability");
	int64_t percent = w->stage.probability;
	enum stage_kind kind = w->stage.kind;
	if (!config_int_attr(c, w->item, "probability", 0, 100, &percent))
		return false;
	if (kind != STAGE_OPEN && given && percent != closed[kind])
		return config_mistake(c, given, w->item->path, "a %s stage has probability %d",
				      stage_words[kind], closed[kind]);
	if (kind == STAGE_OPEN && !given && (!w->have || w->have->kind != STAGE_OPEN))
		return config_mistake(c, w->item->at, w->item->path,
				      "an open stage needs its probability");
	w->stage.probability = kind == STAGE_OPEN ? (int)percent : closed[kind];
	return true;
}

/* A time, or never. */
static bool read_stale(struct config *c, struct want *w)
{
	const struct yaml *y = config_attr(w->item, "stale");
	int64_t days = 0;
	bool never = y && y->kind == YAML_SCALAR && str_is(y->text, "never");
	if (!never && !config_days_attr(c, w->item, "stale", &days))
		return false;
	w->stage.stale_days = (int)days;
	return true;
}

/* No deal is lost without a reason, whatever the text says. */
static void ask_for_reason(struct config *c, struct want *w)
{
	struct str rest = str_of(w->stage.require), name;
	while (rest.p && str_cut(&rest, ' ', &name))
		if (str_is(name, "lost_reason"))
			return;
	w->stage.require = w->stage.require
			       ? arena_printf(c->arena, "lost_reason %s", w->stage.require).p
			       : "lost_reason";
}

/* Fields that somebody can fill: of deals, or made by the same text. */
static bool read_require(struct config *c, struct want *w)
{
	const struct entity *deal = store_entity(c->store, "deal");
	if (!config_words_attr(c, w->item, "require", &w->stage.require))
		return false;
	if (w->stage.kind == STAGE_LOST)
		ask_for_reason(c, w);
	struct str rest = str_of(w->stage.require), name;
	while (w->stage.require && str_cut(&rest, ' ', &name)) {
		const struct field *f = entity_field(deal, name);
		const char *near = f ? NULL : nearest_field(deal, name);
		if (!f && !config_mentions(c, "fields", "deal", name))
			return config_mistake(c, config_at(w->item, "require"), w->item->path,
					      "deals have no field %s%s%s%s",
					      quoted(name, c->arena), near ? "; did you mean " : "",
					      near ? near : "", near ? "?" : "");
		if (f && f->flags & F_SYSTEM)
			return config_mistake(c, config_at(w->item, "require"), w->item->path,
					      "the program itself fills %s", f->name);
	}
	return true;
}

static bool read_activities(struct config *c, struct want *w)
{
	const struct picklist *l = schema_picklist(&c->store->schema, "activity.kind");
	if (!config_words_attr(c, w->item, "activities", &w->stage.activities))
		return false;
	struct str rest = str_of(w->stage.activities), key;
	while (w->stage.activities && str_cut(&rest, ' ', &key)) {
		const char **keys = arena_new(c->arena, const char *, l->n);
		bool known = false;
		for (size_t i = 0; i < l->n; i++) {
			keys[i] = l->picks[i].key;
			known |= str_is(key, keys[i]);
		}
		if (!known)
			return config_mistake(c, config_at(w->item, "activities"), w->item->path,
					      "%s is no kind of activity%s", quoted(key, c->arena),
					      config_meant(c, key, keys, l->n));
	}
	return true;
}

/* Deals that are there must find their stage as it was. */
static bool check_deals(struct config *c, const struct stages *s, const struct want *w)
{
	if (!w->have || (w->have->kind == w->stage.kind && w->had_retired == w->retired))
		return true;
	int64_t n = stage_deals(c->store, s->have->key, w->have->key);
	if (!n || (w->had_retired && !w->retired && w->have->kind == w->stage.kind))
		return true;
	if (w->retired && !w->had_retired)
		return config_mistake(c, w->item->at, w->item->path,
				      "%lld %s in it; move %s first, or rename the stage",
				      (long long)n, n == 1 ? "deal is" : "deals are",
				      n == 1 ? "it" : "them");
	return config_mistake(c, config_at(w->item, "kind"), w->item->path,
			      "%lld %s in it; its kind stays %s", (long long)n,
			      n == 1 ? "deal is" : "deals are", stage_words[w->have->kind]);
}

bool stage_read(struct config *c, const struct stages *s, struct want *w)
{
	static const char *const attrs[] = { "en",	"vi",	   "kind",	 "probability",
					     "stale",	"require", "activities", "was",
					     "retired", NULL };
	const struct config_item *item = w->item;
	w->have = find(s->have, item->key, &w->had_retired);
	if (!config_known(c, item->map, item->path, attrs) ||
	    !config_text_attr(c, item, "was", &w->was) || !read_was(c, s, w))
		return false;
	if (w->have)
		w->stage = *w->have;
	w->stage.key = item->key;
	w->stage.stale_days = 0;
	if (item->label)
		w->stage.en = w->stage.vi = item->label;
	bool ok = config_text_attr(c, item, "en", &w->stage.en);
	ok &= config_text_attr(c, item, "vi", &w->stage.vi);
	ok &= config_bool_attr(c, item, "retired", &w->retired);
	ok &= read_kind(c, w) && read_probability(c, w);
	ok &= read_stale(c, w);
	ok &= read_require(c, w);
	ok &= read_activities(c, w);
	return ok && check_deals(c, s, w);
}
