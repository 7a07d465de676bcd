/* Alerts: whom they may be about, what they share, and their order. */
#include "report/alert.h"

#include <math.h>
#include <stdlib.h>

#include "report/alert_impl.h"

static const struct alert_figure *const figures[ALERT_KINDS] = {
	[ALERT_CROSS_SELL] = alert_product_figures,  [ALERT_UP_SELL] = alert_up_figures,
	[ALERT_SWITCH_SELL] = alert_switch_figures,  [ALERT_DUE_REORDER] = alert_rhythm_figures,
	[ALERT_CHURN_RISK] = alert_churn_figures,    [ALERT_FALLING_MARGIN] = alert_margin_figures,
	[ALERT_BELOW_TARGET] = alert_target_figures, [ALERT_TREND] = alert_trend_figures,
	[ALERT_BIG_DEAL_STUCK] = alert_deal_figures, [ALERT_VIP_SILENT] = alert_vip_figures,
};

const char *const alert_subject_types[ALERT_SUBJECTS] = { "account", "contact", "deal",
							  "user",    "team",	"product" };

const struct alert_figure *alert_figures(enum alert_number kind)
{
	return figures[kind];
}

const char *alert_severity(int64_t score)
{
	return score >= 75 ? "high" : score >= 50 ? "normal" : "low";
}

bool alert_on(const struct alerting *x, enum alert_number kind)
{
	return x->asked->kinds[kind] && !x->config->rules[kind].off;
}

double alert_least(const struct alerting *x, enum alert_number kind, const char *option)
{
	return alert_number(x->config, kind, option);
}

/* -- whom they may be about -- */

/* Who works here no more, and what is sold no more, is nothing to look into. */
static struct node *of_now(struct alerting *x, const struct query_context *q, struct node *where)
{
	if (!entity_field(q->entity, STR("active")))
		return where;
	struct node *active = where_parse(STR("active = true"), q, x->diag);
	if (!active)
		die(STATUS_ENV, "%s", x->diag->message.p);
	return node_and(active, where, x->arena);
}

/* What stands for the owner: of users themselves, of teams who leads them. */
static const char *owner_field(const struct entity *e)
{
	static const char *const fields[] = { "owner", "login", "manager" };
	for (size_t i = 0; i < countof(fields); i++)
		if (entity_field(e, str_of(fields[i])))
			return fields[i];
	return NULL;
}

static void read_subjects(struct alerting *x, const struct alert_scope *scope,
			  struct alert_subjects *out)
{
	struct query_context q = *x->asked->context;
	struct select what = { .context = &q, .limit = -1 };
	const struct entity *e = scope->entity;
	const char *owner = owner_field(e);
	struct arena *a = x->arena;
	struct path *paths;
	const struct cell *cells;
	size_t room = 0;
	int64_t id;
	q.entity = e;
	q.aliases = NULL;
	struct str names =
	    arena_printf(a, "%s%s%s", e->title, owner ? "," : "", owner ? owner : "");
	if (!fields_parse(names, &q, NULL, 0, &paths, &what.npaths, x->diag))
		die(STATUS_ENV, "%s", x->diag->message.p);
	what.paths = paths;
	what.where = of_now(x, &q, scope->where);
	struct cursor *c = cursor_open(x->store, &what);
	while (cursor_next(c, false, &cells, &id)) {
		out->list = xgrow(out->list, out->n, &room, sizeof *out->list);
		out->list[out->n++] = (struct alert_subject){ id, arena_str(a, cells[0].text),
							      owner ? arena_str(a, cells[1].text)
								    : (struct str){ "", 0 } };
	}
	cursor_close(c);
}

/* The figures of users whose records are hidden would be wrong: none are told. */
static void leave_hidden(struct alerting *x, struct alert_subjects *s)
{
	const struct access *ac = &x->store->access;
	bool users = !strcmp(s->entity->name, "user");
	size_t kept = 0;
	if (ac->role.read == SCOPE_ALL || (!users && strcmp(s->entity->name, "team")))
		return;
	for (size_t i = 0; users && i < s->n; i++)
		for (size_t k = 0; k < (ac->role.read == SCOPE_TEAM ? ac->nusers : 1); k++)
			if (ac->nusers && s->list[i].id == ac->users[k]) {
				s->list[kept++] = s->list[i];
				break;
			}
	s->n = kept;
}

static const struct alert_subjects *subjects_of(struct alerting *x, const char *type)
{
	for (size_t i = 0; i < x->nsubjects; i++)
		if (!strcmp(x->subjects[i].entity->name, type))
			return &x->subjects[i];
	struct alert_subjects *s = &x->subjects[x->nsubjects++];
	s->entity = schema_entity(&x->store->schema, str_of(type));
	for (size_t i = 0; i < x->asked->nscopes; i++)
		if (x->asked->scopes[i].entity == s->entity)
			read_subjects(x, &x->asked->scopes[i], s);
	leave_hidden(x, s);
	return s;
}

static int by_subject(const void *a, const void *b)
{
	const struct alert_subject *x = a, *y = b;
	return (x->id > y->id) - (x->id < y->id);
}

const struct alert_subject *alert_subject(struct alerting *x, const struct entity *e, int64_t id)
{
	const struct alert_subjects *s = subjects_of(x, e->name);
	struct alert_subject key = { .id = id };
	return s->n ? bsearch(&key, s->list, s->n, sizeof key, by_subject) : NULL;
}

const struct alert_subject *alert_leader(struct alerting *x, const struct alert_subject *team,
					 const struct entity **e)
{
	const struct alert_subjects *users = subjects_of(x, "user");
	for (size_t i = 0; team->owner.n && i < users->n; i++)
		if (str_eq(users->list[i].owner, team->owner)) {
			*e = users->entity;
			return &users->list[i];
		}
	return team;
}

/* -- one of them -- */

struct alert *alert_add(struct alerting *x, enum alert_number kind, const struct entity *e,
			const struct alert_subject *about, struct value **of)
{
	struct alert_list *l = x->list;
	size_t n = 0;
	while (figures[kind][n].name)
		n++;
	*of = arena_new(x->arena, struct value, n + 1);
	for (size_t i = 0; i < n; i++)
		(*of)[i] = value_null();
	l->all = xgrow(l->all, l->n, &l->room, sizeof *l->all);
	l->all[l->n] = (struct alert){
		.kind = kind,
		.entity = e,
		.id = about->id,
		.name = about->name,
		.owner = about->owner,
		.topic = STR(""),
		.currency = STR(""),
		.figures = *of,
	};
	return &l->all[l->n++];
}

void alert_score(struct alert *a, double score)
{
	a->score = isnan(score) ? 0 : llround(fmin(100, fmax(0, score)));
}

void alert_value(struct alert *a, double minor, struct str currency)
{
	a->valued = currency.n && minor >= 0.5 && minor < 9e18;
	a->value = a->valued ? llround(minor) : 0;
	a->currency = a->valued ? str_of(currency_code(currency)) : STR("");
}

/* -- sentences -- */

static char grouping(const struct alerting *x)
{
	char group = x->store->settings.group;
	return group ? group : ',';
}

static char pointing(const struct alerting *x)
{
	char point = x->store->settings.point;
	return point ? point : '.';
}

const char *alert_money(struct alerting *x, int64_t minor, struct str currency)
{
	struct str number =
	    decimal_group(minor, currency_digits(currency), grouping(x), pointing(x), x->arena);
	return arena_printf(x->arena, "%.*s %.*s", (int)number.n, number.p, (int)currency.n,
			    currency.p)
	    .p;
}

const char *alert_decimal(struct alerting *x, double number, int scale)
{
	struct value v = study_decimal(number, scale);
	return decimal_group(v.i, scale, grouping(x), pointing(x), x->arena).p;
}

const char *alert_days(struct alerting *x, double days)
{
	const char *n = alert_decimal(x, days, 0);
	const char *unit = x->language == VIETNAMESE ? "ngày" : !strcmp(n, "1") ? "day" : "days";
	return arena_printf(x->arena, "%s %s", n, unit).p;
}

/* -- all -- */

static int by_value(const void *a, const void *b)
{
	const struct alert *x = a, *y = b;
	int order = str_cmp(x->currency, y->currency);
	if (x->purse != y->purse)
		return x->purse < y->purse ? -1 : 1;
	if (order)
		return order;
	if (x->value != y->value)
		return x->value < y->value ? 1 : -1;
	if (x->score != y->score)
		return x->score < y->score ? 1 : -1;
	if (x->kind != y->kind)
		return x->kind < y->kind ? -1 : 1;
	if (x->entity != y->entity)
		return strcmp(x->entity->name, y->entity->name);
	if (x->id != y->id)
		return x->id < y->id ? -1 : 1;
	return str_cmp(x->topic, y->topic);
}

bool alerts_find(struct store *s, const struct alerts_asked *asked, struct alert_list *out,
		 struct diag *d)
{
	static alert_finder *const finders[] = { alerts_of_products, alerts_of_customers,
						 alerts_of_margin,   alerts_of_targets,
						 alerts_of_trend,    alerts_of_deals,
						 alerts_of_vips };
	struct alerting x = { .store = s,
			      .asked = asked,
			      .language = s->settings.language,
			      .today = zone_day(asked->now),
			      .list = out,
			      .arena = &out->arena,
			      .diag = d };
	*out = (struct alert_list){ 0 };
	x.config = alerts_get(s, x.arena, d);
	bool ok = x.config != NULL;
	for (size_t i = 0; ok && i < countof(finders); i++)
		ok = finders[i](&x);
	for (size_t i = 0; i < out->n; i++) {
		struct alert *one = &out->all[i];
		bool own = str_is(one->currency, s->settings.currency);
		one->purse = !one->valued ? PURSE_NONE : own ? PURSE_OWN : PURSE_OTHER;
	}
	if (out->n)
		qsort(out->all, out->n, sizeof *out->all, by_value);
	for (size_t i = 0; i < x.nsubjects; i++)
		free(x.subjects[i].list);
	purchases_free(&x.log);
	rhythms_close(&x.rhythms);
	return ok;
}

void alerts_free(struct alert_list *l)
{
	free(l->all);
	arena_free(&l->arena);
}
