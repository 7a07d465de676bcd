/* What the parts that write cards share.  Private to vcard_out.c and vcard_write.c. */
#ifndef CRM_STREAM_VCARD_OUT_H
#define CRM_STREAM_VCARD_OUT_H

#include "stream/vcard.h"
#include "stream/writer_impl.h"

/* What struct row calls further: a number or address and what it is, or a relation. */
struct further {
	struct str field, label, value;
	bool said;
};

struct kept {
	struct str line, value;
	bool said;
};

struct out {
	struct writer *writer;
	bool v4, company;
	struct str slot[CARD_SLOTS], note;
	struct further *further;
	struct kept *kept;
	size_t nfurther, nkept;
	long items; /* groups of labels so far */
	struct buf line;
	struct arena arena;
};

/* Takes the lines off the end of the notes that card_fill kept there. */
void out_split_notes(struct out *o);

/* The lines of struct row's `further`. */
void out_split_further(struct out *o, struct str text);

/* Whether the kept line is the property of that name. */
bool kept_is(const struct kept *k, const char *name);

/*
 * The kept line of that name (N, ADR, BDAY or URL) that says more of what the fields say,
 * such as a name with its suffix; NULL: none.  One that says something else is older than
 * they are; but the salutation takes the place of another prefix.
 */
struct kept *out_fuller(struct out *o, const char *name);

#endif
