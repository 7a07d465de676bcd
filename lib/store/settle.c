/*
 * What follows from many writes is made once.  Of a record whose lines changed the sum waits,
 * within store_gather_begin also what it has of activities, deals and orders: until somebody
 * looks at the record, or for the commit.
 */
#include <stdlib.h>

#include "store/derive.h"

enum { TOUCHED_MAX = 1 << 18 }; /* 24 bytes each, 112 their facts, up to 16 their places */
enum { POSTED_MIN = 1000 };	/* records of which facts wait that are worth a second thread */

/* Where its entry's place is, from 1; 0: it has none yet. */
static uint32_t *place_of(const struct store_writer *w, const struct entity *e, int64_t id)
{
	uint64_t hash = ((uint64_t)id ^ (uintptr_t)e) * 0x9e3779b97f4a7c15ull;
	size_t i = hash >> 32 & (w->nplaces - 1);
	for (; w->places[i]; i = (i + 1) & (w->nplaces - 1)) {
		const struct touched *t = &w->touched[w->places[i] - 1];
		if (t->id == id && t->entity == e)
			break;
	}
	return &w->places[i];
}

/* Of one record the last entry counts: others were written. */
static void place_all(struct store_writer *w, size_t n)
{
	free(w->places);
	w->nplaces = n;
	w->places = n ? xcalloc(n, sizeof *w->places) : NULL;
	for (size_t i = 0; i < w->ntouched; i++)
		*place_of(w, w->touched[i].entity, w->touched[i].id) = (uint32_t)(i + 1);
}

static bool waits(const struct touched *t)
{
	return t->lines || t->facts;
}

static uint32_t take_facts(struct store_writer *w)
{
	uint32_t at = w->free_facts;
	if (at) {
		w->free_facts = w->facts[at - 1].next;
		return at;
	}
	w->facts = xgrow(w->facts, w->nfacts, &w->facts_room, sizeof *w->facts);
	return (uint32_t)++w->nfacts;
}

/* It has these facts; NULL: none any more. */
static void set_facts(struct store_writer *w, struct touched *t, const struct facts *facts)
{
	if (facts) {
		if (!t->facts)
			t->facts = take_facts(w);
		w->facts[t->facts - 1] = *facts;
	} else if (t->facts) {
		w->facts[t->facts - 1].next = w->free_facts;
		w->free_facts = t->facts;
		t->facts = 0;
	}
}

/* For settle_undo. */
static void note(struct store_writer *w, const struct touched *t)
{
	if (!w->marking)
		return;
	w->touched_were = xgrow(w->touched_were, w->ntouched_were, &w->touched_were_room,
				sizeof *w->touched_were);
	struct touched_was *was = &w->touched_were[w->ntouched_were++];
	was->entry = *t;
	if (t->facts)
		was->facts = w->facts[t->facts - 1];
}

static struct touched *entry_of(struct store_writer *w, const struct entity *e, int64_t id)
{
	if (w->ntouched * 2 >= w->nplaces)
		place_all(w, w->nplaces ? w->nplaces * 2 : 64);
	uint32_t *place = place_of(w, e, id);
	if (*place && waits(&w->touched[*place - 1]))
		return &w->touched[*place - 1];
	if (w->ntouched == w->touched_room) {
		w->touched_room = w->touched_room ? w->touched_room * 2 : 64;
		w->touched = xrealloc(w->touched, w->touched_room * sizeof *w->touched);
	}
	w->touched[w->ntouched++] = (struct touched){ .entity = e, .id = id };
	*place = (uint32_t)w->ntouched;
	return &w->touched[*place - 1];
}

struct touched *settle_touch(struct store *s, const struct entity *e, int64_t id)
{
	struct touched *t = entry_of(s->writer, e, id);
	note(s->writer, t);
	return t;
}

struct facts *facts_touch(struct store *s, const struct entity *e, int64_t id)
{
	struct touched *t = settle_touch(s, e, id);
	if (!t->facts)
		set_facts(s->writer, t, &(struct facts){ 0 });
	return &s->writer->facts[t->facts - 1];
}

static struct touched *find(struct store *s, const struct entity *e, int64_t id)
{
	struct store_writer *w = s->writer;
	uint32_t place = w && w->ntouched ? *place_of(w, e, id) : 0;
	return place && waits(&w->touched[place - 1]) ? &w->touched[place - 1] : NULL;
}

void settle_undo(struct store *s)
{
	struct store_writer *w = s->writer;
	while (w->ntouched_were) {
		const struct touched_was *was = &w->touched_were[--w->ntouched_were];
		struct touched *t = entry_of(w, was->entry.entity, was->entry.id);
		t->lines = was->entry.lines;
		t->silent = was->entry.silent;
		set_facts(w, t, was->entry.facts ? &was->facts : NULL);
	}
}

/* What follows from writes is checked when it comes to wait; other writes check all of theirs. */
static void refused(const struct touched *t, const struct diag *d)
{
	die(STATUS_REFUSED, "%s-%lld: %s%s%.*s; nothing was written", t->entity->name,
	    (long long)t->id, d->field ? d->field : "", d->field ? ": " : "", (int)d->message.n,
	    d->message.p);
}

static bool put_facts(struct change *ch, const struct touched *t, const struct facts *f)
{
	struct record r = record_new(t->entity, ch->a);
	r.id = t->id;
	if (f->contacted)
		contact_facts_put(&f->contact, &r);
	if (f->bought)
		customer_facts_put(ch, &f->customer, &r);
	return follow(ch, &r);
}

/* Facts first: from the sums of an order more of them follow, for accounts that come later. */
static void settle_at(struct store *s, size_t i)
{
	struct store_writer *w = s->writer;
	struct touched t = w->touched[i];
	struct facts f = t.facts ? w->facts[t.facts - 1] : (struct facts){ 0 };
	struct arena a = { 0 };
	struct diag d = { 0 };
	struct change ch = { .s = s, .a = &a, .d = &d };
	if (!waits(&t))
		return;
	note(w, &t);
	set_facts(w, &w->touched[i], NULL);
	w->touched[i].lines = false;
	w->depth++;
	if (t.facts && !put_facts(&ch, &t, &f))
		refused(&t, &d);
	ch.flags = t.silent ? PUT_SILENT : 0;
	if (t.lines && !settle_lines(&ch, t.entity, t.id))
		refused(&t, &d);
	w->depth--;
	arena_free(&a);
	diag_free(&d);
}

static int by_record(const void *a, const void *b)
{
	const struct touched *x = a, *y = b;
	int type = x->entity == y->entity ? 0 : strcmp(x->entity->name, y->entity->name);
	if (type || x->id != y->id)
		return type ? type : (x->id > y->id) - (x->id < y->id);
	return waits(x) - waits(y); /* see place_all */
}

/* As their rows stand in the tables, or each would be on another page. */
static void sort(struct store_writer *w, size_t from)
{
	const struct touched *t = w->touched;
	size_t rising = from + 1;
	while (rising < w->ntouched && by_record(&t[rising - 1], &t[rising]) <= 0)
		rising++;
	if (rising >= w->ntouched) /* as they mostly come */
		return;
	qsort(w->touched + from, w->ntouched - from, sizeof *w->touched, by_record);
	place_all(w, w->nplaces);
}

void store_settle(struct store *s)
{
	struct store_writer *w = s->writer;
	if (!w || !w->ntouched || w->settling)
		return;
	w->settling = true;
	for (size_t i = 0, n = 0; i < w->ntouched; i++) {
		if (i == n) { /* those that follow from what was settled come behind */
			sort(w, n);
			n = w->ntouched;
		}
		settle_at(s, i);
	}
	w->settling = false;
	w->ntouched = w->touched_sums = 0;
	w->nfacts = w->free_facts = 0;
	place_all(w, 0);
}

/* Sums wait for all of their lines: of the first few an order may look as if it came back. */
void settle_facts(struct store *s)
{
	struct store_writer *w = s->writer;
	size_t most = w->touched_sums + (s->waiting ? s->waiting : TOUCHED_MAX), kept = 0;
	if (w->ntouched < most || w->marking || w->depth || w->settling)
		return;
	w->settling = true;
	sort(w, 0);
	for (size_t i = 0; i < w->ntouched; i++)
		if (!w->touched[i].lines)
			settle_at(s, i);
	w->settling = false;
	for (size_t i = 0; i < w->ntouched; i++)
		if (w->touched[i].lines)
			w->touched[kept++] = w->touched[i];
	w->ntouched = w->touched_sums = kept;
	place_all(w, w->nplaces);
}

void settle_before(struct store *s, const struct entity *e, int64_t id)
{
	struct touched *t = find(s, e, id);
	if (t && t->lines)
		store_settle(s);
	else if (t)
		settle_at(s, (size_t)(t - s->writer->touched));
}

void store_gather_begin(struct store *s)
{
	store_settle(s);
	s->gathers = true;
}

void store_gather_end(struct store *s)
{
	if (s->writer)
		db_post(s->db, s->writer->nfacts >= POSTED_MIN);
	store_settle(s);
	db_post(s->db, false);
	before_end(s);
	s->gathers = false;
}

/* Not within an undo, which puts back what it finds, nor what leaves no trace in updated_at. */
static bool gathers(const struct change *ch)
{
	return ch->s->gathers && !ch->s->writer->undo && !(ch->flags & (PUT_SILENT | PUT_RESTORE));
}

struct facts *facts_wait(struct change *ch, const struct entity *e, int64_t id)
{
	if (!gathers(ch))
		settle_before(ch->s, e, id);
	const struct touched *t = find(ch->s, e, id);
	return t && t->facts ? &ch->s->writer->facts[t->facts - 1] : NULL;
}

bool facts_gather(struct change *ch, const struct facts *waiting, const struct record *old,
		  struct record *r, bool *ok)
{
	if (!gathers(ch)) {
		*ok = follow(ch, r);
		return false;
	}
	if (waiting) /* it was asked */
		return true;
	enum wrote tried = record_try(ch->s, r, old, ch->a, ch->d);
	*ok = tried != WROTE_NOTHING;
	return tried == WROTE_UPDATED;
}
