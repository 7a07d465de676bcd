/*
 * Reading the history: change sets, and what they did to each record.
 *
 * Cursors hold nothing but the row they are at, however long the history is.
 */
#ifndef CRM_STORE_LOG_H
#define CRM_STORE_LOG_H

#include "store/store.h"

struct log_filter {
	int64_t set;		     /* this change set alone; 0: all */
	int64_t after, until;	     /* numbers: > after; <= until, 0: no end */
	const char *login, *program; /* NULL: any */
	bool has_from, has_to;	     /* made from … to before … */
	int64_t from, to;	     /* instants */
	const struct entity *entity; /* only what was done to this record type; NULL: any */
	int64_t record;		     /* of it, this record alone; 0: all */
	bool oldest_first;
};

struct log_set {
	int64_t id;
	struct str at, login, program, command, reason; /* as stored; p NULL: none */
	int64_t undoes, undone_by;			/* 0: none */
	int64_t created, updated, deleted;		/* records */
};

struct log_change {
	int64_t id, set;
	struct str at, login, program;
	const struct entity *entity; /* NULL: a type that is unknown here (`type`) */
	struct str type;
	int64_t record;
	char op; /* 'i' created, 'u' updated, 'd' deleted */
	/*
	 * What the fields held; V_NONE where they were not touched.  `after` is filled by
	 * log_after: from what later changes replaced, else from the record as it is.
	 */
	struct record before, after;
};

struct log;

/* Change sets, the newest first. */
struct log *log_sets(struct store *s, const struct log_filter *f);
bool log_next_set(struct log *l, struct log_set *out, struct arena *a);

/* Changes of records; in the order in which they were made within one set (f->set). */
struct log *log_changes(struct store *s, const struct log_filter *f);
bool log_next_change(struct log *l, struct log_change *out, struct arena *a);
void log_after(struct log *l, struct log_change *c, struct arena *a);

void log_close(struct log *l);

int64_t log_newest(struct store *s); /* number of the newest change set; 0: none */

/* What a reference says to a person: the login of a user; else as it is. */
struct value log_named(struct log *l, const struct field *f, struct value v, struct arena *a);

/* The query plans, one line a step. */
struct str log_plan(struct store *s, const struct log_filter *f, bool changes, struct arena *a);

#endif
