/* What the two files of the journeys share: whose a touch is, and the touches. */
#ifndef CRM_REPORT_JOURNEY_IMPL_H
#define CRM_REPORT_JOURNEY_IMPL_H

#include "report/journey.h"

enum tag { OF_DEAL, OF_LEAD, OF_ACCOUNT, OF_CONTACT, TAGS };

/* References to numbers: one table for all types. */
struct table {
	struct slot {
		int64_t key; /* id and tag; 0: free */
		uint32_t number;
	} * slots;
	size_t n, mask;
};

struct reading {
	struct study *study;
	struct journeys *out;
	const struct pass *pass; /* over the touches */
	struct table table;
	uint32_t *by_contact; /* numbers of deals, each contact's in time */
	struct {
		int64_t id;
		enum tag tag;
		const struct slot *slot;
	} last; /* account or contact that was looked up: touches come one after the other */
	struct map points;
	struct noted {
		int64_t n;	       /* touches */
		int64_t first;	       /* of those that are somebody's: its place among all */
	} * noted;		       /* of each point */
	uint32_t recent[TOUCH_RECENT]; /* points that came lately, + 1; 0: none */
	bool all;		       /* deals are read, whichever are chosen later, */
	int64_t *places;	       /* and of each touch its place among all is kept */
	size_t deals_room, touches_room, points_room, noted_room, places_room;
	size_t next; /* deal that probably is chosen next */
};

/* The closed deals, t0: kinds of stages are rows of the database, too. */
#define JOURNEY_DEALS                                             \
	" from stage s cross join deal t0 where s.kind <> 'open'" \
	" and t0.stage = s.key and t0.pipeline = s.pipeline"

/* journey_deals.c */
void journey_deals_sql(struct sql *q);
void journey_deals_read(struct reading *r);   /* the closed deals, and which of them are chosen */
void journey_deals_choose(struct reading *r); /* of all that were read those that are */
void journey_deals_forget(struct reading *r); /* by whom they are found */
/* Where whose touch it is begins, NULL: nobody's; by which reference is then in *by. */
const struct slot *journey_found(struct reading *r, const int64_t ids[TAGS], enum tag *by);
/* Whose of these it is, unless that was closed before it. */
struct closed_deal *journey_deal_at(const struct reading *r, const struct slot *s, enum tag by,
				    int64_t at);

#endif
