/*
 * Which records a state may have turned for by the passing of time alone: those that hold a day
 * or instant within what the condition's times went over, which an index finds.
 */
#include "core/date.h"
#include "domain/follow_impl.h"

enum { WINDOWS_MAX = 16 };

struct windows {
	struct window {
		const struct field *field;
		int64_t from, to; /* instants */
	} all[WINDOWS_MAX];
	size_t n;
};

static int64_t instant_of(const struct when *w, int64_t at)
{
	return w->is_instant ? at : zone_instant(at, 0);
}

/* From one meaning of a time to the other, and a day more on each side; false: too far off. */
static bool add_window(struct windows *w, const struct field *f, const struct when *then,
		       int64_t before, const struct when *now, int64_t after)
{
	enum { FAR_DAYS = 2000000 /* beyond all years of four digits: an open end */ };
	if (before == after && then->is_instant == now->is_instant)
		return true;
	int64_t most = now->is_instant ? (int64_t)FAR_DAYS * DAY_SECONDS : FAR_DAYS;
	if (before > most || before < -most || after > most || after < -most ||
	    then->is_instant != now->is_instant || w->n == WINDOWS_MAX)
		return false;
	before = instant_of(then, before);
	after = instant_of(now, after);
	w->all[w->n++] = (struct window){ f, (before < after ? before : after) - DAY_SECONDS,
					  (before < after ? after : before) + DAY_SECONDS };
	return true;
}

/* Of two trees of the same shape; false: the times are of other records than the state's. */
static bool find_windows(const struct node *was, const struct node *is, struct windows *w)
{
	if (!was || !is)
		return true;
	if (is->kind == NODE_AND || is->kind == NODE_OR || is->kind == NODE_NOT)
		return find_windows(was->left, is->left, w) &&
		       find_windows(was->right, is->right, w);
	size_t n = is->kind != NODE_COMPARE || !is->literals ? 0 : is->op == OP_IN ? is->n : 1;
	for (size_t i = 0; i < n; i++) {
		const struct when *then = &was->literals[i].when, *now = &is->literals[i].when;
		bool same = then->from == now->from && then->to == now->to;
		if (!same && (is->path.nsteps || (is->path.field->type != &type_date &&
						  is->path.field->type != &type_instant)))
			return false;
		if (!same && (!add_window(w, is->path.field, then, then->from, now, now->from) ||
			      !add_window(w, is->path.field, then, then->to, now, now->to)))
			return false;
	}
	return true;
}

static struct str text_of_bound(const struct field *f, int64_t at, struct arena *a)
{
	return f->type == &type_date ? day_print(zone_day(at), a) : instant_print(at, a);
}

struct node *states_among(struct follow *f, const struct entity *e, const struct node *was,
			  const struct node *is)
{
	struct windows w = { 0 };
	struct sql q = { .arena = f->arena };
	size_t n;
	if (!find_windows(was, is, &w) || !w.n)
		return NULL;
	for (size_t i = 0; i < w.n; i++) {
		sql_add_literal(&q, i ? " union select id from " : "select id from ");
		sql_table(&q, e);
		sql_add(&q, " where ");
		sql_column(&q, w.all[i].field);
		sql_add(&q, " >= ");
		sql_text(&q, text_of_bound(w.all[i].field, w.all[i].from, f->arena));
		sql_add(&q, " and ");
		sql_column(&q, w.all[i].field);
		sql_add(&q, " <= ");
		sql_text(&q, text_of_bound(w.all[i].field, w.all[i].to, f->arena));
	}
	int64_t *ids = db_ids(f->store->db, &q, &n, f->arena);
	sql_free(&q);
	return node_chosen(e, store_choose(f->store, ids, n), f->arena);
}
