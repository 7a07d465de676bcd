/* Picklists: the values that a field takes, with their labels. */
#include "config/sections.h"
#include "config/segments.h"
#include "config/uses.h"
#include "core/map.h"
#include "store/configure.h"

static const char help[] =
    "values that fields take: - key: label, or - key: {en: …, vi: …}; was: KEY renames one,\n"
    "retired: true takes it out of use; a list that is not mentioned stays as it is";

/* A value as the text wants it. */
struct want {
	const struct config_item *item;
	struct pick pick;
	const char *was;
	const struct pick *have; /* what it is now, under this key or the old one; NULL: new */
	bool renames, merges;	 /* records hold `was` */
};

/* One list: what is there, what is wanted. */
struct list {
	const char *name, *path;
	const struct picklist *have;
	const char *fixed;
	bool closed; /* none may be added, and their order stays */
	struct want *want;
	size_t n;
};

static void show_pick(struct emit *e, const struct pick *p)
{
	bool same = p->en && p->vi && !strcmp(p->en, p->vi);
	if (same && !p->retired) {
		emit_item_pair(e, 2, str_of(p->key), str_of(p->en));
		return;
	}
	emit_item(e, 2, str_of(p->key));
	if (p->en)
		emit_attr(e, "en", str_of(p->en));
	if (p->vi)
		emit_attr(e, "vi", str_of(p->vi));
	if (p->retired)
		emit_word(e, "retired", "true");
	emit_end(e);
}

static const struct picklist *list_of(const struct store *s, const char *name)
{
	return s->schema.source->picklist(s->schema.source->ctx, name);
}

static void show(const struct config_section *section, struct store *s, struct emit *e,
		 struct arena *a)
{
	size_t n;
	const char **names = store_picklists(s, &n, a);
	emit_map(e, 0, str_of(section->name));
	for (size_t i = 0; i < n; i++) {
		const struct picklist *l = list_of(s, names[i]);
		const char *fixed = picklist_fixed(names[i]);
		if (fixed && !strcmp(fixed, "*"))
			emit_comment(e, 1, "labels may change, keys may not");
		else if (fixed)
			emit_comment(e, 1, arena_printf(a, "these stay: %s", fixed).p);
		emit_map(e, 1, str_of(names[i]));
		for (int retired = 0; retired <= 1; retired++)
			for (size_t j = 0; j < l->n; j++)
				if (l->picks[j].retired == retired)
					show_pick(e, &l->picks[j]);
	}
}

static const struct pick *pick_of(const struct picklist *l, const char *key)
{
	for (size_t i = 0; l && key && i < l->n; i++)
		if (!strcmp(l->picks[i].key, key))
			return &l->picks[i];
	return NULL;
}

static const struct want *want_of(const struct list *l, const char *key)
{
	for (size_t i = 0; i < l->n; i++)
		if (!strcmp(l->want[i].pick.key, key))
			return &l->want[i];
	return NULL;
}

static const char *meant(struct config *c, const struct list *l, const char *key)
{
	size_t n = l->have ? l->have->n : 0;
	const char **keys = arena_new(c->arena, const char *, n + 1);
	for (size_t i = 0; i < n; i++)
		keys[i] = l->have->picks[i].key;
	return config_meant(c, str_of(key), keys, n);
}

/* What `was:` says: a rename, a merge into a value that is there, or done before. */
static bool read_was(struct config *c, struct list *l, struct want *w)
{
	const struct config_item *item = w->item;
	const struct yaml *at = config_at(item, "was");
	const struct pick *old = pick_of(l->have, w->was);
	if (!w->was)
		return true;
	if (!strcmp(w->was, w->pick.key))
		return config_mistake(c, at, item->path, "it cannot have been itself");
	if (!old)
		return w->have || config_mistake(c, at, item->path, "there is no value %s in %s%s",
						 quoted(str_of(w->was), c->arena), l->name,
						 meant(c, l, w->was));
	const char *why = value_needed(c, l->name, w->was);
	if (why)
		return config_mistake(c, at, item->path, "%s cannot be renamed: %s",
				      quoted(str_of(w->was), c->arena), why);
	w->renames = true;
	w->merges = w->have != NULL;
	if (!w->have)
		w->have = old;
	return true;
}

static bool read_want(struct config *c, struct list *l, struct want *w)
{
	static const char *const attrs[] = { "en", "vi", "was", "retired", NULL };
	const struct config_item *item = w->item;
	w->have = pick_of(l->have, item->key);
	if (!config_known(c, item->map, item->path, attrs) ||
	    !config_text_attr(c, item, "was", &w->was) || !read_was(c, l, w))
		return false;
	if (!w->have && l->closed)
		return config_mistake(c, item->at, item->path,
				      "the program knows the values of %s; none can be added%s",
				      l->name, meant(c, l, item->key));
	if (w->have)
		w->pick = *w->have;
	w->pick.key = item->key;
	w->pick.retired = false;
	if (item->label)
		w->pick.en = w->pick.vi = item->label;
	if (!config_text_attr(c, item, "en", &w->pick.en) ||
	    !config_text_attr(c, item, "vi", &w->pick.vi) ||
	    !config_bool_attr(c, item, "retired", &w->pick.retired))
		return false;
	const char *why = w->pick.retired ? value_needed(c, l->name, item->key) : NULL;
	return !why || config_mistake(c, item->at, item->path, "it cannot be retired: %s", why);
}

static bool check_was(struct config *c, const struct list *l)
{
	struct map seen = { 0 };
	bool ok = true;
	for (size_t i = 0; i < l->n; i++) {
		const struct want *w = &l->want[i];
		if (!w->renames)
			continue;
		int64_t *line = map_at(&seen, str_of(w->was));
		if (*line || want_of(l, w->was))
			ok = config_mistake(c, config_at(w->item, "was"), w->item->path,
					    "%s stands in this list too",
					    quoted(str_of(w->was), c->arena));
		*line = w->item->at->line;
	}
	map_free(&seen);
	return ok;
}

/* Those that live on come in another order. */
static bool is_reordered(const struct list *l)
{
	const struct pick *last = NULL;
	for (size_t i = 0; i < l->n; i++) {
		const struct want *w = &l->want[i];
		if (!w->have || w->have->retired || w->pick.retired)
			continue;
		if (last && w->have < last)
			return true;
		last = w->have;
	}
	return false;
}

static void differ(struct config *c, const struct list *l, const struct want *w)
{
	const char *key = w->pick.key;
	const char *what = arena_printf(c->arena, "picklists %s.%s", l->name, key).p;
	if (w->renames) {
		int64_t n = uses_count(c->store, l->name, w->was);
		config_difference(c, "~ picklists %s: %s %s %s (%lld %s)", l->name, w->was,
				  w->merges ? "merged into" : "renamed", key, (long long)n,
				  n == 1 ? "record" : "records");
		segments_warn(c, config_at(w->item, "was"), w->item->path, l->name, w->was);
	}
	if (!w->have) {
		config_difference(c, "+ picklists %s: %s%s", l->name, key,
				  w->pick.retired ? " retired" : "");
		return;
	}
	config_differs(c, what, "en", w->have->en, w->pick.en);
	config_differs(c, what, "vi", w->have->vi, w->pick.vi);
	if (w->pick.retired && !w->have->retired)
		config_difference(c, "- picklists %s: %s retired", l->name, key);
	else if (!w->pick.retired && w->have->retired)
		config_difference(c, "+ picklists %s: %s back in use", l->name, key);
}

/* What the list leaves out. */
struct gone {
	const char *list, *key;
};

static bool remove_pick(struct config *c, void *what, struct diag *d)
{
	const struct gone *g = what;
	(void)d;
	store_rename_pick(c->store, g->list, g->key, NULL);
	return true;
}

static bool is_renamed(const struct list *l, const char *key)
{
	for (size_t i = 0; i < l->n; i++)
		if (l->want[i].renames && !strcmp(l->want[i].was, key))
			return true;
	return false;
}

/* The text's list, with what it leaves out behind it, retired. */
static void leave_out(struct config *c, struct list *l, const struct yaml *y)
{
	size_t wanted = l->n;
	for (size_t i = 0; l->have && i < l->have->n; i++) {
		const struct pick *p = &l->have->picks[i];
		const char *why = value_needed(c, l->name, p->key);
		if (want_of(l, p->key) || is_renamed(l, p->key))
			continue;
		if (c->flags & CONFIG_EXACT && !why && !uses_count(c->store, l->name, p->key) &&
		    !uses_default(c->store, l->name, p->key)) {
			struct gone *g = arena_new(c->arena, struct gone, 1);
			*g = (struct gone){ l->name, p->key };
			config_difference(c, "- picklists %s: %s", l->name, p->key);
			segments_warn(c, NULL, l->path, l->name, p->key);
			config_do(c, y, l->path, remove_pick, g);
			continue;
		}
		struct want *w = &l->want[l->n++];
		*w = (struct want){ .pick = *p, .have = p };
		w->pick.retired = p->retired || !(l->closed || config_waits(c));
		if (w->pick.retired && !p->retired && why)
			config_mistake(c, y, l->path, "%s cannot be left out: %s",
				       quoted(str_of(p->key), c->arena), why);
		else if (w->pick.retired && !p->retired)
			config_difference(c, "- picklists %s: %s retired", l->name, p->key);
	}
	if (!wanted && uses_list(c->store, l->name) && !(c->flags & CONFIG_BACK))
		config_mistake(c, y, l->path, "fields take their values from it; it needs one");
}

static bool write_list(struct config *c, void *what, struct diag *d)
{
	struct list *l = what;
	size_t pos = 0;
	(void)d;
	for (size_t i = 0; i < l->n; i++) {
		const struct want *w = &l->want[i];
		if (!w->renames)
			continue;
		c->rewritten += uses_rename(c->store, l->name, w->was, w->pick.key);
		store_rename_pick(c->store, l->name, w->was, w->merges ? NULL : w->pick.key);
	}
	for (int retired = 0; retired <= 1; retired++)
		for (size_t i = 0; i < l->n; i++, pos++)
			if (l->want[i].pick.retired == retired)
				store_put_pick(
				    c->store, l->name,
				    l->closed ? (size_t)(l->want[i].have - l->have->picks) : pos,
				    &l->want[i].pick);
	return true;
}

/* A list that no field knows is a slip of the pen, or comes with its field. */
static bool check_name(struct config *c, const struct yaml *at, const char *path, const char *name)
{
	size_t n;
	const char **names = store_picklists(c->store, &n, c->arena);
	if (!strcmp(name, "deal.stage") || !strcmp(name, "deal.pipeline"))
		return config_mistake(c, at, path, "its values come from the pipelines");
	if (list_of(c->store, name) || uses_list(c->store, name) || config_brings_list(c, name))
		return true;
	if (!config_key(c, at, path, "the name of a list"))
		return false;
	const char *near = config_meant(c, str_of(name), names, n);
	if (!*near && !strchr(name, '.'))
		return true;
	return config_mistake(c, at, path, "no field takes its values from it%s", near);
}

static void plan_list(struct config *c, const struct yaml *key, const struct yaml *y)
{
	struct list *l = arena_new(c->arena, struct list, 1);
	struct config_item *items;
	size_t before = c->differences, n;
	l->name = arena_str(c->arena, key->text).p;
	l->path = arena_printf(c->arena, "picklists.%s", l->name).p;
	if (!check_name(c, key, l->path, l->name))
		return;
	bool ok = config_items(c, y, l->path, false, &items, &n);
	l->have = list_of(c->store, l->name);
	l->fixed = picklist_fixed(l->name);
	l->closed = l->fixed && !strcmp(l->fixed, "*");
	l->want = arena_new(c->arena, struct want, n + (l->have ? l->have->n : 0));
	for (size_t i = 0; i < n; i++) {
		l->want[i].item = &items[i];
		l->want[i].pick.key = items[i].key;
	}
	l->n = n;
	for (size_t i = 0; i < n; i++)
		ok &= read_want(c, l, &l->want[i]);
	if (!ok || !check_was(c, l))
		return;
	for (size_t i = 0; i < n; i++)
		differ(c, l, &l->want[i]);
	if (!l->closed && is_reordered(l))
		config_difference(c, "~ picklists %s: order", l->name);
	leave_out(c, l, y);
	if (c->differences > before)
		config_do(c, key, l->path, write_list, l);
}

/*
 * Lists that were not there, where all that there was is in the text.  One that a field
 * takes values from belongs to one that stays, retired.
 */
static void plan_unnamed(struct config *c, const struct yaml *y)
{
	static const struct yaml none = { .kind = YAML_LIST };
	size_t n;
	const char **names = store_picklists(c->store, &n, c->arena);
	for (size_t i = 0; i < n; i++) {
		struct yaml key = *y;
		if (yaml_get(y, names[i]) || uses_list(c->store, names[i]))
			continue;
		key.text = str_of(names[i]);
		plan_list(c, &key, &none);
	}
}

static void plan(struct config *c, const struct yaml *y)
{
	if (yaml_is_null(y) || !config_is_map(c, y, "picklists"))
		return;
	if (c->flags & CONFIG_BACK)
		plan_unnamed(c, y);
	for (size_t i = 0; i < y->n; i++)
		plan_list(c, &y->keys[i], &y->items[i]);
}

const struct config_section section_picklists = { "picklists", help, false, show, plan, NULL };
