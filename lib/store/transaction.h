/* State of a writing transaction, from store_begin to its end.  For lib/store alone. */
#ifndef CRM_STORE_TRANSACTION_H
#define CRM_STORE_TRANSACTION_H

#include "core/buf.h"
#include "core/idset.h"
#include "store/store.h"

enum { UPDATES_KEPT = 8, /* of one record type */ RUNS_MAX = 4 };

struct store_writer {
	struct change_info info;
	struct arena arena;
	int64_t change_set; /* 0: not numbered yet */
	int64_t marked;	    /* what it was at store_mark */
	bool configured;    /* history_config was here */
	bool needs_admin;   /* the last one went: another must have come by the commit */
	struct writer_entity {
		struct stmt *insert, *insert_many; /* NULL: not used yet */
		struct stmt *exists;
		struct idset there;	     /* records that were made or found: see store_exists */
		struct idset written;	     /* that were there, and changed or removed since */
		struct row_reader read, get; /* get: of what may be read */
		struct stmt *search_put, *search_remove;
		enum indexed { INDEXED_UNKNOWN, INDEXED_NOT, INDEXED } indexed; /* search.h */
		struct field_mask insert_mask; /* columns that `insert` fills */
		struct row_update {	       /* the one that was used last comes first */
			struct stmt *stmt;
			struct field_mask mask; /* columns that it sets */
		} updates[UPDATES_KEPT];
		int64_t next;		/* next id; 0: not read yet */
		bool moved;		/* the counter must be written back */
		struct value *defaults; /* of the fields, those that are always the same */
		struct unseen *unseen;	/* unseen.h: keys that nobody has; NULL: none are known */
		int64_t marked_next;	/* both at store_mark */
		bool marked_moved;
	} * entity;	   /* one a record type, in the schema's order */
	struct last_read { /* of store_get, for the write that mostly follows */
		struct arena arena;
		struct record record; /* id 0: none */
		int64_t writes;	      /* db_writes when it was read: any write makes it old */
	} last;
	struct sides {		       /* derive_main.c, derive_customer.c */
		struct idset accounts; /* that have a main contact; an open deal */
		bool begun, all;       /* all: the others have no contact; no open deal */
	} mains, openings;
	struct before *before; /* before.c; NULL: it is not needed yet, */
	bool no_before;	       /* or not to be had */
	struct stmt *change;
	struct buf queue;	    /* search_put.c: for the search indexes */
	size_t marked_queue;	    /* its length at store_mark */
	int64_t marked_writes;	    /* db_writes then */
	struct search_ahead *ahead; /* search_ahead.c: an index that is being made, or NULL */
	bool marking;		    /* between store_mark and its end */
	struct insert_runs {
		struct insert_run { /* records made one after the other, not in the history yet */
			const struct entity *entity;
			int64_t first, last;
		} of[RUNS_MAX]; /* a type has one */
		size_t n;
	} runs, marked_runs; /* at store_mark */
	int depth;	     /* of writes that follow from writes */
	bool fields_moved;   /* custom fields were changed: a roll-back reads them again */
	struct undo *undo;   /* the undo that is at work, or NULL */
	struct touched {     /* a record for which something waits, see settle.c */
		const struct entity *entity;
		int64_t id;
		uint32_t facts; /* its place in the facts, from 1; 0: none wait */
		bool lines;	/* they changed and are not summed up yet, */
		bool silent;	/* by restored lines alone */
	} * touched;
	size_t ntouched, touched_room;
	size_t touched_sums; /* of them that stayed when they were too many */
	uint32_t *places;    /* in touched, from 1, by a hash of type and id */
	size_t nplaces;	     /* a power of two */
	struct facts {	     /* far larger than an entry, and of some only */
		bool contacted, bought;
		struct contact_facts { /* with contacted: what it has of its activities */
			struct fact {  /* an instant or a day; n 0: none */
				uint8_t n;
				char text[20];
			} next, last, first;
			bool counted; /* attempts is set */
			int64_t attempts;
		} contact;
		struct customer_facts { /* with bought: of its deals and orders */
			struct fact since;
			enum { TYPE_ANOTHER, TYPE_PROSPECT, TYPE_CUSTOMER } type;
		} customer;
		uint32_t next; /* of one that is free: the next of those; 0: the last */
	} * facts;
	size_t nfacts, facts_room;
	uint32_t free_facts; /* the first one that is free, from 1; 0: none */
	struct touched_was { /* since store_mark, in this order */
		struct touched entry;
		struct facts facts;
	} * touched_were;
	size_t ntouched_were, touched_were_room;
	struct writer_merge { /* whose next change is a merge, see merged.h */
		const struct entity *entity;
		int64_t id;
		const struct entity *into_type;
		int64_t into;
	} merge;
	int64_t came_first, came_last; /* restored orders, which may lack lines; 0: none */
	bool settling;		       /* they are being summed up */
	struct writer_number {	       /* numbers of documents */
		struct str prefix;
		int64_t next;
		bool moved;
		int64_t marked_next; /* both at store_mark */
		bool marked_moved;
	} * numbers;
	size_t nnumbers;
};

#endif
