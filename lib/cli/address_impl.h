/* What the address books share.  Private to address_*.c. */
#ifndef CRM_CLI_ADDRESS_IMPL_H
#define CRM_CLI_ADDRESS_IMPL_H

#include "cli/command.h"
#include "core/buf.h"
#include "stream/vcard.h"

struct book;

struct address_preset {
	const char *name;
	const char *headers; /* separated by commas */
	void (*fill)(struct book *);
};

extern const struct address_preset address_google, address_outlook;

/* One contact being written. */
struct book {
	const struct address_preset *preset;
	struct column *columns;
	size_t n;
	struct cell *cells;
	struct str slot[CARD_SLOTS], role;
	struct str further; /* as struct row has it */
	struct buf notes;
	struct arena arena; /* of the contact */
};

/* The cell under that header. */
struct cell *book_cell(struct book *b, const char *header);

/* Fills it, where there is text; book_set_free: unless it is filled (false). */
void book_set(struct book *b, const char *header, struct str text);
bool book_set_free(struct book *b, const char *header, struct str text);

/* What has no column is a line of the notes: "Phone (home): …". */
void book_note(struct book *b, const char *what, struct str label, struct str value);

/* These slots, a comma between them. */
struct str book_joined(struct book *b, enum card_slot from, enum card_slot to);

/* The name; one that nobody took apart is all in the first name. */
void book_set_names(struct book *b, const char *prefix);

/*
 * Hands out the numbers or addresses of the kind ("phone", "relation"): those in the fields
 * (slot; CARD_SLOTS: none), then the further ones.
 */
void book_each(struct book *b, const char *kind, enum card_slot slot,
	       void (*take)(struct book *, struct str label, struct str value));

#endif
