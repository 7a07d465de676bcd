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
	size_t mask;
};

/* The deals of accounts, or of contacts, in time. */
struct closing {
	int64_t at;
	uint32_t deal; /* number */
	bool last;     /* of this account or contact */
};

struct reading {
	struct study *study;
	struct journeys *out;
	struct table table;
	struct closing *by_account, *by_contact;
	struct map points;
	int64_t *noted; /* of each point: the place of the first of its touches among all */
	size_t deals_room, touches_room, points_room, noted_room;
};

/* The closed deals, t0: kinds of stages are rows of the database, too. */
#define JOURNEY_DEALS                                             \
	" from stage s cross join deal t0 where s.kind <> 'open'" \
	" and t0.stage = s.key and t0.pipeline = s.pipeline"

/* journey_deals.c */
void journey_deals_sql(struct sql *q);
void journey_deals_read(struct reading *r);   /* the closed deals, and which of them are chosen */
void journey_deals_forget(struct reading *r); /* by whom they are found */
/* Whose touch it is, NULL: nobody's; by which reference is then in *by. */
struct closed_deal *journey_deal_of(const struct reading *r, const int64_t ids[TAGS], int64_t at,
				    enum tag *by);

/* A reference of a row, 0: none. */
static inline int64_t journey_id(struct stmt *s, size_t column)
{
	struct value v = stmt_value(s, column);
	return v.kind == V_INT ? v.i : 0;
}

#endif
