/*
 * How often deals that came into a stage were won: learned from the stages that closed deals
 * went through.  Of those that were ever in it, the share that is in a stage of kind won now;
 * each deal counts once a stage, in the pipeline that it is in.
 */
#ifndef CRM_REPORT_CHANCES_H
#define CRM_REPORT_CHANCES_H

#include "store/store.h"

struct chances;

/* Reads the history once; what it returns is the arena's. */
const struct chances *chances_learn(struct store *s, struct arena *a);

struct job;

/* What it reads, as a report's `besides`. */
bool chances_besides(const struct job *j, struct sql *q, size_t i);

/* won of closed deals; false: none that is closed has been there. */
bool chances_of(const struct chances *c, struct str pipeline, struct str stage, int64_t *won,
		int64_t *closed);

#endif
