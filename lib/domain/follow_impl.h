/* What the files of crm-follow's engine share.  Private to lib/domain/follow*.c. */
#ifndef CRM_DOMAIN_FOLLOW_IMPL_H
#define CRM_DOMAIN_FOLLOW_IMPL_H

#include "domain/follow.h"
#include "query/select.h"
#include "store/followed.h"

enum { BATCH = 1000 }; /* changes, dates, or firings that one transaction looks at */

/* An occasion that was found. */
struct found {
	int64_t id;
	int64_t at;
	struct str key; /* "change-12", "birth_date 2026" */
	bool ends;	/* it may only end a state: see goes_round */
	bool turned;	/* before that change the state was not true */
};

struct found_list {
	struct found *items;
	size_t n, room;
};

void found_add(struct found_list *l, struct found one, struct arena *a);

/* How far the rule has come. */
struct rule_place {
	struct followed followed;
	bool fresh; /* it is not written down yet */
};

/* follow_load.c: adds to a query's conditions that the column names none of those held. */
void held_sql(const struct follow *f, struct sql *q, const char *column);

/* follow_place.c: kept by name, where rules and sequences are apart. */
const char *place_name(const struct rule *r, struct arena *a);
void place_get(struct follow *f, const struct rule *r, struct rule_place *out);

/* follow_match.c */
struct node *match_node(struct follow *f, const struct entity *e, const char *condition,
			int64_t now, struct query_context *q, struct diag *d);
/* Of the ids those for which all conditions (each may be NULL) are true; a set of them. */
void match_set(struct follow *f, const struct entity *e, const char *const *conditions, size_t n,
	       const int64_t *ids, size_t nids, struct map *out);
bool match_has(const struct map *set, int64_t id);
/* Numbers by id, 0 where there is none. */
int64_t match_get(const struct map *set, int64_t id);
void match_put(struct map *set, int64_t id, int64_t n);
/* The record that the rule's actions are about: for events and activities, whom they are about. */
struct target_of {
	const struct entity *entity; /* NULL: nobody */
	int64_t id;
};
/* The record, or the one that it was merged into; 0: it has gone. */
int64_t match_survivor(struct store *s, const struct entity *e, int64_t id);
struct target_of match_target(struct store *s, const struct entity *e, int64_t id, struct arena *a);

/* follow_changes.c: the occasions among these changes. */
void changes_find(struct follow *f, const struct rule *r, const struct rule_place *p,
		  const struct followed_change *c, size_t n, struct found_list *out);

/* follow_dates.c: those that came by the passing of time; false: there may be more. */
bool dates_find(struct follow *f, const struct rule *r, const struct rule_place *p,
		struct found_list *out);
/* The instant of the occasion that a record's own date is, and its key; false: none. */
bool date_moment(struct follow *f, const struct rule *r, const struct occasion *o, struct value v,
		 int64_t *at, struct str *key);

/* follow_states.c */
bool state_depends(struct follow *f, const struct rule *r, const struct followed_change *c);
/* Whether the state was certainly not true before the change; false: it may have been. */
bool state_turned(struct follow *f, const struct rule *r, const struct followed_change *c);
bool states_find(struct follow *f, const struct rule *r, const struct rule_place *p,
		 struct found_list *out);
/*
 * follow_windows.c: that a record is among those that time may have turned from one meaning of a
 * condition to the other; NULL: it may be any.
 */
struct node *states_among(struct follow *f, const struct entity *e, const struct node *was,
			  const struct node *is);
/* A state that is over: what waited is cancelled, what was done may come again. */
void state_over(struct follow *f, const struct rule *r, const int64_t *ids, size_t n);
/* follow_states.c: adds " in (…)" with those ids, however many, to a query. */
void chosen_sql(struct follow *f, struct sql *q, const int64_t *ids, size_t n);
/* Records of the rule's type that refer, as its condition does, to the changed one. */
void state_referring(struct follow *f, const struct rule *r, const struct followed_change *c,
		     struct found_list *out);

/* follow_fire.c */
void fire_all(struct follow *f, const struct rule *r, const struct found_list *l);
bool fire_due(struct follow *f); /* what waited; true: there may be more */

/* follow_do.c: what a rule or a step says, at one of its times. */
struct deeds {
	const char *rule;
	int64_t step; /* of a sequence; 0: of a rule */
	struct str occasion;
	struct str since; /* instant: when their time came */
	bool always;
	const struct deed *deeds;
	size_t n;
};
/*
 * Does it all to the record, or nothing where a part fails: one record that is in order no more
 * must not keep the others from their turn.  Tells of it, and gives the firing its status and
 * what was done and left out.  Whether anything was done.
 */
bool do_all(struct follow *f, const struct deeds *all, const struct entity *e, int64_t id,
	    struct record *firing, struct arena *a);

/* One part of it being done. */
struct doing {
	struct follow *f;
	const struct deeds *all;
	struct record of;	/* the record, as it is by now */
	struct target_of about; /* match_target of it */
	struct buf did, why;	/* what was done, and left out: do_note */
	struct arena *a;
	struct diag *d; /* why the part failed */
};
/* Adds to one of them, behind "; ". */
void do_note(struct buf *b, const char *fmt, ...) printf_like(2, 3);

/* follow_text.c: puts the record into a text that has {{places}} for it.  False with diag. */
bool text_fill(struct follow *f, const struct entity *e, int64_t id, const char **text,
	       struct arena *a, struct diag *d);

/* follow_emit.c */
bool do_emit(struct doing *x, const struct deed *deed);

/* The instant from `at` on at which the errand may go: advertisements do not at night. */
int64_t follow_hour(struct store *s, const struct record *errand, int64_t at);

/* follow_exit.c */
const struct entity *enrolment_of(struct store *s);
/* Does that with each enrolment, with a scratch arena of its own; dies where it fails. */
void enrolments_each(struct follow *f, const int64_t *ids, size_t n,
		     bool (*what)(struct follow *, int64_t, struct arena *, struct diag *));
/* Why the person is not to be written to in one of the sequence's ways; empty: they may be. */
struct str exit_refusal(struct store *s, const struct sequence *q, int64_t id, struct arena *a);
/* The status in which the enrolment ends now, with why; NULL: it goes on. */
const char *exit_of(struct follow *f, const struct sequence *q, const struct record *enrolment,
		    const struct record *person, struct str *why, struct arena *a);
/* Ends it so, and tells of it. */
bool exit_now(struct follow *f, const struct sequence *q, const struct record *enrolment,
	      const char *status, struct str why, struct arena *a, struct diag *d);
/* Ends the enrolments that are over since something changed, as these changes say. */
void exits_find(struct follow *f, const struct rule_place *p, const struct followed_change *c,
		size_t n);

/* follow_enrol.c: the steps that are due; true: there may be more. */
bool enrol_due(struct follow *f);

/* The firing is over. */
void fire_end(struct record *firing, const char *status, struct str did, struct str why,
	      const struct codec *c);
/* Writes a firing. */
bool fire_put(struct follow *f, struct record *r, struct arena *a, struct diag *d);
struct record fire_record(struct follow *f, const char *rule, struct str record,
			  struct str occasion, const char *status, int64_t at, struct arena *a);

#endif
