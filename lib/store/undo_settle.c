/* What is settled when an undo in the middle has put its records back. */
#include "schema/check.h"
#include "store/undo_impl.h"

void undo_settle_primaries(struct undo *u)
{
	struct arena a = { 0 };
	struct diag d = { 0 };
	struct stmt *rows = undo_records_of(u);
	store_follow_begin(u->s);
	while (stmt_step(rows)) {
		const struct entity *e = schema_entity(&u->s->schema, stmt_value(rows, 0).s);
		struct record r;
		int64_t account = stmt_value(rows, 1).i;
		if (!strcmp(e->name, "contact")) {
			bool there = record_read(u->s, e, account, &r, &a);
			account = there && is_set(&r, "account") ? record_at(&r, "account")->i : 0;
		} else if (strcmp(e->name, "account")) {
			continue;
		}
		if (account && !derive_primary(u->s, account, &a, &d))
			undo_obstacle(u, e, account, d.field, "%.*s", (int)d.message.n,
				      d.message.p);
		arena_reset(&a);
	}
	store_follow_end(u->s);
	stmt_close(rows);
	diag_free(&d);
	arena_free(&a);
}

/* Whether change c of set s counts no more: what it is part of was undone, or it is an undo. */
static void add_cancelled(struct sql *q)
{
	sql_add(q, "(s.undone_by is not null or s.undoes is not null or exists (select 1 from"
		   " undone_part p join change_set o on o.id = p.change_set where"
		   " o.undone_by is null and (p.change_set = s.id or (p.undoes = s.id and"
		   " c.id >= p.first and c.id <= p.last))))");
}

/* The changes of a record in their order. */
static struct stmt *fates_of(struct undo *u, const struct entity *e, int64_t id, struct arena *a)
{
	struct sql q = { .arena = a };
	sql_add(&q, "select c.op, c.before, case when ");
	add_cancelled(&q);
	sql_add(&q, " then 1 else 0 end, c.id from main.change c join change_set s on"
		    " s.id = c.change_set where c.entity = ");
	sql_text(&q, str_of(e->name));
	sql_add(&q, " and c.record = ");
	sql_int(&q, id);
	sql_add(&q, " order by c.id");
	struct stmt *rows = store_kept(u->s, &q);
	sql_free(&q);
	return rows;
}

/*
 * What the record was before the first of its cancelled changes, whose number is *since; V_NONE
 * where they did not touch it.  False where one that stands came after that.
 */
static bool before_cancelled(struct undo *u, const struct entity *e, int64_t id, struct record *out,
			     int64_t *since, struct arena *a)
{
	bool alone = true;
	struct stmt *rows = fates_of(u, e, id, a);
	*out = record_new(e, a);
	out->id = id;
	for (*since = 0; alone && stmt_step(rows);) {
		char op = stmt_value(rows, 0).s.p[0];
		bool cancelled = stmt_value(rows, 2).i;
		alone = cancelled ? *since || op != 'i' : !*since;
		if (!alone || !cancelled)
			continue;
		if (!*since)
			*since = stmt_value(rows, 3).i;
		if (op == 'i')
			continue;
		struct record before = history_values(e, id, stmt_value(rows, 1).s, a);
		for (size_t i = 0; i < e->nfields; i++) {
			struct value *v = &out->values[i];
			if (v->kind == V_NONE)
				*v = before.values[i];
			if (v->kind == V_NONE && op == 'd')
				*v = value_null();
		}
	}
	stmt_reset(rows);
	return *since && alone;
}

/* Whether a record that names this one has a change since then that stands. */
static bool others_stand(struct undo *u, const struct record *r, int64_t since, struct arena *a)
{
	bool stand = false;
	for (size_t i = 0; i < u->s->schema.nentities; i++) {
		const struct entity *from = u->s->schema.entities[i];
		for (size_t j = 0; !stand && j < from->nfields; j++) {
			const struct field *f = &from->fields[j];
			if (f->type != &type_ref || strcmp(f->ref, r->entity->name) ||
			    is_bookkeeping(f))
				continue;
			struct sql q = { .arena = a };
			sql_add(&q, "select c.id from ");
			sql_stored(&q, from);
			sql_add(&q, " t0 join main.change c on c.record = t0.id join change_set s"
				    " on s.id = c.change_set where ");
			sql_at(&q, 0, f);
			sql_add(&q, " = ");
			sql_int(&q, r->id);
			sql_add(&q, " and c.entity = ");
			sql_text(&q, str_of(from->name));
			sql_add(&q, " and c.id > ");
			sql_int(&q, since);
			sql_add(&q, " and not ");
			add_cancelled(&q);
			sql_add(&q, " limit 1");
			stand = store_one(u->s, &q).kind == V_INT;
			sql_free(&q);
		}
	}
	return stand;
}

static void settle_record(struct undo *u, const struct entity *e, int64_t id, struct arena *a)
{
	struct codec c = store_codec(u->s, a);
	struct record have, before;
	int64_t since;
	bool same = true;
	if (!record_read(u->s, e, id, &have, a) || !before_cancelled(u, e, id, &before, &since, a))
		return;
	struct record now = record_new(e, a);
	now.id = id;
	for (size_t i = 0; i < e->nfields; i++) {
		bool back = part_follows(e, &e->fields[i]) && before.values[i].kind != V_NONE;
		now.values[i] = back ? before.values[i] : have.values[i];
		same = same && value_eq(&now.values[i], &have.values[i]);
	}
	undo_copy_scales(&now, &have);
	money_scales(&now, &u->s->settings);
	if (same || others_stand(u, &have, since, a))
		return;
	undo_raise_rev(&now, &have);
	row_update(u->s, &now, &have, &c);
	history_update(u->s, &have, &now);
}

/* Whether a change of the set is left that was not undone. */
static bool set_stands(struct undo *u)
{
	struct sql q = { .arena = &u->arena };
	sql_add(&q, "select c.id from main.change c join change_set s on s.id = c.change_set"
		    " where c.change_set = ");
	sql_int(&q, u->job->set);
	sql_add(&q, " and not ");
	add_cancelled(&q);
	sql_add(&q, " limit 1");
	bool stands = store_one(u->s, &q).kind == V_INT;
	sql_free(&q);
	return stands;
}

void undo_settle_derived(struct undo *u)
{
	struct arena a = { 0 };
	if (u->job->last && !set_stands(u)) { /* what its other parts were in the way of */
		u->first = 1;
		u->last = INT64_MAX;
	}
	struct stmt *rows = undo_records_of(u);
	while (stmt_step(rows)) {
		const struct entity *e = schema_entity(&u->s->schema, stmt_value(rows, 0).s);
		settle_record(u, e, stmt_value(rows, 1).i, &a);
		arena_reset(&a);
	}
	stmt_close(rows);
	arena_free(&a);
}
