/* Record streams going out: choosing the format, buffering, and noticing what fails. */
#include "stream/writer_impl.h"

#include <errno.h>
#include <stdlib.h>
#include <unistd.h>

enum { FLUSH_AT = 64 * 1024 };

/* A reader that has seen enough (head) is no failure; a full disk is. */
static _Noreturn void fail(void)
{
	if (errno == EPIPE)
		exit(STATUS_OK);
	die(STATUS_ENV, "cannot write the output:");
}

static void drain(struct writer *w)
{
	if (w->buf.n && fwrite(w->buf.p, 1, w->buf.n, w->out) != w->buf.n)
		fail();
	w->buf.n = 0;
}

static void choose_columns(struct writer *w, const struct column *columns)
{
	w->n = w->options.nchosen;
	w->chosen_columns = xcalloc(w->n, sizeof *w->chosen_columns);
	w->chosen_cells = xcalloc(w->n, sizeof *w->chosen_cells);
	for (size_t i = 0; i < w->n; i++)
		w->chosen_columns[i] = columns[w->options.chosen[i]];
	w->columns = w->chosen_columns;
}

struct writer *writer_open(FILE *out, const struct column *columns, size_t n,
			   const struct writer_options *o)
{
	struct writer *w = xcalloc(1, sizeof *w);
	*w = (struct writer){ .out = out, .columns = columns, .n = n, .options = *o };
	if (o->format == FORMAT_AUTO)
		w->options.format = isatty(fileno(out)) ? FORMAT_TABLE : FORMAT_JSONL;
	if (o->chosen)
		choose_columns(w, columns);
	w->ops = o->ops ? o->ops : format_def(w->options.format)->write;
	if (w->ops->begin)
		w->ops->begin(w);
	return w;
}

void writer_row(struct writer *w, const struct cell *cells)
{
	for (size_t i = 0; w->chosen_cells && i < w->n; i++)
		w->chosen_cells[i] = cells[w->options.chosen[i]];
	w->ops->row(w, w->chosen_cells ? w->chosen_cells : cells);
	w->rows++;
	if (w->buf.n >= FLUSH_AT)
		drain(w);
}

bool writer_human(const struct writer *w)
{
	return w->ops->human;
}

void writer_flush(struct writer *w)
{
	drain(w);
	if (fflush(w->out) != 0)
		fail();
}

void writer_close(struct writer *w)
{
	if (w->ops->end)
		w->ops->end(w);
	writer_flush(w);
	buf_free(&w->buf);
	free(w->chosen_columns);
	free(w->chosen_cells);
	free(w);
}
