/* What the engine seam does with text. */
#include "store/db_text.h"

#include <regex.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

#include "core/date.h"
#include "core/phone.h"
#include "core/utf8.h"
#include "store/db.h"

static struct str local_day(struct str s, struct arena *a)
{
	int64_t at;
	return instant_scan(s, &at) ? day_print(zone_day(at), a) : s; /* a day is its own */
}

/* From 00 to 23. */
static struct str local_hour(struct str instant, struct arena *a)
{
	int64_t at;
	if (!instant_scan(instant, &at))
		return (struct str){ 0 };
	long hour = zone_second(at) / 3600;
	const char digits[] = { (char)('0' + hour / 10), (char)('0' + hour % 10) };
	return arena_str(a, (struct str){ digits, sizeof digits });
}

const struct text_function text_functions[] = {
	{ "fold", utf8_fold, false },	    { "sort_key", utf8_sort_key, false },
	{ "digits", phone_digits, false },  { "local_day", local_day, false },
	{ "local_hour", local_hour, true },
};
const size_t ntext_functions = countof(text_functions);

static int64_t now; /* 0: nobody said */

void db_set_now(int64_t instant)
{
	now = instant;
}

int64_t sql_now(void)
{
	return now ? now : (int64_t)time(NULL);
}

void *regex_new(struct str pattern)
{
	regex_t *re = xmalloc(sizeof *re);
	if (regcomp(re, pattern.p, REG_EXTENDED | REG_NOSUB) == 0)
		return re;
	free(re);
	return NULL;
}

bool regex_matches(const void *regex, struct str text, struct arena *a)
{
	return regexec(regex, utf8_fold(text, a).p, 0, NULL, 0) == 0;
}

void regex_free(void *regex)
{
	regfree(regex);
	free(regex);
}

/* Byte offset to what a person counts: characters from 1; negative: 0. */
static long character_at(struct str text, int offset)
{
	long n = offset >= 0;
	for (int i = 0; i < offset && (size_t)i < text.n; i++)
		n += ((unsigned char)text.p[i] & 0xc0) != 0x80;
	return n;
}

bool own_query_fits(const struct own_query *q, struct str text, size_t n, struct diag *d)
{
	if (q->writes)
		return diag_set(d, NULL, "it writes; only reading statements are run");
	if (q->wrong) {
		d->column = character_at(text, q->at);
		return diag_set(d, NULL, "%s", q->wrong);
	}
	if (q->empty)
		return diag_set(d, NULL, "there is no statement in it");
	if (str_trim((struct str){ q->rest, text.n - (size_t)(q->rest - text.p) }).n)
		return diag_set(d, NULL, "there is more than one statement in it");
	return q->parameters == n ||
	       diag_set(d, NULL, "it has %zu parameters, %zu were given", q->parameters, n);
}

struct str print_real(double x, struct arena *a)
{
	char text[32];
	for (int digits = 15; digits <= 17; digits++) {
		snprintf(text, sizeof text, "%.*g", digits, x);
		if (strtod(text, NULL) == x)
			break;
	}
	return arena_str(a, str_of(text));
}

size_t gram_size(struct str s)
{
	size_t n = 0;
	for (int i = 0; i < GRAM; i++) {
		size_t step = utf8_char(str_sub(s, n, 4));
		if (!step)
			return 0;
		n += step;
	}
	return n;
}
