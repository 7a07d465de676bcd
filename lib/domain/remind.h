/*
 * Work-lists: what is due, whose day it is, who was forgotten.
 *
 * A list is one or several sources, each of one record type: a where expression says which
 * records, a field when.  Two steps, so that a long list needs little room: remind_collect
 * finds which records and when (40 bytes each), remind_describe says of one after the other
 * who it is, how they are reached and what there is to say.
 */
#ifndef CRM_DOMAIN_REMIND_H
#define CRM_DOMAIN_REMIND_H

#include "query/query.h"
#include "query/select.h"
#include "store/store.h"

enum remind_how {
	REMIND_ONCE,	/* on the day or at the instant that the field holds */
	REMIND_YEARLY,	/* every year on that day; the field may hold no year */
	REMIND_REPEATS, /* a planned activity that repeats: each time within the window */
	REMIND_ENDED,	/* the same: whose last time is past */
};

/* Of which record a row speaks, first of those that are set: "deal lead contact"; NULL: itself. */
struct remind_source {
	const char *kind; /* why: in machine formats */
	const char *en, *vi;
	const char *entity;
	enum remind_how how;
	const char *when; /* field: a date or an instant */
	/*
	 * NULL: a report finds them (reorders).  Else the where expression, in which $now $from $to
	 * $since stand for instants (see struct remind_window); $stale: which deals are
	 * (pipeline_stale).
	 */
	const char *where;
	const char *about;
	const char *subject; /* paths, the first that is set is what there is to say; or NULL */
	/* Said where there is no subject: how many years or days (%d; one_en of one, where English
	 * has another word), or without where nobody knows. */
	const char *say_en, *one_en, *say_vi, *bare_en, *bare_vi;
	bool looked_up; /* by `where`: what else is asked for is asked of those alone */
	bool if_named;	/* only where its record type is asked for */
	bool undated;	/* `when` is since when: in calendars it is a task without a day */
};

struct remind_list {
	const char *name;
	const struct remind_source *sources;
	size_t n;
};

const struct remind_list *remind_list_named(const char *name); /* NULL: none */

/* What people see in place of a kind. */
const char *remind_kind_label(struct str kind, enum language l);

struct remind_window {
	int64_t now;	  /* instant */
	int64_t from, to; /* local days, `to` not in it */
	int64_t days;	  /* how long nobody was in touch, or a deal stands; < 0: as configured */
};

struct remind_item {
	const struct remind_source *source;
	int64_t id;	/* of the source's record type */
	int64_t at;	/* an instant, or a day */
	int month, day; /* REMIND_YEARLY: as the field has them, also 29 February */
	int32_t figure; /* years or days that the phrase tells; < 0: not known */
	bool timed;	/* `at` is an instant */
};

struct remind_items {
	struct remind_item *item;
	size_t n, room;
};

/*
 * The source's items within the window for which `where` is true (NULL: all), behind those
 * that are there.  False with diag.
 */
bool remind_collect(struct store *s, const struct remind_source *source,
		    const struct query_context *q, const struct node *where,
		    const struct remind_window *w, struct remind_items *out, struct diag *d);
void remind_add(struct remind_items *out, struct remind_item item);
void remind_sort(struct remind_items *items); /* the earliest first */
void remind_free(struct remind_items *items);

/*
 * The day of a year on which a day of the calendar is kept: 29 February is 28 February in
 * years that have none.
 */
int64_t remind_day_in(int year, int month, int day);

/* What a row says; texts live until the next one. */
struct remind_row {
	struct str id, record; /* whom it is about, and the record that says so */
	const char *kind;
	struct str owner, name, company, subject, phone, email, zalo;
	struct str created_at, updated_at, rev; /* of the record */
	int64_t days;				/* from today; below 0: ago */
};

/*
 * Reads rows one after the other; what there is to say is in the language of the database.
 * Numbers and addresses at which somebody does not want to be reached are left out.
 */
struct remind_reader;
struct remind_reader *remind_open(struct store *s, const struct remind_window *w,
				  struct query_context (*context)(void *ctx, const struct entity *),
				  void *ctx);
bool remind_describe(struct remind_reader *r, const struct remind_item *item,
		     struct remind_row *out); /* false: it is gone meanwhile */
void remind_close(struct remind_reader *r);

#endif
