/*
 * A text in a private file, and the user's editor on it.
 *
 * What the user typed is never lost: unless editor_done says that it is where it
 * belongs, the file stays, and editor_keep or whatever ends the program says where.
 */
#ifndef CRM_CLI_EDITOR_H
#define CRM_CLI_EDITOR_H

#include "core/arena.h"

struct editor {
	struct arena *arena;
	const char *folder, *path; /* of the file, which only its user may read */
	struct str written;	   /* what it held at first */
};

/*
 * Makes the file `name` under $TMPDIR; one at a time.  The text must outlive it.
 * Dies with STATUS_ENV where it cannot be made.
 */
void editor_open(struct editor *ed, const char *name, struct str text, struct arena *a);

/*
 * Runs $VISUAL, else $EDITOR, else vi on it, through the shell and on the terminal,
 * whatever standard input and output are.  False: it did not end well.
 */
bool editor_run(struct editor *ed);

/* What the file holds now, in the arena.  Empty where it is gone; false where it cannot be read. */
bool editor_read(struct editor *ed, struct str *text);

/* On a terminal: asks whether to go on editing.  False where nobody can be asked. */
bool editor_again(void);

/* Ends it.  done: removes the file; keep: says where it is, unless nobody changed it. */
void editor_done(struct editor *ed);
void editor_keep(struct editor *ed);

#endif
