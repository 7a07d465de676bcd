/*
 * What is wrong with a database, or could be better: checks, each a row of one table
 * (doctor_checks.c), and what they find.  No output: the caller is told.
 */
#ifndef CRM_DOMAIN_DOCTOR_H
#define CRM_DOMAIN_DOCTOR_H

#include "schema/label.h"
#include "store/store.h"

enum severity { SEVERITY_INFO, SEVERITY_WARN, SEVERITY_ERROR };
extern const char *const severity_names[]; /* "info", "warn", "error" */
const char *severity_label(enum severity severity, enum language l);

struct doctor;
struct check;

enum { DOCTOR_EXAMPLES = 3 };

struct finding {
	struct str name; /* "lead.owner", "integrity" */
	enum severity severity;
	struct str en, vi; /* what is wrong */
	int64_t n;	   /* how many */
	struct str refs;   /* the first ones, separated by ';' */
	const char *mend, *mend_vi;
};

struct doctor {
	/* set by the caller */
	struct store *store;
	struct arena *arena; /* of the findings */
	const char *only;    /* names, or either half of one, separated by commas; NULL: all */
	enum severity least;
	bool refs; /* wants every record, and no findings */
	void (*found)(void *ctx, const struct finding *f);
	void (*record)(void *ctx, struct str ref);
	void *ctx;

	bool sick; /* an error was found */
};

/* Whether each name of `only` is one; false with diag. */
bool doctor_names(const struct doctor *d, struct diag *diag);

/* Runs all checks that are wanted, within one snapshot. */
void doctor_run(struct doctor *d);

/* How one check is made: one of where, each and run. */
struct check {
	const char *topic;  /* "owner": the name is "lead.owner" */
	const char *entity; /* NULL: every type, or none */
	enum severity severity;
	const char *en, *vi; /* of `each`: said of the field */
	const char *mend;
	const char *mend_vi; /* NULL: mend is a mere command */
	/*
	 * A condition on table t; {now}, {today}, {-7d} are filled in.  from NULL: of the
	 * entity, and all such conditions on it cost one reading of the table.
	 */
	const char *from, *where;
	/* The condition on a field, if the check is about it. */
	bool (*each)(const struct doctor *d, const struct entity *e, const struct field *f,
		     struct sql *out);
	bool share; /* of each: how many of all is said too */
	void (*run)(struct doctor *d, const struct check *c);
};

extern const struct check checks[];
extern const size_t nchecks;

/* For `run`: */
bool doctor_wants(const struct doctor *d, const struct check *c, const struct entity *e);

/* ids: a select of one column of ids of e, in order; NULL where no records are meant. */
void doctor_tell(struct doctor *d, const struct check *c, const struct entity *e, struct str en,
		 struct str vi, int64_t n, const struct sql *ids);
/* The same where the first references are known already. */
void doctor_tell_refs(struct doctor *d, const struct check *c, const struct entity *e, int64_t n,
		      struct str refs);
void doctor_fill(const struct doctor *d, struct sql *q, const char *text); /* {now} … */

/* doctor_scan.c: the checks with a condition. */
void doctor_scan(struct doctor *d, const struct entity *e);

#endif
