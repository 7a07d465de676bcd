/* Messages about one record. */
#include "core/diag.h"

#include <stdarg.h>
#include <stdio.h>

#include "core/buf.h"

enum diag_style diag_style = DIAG_TEXT;

bool diag_set(struct diag *d, const char *field, const char *fmt, ...)
{
	struct buf b = { 0 };
	va_list ap;
	va_start(ap, fmt);
	buf_vprintf(&b, fmt, ap);
	va_end(ap);
	d->message = buf_copy(&b, &d->arena); /* before field: both may be old ones */
	d->field = field ? arena_str(&d->arena, str_of(field)).p : NULL;
	buf_free(&b);
	return false;
}

bool diag_within(struct diag *d, const char *other)
{
	if (d->field)
		d->field = arena_printf(&d->arena, "%s.%s", other, d->field).p;
	else
		d->field = arena_str(&d->arena, str_of(other)).p;
	return false;
}

void diag_clear(struct diag *d)
{
	d->field = NULL;
	d->message = (struct str){ 0 };
	arena_reset(&d->arena);
}

void diag_free(struct diag *d)
{
	arena_free(&d->arena);
	*d = (struct diag){ 0 };
}

static void put_text(struct buf *b, const struct diag *d)
{
	if (d->source.n) {
		buf_put(b, d->source);
		if (d->line)
			buf_printf(b, ":%ld", d->line);
		if (d->column)
			buf_printf(b, ":%ld", d->column);
		buf_puts(b, ": ");
	}
	if (d->field)
		buf_printf(b, "%s: ", d->field);
	buf_put(b, d->message);
}

struct str diag_text(const struct diag *d, struct arena *a)
{
	struct buf b = { 0 };
	put_text(&b, d);
	struct str out = buf_copy(&b, a);
	buf_free(&b);
	return out;
}

static long warnings;

void diag_warn(const struct diag *d, const char *field, const char *fmt, ...)
{
	struct diag w = { .source = d->source, .line = d->line };
	struct buf b = { 0 };
	va_list ap;
	if (warnings++ >= DIAG_WARNINGS)
		return;
	va_start(ap, fmt);
	buf_puts(&b, "warning: ");
	buf_vprintf(&b, fmt, ap);
	va_end(ap);
	w.field = field;
	w.message = buf_str(&b);
	diag_report(&w);
	buf_free(&b);
}

void diag_warnings_end(void)
{
	if (warnings > DIAG_WARNINGS)
		warn("… and %ld more warnings", warnings - DIAG_WARNINGS);
	warnings = 0;
}

static void put_json(struct buf *b, const char *key, struct str s)
{
	buf_printf(b, ",\"%s\":\"", key);
	for (size_t i = 0; i < s.n; i++) {
		unsigned char c = (unsigned char)s.p[i];
		if (c == '"' || c == '\\')
			buf_printf(b, "\\%c", c);
		else if (c < 0x20)
			buf_printf(b, "\\u%04x", c);
		else
			buf_putc(b, (char)c);
	}
	buf_putc(b, '"');
}

void diag_report(const struct diag *d)
{
	struct buf raw = { 0 }, out = { 0 };
	if (diag_style == DIAG_JSONL) {
		buf_printf(&out, "{\"program\":\"%s\"", program_name);
		if (d->source.n)
			put_json(&out, "file", d->source);
		if (d->line)
			buf_printf(&out, ",\"line\":%ld", d->line);
		if (d->column)
			buf_printf(&out, ",\"column\":%ld", d->column);
		if (d->field)
			put_json(&out, "field", str_of(d->field));
		put_json(&out, "message", d->message);
		buf_puts(&out, "}\n");
	} else {
		put_text(&raw, d);
		buf_printf(&out, "%s: ", program_name);
		buf_escape(&out, buf_str(&raw));
		buf_putc(&out, '\n');
	}
	fwrite(out.p, 1, out.n, stderr);
	buf_free(&raw);
	buf_free(&out);
}
