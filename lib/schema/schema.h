/*
 * What there is: types, fields, record types, picklists.
 *
 * A fact stands once.  A field is one row of one lib/schema/entity_*.c; its
 * column in the database, CSV header, JSON key, option (`status=`), validation,
 * help, man page and completion all come from that row.
 */
#ifndef CRM_SCHEMA_SCHEMA_H
#define CRM_SCHEMA_SCHEMA_H

#include "core/arena.h"
#include "core/date.h"
#include "core/diag.h"
#include "stream/cell.h"

/* Of labels, see schema/label.h. */
enum language { ENGLISH, VIETNAMESE };

/* What an installation has configured; filled from the database when it is opened. */
struct settings {
	const char *currency;	  /* ISO 4217, "VND" */
	const char *region;	  /* ISO 3166, for phones */
	const char *zone;	  /* IANA */
	char group, point;	  /* how the locale writes 1.500.000,5; 0: not known */
	enum language language;	  /* of what people see */
	bool family_first;	  /* names: family name before given name (Vietnamese) */
	struct calendar calendar; /* now, and the order of 3/4/2026 */
	int64_t user;		  /* acting user's id; 0: not in the database */
	struct str login;	  /* acting user */
};

/* V_NONE: not mentioned; V_NULL: empty.  CSV `,,` and `""` differ. */
enum kind { V_NONE, V_NULL, V_INT, V_TEXT };

/*
 * A value as the store holds it.  Money, numbers, booleans, ids and references
 * are V_INT (scale: digits behind the decimal point); text, dates, instants and
 * picklist keys are V_TEXT.  A reference that is V_TEXT is not resolved yet: it
 * is what somebody typed (a login, a name, a phone number).
 */
struct value {
	enum kind kind;
	uint8_t scale;
	int64_t i;
	struct str s;
};

static inline struct value value_int(int64_t i)
{
	return (struct value){ .kind = V_INT, .i = i };
}

static inline struct value value_text(struct str s)
{
	return (struct value){ .kind = V_TEXT, .s = s };
}

static inline struct value value_null(void)
{
	return (struct value){ .kind = V_NULL };
}

/* Whether there is one. */
static inline bool value_set(const struct value *v)
{
	return v->kind == V_INT || v->kind == V_TEXT;
}

/* V_NONE equals V_NULL. */
static inline bool value_eq(const struct value *a, const struct value *b)
{
	if (a->kind != b->kind)
		return !value_set(a) && !value_set(b);
	if (a->kind == V_INT)
		return a->i == b->i && a->scale == b->scale;
	return a->kind != V_TEXT || str_eq(a->s, b->s);
}

enum field_flags {
	F_REQUIRED = 1 << 0,
	F_SYSTEM = 1 << 1,  /* the store sets it; only a restore may carry it */
	F_DERIVED = 1 << 2, /* the store sets it from other records; an import may seed it */
	F_MATCH = 1 << 3,   /* has a companion column NAME_key (folded, E.164 …) with an index */
	F_SEARCH = 1 << 4,  /* bare words find it */
	F_UNIQUE = 1 << 5,  /* refused if another record has it (compared by key where F_MATCH) */
	F_INDEX = 1 << 6,
	F_LONG = 1 << 7,       /* text of several lines */
	F_PARTIAL = 1 << 8,    /* a date whose year may be unknown (--05-17) */
	F_HIDDEN = 1 << 9,     /* not among the fields that streams carry unless asked for */
	F_IMMUTABLE = 1 << 10, /* set when the record is made, never after */
	F_CUSTOM = 1 << 11,    /* made by an admin: see store/custom.h */
	F_PART = 1 << 12,      /* a reference to the whole that this record is a part of */
	F_RETIRED = 1 << 13,   /* custom: what is there can be read, nothing new is taken */
	F_LETS_GO = 1 << 14,   /* a reference that holds nobody: it is cleared when its target
				* goes, and a record that then names nobody goes, too */
};

struct field;
struct entity;
struct record;

/* What a parser or printer needs to know besides the value. */
struct codec {
	const struct schema *schema;
	const struct settings *settings;
	const char *currency; /* of this record's money; NULL: the settings'; "": not known yet,
			       * so that money stays V_TEXT until the store sees the record */
	bool human;	      /* printing for a table: local time, grouped numbers, labels */
	/* Then: the names of users by their logins; NULL: these are what is shown. */
	const struct picklist *people;
	bool trusted;	/* the product itself writes: derived and system fields may change */
	bool restoring; /* an export comes back: checked; filled in is but what must be there */
	bool excused;	/* --reason was given */
	bool seeding;	/* an import: what happened elsewhere did not happen now */
	struct mender *mender; /* of cells that were written elsewhere; NULL: as they stand */
	struct arena *arena;
};

/* What is done to the cells of a new record before they are parsed; the head of a larger thing. */
struct mender {
	/*
	 * May change the cell, or set *v, which is V_NONE before, so that the cell is not
	 * parsed.  `told`: c's settings are those of this very column.  False with diag.
	 */
	bool (*mend)(struct mender *m, const struct field *f, struct cell *cell, struct value *v,
		     const struct codec *c, bool told, struct diag *d);
};

/* How the comparison of a where expression treats the type. */
enum compare {
	COMPARE_TEXT,  /* without case and accents */
	COMPARE_EXACT, /* keys, as they stand */
	COMPARE_NUMBER,
	COMPARE_TIME, /* dates and instants, as intervals */
	COMPARE_REF,
	COMPARE_TAGS,
};

/* A new type is one row of types[]; no switch on types anywhere. */
struct type {
	const char *name;
	const char *sql; /* column type of a STRICT table */
	enum compare compare;
	bool right; /* right-aligned in a table */
	const char *help;
	/* Never sees CELL_ABSENT, CELL_NULL or blank text.  False with diag. */
	bool (*parse)(struct value *, struct str, const struct field *, const struct codec *,
		      struct diag *);
	/* Never sees V_NONE or V_NULL. */
	struct cell (*print)(const struct value *, const struct field *, const struct codec *);
	/* The companion key of F_MATCH; empty: nothing to match by. */
	struct str (*key)(struct str, const struct codec *);
};

/* Digits behind the point of a type_number: its values are held in millionths. */
enum { NUMBER_SCALE = 6, NUMBER_ONE = 1000000 };

extern const struct type type_text, type_external, type_code, type_email, type_phone, type_handle,
    type_url, type_int, type_number, type_percent, type_money, type_currency, type_date,
    type_instant, type_bool, type_pick, type_ref, type_tags, type_shares, type_rrule, type_id;
extern const struct type *const types[];
extern const size_t ntypes;

struct field {
	const char *name;
	const struct type *type;
	unsigned flags;
	const char *help;  /* lower case, no full stop */
	const char *label; /* English heading; NULL: the name with blanks and a capital */
	const char *label_vi;
	const char *picklist; /* type_pick: which list */
	const char *ref;      /* type_ref: which record type */
	const char *alias;    /* other headers understood on import, separated by '|' */
	const char *def;      /* as a user would type it */
	const char *converts; /* lead: "account.name contact.name", or "-" (stays on the lead) */
};

/* Every entity's fields begin with these, in this order. */
enum { FIELD_ID };

struct entity {
	const char *name; /* "lead": also the table, and the prefix of typed references */
	const char *plural;
	const char *label_vi; /* singular; English: the name with blanks and a capital */
	const char *help;
	const struct field *fields;
	size_t nfields;
	const char *list;  /* default columns of a table, dotted paths allowed */
	const char *title; /* field that names a record to a person, "name" */
	const char
	    *key; /* unique field by which references print and resolve first; NULL: typed ids */
	/* Of several columns: "stage closed_at|deal at"; "… at?": of records that have it;
	 * "kind=call at …": of those.  Or NULL. */
	const char *indexes;
	/*
	 * Sets of fields no two records may share, "source external_id|…"; a set with an
	 * empty field is free.
	 */
	const char *unique;
	/*
	 * Append-only: what is reported twice (by a unique set) is the record that is there,
	 * and none is removed but by undo.
	 */
	bool append_only;
	const char
	    *about; /* for records about others: the ref fields that say so, in order; or NULL */
	/*
	 * Completes and checks the record as it will be: `r` has every field (V_NULL
	 * where empty); `old` is what was there, NULL for a new one.  It may change
	 * values of r (compose a name from its parts).  False with diag.
	 */
	bool (*check)(struct record *r, const struct record *old, const struct codec *,
		      struct diag *);
};

struct record {
	const struct entity *entity;
	int64_t id;	      /* 0: none yet */
	struct value *values; /* entity->nfields of them */
};

struct record record_new(const struct entity *e, struct arena *a);
/* The same id and values in values of its own, whose texts are those of `from`. */
struct record record_copy(const struct record *from, struct arena *a);
struct value *record_get(struct record *r, const char *name); /* dies on a name that is none */
const struct value *record_at(const struct record *r, const char *name);

struct pick {
	const char *key;
	const char *en, *vi;
	bool retired;
};

struct picklist {
	const char *name; /* "lead.source" */
	const struct pick *picks;
	size_t n;
	/*
	 * Of a shipped list: keys that the code knows by name, separated by blanks: their
	 * labels may change, they themselves stay.  "*": all, and none may be added.  Or NULL.
	 */
	const char *fixed;
};

/* The shipped defaults, which crm-init writes into the database; NULL past the last. */
const struct picklist *default_picklist_at(size_t i);

enum stage_kind { STAGE_OPEN, STAGE_WON, STAGE_LOST };

struct stage {
	const char *key;
	const char *en, *vi;
	enum stage_kind kind;
	int probability;     /* percent */
	int stale_days;	     /* open longer than this is stale; 0: never */
	const char *require; /* fields that must be filled to enter, separated by blanks; or NULL */
	const char *activities; /* kinds of activity that must be done to enter; likewise */
};

struct pipeline {
	const char *key;
	const char *en, *vi;
	bool strict;		    /* skipping a stage forward needs --reason */
	const struct stage *stages; /* in order */
	size_t n;
	size_t nretired; /* stages behind those, which history alone names */
	bool retired;	 /* takes no new deals; behind all others */
};

extern const struct pipeline default_pipelines[];
extern const size_t ndefault_pipelines;

/*
 * How fast tickets are to be answered and resolved, by priority, and how fast somebody gets
 * back to a lead (one row, priority ""); seconds of working time.
 */
struct sla_time {
	const char *priority;
	int64_t response_s, resolution_s; /* 0: no promise */
};

/* What a policy may name whom it is for by. */
struct sla_condition {
	const char *name;     /* in the configuration */
	const char *about;    /* the record types that have it, separated by blanks */
	const char *path;     /* field of the record, or of its account */
	const char *picklist; /* its values */
};

enum { SLA_CONDITIONS = 5 };
extern const struct sla_condition sla_conditions[SLA_CONDITIONS];

struct sla_policy {
	const char *key;
	const char *about;		/* "ticket" or "lead" */
	const char *of[SLA_CONDITIONS]; /* values separated by blanks; NULL: whatever it is */
	bool always;			/* its clocks run around the clock */
	const struct sla_time *times;
	size_t n;
};

extern const struct sla_policy default_sla;
extern const char default_hours[]; /* as hours_parse reads them */

/* Where configuration comes from once a database is open. */
struct schema_source {
	/* NULL: no such list. */
	const struct picklist *(*picklist)(void *ctx, const char *name);
	const struct pipeline *(*pipelines)(void *ctx, size_t *n);
	void *ctx;
};

struct schema {
	const struct entity *const *entities;
	size_t nentities;
	const struct schema_source *source; /* NULL: the shipped defaults */
};

/* What the other end of a relation of this kind calls the first: "child" → "parent". */
const char *relation_inverse(const char *kind);

/* Whether a target_figure of this measure has a `value` in money; else it has a `number`. */
bool target_in_money(struct str measure);

/* The record types that ship. */
extern const struct schema shipped_schema;

const struct entity *schema_entity(const struct schema *s, struct str name); /* NULL: none */
const struct field *entity_field(const struct entity *e, struct str name);   /* NULL: none */
static inline size_t field_index(const struct entity *e, const struct field *f)
{
	return (size_t)(f - e->fields);
}

/* What a record type may have: as many as a set of fields holds. */
enum { FIELDS_MAX = 256 };
const struct field *entity_key(const struct entity *e); /* the `key` field, or NULL */

/*
 * The list of that name.  "deal.pipeline" and "deal.stage" (every pipeline's stages,
 * each key once) are lists too, made from the pipelines.  Dies on an unknown name.
 */
const struct picklist *schema_picklist(const struct schema *s, const char *name);

const struct pipeline *schema_pipelines(const struct schema *s, size_t *n);
const struct pipeline *schema_pipeline(const struct schema *s, struct str key); /* NULL: none */
const struct stage *pipeline_stage(const struct pipeline *p, struct str key);	/* NULL: none */

/* By key, label (any language), or either folded; retired ones too.  NULL: none. */
const struct pick *picklist_find(const struct picklist *l, struct str text, struct arena *a);

/*
 * Text or cell to value, with everything that every type shares: trimming, NFC,
 * empty text is V_NULL, invalid UTF-8 and NUL refused.  field->name is put into
 * the diag.
 */
bool field_parse(const struct field *f, struct value *v, struct cell cell, const struct codec *c,
		 struct diag *d);

/* Likewise for a text that is known to be UTF-8, in NFC and without a NUL. */
bool field_parse_sound(const struct field *f, struct value *v, struct cell cell,
		       const struct codec *c, struct diag *d);

/* Value to cell; V_NONE and V_NULL become CELL_NULL. */
struct cell field_print(const struct field *f, const struct value *v, const struct codec *c);

/* The companion key of a F_MATCH field's value; V_NULL where there is none. */
struct value field_key(const struct field *f, const struct value *v, const struct codec *c);

/* The largest id: what a JSON number carries exactly, and far from where counters overflow. */
#define ID_MAX (INT64_C(1) << 53)

/* A bare number that is an id: of up to nine digits, the first no 0 (a phone number has that). */
bool id_parse(struct str text, int64_t *id);

/* "lead-42" → entity and id.  False if it is no typed reference of a known entity. */
bool ref_parse(const struct schema *s, struct str text, const struct entity **e, int64_t *id);
struct str ref_print(const struct entity *e, int64_t id, struct arena *a);

/*
 * The name among `names` nearest to `text`, for "did you mean"; NULL when none is
 * near (more than a third of its letters differ).
 */
const char *nearest(struct str text, const char *const *names, size_t n);
const char *nearest_field(const struct entity *e, struct str text);

/* Header names compared without case, accents and punctuation: "Họ tên" → "hoten". */
struct str header_fold(struct str s, struct arena *a);

/* Whether a folded header means the field: its name, a label (any language) or an alias. */
bool field_is_called(const struct field *f, struct str folded, struct arena *a);

/* The field that a header names, as header_fold sees it; a retired one by its name alone. */
const struct field *field_by_header(const struct entity *e, struct str header, struct arena *a);

#endif
