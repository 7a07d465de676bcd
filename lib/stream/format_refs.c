/* Bare references, one a line: lead-42.  What xargs, grep and people at a prompt like best. */
#include <stdlib.h>

#include "core/buf.h"
#include "stream/reader_impl.h"
#include "stream/writer_impl.h"

static bool refs_open(struct reader *r, struct diag *d)
{
	static const struct str id[] = { { "id", 2 } };
	(void)d;
	r->names = id;
	r->n = 1;
	return true;
}

static enum read_result refs_next(struct reader *r, struct row *row, struct arena *a,
				  struct diag *d)
{
	struct source *s = &r->source;
	size_t n;
	for (;;) {
		reader_begin(r, row, d);
		enum line_result got = source_line(s, 0, &n);
		if (got == LINE_END)
			return READ_END;
		if (got == LINE_LONG)
			return reader_refuse_long(r, d);
		struct str ref = str_trim(str_sub(source_window(s), 0, n));
		if (ref.n && !is_ref(ref)) {
			diag_set(d, NULL, "%s is not a reference such as lead-42", quoted(ref, a));
			return reader_refuse(r, row, n, a);
		}
		if (ref.n) {
			struct cell *cell = arena_new(a, struct cell, 1);
			*cell = (struct cell){ CELL_TEXT, arena_str(a, ref) };
			return reader_cells(r, row, cell, 1, n, a, d);
		}
		source_take(s, n);
	}
}

const struct reader_ops refs_reader = { .open = refs_open, .next = refs_next };

/* state points at the column named "id". */
static void refs_begin(struct writer *w)
{
	for (size_t i = 0; i < w->n && !w->state; i++)
		if (str_is(w->columns[i].name, "id")) {
			w->state = xmalloc(sizeof i);
			memcpy(w->state, &i, sizeof i);
		}
	if (!w->state)
		die(STATUS_USAGE, "references need the column id");
}

static void refs_row(struct writer *w, const struct cell *cells)
{
	const struct cell *id = &cells[*(size_t *)w->state];
	if (!id->text.n || id->kind <= CELL_NULL)
		return;
	buf_put(&w->buf, id->text);
	buf_putc(&w->buf, '\n');
}

static void refs_end(struct writer *w)
{
	free(w->state);
}

const struct writer_ops refs_writer = { .begin = refs_begin, .row = refs_row, .end = refs_end };
