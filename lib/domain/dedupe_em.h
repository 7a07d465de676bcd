/*
 * Levels of agreement, and how their weights are learned without labels.
 *
 * Fellegi & Sunter, "A theory for record linkage", JASA 64 (1969): each level has a
 * probability m among pairs that are one person and u among pairs that are not; m, and
 * how many pairs are one person, come from expectation-maximisation (Winkler 1988).
 */
#ifndef CRM_DOMAIN_DEDUPE_EM_H
#define CRM_DOMAIN_DEDUPE_EM_H

#include "core/base.h"

enum level { LEVEL_MISSING, LEVEL_SAME, LEVEL_NEAR, LEVEL_PART, LEVEL_OTHER, LEVELS };

/*
 * New probabilities of the levels from how often each was seen (by weight), drawn to
 * `prior` as if that had been seen `strength` times.  LEVEL_MISSING says nothing and is 1.
 */
void level_estimate(const double seen[LEVELS], const double prior[LEVELS], double strength,
		    double out[LEVELS]);

#endif
