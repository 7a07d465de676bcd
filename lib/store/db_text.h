/* What the engine seam does with text, whatever the engine.  Private to lib/store. */
#ifndef CRM_STORE_DB_TEXT_H
#define CRM_STORE_DB_TEXT_H

#include "core/arena.h"
#include "core/diag.h"

/* Functions that SQL knows by name: text to text (or a number), null and { NULL } to null. */
struct text_function {
	const char *name;
	struct str (*call)(struct str, struct arena *);
	bool number;
};
extern const struct text_function text_functions[];
extern const size_t ntext_functions;

/* What "now" is to SQL, in seconds since 1970: what db_set_now said, else the hour it is. */
int64_t sql_now(void);

/* A compiled POSIX extended expression for matches(), to be freed with regex_free; NULL: none. */
void *regex_new(struct str pattern);
bool regex_matches(const void *regex, struct str text, struct arena *a); /* of the folded text */
void regex_free(void *regex);

/* What the engine says of a user's own SQL. */
struct own_query {
	bool writes, empty;
	const char *wrong; /* its message, or NULL */
	int at;		   /* the byte that this is about; negative: none */
	const char *rest;  /* behind the first statement in the text */
	size_t parameters;
};
/* False with diag, and its column: not one statement that reads, with n parameters. */
bool own_query_fits(const struct own_query *q, struct str text, size_t n, struct diag *d);

/* The shortest text that reads back as the same number. */
struct str print_real(double x, struct arena *a);

/* The length of the first GRAM characters of s; 0: there are not so many. */
enum { GRAM = 3 /* letters that the search index takes together */ };
size_t gram_size(struct str s);

/* Whether it is a pragma that a user's own SQL may ask, or the search index in it. */
bool pragma_reads(const char *name);

#endif
