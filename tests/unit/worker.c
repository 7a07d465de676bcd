/* A second thread, and what waits for it. */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>

#include <signal.h>
#include <sys/resource.h>
#include <unistd.h>

#include "core/worker.h"

enum { BLOCKS = 100, ROOM = 3 };

struct taken {
	struct buf all;
	long ends;
};

static bool take(void *ctx, struct str block)
{
	struct taken *t = ctx;
	buf_put(&t->all, block);
	t->ends += !block.n;
	return true;
}

/* NULL, and the test is passed over: there is but one processor. */
static struct worker *start(struct taken *t, bool patient)
{
	struct worker *w = worker_start(&(struct worker_options){ take, t, ROOM, patient });
	if (!w)
		skip();
	return w;
}

/* Numbers, ever more of them to a block. */
static void give(struct worker *w, struct buf *wanted)
{
	struct buf block = { 0 };
	for (int i = 0, number = 0; i < BLOCKS; i++) {
		for (int k = 0; k <= i; k++)
			buf_printf(&block, "%d ", number++);
		buf_put(wanted, buf_str(&block));
		worker_give(w, &block);
		assert_int_equal(block.n, 0);
	}
	buf_free(&block);
}

static void all_is_taken(struct worker *w, struct taken *t, struct buf *wanted)
{
	assert_true(worker_end(w, true));
	assert_int_equal(t->ends, 1);
	assert_int_equal(t->all.n, wanted->n);
	assert_memory_equal(t->all.p, wanted->p, wanted->n);
	buf_free(&t->all);
	buf_free(wanted);
}

static void giver_waits(void **state)
{
	struct taken t = { 0 };
	struct buf wanted = { 0 };
	struct worker *w = start(&t, false);
	(void)state;
	for (int round = 0; round < 3; round++) {
		give(w, &wanted);
		assert_true(worker_wait(w));
		assert_int_equal(t.all.n, wanted.n);
	}
	all_is_taken(w, &t, &wanted);
}

static void worker_waits(void **state)
{
	struct taken t = { 0 };
	struct buf wanted = { 0 };
	struct worker *w = start(&t, true);
	(void)state;
	give(w, &wanted);
	usleep(20000); /* for one that does not wait */
	assert_int_equal(t.all.n, 0);
	all_is_taken(w, &t, &wanted);
}

static void full_disk(void **state)
{
	struct taken t = { 0 };
	struct buf wanted = { 0 };
	struct rlimit was, little = { 1000, 1000 };
	struct worker *w = start(&t, true);
	(void)state;
	assert_int_equal(getrlimit(RLIMIT_FSIZE, &was), 0);
	little.rlim_max = was.rlim_max;
	signal(SIGXFSZ, SIG_IGN);
	assert_int_equal(setrlimit(RLIMIT_FSIZE, &little), 0);
	give(w, &wanted);
	assert_int_equal(setrlimit(RLIMIT_FSIZE, &was), 0);
	assert_false(worker_end(w, true));
	assert_true(t.all.n < wanted.n);
	assert_memory_equal(t.all.p, wanted.p, t.all.n);
	buf_free(&t.all);
	buf_free(&wanted);
}

/* One that takes all the blocks at once, the last of them slowly. */
static struct worker *going;
static bool take_five(void *ctx, struct str block)
{
	struct taken *t = ctx;
	t->ends += !block.n;
	for (int i = 0; block.n && i < 5; i++) {
		buf_printf(&t->all, "%d", i);
		usleep(i == 4 ? 20000 : 0);
		if (i < 4)
			worker_go_on(going);
	}
	return true;
}

static void goes_on(void **state)
{
	struct taken t = { 0 };
	struct buf block = { 0 };
	(void)state;
	going = worker_start(&(struct worker_options){ take_five, &t, ROOM, false });
	if (!going)
		skip();
	for (size_t i = 1; i <= 5; i++) {
		buf_putc(&block, '.');
		worker_give(going, &block);
		assert_true(worker_wait_for(going, i));
		assert_int_equal(t.all.n, i);
	}
	buf_putc(&block, '.');
	worker_give(going, &block); /* begins anew, and comes to the end */
	assert_true(worker_wait_for(going, 6));
	assert_true(worker_end(going, true));
	assert_memory_equal(t.all.p, "0123401234", t.all.n);
	assert_int_equal(t.ends, 1);
	buf_free(&t.all);
	buf_free(&block);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(giver_waits),
		cmocka_unit_test(worker_waits),
		cmocka_unit_test(full_disk),
		cmocka_unit_test(goes_on),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
