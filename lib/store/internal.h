/* What the files of lib/store share and nobody else sees. */
#ifndef CRM_STORE_INTERNAL_H
#define CRM_STORE_INTERNAL_H

#include "core/buf.h"
#include "core/map.h"
#include "schema/places.h"
#include "store/counter.h"
#include "store/store.h"
#include "store/transaction.h"

/* The statement with this text, kept for the transaction; its parameters are bound. Reset it. */
struct stmt *store_kept(struct store *s, const struct sql *q);

/*
 * First column of the first row (V_NULL: none), text copied to q's arena.  The statement
 * is kept: checks, derived facts and look-ups ask the same
 * questions of every record.
 */
struct value store_one(struct store *s, const struct sql *q);

/* store_write.c: the counter of a type, and an id of it; a restored one moves it on. */
void store_set_next_id(struct store *s, const struct entity *e, int64_t next);
void counters_save(struct store *s); /* counter.c: those that moved */
int64_t store_take_id(struct store *s, const struct entity *e, int64_t wanted);

struct writer_entity *store_writer_of(struct store *s, const struct entity *e);
void store_forget_statements(struct store *s); /* of the record types, which change */

/*
 * custom_load.c: the record types with their custom fields, as new copies (whoever
 * holds an entity asks schema_entity again).  False with diag: what is there makes no
 * sense to this version.
 */
bool custom_load(struct store *s, struct diag *d);
/* Custom fields as they were before; what could be read then can be read again. */
void fields_read_again(struct store *s);

/*
 * Settings that count changes, so that who read the configuration before the lock was
 * theirs notices: of the custom fields (0: there are none), and of all of it.
 */
#define CUSTOM_SERIAL "custom_fields"
#define CONFIG_SERIAL "configured"
int64_t store_serial(struct store *s, const char *key);
void store_count_on(struct store *s, const char *key);
/* Of fields that this version ships and that were custom before: they are custom no more. */
void custom_adopt(struct store *s);

/* As it is stored, whoever may see it; totals that wait (store_settle) are not in it. */
bool record_read(struct store *s, const struct entity *e, int64_t id, struct record *out,
		 struct arena *a);
bool record_exists(struct store *s, const struct entity *e, int64_t id);
void found_forget(struct store *s); /* records that were found may be gone, or may be back */

/*
 * before.c: between db_post true and false records that the transaction has not written are read
 * on a connection of their own, or each would wait for what was posted.  False: the transaction
 * is to be asked.  To be ended before the commit.
 */
bool before_has(struct store *s, const struct entity *e, int64_t id);
bool before_read(struct store *s, const struct entity *e, int64_t id, struct record *out,
		 struct arena *a);
void before_end(struct store *s);

/* access.c */
bool access_load(struct store *s, struct diag *d); /* once the configuration is there */
void access_everything(struct store *s);	   /* the product itself acts: crm-init */
bool access_has_admin(struct store *s);
bool access_may_upgrade(struct store *s, struct diag *d); /* of tables of any age */

/* access_people.c */
int64_t access_admins(struct store *s, int64_t but); /* active ones besides that user */
bool access_refuse_role(const struct store *s, const char *field, const char *what, struct diag *d);
bool access_write_user(struct store *s, const struct record *now, const struct record *old,
		       unsigned flags, struct diag *d);
bool access_write_absence(struct store *s, const struct record *now, const struct record *old,
			  struct diag *d);

/* roles.c */
void roles_defaults(struct store *s);
struct role role_row(struct stmt *row, size_t at, struct arena *a); /* six columns from `at` */

/*
 * scope.c: whether the stored record is within the acting user's scope.  To remove it
 * one must be the owner (of the whole): what is nobody's, shared, or about one's own
 * is there to be worked on.
 */
enum purpose { TO_READ, TO_WRITE, TO_REMOVE };
bool scope_has(struct store *s, const struct entity *e, int64_t id, enum scope scope,
	       enum purpose purpose);

/*
 * The shadows that leave only what the role reads (as_of: by record type, whether a
 * temporary table `"lead as of"` stands for the real one; NULL: none), and the index
 * that they need.
 */
void scope_shadow(struct store *s, const bool *as_of);
void scope_unshadow(struct store *s);
void scope_index(struct store *s, const struct entity *e, bool wanted);

/* money.c: one currency a record. */
void money_scales(struct record *r, const struct settings *t); /* of a record just read */
/* Settles which currency the mentioned amounts of r are in, and reads those that waited for it. */
bool money_settle(struct record *r, const struct record *old, struct codec *c, struct diag *d);
/* After the merge: all amounts in the decimals of the record's currency. */
bool money_rescale(struct record *r, const struct codec *c, struct diag *d);

size_t entity_index(const struct store *s, const struct entity *e);

/* ddl.c */
void ddl_create(struct store *s); /* whatever is missing */
/* A temporary one shadows the real one and has no foreign keys. */
void ddl_table(struct store *s, const struct entity *e, bool temporary);
void ddl_view(struct store *s, const struct entity *e, bool temporary);
void ddl_field(struct store *s, const struct entity *e, const struct field *f); /* if missing */
void ddl_index_drop(struct store *s, const struct entity *e, const struct field *f);
const char *ddl_fingerprint(struct arena *a); /* changes when the tables must */

/* store_config.c */
bool config_load(struct store *s, struct diag *d);
void config_defaults(
    struct store *s); /* writes the shipped picklists and pipelines that are missing */

/* row.c: a complete record into its table, keys and search text with it. */
void row_insert(struct store *s, const struct record *r, const struct codec *c);
void row_delete(struct store *s, const struct entity *e, int64_t id, struct arena *a);
void row_forget(struct writer_entity *w); /* closes its statements */
/* Into the temporary table of its name; the caller closes the statement. */
struct stmt *row_past(struct store *s, const struct entity *e);
void row_insert_past(struct store *s, struct stmt *insert, const struct record *r,
		     const struct codec *c);
void row_update(struct store *s, const struct record *r, const struct record *old,
		const struct codec *c);

/*
 * search_put.c: the index behind bare words, where there is one, after a row was
 * written and before its text is changed or goes.
 */
void search_put(struct store *s, const struct entity *e, int64_t id, struct str text);
void search_remove(struct store *s, const struct entity *e, int64_t id);
void search_flush(struct store *s);   /* what of that still waits; before a commit */
void search_relieve(struct store *s); /* the same where much waits; before a mark */
extern const char search_layout[]; /* part of the tables' fingerprint: who writes must know of it */
/* search_sqlite.c: makes it where there is none and about so many records are reason enough. */
void search_grow(struct store *s, const struct entity *e, int64_t records);

/*
 * search_ahead.c: about so many records come into a table: where it was empty and another
 * processor is free, its index is made beside them; they are all there, and it is taken over
 * by search_grow, at the commit at the latest; the same at once, before other records come or
 * some are changed; it is of no use, or was taken over.
 */
void search_ahead_begin(struct store *s, const struct entity *e, int64_t records);
void search_ahead_close(struct store *s);
void search_ahead_finish(struct store *s);
void search_ahead_end(struct store *s);

/* merged.c: what is to be said of it in the change that takes `old` away. */
void merge_put(struct store *s, const struct record *old, struct buf *before);
bool merge_is_noted(struct str before); /* that of a change */
/* Ids of identities that only merges had made that have been taken back are free again. */
void merge_give_back(struct store *s);

/* history.c */
int64_t history_change_set(struct store *s); /* its number; made now where there was none */
void history_flush(struct store *s);	     /* the run of inserts; before a commit */
void history_insert(struct store *s, const struct entity *e, int64_t id);
void history_update(struct store *s, const struct record *old, const struct record *now);
void history_delete(struct store *s, const struct record *old);
void history_next_set(struct store *s); /* what follows is another change set, without key */
/* The values that a change replaced; V_NONE where it says nothing of the field. */
struct record history_values(const struct entity *e, int64_t id, struct str before,
			     struct arena *a);

/*
 * pending.c: what a restored record refers to that has not come yet is set aside; the
 * field is then empty (a new record's) or not mentioned (of one that is there).
 */
void pending_defer(struct store *s, struct record *r, const struct record *old,
		   const struct codec *c);
/* A reference that is cleared by hand waits for nothing any more. */
void pending_forget(struct store *s, const struct record *r, const struct record *old,
		    struct arena *a);
/* Whether all that a record's references name can be waited for; false with diag. */
bool pending_check(const struct store *s, const struct record *r, struct diag *d);
/* A link that was made when its target came waits again, now that the target has gone. */
void pending_again(struct store *s, const struct record *r, const struct field *f, int64_t target,
		   struct arena *a);

/* unique.c: F_UNIQUE fields and the entity's unique sets; false with diag that names who has them.
 */
bool check_unique(struct store *s, const struct record *r, const struct record *old,
		  const struct codec *c, struct diag *d);

/* Who has the same values in one of the unique sets; 0: nobody. */
int64_t unique_twin(struct store *s, const struct record *r, const struct codec *c);

/* guard.c: what a write needs from other records. */
bool guard(struct store *s, const struct record *r, const struct record *old, const struct codec *c,
	   struct diag *d);

/* A part's amounts are in the currency of its whole; before any amount is read.  False with diag.
 */
bool guard_currency(struct store *s, struct record *r, const struct record *old,
		    const struct codec *c, struct diag *d);

/*
 * lines.c: what lines take from products, and documents from what they came from; false with
 * diag.  lines_keep_totals: before the merge.  lines_exist, real: no stand-ins.
 */
bool lines_fill(struct store *s, struct record *r, const struct record *old, const struct codec *c,
		struct diag *d);
/*
 * owner.c: of a new quote who has the deal; of a new plan who has what it is about; else, and
 * of what was done, whoever writes it; where the product itself does, nobody.
 */
void owner_fill(struct store *s, struct record *r, const struct record *old, const struct codec *c);
void lines_keep_totals(struct store *s, struct record *r, const struct record *old);
/* Whether the row of an import, before the merge, says what the document comes to. */
bool lines_total_said(const struct record *r);
bool lines_exist(struct store *s, const struct entity *e, int64_t id, bool real);

/* Lines of what the customer was told change only with a reason; false with diag. */
bool lines_guard(struct store *s, const struct record *r, const struct record *old,
		 const struct codec *c, struct diag *d);
bool lines_may_remove(struct store *s, const struct record *old, struct diag *d);

/* numbers.c: gives a document its number, or notes the one it has; before it is written. */
void number_give(struct store *s, struct record *r, const struct record *old,
		 const struct codec *c);
void numbers_save(struct store *s); /* before a commit */
void numbers_mark(struct store *s); /* at store_mark */
void numbers_undo(struct store *s); /* at store_undo */

/* settle.c: of what waits, facts are written once they are many; between writes, before a mark. */
void settle_facts(struct store *s);
/* What this record waits for is written first. */
void settle_before(struct store *s, const struct entity *e, int64_t id);
void settle_undo(struct store *s); /* at store_undo: what waited at store_mark waits again */

/* What a record takes over from those that it is about; before the checks. */
void guard_fill(struct store *s, struct record *r, const struct codec *c);

/*
 * store_write.c, the steps of a write: what is mentioned over what was there (or over the
 * defaults), its money in minor units; then what the program adds of itself and the type's
 * own check.  Both false with diag.  Nothing is written.
 */
bool record_lay_over(struct store *s, struct record *r, const struct record *old, unsigned flags,
		     struct codec *c, struct diag *d);
bool record_fill(struct store *s, struct record *r, const struct record *old, struct codec *c,
		 struct diag *d);
void set_nulls(struct record *r); /* what is not mentioned is empty */

/*
 * restore.c: an export comes back over a record that is there: an ordinary update, but of the
 * user whom crm-init made, and of lines that stood in for those that come.
 */
bool restore_over(struct store *s, struct record *r, const struct record *old, unsigned *flags,
		  struct codec *c, struct diag *d);
bool record_same(const struct record *a, const struct record *b);

/*
 * What store_put, PUT_TRUSTED, would make of r over `old`, which is stored: nothing is written.
 * WROTE_NOTHING with diag: it would be refused.
 */
enum wrote record_try(struct store *s, struct record *r, const struct record *old, struct arena *a,
		      struct diag *d);

/*
 * service_clock.c: the clocks of tickets and leads.  What the policy promises, and the working
 * time for which a ticket waited, go into the record; after its own check.
 */
void service_fill(struct store *s, struct record *r, const struct record *old,
		  const struct codec *c);
void service_defaults(struct store *s); /* writes the shipped hours and policy if there are none */

/* derive_ticket.c: an activity about a ticket is an answer, or wakes it up. */
bool derive_ticket(struct store *s, const struct record *old, const struct record *now,
		   unsigned flags, struct arena *a, struct diag *d);

/*
 * member.c: completes a campaign's member by its channel, and refuses whom it may not reach;
 * a segment's condition, and that its members are of its type.
 */
bool member_check(struct store *s, struct record *r, const struct record *old,
		  const struct codec *c, struct diag *d);

/* The membership of that person (contact, account, lead) in the campaign; 0: none. */
int64_t member_of(struct store *s, int64_t campaign, const char *person, int64_t id,
		  struct arena *a);
/* It went so far at that instant; forwards only: who clicked does not go back to having opened. */
bool member_advance(struct store *s, int64_t member, const char *status, struct str at,
		    struct arena *a, struct diag *d);

/* related.c: refuses an organisation where only a person can be that, such as a spouse. */
bool related_check(struct store *s, const struct record *r, const struct codec *c, struct diag *d);

/* What an event, a call, or a word about consent makes of memberships. */
bool derive_member(struct store *s, const struct record *old, const struct record *now,
		   unsigned flags, struct arena *a, struct diag *d);

/* derive.c: what follows from a write; `old` or `now` NULL: made or removed. */
bool derive(struct store *s, const struct record *old, const struct record *now, unsigned flags,
	    struct arena *a, struct diag *d);

/* The account has one main contact if it has any: where it has none, the oldest becomes it. */
bool derive_primary(struct store *s, int64_t account, struct arena *a, struct diag *d);
/* derive_main.c: the first contact of an account is its main one, whatever the record says */
void main_fill(struct store *s, struct record *r, const struct record *old, const struct codec *c);
void mains_forget(struct store *s);    /* contacts were taken out, or back */
void openings_forget(struct store *s); /* derive_customer.c: deals were */

/*
 * undo.c: whether a write that follows from an undo is the undo's own affair: it puts
 * the values back itself that the record had, and the records that had followed.
 */
bool undo_settles(struct undo *u, const struct record *r);

/* keys.c: the hidden columns. */
/* keys: one a field, set for those that have one (F_MATCH), V_NULL where they are empty. */
void record_keys(const struct record *r, const struct codec *c, struct value *keys);
struct str search_text(const struct record *r, const struct value *keys, const struct codec *c);
/* Makes them again from what the record holds. */
void keys_refresh(struct store *s, const struct entity *e, int64_t id, struct arena *a);

#endif
