/*
 * The touchpoints before each closed deal: one pass over the activities, one over the events.
 * Private to lib/report.
 *
 * A touch is a done activity (its channel, else its kind; notes and tasks without a channel
 * are nobody's touch) or what a customer did (the kind of an event).  It belongs to the deal
 * that it is about, else to the one that its lead became, else to the first of its account,
 * else contact, that was closed after it.
 */
#ifndef CRM_REPORT_JOURNEY_H
#define CRM_REPORT_JOURNEY_H

#include "report/study.h"

struct closed_deal {
	int64_t id, account, contact, lead; /* 0: none */
	int64_t at;			    /* instant it was closed */
	bool won, chosen;
	size_t first, n;      /* of touches; of chosen ones */
	int64_t amount;	      /* minor units, 0: none; of chosen ones */
	const char *currency; /* ISO 4217 code; likewise */
};

struct touch {
	int64_t at;
	uint32_t deal, point; /* numbers */
};

struct journeys {
	struct closed_deal *deals;
	size_t ndeals;
	struct touch *touches; /* deal by deal, in time */
	size_t ntouches;
	struct str *points; /* keys of the touchpoints, by number */
	size_t npoints;
	struct arena arena;
	/*
	 * Told how many touches of a point were read, whosoever they are, where all are read
	 * (journeys_whole); or NULL.  Set, with what it is given, before they are read.
	 */
	void (*touched)(void *by, struct str point, int64_t n);
	void *by;
};

/* Neither -w nor a time leaves any of the source's records out. */
bool journeys_whole(const struct job *j);
/* What runs of the sources: the ways of all deals have read all touches already. */
bool journeys_ask(const struct job *j, const struct source *s);
/* The closed deals that -w, --from, --to and the role leave, and their touches. */
void journeys_read(struct study *s, struct journeys *out);
bool journeys_besides(const struct job *j, struct sql *q, size_t i); /* as struct report has it */
extern const char *const journey_paths[]; /* of the deal, as struct source has them */
void journeys_free(struct journeys *j);

/* Whether it is anybody's touch. */
bool touch_of_activity(struct str point); /* of a done one: its channel, else its kind */
bool touch_of_event(struct str kind);	  /* the kind is the touchpoint */

/* Where a touchpoint is among those that came lately: there are few, which come again and again. */
enum { TOUCH_RECENT = 64 };
static inline size_t touch_place(struct str point)
{
	return point.n ? (point.n * 31 + (unsigned char)point.p[point.n - 1]) % TOUCH_RECENT : 0;
}

/* What people call touchpoints, separated by ; in the key. */
key_namer touch_words;

#endif
