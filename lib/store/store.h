/*
 * One database, its configuration, and the one way to write records.
 *
 * Every write of every program belongs to a change set (who, when, which command,
 * why) and leaves the values it replaced, in the same transaction.
 */
#ifndef CRM_STORE_STORE_H
#define CRM_STORE_STORE_H

#include "core/map.h"
#include "schema/schema.h"
#include "store/access.h"
#include "store/db.h"
#include "store/row_read.h"

struct store {
	struct db *db;
	struct schema schema;
	struct settings settings;
	struct access access;	   /* who acts, and what they may do */
	struct arena arena;	   /* configuration; lives as long as the store */
	struct store_cache *cache; /* store_config.c: picklists and pipelines read so far */
	struct service *service;   /* service.c: hours and SLA policies, once they were needed */
	struct stmt *exists;	   /* store_exists outside a transaction, */
	const struct entity *exists_of; /* of that type */
	struct row_reader get;		/* store_get, likewise */
	const struct entity *get_of;
	bool get_stored;  /* whatever may be read */
	struct map known; /* text of a statement → its place in `kept`, from 1 */
	struct stmt **kept;
	size_t nkept;
	struct store_writer *writer; /* store_write.c: NULL outside a writing transaction */
	int64_t custom_serial;	     /* of the custom fields that schema has */
	int64_t config_serial;	     /* of the configuration that was read */
	/*
	 * Checks a where expression over a record type (a segment's condition): set by
	 * whoever knows the language, NULL: unchecked.  False with diag.
	 */
	bool (*check_condition)(struct store *, const struct entity *, struct str, struct diag *);
	/*
	 * Whether the acting user may make a lead that has an owner what `now` says, its owner or
	 * what its person is known by, be it by an identity (`old` NULL: it is made): set by
	 * whoever knows of protected customers, NULL: whoever may write.  False with diag.
	 */
	bool (*check_owner)(struct store *, const struct record *now, const struct record *old,
			    struct diag *);
	bool gathers;	 /* store_gather_begin was called */
	size_t waiting;	 /* for how many records something waits at most; 0: as many as may be */
	bool past;	 /* store_as_of was called */
	int64_t instant; /* with that: store_instant */
};

/*
 * Opens and reads the configuration.  NULL with diag: no database, not ours, made
 * by another version (crm-init upgrades it), an unknown zone, CRM_USER nobody.
 */
struct store *store_open(const char *path, enum db_mode mode, struct diag *d);
void store_close(struct store *s);

/*
 * An open connection is not to be taken along by a fork.  leave: the connection goes, with its
 * statements and temporary tables, and nothing is asked until again, which begins another one, for
 * reading, to the same database, whose file is `path` (db_file, asked before); what the role hides
 * is hidden in it, too.  False: there is none.
 */
void store_leave(struct store *s);
bool store_again(struct store *s, const char *path);

/* Makes the tables, views and defaults that are missing; existing data stay. */
struct init_options {
	const char *currency, *zone, *region; /* NULL: as it is, or for a new one the default */
	const char *language;		      /* "en" or "vi"; likewise */
	const char *login, *name;	      /* the first admin */
};
bool store_init(const char *path, const struct init_options *o, struct diag *d);

/* Writes one setting (within a writing transaction). */
void store_set(struct store *s, const char *key, const char *value);

/* The record type of that name; NULL: none. */
static inline const struct entity *store_entity(const struct store *s, const char *name)
{
	return schema_entity(&s->schema, str_of(name));
}

/* For codec arguments: printing and parsing with this store's configuration. */
struct codec store_codec(const struct store *s, struct arena *a);

/* What a change set remembers of its command. */
struct change_info {
	const char *program; /* "crm-lead" */
	const char *command; /* the command line */
	const char *reason;  /* --reason, or NULL */
	const char *once;    /* --once KEY, or NULL */
};

/*
 * Before store_begin, where so many records are to come: has the next transaction alone where
 * that is worth it, as db_alone says.
 */
void store_alone(struct store *s, int64_t records);

/*
 * Takes the writers' lock.  The change set is numbered when the first record is
 * really written, so a run that changes nothing writes nothing.
 */
void store_begin(struct store *s, const struct change_info *info, int wait);
void store_commit(struct store *s);
/* Of a run of many transactions: whether others wait for one to end, and lets them in behind it. */
bool store_wanted(struct store *s);
void store_yield(struct store *s);
void store_rollback(struct store *s);

/*
 * What is written from the mark on can be taken back alone, as where one row of many
 * is refused half-way.  Each mark ends with one of the other two.
 */
void store_mark(struct store *s);
void store_keep(struct store *s);
void store_undo(struct store *s);

/*
 * Totals of deals, quotes and orders whose lines changed are summed up before the commit,
 * and before store_get of such a record; whoever reads otherwise within the transaction
 * calls this first.
 */
void store_settle(struct store *s);

/*
 * Of many writes, such as an import's: what contacts, accounts, leads and deals have of
 * activities, deals and orders (last_contacted_at, customer_since …) is gathered, too, and
 * written once for each.  Until it ends whoever reads these facts does so by store_get or
 * select.  A commit in between writes what there is; the end settles within a transaction.
 */
void store_gather_begin(struct store *s);
void store_gather_end(struct store *s);

/* The number of the change set so far; 0: nothing was written yet. */
int64_t store_change_set(const struct store *s);

/* Numbers the change set even if nothing was written: so that --once knows of it. */
void store_remember(struct store *s);

/* The change set that `program` made under this key before and that stands, or 0. */
int64_t store_once(struct store *s, const char *program, const char *key);

enum wrote { WROTE_NOTHING /* refused: diag */, WROTE_CREATED, WROTE_UPDATED, WROTE_SAME };

enum put_flags {
	PUT_SEED = 1,	 /* an import: derived facts and created_at may be given */
	PUT_RESTORE = 2, /* an export comes back: system fields and id may be given */
	PUT_TRUSTED = 4, /* the product itself sets derived or system fields */
	PUT_SILENT = 8,	 /* updated_at and updated_by stay: it only makes good what was restored */
	PUT_TOUCH =
	    16, /* a new rev even where nothing of it changed: something that is part of it did */
	PUT_EXCUSED = 64, /* as with --reason: a line that came with its order, say */
	PUT_TOTAL = 32,	  /* store_put's own: an import says what the document comes to */
};

/*
 * Writes one record: r->id 0 makes one (r->id is then its id), else what is
 * mentioned is changed.  With PUT_RESTORE an id that is missing is made under that
 * id, and what it refers to may come later (see store_pending).  Else references must
 * be resolved (V_INT).  Runs the type's checks; afterwards
 * what follows from it (derived facts, one main contact, stage history).
 * r->values come back complete, as the record is now, in `a`.
 */
enum wrote store_put(struct store *s, struct record *r, unsigned flags, struct arena *a,
		     struct diag *d);

/*
 * What store_put would make of r, whose id is 0, before it has an id and a number; false: it
 * would be refused.  Unlike store_put it asks nobody whether others have the same.
 */
bool store_draft(struct store *s, const struct record *r, unsigned flags, struct record *draft,
		 struct arena *a);

/*
 * How far the record `id` is from what r makes of it or made: how many of the fields that r
 * does not mention differ from `draft` (store_draft's), 0 where all are as on the day it was
 * made; -1 if it is another record.
 */
int store_distance(struct store *s, const struct record *r, const struct record *draft, int64_t id,
		   unsigned flags, struct arena *a);

/*
 * Whether that distance is 0; ids that come in order cost least.  keys: room for one a field, set
 * to those of the record, whose texts hold until another of its type is read.  Within a writing
 * transaction.
 */
bool store_is_made(struct store *s, const struct record *r, const struct record *draft, int64_t id,
		   struct value *keys, struct arena *a);

/*
 * The record that has the same values as r, which is complete, in one of the sets that no
 * two records of its type share; 0: none.  r itself (by its id) is not meant.
 */
int64_t store_unique_twin(struct store *s, const struct record *r, struct arena *a);

/*
 * What is written in between follows from a write that was allowed: it sees and changes
 * records whoever's they are, as what the store itself derives does.
 */
void store_follow_begin(struct store *s);
void store_follow_end(struct store *s);

/*
 * Makes the links of restored records whose targets have come meanwhile, without a
 * trace in updated_at and updated_by; how many still wait.  A commit does it too.
 */
long store_pending(struct store *s);

/* Who looks after the record and still works here; 0: nobody. */
int64_t owner_now(struct store *s, const struct record *r, struct arena *a);

/* Reads one record, all fields; false: there is none. */
bool store_get(struct store *s, const struct entity *e, int64_t id, struct record *out,
	       struct arena *a);
bool store_exists(struct store *s, const struct entity *e, int64_t id);

/* Whether any record of that type has something in the field, which is one of F_INDEX. */
bool store_filled(struct store *s, const struct entity *e, const struct field *f);

/*
 * The statement that the store keeps under that name, which is no SQL (within a transaction
 * for as long as that lasts): made of q where there is none yet; q NULL: NULL then.  Bind all
 * its parameters; reset it.
 */
struct stmt *store_kept_as(struct store *s, struct str name, const struct sql *q);

/* The first n records whose field (of F_MATCH) has that key, oldest first; how many. */
size_t store_find(struct store *s, const struct entity *e, const struct field *f, struct str key,
		  int64_t *ids, size_t n);

/* Likewise, also those that the acting user may not read: ask access_reads. */
size_t store_find_twins(struct store *s, const struct entity *e, const struct field *f,
			struct str key, int64_t *ids, size_t n);

/* The ids that a statement finds, in `a`; the statement is kept for the transaction. */
int64_t *store_ids(struct store *s, const struct sql *q, size_t *n, struct arena *a);

/* Those of the lines (of that type) of an order, quote or deal, oldest first, in `a`. */
int64_t *store_line_ids(struct store *s, const struct entity *line, int64_t whole, size_t *n,
			struct arena *a);

/* Removes a record and what is part of it; refused (diag) while others refer to it. */
bool store_remove(struct store *s, const struct entity *e, int64_t id, struct arena *a,
		  struct diag *d);

/*
 * For large imports into small tables: drops the indexes that are not needed
 * meanwhile (unique ones stay, and those that begin with a field to keep) and makes them
 * again.  Both within the transaction.  `records` are to come in between: the search index
 * of what was empty is made beside them, where there is a processor for it.
 */
void store_indexes_drop(struct store *s, const struct entity *e, const struct field *const *keep,
			size_t nkeep, int64_t records);
void store_indexes_make(struct store *s, const struct entity *e);
int64_t store_count(struct store *s, const struct entity *e);

/* db_cache: a transaction begins with much; little is for indexes that are made in it. */
void store_cache(struct store *s, bool much);

/*
 * Puts ids into a temporary table, for conditions on more records than a statement
 * can name.  Returns the number of the list there.
 */
int64_t store_choose(struct store *s, const int64_t *ids, size_t n);

/*
 * Shadows every record type that has changed since with a temporary table or view of what
 * the database said at that instant; this connection only reads from then on, one snapshot.
 */
void store_as_of(struct store *s, int64_t instant);

/* The instant whose figures are shown, ages and what is overdue among them: that, else now. */
static inline int64_t store_instant(const struct store *s)
{
	return s->past ? s->instant : s->settings.calendar.now;
}

#endif
