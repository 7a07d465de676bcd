/* The dashboard: its panels, in their order. */
#include "config/document.h"
#include "config/panels.h"
#include "config/sections.h"

static const char help[] =
    "panels of crm-report dashboard: - name: {report: sales, en: Sales, options: {by: owner}},\n"
    "for one figure kpi: COLUMN; [] are the shipped ones, which dashboard --panels prints";

/* Where a mistake is, as far as it is known. */
static bool mistake(struct config *c, const struct config_item *item, const char *at,
		    const struct diag *d)
{
	const struct yaml *options = config_attr(item, "options");
	const struct yaml *y = at ? config_attr(item, at) : NULL;
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

/* The panels, up to the first without name. */
static void *read(struct config *c, const struct yaml *y)
{
	struct config_item *items;
	size_t n;
	bool ok = config_items(c, y, "dashboard", false, &items, &n);
	struct panel *all = arena_new(c->arena, struct panel, n + 1);
	for (size_t i = 0; i < n; i++)
		ok &= read_panel(c, &items[i], &all[i]);
	return ok ? all : NULL;
}

const struct config_section section_dashboard = {
	"dashboard", help, false, document_show, document_plan, read,
};
