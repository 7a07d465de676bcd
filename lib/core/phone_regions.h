/* The numbering of each region: what phone.c reads numbers by. */
#ifndef CRM_CORE_PHONE_REGIONS_H
#define CRM_CORE_PHONE_REGIONS_H

#include "core/base.h"

/*
 * Prefixes are set apart by blanks, the longest first.  A plan is "9:35[2-8] 10,11:2":
 * numbers of 9 digits begin with 3 or with 52 to 58, those of 10 and 11 with 2.
 */
struct region {
	char iso[3], code[4];
	const char *trunk;  /* what is dialled before national numbers */
	const char *abroad; /* and before international ones, besides 00 */
	const char *area;   /* "7:268": numbers of 7 digits lack the area 268; mostly "" */
	const char *plan;   /* of national numbers without trunk prefix */
	const char *mobile; /* of mobiles among them, as far as their digits tell */
	bool always_trunk;  /* mobiles are written with the trunk prefix, never without */
};

enum { E164_MAX = 15 }; /* digits of any number */

/* phone_table.c, in the order of iso. */
extern const struct region phone_table[];
extern const size_t nphone_table;

/* By its ISO 3166 code, or NULL. */
const struct region *region_find(struct str iso);

/* The first region, or the next `after` one, whose calling code begins `digits`; else NULL. */
const struct region *region_dialled(struct str digits, const struct region *after);

/* Digits of a national number, and what stood between them as bits: bit i, after i digits. */
struct national {
	struct str digits;
	uint64_t gaps;	 /* a blank, dot, dash … */
	uint64_t closed; /* a closing bracket */
};

/*
 * The national number (no trunk prefix) that it is today, put into out where its digits
 * have changed: the old ones stay in address books for years.
 */
struct str region_today(const struct region *r, const struct national *n, char out[E164_MAX]);

/* Whether a national number of today (no trunk prefix) can be one of the plan. */
bool plan_fits(const char *plan, struct str national);

#endif
