/* Words as a shell reads them. */
#ifndef CRM_CORE_SHELL_H
#define CRM_CORE_SHELL_H

#include "core/buf.h"

/* Appends it as one word: bare, or in quotes where it needs them. */
void shell_put(struct buf *out, struct str word);

/*
 * A command line as words, NULL behind the last, without a shell: blanks separate, '…' and "…"
 * hold together, nothing else has a meaning.  NULL: there is no word, or a quote has no end.
 */
char **shell_words(const char *command, struct arena *a);

#endif
