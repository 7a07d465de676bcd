/*
 * Records of one parent by what they say, so that thousands of rows are not each compared
 * with thousands of records.  Private to import_same.c.
 */
#ifndef CRM_DOMAIN_IMPORT_CROWD_H
#define CRM_DOMAIN_IMPORT_CROWD_H

#include "domain/import_narrow.h"

/* { 0 } is a good empty one; 32 bytes or so a record. */
struct import_crowd {
	struct map built;  /* the groups whose records are in */
	struct map oldest; /* the hash of what one says → its place in `all`, from 1 */
	struct crowded {
		int64_t id, next; /* the place of the next one that says the same, 0: none */
	} * all;
	size_t n, room;
};

/* The group's hash. */
uint64_t import_crowd_group(const struct import_said *said);

/* Whether the group is in. */
bool import_crowd_has(const struct import_crowd *c, const struct import_said *said);

/* Takes in all of the group that were there before this input. */
void import_crowd_build(struct import_crowd *c, struct import *im, const struct import_said *said);

/*
 * The place (from 1) in c->all of the oldest that may say this and is not seen yet, the
 * others by `next`; 0: none.  A hash may deceive: they are to be compared.
 */
int64_t import_crowd_find(struct import_crowd *c, const struct import *im,
			  const struct import_said *said);

void import_crowd_free(struct import_crowd *c);

#endif
