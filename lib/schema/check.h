/* What the checks of several record types share.  See struct entity.check. */
#ifndef CRM_SCHEMA_CHECK_H
#define CRM_SCHEMA_CHECK_H

#include "schema/schema.h"

/* "" where the field is empty or no text. */
struct str text_of(const struct record *r, const char *name);
/* 0 where it is empty or no number, or where there is no record. */
int64_t int_of(const struct record *r, const char *name);
bool is_set(const struct record *r, const char *name);
bool is_true(const struct record *r, const char *name);
bool changed(const struct record *r, const struct record *old, const char *name);
void set_text(struct record *r, const char *name, struct str s);
void set_null(struct record *r, const char *name);
void set_now(struct record *r, const char *name, const struct codec *c);

/*
 * A person's name from its parts where nobody gave one (or where the one there was
 * made from the old parts): "Nguyễn Văn" + "An" in the order the settings say.
 */
void check_name(struct record *r, const struct record *old, const struct codec *c);

/*
 * Notes when and by whom a do_not_* was set.  One that is taken back says no more since when, by
 * whom and where from it held, unless that is said along; the history knows.
 */
void check_consent(struct record *r, const struct record *old, const struct codec *c);

/*
 * The win_probability of what has one: where its chance is certain now, that many percent; where
 * it was before and no longer is, empty until it is reckoned again.
 */
void settle_chance(struct record *r, int percent, bool certain, bool was_certain);

/*
 * Makes `to` be about what `from` refers to: lead, account, contact, deal, ticket, order and
 * campaign, as far as both have these fields.
 */
void copy_about(struct record *to, const struct record *from);

/* `of` in `record` is one of the values (a NULL-terminated list of keys). */
bool is_one_of(struct str s, const char *const *keys);

#endif
