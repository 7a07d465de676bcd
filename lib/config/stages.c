/* Stages: of what kind, how likely, what they ask for. */
#include "config/stages_impl.h"

#include "config/segments.h"
#include "core/map.h"
#include "store/configure.h"

static void show_stage(struct emit *e, const struct stage *t, bool retired, struct arena *a)
{
	emit_item(e, 3, str_of(t->key));
	if (t->en)
		emit_attr(e, "en", str_of(t->en));
	if (t->vi)
		emit_attr(e, "vi", str_of(t->vi));
	if (t->kind == STAGE_OPEN)
		emit_int(e, "probability", t->probability);
	else
		emit_word(e, "kind", stage_words[t->kind]);
	if (t->stale_days)
		emit_word(e, "stale", arena_printf(a, "%dd", t->stale_days).p);
	if (t->require && *t->require)
		emit_words(e, "require", t->require);
	if (t->activities && *t->activities)
		emit_words(e, "activities", t->activities);
	if (retired)
		emit_word(e, "retired", "true");
	emit_end(e);
}

void stages_show(struct emit *e, const struct pipeline *p, struct arena *a)
{
	for (size_t i = 0; i < p->n + p->nretired; i++)
		show_stage(e, &p->stages[i], i >= p->n, a);
}

int64_t stage_deals(struct store *s, const char *pipeline, const char *stage)
{
	const struct entity *deal = store_entity(s, "deal");
	const struct store_match m[] = {
		{ entity_field(deal, STR("stage")), value_text(str_of(stage)) },
		{ entity_field(deal, STR("pipeline")), value_text(str_of(pipeline)) },
	};
	return store_count_matching(s, deal, m, countof(m));
}

static bool check_was(struct config *c, const struct stages *s)
{
	struct map seen = { 0 };
	bool ok = true;
	for (size_t i = 0; i < s->n; i++)
		*map_at(&seen, str_of(s->want[i].stage.key)) = 1;
	for (size_t i = 0; i < s->n; i++) {
		const struct want *w = &s->want[i];
		int64_t *there = w->renames ? map_at(&seen, str_of(w->was)) : NULL;
		if (there && *there)
			ok = config_mistake(c, config_at(w->item, "was"), w->item->path,
					    "%s stands in this list too",
					    quoted(str_of(w->was), c->arena));
		if (there)
			*there = 1;
	}
	map_free(&seen);
	return ok;
}

/* A pipeline begins open and can end both ways. */
static bool check_kinds(struct config *c, const struct stages *s, const struct yaml *y)
{
	size_t n[countof(stage_words)] = { 0 };
	const struct want *first = NULL;
	for (size_t i = 0; i < s->n; i++) {
		if (s->want[i].retired)
			continue;
		first = first ? first : &s->want[i];
		n[s->want[i].stage.kind]++;
	}
	for (size_t i = 0; i < countof(stage_words); i++)
		if (!n[i])
			return config_mistake(c, y, s->path, "it has no stage of kind %s",
					      stage_words[i]);
	return first->stage.kind == STAGE_OPEN ||
	       config_mistake(c, first->item->at, first->item->path,
			      "the first stage is where new deals begin; it must be open");
}

/* Deals that stand in it, and what the history of stages says of it. */
static int64_t stage_uses(struct store *s, const char *pipeline, const char *stage)
{
	const struct entity *e = store_entity(s, "stage_change");
	static const char *const fields[] = { "stage", "from_stage" };
	int64_t n = stage_deals(s, pipeline, stage);
	for (size_t i = 0; i < countof(fields); i++) {
		const struct store_match m[] = {
			{ entity_field(e, str_of(fields[i])), value_text(str_of(stage)) },
			{ entity_field(e, STR("pipeline")), value_text(str_of(pipeline)) },
		};
		n += store_count_matching(s, e, m, countof(m));
	}
	return n;
}

static void refuse_deals(struct config *c, const struct stages *s, const struct yaml *y,
			 const char *key, int64_t n)
{
	const char *are = n == 1 ? "deal is" : "deals are", *them = n == 1 ? "it" : "them";
	if (c->flags & CONFIG_BACK)
		config_mistake(c, y, s->path, "%s would go, but %lld %s in it; move %s first", key,
			       (long long)n, are, them);
	else
		config_mistake(c, y, s->path,
			       "%s is left out, but %lld %s in it; move %s first, or say "
			       "\"was: %s\" where it got another name",
			       key, (long long)n, are, them, key);
}

/* Behind those of the text. */
static void add_left_out(struct stages *s, const struct stage *t, bool had_retired, bool retired)
{
	s->want[s->n++] =
	    (struct want){ .stage = *t, .retired = retired, .have = t, .had_retired = had_retired };
}

/* Each left out is retired, or removed where nothing ever named it. */
static bool leave_out(struct config *c, struct stages *s, const struct yaml *y)
{
	size_t all = s->have ? s->have->n + s->have->nretired : 0, named = s->n;
	bool ok = true;
	s->gone = arena_new(c->arena, const struct stage *, all + 1);
	for (size_t i = 0; i < all; i++) {
		const struct stage *t = &s->have->stages[i];
		bool wanted = false;
		for (size_t j = 0; j < named; j++)
			wanted |= !strcmp(s->want[j].stage.key, t->key) || s->want[j].have == t;
		if (wanted)
			continue;
		bool retired = i >= s->have->n;
		if (config_waits(c)) {
			add_left_out(s, t, retired, retired);
			continue;
		}
		int64_t n = stage_deals(c->store, s->have->key, t->key);
		if (n && !retired) {
			refuse_deals(c, s, y, t->key, n);
			ok = false;
			continue;
		}
		if (c->flags & CONFIG_EXACT && !stage_uses(c->store, s->have->key, t->key)) {
			config_difference(c, "- pipelines %s: %s", s->pipeline, t->key);
			s->gone[s->ngone++] = t;
			continue;
		}
		if (!retired)
			config_difference(c, "- pipelines %s: %s retired", s->pipeline, t->key);
		add_left_out(s, t, retired, true);
	}
	return ok;
}

static const char *days(struct config *c, int n)
{
	return n ? arena_printf(c->arena, "%dd", n).p : "never";
}

static void differ_in(struct config *c, const char *what, const char *name, const char *was,
		      const char *now)
{
	if (strcmp(was ? was : "", now ? now : ""))
		config_difference(c, "~ %s: %s %s → %s", what, name, was && *was ? was : "none",
				  now && *now ? now : "none");
}

static void differ(struct config *c, const struct stages *s, const struct want *w)
{
	const struct stage *was = w->have, *now = &w->stage;
	const char *what = arena_printf(c->arena, "pipelines %s.%s", s->pipeline, now->key).p;
	if (!was) {
		config_difference(c, "+ pipelines %s: %s%s", s->pipeline, now->key,
				  w->retired ? " retired" : "");
		return;
	}
	if (w->renames) {
		int64_t n = stage_deals(c->store, s->have->key, was->key);
		config_difference(c, "~ pipelines %s: %s renamed %s (%lld %s)", s->pipeline,
				  was->key, now->key, (long long)n, n == 1 ? "deal" : "deals");
		segments_warn(c, config_at(w->item, "was"), w->item->path, "deal.stage", was->key);
	}
	config_differs(c, what, "en", was->en, now->en);
	config_differs(c, what, "vi", was->vi, now->vi);
	differ_in(c, what, "kind", stage_words[was->kind], stage_words[now->kind]);
	if (was->probability != now->probability)
		config_difference(c, "~ %s: probability %d → %d", what, was->probability,
				  now->probability);
	differ_in(c, what, "stale", days(c, was->stale_days), days(c, now->stale_days));
	differ_in(c, what, "require", was->require, now->require);
	differ_in(c, what, "activities", was->activities, now->activities);
	if (w->retired && !w->had_retired)
		config_difference(c, "- pipelines %s: %s retired", s->pipeline, now->key);
	else if (!w->retired && w->had_retired)
		config_difference(c, "+ pipelines %s: %s back in use", s->pipeline, now->key);
}

static bool is_reordered(const struct stages *s)
{
	const struct stage *last = NULL;
	for (size_t i = 0; i < s->n; i++) {
		const struct want *w = &s->want[i];
		if (!w->have || w->had_retired || w->retired)
			continue;
		if (last && w->have < last)
			return true;
		last = w->have;
	}
	return false;
}

struct stages *stages_plan(struct config *c, const struct yaml *y, const char *path,
			   const char *key, const struct pipeline *have)
{
	struct stages *s = arena_new(c->arena, struct stages, 1);
	struct config_item *items;
	size_t n;
	*s = (struct stages){ .pipeline = key, .path = path, .have = have };
	bool ok = config_items(c, y, path, false, &items, &n);
	s->want = arena_new(c->arena, struct want, n + (have ? have->n + have->nretired : 0) + 1);
	for (; s->n < n; s->n++) {
		s->want[s->n].item = &items[s->n];
		s->want[s->n].stage.key = items[s->n].key;
	}
	for (size_t i = 0; i < n; i++)
		ok &= stage_read(c, s, &s->want[i]);
	if (!ok || !check_was(c, s) || !check_kinds(c, s, y))
		return NULL;
	for (size_t i = 0; i < n; i++)
		differ(c, s, &s->want[i]);
	if (is_reordered(s))
		config_difference(c, "~ pipelines %s: order", key);
	return leave_out(c, s, y) ? s : NULL;
}

/* The key in the deals, and in the history of their stages. */
static void rename_stage(struct config *c, const char *pipeline, const char *was, const char *now)
{
	static const struct {
		const char *entity, *field;
	} places[] = { { "deal", "stage" },
		       { "stage_change", "stage" },
		       { "stage_change", "from_stage" } };
	for (size_t i = 0; i < countof(places); i++) {
		const struct entity *e = store_entity(c->store, places[i].entity);
		const struct store_match m[] = {
			{ entity_field(e, str_of(places[i].field)), value_text(str_of(was)) },
			{ entity_field(e, STR("pipeline")), value_text(str_of(pipeline)) },
		};
		c->rewritten += store_rewrite(c->store, e, value_text(str_of(now)), m, countof(m));
	}
	store_rename_stage(c->store, pipeline, was, now);
}

/* Deals follow their stage where nobody gave them a chance of their own. */
static void follow_probability(struct config *c, const char *pipeline, const struct want *w)
{
	const struct entity *deal = store_entity(c->store, "deal");
	const struct store_match m[] = {
		{ entity_field(deal, STR("probability")), value_int(w->have->probability) },
		{ entity_field(deal, STR("stage")), value_text(str_of(w->stage.key)) },
		{ entity_field(deal, STR("pipeline")), value_text(str_of(pipeline)) },
	};
	c->rewritten +=
	    store_rewrite(c->store, deal, value_int(w->stage.probability), m, countof(m));
}

void stages_write(struct config *c, const struct stages *s)
{
	size_t pos = 0;
	for (size_t i = 0; i < s->n; i++)
		if (s->want[i].renames)
			rename_stage(c, s->pipeline, s->want[i].was, s->want[i].stage.key);
	for (size_t i = 0; i < s->ngone; i++)
		store_rename_stage(c->store, s->pipeline, s->gone[i]->key, NULL);
	for (size_t i = 0; i < s->n; i++) {
		const struct want *w = &s->want[i];
		store_put_stage(c->store, s->pipeline, pos++, &w->stage, w->retired);
		if (w->have && w->have->probability != w->stage.probability &&
		    !(c->flags & CONFIG_BACK))
			follow_probability(c, s->pipeline, w);
	}
}
