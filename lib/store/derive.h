/* What the files of derived facts share.  Private to lib/store/derive*.c. */
#ifndef CRM_STORE_DERIVE_H
#define CRM_STORE_DERIVE_H

#include "store/internal.h"

struct change {
	struct store *s;
	const struct record *old, *now; /* NULL: made, removed */
	struct arena *a;
	struct diag *d;
	unsigned flags; /* of the store_put */
};

/* Writes what follows, as the product itself.  False with ch->d. */
bool follow(struct change *ch, struct record *r);

const struct entity *entity_named(const struct store *s, const char *name);

/* derive_main.c */
bool derive_contact(struct change *ch);
/* The main contact of an account is `chosen`, else the one there is, else the oldest. */
bool one_primary(struct change *ch, int64_t account, int64_t chosen);

/* derive_contact.c */
bool derive_activity(struct change *ch);
void contact_facts_put(const struct contact_facts *f, struct record *r);
/* When this activity reached (or tried to reach) somebody; empty: it did not. */
struct str contact_at(const struct record *r);
bool is_attempt(const struct record *r); /* of ours */

/* derive_customer.c: customer_since, type and lifecycle of the account. */
bool refresh_customer(struct change *ch, int64_t account);
/* What the account (r->id) is by them, and by whether a deal of it is open now. */
void customer_facts_put(struct change *ch, const struct customer_facts *f, struct record *r);
/* The day on which this deal or order made a customer of the account; empty: it did not. */
struct str bought_on(struct change *ch, const struct record *r, int64_t account);
/*
 * What the writer keeps of accounts by their records of that type: of all accounts, where `made`
 * are all that there ever were when it is first asked.
 */
struct sides *sides_known(struct store *s, struct sides *o, const char *type, int64_t made);
void sides_forget(struct sides *o); /* what is known no more holds */
/* Before that: a deal is written, see has_open_deal. */
void note_opening(struct change *ch);
enum stage_kind stage_kind_of(const struct store *s, const struct record *deal);

/*
 * What is open of a contact and nobody's account becomes the account's that the contact got:
 * open deals, quotes not answered, draft orders, tickets not resolved.  What is settled stays
 * with the person who did it: where they belong now did not buy it then.
 */
bool follow_contact(struct change *ch, int64_t account);

/* derive_assignment.c: a lead that changes hands */
bool derive_owner(struct change *ch);

/* derive_converted.c: a lead, deal or order of a campaign, whose members these people are */
bool derive_converted(struct change *ch);

/* derive_lines.c */
bool derive_line(struct change *ch);
bool derive_order(struct change *ch);
bool derive_payment(struct change *ch);
/* The whole's amounts are those of its lines.  False with ch->d. */
bool settle_lines(struct change *ch, const struct entity *e, int64_t id);

/*
 * settle.c: the entry of what waits for the record, made where there is none; its facts that
 * wait, likewise.  To be written to; good until the next of these calls.
 */
struct touched *settle_touch(struct store *s, const struct entity *e, int64_t id);
struct facts *facts_touch(struct store *s, const struct entity *e, int64_t id);

/*
 * Facts that follow from this write, r, for a record that is `old` now: facts_wait finds what
 * waits for it already, or NULL.  facts_gather says whether they are to wait, too; else they
 * were written or the record has them, or they are refused (not *ok, with ch->d): which the
 * first that are to wait are asked for, so that the row is blamed to which they belong.
 */
struct facts *facts_wait(struct change *ch, const struct entity *e, int64_t id);
bool facts_gather(struct change *ch, const struct facts *waiting, const struct record *old,
		  struct record *r, bool *ok);
static inline struct fact fact_of(struct str s)
{
	struct fact f = { .n = (uint8_t)str_sub(s, 0, sizeof f.text).n };
	memcpy(f.text, s.n ? s.p : "", f.n);
	return f;
}

/* As long as the fact is there. */
static inline struct str fact_text(const struct fact *f)
{
	return (struct str){ f->text, f->n };
}

#endif
