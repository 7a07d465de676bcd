#include "core/markup.h"
#include "core/utf8.h"

void markup_put(struct buf *b, struct str s)
{
	for (size_t i = 0, n; i < s.n; i += n ? n : 1) {
		struct str one = str_sub(s, i, s.n);
		n = utf8_char(one);
		int32_t c = n ? utf8_code(one, n) : 0xfffd;
		bool control = (c < 0x20 && c != '\n' && c != '\t') || (c >= 0x7f && c < 0xa0);
		bool turns = (c >= 0x202a && c <= 0x202e) || (c >= 0x2066 && c <= 0x2069);
		bool no_character = (c & 0xfffe) == 0xfffe || (c >= 0xfdd0 && c <= 0xfdef);
		if (c == '\r' && one.n > 1 && one.p[1] == '\n')
			continue;
		if (c == '<')
			buf_puts(b, "&lt;");
		else if (c == '>')
			buf_puts(b, "&gt;");
		else if (c == '&')
			buf_puts(b, "&amp;");
		else if (c == '"')
			buf_puts(b, "&quot;");
		else if (c == '\'')
			buf_puts(b, "&#39;");
		else if (!n || control || turns || no_character)
			buf_puts(b, "\xef\xbf\xbd");
		else
			buf_put(b, str_sub(one, 0, n));
	}
}
