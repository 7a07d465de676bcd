/* What a map does to the cells of a row.  Private to import*.c. */
#ifndef CRM_DOMAIN_IMPORT_CELL_H
#define CRM_DOMAIN_IMPORT_CELL_H

#include "domain/import_map.h"

/* A field and the columns that fill it. */
struct import_feed {
	const struct field *field;
	const struct import_rule *rule; /* NULL: the cell as it stands */
	const size_t *columns;		/* n of them; SIZE_MAX: the stream has it not */
	size_t n;
	const size_t *labels;	/* of several: the column beside each; SIZE_MAX: none */
	const int64_t *numbers; /* of numbered columns that are not several; else NULL */
	struct str family;	/* of these: the header before the number */
	size_t given;		/* the column of rule->given; SIZE_MAX: it is not there */
	bool plain;		/* its column is the field, and nothing else is to be looked at */
	const size_t *less;	/* those of rule->less, likewise */
};

/* Which of several values, and which of numbered columns. */
struct import_turn {
	size_t value;	/* 0: the first */
	int64_t number; /* of the columns */
};

enum heard {
	HEARD_WRONG,
	HEARD_ALL,
	HEARD_NOT_ALL, /* what a value of the map's was wanted for has none, and `else` is null */
};

/* The cell for the feed's field; HEARD_WRONG with diag. */
enum heard import_cell(const struct import_feed *f, const struct row *row, struct import_turn turn,
		       const struct import_map *map, struct cell *out, struct arena *a,
		       struct diag *d);

/* Takes off the amounts of rule->less; false with diag: one of them is none. */
bool import_less(const struct import_feed *f, const struct row *row, struct cell *cell,
		 struct arena *a, struct diag *d);

/* The column that the cell is read from, the first where it is several; SIZE_MAX: none is filled.
 */
size_t import_column(const struct import_feed *f, const struct row *row, struct import_turn turn);

/*
 * What the label is by the rule's strip and kinds; *known: a kind says so, else it is the
 * label as it stands.  Empty: it says nothing.
 */
struct str import_kind(const struct import_rule *rule, struct str label, bool *known,
		       struct arena *a);

/* Whether the first of several values is said to be something: by a label, or a kind. */
bool import_is_labelled(const struct import_feed *f, const struct row *row);

/* Letters and digits, small and without accents; the mark between the words. */
struct str text_slug(struct str s, char mark, struct arena *a);

/* Where `by` stands next in s: first from the front, or last from the back; false: nowhere. */
bool import_text_find(struct str s, struct str by, bool back, size_t *at);

#endif
