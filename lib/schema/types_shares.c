/* Who shares in a deal: login:percent, several, together 100 %. */
#include "core/buf.h"
#include "schema/schema.h"

/* "lan:60", "lan 60%", "lan=60". */
static bool parse_share(struct str s, struct str *login, int64_t *percent)
{
	size_t at = 0;
	while (at < s.n && !strchr(":= ", s.p[at]))
		at++;
	*login = str_trim(str_sub(s, 0, at));
	struct str number = str_trim(str_sub(s, at + 1, s.n));
	if (number.n && number.p[number.n - 1] == '%')
		number.n--;
	return login->n && str_int(number, percent) && *percent > 0 && *percent <= 100;
}

/* Held as the tags are: ";lan:60;mai:40;", sorted. */
static bool parse_shares(struct value *v, struct str s, const struct field *f,
			 const struct codec *c, struct diag *d)
{
	struct buf b = { 0 };
	buf_putc(&b, ';');
	char *copy = memcpy(arena_alloc(c->arena, s.n + 1), s.p, s.n);
	for (size_t i = 0; i < s.n; i++)
		if (copy[i] == ',' || copy[i] == '\n')
			copy[i] = ';';
	struct str rest = { copy, s.n }, share, login;
	int64_t percent, sum = 0;
	while (str_cut(&rest, ';', &share)) {
		share = str_trim(share);
		if (!share.n)
			continue;
		if (!parse_share(share, &login, &percent)) {
			buf_free(&b);
			return diag_set(d, f->name, "%s is no share such as lan:60",
					quoted(share, &d->arena));
		}
		struct str twice = arena_printf(c->arena, ";%.*s:", (int)login.n, login.p);
		if (memmem(b.p, b.n, twice.p, twice.n)) {
			buf_free(&b);
			return diag_set(d, f->name, "%s shares in it twice",
					quoted(login, &d->arena));
		}
		buf_printf(&b, "%.*s:%lld;", (int)login.n, login.p, (long long)percent);
		sum += percent;
	}
	struct str list = buf_copy(&b, c->arena);
	buf_free(&b);
	if (sum != 100)
		return diag_set(d, f->name, "the shares are %lld %% together, not 100 %%",
				(long long)sum);
	return type_tags.parse(v, list, f, c, d);
}

static struct cell print_shares(const struct value *v, const struct field *f, const struct codec *c)
{
	return type_tags.print(v, f, c);
}

const struct type type_shares = { "shares",
				  "TEXT",
				  COMPARE_TAGS,
				  false,
				  "users and their percent, together 100: lan:60;mai:40",
				  parse_shares,
				  print_shares,
				  NULL };
