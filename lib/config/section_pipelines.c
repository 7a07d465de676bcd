/* Pipelines and their stages. */
#include "config/sections.h"
#include "config/segments.h"
#include "config/stages.h"
#include "config/uses.h"
#include "store/configure.h"

static const char help[] =
    "the ways deals go; a stage has a probability or a kind (won, lost), and may say when it is\n"
    "stale, which fields it requires and which activities must be done; was: KEY renames";

/* A pipeline as the text wants it. */
struct plan {
	struct pipeline p;
	const char *was;
	const struct pipeline *have; /* under this key or the old one; NULL: new */
	bool renames, reordered;
	struct stages *stages; /* NULL: they stay as they are */
	size_t pos;
};

static void show(const struct config_section *section, struct store *s, struct emit *e,
		 struct arena *a)
{
	size_t n;
	const struct pipeline *p = schema_pipelines(&s->schema, &n);
	emit_map(e, 0, str_of(section->name));
	for (size_t i = 0; i < n; i++) {
		emit_map(e, 1, str_of(p[i].key));
		if (p[i].en)
			emit_pair(e, 2, STR("en"), str_of(p[i].en));
		if (p[i].vi)
			emit_pair(e, 2, STR("vi"), str_of(p[i].vi));
		if (p[i].strict)
			emit_word_pair(e, 2, "strict", "true");
		if (p[i].retired)
			emit_word_pair(e, 2, "retired", "true");
		emit_map(e, 2, STR("stages"));
		stages_show(e, &p[i], a);
	}
}

static int64_t open_deals(struct store *s, const struct pipeline *p)
{
	int64_t n = 0;
	for (size_t i = 0; i < p->n; i++)
		if (p->stages[i].kind == STAGE_OPEN)
			n += stage_deals(s, p->key, p->stages[i].key);
	return n;
}

static bool refuse_open(struct config *c, const struct yaml *at, const char *path,
			const struct pipeline *p)
{
	int64_t n = open_deals(c->store, p);
	return !n || config_mistake(
			 c, at, path, "%s has %lld open %s; win, lose or move %s before it retires",
			 p->key, (long long)n, n == 1 ? "deal" : "deals", n == 1 ? "it" : "them");
}

static const struct pipeline *find(const struct config *c, const char *key)
{
	return key ? schema_pipeline(&c->store->schema, str_of(key)) : NULL;
}

static bool read_was(struct config *c, const struct config_item *item, struct plan *plan,
		     const struct yaml *section)
{
	const struct yaml *at = config_at(item, "was");
	const struct pipeline *old = find(c, plan->was);
	if (!plan->was)
		return true;
	if (!old)
		return plan->have || config_mistake(c, at, item->path, "there is no pipeline %s",
						    quoted(str_of(plan->was), c->arena));
	if (plan->have || yaml_get(section, plan->was))
		return config_mistake(c, at, item->path, "%s and %s are both there", plan->was,
				      item->key);
	plan->have = old;
	plan->renames = true;
	return true;
}

static void differ(struct config *c, const struct plan *plan)
{
	const struct pipeline *was = plan->have, *now = &plan->p;
	const char *what = arena_printf(c->arena, "pipelines %s", now->key).p;
	if (!was) {
		config_difference(c, "+ pipelines: %s%s", now->key, now->retired ? " retired" : "");
		return;
	}
	if (plan->renames) {
		int64_t n = uses_count(c->store, "deal.pipeline", was->key);
		config_difference(c, "~ pipelines: %s renamed %s (%lld %s)", was->key, now->key,
				  (long long)n, n == 1 ? "record" : "records");
		segments_warn(c, NULL, what, "deal.pipeline", was->key);
	}
	config_differs(c, what, "en", was->en, now->en);
	config_differs(c, what, "vi", was->vi, now->vi);
	if (was->strict != now->strict)
		config_difference(c, "~ %s: strict %s → %s", what, was->strict ? "true" : "false",
				  now->strict ? "true" : "false");
	if (now->retired && !was->retired)
		config_difference(c, "- pipelines: %s retired", now->key);
	else if (!now->retired && was->retired)
		config_difference(c, "+ pipelines: %s back in use", now->key);
	if (plan->reordered)
		config_difference(c, "~ pipelines: order (%s)", now->key);
}

static bool write_pipeline(struct config *c, void *what, struct diag *d)
{
	const struct plan *plan = what;
	(void)d;
	if (plan->renames) {
		c->rewritten += uses_rename(c->store, "deal.pipeline", plan->was, plan->p.key);
		store_rename_pipeline(c->store, plan->was, plan->p.key);
	}
	store_put_pipeline(c->store, plan->pos, &plan->p);
	if (plan->stages)
		stages_write(c, plan->stages);
	return true;
}

/* Labels stay where nothing is said of them. */
static bool read_attrs(struct config *c, const struct config_item *item, struct plan *plan,
		       const struct yaml *section)
{
	static const char *const attrs[] = {
		"en", "vi", "strict", "stages", "was", "retired", NULL
	};
	plan->have = find(c, item->key);
	if (!config_known(c, item->map, item->path, attrs) ||
	    !config_text_attr(c, item, "was", &plan->was) || !read_was(c, item, plan, section))
		return false;
	if (plan->have)
		plan->p = *plan->have;
	plan->p.key = item->key;
	plan->p.strict = plan->p.retired = false;
	bool ok = config_text_attr(c, item, "en", &plan->p.en);
	ok &= config_text_attr(c, item, "vi", &plan->p.vi);
	ok &= config_bool_attr(c, item, "strict", &plan->p.strict);
	ok &= config_bool_attr(c, item, "retired", &plan->p.retired);
	if (ok && plan->p.retired && plan->have && !plan->have->retired)
		return refuse_open(c, config_at(item, "retired"), item->path, plan->have);
	return ok;
}

/* False after a mistake. */
static bool plan_one(struct config *c, const struct yaml *section, size_t i, struct plan *plan)
{
	const struct yaml *key = &section->keys[i], *y = &section->items[i], *stages = y;
	struct config_item item = { .at = key };
	if (!config_key(c, key, "pipelines", "a pipeline's key"))
		return false;
	item.key = arena_str(c->arena, key->text).p;
	item.path = arena_printf(c->arena, "pipelines.%s", item.key).p;
	if (y->kind == YAML_MAP) {
		item.map = y;
		stages = yaml_get(y, "stages");
	}
	if (!read_attrs(c, &item, plan, section))
		return false;
	if (!stages && !plan->have)
		return config_mistake(c, key, item.path, "a pipeline needs its stages");
	differ(c, plan);
	if (stages && !(plan->stages = stages_plan(c, stages, item.path, item.key, plan->have)))
		return false;
	plan->pos = i;
	return true;
}

static bool remove_pipeline(struct config *c, void *what, struct diag *d)
{
	(void)d;
	store_rename_pipeline(c->store, what, NULL);
	return true;
}

static void leave_out(struct config *c, const struct yaml *y, const struct plan *plans)
{
	size_t n;
	const struct pipeline *p = schema_pipelines(&c->store->schema, &n);
	for (size_t i = 0; i < n; i++) {
		bool wanted = false;
		for (size_t j = 0; j < y->n; j++)
			wanted |= plans[j].have == &p[i];
		if (wanted || config_waits(c))
			continue;
		if (c->flags & CONFIG_EXACT && !uses_count(c->store, "deal.pipeline", p[i].key)) {
			char *key = arena_alloc(c->arena, strlen(p[i].key) + 1);
			memcpy(key, p[i].key, strlen(p[i].key));
			config_difference(c, "- pipelines: %s", key);
			config_do(c, y, "pipelines", remove_pipeline, key);
		} else if (!p[i].retired && refuse_open(c, y, "pipelines", &p[i])) {
			struct plan *gone = arena_new(c->arena, struct plan, 1);
			*gone = (struct plan){ .p = p[i], .have = &p[i], .pos = y->n + i };
			gone->p.retired = true;
			differ(c, gone);
			config_do(c, y, "pipelines", write_pipeline, gone);
		}
	}
}

static void plan(struct config *c, const struct yaml *y)
{
	bool ok = true, live = false;
	size_t before = c->differences;
	const struct pipeline *last = NULL;
	if (!config_is_map(c, y, "pipelines"))
		return;
	struct plan *plans = arena_new(c->arena, struct plan, y->n + 1);
	for (size_t i = 0; i < y->n; i++) {
		const struct pipeline *have = schema_pipeline(&c->store->schema, y->keys[i].text);
		plans[i].reordered = have && last && have < last;
		last = have ? have : last;
		ok &= plan_one(c, y, i, &plans[i]);
		live |= !plans[i].p.retired;
	}
	if (!live)
		config_mistake(c, y, "pipelines", "deals need a pipeline that is not retired");
	else if (ok)
		leave_out(c, y, plans);
	for (size_t i = 0; i < y->n && c->differences > before; i++)
		config_do(c, &y->keys[i], "pipelines", write_pipeline, &plans[i]);
}

const struct config_section section_pipelines = { "pipelines", help, false, show, plan, NULL };
