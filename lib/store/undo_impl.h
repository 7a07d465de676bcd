/* What the files that undo share.  Private to lib/store/undo*.c. */
#ifndef CRM_STORE_UNDO_IMPL_H
#define CRM_STORE_UNDO_IMPL_H

#include "store/internal.h"
#include "store/undo.h"

struct undo {
	const struct undo_job *job;
	struct store *s;
	int64_t by;	     /* the set that the undo writes */
	int64_t first, last; /* the changes that are undone */
	bool later;	     /* other changes that stand came after them */
	bool touched;	     /* some of them are changes of the same records */
	struct map known;    /* "lead-4" → enum known, of the set's records */
	struct ids {
		int64_t *id;
		size_t n, room;
	} * removed; /* one a record type, in the schema's order */
	struct link {
		const struct entity *entity; /* of the record that holds the reference */
		const struct field *field;
		int64_t id, target;
	} * links, *waiting; /* restored references; those that only a restore had made */
	size_t nlinks, links_room, nwaiting, waiting_room;
	struct map linked; /* targets that are among `links` */
	struct target_record {
		const struct entity *entity;
		int64_t id;
	} * unique; /* restored ones that have fields nobody else may have the value of */
	size_t nunique, unique_room;
	struct arena arena;
	struct diag d;
};

/* What the set did to one record, and others after it. */
struct part {
	const struct entity *entity;
	int64_t id;
	bool was, is;		   /* there before, and after it */
	struct record before;	   /* V_NONE: the field was not touched */
	bool merged;		   /* the set merged it into another record, */
	struct record end;	   /* when it was as this */
	bool linked;		   /* some of it a restore's late links, see pending.c */
	struct field_mask follows; /* touched only by what followed from other records */
	int64_t *later;		   /* a field: the last set that touched it since; 0: none */
	bool *later_follows;	   /* a field: only by what followed from other records */
	bool touched;		   /* by any later one */
	int64_t gone, made;	   /* the last set that removed it, or made it anew, since */
};

/* updated_at, rev …: never in the way, and never more than what the last write left. */
static inline bool is_bookkeeping(const struct field *f)
{
	return (f->flags & F_SYSTEM) != 0;
}

/* The condition that change c of change set s is one that came later and counts. */
void undo_counts(struct undo *u, struct sql *q);

void part_read(struct undo *u, const struct entity *e, int64_t id, struct part *p, struct arena *a);

/* Whether the field is a derived fact, or one that those take along. */
bool part_follows(const struct entity *e, const struct field *f);

/* Whether derived facts must be derived anew instead of restored. */
bool part_is_stale(struct undo *u, const struct part *p, struct arena *a);

/* Reports what later change sets did that this undo would take back. */
void part_conflicts(struct undo *u, const struct part *p, bool exists);

/* undo_sums.c: whether the field of that record is the sum of lines, though people may set it. */
bool sum_of_lines(struct undo *u, const struct entity *e, int64_t id, const struct field *f);

/*
 * The amounts of a line, quote or order that later sets touched, too, made anew from its other
 * fields; that they cannot be is an obstacle.
 */
void undo_sum_again(struct undo *u, const struct record *have, struct record *now,
		    const struct codec *c);

/* The records of the set, in the order in which it came to them: type and id a row. */
struct stmt *undo_records_of(struct undo *u);

/* Amounts are kept as whole numbers: what differs is how many of their digits are decimals. */
void undo_copy_scales(struct record *r, const struct record *like);
void undo_raise_rev(struct record *r, const struct record *from);

/* undo_settle.c: where contacts and accounts came back one by one, each account still has one
 * main contact. */
void undo_settle_primaries(struct undo *u);

/*
 * Of records whose last changes all cancel each other by now, what follows from others is what it
 * was before these: deriving anew does not know what an import had brought.
 */
void undo_settle_derived(struct undo *u);

/* undo_check.c: what the restored database would break. */
void undo_note_removed(struct undo *u, const struct entity *e, int64_t id);
void undo_note_restored(struct undo *u, const struct part *p, const struct record *have,
			const struct record *now);
void undo_check_all(struct undo *u);
void undo_check_free(struct undo *u);

/* Says that it stands in the way. */
void undo_obstacle(struct undo *u, const struct entity *e, int64_t id, const char *field,
		   const char *fmt, ...) printf_like(5, 6);

/* undo_config.c: in u's arena; NULL: the set did nothing to the configuration. */
struct undo_config *undo_config_read(struct undo *u);

/* undo_sets.c: `set` is undone by `by` (0: stands again), and what it had undone follows. */
void undo_mark(struct undo *u, int64_t set, int64_t by);

/* A part of the set is undone. */
void undo_mark_part(struct undo *u);

#endif
