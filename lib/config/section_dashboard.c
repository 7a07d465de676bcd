/* The dashboard: its panels, in their order. */
#include "config/panels.h"
#include "config/sections.h"
#include "store/configure.h"

static const char help[] =
    "panels of crm-report dashboard: - name: {report: sales, en: Sales, options: {by: owner}},\n"
    "for one figure kpi: COLUMN; [] are the shipped ones, which dashboard --panels prints";

static void show(const struct config_section *section, struct store *s, struct emit *e,
		 struct arena *a)
{
	size_t n;
	const struct panel *all = panels_stored(s, &n, a);
	(void)section;
	panels_emit(e, all, n);
}

/* Where a mistake is, as far as it is known. */
static bool mistake(struct config *c, const struct config_item *item, const char *at,
		    const struct diag *d)
{
	const struct yaml *options = item->map ? yaml_get(item->map, "options") : NULL;
	const struct yaml *y = at && item->map ? yaml_get(item->map, at) : NULL;
	struct yaml place = { .line = d->line, .column = d->column };
	if (at && !y && options && options->kind == YAML_MAP)
		y = yaml_get(options, at);
	return config_mistake(c,
			      y		? y
			      : d->line ? &place
					: item->at,
			      item->path, "%.*s", (int)d->message.n, d->message.p);
}

static bool read_panel(struct config *c, const struct config_item *item, struct panel *p)
{
	struct diag d = { 0 };
	const char *at = NULL;
	if (!item->map)
		return config_mistake(c, item->at, item->path,
				      "a map {report: …} is due behind it");
	bool ok = panel_read(item->map, p, c->arena, &d);
	p->name = item->key;
	if (ok && c->report->panel)
		ok = c->report->panel(c->store, p, &at, &d);
	if (!ok)
		mistake(c, item, at, &d);
	diag_free(&d);
	return ok;
}

static bool write_panels(struct config *c, void *what, struct diag *d)
{
	(void)d;
	store_set(c->store, "dashboard", what);
	return true;
}

static const char *text_of(const struct panel *all, size_t n, struct arena *a)
{
	struct emit e = { 0 };
	panels_emit(&e, all, n);
	const char *text = buf_copy(&e.text, a).p;
	emit_free(&e);
	return text;
}

static const struct panel *panel_named(const struct panel *all, size_t n, const char *name)
{
	for (size_t i = 0; i < n; i++)
		if (!strcmp(all[i].name, name))
			return &all[i];
	return NULL;
}

static void differ(struct config *c, const struct panel *was, size_t nwas, const struct panel *now,
		   size_t nnow)
{
	for (size_t i = 0; i < nnow; i++) {
		const struct panel *old = panel_named(was, nwas, now[i].name);
		if (!old)
			config_difference(c, "+ dashboard: %s", now[i].name);
		else if (strcmp(text_of(old, 1, c->arena), text_of(&now[i], 1, c->arena)))
			config_difference(c, "~ dashboard %s", now[i].name);
	}
	for (size_t i = 0; i < nwas; i++)
		if (!panel_named(now, nnow, was[i].name))
			config_difference(c, "- dashboard: %s", was[i].name);
}

static void plan(struct config *c, const struct yaml *y)
{
	struct config_item *items;
	size_t n, nwas, before = c->differences;
	bool ok = config_items(c, y, "dashboard", false, &items, &n);
	struct panel *all = arena_new(c->arena, struct panel, n);
	const struct panel *was = panels_stored(c->store, &nwas, c->arena);
	for (size_t i = 0; i < n; i++)
		ok &= read_panel(c, &items[i], &all[i]);
	const char *text = text_of(all, n, c->arena);
	if (!ok || !strcmp(text, text_of(was, nwas, c->arena)))
		return;
	differ(c, was, nwas, all, n);
	if (c->differences == before)
		config_difference(c, "~ dashboard: order");
	size_t size = strlen(text) + 1;
	config_do(c, y, "dashboard", write_panels, memcpy(arena_alloc(c->arena, size), text, size));
}

const struct config_section section_dashboard = { "dashboard", help, false, show, plan };
