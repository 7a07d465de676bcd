/* The verbs of crm-score, and what they share. */
#ifndef CRM_CLI_SCORE_H
#define CRM_CLI_SCORE_H

#include "cli/operands.h"
#include "domain/score.h"

int score_run(struct crm *crm, int argc, char **argv);
int score_explain(struct crm *crm, int argc, char **argv);
int score_rank(struct crm *crm, int argc, char **argv);
int score_learn(struct crm *crm, int argc, char **argv);
int score_rules(struct crm *crm, int argc, char **argv);
int score_tiers(struct crm *crm, int argc, char **argv);

/* What is scored: the type that --of names (lead), and which of its records. */
struct score_asked {
	const struct entity *of;
	struct operands o;
	bool all; /* nothing was named: all that are open */
};

/* Reads operands, and stdin only where "-" says so; before anything is locked. */
void score_ask(struct crm *crm, int argc, char **argv, struct score_asked *out);

/* The records, as they are to be; once the lock is held, for who writes. */
struct scored *score_asked_for(struct crm *crm, struct scorer *s, const struct score_asked *asked,
			       size_t *n);

/* The same with what each rule gave, for records by their ids, which rise. */
struct scored *score_in_parts(struct scorer *s, const struct entity *of, const int64_t *ids,
			      size_t n, size_t *found, struct arena *a);

/* Ends the program where the configuration is right no longer. */
void score_open(struct crm *crm, struct scorer *s);

/* What history says of the i-th value of a record (i = record->n: its stage). */
struct score_factor {
	const char *feature;
	struct str value;
	struct bayes_odds odds;
	double factor; /* how much likelier a won record has it than a lost one */
};
bool score_factor(const struct learner *l, const struct bayes_view *v, size_t i,
		  struct score_factor *out);

struct cell score_number(double x, int decimals, struct arena *a); /* null where it is NaN */

#endif
