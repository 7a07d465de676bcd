/* What lines come to. */
#include "schema/line.h"

#include "schema/check.h"

/* half away from zero; of > 0 */
static wide rounded(wide number, wide of)
{
	wide half = of / 2;
	return (number < 0 ? number - half : number + half) / of;
}

static bool fits(wide x)
{
	return x <= LINE_MAX && x >= -LINE_MAX;
}

/* An amount with the tax in it, without it. */
static wide without_tax(wide x, int64_t rate)
{
	const wide whole = 100 * (wide)NUMBER_ONE;
	return rounded(x * whole, whole + rate);
}

bool line_amounts(const struct line *l, struct line_amounts *out)
{
	const wide whole = 100 * (wide)NUMBER_ONE;
	wide gross = (wide)l->quantity * l->unit_price;
	wide cost = l->has_cost ? rounded((wide)l->quantity * l->unit_cost, NUMBER_ONE) : 0;
	wide before = rounded(gross, NUMBER_ONE);
	if (!fits(before) || !fits(cost)) /* from here on nothing can overflow */
		return false;
	wide after = rounded(gross * (whole - l->discount), whole * NUMBER_ONE) - l->told_discount;
	wide amount = l->tax_included ? without_tax(after, l->tax_rate) - l->told_tax : after;
	wide tax =
	    l->tax_included ? after - amount : rounded(after * l->tax_rate, whole) + l->told_tax;
	if (!fits(tax) || !fits(amount))
		return false;
	if (l->told_discount)
		before = amount + l->told_discount;
	else if (l->tax_included)
		before = without_tax(before, l->tax_rate) - l->told_tax;
	*out = (struct line_amounts){ (int64_t)amount, (int64_t)(before - amount), (int64_t)tax,
				      (int64_t)cost };
	return true;
}

int64_t line_share(int64_t amount, int64_t part, int64_t quantity)
{
	wide product = (wide)amount * part;
	return (int64_t)(quantity < 0 ? rounded(-product, -(wide)quantity)
				      : rounded(product, quantity));
}

void totals_add(struct totals *t, const struct record *line)
{
	int64_t amount = int_of(line, "amount"), tax = int_of(line, "tax");
	int64_t discount = int_of(line, "discount_amount");
	t->subtotal += (wide)amount + discount;
	t->discount += discount;
	t->tax += tax;
	t->cost += int_of(line, "cost");
	t->cost_known = t->cost_known && is_set(line, "cost");
	if (!entity_field(line->entity, STR("returned")) || !is_set(line, "returned"))
		return;
	int64_t back = int_of(line, "returned"), quantity = int_of(line, "quantity");
	if (!quantity)
		return;
	t->returned += line_share(amount, back, quantity);
	t->returned_tax += line_share(tax, back, quantity);
}

static bool in_range(const struct record *r, const char *name, int64_t most, struct diag *d)
{
	int64_t n = int_of(r, name);
	return (n >= 0 && n <= most) || diag_set(d, name, "it is a percentage from 0 to %lld",
						 (long long)(most / NUMBER_ONE));
}

/* Part of the quantity, on the same side of 0. */
static bool returned_in_range(const struct record *r, struct diag *d)
{
	if (!entity_field(r->entity, STR("returned")))
		return true;
	int64_t n = int_of(r, "quantity"), back = int_of(r, "returned");
	bool part = n < 0 ? back <= 0 && back >= n : back >= 0 && back <= n;
	return part || diag_set(d, "returned", "more came back than there was");
}

static void set_amounts(struct record *r, const struct line_amounts *a, bool has_cost)
{
	const struct value *price = record_at(r, "unit_price");
	const struct {
		const char *name;
		int64_t amount;
	} all[] = { { "amount", a->amount },
		    { "discount_amount", a->discount_amount },
		    { "tax", a->tax },
		    { "cost", a->cost } };
	for (size_t i = 0; i < countof(all); i++) {
		struct value *v = record_get(r, all[i].name);
		*v = value_int(all[i].amount);
		v->scale = price->scale;
	}
	if (!has_cost)
		set_null(r, "cost");
}

bool line_stands_in(const struct record *r)
{
	return entity_field(r->entity, STR("stand_in")) && is_true(r, "stand_in");
}

/* The amount that was told, where no percentage says it, nor did until now. */
static int64_t told(const struct record *r, const struct record *old, const char *amount,
		    const char *percent)
{
	bool known = is_set(r, percent) || (old && is_set(old, percent));
	return known ? 0 : int_of(r, amount);
}

bool check_line(struct record *r, const struct record *old, const struct codec *c, struct diag *d)
{
	struct line_amounts amounts;
	if (!is_set(r, "tax_included"))
		*record_get(r, "tax_included") = value_int(false);
	if (!in_range(r, "discount", DISCOUNT_MAX, d) ||
	    !in_range(r, "tax_rate", TAX_RATE_MAX, d) || !returned_in_range(r, d))
		return false;
	if (!is_set(r, "product") && !is_set(r, "description"))
		return diag_set(d, "product", "a line needs a product or a description");
	if (!is_set(r, "unit_price"))
		return diag_set(d, "unit_price",
				"there is no price: neither here nor on the product");
	if (line_stands_in(r) && (c->trusted || c->restoring))
		return true;
	struct line l = {
		.quantity = int_of(r, "quantity"),
		.unit_price = int_of(r, "unit_price"),
		.discount = int_of(r, "discount"),
		.tax_rate = int_of(r, "tax_rate"),
		.tax_included = is_true(r, "tax_included"),
		.has_cost = is_set(r, "unit_cost"),
		.unit_cost = int_of(r, "unit_cost"),
		.told_discount = told(r, old, "discount_amount", "discount"),
		.told_tax = told(r, old, "tax", "tax_rate"),
	};
	if (!line_amounts(&l, &amounts))
		return diag_set(d, "amount", "the line comes to more than can be counted");
	set_amounts(r, &amounts, l.has_cost);
	return true;
}

static bool set_amount(struct record *r, const char *name, wide amount, struct diag *d)
{
	enum { SHARE = 100 }; /* of the whole range of integers: sums of these still fit */
	if (amount > INT64_MAX / SHARE || amount < INT64_MIN / SHARE)
		return diag_set(d, name, "the lines come to more than can be counted");
	struct value *v = record_get(r, name);
	*v = value_int((int64_t)amount);
	v->scale = (uint8_t)currency_digits(text_of(r, "currency"));
	return true;
}

bool totals_put(const struct totals *t, struct record *r, struct diag *d)
{
	if (!entity_field(r->entity, STR("subtotal")))
		return set_amount(r, "amount", t->subtotal - t->discount, d);
	if (!set_amount(r, "subtotal", t->subtotal, d) ||
	    !set_amount(r, "discount", t->discount, d) || !set_amount(r, "tax", t->tax, d) ||
	    !set_amount(r, "cost", t->cost, d))
		return false;
	if (!t->cost_known)
		set_null(r, "cost");
	return !entity_field(r->entity, STR("returned")) ||
	       (set_amount(r, "returned", t->returned, d) &&
		set_amount(r, "returned_tax", t->returned_tax, d));
}

/*
 * What of it all the customer has paid, and what is due.  Nobody pays off what is owed no
 * more: an order that is called off or came back whole gets no day on which all was paid.
 */
static bool settle_payment(struct record *r, const struct record *old, const struct codec *c,
			   struct diag *d)
{
	int64_t paid = int_of(r, "paid");
	wide due = (wide)int_of(r, "total") - int_of(r, "returned") - int_of(r, "returned_tax");
	if (str_is(text_of(r, "status"), "cancelled"))
		due = 0;
	if (!set_amount(r, "balance", due - paid, d))
		return false;
	bool owed = due > 0 || c->seeding || (old && is_set(old, "paid_on"));
	if (due > paid || paid <= 0 || !owed)
		set_null(r, "paid_on");
	else if (!is_set(r, "paid_on"))
		set_text(r, "paid_on", day_print(zone_day(c->settings->calendar.now), c->arena));
	return true;
}

bool header_amounts(struct record *r, const struct record *old, const struct codec *c,
		    struct diag *d)
{
	static const char *const sums[] = { "subtotal", "discount", "tax",
					    "paid",	"returned", "returned_tax" };
	bool order = entity_field(r->entity, STR("shipping_fee")) != NULL;
	wide shipping = order ? int_of(r, "shipping_fee") : 0;
	wide rest = (wide)int_of(r, "tax") - int_of(r, "discount");
	bool seeded = c->seeding && is_set(r, "total") && changed(r, old, "total");
	for (size_t i = 0; i < countof(sums); i++)
		if (entity_field(r->entity, str_of(sums[i])) && !is_set(r, sums[i]))
			set_amount(r, sums[i], 0, d);
	if (seeded && !set_amount(r, "subtotal", int_of(r, "total") - shipping - rest, d))
		return false;
	wide net = (wide)int_of(r, "subtotal") - int_of(r, "discount");
	if (!set_amount(r, "total", int_of(r, "subtotal") + rest + shipping, d))
		return false;
	if (!is_set(r, "cost"))
		set_null(r, "margin");
	else if (!set_amount(r, "margin", net - int_of(r, "cost"), d))
		return false;
	return !order || settle_payment(r, old, c, d);
}

static const char *const wholes[] = { "deal", "quote", "order" };
static const char *const lines[] = { "deal_line", "quote_line", "order_line" };

const struct entity *line_entity(const struct schema *s, const struct entity *whole)
{
	for (size_t i = 0; i < countof(wholes); i++)
		if (!strcmp(whole->name, wholes[i]))
			return schema_entity(s, str_of(lines[i]));
	return NULL;
}

const struct entity *line_whole(const struct schema *s, const struct entity *line)
{
	for (size_t i = 0; i < countof(lines); i++)
		if (!strcmp(line->name, lines[i]))
			return schema_entity(s, str_of(wholes[i]));
	return NULL;
}

struct str document_day(const struct record *whole)
{
	static const char *const days[] = { "quoted_on", "ordered_on" };
	for (size_t i = 0; i < countof(days); i++)
		if (entity_field(whole->entity, str_of(days[i])))
			return text_of(whole, days[i]);
	return (struct str){ "", 0 };
}
