/* What bytes are written in, as far as they tell by themselves.  Private to lib/stream. */
#ifndef CRM_STREAM_ENCODING_H
#define CRM_STREAM_ENCODING_H

#include "core/base.h"

/*
 * iconv's name of the UTF-16 that the start of a text without a mark is in, where every
 * other byte is a NUL, or many are; NULL: it is not, or is too short to tell.
 */
const char *encoding_wide(struct str start);

/*
 * The likeliest encoding of a text, or (`cut`) of the start of one, which may end within a
 * character: NULL for UTF-8, "windows-1258" where tone marks stand behind Vietnamese vowels, else
 * "windows-1252".  A guess: to be told to the user.
 */
const char *encoding_guess(struct str text, bool cut);

#endif
