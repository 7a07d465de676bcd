/* What the columns mean to crm-import: a preset, and --map and its sisters over it. */
#include "cli/import_impl.h"

static bool read_map(struct run *r, const char *text, struct diag *d)
{
	size_t n = strlen(text);
	bool file = (n > 5 && !strcmp(text + n - 5, ".yaml")) ||
		    (n > 4 && !strcmp(text + n - 4, ".yml")) || !strchr(text, '=');
	if (!file)
		return import_map_inline(&r->im.map, str_of(text), d);
	const struct yaml *y = yaml_read(text, &r->crm->arena, d);
	if (!y && !d->line)
		refuse(r->crm, STATUS_ENV);
	return y && import_map_yaml(&r->im.map, y, d);
}

/* Options may be repeated: in the order in which they were given. */
static void each_option(struct run *r, const char *name,
			bool (*take)(struct run *, const char *, struct diag *))
{
	struct crm *crm = r->crm;
	for (size_t i = 0; i < crm->nvalues; i++) {
		if (strcmp(crm->values[i].def->name, name))
			continue;
		crm->diag.source = str_of(arena_printf(&crm->arena, "--%s", name).p);
		if (!take(r, crm->values[i].text, &crm->diag))
			refuse(crm, STATUS_USAGE);
	}
}

static bool read_set(struct run *r, const char *text, struct diag *d)
{
	return import_map_set(&r->im.map, str_of(text), d);
}

/* The further records of a row are of the same system, if of any. */
static void name_system(struct import_map *m, struct str name)
{
	m->system = name;
	for (size_t i = 0; i < m->nparts; i++)
		if (m->parts[i].map.system.n)
			m->parts[i].map.system = name;
}

/* What dates are read by: the order that was given for this input, or the database's. */
static const struct settings *set_up_dates(struct run *r)
{
	static const char *const orders[] = {
		[ORDER_DMY] = "dmy", [ORDER_MDY] = "mdy", [ORDER_YMD] = "ymd"
	};
	struct crm *crm = r->crm;
	const char *word = option(crm, "date-order");
	if (!word)
		return &crm->store->settings;
	struct settings *own = arena_new(&crm->arena, struct settings, 1);
	size_t i = 0;
	while (i < countof(orders) && strcmp(word, orders[i]))
		i++;
	if (i == countof(orders))
		usage(crm, "--date-order: %s is none of: dmy mdy ymd",
		      quoted(str_of(word), &crm->arena));
	*own = crm->store->settings;
	own->calendar.order = (enum date_order)i;
	r->mend.ordered = true;
	return own;
}

void import_set_up_map(struct run *r)
{
	struct crm *crm = r->crm;
	struct store *s = crm->store;
	r->ready = true;
	r->mend = (struct import_mend){ .mender = import_mender, .schema = &s->schema };
	r->im.mend = &r->mend;
	r->im.entity = crm->entity;
	r->im.map = (struct import_map){ .schema = &s->schema,
					 .settings = set_up_dates(r),
					 .entity = crm->entity,
					 .arena = &crm->arena,
					 .optional = r->preset.name != NULL,
					 .weak = true };
	crm->diag.source = str_of(r->preset.source);
	if (r->preset.name && !import_map_yaml(&r->im.map, r->preset.map, &crm->diag))
		refuse(crm, STATUS_USAGE);
	r->im.map.weak = false;
	each_option(r, "map", read_map);
	each_option(r, "set", read_set);
	if (option(crm, "match"))
		r->im.map.match = str_of(option(crm, "match"));
	if (option(crm, "system"))
		name_system(&r->im.map, str_trim(str_of(option(crm, "system"))));
	if (option(crm, "system") && !r->im.map.system.n)
		usage(crm, "--system names the other system, such as hubspot");
	if (option(crm, "create-missing"))
		r->im.map.create_missing = str_of(option(crm, "create-missing"));
	crm->diag.source = (struct str){ 0 };
	if (!import_open(&r->im, &crm->diag))
		refuse(crm, STATUS_USAGE);
}
