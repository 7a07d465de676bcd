/* Words as a shell reads them. */
#include "core/shell.h"

void shell_put(struct buf *out, struct str word)
{
	static const char plain[] = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ"
				    "0123456789@%+=:,./_-";
	bool bare = word.n > 0;
	for (size_t i = 0; i < word.n && bare; i++)
		bare = word.p[i] && strchr(plain, word.p[i]);
	if (bare) {
		buf_put(out, word);
		return;
	}
	buf_putc(out, '\'');
	for (size_t i = 0; i < word.n; i++) {
		if (word.p[i] == '\'')
			buf_puts(out, "'\\'");
		buf_putc(out, word.p[i]);
	}
	buf_putc(out, '\'');
}
