/* What a change set did to one record, and what has been done to it since. */
#include "store/undo_impl.h"

/* Fields that people may set, but that derived facts take along. */
static bool is_taken_along(const struct entity *e, const struct field *f)
{
	return !strcmp(e->name, "account") && !strcmp(f->name, "type");
}

bool part_follows(const struct entity *e, const struct field *f)
{
	return f->flags & F_DERIVED || is_taken_along(e, f);
}

/*
 * Whether a change followed from other records: nothing but derived facts in it.  One
 * in which somebody's own fields changed too (a stage, and since when) stands alone.
 */
static bool follows_from_others(const struct record *before)
{
	bool any = false;
	for (size_t i = 0; i < before->entity->nfields; i++) {
		const struct field *f = &before->entity->fields[i];
		if (before->values[i].kind == V_NONE || is_bookkeeping(f))
			continue;
		if (!part_follows(before->entity, f))
			return false;
		any |= (f->flags & F_DERIVED) != 0;
	}
	return any;
}

/* The earliest value of each field is what was there before the set. */
static void add_own(struct part *p, char op, const struct record *before)
{
	p->is = op != 'd';
	if (op == 'i')
		return;
	bool follows = op == 'u' && follows_from_others(before);
	size_t nfields = p->entity->nfields;
	for (size_t i = 0; i < nfields; i++) {
		struct value *v = &p->before.values[i];
		const struct value *now = &before->values[i];
		if (now->kind != V_NONE && !follows)
			p->follows.bits[i / 64] &= ~((uint64_t)1 << (i % 64));
		if (v->kind != V_NONE)
			continue;
		*v = *now;
		if (now->kind != V_NONE && follows)
			mask_add(&p->follows, i);
		if (op == 'd' && v->kind == V_NONE)
			*v = value_null();
	}
	p->linked |= op == 'u' && record_at(before, "rev")->kind == V_NONE;
}

static void add_later(struct part *p, int64_t set, char op, const struct record *before)
{
	p->touched = true;
	if (op == 'd')
		p->gone = set;
	if (op == 'i')
		p->made = set;
	if (op != 'u')
		return;
	bool follows = follows_from_others(before);
	for (size_t i = 0; i < p->entity->nfields; i++) {
		if (before->values[i].kind == V_NONE)
			continue;
		p->later_follows[i] = follows && (!p->later[i] || p->later_follows[i]);
		if (!follows || p->later_follows[i])
			p->later[i] = set;
	}
}

/*
 * A set that was undone since, and its undo, cancel each other: a change set that
 * came later counts if it stands and does not undo one that came later too.  So do a part
 * of a set, and what undid that.
 */
void undo_counts(struct undo *u, struct sql *q)
{
	sql_add(q, " s.undone_by is null and coalesce(s.undoes, 0) < ");
	sql_int(q, u->job->set);
	sql_add(q, " and not exists (select 1 from undone_part p join change_set o on"
		   " o.id = p.change_set where p.undoes = c.change_set and o.undone_by is null"
		   " and c.id >= p.first and c.id <= p.last)"
		   " and not exists (select 1 from undone_part p where p.change_set = c.change_set"
		   " and p.first > ");
	sql_int(q, u->last);
	sql_add(q, ")");
}

static struct stmt *changes_of(struct undo *u, const struct entity *e, int64_t id, struct arena *a)
{
	struct sql q = { .arena = a };
	sql_add(&q, "select c.id, c.change_set, c.op, c.before, case when");
	undo_counts(u, &q);
	sql_add(&q, " then 1 else 0 end from main.change c join change_set s"
		    " on s.id = c.change_set where c.entity = ");
	sql_text(&q, str_of(e->name));
	sql_add(&q, " and c.record = ");
	sql_int(&q, id);
	sql_add(&q, " and c.change_set >= ");
	sql_int(&q, u->job->set);
	sql_add(&q, " order by c.id");
	struct stmt *changes = store_kept(u->s, &q);
	sql_free(&q);
	return changes;
}

void part_read(struct undo *u, const struct entity *e, int64_t id, struct part *p, struct arena *a)
{
	bool first = true;
	*p = (struct part){ .entity = e, .id = id, .before = record_new(e, a) };
	p->before.id = id;
	p->later = arena_new(a, int64_t, e->nfields);
	p->later_follows = arena_new(a, bool, e->nfields);
	struct stmt *changes = changes_of(u, e, id, a);
	while (stmt_step(changes)) {
		int64_t change = stmt_value(changes, 0).i, set = stmt_value(changes, 1).i;
		char op = stmt_value(changes, 2).s.p[0];
		struct record before = { .entity = e };
		if (change < u->first)
			continue;
		if (op != 'i')
			before = history_values(e, id, stmt_value(changes, 3).s, a);
		if (op == 'd' && change <= u->last && merge_is_noted(stmt_value(changes, 3).s)) {
			p->merged = true;
			p->end = before;
		}
		if (first)
			p->was = op != 'i';
		first = false;
		if (change <= u->last)
			add_own(p, op, &before);
		else if (stmt_value(changes, 4).i)
			add_later(p, set, op, &before);
	}
	stmt_reset(changes);
}

/* Whether a change says anything but whom else the record is about. */
static bool matters(struct stmt *row, const struct entity *from, const struct field *f,
		    struct arena *a)
{
	if (!str_is(stmt_value(row, 0).s, "u"))
		return true;
	struct record before = history_values(from, 0, stmt_value(row, 1).s, a);
	for (size_t i = 0; i < from->nfields; i++) {
		const struct field *other = &from->fields[i];
		if (before.values[i].kind != V_NONE && !is_bookkeeping(other) &&
		    (other == f || other->type != &type_ref))
			return true;
	}
	return false;
}

/* Whether any record that names this one was written since, but for this undo. */
static bool referring_changed(struct undo *u, const struct part *p, const struct entity *from,
			      const struct field *f, struct arena *a)
{
	struct sql q = { .arena = a };
	sql_add(&q, "select c.op, c.before from ");
	sql_stored(&q, from);
	sql_add(&q, " t0 join main.change c on c.record = t0.id join change_set s"
		    " on s.id = c.change_set where ");
	sql_at(&q, 0, f);
	sql_add(&q, " = ");
	sql_int(&q, p->id);
	sql_add(&q, " and c.entity = ");
	sql_text(&q, str_of(from->name));
	sql_add(&q, " and c.id > ");
	sql_int(&q, u->last);
	sql_add(&q, " and c.change_set <> ");
	sql_int(&q, u->by);
	sql_add(&q, " and");
	undo_counts(u, &q);
	struct stmt *rows = store_kept(u->s, &q);
	bool changed = false;
	while (!changed && stmt_step(rows))
		changed = matters(rows, from, f, a);
	stmt_reset(rows);
	sql_free(&q);
	return changed;
}

bool part_is_stale(struct undo *u, const struct part *p, struct arena *a)
{
	bool any = false;
	for (size_t i = 0; u->later && i < p->entity->nfields; i++) {
		if (!mask_has(&p->follows, i))
			continue;
		any = true;
		if (p->later[i])
			return true;
	}
	for (size_t i = 0; any && i < u->s->schema.nentities; i++) {
		const struct entity *from = u->s->schema.entities[i];
		for (size_t j = 0; j < from->nfields; j++) {
			const struct field *f = &from->fields[j];
			if (f->type == &type_ref && !strcmp(f->ref, p->entity->name) &&
			    !is_bookkeeping(f) && referring_changed(u, p, from, f, a))
				return true;
		}
	}
	return false;
}

/* A field of somebody's own that the set touched (or made), and another one since. */
static bool clashes(struct undo *u, const struct part *p, size_t i)
{
	const struct field *f = &p->entity->fields[i];
	bool ours = !p->was || p->before.values[i].kind != V_NONE;
	bool derived = f->flags & F_DERIVED || p->later_follows[i];
	return ours && p->later[i] && !derived && !is_bookkeeping(f) &&
	       !sum_of_lines(u, p->entity, p->id, f);
}

void part_conflicts(struct undo *u, const struct part *p, bool exists)
{
	const struct entity *e = p->entity;
	if (p->was && p->is && !exists)
		undo_obstacle(u, e, p->id, NULL, "change set %lld removed it since",
			      (long long)p->gone);
	if (!p->is && exists)
		undo_obstacle(u, e, p->id, NULL, "change set %lld made it again since",
			      (long long)p->made);
	for (size_t i = 0; p->is && exists && i < e->nfields; i++)
		if (clashes(u, p, i))
			undo_obstacle(u, e, p->id, e->fields[i].name,
				      "change set %lld changed it since", (long long)p->later[i]);
}
