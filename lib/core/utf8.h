/* Unicode text: validity, normal form, folding for search, sort keys, width on a terminal. */
#ifndef CRM_CORE_UTF8_H
#define CRM_CORE_UTF8_H

#include "core/arena.h"
#include "core/base.h"

struct buf;

/* Length of the well-formed character at the start of s (1 to 4), or 0 if there is none. */
size_t utf8_char(struct str s);

/* Code point of the well-formed character of n bytes at the start of s. */
int32_t utf8_code(struct str s, size_t n);

/* Whether no byte of s is above 0x7f. */
bool utf8_ascii(struct str s);

/* Whether all of s is well-formed UTF-8 (no overlong forms, no surrogates). ASCII is fast. */
bool utf8_valid(struct str s);

/*
 * s in normal form C.  s must be valid.  Text that already is NFC (all ASCII,
 * nearly all real input) is returned as it is, not copied.
 */
struct str utf8_nfc(struct str s, struct arena *a);

/* Whether s is valid and in normal form C at a glance; nearly all real input is. */
bool utf8_nfc_certain(struct str s);

/*
 * The folded copy that search and matching compare: compatibility-decomposed,
 * case-folded, marks stripped, and the letters that do not decompose made plain
 * (đ→d, ł→l, ø→o, ß→ss, æ→ae, œ→oe, ı→i).  "Nguyễn Văn Đức", its NFD form and
 * "NGUYEN VAN DUC" fold to the same bytes.  Runs of white space become one
 * space; none is left at the ends.  A byte that is no UTF-8 stands for itself.
 * It keeps what it has folded: for one thread alone.
 */
struct str utf8_fold(struct str s, struct arena *a);

/* Likewise, behind what the buffer has. */
void utf8_fold_put(struct buf *out, struct str s);

/*
 * The fold of one character into out, how many bytes it takes.  The longest
 * decomposition of Unicode, that of U+FDFA, has 18 characters.
 */
enum { UTF8_FOLD_MAX = 4 * 20 };
size_t utf8_fold_char(int32_t c, char out[UTF8_FOLD_MAX]);

/* Small letters for capitals, character by character; s must be valid. */
struct str utf8_lower(struct str s, struct arena *a);

/* Whether c is a capital or title-case letter. */
bool utf8_upper(int32_t c);

/*
 * Bytes whose memcmp order is the order of the words in a Vietnamese dictionary
 * (a ă â b c d đ e ê …, then tones ngang huyền hỏi ngã sắc nặng, then case), as
 * CLDR's vi: base letters of the whole text first, then tones, then case, small
 * ones before capitals.  (glibc's vi_VN takes a toned ằ for an a.)  Blanks and
 * punctuation come before digits, digits before letters; other scripts sort
 * behind them by their folded code points.
 */
struct str utf8_sort_key(struct str s, struct arena *a);

/* Columns that s takes on a terminal: 0 for marks, 2 for CJK and emoji. */
size_t utf8_width(struct str s);

/* Bytes of what people take for the first character of s: a letter with its marks, a flag, an
 * emoji made of several; a byte that is no UTF-8 stands for itself. */
size_t utf8_grapheme(struct str s);

/* Without the white space (Unicode's too: no-break, ideographic, zero-width) at both ends. */
struct str utf8_trim(struct str s);

#endif
