/* JSON values into records.  Jansson judges the syntax; numbers keep their own digits. */
#include "stream/json.h"

#include <jansson.h>
#include <stdlib.h>

#include "core/buf.h"
#include "stream/reader_impl.h"
#include "stream/writer.h"

/*
 * A walk over a parsed record.  A double cannot hold every decimal, so the
 * digits of a number are taken from the text: Jansson keeps the members in the
 * order of the text, so the next number of the walk is the next one there.
 */
struct walk {
	struct str text;
	size_t at; /* behind the last number */
	struct str *names;
	struct cell *cells;
	size_t n;
	bool nested; /* dotted names, which may clash with plain ones */
	struct arena *arena;
};

static size_t skip_string(struct str text, size_t at)
{
	while (text.p[++at] != '"')
		at += text.p[at] == '\\';
	return at + 1;
}

static bool in_number(char c)
{
	return is_digit(c) || c == '-' || c == '+' || c == '.' || c == 'e' || c == 'E';
}

static struct str next_number(struct walk *w)
{
	const char *p = w->text.p;
	size_t at = w->at;
	while (p[at] != '-' && (p[at] < '0' || p[at] > '9'))
		at = p[at] == '"' ? skip_string(w->text, at) : at + 1;
	size_t from = at;
	while (at < w->text.n && in_number(p[at]))
		at++;
	w->at = at;
	return str_sub(w->text, from, at - from);
}

/*
 * The shortest decimal of the same value: 1234.50 → 1234.5, 1e3 → 1000.  Up to
 * 15 digits pass through a double unharmed; with more the exponent is kept.
 */
struct str json_number(struct str s, struct arena *a)
{
	size_t mantissa = 0, digits = 0;
	while (mantissa < s.n && s.p[mantissa] != 'e' && s.p[mantissa] != 'E') {
		char c = s.p[mantissa++];
		digits += is_digit(c);
	}
	if (mantissa < s.n && digits <= 15) {
		struct str copy = arena_str(a, s);
		return arena_printf(a, "%.15g", strtod(copy.p, NULL));
	}
	if (mantissa == s.n && str_find(s, '.') >= 0) {
		while (s.p[s.n - 1] == '0')
			s.n--;
		s.n -= s.p[s.n - 1] == '.';
	}
	return str_is(s, "-0") ? STR("0") : arena_str(a, s);
}

static struct str scalar_text(struct walk *w, const json_t *v)
{
	switch (json_typeof(v)) {
	case JSON_STRING:
		return arena_str(w->arena,
				 (struct str){ json_string_value(v), json_string_length(v) });
	case JSON_INTEGER:
	case JSON_REAL:
		return json_number(next_number(w), w->arena);
	case JSON_TRUE:
		return STR("true");
	case JSON_FALSE:
		return STR("false");
	default:
		return (struct str){ 0 };
	}
}

/* Whether the values can be told apart again once they are joined with ';'. */
static bool is_list(const json_t *array)
{
	for (size_t i = 0; i < json_array_size(array); i++) {
		const json_t *v = json_array_get(array, i);
		if (json_is_object(v) || json_is_array(v) || json_is_null(v) ||
		    (json_is_string(v) && strchr(json_string_value(v), ';')))
			return false;
	}
	return true;
}

static struct str list_text(struct walk *w, const json_t *array)
{
	struct buf b = { 0 };
	for (size_t i = 0; i < json_array_size(array); i++) {
		if (i)
			buf_putc(&b, ';');
		buf_put(&b, scalar_text(w, json_array_get(array, i)));
	}
	struct str text = buf_copy(&b, w->arena);
	buf_free(&b);
	return text;
}

/* Any value as JSON again, its numbers as they stood; depth was limited by json_scan. */
static void put_json(struct walk *w, struct buf *b, json_t *v)
{
	const char *key;
	size_t n = 0;
	json_t *member;
	if (json_is_array(v)) {
		buf_putc(b, '[');
		for (; n < json_array_size(v); n++) {
			buf_puts(b, n ? "," : "");
			put_json(w, b, json_array_get(v, n));
		}
		buf_putc(b, ']');
	} else if (json_is_object(v)) {
		buf_putc(b, '{');
		json_object_foreach(v, key, member)
		{
			buf_puts(b, n++ ? "," : "");
			json_put_string(b, str_of(key));
			buf_putc(b, ':');
			put_json(w, b, member);
		}
		buf_putc(b, '}');
	} else if (json_is_string(v)) {
		json_put_string(b, scalar_text(w, v));
	} else {
		buf_put(b, json_is_null(v) ? STR("null") : scalar_text(w, v));
	}
}

static struct cell array_cell(struct walk *w, json_t *array)
{
	struct buf b = { 0 };
	if (is_list(array))
		return (struct cell){ CELL_LIST, list_text(w, array) };
	put_json(w, &b, array);
	struct str text = buf_copy(&b, w->arena);
	buf_free(&b);
	return (struct cell){ CELL_JSON, text };
}

static enum cell_kind kind_of(const json_t *v)
{
	static const enum cell_kind kinds[] = {
		[JSON_STRING] = CELL_TEXT, [JSON_INTEGER] = CELL_NUMBER, [JSON_REAL] = CELL_NUMBER,
		[JSON_TRUE] = CELL_BOOL,   [JSON_FALSE] = CELL_BOOL,	 [JSON_NULL] = CELL_NULL,
	};
	return kinds[json_typeof(v)];
}

static size_t count_leaves(json_t *object)
{
	size_t n = 0;
	const char *key;
	json_t *v;
	json_object_foreach(object, key, v) n += json_is_object(v) ? count_leaves(v) : 1;
	return n;
}

/* Puts the members of object into w; its depth was limited by json_scan. */
static void flatten(struct walk *w, json_t *object, const char *prefix)
{
	const char *key;
	json_t *v;
	json_object_foreach(object, key, v)
	{
		const char *name = key;
		if (prefix)
			name = arena_printf(w->arena, "%s.%s", prefix, key).p;
		if (json_is_object(v)) {
			w->nested = true;
			flatten(w, v, name);
			continue;
		}
		struct cell *cell = &w->cells[w->n];
		w->names[w->n++] = str_of(name);
		if (json_is_array(v))
			*cell = array_cell(w, v);
		else
			*cell = (struct cell){ kind_of(v), scalar_text(w, v) };
	}
}

static bool is_plain(const struct str *names, size_t n)
{
	for (size_t i = 0; i < n; i++)
		for (size_t k = 0; k < names[i].n; k++) {
			char c = names[i].p[k];
			if (c == '"' || c == '\\' || (unsigned char)c < 0x20)
				return false;
		}
	return n > 0;
}

/* Gives the row its names, from the layout where they have not changed. */
static void lay_out(struct json_layout *l, const struct walk *w, struct row *row)
{
	size_t same = 0;
	while (l->number && l->n == w->n && same < l->n && str_eq(l->names[same], w->names[same]))
		same++;
	if (!l->number || l->n != w->n || same < l->n) {
		arena_reset(&l->arena);
		struct str *names = arena_new(&l->arena, struct str, w->n);
		for (size_t i = 0; i < w->n; i++)
			names[i] = arena_str(&l->arena, w->names[i]);
		l->names = names;
		l->n = w->n;
		l->plain = is_plain(names, w->n);
		l->number++;
	}
	row->names = l->names;
	row->layout = l->number;
	row->cells = w->cells;
	row->n = w->n;
}

static bool record_of(json_t *object, struct str text, struct row *row, struct json_layout *l,
		      struct arena *a, struct diag *d)
{
	if (!json_is_object(object))
		return diag_set(d, NULL, "a record is a JSON object, not %s", quoted(text, a));
	size_t n = count_leaves(object), before;
	struct walk w = {
		.text = text,
		.names = arena_new(a, struct str, n),
		.cells = arena_new(a, struct cell, n),
		.arena = a,
	};
	flatten(&w, object, NULL);
	size_t doubled = w.nested ? names_doubled(w.names, n, &before) : n;
	if (doubled < n)
		return diag_set(d, w.names[doubled].p, "stands in the record twice");
	lay_out(l, &w, row);
	return true;
}

/* err counts lines from the start of the value. */
static void syntax_error(const json_error_t *err, struct diag *d)
{
	enum json_error_code code = json_error_code(err);
	if (code == json_error_null_character || code == json_error_null_byte_in_key)
		diag_set(d, NULL, "a text in it holds \\u0000");
	else if (err->line > 1)
		diag_set(d, NULL, "not JSON: %s (in line %ld)", err->text, d->line + err->line - 1);
	else
		diag_set(d, NULL, "not JSON: %s", err->text);
}

/*
 * NULL with diag.  A whole number that 64 bits do not hold is one all the same: its digits
 * come from the text (struct walk), Jansson's double is never looked at.  A NUL behind the value is
 * a clean end to Jansson. */
static json_t *load(struct str text, size_t flags, struct diag *d)
{
	json_error_t err;
	if (str_find(text, '\0') >= 0) {
		diag_set(d, NULL, "not JSON: a NUL byte stands in it");
		return NULL;
	}
	const char *p = text.n ? text.p : "";
	json_t *v = json_loadb(p, text.n, flags | JSON_DECODE_ANY, &err);
	if (!v && json_error_code(&err) == json_error_numeric_overflow)
		v = json_loadb(p, text.n, flags | JSON_DECODE_ANY | JSON_DECODE_INT_AS_REAL, &err);
	if (!v)
		syntax_error(&err, d);
	return v;
}

bool json_record(struct str text, struct row *row, struct json_layout *l, struct arena *a,
		 struct diag *d)
{
	if (json_plain(text, row, l, a))
		return true;
	json_t *v = load(text, JSON_REJECT_DUPLICATES, d);
	bool ok = v && record_of(v, text, row, l, a, d);
	json_decref(v);
	return ok;
}

/* Where the value that starts at `at` ends, in text that is known to be JSON. */
static size_t skip_value(struct str text, size_t at)
{
	for (size_t depth = 0; at < text.n;) {
		char c = text.p[at];
		if (!depth && (c == ',' || c == '}'))
			break;
		if (c == '"') {
			at = skip_string(text, at);
			continue;
		}
		depth += c == '{' || c == '[';
		depth -= c == '}' || c == ']';
		at++;
	}
	return at;
}

bool json_next_member(struct str object, size_t *at, struct json_member *m, struct arena *a)
{
	size_t start = (*at ? *at : (size_t)str_find(object, '{')) + 1, from = start;
	while (from < object.n && object.p[from] != '"')
		from++;
	if (from >= object.n)
		return false;
	size_t key_end = skip_string(object, from);
	size_t colon = key_end + (size_t)str_find(str_sub(object, key_end, object.n), ':');
	*at = skip_value(object, colon + 1);
	m->value = str_trim(str_sub(object, colon + 1, *at - colon - 1));
	m->text = str_sub(object, start, (size_t)(m->value.p - object.p) + m->value.n - start);
	json_t *key = json_loadb(object.p + from, key_end - from, JSON_DECODE_ANY, NULL);
	m->key = arena_str(a, (struct str){ json_string_value(key), json_string_length(key) });
	json_decref(key);
	return true;
}

/*
 * Jansson has no keys with a NUL in them.  For a judgement of the grammar any
 * other escaped control character is as good.
 */
static struct str without_nuls(struct str text, struct arena *a)
{
	char *p = arena_alloc(a, text.n + 1);
	if (text.n)
		memcpy(p, text.p, text.n);
	for (size_t i = 0; i + 5 < text.n; i++) {
		if (p[i] != '\\')
			continue;
		if (memcmp(p + i, "\\u0000", 6) == 0)
			p[i + 5] = '1';
		i++;
	}
	return (struct str){ p, text.n };
}

bool json_check(struct str text, enum json_rules rules, struct diag *d)
{
	struct arena scratch = { 0 };
	bool all = rules == JSON_RFC8259;
	json_t *v =
	    load(all ? without_nuls(text, &scratch) : text, all ? 0 : JSON_REJECT_DUPLICATES, d);
	bool ok = v != NULL;
	json_decref(v);
	arena_free(&scratch);
	return ok;
}
