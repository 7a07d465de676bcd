/* JSON out: one array, or an object a line. */
#include <stdlib.h>

#include "core/utf8.h"
#include "stream/writer_impl.h"

/* What stands behind the backslash for a byte that cannot stand for itself; 'u': \u00XX. */
static const char letter[256] = {
	['"'] = '"',  ['\\'] = '\\', ['\b'] = 'b', ['\f'] = 'f', ['\n'] = 'n', ['\r'] = 'r',
	['\t'] = 't', [0] = 'u',     [1] = 'u',	   [2] = 'u',	 [3] = 'u',    [4] = 'u',
	[5] = 'u',    [6] = 'u',     [7] = 'u',	   [11] = 'u',	 [14] = 'u',   [15] = 'u',
	[16] = 'u',   [17] = 'u',    [18] = 'u',   [19] = 'u',	 [20] = 'u',   [21] = 'u',
	[22] = 'u',   [23] = 'u',    [24] = 'u',   [25] = 'u',	 [26] = 'u',   [27] = 'u',
	[28] = 'u',   [29] = 'u',    [30] = 'u',   [31] = 'u',	 [127] = 'u',
};

/* Length of the run of bytes from `at` on that stand for themselves. */
static size_t plain_run(struct str s, size_t at, unsigned char *seen)
{
	size_t i = at;
	while (i < s.n && !letter[(unsigned char)s.p[i]])
		*seen |= (unsigned char)s.p[i++];
	return i - at;
}

static void put_escape(struct buf *b, unsigned char c)
{
	static const char hex[] = "0123456789abcdef";
	char *to = buf_room(b, 6);
	memcpy(to, "\\u00", 4);
	to[1] = letter[c];
	if (letter[c] == 'u') {
		to[4] = hex[c >> 4];
		to[5] = hex[c & 15];
	}
	b->n += letter[c] == 'u' ? 6 : 2;
}

/* s with U+FFFD for every byte that is no UTF-8: JSON that no parser takes would help nobody. */
static void put_repaired(struct buf *b, struct str s)
{
	for (size_t i = 0, n; i < s.n; i += n ? n : 1) {
		n = utf8_char(str_sub(s, i, s.n));
		unsigned char c = (unsigned char)s.p[i];
		if (!n)
			buf_puts(b, "\xef\xbf\xbd");
		else if (letter[c])
			put_escape(b, c);
		else
			buf_put(b, str_sub(s, i, n));
	}
}

void json_put_string(struct buf *b, struct str s)
{
	size_t start = b->n;
	unsigned char seen = 0;
	buf_putc(b, '"');
	for (size_t at = 0; at < s.n;) {
		size_t run = plain_run(s, at, &seen);
		memcpy(buf_room(b, run + 1), s.p + at, run);
		b->n += run;
		at += run;
		if (at < s.n)
			put_escape(b, (unsigned char)s.p[at++]);
	}
	if (seen >= 0x80 && !utf8_valid(s)) {
		b->n = start + 1;
		put_repaired(b, s);
	}
	buf_putc(b, '"');
}

static void put_list(struct buf *b, struct str list)
{
	struct str piece;
	if (!list.n)
		list.p = NULL; /* an empty list, not one empty value */
	buf_putc(b, '[');
	for (size_t n = 0; str_cut(&list, ';', &piece); n++) {
		if (n)
			buf_putc(b, ',');
		json_put_string(b, piece);
	}
	buf_putc(b, ']');
}

void json_put_cell(struct buf *b, const struct cell *c)
{
	switch (c->kind) {
	case CELL_TEXT:
	case CELL_NAME:
		json_put_string(b, c->text);
		return;
	case CELL_LIST:
		put_list(b, c->text);
		return;
	case CELL_NUMBER:
	case CELL_BOOL:
	case CELL_JSON:
		buf_put(b, c->text.n ? c->text : STR("null"));
		return;
	case CELL_ABSENT:
	case CELL_NULL:
		buf_put(b, STR("null"));
	}
}

/* state: for each column what stands before its value, such as ,"name": */
static void json_begin(struct writer *w)
{
	struct buf *before = xcalloc(w->n, sizeof *before);
	for (size_t i = 0; i < w->n; i++) {
		buf_putc(&before[i], i ? ',' : '{');
		json_put_string(&before[i], w->columns[i].name);
		buf_putc(&before[i], ':');
	}
	w->state = before;
}

static void put_object(struct writer *w, const struct cell *cells)
{
	const struct buf *before = w->state;
	if (!w->n)
		buf_putc(&w->buf, '{');
	for (size_t i = 0; i < w->n; i++) {
		buf_put(&w->buf, buf_str(&before[i]));
		json_put_cell(&w->buf, &cells[i]);
	}
	buf_putc(&w->buf, '}');
}

static void jsonl_row(struct writer *w, const struct cell *cells)
{
	put_object(w, cells);
	buf_putc(&w->buf, '\n');
}

static void json_row(struct writer *w, const struct cell *cells)
{
	buf_puts(&w->buf, w->rows ? ",\n" : "[\n");
	put_object(w, cells);
}

static void json_end(struct writer *w)
{
	struct buf *before = w->state;
	for (size_t i = 0; i < w->n; i++)
		buf_free(&before[i]);
	free(before);
}

static void array_end(struct writer *w)
{
	buf_puts(&w->buf, w->rows ? "\n]\n" : "[]\n");
	json_end(w);
}

const struct writer_ops json_writer = { .begin = json_begin, .row = json_row, .end = array_end };
const struct writer_ops jsonl_writer = { .begin = json_begin, .row = jsonl_row, .end = json_end };
