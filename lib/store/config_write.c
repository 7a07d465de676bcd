/* Writes settings, picklists and pipelines; the shipped ones where there are none. */
#include "store/configure.h"
#include "store/internal.h"

void store_set(struct store *s, const char *key, const char *value)
{
	struct sql q = { .arena = &s->arena };
	sql_add(&q, "insert into setting (key, value) values (");
	sql_text(&q, str_of(key));
	sql_add(&q, ", ");
	sql_text(&q, str_of(value));
	sql_add(&q, ") on conflict (key) do update set value = excluded.value");
	db_run(s->db, &q);
	sql_free(&q);
}

void store_count_on(struct store *s, const char *key)
{
	store_set(s, key, arena_printf(&s->arena, "%lld", (long long)store_serial(s, key) + 1).p);
}

const char *store_setting(struct store *s, const char *key, struct arena *a)
{
	struct sql q = { .arena = a };
	sql_add(&q, "select value from setting where key = ");
	sql_text(&q, str_of(key));
	struct value v = store_one(s, &q);
	sql_free(&q);
	return v.kind == V_TEXT ? v.s.p : NULL;
}

/* "a, b, c", as parameters; NULL: null. */
static void add_texts(struct sql *q, const char *const *texts, size_t n)
{
	for (size_t i = 0; i < n; i++) {
		if (i)
			sql_add(q, ", ");
		sql_param(q, texts[i] ? value_text(str_of(texts[i])) : value_null());
	}
}

static void run(struct store *s, struct sql *q)
{
	db_run(s->db, q);
	sql_free(q);
}

/* A statement of literals, a text behind each. */
static void run_with(struct store *s, struct arena *a, const char *const *parts,
		     const char *const *texts, size_t n)
{
	struct sql q = { .arena = a };
	for (size_t i = 0; i < n; i++) {
		sql_add_literal(&q, parts[i]);
		sql_text(&q, str_of(texts[i]));
	}
	run(s, &q);
}

const char **store_picklists(struct store *s, size_t *n, struct arena *a)
{
	struct sql q = { .arena = a };
	sql_add(&q, "select count(distinct list) from picklist");
	size_t room = (size_t)db_int(s->db, &q, 0);
	sql_free(&q);
	const char **names = arena_new(a, const char *, room + 1);
	q = (struct sql){ .arena = a };
	sql_add(&q, "select distinct list from picklist order by list");
	struct stmt *rows = db_query(s->db, &q);
	size_t have = 0;
	while (have < room && stmt_step(rows))
		names[have++] = arena_str(a, stmt_value(rows, 0).s).p;
	stmt_close(rows);
	sql_free(&q);
	const struct picklist *l;
	*n = 0;
	for (size_t i = 0; (l = default_picklist_at(i)); i++) /* to the front, in their order */
		for (size_t j = *n; j < have; j++)
			if (!strcmp(names[j], l->name)) {
				const char *name = names[j];
				memmove(names + *n + 1, names + *n, (j - *n) * sizeof *names);
				names[(*n)++] = name;
			}
	*n = have;
	return names;
}

void store_put_pick(struct store *s, const char *list, size_t pos, const struct pick *p)
{
	struct arena a = { 0 };
	struct sql q = { .arena = &a };
	sql_add(&q, "insert into picklist (pos, retired, list, key, en, vi) values (");
	sql_int(&q, (int64_t)pos);
	sql_add(&q, ", ");
	sql_int(&q, p->retired);
	sql_add(&q, ", ");
	add_texts(&q, (const char *[]){ list, p->key, p->en, p->vi }, 4);
	sql_add(&q, ") on conflict (list, key) do update set pos = excluded.pos,"
		    " retired = excluded.retired, en = excluded.en, vi = excluded.vi");
	run(s, &q);
	arena_free(&a);
}

void store_rename_pick(struct store *s, const char *list, const char *was, const char *now)
{
	struct arena a = { 0 };
	if (now)
		run_with(s, &a,
			 (const char *[]){
			     "update picklist set key = ", " where list = ", " and key = " },
			 (const char *[]){ now, list, was }, 3);
	else
		run_with(s, &a,
			 (const char *[]){ "delete from picklist where list = ", " and key = " },
			 (const char *[]){ list, was }, 2);
	arena_free(&a);
}

void store_put_pipeline(struct store *s, size_t pos, const struct pipeline *p)
{
	struct arena a = { 0 };
	struct sql q = { .arena = &a };
	sql_add(&q, "insert into pipeline (pos, strict, retired, key, en, vi) values (");
	sql_int(&q, (int64_t)pos);
	sql_add(&q, ", ");
	sql_int(&q, p->strict);
	sql_add(&q, ", ");
	sql_int(&q, p->retired);
	sql_add(&q, ", ");
	add_texts(&q, (const char *[]){ p->key, p->en, p->vi }, 3);
	sql_add(&q, ") on conflict (key) do update set pos = excluded.pos,"
		    " strict = excluded.strict, retired = excluded.retired, en = excluded.en,"
		    " vi = excluded.vi");
	run(s, &q);
	arena_free(&a);
}

/* Stages name their pipeline: a renamed one is made, takes them over, and the old one goes. */
void store_rename_pipeline(struct store *s, const char *was, const char *now)
{
	struct arena a = { 0 };
	if (now) {
		run_with(
		    s, &a,
		    (const char *[]){ "insert into pipeline (key, pos, en, vi, strict, retired)"
				      " select ",
				      ", pos, en, vi, strict, retired from pipeline"
				      " where key = " },
		    (const char *[]){ now, was }, 2);
		run_with(s, &a,
			 (const char *[]){ "update stage set pipeline = ", " where pipeline = " },
			 (const char *[]){ now, was }, 2);
	} else {
		run_with(s, &a, (const char *[]){ "delete from stage where pipeline = " },
			 (const char *[]){ was }, 1);
	}
	run_with(s, &a, (const char *[]){ "delete from pipeline where key = " },
		 (const char *[]){ was }, 1);
	arena_free(&a);
}

void store_put_stage(struct store *s, const char *pipeline, size_t pos, const struct stage *t,
		     bool retired)
{
	static const char *const kinds[] = { "open", "won", "lost" };
	struct arena a = { 0 };
	struct sql q = { .arena = &a };
	const int64_t numbers[] = { (int64_t)pos, t->probability, t->stale_days, retired };
	sql_add(&q, "insert into stage (pos, probability, stale_days, retired,"
		    " pipeline, key, en, vi, kind, require, activities) values (");
	for (size_t i = 0; i < countof(numbers); i++) {
		sql_int(&q, numbers[i]);
		sql_add(&q, ", ");
	}
	add_texts(&q,
		  (const char *[]){ pipeline, t->key, t->en, t->vi, kinds[t->kind], t->require,
				    t->activities },
		  7);
	sql_add(&q, ") on conflict (pipeline, key) do update set pos = excluded.pos,"
		    " probability = excluded.probability, stale_days = excluded.stale_days,"
		    " retired = excluded.retired, en = excluded.en, vi = excluded.vi,"
		    " kind = excluded.kind, require = excluded.require,"
		    " activities = excluded.activities");
	run(s, &q);
	arena_free(&a);
}

void store_rename_stage(struct store *s, const char *pipeline, const char *was, const char *now)
{
	struct arena a = { 0 };
	if (now)
		run_with(s, &a,
			 (const char *[]){
			     "update stage set key = ", " where pipeline = ", " and key = " },
			 (const char *[]){ now, pipeline, was }, 3);
	else
		run_with(s, &a,
			 (const char *[]){ "delete from stage where pipeline = ", " and key = " },
			 (const char *[]){ pipeline, was }, 2);
	arena_free(&a);
}

static bool is_empty(struct store *s, const char *list)
{
	struct arena a = { 0 };
	struct sql q = { .arena = &a };
	sql_add(&q, "select count(*) from (select 1");
	sql_add(&q, " from picklist where list = ");
	sql_text(&q, str_of(list));
	sql_add(&q, " limit 1) one");
	bool empty = db_int(s->db, &q, 0) == 0;
	sql_free(&q);
	arena_free(&a);
	return empty;
}

static bool has_pick(struct store *s, const char *list, const char *key)
{
	struct arena a = { 0 };
	struct sql q = { .arena = &a };
	sql_add(&q, "select count(*) from picklist where list = ");
	sql_text(&q, str_of(list));
	sql_add(&q, " and key = ");
	sql_text(&q, str_of(key));
	bool has = db_int(s->db, &q, 0) != 0;
	sql_free(&q);
	arena_free(&a);
	return has;
}

/*
 * What somebody has configured stays so when a newer version comes: a list that has
 * values gets only those that the code itself asks for.
 */
static void add_picks(struct store *s, const struct picklist *l)
{
	bool empty = is_empty(s, l->name), all = l->fixed && !strcmp(l->fixed, "*");
	for (size_t i = 0; i < l->n && (empty || all); i++)
		if (empty || !has_pick(s, l->name, l->picks[i].key))
			store_put_pick(s, l->name, i, &l->picks[i]);
}

void config_defaults(struct store *s)
{
	struct sql q = { .arena = &s->arena };
	sql_add(&q, "select count(*) from pipeline");
	bool fresh = db_int(s->db, &q, 0) == 0;
	sql_free(&q);
	const struct picklist *l;
	for (size_t i = 0; (l = default_picklist_at(i)); i++)
		add_picks(s, l);
	for (size_t i = 0; fresh && i < ndefault_pipelines; i++) {
		const struct pipeline *p = &default_pipelines[i];
		store_put_pipeline(s, i, p);
		for (size_t j = 0; j < p->n; j++)
			store_put_stage(s, p->key, j, &p->stages[j], false);
	}
	service_defaults(s);
	roles_defaults(s);
}
