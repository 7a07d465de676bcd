/*
 * The line of an order that stands for lines that were not brought: their sum alone is known.
 * Private to lib/store.
 *
 * An order that an import brings with its total (0 is one, too) has it at once.  One that comes
 * back under its own id has it from the commit on, if its lines did not come with it.  When
 * lines come, it goes: of an order that has others when the order is summed up (settle_lines);
 * of restored ones, whose ids it may have been given, as if it had never been there.
 */
#ifndef CRM_STORE_STAND_IN_H
#define CRM_STORE_STAND_IN_H

#include "store/internal.h"

struct change;

/* An order was written.  False with ch->d. */
bool stand_in_follow(struct change *ch);

/* An order was restored: its lines may not come. */
void stand_in_note(struct store *s, int64_t order);

/* A line was written: a restored stand-in is the only one of its order.  False with ch->d. */
bool stand_in_yields(struct change *ch);

/*
 * Whether the restored line r takes the place of a stand-in, `old`, that this database made
 * under its id; whose order is noted then.
 */
bool stand_in_replaced(struct store *s, const struct record *r, const struct record *old);

/* Before the commit, when all is summed up: restored orders with amounts and no lines get one. */
void stand_ins_make(struct store *s);

#endif
