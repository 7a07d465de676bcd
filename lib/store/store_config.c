/* Settings, picklists and pipelines: configuration that lives in the database. */
#include <stdlib.h>

#include "core/buf.h"
#include "core/money.h"
#include "schema/label.h"
#include "store/configure.h"
#include "store/internal.h"

/* Read when first asked for: most runs need one or two of them. */
struct store_cache {
	struct cached_list {
		struct picklist list;
		struct cached_list *next;
	} * lists;
	struct pipeline *pipelines;
	size_t npipelines;
};

static const char *text_at(struct stmt *q, size_t i, struct arena *a)
{
	struct value v = stmt_value(q, i);
	return v.kind == V_TEXT ? arena_str(a, v.s).p : NULL;
}

static struct pick *read_picks(struct store *s, const char *name, size_t *n)
{
	struct sql q = { .arena = &s->arena };
	size_t room = 0;
	struct pick *picks = arena_grow(&s->arena, NULL, 0, &room, sizeof *picks);
	sql_add(&q, "select key, en, vi, retired from picklist where list = ");
	sql_text(&q, str_of(name));
	sql_add(&q, " order by pos, key");
	struct stmt *rows = db_query(s->db, &q);
	for (*n = 0; stmt_step(rows); (*n)++) {
		picks = arena_grow(&s->arena, picks, *n, &room, sizeof *picks);
		picks[*n] =
		    (struct pick){ text_at(rows, 0, &s->arena), text_at(rows, 1, &s->arena),
				   text_at(rows, 2, &s->arena), stmt_value(rows, 3).i != 0 };
	}
	stmt_close(rows);
	sql_free(&q);
	return picks;
}

static const struct pipeline *load_pipelines(void *ctx, size_t *n);

/* Each key once; live pipelines come first. */
static void put_stage_pick(struct pick *picks, size_t *n, const struct stage *t, bool retired)
{
	for (size_t i = 0; i < *n; i++)
		if (!strcmp(picks[i].key, t->key))
			return;
	picks[(*n)++] = (struct pick){ t->key, t->en, t->vi, retired };
}

/* "deal.stage" and "deal.pipeline" are made from the pipelines. */
static struct pick *pipeline_picks(struct store *s, bool stages, size_t *n)
{
	size_t npipelines, room = 0;
	const struct pipeline *p = load_pipelines(s, &npipelines);
	for (size_t i = 0; i < npipelines; i++)
		room += stages ? p[i].n + p[i].nretired : 1;
	struct pick *picks = arena_new(&s->arena, struct pick, room);
	*n = 0;
	for (size_t i = 0; i < npipelines; i++) {
		if (!stages)
			picks[(*n)++] = (struct pick){ p[i].key, p[i].en, p[i].vi, p[i].retired };
		for (size_t j = 0; stages && j < p[i].n; j++)
			put_stage_pick(picks, n, &p[i].stages[j], p[i].retired);
	}
	for (size_t i = 0; stages && i < npipelines; i++)
		for (size_t j = 0; j < p[i].nretired; j++)
			put_stage_pick(picks, n, &p[i].stages[p[i].n + j], true);
	return picks;
}

static const struct picklist *load_picklist(void *ctx, const char *name)
{
	struct store *s = ctx;
	struct store_cache *cache = s->cache;
	for (const struct cached_list *c = cache->lists; c; c = c->next)
		if (!strcmp(c->list.name, name))
			return &c->list;
	struct picklist l = { .name = arena_str(&s->arena, str_of(name)).p };
	if (!strcmp(name, "deal.stage") || !strcmp(name, "deal.pipeline"))
		l.picks = pipeline_picks(s, !strcmp(name, "deal.stage"), &l.n);
	else
		l.picks = read_picks(s, name, &l.n);
	if (!l.n)
		return NULL;
	struct cached_list *c = arena_new(&s->arena, struct cached_list, 1);
	*c = (struct cached_list){ l, cache->lists };
	cache->lists = c;
	return &c->list;
}

static enum stage_kind stage_kind_of(const char *word)
{
	return !strcmp(word, "won") ? STAGE_WON : !strcmp(word, "lost") ? STAGE_LOST : STAGE_OPEN;
}

/* The live ones first. */
static void read_stages(struct store *s, struct pipeline *p)
{
	struct sql count = { .arena = &s->arena }, q = { .arena = &s->arena };
	sql_add(&count, "select count(*) from stage where pipeline = ");
	sql_text(&count, str_of(p->key));
	size_t room = (size_t)db_int(s->db, &count, 0);
	struct stage *stages = arena_new(&s->arena, struct stage, room);
	sql_add(&q, "select key, en, vi, kind, probability, stale_days, require,"
		    " activities, retired from stage where pipeline = ");
	sql_text(&q, str_of(p->key));
	sql_add(&q, " order by retired, pos, key");
	struct stmt *rows = db_query(s->db, &q);
	for (size_t i = 0; i < room && stmt_step(rows); i++) {
		stages[i] = (struct stage){
			.key = text_at(rows, 0, &s->arena),
			.en = text_at(rows, 1, &s->arena),
			.vi = text_at(rows, 2, &s->arena),
			.kind = stage_kind_of(text_at(rows, 3, &s->arena)),
			.probability = (int)stmt_value(rows, 4).i,
			.stale_days = (int)stmt_value(rows, 5).i,
			.require = text_at(rows, 6, &s->arena),
			.activities = text_at(rows, 7, &s->arena),
		};
		*(stmt_value(rows, 8).i ? &p->nretired : &p->n) += 1;
	}
	p->stages = stages;
	stmt_close(rows);
	sql_free(&count);
	sql_free(&q);
}

static const struct pipeline *load_pipelines(void *ctx, size_t *n)
{
	struct store *s = ctx;
	struct store_cache *cache = s->cache;
	if (!cache->pipelines) {
		struct sql count = { .arena = &s->arena }, q = { .arena = &s->arena };
		sql_add(&count, "select count(*) from pipeline");
		size_t room = (size_t)db_int(s->db, &count, 0), i = 0;
		cache->pipelines = arena_new(&s->arena, struct pipeline, room);
		sql_add(&q, "select key, en, vi, strict, retired from pipeline"
			    " order by retired, pos, key");
		struct stmt *rows = db_query(s->db, &q);
		while (i < room && stmt_step(rows)) {
			struct pipeline *p = &cache->pipelines[i++];
			p->key = text_at(rows, 0, &s->arena);
			p->en = text_at(rows, 1, &s->arena);
			p->vi = text_at(rows, 2, &s->arena);
			p->strict = stmt_value(rows, 3).i != 0;
			p->retired = stmt_value(rows, 4).i != 0;
		}
		stmt_close(rows);
		for (size_t j = 0; j < i; j++)
			read_stages(s, &cache->pipelines[j]);
		cache->npipelines = i;
		sql_free(&count);
		sql_free(&q);
	}
	*n = cache->npipelines;
	return cache->pipelines;
}

/* All settings: a dozen rows, read with one statement. */
struct setting {
	const char *key, *value;
};

static struct setting *read_settings(struct store *s)
{
	enum { MOST = 64 };
	struct setting *all = arena_new(&s->arena, struct setting, MOST + 1);
	struct sql q = { .arena = &s->arena };
	sql_add(&q, "select key, value from setting");
	struct stmt *rows = db_query(s->db, &q);
	for (size_t n = 0; n < MOST && stmt_step(rows); n++)
		all[n] =
		    (struct setting){ text_at(rows, 0, &s->arena), text_at(rows, 1, &s->arena) };
	stmt_close(rows);
	sql_free(&q);
	return all;
}

static const char *setting(const struct setting *all, const char *key, const char *none)
{
	for (; all->key; all++)
		if (!strcmp(all->key, key))
			return all->value;
	return none;
}

/* CRM_LANG, else the database's. */
static bool load_language(struct settings *t, const char *configured, struct diag *d)
{
	const char *asked = getenv("CRM_LANG");
	if (asked && *asked)
		return language_parse(str_of(asked), &t->language) ||
		       diag_set(d, "CRM_LANG", "%s is neither en nor vi",
				quoted(str_of(asked), &d->arena));
	if (!language_parse(str_of(configured), &t->language))
		t->language = ENGLISH;
	return true;
}

static bool load_settings(struct store *s, const struct setting *all, struct diag *d)
{
	static const struct {
		const char *word;
		enum date_order order;
	} orders[] = { { "dmy", ORDER_DMY }, { "mdy", ORDER_MDY }, { "ymd", ORDER_YMD } };
	struct settings *t = &s->settings;
	t->currency = currency_code(str_of(setting(all, "currency", "USD")));
	t->region = setting(all, "region", "US");
	t->zone = setting(all, "timezone", "UTC");
	const char *order = setting(all, "date_order", "dmy"), *style = setting(all, "digits", "");
	for (size_t i = 0; i < countof(orders); i++)
		if (!strcmp(order, orders[i].word))
			t->calendar.order = orders[i].order;
	t->group = style[0];
	t->point = style[0] ? style[1] : 0;
	t->family_first = !strcmp(setting(all, "names", ""), "family-first");
	s->access.crm_user_forbidden = !strcmp(setting(all, "crm_user", "allowed"), "forbidden");
	s->access.strangers = setting(all, "strangers", "viewer");
	return zone_set(t->zone, d) && load_language(t, setting(all, "language", "en"), d);
}

bool config_load(struct store *s, struct diag *d)
{
	const struct setting *all = read_settings(s);
	s->cache = arena_new(&s->arena, struct store_cache, 1);
	struct schema_source *source = arena_new(&s->arena, struct schema_source, 1);
	*source = (struct schema_source){ load_picklist, load_pipelines, s };
	s->schema.source = source;
	if (strcmp(setting(all, "tables", ""), ddl_fingerprint(&s->arena)))
		return diag_set(
		    d, NULL,
		    "the database was made by another version; run crm-init to upgrade it");
	s->config_serial = strtoll(setting(all, CONFIG_SERIAL, "0"), NULL, 10);
	if (!load_settings(s, all, d))
		return false;
	s->settings.calendar.now = clock_now(); /* in the zone of the database */
	return !strcmp(setting(all, CUSTOM_SERIAL, "0"), "0") || custom_load(s, d);
}

void store_reconfigure(struct store *s)
{
	struct diag d = { 0 };
	*s->cache = (struct store_cache){ 0 };
	s->service = NULL;
	if (!load_settings(s, read_settings(s), &d))
		die(STATUS_ENV, "%.*s", (int)d.message.n, d.message.p);
}
