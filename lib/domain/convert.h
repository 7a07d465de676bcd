/*
 * A lead becomes an account, a contact and a deal (model.md, "Conversion").
 *
 * Where each field of a lead goes stands in the schema (struct field.converts).
 * Records that are there get their empty fields filled; the stricter consent wins.
 */
#ifndef CRM_DOMAIN_CONVERT_H
#define CRM_DOMAIN_CONVERT_H

#include "domain/dedupe.h"
#include "domain/match.h"

enum part { PART_ACCOUNT, PART_CONTACT, PART_DEAL, PARTS };
extern const char *const part_names[PARTS]; /* also the record types */

/* What the user wants of a part. */
struct convert_choice {
	enum convert_how { HOW_MATCH, HOW_NEW, HOW_NONE, HOW_REF } how;
	int64_t id; /* HOW_REF */
};

/* Where one field of a lead goes. */
struct route {
	const struct field *from;
	enum part part;
	const struct field *to;
	bool person;	/* only where a person becomes an account: contact.X as account.X */
	bool overwrite; /* --overwrite names it */
};

struct converter {
	struct store *store;
	struct convert_choice want[PARTS];
	struct record deal; /* what the user says of new deals: name, stage, pipeline … */
	struct route *routes;
	size_t nroutes;
};

/* One field in which a record that is there and the lead (or its new links) do not agree. */
struct difference {
	const struct field *field; /* of the part's record type */
	struct value has, lead;
};

enum { CONVERT_SUGGEST = 3 };

/* What became of one part. */
struct converted {
	enum action { ACTION_NONE, ACTION_CREATE, ACTION_LINK } action;
	struct record record; /* what was mentioned to the store; id: which record it is */
	struct record before; /* ACTION_LINK: as it was */
	enum match_by by;     /* MATCH_NOTHING: it was named, or belongs to one that was found */
	struct difference *differences; /* that were left as they are */
	size_t ndifferences;
	struct match alike;  /* ACTION_CREATE: others of that name, not linked */
	struct match shared; /* people of other names with its telephone, not linked */
	struct dedupe_candidate suggest[CONVERT_SUGGEST]; /* who else it may be, not linked */
	size_t nsuggest;
};

struct conversion {
	struct record lead;  /* as it was */
	struct record after; /* what is left to be written of the lead, PUT_TRUSTED */
	struct converted parts[PARTS];
	long activities; /* that were linked */
};

/* Wants match, match, new.  Within a writing transaction.  Everything in `a`. */
void converter_open(struct converter *c, struct store *s, struct arena *a);

/*
 * Fields that may be overwritten: names of the lead's fields or of their
 * destinations, separated by commas.  False with diag: no such field, or consent.
 */
bool converter_overwrite(struct converter *c, struct str fields, struct diag *d);

/*
 * Writes account, contact and deal of one lead and links its activities; the lead
 * itself is left to the caller (out->after).  False with diag: it is converted
 * already or disqualified, several records match, something is wrong with a value.
 */
bool convert_lead(struct converter *c, int64_t lead, struct conversion *out, struct arena *a,
		  struct diag *d);

/* The plan of one lead as a JSON object. */
struct str conversion_json(const struct converter *c, const struct conversion *v, struct arena *a);

/* A value as streams show it: an owner by login. */
struct cell convert_cell(const struct converter *c, const struct field *f, const struct value *v,
			 struct arena *a);

/*
 * convert_link.c: activities, tickets, events, identities and memberships of the lead become
 * those of whom it became (ids by part, 0: none).  False with diag.
 */
bool convert_links(struct store *s, int64_t lead, const int64_t made[PARTS], long *activities,
		   struct diag *d);

/* convert_route.c */
struct route *convert_routes(const struct schema *s, size_t *n, struct arena *a);

/*
 * Lays what goes to `part` into out->record: all that the lead says (a new record),
 * or what out->before leaves room for.  as_person: a person's account takes what
 * would be the contact's.
 */
void convert_fill(const struct converter *c, const struct record *lead, enum part part,
		  bool as_person, struct converted *out, struct arena *a);

/* Sets one field of out->record; of a record that is there only an empty one. */
void convert_set(struct converted *out, const struct field *f, const struct value *v,
		 struct arena *a);

#endif
