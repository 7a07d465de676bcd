/*
 * Records that are one person, one organisation or one deal become one record.
 *
 * One of a cluster survives.  Its values stay, empty ones are filled from the others in
 * order; texts and lists are joined; of two consents the stricter one wins; further
 * numbers, addresses and external ids become identities.  Whatever refers to the others
 * is moved, by the schema; of two that would then say the same, one is left.  A lead that
 * is somebody known is converted onto that contact or account instead (convert.h).
 */
#ifndef CRM_DOMAIN_MERGE_H
#define CRM_DOMAIN_MERGE_H

#include "domain/convert.h"

/* What can be merged: "lead" …; NULL behind the last. */
enum { MERGE_TYPES = 4 };
extern const char *const merge_types[MERGE_TYPES + 1];

struct merge_ref {
	const struct entity *entity;
	int64_t id;
};

/* Who survives, and from whom single fields are taken. */
struct merge_rules {
	/*
	 * best: the deal that is furthest; with most fields filled; then with most activities,
	 * then the oldest.  KEEP_REF in a cluster without `survivor`: best.
	 */
	enum merge_keep { KEEP_BEST, KEEP_OLDEST, KEEP_NEWEST, KEEP_REF } keep;
	struct merge_ref survivor;
	struct merge_take {
		struct str field;
		/* changed last, made first, longest text, a member's */
		enum merge_how { TAKE_NEWEST, TAKE_OLDEST, TAKE_LONGEST, TAKE_REF } how;
		struct merge_ref ref;
	} * takes;
	size_t ntakes;
	bool force; /* accounts with two tax codes, deals of two customers */
};

/*
 * keep: "best", "oldest", "newest" or a reference, NULL: best; take: "phone=newest,…",
 * or NULL.  False with diag.
 */
bool merge_rules_parse(struct merge_rules *r, const struct schema *s, const char *keep,
		       const char *take, struct arena *a, struct diag *d);

struct merger {
	struct store *store;
	struct merge_rules rules;
	struct converter convert;
	struct record defaults[MERGE_TYPES]; /* of what is found to be there twice */
};

/* Within a writing transaction; everything in `a`. */
void merger_open(struct merger *m, struct store *s, const struct merge_rules *rules,
		 struct arena *a);

struct merge_member {
	struct record record; /* as it is */
	int filled;	      /* fields that say something */
	int64_t activities;
	int64_t standing; /* how far a deal is, the higher the further; of others 0 */
};

/* Where a value of the survivor comes from. */
struct merge_origin {
	enum { ORIGIN_MEMBER, ORIGIN_JOINED } how;
	size_t member; /* ORIGIN_MEMBER */
};

/* What a member says and the survivor does not. */
struct merge_conflict {
	const struct field *field;
	size_t member;
	bool identity; /* it is kept as a further number, address or id */
};

/* How many records of a type were moved, laid into another that says the same, or dropped. */
struct merge_count {
	long moved, joined, dropped;
};

struct merge {
	const struct entity *entity;
	struct merge_member *members; /* the survivor is the first */
	size_t n;
	struct record now;	      /* all values of the survivor as they will be */
	struct merge_origin *origins; /* one a field */
	struct merge_conflict *conflicts;
	size_t nconflicts;
	struct merge_count *counts; /* one a record type, in the schema's order; once written */
	struct conversion *leads;   /* that were converted onto the survivor; once written */
	struct merge_ref *lead_refs;
	size_t nleads;
};

/*
 * Reads a cluster and decides.  A converted lead stands for what it became; records named
 * twice count once, so n 1 without leads means that there is nothing to do.  False with
 * diag (source: the record): not there, hidden, or not to be merged.
 */
bool merge_plan(const struct merger *m, const struct merge_ref *refs, size_t n, struct merge *out,
		struct arena *a, struct diag *d);

/* Writes it.  False with diag: the transaction must be rolled back. */
bool merge_write(struct merger *m, struct merge *out, struct arena *a, struct diag *d);

/* How many records merge_write wrote, the survivor and the others with them. */
long merge_written(const struct merger *m, const struct merge *out);

/* The plan (of what has been written) as one JSON object. */
struct str merge_json(const struct merger *m, const struct merge *out, struct arena *a);

#endif
