/* Advertisements that have to wait: for an hour at which they may go, or for others to be old. */
#include "cli/mail.h"
#include "core/date.h"
#include "domain/allowance.h"
#include "domain/errand.h"
#include "schema/check.h"

/* Nobody said that it is none: a template that one cannot unsubscribe from, `any_hour`. */
static bool is_advertisement(struct store *s, const struct mail_item *item, struct arena *a)
{
	struct record errand;
	if (!item->out.automatic || !item->letter->unsubscribe)
		return false;
	return !item->errand ||
	       !store_get(s, store_entity(s, "errand"), item->errand, &errand, a) ||
	       !is_true(&errand, "any_hour");
}

/* Until when, and why; INT64_MIN: it need not wait. */
static int64_t wait_until(const struct mailing *m, const struct mail_item *item, const char **why,
			  struct arena *a)
{
	struct store *s = m->desk->crm->store;
	struct str kind = str_of(letter_kinds[item->out.kind]);
	int64_t configured = m->desk->mail.per_day, now = s->settings.calendar.now;
	int64_t most = configured ? configured : allowance_messages(s);
	int64_t hour = allowance_hour(s, kind, now);
	int64_t turn = allowance_next(s, kind, &item->out.person, item->to, most, a);
	if (turn <= now && hour <= now)
		return INT64_MIN;
	*why = turn > now ? arena_printf(a, "it had %lld within 24 hours", (long long)most).p
			  : "at this hour nothing is advertised";
	return turn > now ? allowance_hour(s, kind, turn) : hour;
}

bool mail_has_turn(struct mailing *m, const struct mail_item *item, struct arena *a, struct diag *d)
{
	struct crm *crm = m->desk->crm;
	const char *why;
	if (!is_advertisement(crm->store, item, a))
		return true;
	int64_t until = wait_until(m, item, &why, a);
	if (until == INT64_MIN)
		return true;
	d->source = ref_print(item->out.entity, item->out.id, a);
	d->line = 0;
	diag_warn(d, NULL, "not to %.*s before %s: %s", (int)item->to.n, item->to.p,
		  instant_print_local(until, a).p, why);
	if (item->errand && !errand_put_off(crm->store, item->errand, until, a, d))
		complain(crm, d);
	m->waiting += !item->errand;
	return false;
}
