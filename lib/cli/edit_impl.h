/* What edit_put.c and edit_read.c share. */
#ifndef CRM_CLI_EDIT_IMPL_H
#define CRM_CLI_EDIT_IMPL_H

#include "cli/edit_text.h"

/* Not for the user to change: a comment. */
bool edit_fixed(const struct field *f);

/* The comment behind its line: the values that it may have; empty: none. */
struct str edit_choices(const struct field *f, const struct codec *c);

#endif
