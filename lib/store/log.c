/* Reading the history. */
#include "store/log.h"

#include <stdlib.h>

#include "store/internal.h"

struct log {
	struct store *s;
	struct stmt *rows;
	struct stmt *second; /* of a set: how many records; of a change: what came later */
	struct arena arena;
	struct name { /* a reference by its key, the last one of its place */
		const struct entity *entity;
		int64_t id;
		struct value key;
		struct arena arena;
	} names[64];
};

/*
 * Numbers bound a period too: so the index on `at` finds its ends, and the sets
 * come in their own order without being sorted.
 */
static void where_period(struct sql *q, const struct log_filter *f)
{
	if (f->has_from) {
		struct str at = instant_print(f->from, q->arena);
		sql_add(q, " and s.id >= (select min(+id) from change_set where at >= ");
		sql_text(q, at);
		sql_add(q, ") and +s.at >= ");
		sql_text(q, at);
	}
	if (f->has_to) {
		struct str at = instant_print(f->to, q->arena);
		sql_add(q, " and s.id <= (select max(+id) from change_set where at < ");
		sql_text(q, at);
		sql_add(q, ") and +s.at < ");
		sql_text(q, at);
	}
}

static void where_set(struct sql *q, const struct log_filter *f)
{
	if (f->after) {
		sql_add(q, " and s.id > ");
		sql_int(q, f->after);
	}
	if (f->until) {
		sql_add(q, " and s.id <= ");
		sql_int(q, f->until);
	}
	if (f->login) {
		sql_add(q, " and s.login = ");
		sql_text(q, str_of(f->login));
	}
	if (f->program) {
		sql_add(q, " and s.program = ");
		sql_text(q, str_of(f->program));
	}
	where_period(q, f);
}

static void put_own(struct sql *q, const struct store *s)
{
	sql_add(q, "s.login = ");
	sql_text(q, s->settings.login);
}

/* What one typed names what it was done to, as the reason may: told where all of that may be read.
 */
static void put_words(struct sql *q, const struct store *s)
{
	if (!s->access.shadowed) {
		sql_add(q, ", s.command, s.reason");
		return;
	}
	sql_add(q, ", case when w.told then s.command end, case when w.told then s.reason end");
}

static void put_sets(struct sql *q, const struct store *s)
{
	sql_add(q, " from change_set s");
	if (!s->access.shadowed)
		return;
	sql_add(q, " join (select s.id, ");
	put_own(q, s);
	sql_add(q, " or not exists (select 1 from main.change h where h.change_set = s.id and"
		   " not exists (select 1 from change c where c.id = h.id)) as told"
		   " from change_set s where ");
	put_own(q, s);
	sql_add(q, " or exists (select 1 from change c where c.change_set = s.id)) w"
		   " on w.id = s.id");
}

static void build_sets(struct sql *q, const struct store *s, const struct log_filter *f)
{
	sql_add(q, "select s.id, s.at, s.login, s.program");
	put_words(q, s);
	sql_add(q, ", s.undoes, s.undone_by");
	put_sets(q, s);
	sql_add(q, " where ");
	if (f->set) {
		sql_add(q, "s.id = ");
		sql_int(q, f->set);
	} else {
		sql_add(q, "s.id > 0");
	}
	where_set(q, f);
	if (f->entity) {
		sql_add(q, " and exists (select 1 from change c where c.change_set = s.id"
			   " and c.entity = ");
		sql_text(q, str_of(f->entity->name));
		sql_add(q, ")");
	}
	sql_add_literal(q, f->oldest_first ? " order by s.id" : " order by s.id desc");
}

/* What a set made and removed again is neither. */
static void build_counts(struct sql *q)
{
	sql_add(q, "select count(*) filter (where made = 1 and gone = 0),"
		   " count(*) filter (where made = 0 and gone = 0),"
		   " count(*) filter (where made = 0 and gone = 1) from"
		   " (select max(case when op = 'i' then 1 else 0 end) as made,"
		   " max(case when op = 'd' then 1 else 0 end) as gone"
		   " from change where change_set = $1 group by entity, record) r");
}

static void build_changes(struct sql *q, const struct store *s, const struct log_filter *f)
{
	(void)s;
	sql_add(q, "select c.id, s.id, s.at, s.login, s.program, c.entity, c.record, c.op,"
		   " c.before from change c join change_set s on s.id = c.change_set where ");
	if (f->set) {
		sql_add(q, "c.change_set = ");
		sql_int(q, f->set);
	}
	if (f->entity) {
		sql_add_literal(q, f->set ? " and +c.entity = " : "c.entity = ");
		sql_text(q, str_of(f->entity->name));
	}
	if (f->record) {
		sql_add(q, " and c.record = ");
		sql_int(q, f->record);
	}
	where_set(q, f);
	if (f->set || f->oldest_first)
		sql_add(q, " order by c.id");
	else
		sql_add(q, " order by c.id desc");
}

static void build_later(struct sql *q)
{
	sql_add(q, "select op, before from change where entity = $1 and record = $2 and id > $3"
		   " order by id");
}

static struct log *open_log(struct store *s, const struct log_filter *f,
			    void (*build)(struct sql *, const struct store *,
					  const struct log_filter *),
			    void (*build_second)(struct sql *))
{
	struct log *l = xcalloc(1, sizeof *l);
	struct sql q = { .arena = &l->arena }, second = { .arena = &l->arena };
	l->s = s;
	build(&q, s, f);
	build_second(&second);
	l->rows = db_query(s->db, &q);
	l->second = db_prepare(s->db, &second);
	sql_free(&q);
	sql_free(&second);
	return l;
}

struct log *log_sets(struct store *s, const struct log_filter *f)
{
	return open_log(s, f, build_sets, build_counts);
}

struct log *log_changes(struct store *s, const struct log_filter *f)
{
	return open_log(s, f, build_changes, build_later);
}

void log_close(struct log *l)
{
	stmt_close(l->rows);
	stmt_close(l->second);
	for (size_t i = 0; i < countof(l->names); i++)
		arena_free(&l->names[i].arena);
	arena_free(&l->arena);
	free(l);
}

static struct str text_at(struct stmt *row, size_t i, struct arena *a)
{
	struct value v = stmt_value(row, i);
	return v.kind == V_TEXT ? arena_str(a, v.s) : (struct str){ 0 };
}

bool log_next_set(struct log *l, struct log_set *out, struct arena *a)
{
	if (!stmt_step(l->rows))
		return false;
	*out = (struct log_set){
		.id = stmt_value(l->rows, 0).i,
		.at = text_at(l->rows, 1, a),
		.login = text_at(l->rows, 2, a),
		.program = text_at(l->rows, 3, a),
		.command = text_at(l->rows, 4, a),
		.reason = text_at(l->rows, 5, a),
		.undoes = stmt_value(l->rows, 6).i,
		.undone_by = stmt_value(l->rows, 7).i,
	};
	int64_t *counts[] = { &out->created, &out->updated, &out->deleted };
	stmt_bind(l->second, 1, &(struct value){ .kind = V_INT, .i = out->id });
	stmt_step(l->second);
	for (size_t i = 0; i < countof(counts); i++)
		*counts[i] = stmt_value(l->second, i).i;
	stmt_reset(l->second);
	return true;
}

bool log_next_change(struct log *l, struct log_change *out, struct arena *a)
{
	if (!stmt_step(l->rows))
		return false;
	*out = (struct log_change){
		.id = stmt_value(l->rows, 0).i,
		.set = stmt_value(l->rows, 1).i,
		.at = text_at(l->rows, 2, a),
		.login = text_at(l->rows, 3, a),
		.program = text_at(l->rows, 4, a),
		.type = text_at(l->rows, 5, a),
		.record = stmt_value(l->rows, 6).i,
		.op = stmt_value(l->rows, 7).s.p[0],
	};
	out->entity = schema_entity(&l->s->schema, out->type);
	if (!out->entity)
		return true;
	out->before = out->after = record_new(out->entity, a);
	if (out->op != 'i')
		out->before = history_values(out->entity, out->record, text_at(l->rows, 8, a), a);
	return true;
}

/* One currency a record: amounts cannot be read without it. */
static size_t currency_index(const struct entity *e)
{
	const struct field *f = entity_field(e, STR("currency"));
	return f ? field_index(e, f) : e->nfields;
}

/* The fields that one wants to know of; how many. */
static size_t wanted_fields(const struct log_change *c, bool *wanted)
{
	size_t n = 0, currency = currency_index(c->entity);
	for (size_t i = 0; i < c->entity->nfields; i++) {
		wanted[i] = c->op == 'i' || c->before.values[i].kind != V_NONE || i == currency;
		n += wanted[i];
	}
	return n;
}

/* Takes from a later change what it replaced; how many fields that settles. */
static size_t take_replaced(struct log_change *c, bool *wanted, char op, struct str before,
			    struct arena *a)
{
	struct record was = history_values(c->entity, c->record, before, a);
	size_t n = 0;
	for (size_t i = 0; i < c->entity->nfields; i++) {
		struct value v = was.values[i];
		if (!wanted[i] || (v.kind == V_NONE && op != 'd'))
			continue;
		c->after.values[i] = v.kind == V_NONE ? value_null() : v;
		wanted[i] = false;
		n++;
	}
	return n;
}

static void take_current(struct log *l, struct log_change *c, const bool *wanted, struct arena *a)
{
	struct record now;
	bool found = store_get(l->s, c->entity, c->record, &now, a);
	for (size_t i = 0; i < c->entity->nfields; i++)
		if (wanted[i])
			c->after.values[i] = found ? now.values[i] : value_null();
}

/*
 * A walk from change to change until each field is settled.  No field is looked for
 * beyond the next change that names it, so over a whole history it is one pass a field.
 */
void log_after(struct log *l, struct log_change *c, struct arena *a)
{
	size_t currency = currency_index(c->entity);
	if (c->op != 'd') {
		bool *wanted = arena_new(a, bool, c->entity->nfields);
		size_t left = wanted_fields(c, wanted);
		c->after = record_new(c->entity, a);
		stmt_bind(l->second, 1,
			  &(struct value){ .kind = V_TEXT, .s = str_of(c->entity->name) });
		stmt_bind(l->second, 2, &(struct value){ .kind = V_INT, .i = c->record });
		stmt_bind(l->second, 3, &(struct value){ .kind = V_INT, .i = c->id });
		while (left && stmt_step(l->second)) {
			char op = stmt_value(l->second, 0).s.p[0];
			if (op != 'i')
				left -= take_replaced(c, wanted, op, stmt_value(l->second, 1).s, a);
		}
		stmt_reset(l->second);
		if (left)
			take_current(l, c, wanted, a);
	}
	if (c->op == 'u' && currency < c->entity->nfields &&
	    c->before.values[currency].kind == V_NONE)
		c->before.values[currency] = c->after.values[currency];
	money_scales(&c->before, &l->s->settings);
	money_scales(&c->after, &l->s->settings);
}

int64_t log_newest(struct store *s)
{
	struct arena a = { 0 };
	struct sql q = { .arena = &a };
	sql_add(&q, "select max(id) from change_set");
	int64_t id = db_int(s->db, &q, 0);
	sql_free(&q);
	arena_free(&a);
	return id;
}

/* The same few users come again and again. */
static const struct name *find_name(struct log *l, const struct entity *to, const struct field *key,
				    int64_t id)
{
	struct name *n = &l->names[(uint64_t)id % countof(l->names)];
	if (n->entity == to && n->id == id)
		return n;
	arena_reset(&n->arena);
	struct sql q = { .arena = &n->arena };
	sql_add(&q, "select ");
	sql_column(&q, key);
	sql_add(&q, " from ");
	sql_table(&q, to);
	sql_add(&q, " where id = ");
	sql_int(&q, id);
	n->entity = to;
	n->id = id;
	n->key = store_one(l->s, &q);
	sql_free(&q);
	return n;
}

struct value log_named(struct log *l, const struct field *f, struct value v, struct arena *a)
{
	const struct entity *to =
	    f->type == &type_ref ? schema_entity(&l->s->schema, str_of(f->ref)) : NULL;
	const struct field *key = to ? entity_key(to) : NULL;
	if (!key || v.kind != V_INT)
		return v;
	const struct name *n = find_name(l, to, key, v.i);
	if (n->key.kind != V_TEXT) /* one who has gone: user-7 */
		return v;
	return value_text(arena_str(a, n->key.s));
}

struct str log_plan(struct store *s, const struct log_filter *f, bool changes, struct arena *a)
{
	struct sql q = { .arena = a }, second = { .arena = a };
	(changes ? build_changes : build_sets)(&q, s, f);
	if (changes)
		build_later(&second);
	else
		build_counts(&second);
	struct str plan = db_plan(s->db, &q, a), more = db_plan(s->db, &second, a);
	sql_free(&q);
	sql_free(&second);
	return arena_printf(a, "%.*s%.*s", (int)plan.n, plan.p, (int)more.n, more.p);
}
