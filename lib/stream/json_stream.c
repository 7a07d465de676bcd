/*
 * JSON Lines, one array, and objects one after the other, pretty-printed or
 * not: a record is parsed as soon as its last bracket has come, and nothing of
 * the stream is kept but the record at hand.
 */
#include <stdlib.h>

#include "core/buf.h"
#include "stream/json.h"
#include "stream/reader_impl.h"

/* What may come next. */
enum place {
	TOP,	/* outside of arrays: a record or an array */
	FIRST,	/* behind [: a record or ] */
	RECORD, /* behind a comma: a record */
	COMMA,	/* behind a record in an array: a comma or ] */
	LOST,	/* in an array, behind something refused: any of these */
};

/* Of blanks in what stands before the records; and of a member's name in a message. */
enum { WRAPPING_MAX = 256, KEY_SHOWN = 60 };

struct json {
	enum place place;
	bool wrapped;  /* the array is the one member, "records", of an object */
	long closed;   /* the line on which the last array ended */
	size_t indent; /* of the line at hand */
	struct json_layout layout;
};

static bool is_space(int c)
{
	return c == ' ' || c == '\t' || c == '\n' || c == '\r';
}

/* The next byte that means something, or -1. */
static int skip_space(struct reader *r)
{
	struct json *j = r->state;
	int c;
	while (is_space(c = source_peek(&r->source, 0))) {
		j->indent = c == '\n' ? 0 : j->indent + 1;
		source_take(&r->source, 1);
	}
	return c;
}

/* --- the end of a value --- */

static bool opens(struct json_scan *scan, char c, struct diag *d)
{
	bool in_object = scan->depth && (scan->objects >> (scan->depth - 1) & 1);
	bool place = scan->last == 0 || scan->last == ':' ||
		     (scan->last == '[' || (scan->last == ',' && !in_object));
	if (!place)
		return diag_set(d, NULL, "not JSON: an unexpected %c; is a bracket unclosed?", c);
	if (scan->depth == JSON_DEPTH)
		return diag_set(d, NULL, "nested deeper than %d levels", JSON_DEPTH);
	uint64_t bit = (uint64_t)1 << scan->depth++;
	scan->objects = c == '{' ? scan->objects | bit : scan->objects & ~bit;
	return true;
}

static bool closes(struct json_scan *scan, char c, struct diag *d)
{
	bool in_object = scan->depth && (scan->objects >> (scan->depth - 1) & 1);
	if (!scan->depth || in_object != (c == '}'))
		return diag_set(d, NULL, "not JSON: an unexpected %c", c);
	scan->depth--;
	return true;
}

static bool scan_quote(struct json_scan *scan, struct diag *d)
{
	char last = scan->last;
	if (last && last != '{' && last != '[' && last != ',' && last != ':')
		return diag_set(d, NULL, "not JSON: an unexpected quote");
	if (scan->depth == 1 && last != ':')
		scan->key = scan->at;
	scan->string = true;
	return true;
}

/* A byte outside of strings. */
static bool scan_plain(struct json_scan *scan, char c, struct diag *d)
{
	bool ok = true;
	if (is_space(c))
		return true;
	if (c == '"')
		ok = scan_quote(scan, d);
	else if (c == '{' || c == '[')
		ok = opens(scan, c, d);
	else if (c == '}' || c == ']')
		ok = closes(scan, c, d);
	else if ((unsigned char)c < ' ')
		ok = diag_set(d, NULL, "not JSON: control character 0x%02x", c);
	scan->parts += c == ',' || c == '{' || c == '[';
	scan->last = c;
	return ok;
}

/* A byte inside of a string.  There is no line end in strings: so one that lacks its quote ends
 * here. */
static bool scan_string(struct json_scan *scan, char c, struct diag *d)
{
	if ((unsigned char)c < ' ')
		return diag_set(d, NULL, "not JSON: control character 0x%02x in a string", c);
	if (!scan->escaped && c == '"')
		scan->string = false;
	scan->escaped = !scan->escaped && c == '\\';
	return true;
}

enum json_scan_result json_scan(struct json_scan *scan, struct str text, struct diag *d)
{
	while (scan->at < text.n) {
		char c = text.p[scan->at];
		if (!(scan->string ? scan_string(scan, c, d) : scan_plain(scan, c, d)))
			return JSON_BROKEN;
		scan->at++;
		if (!scan->depth && !scan->string)
			return JSON_DONE;
	}
	return JSON_MORE;
}

/* --- records --- */

static size_t indent_of(struct str line)
{
	size_t n = 0;
	while (n < line.n && (line.p[n] == ' ' || line.p[n] == '\t'))
		n++;
	return n;
}

/*
 * How much of the window belongs to a record that is broken at byte `at`: its
 * first line; and where it was well as far as that, the lines that are indented
 * deeper and the brace that closes it.  So one mistake in a pretty-printed record
 * is one error, and no part of it is taken for a record.  0: a line over RECORD_MAX.
 */
static size_t broken_length(struct reader *r, size_t at)
{
	const struct json *j = r->state;
	size_t n, from;
	if (source_line(&r->source, 0, &from) == LINE_LONG)
		return 0;
	if (at < from)
		return from;
	while (source_line(&r->source, from, &n) == LINE_HERE) {
		struct str line = str_sub(source_window(&r->source), from, n);
		size_t indent = indent_of(line);
		bool brace = indent == j->indent && indent < n && line.p[indent] == '}';
		if (indent <= j->indent && !brace)
			break;
		from += n;
	}
	return from;
}

/* Refuses what has no end that could be told: the n bytes of its lines, 0 for an overlong one. */
static enum read_result refuse(struct reader *r, struct row *row, size_t n, struct arena *a)
{
	struct json *j = r->state;
	j->place = j->place == TOP ? TOP : LOST;
	if (n)
		return reader_refuse(r, row, n, a);
	source_skip_line(&r->source);
	return READ_BAD;
}

/* A value that has been found: a record, or refused, but the stream goes on behind it. */
static enum read_result take_value(struct reader *r, struct row *row, const struct json_scan *scan,
				   struct arena *a, struct diag *d)
{
	size_t n = scan->at;
	struct json *j = r->state;
	bool comma = j->place != COMMA; /* or none is needed */
	j->place = j->place == TOP ? TOP : COMMA;
	struct str text = str_sub(source_window(&r->source), 0, n);
	if (!reader_few(scan->parts, "values", d) || !json_record(text, row, &j->layout, a, d))
		return reader_refuse(r, row, n, a);
	if (!comma) {
		diag_set(d, NULL, "a comma is missing before this record");
		return reader_refuse(r, row, n, a);
	}
	if (r->options.want_raw)
		row->raw = arena_str(a, text);
	source_take(&r->source, n);
	return READ_ROW;
}

/* Of JSON Lines a line is most often the value: its end has not to be looked for. */
static bool take_line(struct reader *r, struct row *row, struct arena *a)
{
	struct json *j = r->state;
	struct str window = source_window(&r->source);
	ptrdiff_t end = j->place == TOP && j->layout.plain ? str_find(window, '\n') : -1;
	if (end < 0 || end > RECORD_MAX)
		return false;
	struct str text = str_trim(str_sub(window, 0, (size_t)end));
	if (!json_plain(text, row, &j->layout, a))
		return false;
	if (r->options.want_raw)
		row->raw = arena_str(a, text);
	source_take(&r->source, text.n);
	return true;
}

/*
 * Takes a value over RECORD_MAX, of which json_scan said `got` so far, as far as its line goes.
 * False: that is not its end.
 */
static bool pass_over(struct source *s, struct json_scan *scan, enum json_scan_result got)
{
	struct diag none = { 0 };
	for (ptrdiff_t end = -1; end < 0 && got == JSON_MORE;) {
		source_take(s, scan->at);
		scan->at = 0;
		if (source_peek(s, 0) < 0)
			break;
		struct str w = source_window(s);
		end = str_find(w, s->eol);
		got = json_scan(scan, str_sub(w, 0, end < 0 ? w.n : (size_t)end), &none);
	}
	if (got == JSON_DONE)
		source_take(s, scan->at);
	diag_free(&none);
	return got == JSON_DONE;
}

/* What stands behind it in its line is read: a line may be an array, and all of the input. */
static enum read_result refuse_long(struct reader *r, struct row *row, struct json_scan *scan,
				    enum json_scan_result got, struct arena *a, struct diag *d)
{
	struct json *j = r->state;
	struct str rest = str_sub(source_window(&r->source), scan->key + 1, scan->at);
	ptrdiff_t end = scan->key ? str_find(rest, '"') : -1;
	struct str member = arena_str(a, str_sub(rest, 0, end > 0 ? (size_t)end : 0));
	diag_set(d, end > 0 && end <= KEY_SHOWN ? member.p : NULL,
		 "the record is longer than %d MiB", RECORD_MAX >> 20);
	size_t n = broken_length(r, 0);
	if (n || !pass_over(&r->source, scan, got))
		return refuse(r, row, n, a);
	j->place = j->place == TOP ? TOP : COMMA;
	return READ_BAD;
}

/* An object, an array or a string, whose end the brackets and quotes tell. */
static enum read_result scan_value(struct reader *r, struct row *row, struct arena *a,
				   struct diag *d)
{
	struct json_scan scan = { 0 };
	if (take_line(r, row, a))
		return READ_ROW;
	for (;;) {
		enum json_scan_result got = json_scan(&scan, source_window(&r->source), d);
		if (scan.at > RECORD_MAX)
			return refuse_long(r, row, &scan, got, a, d);
		if (got == JSON_DONE)
			return take_value(r, row, &scan, a, d);
		if (got == JSON_BROKEN)
			return refuse(r, row, broken_length(r, scan.at), a);
		if (!source_more(&r->source)) {
			diag_set(d, NULL, "not JSON: the input ends inside of this value");
			return refuse(r, row, broken_length(r, scan.at), a);
		}
	}
}

/* A number or a word, which is no record; or garbage, which takes its line with it. */
static enum read_result scan_word(struct reader *r, struct row *row, struct arena *a,
				  struct diag *d)
{
	size_t n = 0;
	for (int c; (c = source_peek(&r->source, n)) >= 0 && !is_space(c); n++)
		if (strchr(",:[]{}\"", c) || n == RECORD_MAX)
			break;
	struct str word = str_sub(source_window(&r->source), 0, n ? n : 1);
	if (n && n < RECORD_MAX && json_check(word, JSON_RECORD_RULES, d))
		return take_value(r, row, &(struct json_scan){ .at = n }, a, d);
	diag_set(d, NULL, "not JSON: %s", quoted(word, a));
	return refuse(r, row, broken_length(r, 0), a);
}

/* What is wrong is the array itself: no record is lost, so reading goes on n bytes further. */
static enum read_result array_error(struct reader *r, size_t n, enum place next, struct diag *d,
				    const char *what)
{
	struct json *j = r->state;
	j->closed = next == TOP ? r->source.line : j->closed;
	j->place = next;
	diag_set(d, NULL, "not JSON: %s", what);
	source_take(&r->source, n);
	return READ_BAD;
}

/* Where the next byte stands that means something, from `at` on, if it is c; 0: it is not. */
static size_t expect(struct reader *r, size_t at, char c)
{
	while (is_space(source_peek(&r->source, at)) && at < WRAPPING_MAX)
		at++;
	return source_peek(&r->source, at) == c ? at + 1 : 0;
}

/* {"records": [ before objects, as Salesforce writes it; its length, or 0. */
static size_t wrapping(struct reader *r)
{
	static const char key[] = "\"records\"";
	size_t at = expect(r, 0, '{');
	for (size_t i = 0; at && key[i]; i++)
		at = i ? (source_peek(&r->source, at) == key[i] ? at + 1 : 0)
		       : expect(r, at, key[i]);
	at = at ? expect(r, at, ':') : 0;
	at = at ? expect(r, at, '[') : 0;
	return at && expect(r, at, '{') ? at : 0;
}

/* Takes the brace behind the array; false: something else stands there. */
static bool unwrap(struct reader *r)
{
	struct json *j = r->state;
	size_t n = j->wrapped ? expect(r, 1, '}') : 1;
	if (n)
		source_take(&r->source, n - 1);
	j->wrapped = false;
	return n > 0;
}

static void close_array(struct reader *r)
{
	struct json *j = r->state;
	j->place = TOP;
	j->closed = r->source.line;
}

/* A record or an array behind an array begins on a line of its own. */
static enum read_result refuse_trailing(struct reader *r, struct row *row, struct arena *a,
					struct diag *d)
{
	diag_set(d, NULL, "not JSON: something stands behind the end of the array");
	return refuse(r, row, broken_length(r, 0), a);
}

static enum read_result json_next(struct reader *r, struct row *row, struct arena *a,
				  struct diag *d)
{
	struct json *j = r->state;
	for (;;) {
		int c = skip_space(r);
		reader_begin(r, row, d);
		if (c < 0 && j->place == TOP)
			return READ_END;
		if (c < 0)
			return array_error(r, 0, TOP, d, "the array is never closed");
		if (j->place == TOP && j->closed == r->source.line)
			return refuse_trailing(r, row, a, d);
		if (c == ']' && j->place == RECORD)
			return array_error(r, 1, TOP, d, "no record behind the last comma");
		if (c == ',' && (j->place == FIRST || j->place == RECORD))
			return array_error(r, 1, RECORD, d, "no record before a comma");
		size_t wrap = c == '{' && j->place == TOP ? wrapping(r) : 0;
		if (c == ']' && j->place != TOP && !unwrap(r))
			return array_error(r, 1, TOP, d, "no } behind the array of records");
		if (c == ']' && j->place != TOP) {
			close_array(r);
		} else if (wrap) {
			source_take(&r->source, wrap - 1);
			j->wrapped = true;
			j->place = FIRST;
		} else if (c == '[' && j->place == TOP)
			j->place = FIRST;
		else if (c == ',' && j->place != TOP)
			j->place = RECORD;
		else if (c == '{' || c == '[' || c == '"')
			return scan_value(r, row, a, d);
		else
			return scan_word(r, row, a, d);
		source_take(&r->source, 1);
	}
}

static bool json_open(struct reader *r, struct diag *d)
{
	(void)d;
	r->state = xcalloc(1, sizeof(struct json));
	return true;
}

static void json_close(struct reader *r)
{
	struct json *j = r->state;
	arena_free(&j->layout.arena);
	free(j);
}

const struct reader_ops json_reader = { .open = json_open, .next = json_next, .close = json_close };
