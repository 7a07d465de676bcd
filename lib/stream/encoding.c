/* What bytes are written in, as far as they tell by themselves. */
#include "stream/encoding.h"

#include "core/utf8.h"

const char *encoding_wide(struct str start)
{
	size_t nuls[2] = { 0 };
	for (size_t i = 0; i < start.n; i++)
		nuls[i % 2] += !start.p[i];
	for (size_t odd = 0; odd < 2; odd++)
		if (nuls[odd] >= 2 && nuls[odd] >= start.n / 8 && !nuls[!odd])
			return odd ? "UTF-16LE" : "UTF-16BE";
	return NULL;
}

/* What is cut off at the end begins a character. */
static bool is_utf8(struct str s, bool cut)
{
	size_t at = 0;
	for (size_t n; (n = utf8_char(str_sub(s, at, s.n))) > 0;)
		at += n;
	return at == s.n || (cut && s.n - at < 4 && ((unsigned char)s.p[at] & 0xc0) == 0xc0);
}

/* The vowels of windows-1258 that carry no tone; its five tone marks come behind them. */
static const char vowels[] = "aeiouyAEIOUY\xe2\xc2\xea\xca\xf4\xd4\xe3\xc3\xf5\xd5\xfd\xdd";
static const char marks[] = "\xcc\xd2\xde\xec\xf2";

const char *encoding_guess(struct str text, bool cut)
{
	size_t behind = 0, elsewhere = 0;
	if (is_utf8(text, cut))
		return NULL;
	for (size_t i = 0; i < text.n; i++) {
		if (!memchr(marks, text.p[i], sizeof marks - 1))
			continue;
		bool vowel = i && memchr(vowels, text.p[i - 1], sizeof vowels - 1);
		*(vowel ? &behind : &elsewhere) += 1;
	}
	return behind > elsewhere ? "windows-1258" : "windows-1252";
}
