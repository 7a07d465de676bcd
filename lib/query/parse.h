/* What the parsers of lib/query share among themselves. */
#ifndef CRM_QUERY_PARSE_H
#define CRM_QUERY_PARSE_H

#include "query/query.h"

enum {
	DEPTH_MAX = 40,		/* brackets and nots inside one another */
	CONDITIONS_MAX = 10000, /* values in one expression */
	NAMES_MAX = 1000,	/* in -f and -s */
	CHAIN = 16,		/* conditions that SQL chains up without brackets */
};

/* How much of s a message shows: all of it, or the first 60 bytes, cut between characters. */
int shown(struct str s);

/* How many characters s has: columns are counted in them. */
long text_columns(struct str s);

/* Refuses what is not UTF-8, and NUL. False with diag; d->line and d->column, if set, are moved. */
bool text_check(struct str s, struct diag *d);

enum token_kind {
	T_END,
	T_WORD,
	T_QUOTED,
	T_OP,
	T_OPEN,
	T_CLOSE,
	T_COMMA,
	T_AND, /* keywords from here on */
	T_OR,
	T_NOT,
	T_IN,
	T_IS,
	T_NULL,
};

struct token {
	enum token_kind kind;
	struct str raw;	 /* as it stands in the source */
	struct str text; /* T_QUOTED: without quotes and escapes; else raw */
	enum op op;	 /* T_OP */
	long line, column;
};

struct lexer {
	struct str text; /* checked by text_check */
	size_t at;
	long line, column; /* of text[at] */
	struct arena *arena;
};

/* The next token; T_END again and again at the end. False with diag (line and column set). */
bool lex_next(struct lexer *l, struct token *t, struct diag *d);

/* The comparison as a where expression writes it, for messages. */
const char *op_name(enum op op);

/*
 * A comparison with its literals bound: each parsed by the field's type, picklist
 * values looked up, references resolved.  Literals that are not quoted may be
 * none, any and me.  The literals are kept.  d->line and d->column come in
 * pointing at the operator and go out pointing at the literal that is wrong.
 */
struct node *compare_new(const struct query_context *q, const struct path *p, enum op op,
			 struct literal *literals, size_t n, struct diag *d);

/*
 * The regular expression (POSIX extended) that matches folded text where `text` would
 * match it as typed.  False with diag if it is not one, or would cost too much.
 */
bool regex_fold(struct str text, struct str *out, struct arena *a, struct diag *d);

/* Whether engines can take the condition: see cost.c. */
bool node_fits(const struct node *n);

struct node *node_new(enum node_kind kind, struct node *left, struct node *right,
		      struct arena *arena);

/* AND or OR of two; either may be NULL. */
struct node *node_join(enum node_kind kind, struct node *a, struct node *b, struct arena *arena);

/* How f compares: its type says so, but ids are numbers here. */
enum compare field_compare(const struct field *f);

/* The alias of the record that the reference `f` of `from` points to; adds the join if need be. */
size_t joins_step(struct joins *j, size_t from, const struct field *f);

#endif
