/*
 * The portrait of one customer: all that is known, whichever department noted it.
 *
 * It comes in parts, each a set of named columns and rows of cells, so that one printer a
 * format shows them all.  A row is the customer's own, or of what is around it: of a
 * contact the account it belongs to, of a converted lead the account it became.  Of an
 * account everything is its own: what its contacts, deals, orders, tickets did, and the
 * leads it came from.
 */
#ifndef CRM_DOMAIN_PORTRAIT_H
#define CRM_DOMAIN_PORTRAIT_H

#include "query/ref.h"
#include "stream/writer.h"

struct portrait_row {
	struct cell *cells; /* one a column */
	bool own;	    /* else of what is around it */
	bool marked;	    /* what was asked for */
};

enum portrait_shape {
	PORTRAIT_FACTS, /* one row at most: what is so */
	PORTRAIT_ROWS,
};

struct portrait_part {
	const char *name;    /* key in machine formats */
	const char *en, *vi; /* heading */
	enum portrait_shape shape;
	struct column *columns;
	size_t ncolumns;
	struct portrait_row *rows; /* the own ones first, but of the timeline: newest first */
	size_t n, room;
	int64_t more, more_around; /* rows that `most` or `timeline` left out */
};

/* What is asked for, and how it is to be read. */
struct portrait_wish {
	bool brief; /* at a glance: a moment's text stands for a subject that it lacks */
	bool human; /* chosen columns, labels, local times; else every field, as machines read it */
	int64_t most;	  /* rows of a part; < 0: all */
	int64_t timeline; /* rows of the timeline; < 0: all */
};

/* A customer, and the record by which it was found where that is another. */
struct customer {
	const struct entity *entity; /* lead, account or contact */
	int64_t id;
	const struct entity *by_entity; /* deal, order, ticket …; NULL: itself */
	int64_t by_id;
};

struct portrait {
	struct customer customer;
	struct str ref, name;		    /* "contact-3", what people call it */
	struct str around_ref, around_name; /* the account around it; empty: none */
	struct portrait_part *parts;	    /* in the order in which they are read */
	size_t nparts;
};

/* Those who may be meant. */
struct candidates {
	struct customer *all;
	size_t n;
	bool more; /* there are others */
};

enum { CANDIDATES_MAX = 12 };

/*
 * Whom a person means: a typed reference (of a deal, an order, a ticket: the customer
 * behind it), a document's number, a telephone number, an e-mail address, a Zalo or
 * Facebook account, a number elsewhere, an exact name, else words of a name.  An account
 * and its only contact who share a number are that contact; several of its contacts, the
 * account.  False with diag: nobody (among->n is 0), or several: they are in `among`.
 */
bool portrait_find(struct resolver *r, struct str text, struct customer *out,
		   struct candidates *among, struct arena *a, struct diag *d);

/* Reads all of it; what it points at belongs to the arena. */
void portrait_make(struct resolver *r, const struct customer *who, const struct portrait_wish *wish,
		   struct portrait *out, struct arena *a);

#endif
