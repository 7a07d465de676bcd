/*
 * Half of a query that another thread goes through, on a connection of its own that sees the
 * same: two processors read sooner than one.  The rows come to the one that asked, in an order
 * that the data alone say: a piece of its own, then one that the other has read meanwhile.
 */
#include <stdlib.h>

#include "core/worker.h"
#include "store/db_beside.h"
#include "store/db_impl.h"

enum { BATCH = 1 << 18, BATCHES = 16 }; /* bytes of rows, and how many of these may wait */

struct batch {
	struct buf rows;
	bool last; /* of its piece */
};

struct beside {
	struct db *db; /* the second connection; the worker's while there is a query */
	struct worker *worker;
	struct buf token; /* what it is told */
	struct batch batches[BATCHES];
	size_t wanted; /* in all */
	struct query *now;
};

struct query {
	struct pieces pieces;
	struct stmt *own;	 /* one piece */
	struct stmt *one, *none; /* the worker's */
	size_t columns;
	row_taker *take;
	void *of;
	size_t before;	     /* `wanted` when the worker began */
	size_t taken;	     /* batches */
	struct value *given; /* a row of one, and as take gets it */
	struct stmt *row;
	/* The worker's, too: */
	size_t filled; /* batches */
	struct batch *batch;
	struct value *values; /* a row */
};

/* What it is told: to begin with the first batch; that there is room for another. */
#define BEGIN STR("begin")
#define MORE STR("more")

size_t db_readers(struct db *db)
{
	enum { WORTH = 128 << 20 };
	const char *said = getenv("CRM_JOBS");
	int64_t jobs = 0;
	if (said && str_int(str_of(said), &jobs))
		return jobs > 1 ? (size_t)jobs : 1;
	return db_size(db) < WORTH ? 1 : processors();
}

/* -- rows in a batch -- */

/* A number, or the length of a text, which follows with its end. */
static void put_value(struct buf *out, const struct value *v)
{
	bool text = v->kind == V_TEXT;
	int64_t number = text ? (int64_t)v->s.n : v->i;
	char *p = buf_room(out, 1 + sizeof number + v->s.n + 1);
	*p = (char)v->kind;
	out->n++;
	if (v->kind == V_NULL)
		return;
	memcpy(p + 1, &number, sizeof number);
	out->n += sizeof number;
	if (text) {
		buf_put(out, v->s);
		buf_putc(out, '\0');
	}
}

static const char *get_value(const char *p, struct value *v)
{
	*v = (struct value){ .kind = (enum kind)p[0] };
	if (v->kind == V_NULL)
		return p + 1;
	memcpy(&v->i, p + 1, sizeof v->i);
	p += 1 + sizeof v->i;
	if (v->kind != V_TEXT)
		return p;
	v->s = (struct str){ p, (size_t)v->i };
	v->i = 0;
	return p + v->s.n + 1;
}

/* What is there, and no more of it. */
static void put_kinds(const struct query *q, struct stmt *row)
{
	char *p = buf_room(&q->batch->rows, q->columns);
	for (size_t i = 0; i < q->columns; i++)
		p[i] = stmt_is_null(row, i) ? V_NULL : V_TEXT;
	q->batch->rows.n += q->columns;
}

static void put_values(const struct query *q, struct stmt *row)
{
	stmt_values(row, 0, q->columns, q->values);
	for (size_t i = 0; i < q->columns; i++)
		put_value(&q->batch->rows, &q->values[i]);
}

static const char *get_row(const struct query *q, const char *p)
{
	for (struct value *v = q->given; v < q->given + q->columns; v++)
		if (q->pieces.one.pieces.filled)
			v->kind = (enum kind)(*p++);
		else
			p = get_value(p, v);
	return p;
}

/* -- the worker -- */

static void use_batch(struct beside *b, struct query *q)
{
	q->batch = &b->batches[q->filled++ % BATCHES];
	q->batch->rows.n = 0;
}

/* Till another batch is wanted it waits. */
static void turn(struct beside *b, bool last)
{
	b->now->batch->last = last;
	worker_go_on(b->worker);
	use_batch(b, b->now);
}

static void put_row(void *beside, struct stmt *row)
{
	struct beside *b = beside;
	const struct query *q = b->now;
	if (q->pieces.one.pieces.filled)
		put_kinds(q, row);
	else
		put_values(q, row);
	if (q->batch->rows.n >= BATCH)
		turn(b, false);
}

static void bind_piece(struct stmt *s, const struct pieces *p, size_t i)
{
	stmt_bind(s, p->one.nparams - 1, &p->bounds[i]);
	stmt_bind(s, p->one.nparams, &p->bounds[i + 1]);
}

static bool read_piece(struct beside *b, struct stmt *s)
{
	db_state(b->db)->each = (struct each){ s, put_row, b };
	bool good = stmt_try(s) == STEP_ROW;
	stmt_reset(s);
	return good;
}

/* The odd pieces, and what has no key. */
static bool read_all(struct beside *b)
{
	struct query *q = b->now;
	bool good = true;
	use_batch(b, q);
	for (size_t i = 1; good && i < q->pieces.n; i += 2) {
		if (i > 1)
			turn(b, true);
		bind_piece(q->one, &q->pieces, i);
		good = read_piece(b, q->one);
	}
	if (good && q->none) {
		turn(b, true);
		good = read_piece(b, q->none);
	}
	q->batch->last = true;
	return good;
}

/* What is wanted beyond the last batch is passed over. */
static bool take_token(void *ctx, struct str token)
{
	return !str_eq(token, BEGIN) || read_all(ctx);
}

/* -- the one that asked -- */

static void want(struct beside *b, struct str token)
{
	buf_put(&b->token, token);
	worker_give(b->worker, &b->token);
	b->wanted++;
}

/* Those of the worker's next piece. */
static void take_piece(struct beside *b, struct query *q)
{
	bool last;
	do {
		const struct batch *batch = &b->batches[q->taken++ % BATCHES];
		if (!worker_wait_for(b->worker, q->before + q->taken))
			die(STATUS_ENV, "the database file is damaged");
		const char *p = batch->rows.p, *end = p + batch->rows.n;
		while (p < end) {
			p = get_row(q, p);
			q->take(q->of, q->row);
		}
		last = batch->last;
		want(b, MORE);
	} while (!last);
}

static void take_own(struct db *db, const struct query *q, size_t i)
{
	struct each *each = &db_state(db)->each, outer = *each;
	bind_piece(q->own, &q->pieces, i);
	*each = (struct each){ q->own, q->take, q->of };
	stmt_step(q->own);
	*each = outer;
	stmt_reset(q->own);
}

static void together(struct beside *b, struct db *db, struct query *q)
{
	b->now = q;
	q->before = b->wanted;
	want(b, BEGIN);
	for (size_t i = 1; i < BATCHES; i++)
		want(b, MORE);
	for (size_t i = 1; i < q->pieces.n; i++)
		if (i % 2)
			take_piece(b, q);
		else
			take_own(db, q, i);
	if (q->none)
		take_piece(b, q);
	worker_wait(b->worker); /* for what is wanted beyond the last */
	b->now = NULL;
}

/* False: there is something in it that the worker's connection does not understand. */
static bool prepare(struct beside *b, struct db *db, struct query *q)
{
	const struct pieces *p = &q->pieces;
	q->one = each_prepare(b->db, &p->one, &q->columns);
	if (q->one && p->none.text.n)
		q->none = each_prepare(b->db, &p->none, &q->columns);
	if (!q->one || (p->none.text.n && !q->none))
		return false;
	q->own = each_prepare(db, &p->one, &q->columns);
	q->given = xcalloc(q->columns, sizeof *q->given);
	q->values = xcalloc(q->columns, sizeof *q->values);
	q->row = stmt_of_values(q->given);
	return true;
}

static void end(struct query *q)
{
	stmt_close(q->own);
	stmt_close(q->one);
	stmt_close(q->none);
	stmt_close(q->row);
	free(q->given);
	free(q->values);
	pieces_free(&q->pieces);
}

/* What this connection alone knows, such as who acts, has made of the tables. */
static bool sees_more(struct db *db)
{
	struct sql q = { 0 };
	sql_add(&q, "select 1 from sqlite_temp_schema");
	bool more = db_int(db, &q, 0) != 0;
	sql_free(&q);
	return more;
}

/*
 * Who takes the first rows may in turn ask for what can be cut, such as all that is to be known
 * for them: so these are taken before the worker begins.
 */
bool beside_each(struct db *db, const struct sql *sql, row_taker *take, void *of)
{
	struct beside *b = db_state(db)->beside;
	struct query q = { .take = take, .of = of };
	struct arena a = { 0 };
	if (!b || b->now || !sql->pieces.of || sees_more(db))
		return false;
	bool good = pieces_of(db, sql, &q.pieces, &a) && prepare(b, db, &q);
	if (good) {
		take_own(db, &q, 0);
		together(b, db, &q);
	}
	end(&q);
	arena_free(&a);
	return good;
}

/* -- how long it is there -- */

void beside_end(struct db *db)
{
	struct beside *b = db_state(db)->beside;
	if (!b)
		return;
	worker_end(b->worker, false);
	db_close(b->db);
	for (size_t i = 0; i < BATCHES; i++)
		buf_free(&b->batches[i].rows);
	buf_free(&b->token);
	free(b);
	db_state(db)->beside = NULL;
}

/* From here on it sees one state. */
static void begin(struct db *db)
{
	db_begin_read(db);
	db_version(db);
}

/* Of one processor, or where no thread is to be had, there is nobody. */
static void start(struct db *db, struct db *second)
{
	struct beside *b = xcalloc(1, sizeof *b);
	b->db = second;
	b->worker = worker_start(&(struct worker_options){ take_token, b, BATCHES, false });
	if (!b->worker) {
		db_close(second);
		free(b);
		return;
	}
	db_state(db)->beside = b;
	db_map(second);
	db_cache(second, false); /* it goes along, and seldom back */
}

/* It begins between two looks at the database: where that is the same in both, so it is to it. */
void db_begin_read_beside(struct db *db)
{
	struct db *second = db_readers(db) > 1 ? db_again(db, DB_BESIDE) : NULL;
	if (!second) {
		db_begin_read(db);
		return;
	}
	int64_t version = db_version(db);
	begin(second);
	begin(db);
	if (db_version(db) == version)
		start(db, second);
	else
		db_close(second);
}
