/* Text of anybody's, as it can be kept: of HTML what people read, of bytes what is text. */
#ifndef CRM_CORE_PLAIN_H
#define CRM_CORE_PLAIN_H

#include "core/buf.h"

/*
 * Appends the text of HTML (valid UTF-8): no tags, no comments, nothing of <script>, <style>
 * and <title>; blanks made single; a line for each block and <br>; the common entities and
 * numbered characters as themselves.  Takes anything for HTML.
 */
void plain_put(struct buf *b, struct str html);

/*
 * Bytes as UTF-8 (NFC) without control characters: what is no UTF-8 becomes U+FFFD.  lines:
 * line ends (LF) and tabs stay; else all is one line, trimmed.
 */
struct str plain_clean(struct str s, bool lines, struct arena *a);

#endif
