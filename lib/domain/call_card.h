/* What whoever rings somebody should have before their eyes. */
#ifndef CRM_DOMAIN_CALL_CARD_H
#define CRM_DOMAIN_CALL_CARD_H

#include "domain/call_next.h"

struct call_card {
	struct record claim, who, account, campaign, planned; /* entity NULL: there is none */
	struct str number;
	struct record last; /* the latest call with them; entity NULL: none */
	struct str notes;   /* of the latest activity that has any; or the record's own */
	int64_t attempts;   /* calls so far, in the campaign where it is for one */
};

/* All that a claim is about, in the arena. */
void call_card_read(struct store *s, const struct record *claim, struct call_card *out,
		    struct arena *a);

#endif
