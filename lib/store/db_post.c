/* Statements that another thread runs while this one goes on. */
#include "core/worker.h"
#include "store/db_impl.h"

enum { BLOCK = 1 << 16, ROOM = 4 };

/* What stands in a block; texts follow. */
struct posted {
	struct stmt *stmt, *many;
	size_t n;
};

_Thread_local bool post_here;

static struct str cut(struct str *block, size_t n)
{
	struct str head = str_sub(*block, 0, n);
	*block = str_sub(*block, n, block->n);
	return head;
}

/* A value in a block; its text follows. */
struct posted_value {
	int64_t number; /* of a text: its length */
	enum kind kind;
};

static struct value get_value(struct str *block)
{
	struct posted_value p;
	memcpy(&p, cut(block, sizeof p).p, sizeof p);
	if (p.kind == V_TEXT)
		return value_text(cut(block, (size_t)p.number));
	return (struct value){ .kind = p.kind, .i = p.number };
}

static void put_value(struct buf *block, const struct value *v)
{
	bool text = v->kind == V_TEXT;
	const struct posted_value p = { text ? (int64_t)v->s.n : v->i, v->kind };
	char *to = buf_room(block, sizeof p + (text ? v->s.n : 0));
	memcpy(to, &p, sizeof p);
	block->n += sizeof p;
	if (text)
		buf_put(block, v->s);
}

static bool run(struct stmt *s)
{
	enum stepped got;
	while ((got = stmt_try(s)) == STEP_ROW)
		;
	if (got == STEP_END) /* else the engine's message stays */
		stmt_reset(s);
	return got == STEP_END;
}

static void bind(struct stmt *s, size_t at, size_t n, struct str *block)
{
	for (size_t i = 0; i < n; i++) {
		struct value v = get_value(block);
		stmt_bind(s, at + i, &v);
	}
}

/* Takes the next ones for p->many; false: there are not so many in a row. */
static bool bind_many(const struct posted *p, struct str *block)
{
	struct str rest = *block;
	for (size_t i = 0; i < POST_MANY; i++) {
		struct posted next = { 0 };
		if (rest.n)
			memcpy(&next, cut(&rest, sizeof next).p, sizeof next);
		if (next.stmt != p->stmt)
			return false;
		bind(p->many, i * p->n + 1, p->n, &rest);
	}
	*block = rest;
	return true;
}

/* Of the worker, too. */
static bool run_block(void *ctx, struct str block)
{
	bool good = true, before = post_here;
	const struct stmt *few = NULL; /* of which there are not many any more */
	(void)ctx;
	post_here = true;
	while (block.n && good) {
		struct posted p;
		memcpy(&p, block.p, sizeof p);
		if (p.many && p.stmt != few && bind_many(&p, &block)) {
			good = run(p.many);
			continue;
		}
		few = p.stmt;
		cut(&block, sizeof p);
		bind(p.stmt, 1, p.n, &block);
		good = run(p.stmt);
	}
	post_here = before;
	return good;
}

bool post_finish(struct post *p)
{
	p->failed |= p->given && !worker_wait(p->worker);
	p->failed |= !p->failed && !run_block(NULL, buf_str(&p->block));
	p->given = p->failed; /* it is said each time */
	p->block.n = 0;
	return !p->failed;
}

void post_end(struct post *p)
{
	if (p->worker)
		worker_end(p->worker, false);
	buf_free(&p->block);
	*p = (struct post){ 0 };
}

void db_post(struct db *db, bool on)
{
	struct post *p = &db_state(db)->post;
	if (on && !p->worker)
		p->worker = worker_start(&(struct worker_options){ run_block, NULL, ROOM, false });
	else if (!on && p->worker) {
		db_writes(db); /* waits for all of it */
		post_end(p);
	}
}

bool db_posts(struct db *db)
{
	return db_state(db)->post.worker != NULL;
}

void stmt_post(struct db *db, struct stmt *s, struct stmt *many, const struct value *values,
	       size_t n)
{
	struct post *p = &db_state(db)->post;
	if (!p->worker) {
		for (size_t i = 0; i < n; i++)
			stmt_bind(s, i + 1, &values[i]);
		while (stmt_step(s))
			;
		stmt_reset(s);
		return;
	}
	const struct posted head = { s, many, n };
	buf_put(&p->block, (struct str){ (const char *)&head, sizeof head });
	for (size_t i = 0; i < n; i++)
		put_value(&p->block, &values[i]);
	if (p->block.n < BLOCK)
		return;
	worker_give(p->worker, &p->block);
	p->given = true;
}
