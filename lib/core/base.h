/*
 * What every file may use: borrowed strings, exit statuses, and the two ways
 * to complain.
 *
 * The rule for errors: "would the next record succeed?"  Yes: fill a struct
 * diag (diag.h) and return false.  No: die().
 */
#ifndef CRM_CORE_BASE_H
#define CRM_CORE_BASE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#define countof(array) (sizeof(array) / sizeof *(array))
#define printf_like(fmt, args) __attribute__((format(printf, fmt, args)))

/* For qsort of int64_t, the smallest first. */
int int64_cmp(const void *a, const void *b);

static inline bool is_digit(int c)
{
	return c >= '0' && c <= '9';
}

/*
 * Borrowed bytes.  Whoever made them keeps them; n does not count the NUL that
 * follows strings made by an arena.  { NULL, 0 } is the empty string.
 */
struct str {
	const char *p;
	size_t n;
};

#define STR(literal) ((struct str){ "" literal "", sizeof(literal) - 1 })

static inline struct str str_of(const char *s)
{
	return (struct str){ s, s ? strlen(s) : 0 };
}

static inline bool str_eq(struct str a, struct str b)
{
	return a.n == b.n && (a.n == 0 || a.p == b.p || memcmp(a.p, b.p, a.n) == 0);
}

static inline bool str_is(struct str a, const char *s)
{
	return str_eq(a, str_of(s));
}

static inline bool str_starts(struct str a, const char *prefix)
{
	size_t n = strlen(prefix);
	return a.n >= n && memcmp(a.p, prefix, n) == 0;
}

static inline bool str_ends(struct str a, const char *end)
{
	size_t n = strlen(end);
	return a.n >= n && memcmp(a.p + a.n - n, end, n) == 0;
}

/* Byte order, shorter first among equals: < 0, 0 or > 0. */
int str_cmp(struct str a, struct str b);

/* The bytes of `s` from `at` on, at most `n`; both are cut to what is there. */
static inline struct str str_sub(struct str s, size_t at, size_t n)
{
	if (at > s.n)
		at = s.n;
	if (n > s.n - at)
		n = s.n - at;
	return (struct str){ at ? s.p + at : s.p, n };
}

/* Without the ASCII blanks (space, tab, CR, LF, VT, FF) at both ends. */
struct str str_trim(struct str s);

/* Position of the first `c`, or -1. */
ptrdiff_t str_find(struct str s, char c);

/*
 * Cuts the piece before the first `c` off the front of *rest, which keeps what
 * follows it.  False, once, when *rest.p is NULL: so
 * `while (str_cut(&rest, ',', &piece))` visits every piece, empty ones too.
 */
bool str_cut(struct str *rest, char c, struct str *piece);

/* Whether `word`, not an empty one, is among `words`, separated by blanks; NULL: none are. */
bool words_have(const char *words, struct str word);

/* Whole of `s` as a decimal integer, optional sign.  False if it is not one. */
bool str_int(struct str s, int64_t *out);

/* cli.md, "Errors and exit status". */
enum status {
	STATUS_OK = 0,
	STATUS_REFUSED = 1, /* some input was wrong or not found */
	STATUS_USAGE = 2,   /* a wrong option, field, term or expression */
	STATUS_ENV = 3,	    /* no database, disk full, permission, corrupt file */
	STATUS_BUSY = 75,   /* another process holds it: try again later */
};

/* Name of the running program, without its directory; set once by main. */
extern const char *program_name;

/*
 * For programs that mail systems run, which try again later and lose nothing only where they
 * are told so: from now on whatever would end with STATUS_ENV ends with STATUS_BUSY.
 */
void fail_for_now(void);
enum status status_told(enum status status); /* what the program ends with in its place */

/*
 * "program: message" on stderr, then exit(status).  A format that ends in ':'
 * gets strerror(errno) appended.  Control characters of the message are
 * escaped, so that no name in it can talk to the terminal.
 */
_Noreturn void die(enum status status, const char *fmt, ...) printf_like(2, 3);

/* As die, but it returns. */
void warn(const char *fmt, ...) printf_like(1, 2);

/* malloc and friends that die (STATUS_ENV) where memory ends. */
void *xmalloc(size_t n);
void *xcalloc(size_t n, size_t size);
void *xrealloc(void *p, size_t n);

/*
 * A list of malloc's with room for one more behind its n items of `size` bytes: where they fill
 * *room, that doubles, and the list may move.  NULL and 0 are a good empty one.
 */
void *xgrow(void *list, size_t n, size_t *room, size_t size);
char *xstrdup(const char *s);

#endif
