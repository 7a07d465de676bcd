/* One JSON value at a time; json.c is where Jansson is. */
#ifndef CRM_STREAM_JSON_H
#define CRM_STREAM_JSON_H

#include "stream/reader.h"

/* The names of the records so far, so that equal ones can share a layout. */
struct json_layout {
	struct arena arena; /* of the names */
	const struct str *names;
	size_t n;
	unsigned number; /* of row.layout; 0: none yet */
	bool plain;	 /* none of the names has to be escaped in JSON */
};

/*
 * Parses text, the whole of one JSON value, as a record: names, cells, n and
 * layout of the row.  Nested objects get dotted names, arrays of scalars become
 * lists.  Cells belong to the arena, names to the layout.  False with diag.
 */
bool json_record(struct str text, struct row *row, struct json_layout *l, struct arena *a,
		 struct diag *d);

/*
 * The same for a record that has the layout's names in their order and nothing nested or
 * rare in it (json_plain.c).  False: json_record is to say what it is.
 */
bool json_plain(struct str text, struct row *row, const struct json_layout *l, struct arena *a);

/* The shortest decimal of the same value as that number of a JSON text, in the arena. */
struct str json_number(struct str digits, struct arena *a);

/*
 * One member after the other of an object that json_record took: `at`, 0 at first, is
 * moved behind it.  key: decoded, in the arena; value: as it stands in the object;
 * text: both, with the blanks before them.  False after the last.
 */
struct json_member {
	struct str key, value, text;
};
bool json_next_member(struct str object, size_t *at, struct json_member *m, struct arena *a);

/*
 * Finds the end of a JSON value whose bytes arrive in pieces, and notices soon
 * when it has none: an opening bracket or quote where the grammar has no place
 * for one is most often the start of the next record.  All else is left to
 * json_record.
 */
struct json_scan {
	size_t at;	  /* bytes seen */
	size_t key;	  /* where the last name of a member of the value itself begins */
	size_t parts;	  /* values in it, about */
	unsigned depth;	  /* of open brackets */
	uint64_t objects; /* bit i: the bracket at depth i is a { */
	char last;	  /* the last byte that meant something */
	bool string, escaped;
};

enum json_scan_result { JSON_MORE, JSON_DONE, JSON_BROKEN };

/* text: what has come of the value by now.  When done, scan->at is its length. */
enum json_scan_result json_scan(struct json_scan *scan, struct str text, struct diag *d);

enum { JSON_DEPTH = 64 }; /* bits of json_scan.objects */

#endif
