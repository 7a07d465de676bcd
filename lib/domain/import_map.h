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
 *     Address * - City: city         # Address 1 - City …: of the first group with a value
 *     "[Business|Home] City": city   # the same with words
 *     Labels: {field: tags, list: " ::: ", strip: "* ", values: {myContacts: null}}
 *     Total: {field: paid, less: [Open, Refunded]} # the amount without those of other columns
 *     Company: company
 *     Employer: {field: company, or: true}  # where what stands before it gives nothing
 *     Login: {field: name, or: [first_name]}  # … nor for that field; keep: false drops it then
 *     Closed: {field: closed_at, given: {Stage: [Won, Lost]}}  # only in such rows
 *     Company ID: {field: account, external: true}  # 12 is hubspot:12
 *   join:                          # by fields
 *     name: {from: [First, Last], by: " "}
 *   set: {source: import}          # constants; they win over columns
 *   ignore: [Fax, Remarks]
 *   match: [email, phone]          # as --match
 *   create_missing: [account]      # as --create-missing
 *   system: hubspot                # as --system
 *   optional: true                 # columns that the file has not are no mistake
 *   links: {account: company}      # the field refers to a further record of the row
 *   several:                       # the first value is the field's, the others identities
 *     - {field: phone, from: [Phone * - Value, Fax], label: Phone * - Label, by: " ::: "}
 *       # kinds: {Home Fax: home fax, Other: null} says of labels what they are to us; the first
 *       # value is an identity, too, where its label, or a kind of its header, says something;
 *       # what is labelled as a fax or pager comes behind the others, and is an identity alone
 *     - {field: mobile, from: [Phone * - Value], label: Phone * - Label, only: Mobile}
 *       # the first of that kind, and nothing else; with `but: Mobile` it is passed over
 *   rest: notes                    # what no field takes is added there, "Header: value"
 *   lines: {Zalo: zalo}            # a line "Zalo: 0912345678" of the rest's own text is that field
 *   card:                          # what no field takes, as properties of a vCard at its end
 *     - {property: NICKNAME, from: Nickname}
 *     - {property: ADR, from: [PO Box *, "", Street *, City *], label: Type *, kinds: {Home: home}}
 *     - {property: URL, from: Web Page|Home Page, kind: homepage} # of headers the first there is
 *     - {property: X-ABRELATEDNAMES, from: Kin, label: Whose, kinds: {Spouse: X-SPOUSE}}
 *   agree: [name]                  # who is matched, but by another name, is somebody else
 *   skip: "<test lead:"            # rows with a cell that begins so are passed over
 *   guard: true                    # the ' before + - = @ that keeps spreadsheets calm goes
 *   continues: Name                # a row that has the same there as the row before goes on with
 *                                  # its record; true: a row that leaves the record empty does
 *   for:                           # more of all this, by record type, or by the setting `names`
 *     lead: {columns: {Company: company}}
 *     family-first: {join: {last_name: {from: [Last, Middle]}}}
 *   also:                          # further records that a row makes
 *     - record: account            # what it is
 *       as: company                # its name for links; without: the record type
 *       columns: {Company: name}   # join, set and match as above
 *       match: [name]
 *     - record: identity
 *       columns: {E-mail 2: email}
 *       links: {contact: row}      # "row": the record that the row itself is
 *       when: [email]              # made only where these are filled; else: where any is
 *     - record: order_line         # lines that the row's order has already are taken in turn
 *       columns: {Item: description, Price: unit_price}
 *       links: {order: row}
 *       match: [description]
 *       on_match: fill             # as --on-match update, which is usual, or fill
 *     - record: order_line         # unit_price and tax are what the order comes to: the line is
 *       difference: true           # what is missing to that when the others have come
 *       columns: {Total: unit_price, Taxes: tax}
 *       set: {description: Taxes}
 *       links: {order: row}
 *       match: [description]
 *
 * What is done to a cell, in this order: join; strip (the first of its texts that the
 * cell begins with); until (what stands before that text); split; default (for an
 * empty one); values (compared without case and accents, and IN_PROGRESS is In progress,
 * and the other way round; others pass through, or become `else`, where null says nothing of the
 * field, and the text goes to the rest unless another rule takes it or `keep` is false; null or
 * "" clears it); decimal; multiply; slug ("Anna Snelling" becomes anna.snelling); prefix,
 * suffix.  With `list` strip, until and values are done to each piece.  With `keep` the text as it
 * stood goes to the rest, too.  split as name or address gives each field the part that it is
 * called after (core/name.h, core/address.h; a title that is no salutation here, or is given to
 * none, stays before the name); split by a text cuts into as many pieces as there are fields; what
 * is too much stays with the last one, with `rest: first` with the first.
 *
 * Of a map with `rest` nothing is lost: columns without a field, values that no
 * picklist has, users and other records that are not there, and what `until` cut off
 * are kept there, and what was not known is counted.
 *
 * On the command line a map is 'Họ tên=name,SĐT=phone'; 'Fax=' ignores a column.
 */
#ifndef CRM_DOMAIN_IMPORT_MAP_H
#define CRM_DOMAIN_IMPORT_MAP_H

#include "config/yaml.h"
#include "core/buf.h"
#include "core/map.h"
#include "schema/schema.h"
#include "stream/reader.h"

struct import_map;
struct import_rule;

/*
 * The part of a text that the rule's field holds, empty where there is none; p NULL: no text
 * has such a part.
 */
typedef struct str import_split(struct str text, const struct import_rule *rule,
				const struct import_map *m, struct arena *a);

/* By what split calls it, name or address; NULL: neither. */
import_split *import_split_find(struct str name);

/* How one field gets its text. */
struct import_rule {
	const struct field *field;
	const struct str *from; /* headers; none: `fallback` is a constant */
	size_t nfrom;
	struct str by;		/* between what is joined */
	const struct str *cuts; /* between the values that one cell of several holds */
	size_t ncuts;
	struct str label;    /* of several: the header of what stands beside each; empty: its own */
	struct str only;     /* of several: the first of that kind is meant; empty: of any */
	struct str but;	     /* of several: the first of that kind is another field's */
	struct str property; /* of card: its name in capitals; there `field` is NULL */
	struct str kind;     /* of card: what it is where no label says so */
	bool several;	     /* a value after the other */
	bool is_label;	     /* of several: not the value, but what stands beside it */
	bool people;	     /* of several: the field's own value, which no fax or pager is */
	bool alternative;    /* where the field's other rules give nothing */
	const struct field **unless; /* … nor what came before for these */
	size_t nunless;
	struct str
	    given; /* a header; the rule holds where its cell is one of these; p NULL: always */
	const struct str *given_values;
	size_t ngiven;
	const struct str *less; /* headers of amounts that are taken off */
	size_t nless;
	bool external;	 /* a number of the map's system */
	bool quiet;	 /* not kept where it was not needed, or says nothing */
	bool weak;	 /* of a preset: another map's rule for the field takes its place */
	struct str list; /* between the pieces of a cell that become a list; empty: it is none */
	const struct str *strip;
	size_t nstrip;
	struct str until;
	bool keep;
	bool otherwise; /* values has an else */
	struct str other;
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
	bool weak;	   /* what is read now is a preset: see import_rule */
	const struct field *rest; /* or NULL */
	struct import_line {
		struct str label;
		const struct field *field;
	} * lines; /* of the rest's own text */
	size_t nlines;
	const struct import_rule *card; /* properties that go to the rest */
	size_t ncard;
	const struct field **agree;
	size_t nagree;
	struct str skip; /* empty: no row */
	bool guard;
	struct str continues; /* the header of what rows of one record share; empty: of none */
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
	bool many;	 /* one for each of several values, but that of the field */
	bool difference; /* what the whole comes to less what its other lines do */
	bool fill;	 /* of one that is there only what is empty */
	struct import_map map;
	const struct field **when; /* all filled, or there is none; nwhen 0: any filled */
	size_t nwhen;
};

/*
 * Adds what a map file says.  False with diag: file:line:column and what is wrong.
 * The keys that only a preset has (see import_preset.h) are passed over.
 */
bool import_map_yaml(struct import_map *m, const struct yaml *root, struct diag *d);

/* Whether it names the header in a rule, or to ignore it. */
bool import_map_names(const struct import_map *m, struct str header);

/* Adds 'Họ tên=name,SĐT=phone'; false with diag. */
bool import_map_inline(struct import_map *m, struct str text, struct diag *d);

/* Adds the constant FIELD=VALUE, in place of one for that field; false with diag. */
bool import_map_set(struct import_map *m, struct str assignment, struct diag *d);

/* Whether the values that the map itself gives are good ones; false with diag. */
bool import_map_check(const struct import_map *m, struct diag *d);

void import_map_free(struct import_map *m);

/* The field of that name, else false with diag that names the nearest. */
bool import_field(const struct entity *e, struct str name, const struct field **f, struct diag *d);

/* For import_map_yaml: a rule to fill in; a field gets one rule (and one constant). */
struct import_rule *import_rule_new(struct import_map *m);

/* Drops the rules of a preset that fill the field from columns. */
void import_rules_drop(struct import_map *m, const struct field *f);

/* The columns that crm-import adds to rejected rows; read back, they say nothing. */
extern const char *const import_reject_columns[];
enum { REJECT_LINE, REJECT_REASON, REJECT_RAW, NREJECT_COLUMNS };

/* What was kept of rows besides their fields; shared by the records of a row. */
struct import_rest {
	bool json;	   /* it is kept as a JSON object (payload), not in lines */
	struct buf lines;  /* of the row at hand */
	bool *said;	   /* the columns of it that further records have taken */
	struct map counts; /* "stage\nNegotiating" → how often it was not known */
	size_t counted;	   /* bytes of these */
	int64_t uncounted; /* how often values were not known for which UNKNOWN_MAX has no room */
};

enum { UNKNOWN_MAX = 8 << 20 };

/* The map laid on the columns of a stream; { .map = m, .rest = r } is a good new one. */
struct import_plan {
	const struct import_map *map;
	const struct import_part *part; /* a further record: no column is its own by itself */
	struct import_rest *rest;
	bool ignore_unknown;
	const struct import_plan *const *others; /* laid before; their columns are understood */
	size_t nothers;
	bool *used;    /* one a column: some rule reads it */
	bool *ignored; /* one a column */
	bool bound;
	unsigned layout; /* of the rows that it is about */
	struct import_feed *feeds;
	size_t n;
	bool titled; /* a part of a name is fed, which may begin with a title */
	struct import_card *cards;
	size_t ncards;
	size_t raw; /* column reject_raw, or SIZE_MAX */
	struct arena arena;
};

/*
 * Lays the map on the row's columns, where its layout is new.  False with diag: a
 * column is no field, two are the same one; or, where the columns are `fixed` by a
 * header, the map names one that is not there.
 */
bool import_bind(struct import_plan *p, const struct row *row, bool fixed, struct diag *d);

/*
 * The record that a bound row says, as bind_cells gives it; `turn` says which of
 * several values, 0 the first.  The row's own record is to be asked for last: it takes
 * what the others left in p->rest.  False with diag.
 */
bool import_record(const struct import_plan *p, const struct row *row, size_t turn,
		   struct record *r, struct codec *c, struct diag *d);

/* Whether the row has this further record, by what its map wants filled. */
bool import_is_there(const struct import_part *part, const struct record *r);

/* Whether a column of it is filled in the bound row, for that turn. */
bool import_says(const struct import_plan *p, const struct row *row, size_t turn);

/* For the next stream. */
void import_unbind(struct import_plan *p);

/* "Header: value", one more line (or member of an object) of what is kept. */
void import_keep(struct import_rest *rest, struct str header, struct str value);
/* What is kept, behind what the field says itself. */
struct str import_kept(const struct import_rest *rest, struct str own, struct arena *a);

/* Counts a value of the field that is not known here. */
void import_unknown(struct import_rest *rest, const struct field *f, struct str value);

#endif
