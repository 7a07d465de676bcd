/* Text between tags, and in quoted attributes, of HTML and XML. */
#ifndef CRM_CORE_MARKUP_H
#define CRM_CORE_MARKUP_H

#include "core/buf.h"

/*
 * Appends s so that nothing in it is markup, controls another program, or turns lines round:
 * < > & " ' are entities; bytes that are no UTF-8, characters that XML 1.0 does not know,
 * controls but \n and \t, and those of writing direction become U+FFFD.  Lines end in \n.
 */
void markup_put(struct buf *b, struct str s);

#endif
