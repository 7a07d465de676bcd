/*
 * Taking a change set back: each of its records gets the values that it had before.
 *
 * Where nothing came later the values are simply put back.  Else derived facts that
 * others have had a part in since are derived again, by the rules that every write
 * passes (derive.c): what is not restored here is settled there.
 */
#include "store/undo_impl.h"

#include <stdarg.h>

#include "core/buf.h"
#include "schema/check.h"

enum known { KNOWN_NOTHING, KNOWN_TOUCHED, KNOWN_RESTORED, KNOWN_STALE };

void undo_obstacle(struct undo *u, const struct entity *e, int64_t id, const char *field,
		   const char *fmt, ...)
{
	struct buf b = { 0 };
	struct arena a = { 0 };
	va_list ap;
	va_start(ap, fmt);
	buf_vprintf(&b, fmt, ap);
	va_end(ap);
	u->d.source = ref_print(e, id, &a);
	diag_set(&u->d, field, "%.*s", (int)b.n, b.p);
	u->job->obstacle(u->job->ctx, &u->d);
	buf_free(&b);
	arena_free(&a);
}

static int64_t *known_at(struct undo *u, const struct entity *e, int64_t id, struct arena *a)
{
	return map_find(&u->known, ref_print(e, id, a));
}

/* Whether what follows from other records is put back, too, instead of derived again. */
static bool is_put_back(struct undo *u, const struct entity *e, int64_t id)
{
	struct arena a = { 0 };
	int64_t *known = known_at(u, e, id, &a);
	if (known && *known == KNOWN_TOUCHED) {
		struct part p;
		part_read(u, e, id, &p, &a);
		*known = part_is_stale(u, &p, &a) ? KNOWN_STALE : KNOWN_RESTORED;
	}
	arena_free(&a);
	return known && *known == KNOWN_RESTORED;
}

bool undo_settles(struct undo *u, const struct record *r)
{
	return !r->id || is_put_back(u, r->entity, r->id);
}

/* Whether the field gets back what it was. */
static bool is_restored(struct undo *u, const struct part *p, size_t i, bool stale)
{
	const struct field *f = &p->entity->fields[i];
	if (p->before.values[i].kind == V_NONE)
		return false;
	if (is_bookkeeping(f))
		return !p->touched;
	if (mask_has(&p->follows, i))
		return !stale;
	if (!p->later[i])
		return true;
	return !(f->flags & F_DERIVED) && !sum_of_lines(u, p->entity, p->id, f);
}

static bool differs(const struct record *a, const struct record *b)
{
	for (size_t i = 0; i < a->entity->nfields; i++)
		if (strcmp(a->entity->fields[i].name, "rev") &&
		    !value_eq(&a->values[i], &b->values[i]))
			return true;
	return false;
}

void undo_copy_scales(struct record *r, const struct record *like)
{
	for (size_t i = 0; i < r->entity->nfields; i++)
		if (r->values[i].kind == V_INT && like->values[i].kind == V_INT)
			r->values[i].scale = like->values[i].scale;
}

void undo_raise_rev(struct record *r, const struct record *from)
{
	*record_get(r, "rev") = value_int(record_at(from, "rev")->i + 1);
}

/* Whether the record is now another than `have`. */
static bool put_back(struct undo *u, const struct part *p, const struct record *have,
		     struct record *now, const struct codec *c)
{
	bool stale = false;
	if (u->later)
		stale = !is_put_back(u, p->entity, p->id);
	*now = record_new(p->entity, c->arena);
	now->id = p->id;
	for (size_t i = 0; i < p->entity->nfields; i++)
		now->values[i] =
		    is_restored(u, p, i, stale) ? p->before.values[i] : have->values[i];
	undo_copy_scales(now, have);
	money_scales(now, &u->s->settings);
	if (!differs(now, have))
		return false;
	if (p->touched)
		undo_sum_again(u, have, now, c);
	undo_raise_rev(now, have);
	row_update(u->s, now, have, c);
	history_update(u->s, have, now);
	return true;
}

/*
 * What was about one that was merged comes back after it, one by one, and what follows from that is
 * derived: it starts with the derived facts that it had when the set had taken all that away.
 */
static void before_derived(struct undo *u, const struct part *p, struct record *now)
{
	struct arena a = { 0 };
	int64_t *known = known_at(u, p->entity, p->id, &a);
	for (size_t i = 0; i < p->entity->nfields; i++)
		if (part_follows(p->entity, &p->entity->fields[i]))
			now->values[i] =
			    p->end.values[i].kind == V_NONE ? value_null() : p->end.values[i];
	if (known)
		*known = KNOWN_STALE;
	arena_free(&a);
}

static void make_again(struct undo *u, const struct part *p, struct record *now,
		       const struct codec *c)
{
	*now = p->before;
	if (u->touched && p->merged)
		before_derived(u, p, now);
	undo_raise_rev(now, &p->before);
	money_scales(now, &u->s->settings);
	store_take_id(u->s, p->entity, p->id);
	row_insert(u->s, now, c);
	history_insert(u->s, p->entity, p->id);
}

static void take_away(struct undo *u, const struct part *p, const struct record *have,
		      struct arena *a)
{
	history_delete(u->s, have);
	row_delete(u->s, p->entity, p->id, a);
	undo_note_removed(u, p->entity, p->id);
}

/*
 * Whether the acting user may still write it: what they did to a record of theirs, or to a
 * part of it, is no longer theirs to put back once another set has given it to somebody else.
 */
static bool check_owner(struct undo *u, const struct record *have, struct arena *a)
{
	const struct entity *e = have->entity;
	const struct field *owner = entity_field(e, STR("owner"));
	struct diag d = { 0 };
	struct part p;
	for (size_t i = 0; i < e->nfields; i++) {
		const struct field *f = &e->fields[i];
		struct record whole;
		if (f->flags & F_PART && have->values[i].kind == V_INT &&
		    record_read(u->s, schema_entity(&u->s->schema, str_of(f->ref)),
				have->values[i].i, &whole, a) &&
		    !check_owner(u, &whole, a))
			return false;
	}
	if (!owner)
		return true;
	part_read(u, e, have->id, &p, a);
	bool ok = access_undo_record(u->s, have, p.later[field_index(e, owner)] != 0, &d);
	if (!ok)
		undo_obstacle(u, e, have->id, NULL, "%.*s", (int)d.message.n, d.message.p);
	diag_free(&d);
	return ok;
}

/* Whether it may be; and what followed from it, where the undo does not put all of that back. */
static void follow(struct undo *u, const struct record *have, const struct record *now,
		   struct arena *a)
{
	struct diag d = { 0 };
	const struct record *r = now ? now : have;
	bool user = !strcmp(r->entity->name, "user"); /* giving a role is not everybody's */
	bool ok = !user || access_write(u->s, now, have, 0, &d);
	u->s->writer->depth++; /* what follows from an allowed write is allowed */
	ok = ok && (!u->later || derive(u->s, have, now, PUT_SEED, a, &d));
	u->s->writer->depth--;
	if (!ok)
		undo_obstacle(u, r->entity, r->id, d.field, "%.*s", (int)d.message.n, d.message.p);
	diag_free(&d);
}

static void undo_record(struct undo *u, const struct entity *e, int64_t id, struct arena *a)
{
	struct codec c = store_codec(u->s, a);
	struct record have, now;
	struct part p;
	part_read(u, e, id, &p, a);
	bool exists = record_read(u->s, e, id, &have, a);
	if (!u->job->force && u->later)
		part_conflicts(u, &p, exists);
	if (u->later && exists && u->s->access.role.write != SCOPE_ALL && !check_owner(u, &have, a))
		return;
	if (p.was && exists) {
		bool changed = put_back(u, &p, &have, &now, &c);
		undo_note_restored(u, &p, &have, &now);
		if (changed)
			follow(u, &have, &now, a);
	} else if (p.was && !p.is) {
		make_again(u, &p, &now, &c);
		undo_note_restored(u, &p, NULL, &now);
		follow(u, NULL, &now, a);
	} else if (!p.was && exists) {
		take_away(u, &p, &have, a);
		follow(u, &have, NULL, a);
	}
}

struct stmt *undo_records_of(struct undo *u)
{
	struct sql q = { .arena = &u->arena };
	sql_add(&q, "select entity, record from main.change where change_set = ");
	sql_int(&q, u->job->set);
	sql_add(&q, " and id >= ");
	sql_int(&q, u->first);
	sql_add(&q, " and id <= ");
	sql_int(&q, u->last);
	sql_add(&q, " and entity <> 'config' group by entity, record order by min(id)");
	struct stmt *rows = db_query(u->s->db, &q);
	sql_free(&q);
	return rows;
}

/* The number of the first or last change of the set. */
static int64_t change_of(struct undo *u, bool first)
{
	struct sql q = { .arena = &u->arena };
	sql_add(&q, "select id from main.change where change_set = ");
	sql_int(&q, u->job->set);
	if (first)
		sql_add(&q, " order by id limit 1");
	else
		sql_add(&q, " order by id desc limit 1");
	int64_t id = db_int(u->s->db, &q, 0);
	sql_free(&q);
	return id;
}

/* Whether something came after the part of the set that is undone. */
static bool part_later(struct undo *u)
{
	struct sql q = { .arena = &u->arena };
	sql_add(&q, "select c.id from main.change c join change_set s on s.id = c.change_set"
		    " where c.id > ");
	sql_int(&q, u->last);
	sql_add(&q, " and");
	undo_counts(u, &q);
	sql_add(&q, " limit 1");
	bool later = db_int(u->s->db, &q, 0) != 0;
	sql_free(&q);
	return later;
}

/* Whether something came after that and changed the same records. */
static bool is_touched(struct undo *u)
{
	struct sql q = { .arena = &u->arena };
	sql_add(&q, "select c.id from main.change mine join main.change c on c.entity = mine.entity"
		    " and c.record = mine.record and c.id > ");
	sql_int(&q, u->last);
	sql_add(&q, " join change_set s on s.id = c.change_set where mine.change_set = ");
	sql_int(&q, u->job->set);
	sql_add(&q, " and mine.id >= ");
	sql_int(&q, u->first);
	sql_add(&q, " and mine.id <= ");
	sql_int(&q, u->last);
	sql_add(&q, " and");
	undo_counts(u, &q);
	sql_add(&q, " limit 1");
	bool touched = db_int(u->s->db, &q, 0) != 0;
	sql_free(&q);
	return touched;
}

static bool stands_last(struct undo *u)
{
	struct sql q = { .arena = &u->arena };
	if (u->job->last)
		return !part_later(u);
	sql_add(&q, "select s.id from change_set s where s.id > ");
	sql_int(&q, u->job->set);
	sql_add(&q, " and s.undone_by is null and coalesce(s.undoes, 0) < ");
	sql_int(&q, u->job->set);
	sql_add(&q, " and exists (select 1 from main.change c where c.change_set = s.id) limit 1");
	bool last = db_int(u->s->db, &q, 0) == 0;
	sql_free(&q);
	return last;
}

static void learn_records(struct undo *u)
{
	struct stmt *rows = undo_records_of(u);
	struct arena a = { 0 };
	while (stmt_step(rows)) {
		const struct entity *e = schema_entity(&u->s->schema, stmt_value(rows, 0).s);
		*map_at(&u->known, ref_print(e, stmt_value(rows, 1).i, &a)) = KNOWN_TOUCHED;
		arena_reset(&a);
	}
	stmt_close(rows);
	arena_free(&a);
}

static void undo_records(struct undo *u)
{
	struct arena a = { 0 };
	struct stmt *rows = undo_records_of(u);
	while (stmt_step(rows)) {
		const struct entity *e = schema_entity(&u->s->schema, stmt_value(rows, 0).s);
		undo_record(u, e, stmt_value(rows, 1).i, &a);
		arena_reset(&a);
	}
	stmt_close(rows);
	arena_free(&a);
}

int64_t undo_run(const struct undo_job *job)
{
	struct undo u = { .job = job, .s = job->store, .first = job->first, .last = job->last };
	history_next_set(u.s);
	u.by = history_change_set(u.s);
	if (!u.last) {
		u.first = change_of(&u, true);
		u.last = change_of(&u, false);
	}
	u.later = !stands_last(&u);
	u.touched = u.later && is_touched(&u);
	const struct undo_config *config = undo_config_read(&u);
	bool configured = config && job->configure(job, config, false);
	if (u.later)
		learn_records(&u);
	u.s->writer->undo = &u;
	undo_records(&u);
	u.s->writer->undo = NULL;
	if (job->last && u.later)
		undo_settle_primaries(&u);
	history_flush(u.s);
	undo_check_all(&u);
	merge_give_back(u.s);
	if (configured)
		job->configure(job, config, true);
	if (job->last)
		undo_mark_part(&u);
	else
		undo_mark(&u, job->set, u.by);
	if (u.later)
		undo_settle_derived(&u);
	undo_check_free(&u);
	map_free(&u.known);
	diag_free(&u.d);
	arena_free(&u.arena);
	return u.by;
}
