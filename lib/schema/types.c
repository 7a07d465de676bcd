/* Types of plain values: how each is read, shown and matched. */
#include <stdlib.h>

#include "core/buf.h"
#include "core/money.h"
#include "core/utf8.h"
#include "schema/label.h"

static struct cell text_cell(struct str s)
{
	return (struct cell){ CELL_TEXT, s };
}

static bool parse_text(struct value *v, struct str s, const struct field *f, const struct codec *c,
		       struct diag *d)
{
	(void)c;
	if (!(f->flags & F_LONG) && memchr(s.p, '\n', s.n) && (f->flags & F_UNIQUE))
		return diag_set(d, f->name, "%s has a line break", quoted(s, &d->arena));
	*v = value_text(s);
	return true;
}

static struct cell print_text(const struct value *v, const struct field *f, const struct codec *c)
{
	(void)f;
	(void)c;
	return text_cell(v->s);
}

static struct str key_fold(struct str s, const struct codec *c)
{
	return utf8_fold(s, c->arena);
}

/* Other systems tell 0015g00000AbC from 0015g00000aBc. */
static struct str key_exact(struct str s, const struct codec *c)
{
	(void)c;
	return utf8_trim(s);
}

/* Letters and digits alone: "0101-234 567" and "0101234567" are one tax code. */
static struct str key_code(struct str s, const struct codec *c)
{
	struct str folded = utf8_fold(s, c->arena);
	char *out = arena_alloc(c->arena, folded.n + 1);
	size_t n = 0;
	for (size_t i = 0; i < folded.n; i++)
		if (!strchr(" .-/_", folded.p[i]))
			out[n++] = folded.p[i];
	return (struct str){ out, n };
}

/* 1.000 as the locale writes a thousand; anything else as it stands. */
static struct str without_groups(struct str s, const struct codec *c)
{
	char group = c->settings->group;
	ptrdiff_t first = group ? str_find(s, group) : -1;
	size_t lead = s.n && s.p[0] == '-';
	if (first <= (ptrdiff_t)lead || first > (ptrdiff_t)lead + 3)
		return s;
	char *out = arena_alloc(c->arena, s.n + 1);
	size_t n = 0;
	for (size_t i = 0; i < s.n; i++) {
		bool mark = i >= (size_t)first && (i - (size_t)first) % 4 == 0;
		if (mark != (s.p[i] == group))
			return s;
		if (!mark)
			out[n++] = s.p[i];
	}
	return (s.n - (size_t)first) % 4 == 0 ? (struct str){ out, n } : s;
}

/* 1.234,5 as the locale writes it; 1.5 and 1,234.5 where it says nothing else. */
static struct str number_plain(struct str s, const struct codec *c)
{
	char point = c->settings->point;
	ptrdiff_t at = point && point != '.' ? str_find(s, point) : -1;
	if (at < 0)
		return without_groups(s, c);
	struct str whole = without_groups(str_sub(s, 0, (size_t)at), c);
	struct str behind = str_sub(s, (size_t)at + 1, s.n);
	return arena_printf(c->arena, "%.*s.%.*s", (int)whole.n, whole.p, (int)behind.n, behind.p);
}

static bool parse_whole(struct value *v, struct str s, const struct field *f, int64_t least,
			int64_t most, struct diag *d)
{
	int64_t digits, i;
	int scale;
	if (!decimal_parse(s, &digits, &scale) || !decimal_rescale(digits, scale, 0, &i))
		return diag_set(d, f->name, "%s is not a whole number", quoted(s, &d->arena));
	if (i < least || i > most)
		return diag_set(d, f->name, "%s is not between %lld and %lld", quoted(s, &d->arena),
				(long long)least, (long long)most);
	*v = value_int(i);
	return true;
}

static bool parse_int(struct value *v, struct str s, const struct field *f, const struct codec *c,
		      struct diag *d)
{
	return parse_whole(v, without_groups(s, c), f, INT64_MIN, INT64_MAX, d);
}

static bool parse_percent(struct value *v, struct str s, const struct field *f,
			  const struct codec *c, struct diag *d)
{
	(void)c;
	if (s.n && s.p[s.n - 1] == '%')
		s = str_trim(str_sub(s, 0, s.n - 1));
	return parse_whole(v, s, f, 0, 100, d);
}

static struct cell print_number(const struct value *v, const struct field *f, const struct codec *c)
{
	(void)f;
	return (struct cell){ CELL_NUMBER, decimal_print(v->i, v->scale, c->arena) };
}

/* Held in millionths, whatever the number of decimals typed. */
static bool parse_number(struct value *v, struct str s, const struct field *f,
			 const struct codec *c, struct diag *d)
{
	struct str plain = number_plain(s, c);
	int64_t digits, i;
	int scale;
	if (!decimal_parse(plain, &digits, &scale))
		return diag_set(d, f->name, "%s is not a number", quoted(s, &d->arena));
	if (!decimal_rescale(digits, scale, NUMBER_SCALE, &i))
		return diag_set(d, f->name, "%s has more than %d decimals, or is too large",
				quoted(s, &d->arena), NUMBER_SCALE);
	*v = value_int(i);
	return true;
}

static struct cell print_decimal(const struct value *v, const struct field *f,
				 const struct codec *c)
{
	(void)f;
	int64_t i = v->i;
	int scale = NUMBER_SCALE;
	for (; scale > 0 && i % 10 == 0; scale--)
		i /= 10;
	if (!c->human)
		return (struct cell){ CELL_NUMBER, decimal_print(i, scale, c->arena) };
	char point = c->settings->point ? c->settings->point : '.';
	return text_cell(decimal_group(i, scale, c->settings->group, point, c->arena));
}

/*
 * The named currency, if any, is left in v->s for the record to see.  Where the
 * record's currency is not known yet the text waits for the store (V_TEXT).
 */
static bool parse_money(struct value *v, struct str s, const struct field *f, const struct codec *c,
			struct diag *d)
{
	if (c->currency && !*c->currency) {
		*v = value_text(s);
		return true;
	}
	struct money_style style = { c->currency ? c->currency : c->settings->currency,
				     c->settings->group, c->settings->point };
	struct money m;
	if (!money_parse(s, &style, &m, d))
		return diag_set(d, f->name, "%s", arena_str(&d->arena, d->message).p);
	*v = value_int(m.minor);
	v->scale = (uint8_t)currency_digits(str_of(m.currency));
	if (m.named)
		v->s = str_of(m.currency);
	return true;
}

static struct cell print_money(const struct value *v, const struct field *f, const struct codec *c)
{
	(void)f;
	if (v->kind == V_TEXT)
		return text_cell(v->s);
	if (!c->human)
		return (struct cell){ CELL_NUMBER, decimal_print(v->i, v->scale, c->arena) };
	char group = c->settings->group ? c->settings->group : ',';
	char point = c->settings->point ? c->settings->point : '.';
	return text_cell(decimal_group(v->i, v->scale, group, point, c->arena));
}

static bool parse_currency(struct value *v, struct str s, const struct field *f,
			   const struct codec *c, struct diag *d)
{
	(void)c;
	const char *code = currency_code(s);
	if (!code)
		return diag_set(d, f->name, "%s is no ISO 4217 currency", quoted(s, &d->arena));
	*v = value_text(str_of(code));
	return true;
}

static bool parse_bool(struct value *v, struct str s, const struct field *f, const struct codec *c,
		       struct diag *d)
{
	static const struct {
		const char *word;
		bool truth;
	} words[] = {
		{ "true", true }, { "false", false }, { "yes", true }, { "no", false },
		{ "1", true },	  { "0", false },     { "on", true },  { "off", false },
		{ "co", true },	  { "khong", false }, { "y", true },   { "n", false },
		{ "t", true },	  { "f", false },     { "x", true },
	};
	struct str folded = utf8_fold(s, c->arena);
	for (size_t i = 0; i < countof(words); i++) {
		if (str_is(folded, words[i].word)) {
			*v = value_int(words[i].truth);
			return true;
		}
	}
	return diag_set(d, f->name, "%s is neither true nor false", quoted(s, &d->arena));
}

static struct cell print_bool(const struct value *v, const struct field *f, const struct codec *c)
{
	(void)f;
	if (c->human)
		return text_cell(str_of(truth_label(v->i, c->settings->language)));
	return (struct cell){ CELL_BOOL, v->i ? STR("true") : STR("false") };
}

static int by_text(const void *a, const void *b)
{
	return str_cmp(*(const struct str *)a, *(const struct str *)b);
}

/* Held as ";stale;vip;": sorted, no doubles, so that one is found by ";vip;". */
static bool parse_tags(struct value *v, struct str s, const struct field *f, const struct codec *c,
		       struct diag *d)
{
	struct str *tags = arena_new(c->arena, struct str, s.n / 2 + 1), rest = s, tag;
	size_t n = 0;
	(void)f;
	(void)d;
	char *text = arena_alloc(c->arena, s.n + 1); /* , separates as ; does */
	for (size_t i = 0; i < s.n; i++)
		text[i] = s.p[i] == ',' || s.p[i] == '\n' ? ';' : s.p[i];
	rest = (struct str){ text, s.n };
	while (str_cut(&rest, ';', &tag)) {
		tag = utf8_trim(tag);
		if (tag.n)
			tags[n++] = tag;
	}
	if (!n) {
		*v = value_null();
		return true;
	}
	qsort(tags, n, sizeof *tags, by_text);
	char *out = arena_alloc(c->arena, s.n + 3), *at = out;
	*at++ = ';';
	for (size_t i = 0; i < n; i++) {
		if (i && str_eq(tags[i], tags[i - 1]))
			continue;
		memcpy(at, tags[i].p, tags[i].n);
		at += tags[i].n;
		*at++ = ';';
	}
	*v = value_text((struct str){ out, (size_t)(at - out) });
	return true;
}

static struct cell print_tags(const struct value *v, const struct field *f, const struct codec *c)
{
	(void)f;
	(void)c;
	struct str inside = v->s.n >= 2 ? str_sub(v->s, 1, v->s.n - 2) : v->s;
	return (struct cell){ CELL_LIST, inside };
}

static bool parse_pick(struct value *v, struct str s, const struct field *f, const struct codec *c,
		       struct diag *d)
{
	const struct picklist *list = schema_picklist(c->schema, f->picklist);
	const struct pick *pick = picklist_find(list, s, c->arena);
	if (pick && (!pick->retired || c->restoring)) {
		*v = value_text(str_of(pick->key));
		return true;
	}
	struct buf all = { 0 };
	for (size_t i = 0; i < list->n; i++)
		if (!list->picks[i].retired)
			buf_printf(&all, " %s", list->picks[i].key);
	diag_set(d, f->name, "%s is none of:%.*s", quoted(s, &d->arena), (int)all.n, all.p);
	buf_free(&all);
	return false;
}

static struct cell print_pick(const struct value *v, const struct field *f, const struct codec *c)
{
	if (!c->human)
		return text_cell(v->s);
	const struct picklist *list = schema_picklist(c->schema, f->picklist);
	return text_cell(key_label(list, v->s, c->settings->language));
}

const struct type type_text = { "text", "TEXT",	    COMPARE_TEXT, false,
				"text", parse_text, print_text,	  key_fold };
const struct type type_external = { "external",
				    "TEXT",
				    COMPARE_TEXT,
				    false,
				    "number in another system, compared letter by letter",
				    parse_text,
				    print_text,
				    key_exact };
const struct type type_code = { "code",
				"TEXT",
				COMPARE_TEXT,
				false,
				"text compared by its letters and digits alone",
				parse_text,
				print_text,
				key_code };
const struct type type_int = { "int",	       "INTEGER", COMPARE_NUMBER, true,
			       "whole number", parse_int, print_number,	  NULL };
const struct type type_number = { "number",
				  "INTEGER",
				  COMPARE_NUMBER,
				  true,
				  "exact decimal of up to six places: 2, 1.5, 8.25",
				  parse_number,
				  print_decimal,
				  NULL };
const struct type type_percent = {
	"percent",    "INTEGER", COMPARE_NUMBER, true, "whole number from 0 to 100", parse_percent,
	print_number, NULL
};
const struct type type_money = { "money",
				 "INTEGER",
				 COMPARE_NUMBER,
				 true,
				 "exact amount: 1500000, 19.99, 250 USD, 15tr",
				 parse_money,
				 print_money,
				 NULL };
const struct type type_currency = {
	"currency",	"TEXT",	    COMPARE_EXACT, false, "ISO 4217 code of a currency",
	parse_currency, print_text, NULL
};
const struct type type_bool = { "bool",		 "INTEGER",  COMPARE_NUMBER, false,
				"true or false", parse_bool, print_bool,     NULL };
const struct type type_tags = {
	"tags",	    "TEXT",	COMPARE_TAGS, false, "labels, several joined with ;",
	parse_tags, print_tags, NULL
};
const struct type type_pick = {
	"picklist", "TEXT",	COMPARE_EXACT, false, "one of the configured values",
	parse_pick, print_pick, NULL
};
