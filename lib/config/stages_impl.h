/* What the two files of the stages share. */
#ifndef CRM_CONFIG_STAGES_IMPL_H
#define CRM_CONFIG_STAGES_IMPL_H

#include "config/stages.h"

/* A stage as the text wants it. */
struct want {
	const struct config_item *item;
	struct stage stage;
	bool retired;
	const char *was;
	const struct stage *have; /* under this key or the old one; NULL: new */
	bool had_retired, renames;
};

struct stages {
	const char *pipeline, *path;
	const struct pipeline *have;
	struct want *want;
	size_t n;
	const struct stage **gone; /* to remove */
	size_t ngone;
};

extern const char *const stage_words[3]; /* by enum stage_kind */

/* The stage that w->item is about; false after mistakes. */
bool stage_read(struct config *c, const struct stages *s, struct want *w);

#endif
