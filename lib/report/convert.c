/* Amounts of several currencies in one, by the rate of each record's day. */
#include <stdlib.h>

#include "report/job.h"

static struct known_rate *look_up(struct job *j, struct str currency, struct str day)
{
	struct conversion *c = &j->conversion;
	struct arena a = { 0 };
	struct diag d = { 0 };
	struct str key =
	    arena_printf(&a, "%.*s %.*s", (int)currency.n, currency.p, (int)day.n, day.p);
	int64_t *number = map_at(&c->at, key);
	if (!*number) {
		c->rates = xrealloc(c->rates, (c->n + 1) * sizeof *c->rates);
		struct known_rate *r = &c->rates[c->n++];
		*r = (struct known_rate){ .records = 0 };
		r->missing = !rate_find(j->store, currency, c->into, day, &r->rate, &d);
		r->why = arena_str(&j->arena, d.message);
		*number = (int64_t)c->n;
	}
	arena_free(&a);
	diag_free(&d);
	return &c->rates[*number - 1];
}

bool job_rate(struct job *j, struct str currency, struct str day, struct rate *rate)
{
	struct known_rate *r = look_up(j, currency, day);
	*rate = r->rate;
	r->records += r->missing;
	return !r->missing;
}

void job_warn_rates(const struct job *j)
{
	for (size_t i = 0; i < j->conversion.n; i++) {
		const struct known_rate *r = &j->conversion.rates[i];
		struct diag d = { 0 };
		if (r->missing)
			diag_warn(&d, NULL, "%.*s (records left as they are: %ld)", (int)r->why.n,
				  r->why.p, r->records);
	}
	diag_warnings_end();
}
