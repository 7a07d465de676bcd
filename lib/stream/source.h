/*
 * Bytes coming in, for the readers: a window over read(2) that a reader looks
 * into, waits to grow, and takes from when it is done with a record.  What was
 * not taken can be looked at again, so a record that turns out to be broken is
 * given up line by line.  Text is UTF-8 by the time it gets here.  Private.
 */
#ifndef CRM_STREAM_SOURCE_H
#define CRM_STREAM_SOURCE_H

#include "core/arena.h"
#include "core/diag.h"

struct decoder;

struct source {
	int fd;
	const char *name;
	bool ended;	/* read(2) has said so */
	int failed;	/* errno, where that was a failure; 0: it was none */
	char eol;	/* what ends a physical line: LF, or CR in old Macintosh files */
	long line;	/* physical line of the first byte in the window, from 1 */
	uint64_t bytes; /* that came from fd */
	char *p;	/* p[at] … p[n - 1] is the window */
	size_t at, n, size;
	bool marked;		 /* it began with the mark of UTF-8 */
	struct decoder *decoder; /* NULL: the source is UTF-8 */
	const char *encoding;	 /* that it is decoded from; NULL: UTF-8 */
};

/*
 * encoding: iconv's name; NULL: UTF-8.  A source that begins with the byte order mark
 * of UTF-8 is UTF-8 all the same.  False with diag if iconv does not know it.
 */
bool source_open(struct source *s, int fd, const char *name, const char *encoding, struct diag *d);
void source_close(struct source *s);

/*
 * Strips a byte order mark.  Where no encoding was named, UTF-16 and UTF-32 are known by
 * theirs, UTF-16 also by its NULs; `guess`: others too, as encoding_guess does, which
 * waits for the start of the text.  False with diag where iconv does not know it, and where
 * a workbook, a PDF or a web page begins.
 */
bool source_begin(struct source *s, bool guess, struct diag *d);

/* Bytes in that encoding as UTF-8, in the arena; false: they are not, or iconv knows it not. */
bool source_decode(struct str bytes, const char *encoding, struct str *out, struct arena *a);

/* What is here by now; good until source_more, which may move it, or source_take. */
static inline struct str source_window(const struct source *s)
{
	return (struct str){ s->p + s->at, s->n - s->at };
}

/* Waits until the window has grown; false at the end of the input. */
bool source_more(struct source *s);

/* The byte `at` places into the window, waiting for it; -1 at the end of the input. */
int source_peek(struct source *s, size_t at);

enum line_result { LINE_HERE, LINE_END /* of the input */, LINE_LONG /* window over RECORD_MAX */ };

/* Length, with its line end, of the physical line that starts `from` bytes into the window. */
enum line_result source_line(struct source *s, size_t from, size_t *n);

/* line without its LF, CRLF or (eol) CR. */
struct str source_chomp(const struct source *s, struct str line);

/* Moves the window on by n bytes, or to the start of the next physical line. */
void source_take(struct source *s, size_t n);
void source_skip_line(struct source *s);

#endif
