/* A second thread that takes blocks of bytes. */
#include "core/worker.h"

#include <pthread.h>
#include <sched.h>
#include <signal.h>
#include <stdlib.h>
#include <unistd.h>

#include "core/overflow.h"

struct worker {
	struct worker_options o;
	pthread_t thread;
	pthread_mutex_t lock; /* of all below */
	pthread_cond_t moved;
	struct buf *blocks; /* a ring; the first is being taken */
	size_t first, n;
	struct overflow rest; /* what came behind them */
	struct buf fetched;   /* the first of the rest, while it is being taken */
	bool fetching;
	size_t taken; /* in all */
	bool closed, failed;
};

size_t processors(void)
{
#ifdef CPU_COUNT
	cpu_set_t set;
	return sched_getaffinity(0, sizeof set, &set) == 0 ? (size_t)CPU_COUNT(&set) : 1;
#else
	long n = sysconf(_SC_NPROCESSORS_ONLN);
	return n > 1 ? (size_t)n : 1;
#endif
}

/* Takes one without the lock, which is held before and after. */
static void pass_on(struct worker *w, struct str block)
{
	bool skip = w->failed;
	pthread_mutex_unlock(&w->lock);
	bool taken = skip || w->o.take(w->o.ctx, block);
	pthread_mutex_lock(&w->lock);
	w->failed |= !taken;
}

static bool is_idle(const struct worker *w)
{
	return !w->n && !w->rest.n && !w->fetching;
}

static void drop_first(struct worker *w)
{
	w->blocks[w->first].n = 0;
	w->first = (w->first + 1) % w->o.room;
	w->n--;
}

/* The rest is fetched when there is nothing else in the ring. */
static void take_first(struct worker *w)
{
	w->fetching = !w->n;
	struct buf *block = w->fetching ? &w->fetched : &w->blocks[w->first];
	if (w->fetching)
		w->failed |= !overflow_get(&w->rest, block);
	pass_on(w, buf_str(block));
	if (w->fetching)
		block->n = 0;
	else
		drop_first(w);
	w->fetching = false;
	w->taken++;
	pthread_cond_signal(&w->moved);
}

static void *run(void *arg)
{
	struct worker *w = arg;
	pthread_mutex_lock(&w->lock);
	for (;;) {
		while ((is_idle(w) || w->o.patient) && !w->closed)
			pthread_cond_wait(&w->moved, &w->lock);
		if (is_idle(w))
			break;
		take_first(w);
	}
	pass_on(w, (struct str){ 0 });
	pthread_mutex_unlock(&w->lock);
	return NULL;
}

/* Signals are for the thread that was there before. */
static bool create(struct worker *w)
{
	sigset_t all, before;
	sigfillset(&all);
	pthread_sigmask(SIG_SETMASK, &all, &before);
	bool made = pthread_create(&w->thread, NULL, run, w) == 0;
	pthread_sigmask(SIG_SETMASK, &before, NULL);
	return made;
}

struct worker *worker_start(const struct worker_options *o)
{
	if (processors() < 2)
		return NULL;
	struct worker *w = xcalloc(1, sizeof *w);
	w->o = *o;
	w->blocks = xcalloc(o->room, sizeof *w->blocks);
	pthread_mutex_init(&w->lock, NULL);
	pthread_cond_init(&w->moved, NULL);
	if (create(w))
		return w;
	free(w->blocks);
	free(w);
	return NULL;
}

static void put_last(struct worker *w, struct buf *block)
{
	struct buf *slot = &w->blocks[(w->first + w->n++) % w->o.room], given = *block;
	*block = *slot;
	*slot = given;
}

void worker_give(struct worker *w, struct buf *block)
{
	pthread_mutex_lock(&w->lock);
	while (w->n == w->o.room && !w->o.patient)
		pthread_cond_wait(&w->moved, &w->lock);
	if (w->n < w->o.room && !w->rest.n) {
		put_last(w, block);
	} else {
		w->failed = w->failed || !overflow_put(&w->rest, buf_str(block));
		block->n = 0;
	}
	pthread_cond_signal(&w->moved);
	pthread_mutex_unlock(&w->lock);
}

bool worker_wait(struct worker *w)
{
	pthread_mutex_lock(&w->lock);
	while (!is_idle(w))
		pthread_cond_wait(&w->moved, &w->lock);
	bool good = !w->failed;
	pthread_mutex_unlock(&w->lock);
	return good;
}

bool worker_wait_for(struct worker *w, size_t n)
{
	pthread_mutex_lock(&w->lock);
	while (w->taken < n)
		pthread_cond_wait(&w->moved, &w->lock);
	bool good = !w->failed;
	pthread_mutex_unlock(&w->lock);
	return good;
}

void worker_go_on(struct worker *w)
{
	pthread_mutex_lock(&w->lock);
	w->taken++;
	pthread_cond_signal(&w->moved);
	while (w->n < 2 && !w->closed)
		pthread_cond_wait(&w->moved, &w->lock);
	if (w->n > 1)
		drop_first(w);
	pthread_mutex_unlock(&w->lock);
}

void worker_close(struct worker *w)
{
	pthread_mutex_lock(&w->lock);
	w->closed = true;
	pthread_cond_signal(&w->moved);
	pthread_mutex_unlock(&w->lock);
}

bool worker_end(struct worker *w, bool wanted)
{
	pthread_mutex_lock(&w->lock);
	w->failed |= !wanted;
	pthread_mutex_unlock(&w->lock);
	worker_close(w);
	pthread_join(w->thread, NULL);
	bool good = !w->failed;
	for (size_t i = 0; i < w->o.room; i++)
		buf_free(&w->blocks[i]);
	free(w->blocks);
	overflow_free(&w->rest);
	buf_free(&w->fetched);
	pthread_mutex_destroy(&w->lock);
	pthread_cond_destroy(&w->moved);
	free(w);
	return good;
}
