/* Dated exchange rates. */
#include "store/rates.h"

#include "store/internal.h"

/* How many `to` one `from` was worth, in millionths; 0: nobody said. */
static int64_t said(struct store *s, struct str from, struct str to, struct str day)
{
	struct arena a = { 0 };
	struct sql q = { .arena = &a };
	sql_add(&q, "select rate from exchange_rate where currency = ");
	sql_text(&q, from);
	sql_add(&q, " and to_currency = ");
	sql_text(&q, to);
	sql_add(&q, " and valid_from <= ");
	sql_text(&q, day);
	sql_add(&q, " order by valid_from desc limit 1");
	int64_t rate = store_one(s, &q).i;
	sql_free(&q);
	arena_free(&a);
	return rate;
}

static wide divisor(wide a, wide b)
{
	while (b) {
		wide rest = a % b;
		a = b;
		b = rest;
	}
	return a;
}

static struct rate reduced(wide num, wide den)
{
	wide by = divisor(num, den);
	return (struct rate){ num / by, den / by };
}

static bool one_step(struct store *s, struct str from, struct str to, struct str day,
		     struct rate *out)
{
	*out = (struct rate){ 1, 1 };
	if (str_eq(from, to))
		return true;
	int64_t rate = said(s, from, to, day);
	if (rate)
		*out = reduced(rate, NUMBER_ONE);
	else if ((rate = said(s, to, from, day)))
		*out = reduced(NUMBER_ONE, rate);
	return rate != 0;
}

static wide power_of_ten(int n)
{
	wide x = 1;
	while (n-- > 0)
		x *= 10;
	return x;
}

/* from → via → to */
static bool two_steps(struct store *s, struct str from, struct str via, struct str to,
		      struct str day, struct rate *first, struct rate *second)
{
	return one_step(s, from, via, day, first) && one_step(s, via, to, day, second);
}

/* Through the database's currency, else through any other, in alphabetical order. */
static bool by_way(struct store *s, struct str from, struct str to, struct str day,
		   struct rate *first, struct rate *second)
{
	struct arena a = { 0 };
	struct sql q = { .arena = &a };
	bool found = two_steps(s, from, str_of(s->settings.currency), to, day, first, second);
	sql_add(&q, "select currency from exchange_rate union select to_currency from"
		    " exchange_rate order by 1");
	struct stmt *rows = found ? NULL : db_query(s->db, &q);
	while (!found && stmt_step(rows)) {
		struct str via = arena_str(&a, stmt_value(rows, 0).s);
		found = two_steps(s, from, via, to, day, first, second);
	}
	stmt_close(rows);
	sql_free(&q);
	arena_free(&a);
	return found;
}

bool rate_find(struct store *s, struct str from, struct str to, struct str day, struct rate *out,
	       struct diag *d)
{
	struct rate first, second = { 1, 1 };
	if (!one_step(s, from, to, day, &first) && !by_way(s, from, to, day, &first, &second))
		return diag_set(d, "currency", "there is no exchange rate from %s to %s for %s",
				arena_str(&d->arena, from).p, arena_str(&d->arena, to).p,
				arena_str(&d->arena, day).p);
	/* Each is below 2^63: two of them fit, and what they are scaled by is seen to. */
	*out = reduced(first.num * second.num, first.den * second.den);
	int digits = currency_digits(to) - currency_digits(from);
	if (__builtin_mul_overflow(out->num, power_of_ten(digits), &out->num) ||
	    __builtin_mul_overflow(out->den, power_of_ten(-digits), &out->den))
		return diag_set(d, "currency", "the exchange rate is beyond what can be counted");
	*out = reduced(out->num, out->den);
	return true;
}

bool rate_apply(const struct rate *r, int64_t minor, int64_t *out)
{
	wide product, half = r->den / 2;
	if (__builtin_mul_overflow(r->num, (wide)minor, &product) ||
	    __builtin_add_overflow(product, minor < 0 ? -half : half, &product))
		return false;
	product /= r->den;
	*out = (int64_t)product;
	return product <= INT64_MAX && product >= INT64_MIN;
}
