#include "core/sms.h"

#include "core/utf8.h"

/* 3GPP TS 23.038, 6.2.1: beyond these the default alphabet has letters, digits and most of ASCII.
 */
static const int32_t beyond_ascii[] = {
	0xa3,  0xa5,  0xe8,  0xe9,  0xf9,  0xec,  0xf2,	 0xc7,	0xd8,  0xf8, 0xc5, 0xe5, 0x394,
	0x3a6, 0x393, 0x39b, 0x3a9, 0x3a0, 0x3a8, 0x3a3, 0x398, 0x39e, 0xc6, 0xe6, 0xdf, 0xc9,
	0xa4,  0xa1,  0xc4,  0xd6,  0xd1,  0xdc,  0xa7,	 0xbf,	0xe4,  0xf6, 0xf1, 0xfc, 0xe0,
};

/* Septets that the character takes; 0: the alphabet has it not. */
static size_t gsm_length(int32_t c)
{
	if (c == 0x20ac || (c && c < 0x80 && strchr("[]{}\\^~|\f", (char)c)))
		return 2;
	if (c == '\n' || c == '\r' || (c >= 0x20 && c < 0x7f && c != '`'))
		return 1;
	for (size_t i = 0; i < countof(beyond_ascii); i++)
		if (c == beyond_ascii[i])
			return 1;
	return 0;
}

/*
 * No character is cut: what would stand on both sides of a border begins the next part, so
 * each part is filled one by one.
 */
static size_t count_parts(struct str text, bool unicode, size_t total)
{
	size_t one = unicode ? 70 : 160, room = unicode ? 67 : 153, parts = 1, used = 0;
	if (!total || total <= one)
		return total > 0;
	for (size_t i = 0, n; i < text.n; i += n ? n : 1) {
		struct str rest = str_sub(text, i, text.n);
		n = utf8_char(rest);
		int32_t c = n ? utf8_code(rest, n) : 0xfffd;
		size_t size = unicode ? (c > 0xffff ? 2 : 1) : gsm_length(c);
		if (used + size > room) {
			parts++;
			used = 0;
		}
		used += size;
	}
	return parts;
}

struct sms_size sms_measure(struct str text)
{
	size_t septets = 0, units = 0;
	bool unicode = false;
	for (size_t i = 0, n; i < text.n; i += n ? n : 1) {
		struct str rest = str_sub(text, i, text.n);
		n = utf8_char(rest);
		int32_t c = n ? utf8_code(rest, n) : 0xfffd;
		size_t size = gsm_length(c);
		unicode |= !size;
		septets += size;
		units += c > 0xffff ? 2 : 1;
	}
	size_t total = unicode ? units : septets;
	return (struct sms_size){ unicode, total, count_parts(text, unicode, total) };
}
