/* What the parts that take a card apart share.  Private to vcard_*.c. */
#ifndef CRM_STREAM_VCARD_IMPL_H
#define CRM_STREAM_VCARD_IMPL_H

#include "stream/vcard.h"

/* A telephone number or an e-mail address. */
struct reach {
	struct str value, label;
	unsigned preferred; /* as vcard_types says it */
	bool cell, machine; /* machine: a fax, a pager */
	bool chosen;	    /* it is in a field */
};

struct filling {
	struct card *card;
	struct arena *arena;
	struct reach *tel, *email;
	size_t ntel, nemail;
	struct buf note, tags;
	const struct vcard_line *address; /* the one that goes into the fields */
	unsigned address_preferred;
	bool address_work;
};

/* Takes the property, or keeps its line. */
void fill_line(struct filling *f, const struct vcard_line *l, const char *name);

/* The names of properties in the order in which they are to be taken; NULL past the last. */
const char *fill_name(size_t i);

/* Fills the slot, where it is free and takes the text; an empty one is taken too. */
bool fill_slot(struct filling *f, enum card_slot slot, struct str text);

/* Keeps the line, its value in the escapes of 3.0, without what was about its encoding. */
void keep_line(struct filling *f, const struct vcard_line *l);

/* Under a name that says it in one way, whatever the program that wrote it calls it; true. */
bool keep_as(struct filling *f, const char *name, struct str text);

/* The kept lines, sorted, so that the same properties are the same text. */
struct str keep_sorted(const struct filling *f);

#endif
