/*
 * Sales intelligence: what somebody should look into, with the figures that say so.
 *
 * Each kind (config/alerts.h) is found in one pass over what the acting user may read:
 * alert_*.c, which say how.  No sum mixes currencies.
 */
#ifndef CRM_REPORT_ALERT_H
#define CRM_REPORT_ALERT_H

#include "config/alerts.h"
#include "report/report.h"

/* The record types that alerts are about; each is a field of the record type alert. */
enum { ALERT_SUBJECTS = 6 };
extern const char *const alert_subject_types[ALERT_SUBJECTS];

/* Of which records of a type; a type that is not there is not asked for. */
struct alert_scope {
	const struct entity *entity;
	struct node *where; /* NULL: all */
};

struct alerts_asked {
	bool kinds[ALERT_KINDS];
	const struct alert_scope *scopes;
	size_t nscopes;
	const struct query_context *context; /* its record type and aliases do not matter */
	int64_t now;
};

/* A figure of a kind: how it is called and how it counts; ROLE_DIMENSION: a key or reference. */
struct alert_figure {
	const char *name, *label, *label_vi;
	enum column_role role;
	enum unit unit;
	key_namer *word; /* of a key, or NULL */
};

struct alert {
	enum alert_number kind;
	const struct entity *entity; /* what it is about */
	int64_t id;
	struct str name, owner; /* the record's title; a login, or empty */
	int64_t score;		/* 0 to 100: how strong it is, within its kind */
	bool valued;
	enum {
		PURSE_OWN,
		PURSE_OTHER,
		PURSE_NONE
	} purse;       /* the database's own currency, another */
	int64_t value; /* at stake, minor units */
	struct str currency;
	struct str topic;	     /* which of its kind and record; or empty */
	const struct value *figures; /* in the order of alert_figures */
	struct str evidence, suggestion;
};

struct alert_list {
	struct alert *all;
	size_t n, room;
	struct arena arena; /* owns what they point at */
};

/* The figures of a kind; ends with one without name. */
const struct alert_figure *alert_figures(enum alert_number kind);

/* A key of the picklist priority: high from 75 on, normal from 50 on, else low. */
const char *alert_severity(int64_t score);

/*
 * Those that are asked for and not switched off, the most valuable first: the database's own
 * currency, then the others by their code, then what has no value; within by value, score, kind
 * and record.  False with diag: what is configured is right no longer.
 */
bool alerts_find(struct store *s, const struct alerts_asked *asked, struct alert_list *out,
		 struct diag *d);
void alerts_free(struct alert_list *l);

/* -- remembered: the record type alert -- */

/* How records are written, as store_put and store_remove do; false or WROTE_NOTHING with diag. */
struct alert_memory {
	enum wrote (*put)(void *ctx, struct record *r, struct arena *a, struct diag *d);
	bool (*remove)(void *ctx, const struct entity *e, int64_t id, struct arena *a,
		       struct diag *d);
	void *ctx;
	size_t limit; /* so many at most are raised, the first ones of the list */
};

/*
 * Leaves in the list those that are new to the acting user, or worse by a severity than when they
 * were raised last, and remembers them; forgets those of the kinds and records asked for that hold
 * no longer, so that they are raised again when they come back.  Within a writing transaction.
 * False with diag.
 */
bool alerts_remember(struct store *s, const struct alerts_asked *asked, struct alert_list *l,
		     const struct alert_memory *m, struct diag *d);

/* Leaves those that are remembered as one of these records of the type alert. */
void alerts_again(struct store *s, const int64_t *ids, size_t n, struct alert_list *l);

#endif
