/*
 * What came after a touch, and before it, with the same customer: the lead, account or contact
 * that both are about.  Learned in few passes, for reports that ask it of every record.
 */
#ifndef CRM_REPORT_SEQUEL_H
#define CRM_REPORT_SEQUEL_H

#include "store/store.h"

enum sequel_kind {
	SEQUEL_CALL,	/* a call of ours that was made (done_at) */
	SEQUEL_ANSWER,	/* a touch of ours of any kind */
	SEQUEL_INWARD,	/* a message of theirs: e-mail, chat, SMS, letter */
	SEQUEL_TALK,	/* a call that was made or came in, and what it came to */
	SEQUEL_SUCCESS, /* a meeting or visit that took place, or a deal that was opened */
	SEQUEL_KINDS,
};

/* What a call came to; the later ones say more. */
enum talk {
	TALK_WRONG_NUMBER,
	TALK_NO_ANSWER,
	TALK_SPOKE, /* as call_connected in take.h has it */
	TALK_NOT_INTERESTED,
	TALK_CALLBACK,
	TALK_INTERESTED,
	TALK_MEETING_SET,
};

enum sequel_who { SEQUEL_LEAD, SEQUEL_ACCOUNT, SEQUEL_CONTACT, SEQUEL_TYPES };

struct sequel;

struct moment {
	int64_t who;	/* id × SEQUEL_TYPES + which of them */
	int64_t at;	/* instant */
	enum talk said; /* of SEQUEL_TALK */
};

/* What has to be read: all, where `from` is INT64_MIN; instants. */
struct sequel_reach {
	/*
	 * What happened before is left out; with SEQUEL_INWARD, those who wrote nothing since, and
	 * of the others nothing is.
	 */
	int64_t from;
	/*
	 * Or: all that happened, with the records of that type ("lead", "account") that were made
	 * from `from` on, until `to` where there is one.  NULL: with all.
	 */
	const char *with;
	bool has_to;
	int64_t to;
};

/* Whether `with` are so few that reading what each was in is sooner than reading all touches. */
bool sequel_few(struct store *s, const struct sequel_reach *r);

/*
 * The i-th statement that learning these kinds (1u << kind, or'ed) runs; false: there is no i-th.
 */
bool sequel_sql(struct store *s, struct sql *q, unsigned kinds, const struct sequel_reach *r,
		size_t i);

/* Freed by sequel_free.  Each kind is read when it is asked for first: some seldom are. */
struct sequel *sequel_new(struct store *s, unsigned kinds, const struct sequel_reach *r);
void sequel_free(struct sequel *s);

/*
 * The first of that kind at or after the instant; or the last before it.  who: the paths of
 * SEQUEL_WHO, each V_INT or nothing.  False: there is none.
 */
#define SEQUEL_WHO "lead", "account", "contact", "contact.account"
enum { SEQUEL_REFS = 4 };

bool sequel_next(struct sequel *s, enum sequel_kind kind,
		 const struct value *const who[SEQUEL_REFS], int64_t from, int64_t *at);
bool sequel_last(struct sequel *s, enum sequel_kind kind,
		 const struct value *const who[SEQUEL_REFS], int64_t before, int64_t *at);

/* All of that kind with one lead, account (and its people) or contact, in order of time. */
const struct moment *sequel_all(struct sequel *s, enum sequel_kind kind, enum sequel_who type,
				int64_t id, size_t *n);

#endif
