/* What taking messages in is made of.  Private to lib/domain/mail_*.c. */
#ifndef CRM_DOMAIN_MAIL_IMPL_H
#define CRM_DOMAIN_MAIL_IMPL_H

#include "domain/mail.h"

struct taking {
	struct store *s;
	const struct mime_mail *m;
	const struct mail_rules *rules;
	struct mail_taken *out;
	struct str at; /* when it was written, as an instant */
	struct arena *a;
	struct diag *d;
};

/* What a message belongs to. */
struct thread {
	struct record about;  /* an activity with its references set; no more of it */
	int64_t parent;	      /* the activity that it answers; 0: none */
	int64_t campaign;     /* of that; 0: none */
	int64_t ticket;	      /* 0: none */
	bool ours;	      /* we wrote it, not a customer: */
	int64_t user;	      /* that user; 0: nobody knows who of us */
	int64_t owner;	      /* whose customer it is; 0: nobody's */
	struct person person; /* entity NULL: nobody known */
};

/* Where the message belongs, as far as is known; *t is new. */
void mail_thread(struct taking *k, struct thread *t);

/* The person sets the references of the thread. */
void thread_about(struct taking *k, struct thread *t, const struct person *p);

/* The activity that went out, or came in, under that Message-ID; 0: none. */
int64_t mail_activity(struct store *s, struct str message_id);

/* Whom that activity is about; entity NULL: nobody. */
struct person mail_about(struct store *s, int64_t activity, struct arena *a);

/* Whoever is known by the address; how many of out. */
enum { MAIL_KNOWN = 32 };
size_t mail_known(struct taking *k, struct str address, struct person out[MAIL_KNOWN]);

/* store_put, and it is remembered as made. */
bool mail_put(struct taking *k, struct record *r);

/* mail_back.c: what came back, and who does not want any more. */
bool mail_take_bounce(struct taking *k);
bool mail_is_unsubscription(const struct taking *k);
bool mail_take_unsubscription(struct taking *k);

#endif
