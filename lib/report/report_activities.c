/* activities: who does what, and how often. */
#include "report/report.h"

static const struct dimension dimensions[] = {
	{ "kind", "kind" },	  { "direction", "direction" }, { "status", "status" },
	{ "user", "owner" },	  { "owner", "owner" },		{ "team", "owner.team" },
	{ "channel", "channel" }, { "outcome", "outcome" },	{ 0 },
};

static const struct measure measures[] = {
	{ "count", "activities", UNIT_COUNT, HOW_SUM, .take = NULL },
};

const struct report report_activities = {
	.name = "activities",
	.title = "Activities",
	.entity = "activity",
	.time = { "done_at", "due_at", "created_at" },
	.by = "kind,direction,status",
	.dimensions = dimensions,
	.measures = measures,
	.nmeasures = countof(measures),
	.main = "count",
	.definition =
	    "Activities of every kind.  They are counted when they were done (done_at); those\n"
	    "not done when they are due (due_at); those without either when they were made\n"
	    "(created_at).  They count for their owner.",
};
