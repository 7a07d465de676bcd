/* Exact amounts: integers of the currency's minor unit (cents, xu; đồng has none). */
#ifndef CRM_CORE_MONEY_H
#define CRM_CORE_MONEY_H

#include "core/arena.h"
#include "core/base.h"
#include "core/diag.h"

/* For products and sums of amounts, before they are divided or found to fit. */
__extension__ typedef __int128 wide;

/* Digits behind the decimal point by ISO 4217 (VND 0, USD 2, KWD 3); -1: no such currency. */
int currency_digits(struct str code);

/* The canonical upper-case code of static life, or NULL. */
const char *currency_code(struct str code);

/*
 * Exact decimal: value × 10^-scale.  Reads [+-]digits[.digits], also 1e3 and
 * 12.50e-1 as JSON writes numbers.  False (no diag) when it is no such number or
 * does not fit in 64 bits.  scale is the number of digits behind the point.
 */
bool decimal_parse(struct str s, int64_t *value, int *scale);

/* To `to` digits behind the point; false if that would lose a digit other than 0, or overflow. */
bool decimal_rescale(int64_t value, int from, int to, int64_t *out);

/* 123450, 2 → "1234.50"; plain, for machines. */
struct str decimal_print(int64_t value, int scale, struct arena *a);

/* Minor units as messages say them: 123450, "USD" → "1234.50 USD". */
struct str money_text(int64_t minor, struct str currency, struct arena *a);

/* For people: digits in groups of three. group and point are '.', ',' or ' '. */
struct str decimal_group(int64_t value, int scale, char group, char point, struct arena *a);

struct money_style {
	const char *currency; /* of a text that names none */
	char group, point;    /* as the locale writes numbers; 0: unknown */
};

struct money {
	int64_t minor;
	const char *currency; /* static */
	bool named;	      /* the text itself named the currency */
};

/*
 * cli.md, "Values", Money: 1500000 · 1.500.000 · 1,500,000.50 · 19.99 · 250 USD ·
 * USD 250 · $250 · 250 000 ₫ · 1500000đ · 15tr · 1,5 tỷ · 500k · 1tr5 (1,500,000) ·
 * 2 triệu · 120 nghìn · -15tr · 1 tỷ 200 triệu · 2 nghìn tỷ · 1.5e6.  $ is the
 * dollar of the style where that has one, else the US one.  A lone separator followed by three
 * digits groups where the currency has no minor unit or the style says it groups; otherwise it is
 * the decimal point; where it could be both (1.500 in USD with no style) it is refused as
 * ambiguous.  In a currency without minor units 1.5 is refused (but 1,5tr is not).  False with diag
 * (field NULL).
 */
bool money_parse(struct str text, const struct money_style *style, struct money *out,
		 struct diag *d);

#endif
