/*
 * What is asked for: terms (status:new score:50..) and where expressions
 * (status = new and score >= 50) become one tree, checked against the schema
 * before anything runs and compiled to SQL in one file.
 */
#ifndef CRM_QUERY_QUERY_H
#define CRM_QUERY_QUERY_H

#include "core/arena.h"
#include "core/diag.h"
#include "schema/schema.h"
#include "store/sql.h"

/*
 * A dotted path from a record type along references to a field:
 * account.owner.name.  `steps` are the reference fields, `field` the last one.
 */
struct path {
	struct str text; /* as typed; names the column in machine formats */
	const struct field *steps[8];
	size_t nsteps;
	const struct entity *entity; /* that `field` belongs to */
	const struct field *field;
};

/* False with diag (d->column from d->column's base): `no field 'scor' on lead; did you mean
 * 'score'?` */
bool path_parse(struct str text, const struct schema *s, const struct entity *e, struct path *out,
		struct arena *a, struct diag *d);

/*
 * The same on q's record type, whose aliases stand for the paths that they name: of `owner` →
 * `order.owner`, owner.team is order.owner.team.
 */
struct query_context;
bool path_resolve(struct str text, const struct query_context *q, struct path *out, struct diag *d);

enum op {
	OP_EQ,
	OP_NE,
	OP_LT,
	OP_LE,
	OP_GT,
	OP_GE,
	OP_HAS /* ~ */,
	OP_NOT_HAS /* !~ */,
	OP_RE,
	OP_IN,
	OP_NULL,
	OP_NOT_NULL
};

enum node_kind { NODE_AND, NODE_OR, NODE_NOT, NODE_COMPARE, NODE_SEARCH, NODE_REFS, NODE_REFERRED };

/* A literal: its text, and what its field's type made of it when the tree was checked. */
struct literal {
	struct str text;
	bool quoted;	   /* none, any and me are then plain text */
	long line, column; /* in the source, from 1; 0: a term */
	/*
	 * Text, keys, numbers and references as the type parsed them (money that named
	 * its currency has it in value.s); of ~ and .re: the folded pattern; of a date
	 * whose year is not known its text.
	 */
	struct value value;
	struct when when; /* COMPARE_TIME, where value is V_NONE */
};

struct node {
	enum node_kind kind;
	struct node *left, *right; /* AND, OR; NOT: left */
	struct path path;	   /* COMPARE */
	enum op op;
	struct literal *literals; /* OP_IN: n of them; else one (none for OP_NULL) */
	size_t n;
	struct str text; /* SEARCH: folded word */
	/*
	 * REFS: records of `entity` with these ids, or records of the base entity about them;
	 * REFERRED: those that a record of `entity` refers to by path.field
	 */
	const struct entity *entity;
	int64_t *ids;
	int64_t chosen; /* not 0: the ids are a list of store_choose instead */
};

/* A first word of paths that means another path in this record type. */
struct alias {
	const char *name;
	const char *path; /* NULL: the record type has nothing of the kind */
};

/* What both parsers need. */
struct query_context {
	const struct schema *schema;
	const struct settings *settings;
	const struct entity *entity; /* the base record type */
	struct arena *arena;
	const struct alias *aliases; /* go before fields; end with one without name; NULL: none */
	/* Resolves what a person typed for a reference ("lan", a phone, a name); false with diag.
	 */
	bool (*resolve)(void *ctx, const struct entity *target, struct str text, int64_t *id,
			struct diag *d);
	void *resolve_ctx;
};

/*
 * A where expression (cli.md, "Where expressions"): grammar in crm-where(7).
 *   expr    := or ;  or := and ("or" and)* ;  and := not ("and" not)* ;  not := "not" not | "("
 * expr ")" | compare compare := path op literal | path ["not"] "in" "(" literal ("," literal)* ")"
 * | path "is" ["not"] "null" op      := = != < <= > >= ~ !~ ; literal := bare word | 'quoted' |
 * "quoted" (doubled quote or backslash escapes) # starts a comment to the end of the line.  Bare
 * words may hold letters of any script, digits and . - + : / @ _ %.  Keywords in any case.
 * d->source is "-w" unless the caller has set one, and d->line/column point at the offending token
 * (column in characters, from 1).  Values mean what they mean in terms: none, any
 * and me are special unless quoted.  NULL with diag.
 *
 * A condition is true or false, never unknown: !=, !~ and not in (.not: in terms) are
 * true of records where the field is empty, and `not` is true of what is not true.
 * =, in, ~ and the orderings are never true of an empty field.
 *
 * Amounts are compared in minor units and within one currency: the one that the
 * literal names, else the database's.
 */
struct node *where_parse(struct str text, const struct query_context *q, struct diag *d);

/*
 * One operand: `field:values`, `field.op:value` or a bare word (a search).  Terms
 * as in cli.md ("`:` asks, `=` sets").  `bare_ok` false: a bare word is refused.
 * The special values none any me, and ranges a..b (open ends allowed, both ends
 * included) are understood here; a bare word that is a field's name is an error that
 * explains the shell's redirection.  `:` and `.not:` take several values separated by
 * commas; a value that begins with a quote runs to the closing one and is plain text,
 * and a backslash takes the meaning from a comma, a quote or a backslash.  The value
 * of the other operators is taken as it stands.  `text:` searches, and `tag` is
 * another name of `tags`.  d->source is the operand itself.  NULL with diag.
 */
struct node *term_parse(struct str text, const struct query_context *q, bool bare_ok,
			struct diag *d);

/*
 * Whether the operand has the form of a term: `name:…` or `name.op:…`, where the path
 * before the colon begins with a field's name or something near to one (so that a
 * slip of the finger gets term_parse's message and not "no such record").
 */
bool term_is(struct str text, const struct query_context *q);

struct node *node_and(struct node *a, struct node *b, struct arena *arena); /* either may be NULL */
/*
 * Where e is not the base: the records of the base about these, that is, whose
 * references hold one of the ids: the `about` fields, and others with an index.
 */
struct node *node_refs(const struct entity *e, const int64_t *ids, size_t n, struct arena *arena);
struct node *node_chosen(const struct entity *e, int64_t list, struct arena *arena);
/* Records of the base that no record of e refers to by `field`. */
struct node *node_unreferred(const struct entity *e, const struct field *field,
			     struct arena *arena);

/* One key of a sort: -s -score,name. */
struct sort_key {
	struct path path;
	bool descending;
};

bool sort_parse(struct str text, const struct query_context *q, struct sort_key **keys, size_t *n,
		struct diag *d);

/*
 * -f id,name,account.name; a list that begins with + adds to `base`.  "*" stands
 * for every field but the hidden ones.  A reference path (account) selects the
 * reference itself.  A path named twice comes once, where it came first.
 */
bool fields_parse(struct str text, const struct query_context *q, const struct path *base,
		  size_t nbase, struct path **paths, size_t *n, struct diag *d);

/*
 * The joins that the paths of one statement need.  Every prefix of a path gets one
 * alias: t0 is the base, account → t1, account.owner → t2 …; owner and
 * account.owner are different ones.
 */
struct joins {
	struct join {
		size_t from;		   /* alias that holds the reference */
		const struct field *field; /* the reference */
		const struct entity *to;
	} * join;
	size_t n, room;
	struct arena *arena;
	const struct schema *schema;
};

/*
 * Alias of the entity that path.field belongs to; adds joins as needed.  Dies with
 * STATUS_USAGE beyond JOINS_MAX of them, which is what engines can join.
 */
enum { JOINS_MAX = 60 };
size_t joins_alias(struct joins *j, const struct path *p);

/* `left join "account" t1 on t1.id = t0."account" …` */
void joins_sql(const struct joins *j, struct sql *q);

/*
 * Appends the condition, in brackets, adding joins it needs.  Parameters only; text
 * is compared by code points, so PostgreSQL needs collation "C".  Calls fold, digits
 * and matches (which folds its text itself) of the seam, and instr(text, part), which
 * is 0 where part is not found.
 */
void node_sql(const struct node *n, const struct query_context *qc, struct joins *j, struct sql *q);

/*
 * Appends the expression that a path shows: the column, except that a reference to
 * a keyed record type (owner, team) gives the key ("lan").
 */
void path_sql(const struct path *p, struct joins *j, struct sql *q);

/*
 * What follows "order by ": names and text in dictionary order, a reference by the
 * key or title that names it, empty ones last either way, the id of t0 at the end.
 */
void sort_sql(const struct sort_key *keys, size_t n, struct joins *j, struct sql *q);

#endif
