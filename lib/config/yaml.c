/* libyaml's events become a tree; the only file that knows libyaml. */
#include "config/yaml.h"

#include <errno.h>
#include <stdio.h>
#include <yaml.h>

#include "core/buf.h"
#include "core/map.h"
#include "core/utf8.h"

struct build {
	yaml_parser_t parser;
	yaml_event_t event; /* the one at hand */
	struct arena *arena;
	struct diag *diag;
	int depth;
};

static bool fail_at(struct build *b, yaml_mark_t mark, const char *what)
{
	b->diag->line = (long)mark.line + 1;
	b->diag->column = (long)mark.column + 1;
	return diag_set(b->diag, NULL, "%s", what);
}

static bool fail(struct build *b, const char *what)
{
	return fail_at(b, b->event.start_mark, what);
}

static bool parser_failed(struct build *b)
{
	const yaml_parser_t *p = &b->parser;
	const char *why = p->problem ? p->problem : "no YAML";
	if (p->error == YAML_READER_ERROR)
		return diag_set(b->diag, NULL, "not YAML: %s", why);
	b->diag->line = (long)p->problem_mark.line + 1;
	b->diag->column = (long)p->problem_mark.column + 1;
	if (p->context)
		return diag_set(b->diag, NULL, "not YAML: %s (%s that begins in line %zu)", why,
				p->context, p->context_mark.line + 1);
	return diag_set(b->diag, NULL, "not YAML: %s", why);
}

/* The next event takes the place of the one at hand. */
static bool next(struct build *b)
{
	yaml_event_delete(&b->event);
	if (yaml_parser_parse(&b->parser, &b->event))
		return true;
	b->event.type = YAML_NO_EVENT;
	return parser_failed(b);
}

static struct yaml *grow(struct arena *a, struct yaml *have, size_t n)
{
	if (n & (n - 1)) /* there is room up to the next power of two */
		return have;
	struct yaml *more = arena_new(a, struct yaml, n ? 2 * n : 1);
	if (n)
		memcpy(more, have, n * sizeof *have);
	return more;
}

static bool build_node(struct build *b, struct yaml *y);

static bool build_items(struct build *b, struct yaml *y)
{
	while (next(b)) {
		if (b->event.type == YAML_SEQUENCE_END_EVENT)
			return true;
		y->items = grow(b->arena, y->items, y->n);
		if (!build_node(b, &y->items[y->n++]))
			return false;
	}
	return false;
}

static bool build_key(struct build *b, struct yaml *key, struct map *seen)
{
	if (b->event.type != YAML_SCALAR_EVENT && b->event.type != YAML_ALIAS_EVENT)
		return fail(b, "a key is plain text; does a value that begins with { or [ lack "
			       "its quotes?");
	if (!build_node(b, key))
		return false;
	int64_t *line = map_at(seen, key->text);
	if (*line)
		return yaml_error(key, b->diag, "key %s stands in line %lld already",
				  quoted(key->text, &b->diag->arena), (long long)*line);
	*line = key->line;
	return true;
}

static bool build_pairs(struct build *b, struct yaml *y, struct map *seen)
{
	while (next(b)) {
		if (b->event.type == YAML_MAPPING_END_EVENT)
			return true;
		y->keys = grow(b->arena, y->keys, y->n);
		y->items = grow(b->arena, y->items, y->n);
		size_t i = y->n++;
		if (!build_key(b, &y->keys[i], seen) || !next(b) || !build_node(b, &y->items[i]))
			return false;
	}
	return false;
}

static bool build_collection(struct build *b, struct yaml *y)
{
	struct map seen = { 0 };
	if (++b->depth > YAML_DEPTH)
		return fail(b, "nested too deep");
	bool list = b->event.type == YAML_SEQUENCE_START_EVENT;
	y->kind = list ? YAML_LIST : YAML_MAP;
	bool ok = list ? build_items(b, y) : build_pairs(b, y, &seen);
	map_free(&seen);
	b->depth--;
	return ok;
}

static const yaml_char_t *anchor_of(const yaml_event_t *e)
{
	return e->type == YAML_SCALAR_EVENT	      ? e->data.scalar.anchor
	       : e->type == YAML_SEQUENCE_START_EVENT ? e->data.sequence_start.anchor
	       : e->type == YAML_MAPPING_START_EVENT  ? e->data.mapping_start.anchor
						      : NULL;
}

static const yaml_char_t *tag_of(const yaml_event_t *e)
{
	return e->type == YAML_SCALAR_EVENT	      ? e->data.scalar.tag
	       : e->type == YAML_SEQUENCE_START_EVENT ? e->data.sequence_start.tag
	       : e->type == YAML_MAPPING_START_EVENT  ? e->data.mapping_start.tag
						      : NULL;
}

/* The node that begins with the event at hand. */
static bool build_node(struct build *b, struct yaml *y)
{
	const yaml_event_t *e = &b->event;
	*y = (struct yaml){ .line = (long)e->start_mark.line + 1,
			    .column = (long)e->start_mark.column + 1 };
	if (e->type == YAML_ALIAS_EVENT || anchor_of(e))
		return fail(b, "anchors (&) and aliases (*) are not taken; quote a text that "
			       "begins so");
	if (tag_of(e))
		return fail(b, "tags (!) are not taken; quote a text that begins so");
	if (e->type != YAML_SCALAR_EVENT)
		return build_collection(b, y);
	y->quoted = e->data.scalar.style != YAML_PLAIN_SCALAR_STYLE;
	y->text = arena_str(
	    b->arena, (struct str){ (const char *)e->data.scalar.value, e->data.scalar.length });
	if (memchr(y->text.p, '\0', y->text.n))
		return fail(b, "a text in it holds a NUL");
	return true;
}

/* Stream start, documents (at most so many), stream end. */
static bool build_stream(struct build *b, struct yaml **docs, size_t *n, size_t most)
{
	if (!next(b))
		return false;
	while (next(b)) {
		if (b->event.type == YAML_STREAM_END_EVENT)
			return true;
		if (*n == most)
			return fail(b, "a second document begins here");
		*docs = grow(b->arena, *docs, *n);
		if (!next(b) || !build_node(b, &(*docs)[(*n)++]) || !next(b))
			return false;
	}
	return false;
}

/* libyaml says of bad bytes no line. */
static bool check_text(struct str text, size_t most, struct diag *d)
{
	size_t at = 0, n;
	if (text.n > most)
		return diag_set(d, NULL, "it is larger than %zu MiB", most >> 20);
	if (utf8_valid(text))
		return true;
	d->line = d->column = 1;
	while ((n = utf8_char(str_sub(text, at, text.n))) > 0) {
		d->column++;
		if (text.p[at] == '\n') {
			d->line++;
			d->column = 1;
		}
		at += n;
	}
	return diag_set(d, NULL, "byte 0x%02x is not UTF-8", (unsigned char)text.p[at]);
}

/* The documents of text, size bytes and count of them at most. */
static const struct yaml *parse(struct str text, const char *source, size_t size, size_t count,
				size_t *n, struct arena *a, struct diag *d)
{
	struct build b = { .arena = a, .diag = d };
	struct yaml *docs = arena_new(a, struct yaml, 1);
	*n = 0;
	diag_clear(d);
	d->source = str_of(source);
	d->line = d->column = 0;
	if (!check_text(text, size, d))
		return NULL;
	if (str_starts(text, "\xef\xbb\xbf")) /* libyaml would count it as a column */
		text = str_sub(text, 3, text.n);
	if (!yaml_parser_initialize(&b.parser))
		die(STATUS_ENV, "out of memory");
	yaml_parser_set_encoding(&b.parser, YAML_UTF8_ENCODING);
	yaml_parser_set_input_string(&b.parser, (const unsigned char *)(text.n ? text.p : ""),
				     text.n);
	bool ok = build_stream(&b, &docs, n, count);
	yaml_event_delete(&b.event);
	yaml_parser_delete(&b.parser);
	return ok ? docs : NULL;
}

const struct yaml *yaml_parse(struct str text, const char *source, struct arena *a, struct diag *d)
{
	static const struct yaml nothing = { .kind = YAML_MAP, .line = 1, .column = 1 };
	size_t n;
	const struct yaml *root = parse(text, source, YAML_SIZE, 1, &n, a, d);
	return root && !n ? &nothing : root;
}

const struct yaml *yaml_parse_all(struct str text, const char *source, size_t most, size_t *n,
				  struct arena *a, struct diag *d)
{
	return parse(text, source, most, SIZE_MAX, n, a, d);
}

bool yaml_text(const char *path, struct arena *a, struct str *text, struct diag *d)
{
	struct buf b = { 0 };
	bool std = !strcmp(path, "-");
	FILE *f = std ? stdin : fopen(path, "re");
	size_t got = 1;
	while (f && got && b.n <= YAML_SIZE) {
		got = fread(buf_room(&b, 1 << 16), 1, 1 << 16, f);
		b.n += got;
	}
	bool ok = f && !ferror(f);
	if (ok) {
		*text = buf_copy(&b, a);
	} else {
		int why = errno;
		diag_clear(d);
		d->source = str_of(path);
		d->line = d->column = 0;
		diag_set(d, NULL, "cannot read it: %s", strerror(why));
	}
	if (f && !std)
		fclose(f);
	buf_free(&b);
	return ok;
}

const struct yaml *yaml_read(const char *path, struct arena *a, struct diag *d)
{
	struct str text;
	return yaml_text(path, a, &text, d) ? yaml_parse(text, path, a, d) : NULL;
}

const struct yaml *yaml_get(const struct yaml *map, const char *key)
{
	for (size_t i = 0; map->kind == YAML_MAP && i < map->n; i++)
		if (str_is(map->keys[i].text, key))
			return &map->items[i];
	return NULL;
}

bool yaml_is_null(const struct yaml *y)
{
	return y->kind == YAML_SCALAR && !y->quoted &&
	       (!y->text.n || str_is(y->text, "~") || str_is(y->text, "null"));
}

bool yaml_error(const struct yaml *y, struct diag *d, const char *fmt, ...)
{
	struct buf b = { 0 };
	va_list ap;
	va_start(ap, fmt);
	buf_vprintf(&b, fmt, ap);
	va_end(ap);
	d->line = y->line;
	d->column = y->column;
	diag_set(d, NULL, "%.*s", (int)b.n, b.p);
	buf_free(&b);
	return false;
}

const char *yaml_what(const struct yaml *y)
{
	static const char *const names[] = { "a text", "a list", "a map" };
	return names[y->kind];
}
