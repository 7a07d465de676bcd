/*
 * A naive Bayes classifier of records that are won or lost, as predictive lead scoring does it
 * (Odoo's crm.lead.scoring.frequency): counting alone, nothing of the database.
 *
 * A record is of a team (or none) and a scope, such as a pipeline; it has come to a stage of
 * the scope and has values of features.  Of each value its won and lost records are counted,
 * team by team; a won record counts in every stage of its scope, a lost one in the stages up
 * to its own.  Then, of a record of the team that has a table,
 *
 *	w(v) = won records with v + 0.1, l(v) = lost ones + 0.1: where any is counted
 *	W = w(first stage), L = l(first stage)
 *	S_won = W/(W+L) × w(stage)/W × Π w(v) / Σ w(of the feature's values)
 *	S_lost likewise with l and L;  P = S_won / (S_won + S_lost)
 *
 * in percent with two decimals, never below 0.01 or above 99.99.  A record without team, or of
 * a team without a table, uses the sums over all teams of the smoothed counts, those of no team
 * included.  A value that was never counted says nothing.  A label of tags that fewer than
 * tags_least records of a team have is left out there.
 */
#ifndef CRM_DOMAIN_BAYES_H
#define CRM_DOMAIN_BAYES_H

#include "core/map.h"

enum { BAYES_STAGE = 0, BAYES_FEATURES = 64, BAYES_NO_TEAM = 0, BAYES_TEAMS = 1024 };

/* Of one value, or of all values of a feature, in a team's table or all together. */
struct bayes_count {
	int64_t won, lost;
	int64_t tables; /* values and teams that are added up here: 0.1 each */
};

/* A value of a feature in a scope. */
struct bayes_value {
	size_t scope, feature;
	struct str text; /* as it was first met */
	struct bayes_count all;
};

struct bayes {
	struct map known; /* scope, feature, value → number + 1 */
	struct bayes_value *values;
	size_t n, room;
	struct map cells; /* value and team → number + 1 */
	struct bayes_cell {
		uint32_t value, team;
		int64_t won, lost;
	} * of;
	size_t ncells, cells_room;
	struct map totals; /* scope, feature and team → number + 1; team + 1, 0: of all */
	struct bayes_count *sums;
	size_t nsums, sums_room;
	bool tags[BAYES_FEATURES]; /* features that are labels */
	int64_t tags_least;
	struct arena arena;
};

enum { BAYES_VALUES = 256 };

/* What is known of one record. */
struct bayes_record {
	size_t scope;
	uint32_t team;	  /* from 1; BAYES_NO_TEAM */
	bool won, lost;	  /* neither: it is open */
	uint32_t *stages; /* numbers of values: of the scope's stages, in order */
	size_t nstages;
	size_t stage; /* place in stages of where it stands, or stood when it was lost */
	uint32_t values[BAYES_VALUES]; /* numbers; BAYES_UNKNOWN: never counted */
	size_t n;
};

#define BAYES_UNKNOWN UINT32_MAX

void bayes_free(struct bayes *b);

/*
 * The number of a value.  `make`: gives it one where it has none, else BAYES_UNKNOWN.  The text is
 * compared byte for byte; `shown` is kept for people.
 */
uint32_t bayes_value(struct bayes *b, size_t scope, size_t feature, struct str text,
		     struct str shown, bool make);

/* Counts a record that is won or lost (sign 1), or takes it out again (-1). */
void bayes_count(struct bayes *b, const struct bayes_record *r, int sign);

/* Smoothed. */
struct bayes_odds {
	double won, lost;	      /* of the value */
	double won_total, lost_total; /* by which they are divided */
};

/* Whose counts a record is held against. */
struct bayes_view {
	const struct bayes *bayes;
	const struct bayes_record *record;
	bool all;		 /* those of all teams together */
	struct bayes_odds prior; /* the first stage's, W and L, over W + L */
};

/* False: there is no history that could say anything. */
bool bayes_look(const struct bayes *b, const struct bayes_record *r, struct bayes_view *out);

/* Of the i-th value, or of the stage (i = record->n).  False: it says nothing. */
bool bayes_factor(const struct bayes_view *v, size_t i, struct bayes_odds *out);

/* Of one value in a team's table; false: there is nothing. */
bool bayes_known(const struct bayes *b, uint32_t value, uint32_t team, struct bayes_odds *out);

/* Percent, not rounded and not held. */
double bayes_percent(const struct bayes_view *v);

/* With two decimals, within 0.01 and 99.99. */
double bayes_rounded(double percent);

#endif
