/* How long a writer waits for the lock of another. */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>

#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#include "store/db.h"
#include "store/db_wait.h"

static const struct timespec still = { 100, 5 };

static void at_most(void **state)
{
	struct patience p = { .seconds = 3 };
	(void)state;
	assert_true(patience_lasts(&p, 0, 50, still));
	assert_true(patience_lasts(&p, 1, 52.9, (struct timespec){ 102, 0 }));
	assert_false(patience_lasts(&p, 2, 53, (struct timespec){ 103, 0 })); /* though it moves */
	assert_true(patience_lasts(&p, 0, 90, still));			      /* another lock */
	p.seconds = 0;
	assert_false(patience_lasts(&p, 0, 91, still));
	assert_false(patience_wait(&p, 0));
}

static void while_it_moves(void **state)
{
	struct patience p = { .seconds = DB_PATIENT };
	(void)state;
	assert_true(patience_lasts(&p, 0, 50, still));
	for (int i = 1; i < 100; i++)
		assert_true(patience_lasts(&p, i, 50 + 9 * i, (struct timespec){ 100, 5 + i }));
	assert_true(patience_lasts(&p, 100, 950.9, (struct timespec){ 100, 104 }));
	assert_false(patience_lasts(&p, 101, 951, (struct timespec){ 100, 104 }));
}

static void a_stuck_one(void **state)
{
	struct patience p = { .seconds = DB_PATIENT };
	(void)state;
	assert_true(patience_lasts(&p, 0, 50, still));
	assert_true(patience_lasts(&p, 1, 59.9, still));
	assert_false(patience_lasts(&p, 2, 60, still));
	p.moves = "/nowhere/file"; /* what is not there does not move */
	assert_true(patience_wait(&p, 0));
	p.since -= PATIENCE;
	assert_false(patience_wait(&p, 1));
}

/* Who is alone writes into the database itself. */
static void a_lone_one(void **state)
{
	char path[] = "/tmp/crm-wait.XXXXXX";
	int fd = mkstemp(path);
	(void)state;
	assert_true(fd >= 0);
	struct patience p = { .seconds = DB_PATIENT, .moves = "/nowhere/file", .file = path };
	assert_true(patience_wait(&p, 0));
	for (int i = 1; i < 4; i++) {
		p.since -= PATIENCE;
		futimens(fd, (struct timespec[]){ { i, 0 }, { i, 0 } });
		assert_true(patience_wait(&p, i));
	}
	p.since -= PATIENCE;
	assert_false(patience_wait(&p, 4));
	close(fd);
	unlink(path);
}

/* Who waits is seen by whoever has the lock, and no more once it is had. */
static void is_seen(void **state)
{
	char path[] = "/tmp/crm-wait.XXXXXX";
	int fd = mkstemp(path);
	(void)state;
	assert_true(fd >= 0);
	struct patience holder = { .moves = path }, reader = { .seconds = 9, .moves = path },
			writer = { .seconds = 9, .moves = path, .announces = true };
	assert_true(patience_wait(&reader, 0));
	assert_false(patience_wanted(&holder));
	assert_true(patience_wait(&writer, 0));
	assert_true(patience_wanted(&holder));
	assert_true(patience_wait(&writer, 1));
	assert_true(patience_wanted(&holder));
	patience_free(&writer);
	assert_false(patience_wanted(&holder));
	patience_free(&holder);
	holder.moves = "/nowhere/file";
	assert_false(patience_wanted(&holder));
	close(fd);
	unlink(path);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(at_most),     cmocka_unit_test(while_it_moves),
		cmocka_unit_test(a_stuck_one), cmocka_unit_test(a_lone_one),
		cmocka_unit_test(is_seen),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
