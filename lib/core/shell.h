/* Words as a shell reads them. */
#ifndef CRM_CORE_SHELL_H
#define CRM_CORE_SHELL_H

#include "core/buf.h"

/* Appends it as one word: bare, or in quotes where it needs them. */
void shell_put(struct buf *out, struct str word);

#endif
