/* Which change sets can be undone, by whom, and which of them stand. */
#include "store/undo_impl.h"

/* crm-init's first one made the database: there is nothing before it. */
#define FIRST_PROGRAM "crm-init"

int64_t undo_newest(struct store *s)
{
	struct arena a = { 0 };
	struct sql q = { .arena = &a };
	sql_add(&q, "select id from change_set where undone_by is null and undoes is null"
		    " and login = ");
	sql_text(&q, s->settings.login);
	sql_add(&q, " and program <> '" FIRST_PROGRAM "' order by id desc limit 1");
	int64_t id = store_one(s, &q).i;
	sql_free(&q);
	arena_free(&a);
	return id;
}

/* Not those of a type that this version does not know; the configuration is an admin's. */
static bool check_types(struct store *s, int64_t set, struct diag *d)
{
	struct arena a = { 0 };
	struct sql q = { .arena = &a };
	bool ok = true;
	sql_add(&q, "select distinct entity from main.change where change_set = ");
	sql_int(&q, set);
	struct stmt *rows = db_query(s->db, &q);
	while (ok && stmt_step(rows)) {
		struct str name = stmt_value(rows, 0).s;
		if (str_is(name, "config"))
			ok = access_require(s, RIGHT_ADMIN, d);
		else if (!schema_entity(&s->schema, name))
			ok = diag_set(d, NULL, "it changed records of a type that is unknown: %s",
				      quoted(name, &d->arena));
	}
	stmt_close(rows);
	sql_free(&q);
	arena_free(&a);
	return ok;
}

static bool check_set(struct store *s, struct stmt *row, int64_t set, struct diag *d)
{
	int64_t by = stmt_value(row, 0).i;
	if (by)
		return diag_set(d, NULL, "change set %lld undid it already", (long long)by);
	if (str_is(stmt_value(row, 2).s, FIRST_PROGRAM))
		return diag_set(d, NULL, "it made the database; there is nothing before it");
	return access_undo(s, stmt_value(row, 1).i, d) && check_types(s, set, d);
}

bool undo_find(struct store *s, int64_t set, struct diag *d)
{
	struct arena a = { 0 };
	struct sql q = { .arena = &a };
	sql_add(&q, "select undone_by, \"user\", program from change_set where id = ");
	sql_int(&q, set);
	struct stmt *row = db_query(s->db, &q);
	bool ok = stmt_step(row) ? check_set(s, row, set, d)
				 : diag_set(d, NULL, "there is no such change set");
	stmt_close(row);
	sql_free(&q);
	arena_free(&a);
	return ok;
}

static int64_t one(struct store *s, struct sql *q)
{
	struct value v = store_one(s, q);
	sql_free(q);
	return v.kind == V_INT ? v.i : 0;
}

/* Another one that stands has the key of a set that is to stand again. */
static bool check_key(struct undo *u, int64_t set)
{
	struct sql q = { .arena = &u->arena };
	sql_add(&q, "select o.id from change_set s join change_set o on o.program = s.program"
		    " and o.once = s.once and o.undone_by is null and o.id <> s.id where s.id = ");
	sql_int(&q, set);
	int64_t other = one(u->s, &q);
	if (!other)
		return true;
	u->d.source = (struct str){ 0 };
	diag_set(&u->d, NULL,
		 "change set %lld cannot stand again: change set %lld did the same under its key",
		 (long long)set, (long long)other);
	u->job->obstacle(u->job->ctx, &u->d);
	return false;
}

static void set_number(struct undo *u, bool undone_by, int64_t set, int64_t n)
{
	struct sql q = { .arena = &u->arena };
	if (undone_by)
		sql_add(&q, "update change_set set undone_by = ");
	else
		sql_add(&q, "update change_set set undoes = ");
	sql_param(&q, n ? value_int(n) : value_null());
	sql_add(&q, " where id = ");
	sql_int(&q, set);
	db_run(u->s->db, &q);
	sql_free(&q);
}

/* An undo that is undone lets stand again what it had undone, and so on up. */
void undo_mark(struct undo *u, int64_t set, int64_t by)
{
	set_number(u, false, by, set);
	while (set) {
		if (!by && !check_key(u, set))
			return;
		set_number(u, true, set, by);
		struct sql q = { .arena = &u->arena };
		sql_add(&q, "select undoes from change_set where id = ");
		sql_int(&q, set);
		by = by ? 0 : set;
		set = one(u->s, &q);
	}
}

void undo_mark_part(struct undo *u)
{
	struct sql q = { .arena = &u->arena };
	sql_add(&q, "insert into undone_part (change_set, undoes, first, last) values (");
	sql_int(&q, u->by);
	sql_add(&q, ", ");
	sql_int(&q, u->job->set);
	sql_add(&q, ", ");
	sql_int(&q, u->first);
	sql_add(&q, ", ");
	sql_int(&q, u->last);
	sql_add(&q, ")");
	db_run(u->s->db, &q);
	sql_free(&q);
}
