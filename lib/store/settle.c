/*
 * What follows from many writes is made once.  Of a record whose lines changed the sum waits,
 * within store_gather_begin also what it has of activities, deals and orders: until somebody
 * looks at the record, or for the commit.
 */
#include <stdlib.h>

#include "store/derive.h"

/* Its entry's place, from 1; 0: a free one; NULL: there is none, and none was to be made. */
static int64_t *place_of(struct store_writer *w, const struct entity *e, int64_t id, bool make)
{
	char key[sizeof id + 64];
	size_t n = strlen(e->name);
	if (n > sizeof key - sizeof id)
		die(STATUS_ENV, "the record type %s has a long name", e->name);
	memcpy(key, &id, sizeof id);
	memcpy(key + sizeof id, e->name, n);
	struct str s = { key, sizeof id + n };
	return make ? map_at(&w->touched_at, s) : map_find(&w->touched_at, s);
}

/* For settle_undo. */
static void note(struct store_writer *w, const struct touched *t)
{
	if (!w->marking)
		return;
	if (w->ntouched_were == w->touched_were_room) {
		w->touched_were_room = w->touched_were_room ? w->touched_were_room * 2 : 64;
		w->touched_were =
		    xrealloc(w->touched_were, w->touched_were_room * sizeof *w->touched_were);
	}
	w->touched_were[w->ntouched_were++] = *t;
}

static struct touched *entry_of(struct store_writer *w, const struct entity *e, int64_t id)
{
	int64_t *place = place_of(w, e, id, true);
	if (!*place) {
		if (w->ntouched == w->touched_room) {
			w->touched_room = w->touched_room ? w->touched_room * 2 : 64;
			w->touched = xrealloc(w->touched, w->touched_room * sizeof *w->touched);
		}
		w->touched[w->ntouched++] = (struct touched){ .entity = e, .id = id };
		*place = (int64_t)w->ntouched;
	}
	return &w->touched[*place - 1];
}

struct touched *settle_touch(struct store *s, const struct entity *e, int64_t id)
{
	struct touched *t = entry_of(s->writer, e, id);
	note(s->writer, t);
	return t;
}

struct touched *settle_find(struct store *s, const struct entity *e, int64_t id)
{
	struct store_writer *w = s->writer;
	int64_t *place = w && w->ntouched ? place_of(w, e, id, false) : NULL;
	return place && *place ? &w->touched[*place - 1] : NULL;
}

void settle_undo(struct store *s)
{
	struct store_writer *w = s->writer;
	while (w->ntouched_were) {
		struct touched *was = &w->touched_were[--w->ntouched_were];
		*entry_of(w, was->entity, was->id) = *was;
	}
}

/* What follows from writes is checked when it comes to wait; other writes check all of theirs. */
static void refused(const struct touched *t, const struct diag *d)
{
	die(STATUS_REFUSED, "%s-%lld: %s%s%.*s; nothing was written", t->entity->name,
	    (long long)t->id, d->field ? d->field : "", d->field ? ": " : "", (int)d->message.n,
	    d->message.p);
}

static bool put_facts(struct change *ch, const struct touched *t)
{
	struct record r = record_new(t->entity, ch->a);
	r.id = t->id;
	if (t->contacted)
		contact_facts_put(&t->contact, &r);
	if (t->bought)
		customer_facts_put(ch, &t->customer, &r);
	return follow(ch, &r);
}

/* Facts first: from the sums of an order more of them follow, for accounts that come later. */
static void settle_at(struct store *s, size_t i)
{
	struct store_writer *w = s->writer;
	struct touched t = w->touched[i];
	struct arena a = { 0 };
	struct diag d = { 0 };
	struct change ch = { .s = s, .a = &a, .d = &d };
	if (!t.lines && !t.contacted && !t.bought)
		return;
	note(w, &t);
	w->touched[i] = (struct touched){ .entity = t.entity, .id = t.id };
	*place_of(w, t.entity, t.id, true) = 0;
	w->depth++;
	if ((t.contacted || t.bought) && !put_facts(&ch, &t))
		refused(&t, &d);
	ch.flags = t.silent ? PUT_SILENT : 0;
	if (t.lines && !settle_lines(&ch, t.entity, t.id))
		refused(&t, &d);
	w->depth--;
	arena_free(&a);
	diag_free(&d);
}

void store_settle(struct store *s)
{
	struct store_writer *w = s->writer;
	if (!w || !w->ntouched || w->settling)
		return;
	w->settling = true;
	for (size_t i = 0; i < w->ntouched; i++)
		settle_at(s, i);
	w->settling = false;
	w->ntouched = 0;
	map_free(&w->touched_at);
}

void settle_before(struct store *s, const struct entity *e, int64_t id)
{
	struct touched *t = settle_find(s, e, id);
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
	store_settle(s);
	s->gathers = false;
}

/* Not within an undo, which puts back what it finds, nor what leaves no trace in updated_at. */
static bool gathers(const struct change *ch)
{
	return ch->s->gathers && !ch->s->writer->undo && !(ch->flags & (PUT_SILENT | PUT_RESTORE));
}

struct touched *facts_wait(struct change *ch, const struct entity *e, int64_t id)
{
	if (!gathers(ch))
		settle_before(ch->s, e, id);
	return settle_find(ch->s, e, id);
}

bool facts_gather(struct change *ch, const struct touched *t, const struct record *old,
		  struct record *r, bool *ok)
{
	if (!gathers(ch)) {
		*ok = follow(ch, r);
		return false;
	}
	if (t && (t->contacted || t->bought)) /* it was asked */
		return true;
	enum wrote tried = record_try(ch->s, r, old, ch->a, ch->d);
	*ok = tried != WROTE_NOTHING;
	return tried == WROTE_UPDATED;
}

struct str fact_keep(struct str is, struct str was, bool was_kept, struct arena *kept)
{
	return was_kept && str_eq(is, was) ? was : arena_str(kept, is);
}
