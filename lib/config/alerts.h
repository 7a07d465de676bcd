/*
 * The kinds of alerts, and from when on they are raised: what is shipped, and what the section
 * `alerts` of the configuration says instead.
 *
 *	alerts:
 *	  - cross_sell: {lift: 1.5, confidence: 30}
 *	  - vip_silent: {tiers: [vip], days: 14}
 *	  - trend: off
 */
#ifndef CRM_CONFIG_ALERTS_H
#define CRM_CONFIG_ALERTS_H

#include "config/config.h"

/* As in alert_kinds, and in the picklist alert.kind, which has their labels. */
enum alert_number {
	ALERT_CROSS_SELL,
	ALERT_UP_SELL,
	ALERT_SWITCH_SELL,
	ALERT_DUE_REORDER,
	ALERT_CHURN_RISK,
	ALERT_FALLING_MARGIN,
	ALERT_BELOW_TARGET,
	ALERT_TREND,
	ALERT_BIG_DEAL_STUCK,
	ALERT_VIP_SILENT,
	ALERT_KINDS
};

/* A threshold.  A number, where `most` is above 0; else words, separated by blanks. */
struct alert_option {
	const char *name, *help; /* lower case, no full stop */
	const char *def;
	double least, most;
	const char *words; /* that it may be, one or (several) more; NULL: tiers of accounts */
	bool several;
};

struct alert_kind {
	const char *key;
	const char *help;
	const char *of;			    /* record types that it is about */
	const struct alert_option *options; /* end with a row without name */
};

extern const struct alert_kind alert_kinds[ALERT_KINDS];

enum { ALERT_OPTIONS_MAX = 6 };

/* What is in force. */
struct alerts {
	struct alert_rule {
		bool off;
		const char *values[ALERT_OPTIONS_MAX]; /* in the order of the kind's options */
	} rules[ALERT_KINDS];
};

/*
 * As configured, else as shipped, in `a`.  NULL with diag: what is configured is right no
 * longer, as where a tier of accounts went.
 */
const struct alerts *alerts_get(struct store *s, struct arena *a, struct diag *d);

/* The value of one of the kind's options, which has it. */
double alert_number(const struct alerts *all, enum alert_number kind, const char *option);
const char *alert_words(const struct alerts *all, enum alert_number kind, const char *option);
bool alert_has_word(const struct alerts *all, enum alert_number kind, const char *option,
		    const char *word);

#endif
