/*
 * Scores of leads, 0 to 100, and chances of leads and deals, in percent.
 *
 *	points  = Σ rules, held within 0 and 100
 *	fact    = points × d, where the lead meets the condition
 *	others  = Σ points × d over the records about the lead that meet it, up to the cap
 *	d       = (1/2)^(age / half-life): exponential decay, age in days (86,400 s) from the
 *		  rule's time to the instant of the run; 1 where the rule has no half-life;
 *		  what is older than `within`, without a time or still to come counts 0
 *	chance  = naive Bayes over history, see bayes.h
 *	score   = points × (1 − w) + chance × w, rounded half up, w the configured weight;
 *		  points alone where history is too short, the chance alone without rules
 *
 * Who is won has a chance of 100, who is lost of 0, and both keep their score.
 */
#ifndef CRM_DOMAIN_SCORE_H
#define CRM_DOMAIN_SCORE_H

#include "domain/learner.h"

/* What one rule gave one lead. */
struct score_part {
	double points; /* after decay and cap */
	int64_t n;     /* records that counted; of a fact 1 or 0 */
	int64_t last;  /* the newest one's time; INT64_MIN: it has none */
	bool capped;
};

struct scored {
	int64_t id;
	bool won, lost;
	double points;		   /* sum of the rules, not held */
	double chance;		   /* percent with two decimals; NaN: there is no history */
	int score;		   /* -1: nothing says anything of it, or it is a deal, or closed */
	const char *rating;	   /* NULL: none holds */
	int64_t stored_score;	   /* -1: none */
	const char *stored_rating; /* NULL: none, or one that no grade has */
	double stored_chance;	   /* NaN: none */
	struct score_part *parts;  /* one a rule, in their order; NULL: was not asked for */
	struct bayes_record *record; /* likewise */
};

struct scorer {
	struct store *store;
	const struct scoring *scoring;
	struct learner lead, deal;
	bool lead_learnt, deal_learnt;
	int64_t now;
	struct arena arena;
};

/* False with diag: what is configured is right no longer.  Closed either way. */
bool scorer_open(struct scorer *s, struct store *store, struct diag *d);
void scorer_close(struct scorer *s);

/*
 * The leads or deals for which `where` is true (NULL: all that are open), by id, as they are to
 * be now.  History is read the first time.  parts: with what each rule gave, for few.  In one
 * pass over the leads, and one over each other record type that rules go by.
 */
struct scored *score_leads(struct scorer *s, const struct node *where, bool parts, size_t *n,
			   struct arena *a);
struct scored *score_deals(struct scorer *s, const struct node *where, bool parts, size_t *n,
			   struct arena *a);

/* Whether what is stored of it differs. */
bool scored_differs(const struct scored *x, bool deal);

/* What is to be written of it: `e` is its type. */
struct record scored_record(const struct scored *x, const struct entity *e, struct arena *a);

/* score_behaviour.c: adds what rules of other types than leads give; all: by id. */
void score_behaviour(struct scorer *s, struct scored *all, size_t n);

/* (1/2)^(age / half-life), or 0 where the rule's time says so; at INT64_MIN: none. */
double score_decay(const struct scorer *s, const struct score_rule *r, int64_t at);

/* Held by the rule's cap. */
double score_capped(const struct score_rule *r, double points);

#endif
