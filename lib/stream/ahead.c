/* Two batches of rows: while one is being taken the other is being read. */
#include "stream/ahead.h"

#include <stdlib.h>

#include "core/worker.h"
#include "stream/reader_impl.h"

/* clang-format off */
enum {
	ROWS = 256,
	FULL = 1 << 18, /* bytes of text, also in vain: a batch has no more rows */
	HUGE = 1 << 20, /* likewise: nothing is read beside it, and its memory is not kept */
};
/* clang-format on */

/* Why a row was refused. */
struct refusal {
	struct diag diag; /* its message and field are the batch's */
	size_t swallowed;
};

struct batch {
	struct arena arena;
	struct row rows[ROWS];
	const struct refusal *refusals[ROWS]; /* NULL: it was not */
	size_t n, size;
	bool last; /* the stream ends behind it */
	uint64_t bytes;
};

struct ahead {
	struct reader *in;
	struct worker *worker; /* NULL: batches are read when they are asked for */
	struct buf block;      /* what it is given says nothing */
	bool asked;	       /* for the other batch */
	size_t room;	       /* rows of a batch */
	size_t now, at;	       /* the batch that is being taken, and how far */
	struct batch batches[2];
};

static size_t text_size(const struct row *row)
{
	size_t n = row->raw.n;
	for (size_t i = 0; i < row->n; i++)
		n += row->cells[i].text.n;
	return n;
}

static const struct refusal *refuse(const struct reader *in, const struct diag *d, struct arena *a)
{
	struct refusal *r = arena_new(a, struct refusal, 1);
	r->diag = *d;
	r->diag.arena = (struct arena){ 0 };
	r->diag.message = arena_str(a, d->message);
	r->diag.field = d->field ? arena_str(a, str_of(d->field)).p : NULL;
	r->swallowed = reader_swallowed(in);
	return r;
}

static void fill(struct ahead *h, struct batch *b)
{
	struct diag d = { 0 };
	if (b->size > HUGE)
		arena_free(&b->arena);
	arena_reset(&b->arena);
	b->n = b->size = 0;
	while (b->n < h->room && b->size < FULL && !b->last) {
		struct row *row = &b->rows[b->n];
		enum read_result got = reader_try(h->in, row, &b->arena, &d);
		b->last = got == READ_END;
		b->refusals[b->n] = got == READ_BAD ? refuse(h->in, &d, &b->arena) : NULL;
		b->size += text_size(row) + reader_swallowed(h->in);
		b->n += !b->last;
	}
	b->bytes = reader_bytes(h->in);
	diag_free(&d);
}

/* The batch that is not being taken; in the worker's thread, if there is one. */
static bool take(void *ctx, struct str block)
{
	struct ahead *h = ctx;
	if (block.n)
		fill(h, &h->batches[!h->now]);
	return true;
}

struct ahead *ahead_open(struct reader *in)
{
	struct ahead *h = xcalloc(1, sizeof *h);
	bool table = reader_format(in) == FORMAT_CSV || reader_format(in) == FORMAT_TSV;
	h->in = in;
	h->room = table ? ROWS : 1; /* the names of others go with their row */
	if (table)
		h->worker = worker_start(&(struct worker_options){ take, h, 1, false });
	return h;
}

static void ask(struct ahead *h)
{
	buf_putc(&h->block, '\n');
	worker_give(h->worker, &h->block);
}

/* Goes on to the other batch; the one that was taken is read anew meanwhile. */
static void turn(struct ahead *h)
{
	if (!h->worker) {
		fill(h, &h->batches[!h->now]);
	} else {
		if (!h->asked)
			ask(h);
		worker_wait(h->worker);
	}
	h->now = !h->now;
	h->at = 0;
	const struct batch *b = &h->batches[h->now];
	h->asked = h->worker && !b->last && b->size <= HUGE;
	if (h->asked)
		ask(h);
}

static enum read_result refused(const struct refusal *r, struct ahead_row *out, struct diag *d)
{
	diag_set(d, r->diag.field, "%s", r->diag.message.p);
	d->column = r->diag.column;
	out->swallowed = r->swallowed;
	return READ_BAD;
}

enum read_result ahead_next(struct ahead *h, struct ahead_row *out, struct diag *d)
{
	while (h->at == h->batches[h->now].n && !h->batches[h->now].last)
		turn(h);
	const struct batch *b = &h->batches[h->now];
	*out = (struct ahead_row){ .bytes = b->bytes };
	diag_clear(d);
	if (h->at == b->n) {
		reader_check(h->in);
		return READ_END;
	}
	const struct refusal *r = b->refusals[h->at];
	out->row = b->rows[h->at++];
	d->source = str_of(h->in->source.name);
	d->line = out->row.line;
	d->column = 0;
	return r ? refused(r, out, d) : READ_ROW;
}

void ahead_close(struct ahead *h)
{
	if (h->worker)
		worker_end(h->worker, false);
	for (size_t i = 0; i < countof(h->batches); i++)
		arena_free(&h->batches[i].arena);
	buf_free(&h->block);
	free(h);
}
