/* What making messages is made of.  Private to lib/cli/mail_*.c. */
#ifndef CRM_CLI_MAIL_IMPL_H
#define CRM_CLI_MAIL_IMPL_H

#include "cli/mail.h"

/* A template at work on records of one type. */
struct press {
	const struct letter *letter;
	const struct entity *entity;
	struct filler *filler; /* NULL: it asks for what there is not */
	const struct template *all[LETTER_PARTS + 1];
	enum letter_part parts[LETTER_PARTS + 1];
	size_t n;
	size_t url; /* which of `all` is the link to unsubscribe; n: none */
};

struct merging {
	struct mailing *m;
	struct crm *crm;
	const struct mail_rows *rows;
	struct press *presses;
	size_t npresses;
	struct map seen;    /* Message-IDs of this run */
	int64_t run;	    /* tells runs without --once apart */
	struct str *values; /* of all words, of the row at hand */
	struct buf text[LETTER_PARTS + 1];
	struct mail_whom whom;
	struct mime_address from;
	struct arena *arena; /* of the row at hand */
	struct diag *diag;
};

/* The message of a row whose receiver is known, and its text as the activity keeps it. */
bool mail_make(struct merging *g, const struct mail_row *row, struct mail_item *item,
	       struct buf *message, struct str *text);
void mail_press_free(struct merging *g);

#endif
