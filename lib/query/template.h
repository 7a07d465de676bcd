/*
 * Letters with places for fields: the part of Mustache that has no logic.
 *
 *   {{name}} {{account.owner.name}}   a field of the record, or of one it refers to
 *   {{{name}}} {{&name}}              the same, never escaped
 *   {{phone|our hotline}}             what stands there where the field is empty
 *   {{amount.raw}}                    as machines have it: 1500000, 2026-11-21
 *   {{#account}}…{{/account}}         where it is not empty; of a reference, fields within
 *                                     are looked for there first
 *   {{#lines}}…{{/lines}}             once for each line of a deal, quote or order
 *   {{^phone}}…{{/phone}}             where it is empty, false or 0
 *   {{! nobody reads this }}
 *
 * A line that holds nothing but one tag of the last four is left out.  A field without
 * anything in it and without a default is an error: nothing is ever sent with a hole in it.
 */
#ifndef CRM_QUERY_TEMPLATE_H
#define CRM_QUERY_TEMPLATE_H

#include "core/buf.h"
#include "query/query.h"
#include "store/store.h"

enum { TEMPLATE_DEPTH = 16 /* of sections within sections */ };

enum tag { TAG_TEXT, TAG_FIELD, TAG_SECTION, TAG_INVERTED };

/* Texts borrow from the template's own. */
struct template_node {
	enum tag tag;
	bool raw; /* never escaped */
	bool has_default;
	struct str text;      /* TEXT: itself; else the name */
	struct str otherwise; /* the default */
	size_t end;	      /* sections: the node behind their last one */
	long line, column;    /* of the tag, from 1; columns are characters */
};

struct template
{
	const char *name; /* for messages: "welcome.text" */
	struct template_node *nodes;
	size_t n;
};

/* False with diag, whose line and column are those within the text. */
bool template_parse(struct str text, const char *name, struct template *out, struct arena *a,
		    struct diag *d);

/* Whether the template asks for `name` anywhere, as a field or a section. */
bool template_names(const struct template *t, struct str name);

/* What else can be named besides fields: columns of a stream, words of the program. */
struct template_words {
	const struct str *names;
	const struct str *values; /* empty: there is none; NULL where only names are asked for */
	size_t n;
};

enum template_escape { ESCAPE_NONE, ESCAPE_HTML, ESCAPE_URL };

struct filler;

/*
 * Gets ready to put records of q's type into those templates.  Fields go before words of the
 * same name.  Each name that is neither is reported to `wrong` (source: the template's name;
 * line, column); NULL if there was one.  All that is given must outlive it.
 */
struct filler *filler_open(struct store *s, const struct query_context *q,
			   const struct template *const *templates, size_t n,
			   const struct template_words *words,
			   void (*wrong)(void *ctx, struct diag *d), void *ctx);

/* The same question alone, of record types that need not be there yet; false: there was one. */
bool template_check(const struct query_context *q, const struct template *const *templates,
		    size_t n, const struct template_words *words,
		    void (*wrong)(void *ctx, struct diag *d), void *ctx);

/* Reads the record; false: it is not there. */
bool filler_seek(struct filler *m, int64_t id);

/*
 * The `which`th template with the record and these words (as many as were named), appended
 * to out.  False with diag: d->field has nothing in it.
 */
bool filler_put(struct filler *m, size_t which, const struct template_words *words,
		enum template_escape escape, struct buf *out, struct diag *d);

void filler_close(struct filler *m);

/* Appends s as a part of a URL. */
void url_put(struct buf *b, struct str s);

#endif
