/*
 * What a line of a deal, quote or order comes to, and what the whole comes to: exact.
 *
 * Amounts are minor units of one currency; quantities and percentages are in millionths
 * (type_number).  "Rounded" is always half away from zero, to the minor unit.  Each line is
 * rounded by itself, and the whole is the plain sum of its lines: so what a reader adds up on
 * paper is what stands below.
 *
 *   before   = rounded(quantity × unit_price)
 *   after    = rounded(quantity × unit_price × (1 − discount / 100))
 *
 *   tax on top           amount = after,  discount_amount = before − after,
 *                        tax = rounded(amount × tax_rate / 100)
 *   tax in the price     amount = rounded(after / (1 + tax_rate / 100)),  tax = after − amount,
 *                        discount_amount = rounded(before / (1 + tax_rate / 100)) − amount
 *   cost                 = rounded(quantity × unit_cost)
 *
 * What another system says of a line in amounts and not in percent, an import brings as they are:
 * without a rate tax is what was told, without a percentage discount_amount; amount follows, as
 * after = before − discount_amount, and with the tax in it amount = after − tax.
 *
 * so amount + tax is to the unit what the customer pays, with the tax inside or on top.
 *
 *   subtotal = Σ (amount + discount_amount)      discount = Σ discount_amount
 *   tax      = Σ tax                             total    = subtotal − discount + tax + shipping
 *   cost     = Σ cost, unknown where any line's is       margin = subtotal − discount − cost
 *   balance  = total − returned − returned_tax − paid    (nothing is due of a cancelled order)
 *
 * paid is what was paid less what was paid back; balance below 0 is to be paid back.
 *
 * Of a line part of which came back: rounded(x × returned / quantity) of each of its amounts,
 * so that what is returned whole is returned to the unit.
 */
#ifndef CRM_SCHEMA_LINE_H
#define CRM_SCHEMA_LINE_H

#include "core/money.h"
#include "schema/schema.h"

struct line {
	int64_t quantity, unit_price, discount, tax_rate;
	bool tax_included;
	bool has_cost; /* unit_cost is known */
	int64_t unit_cost;
	int64_t told_discount, told_tax; /* amounts where there is no percentage */
};

struct line_amounts {
	int64_t amount, discount_amount, tax, cost; /* cost: 0 where it is not known */
};

/*
 * discount is 0 to 100, tax_rate 0 to 1000 percent.  False where an amount is beyond
 * LINE_MAX either way, which is what a JSON number carries exactly.
 */
enum { DISCOUNT_MAX = 100 * NUMBER_ONE, TAX_RATE_MAX = 1000 * NUMBER_ONE };
#define LINE_MAX (INT64_C(1) << 53)
bool line_amounts(const struct line *l, struct line_amounts *out);

/* The share of an amount that part of the quantity has; part is 0 to quantity, quantity not 0. */
int64_t line_share(int64_t amount, int64_t part, int64_t quantity);

/* Running sums; { .cost_known = true } is of no line at all. */
struct totals {
	wide subtotal, discount, tax, cost;
	wide returned, returned_tax;
	bool cost_known;
};

/* One more line (a record of deal_line, quote_line or order_line, complete). */
void totals_add(struct totals *t, const struct record *line);

/* Whether it stands for lines that are not known: what an import brought as a whole. */
bool line_stands_in(const struct record *line);

/*
 * The check of the three line types: quantity, price and rates are in range; the derived
 * amounts are filled in.  A stand-in keeps the amounts that it was made with.
 */
bool check_line(struct record *r, const struct record *old, const struct codec *c, struct diag *d);

/*
 * Completes a quote or order from the sums over its lines (subtotal discount tax cost
 * returned returned_tax): total, margin, balance, paid_on.  Where an import brings a total
 * and no sums, the subtotal follows from it.  False with diag: beyond what can be counted.
 */
bool header_amounts(struct record *r, const struct record *old, const struct codec *c,
		    struct diag *d);

/* The sums into the record r of the whole; for a deal its amount.  False with diag as above. */
bool totals_put(const struct totals *t, struct record *r, struct diag *d);

/* The record type of the lines of a deal, quote or order; NULL: it has none. */
const struct entity *line_entity(const struct schema *s, const struct entity *whole);

/* What a line is a line of; NULL: it is no line. */
const struct entity *line_whole(const struct schema *s, const struct entity *line);

/* The day whose exchange rates a document goes by; "" where it has none of its own. */
struct str document_day(const struct record *whole);

#endif
