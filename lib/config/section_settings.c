/* One value each: currency, zone, region, and how dates, numbers and names are written. */
#include "config/sections.h"
#include "core/money.h"
#include "core/phone.h"
#include "store/configure.h"

/* One word of a closed set, and how it is stored. */
struct word {
	const char *word, *stored;
};

struct setting_def {
	const struct config_section *section;
	const char *def; /* stored, where nothing is */
	/* Text to what is stored; false: reported. */
	bool (*parse)(struct config *, const struct yaml *, const char *text, const char **stored);
	const struct word *words; /* or parse, and stored as it is */
	bool rekey;		  /* telephone numbers are matched by it */
};

static bool has_money(const struct entity *e)
{
	for (size_t i = 0; i < e->nfields; i++)
		if (e->fields[i].type == &type_money)
			return true;
	return false;
}

static bool parse_currency(struct config *c, const struct yaml *y, const char *text,
			   const char **stored)
{
	*stored = currency_code(str_of(text));
	if (!*stored)
		return config_mistake(c, y, "currency", "%s is no ISO 4217 currency",
				      quoted(str_of(text), c->arena));
	const char *have = c->store->settings.currency;
	for (size_t i = 0; i < c->store->schema.nentities && strcmp(*stored, have); i++) {
		const struct entity *e = c->store->schema.entities[i];
		if (has_money(e) && store_count(c->store, e))
			return config_mistake(c, y, "currency",
					      "there are %s whose amounts are in %s; that stays",
					      e->plural, have);
	}
	return true;
}

static bool parse_zone(struct config *c, const struct yaml *y, const char *text,
		       const char **stored)
{
	struct diag d = { 0 };
	bool ok = zone_set(text, &d);
	if (!ok)
		config_mistake(c, y, "timezone", "%.*s", (int)d.message.n, d.message.p);
	else if (!zone_set(c->store->settings.zone, &d))
		die(STATUS_ENV, "the zone %s is gone", c->store->settings.zone);
	diag_free(&d);
	*stored = text;
	return ok;
}

static bool parse_region(struct config *c, const struct yaml *y, const char *text,
			 const char **stored)
{
	*stored = text;
	return phone_region(str_of(text)) ||
	       config_mistake(c, y, "region", "%s is no ISO 3166 country",
			      quoted(str_of(text), c->arena));
}

/* A role, or nobody. */
static bool parse_strangers(struct config *c, const struct yaml *y, const char *text,
			    const char **stored)
{
	const struct picklist *l = schema_picklist(&c->store->schema, "user.role");
	const char **keys = arena_new(c->arena, const char *, l->n + 1);
	*stored = text;
	keys[l->n] = "refused";
	for (size_t i = 0; i < l->n; i++)
		keys[i] = l->picks[i].key;
	for (size_t i = 0; i <= l->n; i++)
		if (!strcmp(keys[i], text))
			return true;
	return config_mistake(c, y, "strangers", "%s is neither a role nor refused%s",
			      quoted(str_of(text), c->arena),
			      config_meant(c, str_of(text), keys, l->n + 1));
}

static const struct word orders[] = { { "dmy", "dmy" }, { "mdy", "mdy" }, { "ymd", "ymd" }, { 0 } };
static const struct word digits[] = {
	{ "plain", "" }, { "1.234,5", ".," }, { "1,234.5", ",." }, { "1 234,5", " ," }, { 0 }
};
static const struct word names[] = { { "given-first", "given-first" },
				     { "family-first", "family-first" },
				     { 0 } };
static const struct word languages[] = { { "en", "en" }, { "vi", "vi" }, { 0 } };

static const struct word rights[] = { { "allowed", "allowed" },
				      { "forbidden", "forbidden" },
				      { 0 } };

static const struct setting_def settings[] = {
	{ &section_currency, "USD", parse_currency, NULL, false },
	{ &section_timezone, "UTC", parse_zone, NULL, false },
	{ &section_region, "US", parse_region, NULL, true },
	{ &section_date_order, "dmy", NULL, orders, false },
	{ &section_digits, "", NULL, digits, false },
	{ &section_names, "given-first", NULL, names, false },
	{ &section_language, "en", NULL, languages, false },
	{ &section_strangers, "viewer", parse_strangers, NULL, false },
	{ &section_crm_user, "allowed", NULL, rights, false },
};

static const struct setting_def *setting_of(const struct config_section *section)
{
	const struct setting_def *def = settings;
	while (def->section != section)
		def++;
	return def;
}

/* As a person writes what is stored. */
static const char *written(const struct setting_def *def, const char *stored)
{
	for (const struct word *w = def->words; w && w->word; w++)
		if (!strcmp(w->stored, stored))
			return w->word;
	return stored;
}

static const char *current(const struct setting_def *def, struct store *s, struct arena *a)
{
	const char *stored = store_setting(s, def->section->name, a);
	return stored ? stored : def->def;
}

static void show(const struct config_section *section, struct store *s, struct emit *e,
		 struct arena *a)
{
	const struct setting_def *def = setting_of(section);
	emit_pair(e, 0, str_of(section->name), str_of(written(def, current(def, s, a))));
}

static bool parse_word(struct config *c, const struct yaml *y, const struct setting_def *def,
		       const char *text, const char **stored)
{
	struct buf all = { 0 };
	for (const struct word *w = def->words; w->word; w++) {
		if (!strcmp(w->word, text)) {
			*stored = w->stored;
			buf_free(&all);
			return true;
		}
		buf_printf(&all, "%s%s", all.n ? ", " : "", w->word);
	}
	config_mistake(c, y, def->section->name, "%s is none of: %.*s",
		       quoted(str_of(text), c->arena), (int)all.n, all.p);
	buf_free(&all);
	return false;
}

struct set {
	const struct setting_def *def;
	const char *stored;
};

static bool set(struct config *c, void *what, struct diag *d)
{
	const struct set *set = what;
	const struct schema *schema = &c->store->schema;
	(void)d;
	store_set(c->store, set->def->section->name, set->stored);
	if (!set->def->rekey)
		return true;
	store_reconfigure(c->store);
	for (size_t i = 0; i < schema->nentities; i++)
		for (size_t j = 0; j < schema->entities[i]->nfields; j++) {
			const struct field *f = &schema->entities[i]->fields[j];
			if (f->type != &type_phone || !(f->flags & F_MATCH))
				continue;
			store_rekey_all(c->store, schema->entities[i]);
			break;
		}
	return true;
}

static void plan(struct config *c, const struct yaml *y)
{
	const struct setting_def *def = setting_of(c->section);
	const char *name = c->section->name, *text, *stored;
	if (!config_scalar(c, y, name, &text))
		return;
	if (!text) {
		config_mistake(c, y, name, "must not be empty");
		return;
	}
	if (def->words ? !parse_word(c, y, def, text, &stored) : !def->parse(c, y, text, &stored))
		return;
	const char *was = current(def, c->store, c->arena);
	if (!strcmp(was, stored))
		return;
	config_difference(c, "~ %s: %s → %s", name, written(def, was), written(def, stored));
	struct set *what = arena_new(c->arena, struct set, 1);
	*what = (struct set){ def, stored };
	config_do(c, y, name, set, what);
}

#define SETTING(word, help) \
	const struct config_section section_##word = { #word, help, false, show, plan, NULL }

SETTING(currency, "ISO 4217 currency of amounts that name none; stays once there are amounts");
SETTING(timezone, "IANA time zone in which days are cut");
SETTING(region, "ISO 3166 country of telephone numbers that name none");
SETTING(date_order, "what 3/4/2026 means: dmy, mdy or ymd");
SETTING(digits, "how amounts are grouped: plain, \"1.234,5\", \"1,234.5\" or \"1 234,5\"");
SETTING(names, "given-first or family-first");
SETTING(language, "of headings and labels that people read: en or vi");
SETTING(strangers, "role of who is no user here, or refused");
SETTING(crm_user, "whether CRM_USER may name another than who is logged in: allowed or forbidden");
