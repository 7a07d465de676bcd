/*
 * History as a classifier sees it: leads that were converted or disqualified, deals that were
 * won or lost, by what is configured to be learnt (config/scoring.h).
 *
 * The stages of leads are their open statuses, in order; those of a deal the open stages of its
 * pipeline, which learns for itself.  A lost lead had come to disqualified_from, a lost deal to
 * the open stage that it was in last; who was never seen in one, to the first.  The team is the
 * owner's.  All is read as the acting user may read it, now or --as-of.
 */
#ifndef CRM_DOMAIN_LEARNER_H
#define CRM_DOMAIN_LEARNER_H

#include "config/scoring.h"
#include "domain/bayes.h"

struct learner {
	struct store *store;
	const struct score_learning *how;
	struct query_context context; /* of leads or deals */
	struct bayes bayes;
	struct learner_scope { /* leads: one; deals: one a pipeline */
		const char *key;
		const char **stages; /* keys of the open ones */
		uint32_t *numbers;   /* their values in bayes */
		size_t n;
	} * scopes;
	size_t nscopes;
	struct map teams;		     /* name → number, from 1 */
	const char *team_names[BAYES_TEAMS]; /* by number */
	size_t nteams;
	int64_t won, lost;  /* records learnt from */
	struct stmt *moves; /* of deals, stage by stage; while they are read */
	int64_t moved;	    /* the deal that moves stands at; 0: none */
	struct path team;
	struct arena arena, row;
};

/* Reads no history yet.  e is lead or deal; how must outlive it. */
void learner_open(struct learner *l, struct store *s, const struct entity *e,
		  const struct score_learning *how);
void learner_close(struct learner *l);

/* Columns that learner_record reads, behind each other, and how many. */
size_t learner_columns(const struct learner *l, struct joins *j, struct sql *q);

/*
 * The record in columns `from` and on of a row; false: it is in no stage that is known.  make:
 * values that were never seen get a number.
 */
bool learner_record(struct learner *l, struct stmt *row, size_t from, bool make,
		    struct bayes_record *out);

/* Counts history. */
void learner_learn(struct learner *l);

/* Calls visit with each record that learner_learn counts, in order of their ids. */
void learner_history(struct learner *l, bool make,
		     void (*visit)(struct learner *, const struct bayes_record *, void *),
		     void *ctx);

/* "source", "stage": what the feature is called. */
const char *learner_feature(const struct learner *l, size_t feature);

/* Conditions that can only be right, made by the program itself. */
struct node *learner_where(const struct query_context *q, const char *text);

#endif
