/* Names that have too little room. */
#ifndef CRM_CORE_SHORTEN_H
#define CRM_CORE_SHORTEN_H

#include "core/arena.h"

/* How wide s is: in columns, in pixels.  That of two texts is the sum of theirs. */
typedef double text_width(struct str s, const void *of);

/*
 * s, or, where it is wider than room, its beginning and its end with … between them: names
 * that begin alike differ at the end.  Nothing that people take for one character is divided.
 */
struct str shorten(struct str s, double room, text_width *width, const void *of, struct arena *a);

#endif
