/* The stages of one pipeline: for section_pipelines.c. */
#ifndef CRM_CONFIG_STAGES_H
#define CRM_CONFIG_STAGES_H

#include "config/config.h"

struct stages;

void stages_show(struct emit *e, const struct pipeline *p, struct arena *a);

/*
 * Plans the stages of a pipeline of that key; `have`: as it is (maybe under another
 * key), NULL: new.  Mistakes and differences are reported; NULL after mistakes.
 */
struct stages *stages_plan(struct config *c, const struct yaml *y, const char *path,
			   const char *key, const struct pipeline *have);

/* Writes them, once the pipeline has its key; with the deals that they rename. */
void stages_write(struct config *c, const struct stages *s);

/* Deals that stand in that stage. */
int64_t stage_deals(struct store *s, const char *pipeline, const char *stage);

#endif
