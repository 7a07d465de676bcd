/*
 * What the columns of somebody's file mean: the map of crm-import.
 *
 * Columns that no map names find their field by themselves (name, label, alias).
 * A map says the rest; it is a YAML file:
 *
 *   columns:                       # by the file's headers, as field_by_header compares them
 *     Họ tên: name                 # the column is the field
 *     SĐT: [phone, zalo]           # … or feeds several
 *     Notes for us: {ignore: true}
 *     Stage:
 *       - {field: stage, values: {Won: won, Engaging: proposal}}
 *       - {field: lost_reason, values: {Lost: no_decision, Won: null, Engaging: null}}
 *     Revenue: {field: annual_revenue, decimal: ",", multiply: 1000000}
 *     Created: {field: created_at, date_order: mdy}
 *     Full name: {split: {as: name, into: [last_name, first_name]}}
 *     Address: {split: {as: address, into: [street, ward, district, city]}}
 *     Size: {split: {by: x, into: [width, height]}}
 *   join:                          # by fields
 *     name: {from: [First, Last], by: " "}
 *   set: {source: import}          # constants; they win over columns
 *   ignore: [Fax, Remarks]
 *   match: [email, phone]          # as --match
 *   create_missing: [account]      # as --create-missing
 *   system: hubspot                # as --system
 *   optional: true                 # columns that the file has not are no mistake
 *   links: {account: company}      # the field refers to a further record of the row
 *   also:                          # further records that a row makes
 *     - record: account            # what it is
 *       as: company                # its name for links; without: the record type
 *       columns: {Company: name}   # join, set and match as above
 *       match: [name]
 *     - record: identity
 *       columns: {E-mail 2: email}
 *       links: {contact: row}      # "row": the record that the row itself is
 *       when: [email]              # made only where these are filled; else: where any is
 *
 * What is done to a cell, in this order: join; split; default (for an empty one);
 * values (compared without case and accents; others pass through, null or ""
 * clears the field); decimal; multiply; slug ("Anna Snelling" becomes
 * anna.snelling); prefix, suffix.  split as name or address gives each field the part
 * that it is called after (core/name.h, core/address.h); split by a text cuts into as
 * many pieces as there are fields; what is too much stays with the last one, with
 * `rest: first` with the first.
 *
 * On the command line a map is 'Họ tên=name,SĐT=phone'; 'Fax=' ignores a column.
 */
#ifndef CRM_DOMAIN_IMPORT_MAP_H
#define CRM_DOMAIN_IMPORT_MAP_H

#include "config/yaml.h"
#include "core/map.h"
#include "schema/schema.h"
#include "stream/reader.h"

/*
 * The part of a text that the field of that name holds, empty where there is none; p NULL:
 * no text has such a part.
 */
typedef struct str import_split(struct str text, const struct field *f, const struct settings *s,
			       struct arena *a);

/* By what split calls it, name or address; NULL: neither. */
import_split *import_split_find(struct str name);

/* How one field gets its text. */
struct import_rule {
	const struct field *field;
	const struct str *from; /* headers; none: `fallback` is a constant */
	size_t nfrom;
	struct str by; /* between what is joined */
	struct split {
		import_split *as; /* NULL: by a text */
		struct str by;
		size_t part, parts; /* parts 0: not split */
		bool rest_first;
	} split;
	struct str fallback;	  /* p NULL: none */
	const struct map *values; /* folded text → number of `to`, from 1; NULL: none */
	const struct str *to;
	struct str prefix, suffix;
	char point;	 /* of decimals; 0: as the database has it */
	bool multiplied; /* by factor × 10^-scale */
	int64_t factor;
	int scale;
	bool slug;
	const struct settings *settings; /* other ones for this column; NULL: the database's */
	const char *source;		 /* where the rule stands */
	long line, column;
};

/* A field that refers to another record of the same row. */
struct import_link {
	const struct field *field;
	struct str to; /* that record's name; "row": the row's own */
};

struct import_map {
	const struct schema *schema;
	const struct settings *settings;
	const struct entity *entity;
	struct arena *arena;
	struct import_rule *rules;
	size_t n, room;
	const struct str *ignored; /* headers */
	size_t nignored;
	struct str match, create_missing; /* comma-separated; empty: none */
	struct str system; /* whose numbers external_id holds: "hubspot" makes 12 hubspot:12 */
	bool optional;	   /* columns that the stream has not are no mistake */
	const struct import_link *links;
	size_t nlinks;
	struct import_part *parts; /* further records of each row */
	size_t nparts;
	struct import_values {
		struct map map;
		struct import_values *next;
	} * values; /* of all rules */
};

struct import_part {
	struct str name; /* for links and messages */
	struct import_map map;
	const struct field **when; /* all filled, or there is none; nwhen 0: any filled */
	size_t nwhen;
};

/* Adds what a map file says.  False with diag: file:line:column and what is wrong. */
bool import_map_yaml(struct import_map *m, const struct yaml *root, struct diag *d);

/* Adds 'Họ tên=name,SĐT=phone'; false with diag. */
bool import_map_inline(struct import_map *m, struct str text, struct diag *d);

/* Adds the constant FIELD=VALUE, in place of one for that field; false with diag. */
bool import_map_set(struct import_map *m, struct str assignment, struct diag *d);

/* Whether the values that the map itself gives are good ones; false with diag. */
bool import_map_check(const struct import_map *m, struct diag *d);

/* Whether a rule or a list of the map, or of a further record's, names the header. */
bool import_map_has(const struct import_map *m, struct str header, struct arena *scratch);

void import_map_free(struct import_map *m);

/* The field of that name, else false with diag that names the nearest. */
bool import_field(const struct entity *e, struct str name, const struct field **f, struct diag *d);

/* For import_map_yaml: a rule to fill in; a field gets one rule (and one constant). */
struct import_rule *import_rule_new(struct import_map *m);

/* The columns that crm-import adds to rejected rows; read back, they say nothing. */
extern const char *const import_reject_columns[];
enum { REJECT_LINE, REJECT_REASON, REJECT_RAW, NREJECT_COLUMNS };

/* The map laid on the columns of a stream; { .map = m } is a good new one. */
struct import_plan {
	const struct import_map *map;
	bool ignore_unknown;
	bool only_rules; /* a further record: no column is its own by itself */
	const struct import_plan *const *others; /* laid before; their columns are understood */
	size_t nothers;
	bool *used; /* one a column: some rule reads it */
	bool bound;
	unsigned layout; /* of the rows that it is about */
	struct import_feed *feeds;
	size_t n;
	size_t raw; /* column reject_raw, or SIZE_MAX */
	struct arena arena;
};

/*
 * Lays the map on the row's columns, where its layout is new.  False with diag: a
 * column is no field, two are the same one; or, where the columns are `fixed` by a
 * header, the map names one that is not there.
 */
bool import_bind(struct import_plan *p, const struct row *row, bool fixed, struct diag *d);

/* The record that a bound row says, as bind_cells gives it.  False with diag. */
bool import_record(const struct import_plan *p, const struct row *row, struct record *r,
		   struct codec *c, struct diag *d);

/* Whether a column of it is filled in the bound row. */
bool import_says(const struct import_plan *p, const struct row *row);

/* For the next stream. */
void import_unbind(struct import_plan *p);

#endif
