/* What the files of dealing out share.  Private to lib/domain/assign*.c. */
#ifndef CRM_DOMAIN_ASSIGN_IMPL_H
#define CRM_DOMAIN_ASSIGN_IMPL_H

#include "config/assignment.h"
#include "core/map.h"
#include "domain/assign.h"
#include "query/query.h"

/* A user.  Counts are -1 until somebody asks. */
struct person {
	int64_t id;
	const char *login, *role;
	int64_t team;
	int64_t weight, capacity;	/* capacity -1: no limit */
	struct str skills, territories; /* folded, ";a;b;" */
	bool active;
	const char *away; /* why they take nothing now, a word of `candidates`; NULL: on duty */
	int64_t open, day, month;
};

/* What a pool's members are asked by: what the lead has in these fields, folded. */
enum { LEAD_SKILL, LEAD_TERRITORY, LEAD_PERSON, LEAD_VALUES };

/* A condition on a lead, asked by its id; and what the lead has in those fields. */
struct lead_test {
	struct stmt *rows; /* $1: the id */
	size_t nfields;
};

struct seat {
	struct person *person;
	struct assignment_limits limits; /* all known: the member's, the pool's, the user's */
	struct lead_test *takes;	 /* NULL: all */
	int64_t turn; /* WEIGHTED: where their next lead begins (assign_turn.c) */
};

struct pool {
	const struct assignment_pool *rules;
	bool closed; /* not within its hours */
	struct lead_test *fits;
	struct lead_test *returns; /* `release`; NULL: none */
	struct seat *seats;
	size_t n;
	bool loaded; /* its turn was read */
	size_t next; /* the seat that is asked first */
};

struct assigner {
	struct store *store;
	struct arena *arena;
	const struct assignment_rules *rules;
	const struct entity *lead, *user, *assignment;
	struct person *persons;
	size_t npersons;
	struct map places; /* login, or the id as digits → place in persons, from 1 */
	struct pool *pools;
	struct stmt *losers;
};

/* What is to be done with a lead. */
struct decision {
	const char *why;       /* of assignment.why */
	struct person *to;     /* NULL: nobody can take it */
	struct pool *pool;     /* NULL: it is no pool's */
	size_t seat;	       /* of the pool, if `to` */
	const char **why_not;  /* by seat: NULL: could take it */
	int64_t *figures;      /* by seat: what was compared, the lowest first */
	struct str candidates; /* as the record has them */
	struct str note;
};

/* assign_people.c */
void people_load(struct assigner *g);
struct person *person_of(const struct assigner *g, int64_t id); /* NULL: nobody */
struct person *person_called(const struct assigner *g, struct str login);
int64_t person_open(struct assigner *g, struct person *p);		 /* open leads of theirs */
int64_t person_lately(struct assigner *g, struct person *p, bool month); /* dealt to them */
/* One more (or less) open lead; `dealt`: by a pool, now. */
void person_got(struct person *p, int n, bool dealt);

/* assign_pool.c */
bool pools_load(struct assigner *g, struct diag *d);
void pools_close(struct assigner *g);
/* Whether the condition is true of the lead; out: nfields texts, in `a`. */
bool lead_passes(struct lead_test *t, int64_t lead, struct str *out, struct arena *a);
/* The first pool (from *at on) that deals the lead; NULL: none.  values: of its fields. */
struct pool *pool_for(struct assigner *g, int64_t lead, size_t *at, struct str values[LEAD_VALUES],
		      struct arena *a);
/* Why this seat cannot take any lead now; NULL: it can. */
const char *seat_away(struct assigner *g, const struct seat *t);
/* Why it cannot take this lead; NULL: it can. */
const char *seat_refuses(struct assigner *g, struct pool *p, struct seat *t, int64_t lead,
			 const struct str values[LEAD_VALUES], struct arena *a);

/* assign_turn.c: whose turn it is. */
void turn_load(struct assigner *g, struct pool *p);
/* Fills seat, figures, candidates; false: nobody can take it. */
bool turn_choose(struct assigner *g, struct decision *x, struct arena *a);
void turn_done(struct decision *x, struct arena *a);
/* What candidates say, in `a`; figures in leads of weight 1 where they are turns. */
struct assign_candidate *turn_read(struct str candidates, bool turns, size_t *n, struct arena *a);

/* assign_known.c: who has the person of the lead already. */
struct known {
	int64_t user; /* 0: nobody */
	const struct entity *entity;
	int64_t id;
	const char *by;	 /* "phone", "identity.email" */
	int64_t touched; /* when they last had to do with them */
};
/* By what `says` says (NULL: the lead, and its stored identities) of the lead's person. */
void known_find(struct store *s, const struct assignment_rules *r, const struct record *lead,
		const struct record *says, struct known *out, struct arena *a);

/* assign.c: decides, and writes nothing; lead complete. */
void decide(struct assigner *g, const struct record *lead, unsigned flags, struct decision *x,
	    struct arena *a);

#endif
