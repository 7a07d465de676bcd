/*
 * Record streams coming in: CSV, TSV, JSON Lines, a JSON array or concatenated
 * JSON objects, vCards, bare references one a line.  Told apart by their first bytes.
 * Constant memory whatever the length; a record is handed out as soon as it has
 * arrived, so live pipes flow.
 */
#ifndef CRM_STREAM_READER_H
#define CRM_STREAM_READER_H

#include "core/arena.h"
#include "core/diag.h"
#include "stream/cell.h"

/*
 * One record: names[i] is the column or key of cells[i].  For references the one
 * name is "id".  Nested JSON objects come flat with dotted names; arrays of
 * scalars as CELL_LIST.  All memory belongs to the arena given to reader_next,
 * but the names live as long as `layout` stays the same: it changes whenever the
 * names do, so a binding of names to fields can be kept.
 */
struct row {
	size_t n;
	const struct str *names;
	const struct cell *cells;
	unsigned layout;
	bool sound;	/* its texts are known to be UTF-8, in NFC, without a NUL */
	size_t missing; /* cells, of the last ones, that the row had not (ragged) */
	long line;	/* physical line of the source on which it starts, from 1 */
	/*
	 * vCards: further numbers and addresses of whom the record is about, a line each:
	 * field of an identity, tab, what it is to them ("home"; may be empty), tab, the
	 * number or address, LF.  Empty: none.
	 */
	struct str further;
	/* Its text (in UTF-8) without the line end, where want_raw asked for it; empty where a
	 * single line is over RECORD_MAX. */
	struct str raw;
};

struct reader_options {
	enum format format; /* FORMAT_AUTO: sniff */
	char delimiter;	    /* of CSV; 0: sniff , ; tab |, or what a first line "sep=;" says */
	/*
	 * iconv's name of the source's encoding; NULL: UTF-8, or UTF-16 where a mark or its
	 * NULs say so; ENCODING_AUTO: windows-1258 or windows-1252 may be guessed too.  What
	 * begins with the mark of UTF-8 is UTF-8 all the same.
	 */
	const char *encoding;
	bool want_raw;
	/*
	 * vCards, which say more than a record holds: whether the record has a field of that
	 * name (text.p NULL), or the field takes the text; else it is kept in the notes.
	 * NULL: it has all, and they take all.
	 */
	bool (*takes)(void *context, const char *field, struct str text);
	void *takes_context;
	bool headless; /* CSV without a header: names are "1", "2", … */
	/*
	 * Rows are as in people's files: fewer cells than columns (but more than one) leave
	 * the others CELL_ABSENT and are counted in row.missing, more are good where they are
	 * empty, as behind header cells without a name at its end, where `known` does not
	 * take them; a line that closes a report ("Grand Total") is refused.  Of columns of one
	 * name the second is "Notes 2".
	 */
	bool ragged;
	/*
	 * How many of the names, cells of one line, are columns that the caller knows: what
	 * stands above the header is passed over, see reader_passed.  NULL: the first line
	 * is the header.  A cell without a name is "column 3".
	 */
	size_t (*known)(const void *of, const struct str *names, size_t n);
	const void *of;
	long header_line; /* physical line on which the header starts; 0: to be found */
};

#define ENCODING_AUTO "auto"

/* Bytes of one record, and its cells, values or properties; one that has more is refused. */
enum { RECORD_MAX = 64 << 20, PARTS_MAX = 100000 };

enum read_result {
	READ_ROW,
	READ_BAD, /* this record was refused (diag says why, row.line and row.raw are set); go on */
	READ_END,
};

struct reader;

/*
 * Reads from fd (which stays the caller's to close); source names it in messages
 * and must outlive the reader.
 * NULL with diag when the stream cannot be read at all: unknown encoding, a header
 * without names or with a doubled one.  An empty
 * stream is no error: it has no rows.  A failing read(2) dies with STATUS_ENV.
 */
struct reader *reader_open(int fd, const char *source, const struct reader_options *o,
			   struct diag *d);

/*
 * The next record.  Refused (READ_BAD) are: invalid UTF-8, a NUL, a stray or
 * unclosed quote, a row of more or fewer cells than the header (but see ragged), JSON that is not
 * an object or names a key twice, a record over RECORD_MAX or PARTS_MAX.  After a refusal
 * reading goes on with the next physical line; nothing is lost in silence.
 * A card is refused where a line of it is no property or it has no end; what it says
 * beyond the fields stands in its notes, a line a property, as vCard 3.0 writes it.
 * Sets d->source and d->line.  CSV cells: unquoted empty is CELL_ABSENT, `""` is
 * CELL_NULL; text is handed over as it stands (not trimmed, but see reader_guarded).
 */
/* The cell of the column that is called exactly so; NULL: the row has none. */
const struct cell *row_cell(const struct row *row, const char *name);

enum read_result reader_next(struct reader *r, struct row *row, struct arena *a, struct diag *d);

enum format reader_format(const struct reader *r); /* what it turned out to be */

/* The header's line as it stood in the source (CSV, TSV); empty for other formats. */
struct str reader_header(const struct reader *r);

/* What separates the cells (CSV, TSV); ',' for other formats. */
char reader_delimiter(const struct reader *r);

/* The encoding that it is decoded from, as named or recognised; NULL: it is UTF-8. */
const char *reader_encoding(const struct reader *r);

/* Lines before the header (CSV, TSV) that were passed over, and the line that it starts on. */
long reader_passed(const struct reader *r);
long reader_header_line(const struct reader *r);

/* Whether it is CSV as --excel writes it, so that guards before formulas are taken off. */
bool reader_guarded(const struct reader *r);

/* Column names where the format has them before the first row (CSV, TSV, vCard), else n = 0. */
const struct str *reader_columns(const struct reader *r, size_t *n);

/*
 * What people should know of the rows so far: which properties of cards went into the
 * notes, and which were left out.  Empty: nothing.
 */
struct str reader_remark(const struct reader *r, struct arena *a);

/*
 * How much a quote that is not closed, for which the last record was refused, had taken for
 * its cell; 0: it was refused for something else, or none was.
 */
size_t reader_swallowed(const struct reader *r);

/* Bytes consumed so far, for a progress display. */
uint64_t reader_bytes(const struct reader *r);

void reader_close(struct reader *r);

/* What a JSON text may hold: all that RFC 8259 lets it, or no NUL and no doubled key, as in
 * records. */
enum json_rules { JSON_RFC8259, JSON_RECORD_RULES };

/* Parses one whole JSON text strictly: judge and nothing more.  False with diag. */
bool json_check(struct str text, enum json_rules rules, struct diag *d);

#endif
