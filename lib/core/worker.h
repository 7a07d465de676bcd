/*
 * A second thread that takes blocks of bytes in the order in which they are given: for work
 * that nobody waits for before its end.  It catches no signals.  What fails there is told at
 * the end: a worker never calls die(), which would end the program beside the main thread.
 */
#ifndef CRM_CORE_WORKER_H
#define CRM_CORE_WORKER_H

#include "core/buf.h"

struct worker;

/* How many there are for this program; 1 at least. */
size_t processors(void);

struct worker_options {
	bool (*take)(void *ctx, struct str block); /* false: it failed */
	void *ctx;
	size_t room; /* how many blocks may wait to be taken */
	/* It begins when there are no more: till then others have the processors, and more blocks
	 * wait in a temporary file. */
	bool patient;
};

/*
 * Starts one: take is called in its thread for each block, and once more with an empty one
 * after the last; once it has failed whatever else comes is passed over.  NULL where there is
 * but one processor, or no thread is to be had.
 */
struct worker *worker_start(const struct worker_options *o);

/*
 * Gives the block, and an empty one back for it; waits while there is no room, unless it is
 * a patient one.  Where the disk has no room either, the worker has failed.
 */
void worker_give(struct worker *w, struct buf *block);

/* Waits until all that was given is taken, of no patient one; whether nothing failed. */
bool worker_wait(struct worker *w);

/* Waits until the first n of all that was given are taken, of no patient one; likewise. */
bool worker_wait_for(struct worker *w, size_t n);

/*
 * Within `take`, of no patient one: the block is taken as far as others are concerned; waits for
 * the next, which take is then about instead, unless there are no more.
 */
void worker_go_on(struct worker *w);

/* There are no more; returns at once. */
void worker_close(struct worker *w);

/*
 * Waits until all is taken and ends it; whether nothing failed.  Not wanted: what was not
 * taken yet is passed over.
 */
bool worker_end(struct worker *w, bool wanted);

#endif
