/*
 * Which records are the same person, or the same organisation?
 *
 * Probabilistic record linkage without labels, after Fellegi & Sunter (1969): name,
 * telephones, e-mail addresses, birth date, tax code, company and address of two records
 * are compared, each with several levels of agreement.  A level weighs log2(m/u): m is
 * its share among pairs that are one person (learned by expectation-maximisation), u
 * among strangers (counted in random pairs; of equal texts, how many have that text, so
 * that Nguyễn says little).  What is not known says nothing.
 *
 * A third kind of pair keeps relatives and colleagues apart: two people who share an
 * address, a telephone, a family name or a company (trait_defs[].shared says how often).
 *
 * The same data give the same result: nothing depends on the clock or on chance.
 */
#ifndef CRM_DOMAIN_DEDUPE_H
#define CRM_DOMAIN_DEDUPE_H

#include "store/store.h"

enum { DEDUPE_TYPES = 3 };
extern const char *const dedupe_types[DEDUPE_TYPES]; /* "lead", "contact", "account" */

/* From these probabilities on a pair is one person, or worth a look. */
#define DEDUPE_SAME 0.9
#define DEDUPE_REVIEW 0.5

/* Blocks of records that share a key, but are too many to compare each with each. */
struct dedupe_limits {
	size_t blocks;	 /* how many; only neighbours by name were compared in them */
	size_t largest;	 /* records in the largest */
	const char *key; /* what those share: "telephone" */
};

struct dedupe;

/*
 * Reads all records of the types that the acting user may read and learns the weights.
 * Memory: about 350 bytes a record, freed by dedupe_close.
 */
struct dedupe *dedupe_open(struct store *s, const struct entity *const *of, size_t nof);
void dedupe_close(struct dedupe *d);

/*
 * From now on only pairs count in which one side at least is a record asked for.
 * Ids that are no records of the type (which must be one of the types) are passed over.
 */
void dedupe_ask(struct dedupe *d, const struct entity *e, const int64_t *ids, size_t n);

struct dedupe_pair {
	const struct entity *a_type, *b_type;
	int64_t a, b;
	double score; /* probability that they are one, 0 to 1 */
	bool same;    /* from the threshold on; else worth a look */
};

/*
 * Looks for the pairs whose probability is at least `review`, strongest first (then by
 * type and id); how many there are.  limits: what was not compared in full.
 */
size_t dedupe_find(struct dedupe *d, double review, struct dedupe_limits *limits);
struct dedupe_pair dedupe_pair_at(const struct dedupe *d, size_t i, double same);

/* A score as it is printed: rounded down, for what is not quite sure is never printed as 1. */
struct cell dedupe_score_cell(double score, struct arena *a);

struct dedupe_member {
	size_t cluster; /* from 1, by their first members */
	const struct entity *type;
	int64_t id;
	double score; /* of its strongest pair within the cluster */
	bool same;
};

/*
 * The pairs found, grouped.  Strongest first, a pair of `same` joins the clusters of its
 * two records if at least half of all pairs between the two clusters are worth a look
 * themselves: one weak link never chains two big ones.  Pairs worth a look then join
 * records that are in no cluster to each other or to a cluster, by the same rule; such
 * records, and clusters of them alone, are not `same`.  By type and id within a cluster.
 */
struct dedupe_member *dedupe_clusters(struct dedupe *d, double same, size_t *n, struct arena *a);

/* Why two records are one, or are not. */
struct dedupe_evidence {
	const char *name, *en, *vi; /* "given_name" */
	struct str a, b;	    /* what was compared, folded; empty: not known */
	const char *level;	    /* "same near part other missing"; NULL: no field */
	double m, u;		    /* probabilities; 0: of no field */
	double bits;		    /* log2(m/u) */
};
enum { DEDUPE_EVIDENCE = 24 };

/*
 * Each trait, then what the address, closeness and the prior add, then the sum in bits.
 * Returns how many rows; *score is the probability.  False (0) with diag where a record
 * is not there or the two cannot be compared: a person and an organisation.
 */
size_t dedupe_explain(struct dedupe *d, const struct entity *a_type, int64_t a,
		      const struct entity *b_type, int64_t b,
		      struct dedupe_evidence out[DEDUPE_EVIDENCE], double *score,
		      struct arena *arena, struct diag *diag);

/* Somebody known who may be the one a record is about. */
struct dedupe_candidate {
	const struct entity *type;
	int64_t id;
	struct str name; /* what a person knows them by; may be empty */
	double score;
	const char *why; /* "same phone" */
};

/*
 * The known people who may be the one whom `record` (of a type that dedupe_types names;
 * else nobody) is about, at least `review` likely, most likely first, at most n; itself
 * (same type and id), the account or contact it belongs to, and the leads that became one of
 * these or another who is found, are not among them.  By indexed look-ups of its telephones,
 * addresses, tax code and name, weighed as above with what is thought before any learning.  Sees
 * what the acting user may read.  Within whatever transaction there is.
 */
size_t dedupe_candidates(struct store *s, const struct record *record, double review,
			 struct dedupe_candidate *out, size_t n, struct arena *a);

/*
 * Whether the record of type e, which has a telephone number of `person`'s, is somebody else,
 * as find has it: another given name, or a generation between them, and no mailbox in common.
 * False of what is no person.
 */
bool dedupe_shares_phone(struct store *s, const struct record *person, const struct entity *e,
			 int64_t id, struct arena *a);

/* "lead-5 (Trần Thị Minh, same phone)", for messages. */
struct str dedupe_candidate_print(const struct dedupe_candidate *c, struct arena *a);

#endif
