/*
 * Whose wife, assistant or friend somebody is, as cards and address books say it: lines such as
 * X-SPOUSE:Nguyễn Văn Nam in the notes, which become relations.  Private to import*.c.
 */
#ifndef CRM_DOMAIN_IMPORT_KIN_H
#define CRM_DOMAIN_IMPORT_KIN_H

#include "core/map.h"
#include "schema/schema.h"

struct import;

/* { 0 } is a good new one. */
struct import_kin {
	bool named;	  /* a row names somebody */
	struct map names; /* whom a row asks for → how often they are in this input */
	struct kinship {
		struct str kind, name, line; /* line: as it stood */
		int64_t whose, other;	     /* other 0: a row to come */
		struct kinship *next;
	} * waiting,	    /* for rows to come */
	    *row;	    /* of the row at hand */
	struct value notes; /* of that row, as they were */
	struct arena arena;
};

/* The row was read. */
void import_kin_read(struct import *im, const struct record *r);

/* All were read. */
void import_kin_start(struct import *im);

/*
 * Takes the lines out of the notes of a contact that tell of somebody who is here, or is in
 * this input once; the others stay.
 */
void import_kin_take(struct import *im, struct record *r, struct arena *a);

/* Whether the contact's notes are those that are left, but for what was taken out of the row's. */
bool import_kin_same(struct import *im, int64_t id, struct str left, struct arena *a);

/* The row is to come again: the notes are as they were. */
void import_kin_undo(struct import *im, struct record *r);

/*
 * The record is in: its relations are made, but those to rows to come.  *made grows by those
 * that were none before.  False with diag.
 */
bool import_kin_put(struct import *im, const struct record *r, long *made, struct arena *a,
		    struct diag *d);

/* All rows are in: makes the relations that waited; who did not come is a line of notes again. */
void import_kin_finish(struct import *im);

void import_kin_free(struct import_kin *k);

#endif
