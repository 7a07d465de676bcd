/* What the files that read the section scoring share. */
#ifndef CRM_CONFIG_SCORING_IMPL_H
#define CRM_CONFIG_SCORING_IMPL_H

#include "config/config.h"
#include "config/scoring.h"

/* The lists that stand at y, into s.  False after a mistake; what is right is in s all the same. */
bool score_read_rules(struct config *c, const struct yaml *y, const char *path, struct scoring *s);
bool score_read_tiers(struct config *c, const struct yaml *y, const char *path, struct scoring *s);

/* All of the section but the parts that `unless` has (NULL: none). */
bool score_read_parts(struct config *c, const struct yaml *y, const struct yaml *unless,
		      struct scoring *s);

/* Adds what ships in the place of the parts that y, which was read into s, leaves out. */
void score_complete(struct config *c, const struct yaml *y, struct scoring *s);

#endif
