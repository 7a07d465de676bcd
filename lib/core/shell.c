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

char **shell_words(const char *command, struct arena *a)
{
	size_t room = strlen(command), n = 0, used = 0;
	char **words = arena_new(a, char *, room / 2 + 2);
	char *text = arena_alloc(a, 2 * room + 2);
	bool within = false;
	char quote = 0;
	for (const char *p = command; *p || within; p++) {
		bool blank = !*p || (!quote && strchr(" \t\n", *p));
		if (!*p && quote)
			return NULL;
		if (blank && within)
			text[used++] = '\0';
		if (blank && !*p)
			break;
		if (!blank && !within)
			words[n++] = text + used;
		within = !blank;
		if (blank)
			continue;
		if (quote ? *p == quote : *p == '\'' || *p == '"')
			quote = quote ? 0 : *p;
		else
			text[used++] = *p;
	}
	return n ? words : NULL;
}
