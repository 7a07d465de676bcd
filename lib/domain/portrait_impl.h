/* What the files of the portrait share; for nobody else. */
#ifndef CRM_DOMAIN_PORTRAIT_IMPL_H
#define CRM_DOMAIN_PORTRAIT_IMPL_H

#include "core/buf.h"
#include "domain/portrait.h"
#include "query/select.h"

/*
 * The records that a customer is made of: by type a list of store_choose.  OWN: of the
 * customer; AROUND: of the account around it, without the own ones.
 */
enum ring { RING_OWN, RING_AROUND, RINGS };

struct maker {
	struct resolver *resolver;
	struct store *store;
	const struct portrait_wish *wish;
	struct portrait *p;
	const struct entity *around; /* account, or NULL */
	int64_t around_id;
	int64_t *rings[RINGS]; /* by the number of the type in the schema; 0: none */
	struct codec codec;
	struct arena *arena;
};

/* One row a part. */
struct part_def {
	const char *name, *en, *vi;
	enum portrait_shape shape;
	void (*fill)(struct maker *, const struct part_def *, struct portrait_part *);
	/* Of those that are records of one type: */
	const char *entity;
	const char *human;   /* fields that people see */
	const char *machine; /* beside all fields */
	const char *term;    /* which of them; NULL: all */
	const char *sort;
};

/* ring.c */
void rings_make(struct maker *m);
int64_t ring_of(const struct maker *m, enum ring ring, const char *entity); /* 0: none */
const struct entity *entity_of(const struct maker *m, const char *name);

/* portrait_rows.c: parts that are records of one type, whole or summed up. */
struct query_context portrait_query(struct maker *m, const char *entity);
/* The columns of both, and one row for each of the records of both rings. */
void fill_records(struct maker *m, const struct part_def *def, struct portrait_part *p);
void fill_tickets(struct maker *m, const struct part_def *def, struct portrait_part *p);

/* portrait_totals.c: sums, one row a currency. */
void fill_deal_totals(struct maker *m, const struct part_def *def, struct portrait_part *p);
void fill_order_totals(struct maker *m, const struct part_def *def, struct portrait_part *p);

/* portrait_products.c: what was bought and kept, one row a product and currency. */
void fill_products(struct maker *m, const struct part_def *def, struct portrait_part *p);

/* portrait_facts.c: what is so of one record. */
void fill_customer(struct maker *m, const struct part_def *def, struct portrait_part *p);
void fill_account(struct maker *m, const struct part_def *def, struct portrait_part *p);
void fill_owner(struct maker *m, const struct part_def *def, struct portrait_part *p);

/* portrait_people.c */
void fill_reach(struct maker *m, const struct part_def *def, struct portrait_part *p);
void fill_consent(struct maker *m, const struct part_def *def, struct portrait_part *p);
void fill_addresses(struct maker *m, const struct part_def *def, struct portrait_part *p);
void fill_relations(struct maker *m, const struct part_def *def, struct portrait_part *p);
void fill_segments(struct maker *m, const struct part_def *def, struct portrait_part *p);

/* portrait_time.c */
void fill_timeline(struct maker *m, const struct part_def *def, struct portrait_part *p);

/* Columns of the fields, as people call them, with room for others behind them. */
struct column *portrait_fields(struct maker *m, const struct select *what, size_t extra);

/* Whose a row is; people are not told what they know: that it is the ring's own. */
struct cell cell_of(struct maker *m, const char *entity, struct value id, struct str name,
		    enum ring ring);

/* Columns of a part that are no fields. */
struct portrait_heading {
	const char *name, *en, *vi;
	bool right;
	enum portrait_audience {
		EVERYBODY,
		MACHINES,
		READERS /* all but those in haste */
	} seen_by;
};
/* Those of them that the wish is for; `shown` (n of them) says which. */
void portrait_columns(struct maker *m, struct portrait_part *p, const struct portrait_heading *h,
		      size_t n);
/* Takes from cells, which has one for each heading, those that are shown. */
struct portrait_row *portrait_put(struct maker *m, struct portrait_part *p,
				  const struct portrait_heading *h, size_t n,
				  const struct cell *cells, enum ring ring);
struct portrait_row *portrait_row_new(struct maker *m, struct portrait_part *p, struct cell *cells,
				      enum ring ring);

/* As the field `name` of the type prints it. */
struct cell cell_as(struct maker *m, const char *entity, const char *name, struct value v);
struct cell cell_amount(struct maker *m, struct value minor, struct str currency);
/* A column of the statement's row, copied to the arena. */
struct value column_value(struct maker *m, struct stmt *rows, size_t i);
struct cell cell_ref(struct maker *m, const char *entity, struct value id);

#endif
