/*
 * Who acts, and what their role lets them do.  Every program passes here: the store
 * opens for somebody, each write asks access_write, each reader sees what the shadows
 * of scope.c leave.  Guard rails: whoever can open the file with another program is
 * not held back (crm-roles(7) says so to the user).
 */
#ifndef CRM_STORE_ACCESS_H
#define CRM_STORE_ACCESS_H

#include "schema/schema.h"

struct store;

/*
 * Whose records: one's own (one is the owner or a collaborator; nobody's yet; part of,
 * or about, such a record), those of one's team and of the teams one manages besides,
 * or all.
 */
enum scope { SCOPE_NONE, SCOPE_OWN, SCOPE_TEAM, SCOPE_ALL };
extern const char *const scope_words[]; /* by enum scope: "none" … "all" */
enum { SCOPES = SCOPE_ALL + 1 };

struct role {
	const char *key; /* as in user.role */
	enum scope read, write, remove;
	bool export; /* crm-export, and crm-query where everything may be read */
	bool manage; /* writes users, teams, products, rates and targets */
};

/* The acting user's, while a store is open. */
struct access {
	struct role role;
	bool admin;	/* configures, gives roles, restores records under their ids */
	bool shadowed;	/* the types are shadowed by what may be read */
	int64_t *users; /* whose records are the team's; the acting user is the first */
	size_t nusers;
	bool crm_user_forbidden; /* setting crm_user */
	const char *strangers;	 /* setting: the role of who is no user here, or "refused" */
};

/* What a program or verb may ask for as a whole. */
enum right {
	RIGHT_ADMIN,  /* configuration */
	RIGHT_EXPORT, /* whole types out of the house */
	RIGHT_SQL,    /* SQL of one's own: an export that nothing narrows */
	RIGHT_MANAGE, /* users and teams */
};

/* False with diag: the acting user's role does not give it. */
bool access_require(const struct store *s, enum right right, struct diag *d);

/*
 * Whether the acting user may write this: `now` complete, as the record will be
 * (NULL: removed), `old` as it is stored (NULL: made); `flags` as in store_put.
 * Within a writing transaction.  Writes that follow from an allowed one are allowed.
 * False with diag: "owned by mai; rep lan may change only own records".
 */
bool access_write(struct store *s, const struct record *now, const struct record *old,
		  unsigned flags, struct diag *d);

/*
 * Whether the acting user may take back a change set that user `by` made (0: nobody of
 * the database).  One's own always, with all that followed from it in other people's
 * records; somebody else's only by a role that writes all.  Records of users in it must
 * pass access_write besides: who gave a role once need not be who may today.
 */
bool access_undo(struct store *s, int64_t by, struct diag *d);

/*
 * Whether that record of the set may be put back as it was: one that has been given to
 * somebody else since (`moved`) is theirs, so that to restore it is to write it.
 */
bool access_undo_record(struct store *s, const struct record *have, bool moved, struct diag *d);

/* Whether the acting user may read, or change, that stored record; within a transaction or not. */
bool access_reads(struct store *s, const struct entity *e, int64_t id);
bool access_changes(struct store *s, const struct entity *e, int64_t id);

/*
 * For who was found by a key that a hidden record has, too: duplicates are looked for
 * among all records, or two people would work on one customer.  Returns false, with
 * "account-3 is owned by mai; rep lan may not read it".
 */
bool access_refuse_hidden(struct store *s, const struct entity *e, int64_t id, const char *field,
			  struct diag *d);

/* The shipped roles. */
extern const struct role default_roles[];
extern const size_t ndefault_roles;

/* The configured roles, by key; in `a`. */
struct role *roles_list(struct store *s, size_t *n, struct arena *a);

/*
 * Writes one role, within a writing transaction.  False with diag (field: read, write,
 * remove or manage): who may not read a record cannot write it, who may not write cannot
 * manage, and an admin stays one.
 */
bool roles_set(struct store *s, const struct role *r, struct diag *d);

/* Once all roles of a configuration are set: the indexes that narrow reading needs. */
void roles_settle(struct store *s);

#endif
