/*
 * Messages to customers and from them, as the database knows them: who is written to, what
 * became of it, whom a message that came in is from.  No I/O.
 */
#ifndef CRM_DOMAIN_MAIL_H
#define CRM_DOMAIN_MAIL_H

#include "config/letters.h"
#include "domain/campaign.h"

/* -- going out -- */

struct mail_whom {
	struct person person; /* entity NULL: nobody */
	struct record record; /* of that person */
	struct str name;
	struct str address;  /* e-mail, or E.164; empty: none */
	const char *refusal; /* why they are not written to, in words; NULL: they may be */
};

/* The refusal of whose e-mail address mail came back from for good. */
extern const char mail_bounced[];

/*
 * Whom a message of that kind about a record goes to (addressee_of), and whether it may
 * (person_refusal; who opted out of `campaign`, unless 0, may not).  False: nobody.
 */
bool mail_whom(struct store *s, enum letter_kind kind, const struct entity *e, int64_t id,
	       int64_t campaign, struct mail_whom *out, struct arena *a);

/* The person's given name; of an organisation its name. */
struct str mail_given_name(struct store *s, const struct record *person, struct arena *a);

/* How the person is addressed: "Chị Lan", "Ms Tran", "Lan". */
struct str mail_greeting(struct store *s, const struct record *person, enum language l,
			 struct arena *a);

/* A message on its way. */
struct mail_out {
	enum letter_kind kind;
	const struct entity *entity; /* what it is about, */
	int64_t id;
	struct person person; /* who gets it, */
	int64_t campaign;     /* of that campaign; 0: none, */
	int64_t reply_to;     /* and the activity it answers; 0: none */
	int64_t owner;	      /* who writes it; 0: whoever runs the program */
	bool automatic;	      /* nobody writes it: it is no contact */
	struct str subject, body, message_id;
};

/* What was made of a Message-ID before. */
enum mail_past {
	MAIL_NEW,
	MAIL_DONE,  /* it has left */
	MAIL_HALF,  /* it may have: whoever sent it did not come back */
	MAIL_LATER, /* it has not, for now */
	MAIL_DEAD,  /* nor ever will */
};

/* Also the activity that tells, 0 where there is none. */
enum mail_past mail_past(struct store *s, struct str message_id, int64_t *activity);

/*
 * Within a writing transaction, before the message leaves: a planned activity, its external_id
 * the Message-ID; `activity` (0: none) is taken again.  Its id in *activity.  False with diag.
 */
bool mail_plan(struct store *s, const struct mail_out *m, int64_t *activity, struct arena *a,
	       struct diag *d);

enum mail_end {
	MAIL_SENT,
	MAIL_POSTPONED,
	MAIL_FAILED,
	MAIL_UNSURE, /* whoever sent it broke off: nothing is settled */
};

/*
 * What became of it (but MAIL_UNSURE), and a campaign's member is sent to.  `why` (empty where it
 * was sent) goes before the text.  False with diag.
 */
bool mail_settle(struct store *s, const struct mail_out *m, int64_t activity, enum mail_end end,
		 struct str why, struct arena *a, struct diag *d);

/* A member of the campaign goes forward to that status, and one who was none becomes one. */
bool mail_advance(struct store *s, int64_t campaign, const struct person *p, const char *status,
		  bool join, struct arena *a, struct diag *d);

/* Persons who wait in a campaign to be written to, in the order in which they were listed. */
struct person *mail_waiting(struct store *s, int64_t campaign, size_t *n, struct arena *a);

/* -- coming in -- */

enum mail_stranger {
	STRANGER_FAIL,
	STRANGER_IGNORE,
	STRANGER_LEAD,
	STRANGER_TICKET, /* a lead, and a ticket about it */
};

struct mail_rules {
	const struct mail_settings *settings;
	enum mail_stranger stranger; /* what becomes of mail from who is not known */
	bool tickets;		     /* what answers nothing is a ticket */
};

struct mail_taken {
	struct person *made; /* what was written, in order */
	size_t n, room;
	bool known;	   /* it was taken before */
	bool ignored;	   /* a stranger's, let be */
	struct str others; /* " contact-5 …": whom the sender might be besides; or empty */
};

/*
 * Writes down a message that came in (or one of ours, of which we got a copy), once for each
 * Message-ID, within a writing transaction.  A letter is an activity about whom it is from
 * (found by what it answers, by a ticket's number in its subject, by its sender's address); a
 * bounce, a complaint and an unsubscription are events.  An automatic answer is a note: it is no
 * touch and no reply.  False with diag.
 */
bool mail_take(struct store *s, const struct mime_mail *m, const struct mail_rules *rules,
	       struct mail_taken *out, struct arena *a, struct diag *d);

#endif
