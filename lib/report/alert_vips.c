/*
 * vip_silent: important accounts (`tiers`) whom nobody has spoken to for `days`, and for whom
 * nothing is planned.  Whoever was never contacted is silent since they were made.  What they
 * brought in the last twelve months is at stake.
 */
#include <math.h>

#include "report/alert_impl.h"

const struct alert_figure alert_vip_figures[] = {
	{ "tier", "Tier", "Hạng", ROLE_DIMENSION, UNIT_COUNT, NULL },
	{ "last_contacted_at", "Last contact", "Liên hệ gần nhất", ROLE_FIGURE, UNIT_INSTANT,
	  NULL },
	{ "silent_days", "Silent days", "Số ngày vắng", ROLE_FIGURE, UNIT_COUNT, NULL },
	{ 0 },
};

enum { TIER, LAST_CONTACT, SILENT };

static const struct source sources[] = {
	{ "account", "account", .where = "tier is not null and next_contact_at is null" },
};
static const struct report alone = { .name = "vips", .sources = sources, .nsources = 1 };

static void value_year(struct alerting *x, struct alert *a)
{
	const struct customer *who;
	const struct purchases *p = alert_purse(x, a->entity, a->id, &who);
	int64_t from = day_add_months(x->today, -12) + 1;
	if (p)
		alert_value(a, (double)alert_revenue(p, who, from, x->today), p->currency);
}

static void look(struct alerting *x, const struct value *v)
{
	enum { ID, OF_TIER, CONTACTED, CREATED };
	const struct entity *e = schema_entity(&x->store->schema, STR("account"));
	const struct picklist *tiers = schema_picklist(&x->store->schema, "account.tier");
	double days = alert_least(x, ALERT_VIP_SILENT, "days");
	bool never = v[CONTACTED].kind != V_TEXT;
	const struct alert_subject *about;
	int64_t since;
	struct value *f;
	const char *tier = arena_str(x->arena, v[OF_TIER].s).p;
	if (!alert_has_word(x->config, ALERT_VIP_SILENT, "tiers", tier) ||
	    !instant_scan(v[never ? CREATED : CONTACTED].s, &since) ||
	    !(about = alert_subject(x, e, v[ID].i)))
		return;
	double silent = (double)(x->asked->now - since) / DAY_SECONDS;
	if (silent <= days)
		return;
	struct alert *a = alert_add(x, ALERT_VIP_SILENT, e, about, &f);
	f[TIER] = value_text(str_of(tier));
	f[LAST_CONTACT] = never ? value_null() : value_text(arena_str(x->arena, v[CONTACTED].s));
	f[SILENT] = value_int((int64_t)silent);
	alert_score(a, 50 * silent / days);
	value_year(x, a);
	const char *label = key_label(tiers, str_of(tier), x->language).p;
	const char *since_then = alert_days(x, floor(silent));
	a->evidence = never ? SAY(x, "%s: never contacted in %s, and nothing is planned",
				  "%s: %s chưa từng liên hệ, chưa có lịch", label, since_then)
			    : SAY(x, "%s: no contact for %s, and nothing is planned",
				  "%s: đã %s không liên hệ, chưa có lịch", label, since_then);
	a->suggestion = WORDS(x, "call, and plan the next contact", "gọi và hẹn lần liên hệ tiếp");
}

bool alerts_of_vips(struct alerting *x)
{
	static const char *const paths[] = { "id", "tier", "last_contacted_at", "created_at",
					     NULL };
	const struct report_options o = { .now = x->asked->now };
	struct value when;
	const struct value *v;
	if (!alert_on(x, ALERT_VIP_SILENT))
		return true;
	if (!alert_log(x))
		return false;
	struct job *job = report_open(x->store, &alone, &o, x->asked->context, x->diag);
	if (!job)
		return false;
	struct records *rows = records_open(job, "account", paths);
	while ((v = records_next(rows, &when)))
		look(x, v);
	records_close(rows);
	report_close(job);
	return true;
}
