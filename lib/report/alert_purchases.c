/* What alerts know of a customer's purchases. */
#include <stdlib.h>

#include "report/alert_impl.h"

bool alert_log(struct alerting *x)
{
	const struct report_options o = { .now = x->asked->now };
	if (x->logged)
		return true;
	x->logged = true;
	struct study s = {
		.job = report_open(x->store, &purchases_alone, &o, x->asked->context, x->diag),
		.diag = x->diag,
	};
	bool ok = s.job && purchases_read(&s, false, &x->log);
	report_close(s.job);
	return ok;
}

bool alert_rhythms(struct alerting *x)
{
	if (x->timed)
		return true;
	x->timed = true;
	return rhythms_read(x->store, x->asked->context, x->asked->now, 2, &x->rhythms, x->diag);
}

static int by_customer(const void *a, const void *b)
{
	const struct customer *x = a, *y = b;
	int order = strcmp(x->entity->name, y->entity->name);
	return order ? order : (x->id > y->id) - (x->id < y->id);
}

/* The customer's purchases of a currency; NULL: none. */
static const struct customer *buyer(const struct purchases *p, const struct entity *e, int64_t id)
{
	const struct customer key = { .entity = e, .id = id };
	return p->ncustomers ? bsearch(&key, p->customers, p->ncustomers, sizeof key, by_customer)
			     : NULL;
}

const struct purchases *alert_purse(const struct alerting *x, const struct entity *e, int64_t id,
				    const struct customer **who)
{
	const struct purchases *purse = NULL;
	*who = NULL;
	for (size_t i = 0; i < x->log.n; i++) {
		const struct purchases *p = &x->log.of[i];
		const struct customer *c = buyer(p, e, id);
		if (!c || (*who && purchase_last(p, c)->day <= purchase_last(purse, *who)->day))
			continue;
		purse = p;
		*who = c;
	}
	return purse;
}

int64_t alert_revenue(const struct purchases *p, const struct customer *who, int64_t from,
		      int64_t last)
{
	wide sum = 0;
	for (size_t i = 0; i < who->n; i++) {
		const struct purchase *one = &p->list[who->first + i];
		sum += one->day >= from && one->day <= last ? one->revenue : 0;
	}
	return sum > INT64_MAX || sum < INT64_MIN ? 0 : (int64_t)sum;
}
