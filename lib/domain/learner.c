/* What is learnt from: rows of leads and deals become records of a classifier. */
#include "domain/learner.h"

#include <stdio.h>

#include "core/utf8.h"

/* -- stages -- */

static void add_scope(struct learner *l, const char *key, size_t most)
{
	struct learner_scope *s = &l->scopes[l->nscopes++];
	*s = (struct learner_scope){ .key = key };
	s->stages = arena_new(&l->arena, const char *, most);
	s->numbers = arena_new(&l->arena, uint32_t, most);
}

static void add_stage(struct learner *l, const char *key)
{
	size_t scope = l->nscopes - 1;
	struct learner_scope *s = &l->scopes[scope];
	s->stages[s->n] = key;
	s->numbers[s->n++] =
	    bayes_value(&l->bayes, scope, BAYES_STAGE, str_of(key), str_of(key), true);
}

static bool is_of_deals(const struct learner *l)
{
	return !strcmp(l->context.entity->name, "deal");
}

static void add_statuses(struct learner *l)
{
	const struct picklist *p = schema_picklist(l->context.schema, "lead.status");
	l->scopes = arena_new(&l->arena, struct learner_scope, 1);
	add_scope(l, NULL, p->n);
	for (size_t i = 0; i < p->n; i++)
		if (strcmp(p->picks[i].key, "disqualified") != 0 &&
		    strcmp(p->picks[i].key, "converted") != 0)
			add_stage(l, p->picks[i].key);
}

static void add_pipelines(struct learner *l)
{
	size_t n;
	const struct pipeline *p = schema_pipelines(l->context.schema, &n);
	l->scopes = arena_new(&l->arena, struct learner_scope, n);
	for (size_t i = 0; i < n; i++) {
		add_scope(l, p[i].key, p[i].n);
		for (size_t k = 0; k < p[i].n; k++)
			if (p[i].stages[k].kind == STAGE_OPEN)
				add_stage(l, p[i].stages[k].key);
	}
}

static struct path path_of(const struct learner *l, const char *text)
{
	struct path p;
	struct diag d = { 0 };
	if (!path_parse(str_of(text), l->context.schema, l->context.entity, &p, l->context.arena,
			&d))
		die(STATUS_ENV, "%s: %.*s", text, (int)d.message.n, d.message.p);
	diag_free(&d);
	return p;
}

void learner_open(struct learner *l, struct store *s, const struct entity *e,
		  const struct score_learning *how)
{
	*l = (struct learner){ .store = s, .how = how };
	l->context = (struct query_context){
		.schema = &s->schema,
		.settings = &s->settings,
		.entity = e,
		.arena = &l->arena,
	};
	l->bayes.tags_least = how->tags;
	for (size_t i = 0; i < how->n; i++)
		l->bayes.tags[i + 1] = how->fields[i].tags && !how->fields[i].filled;
	l->team = path_of(l, "owner.team");
	if (is_of_deals(l))
		add_pipelines(l);
	else
		add_statuses(l);
}

void learner_close(struct learner *l)
{
	bayes_free(&l->bayes);
	map_free(&l->teams);
	arena_free(&l->row);
	arena_free(&l->arena);
}

const char *learner_feature(const struct learner *l, size_t feature)
{
	if (feature == BAYES_STAGE)
		return is_of_deals(l) ? "stage" : "status";
	return l->how->fields[feature - 1].name;
}

/* -- rows -- */

enum { COLUMN_ID, COLUMN_STATE, COLUMN_SCOPE, COLUMN_TEAM, COLUMN_FIELDS };

size_t learner_columns(const struct learner *l, struct joins *j, struct sql *q)
{
	const struct entity *e = l->context.entity;
	bool deals = is_of_deals(l);
	sql_add(q, "t0.id, ");
	sql_at(q, 0, entity_field(e, str_of(deals ? "stage" : "status")));
	sql_add(q, ", ");
	sql_at(q, 0, entity_field(e, str_of(deals ? "pipeline" : "disqualified_from")));
	sql_add(q, ", ");
	if (l->how->teams)
		path_sql(&l->team, j, q);
	else
		sql_add(q, "null");
	for (size_t i = 0; i < l->how->n; i++) {
		sql_add(q, ", ");
		path_sql(&l->how->fields[i].path, j, q);
	}
	return COLUMN_FIELDS + l->how->n;
}

static uint32_t team_number(struct learner *l, struct value v, bool make)
{
	int64_t *at;
	if (v.kind != V_TEXT || !v.s.n)
		return BAYES_NO_TEAM;
	at = make ? map_at(&l->teams, v.s) : map_find(&l->teams, v.s);
	if (at && !*at) {
		if (l->nteams + 2 > countof(l->team_names))
			return BAYES_NO_TEAM;
		*at = (int64_t)++l->nteams;
		l->team_names[*at] = arena_str(&l->arena, v.s).p;
	}
	return at ? (uint32_t)*at : BAYES_NO_TEAM;
}

static void add_value(struct learner *l, struct bayes_record *r, size_t feature, struct str text,
		      struct str shown, bool make)
{
	if (r->n < countof(r->values))
		r->values[r->n++] = bayes_value(&l->bayes, r->scope, feature, text, shown, make);
}

/* A field's value; labels one by one. */
static void add_field(struct learner *l, struct bayes_record *r, size_t i, struct value v,
		      bool make)
{
	const struct score_field *f = &l->how->fields[i];
	bool none = v.kind == V_NULL || (v.kind == V_TEXT && !v.s.n);
	struct str text = v.s, label;
	if (f->filled) {
		text = none ? STR("no") : STR("yes");
		add_value(l, r, i + 1, text, text, make);
		return;
	}
	if (none) {
		if (f->empty)
			add_value(l, r, i + 1, STR(""), STR("none"), make);
		return;
	}
	if (v.kind == V_INT)
		text = arena_printf(&l->row, "%lld", (long long)v.i);
	if (f->tags) {
		while (str_cut(&text, ';', &label))
			if (label.n)
				add_value(l, r, i + 1, label, label, make);
		return;
	}
	bool fold = f->path.field->type->compare == COMPARE_TEXT;
	add_value(l, r, i + 1, fold ? utf8_fold(text, &l->row) : text, text, make);
}

static size_t stage_of(const struct learner_scope *s, struct str key, size_t none)
{
	for (size_t i = 0; i < s->n; i++)
		if (str_is(key, s->stages[i]))
			return i;
	return none;
}

/* The open stage that the deal was in last: moves are read along with the deals. */
static size_t last_stage(struct learner *l, const struct learner_scope *s, int64_t deal)
{
	size_t at = 0;
	while (l->moves && l->moved <= deal) {
		for (size_t i = 1; l->moved == deal && i <= 2; i++)
			at = stage_of(s, stmt_value(l->moves, i).s, at);
		l->moved = stmt_step(l->moves) ? stmt_value(l->moves, 0).i : INT64_MAX;
	}
	return at;
}

static bool deal_state(struct learner *l, struct stmt *row, size_t from, struct bayes_record *r)
{
	struct value pipeline = stmt_value(row, from + COLUMN_SCOPE);
	while (r->scope < l->nscopes && !str_is(pipeline.s, l->scopes[r->scope].key))
		r->scope++;
	const struct pipeline *p = schema_pipeline(l->context.schema, pipeline.s);
	const struct stage *t =
	    p ? pipeline_stage(p, stmt_value(row, from + COLUMN_STATE).s) : NULL;
	if (r->scope == l->nscopes || !t)
		return false;
	const struct learner_scope *s = &l->scopes[r->scope];
	r->won = t->kind == STAGE_WON;
	r->lost = t->kind == STAGE_LOST;
	r->stage =
	    r->lost ? last_stage(l, s, stmt_value(row, from).i) : stage_of(s, str_of(t->key), 0);
	return true;
}

static void lead_state(const struct learner *l, struct stmt *row, size_t from,
		       struct bayes_record *r)
{
	struct value state = stmt_value(row, from + COLUMN_STATE);
	r->won = str_is(state.s, "converted");
	r->lost = str_is(state.s, "disqualified");
	if (r->lost)
		state = stmt_value(row, from + COLUMN_SCOPE);
	r->stage = stage_of(l->scopes, state.s, 0);
}

bool learner_record(struct learner *l, struct stmt *row, size_t from, bool make,
		    struct bayes_record *r)
{
	r->scope = r->n = 0;
	r->won = r->lost = false;
	if (!is_of_deals(l))
		lead_state(l, row, from, r);
	else if (!deal_state(l, row, from, r))
		return false;
	r->stages = l->scopes[r->scope].numbers;
	r->nstages = l->scopes[r->scope].n;
	r->team = team_number(l, stmt_value(row, from + COLUMN_TEAM), make);
	for (size_t i = 0; i < l->how->n; i++)
		add_field(l, r, i, stmt_value(row, from + COLUMN_FIELDS + i), make);
	arena_reset(&l->row);
	return true;
}

/* -- history -- */

struct node *learner_where(const struct query_context *q, const char *text)
{
	struct diag d = { 0 };
	struct node *n = where_parse(str_of(text), q, &d);
	if (!n)
		die(STATUS_ENV, "%s: %.*s", text, (int)d.message.n, d.message.p);
	diag_free(&d);
	return n;
}

static struct stmt *open_history(struct learner *l)
{
	struct sql q = { .arena = &l->arena }, where = { .arena = &l->arena };
	struct joins j = { .arena = &l->arena, .schema = l->context.schema };
	struct node *n =
	    learner_where(&l->context, is_of_deals(l) ? "closed_at is not null"
						      : "status in (converted, disqualified)");
	if (l->how->from != INT64_MIN) {
		struct str day = instant_print(l->how->from, &l->arena);
		const char *text = arena_printf(&l->arena, "created_at >= '%s'", day.p).p;
		n = node_and(n, learner_where(&l->context, text), &l->arena);
	}
	sql_add(&q, "select ");
	learner_columns(l, &j, &q);
	sql_add(&q, " from ");
	sql_table(&q, l->context.entity);
	sql_add(&q, " t0");
	node_sql(n, &l->context, &j, &where);
	joins_sql(&j, &q);
	sql_add(&q, " where ");
	sql_append(&q, &where);
	sql_add(&q, " order by t0.id");
	struct stmt *rows = db_query(l->store->db, &q);
	sql_free(&where);
	sql_free(&q);
	return rows;
}

static struct stmt *open_moves(struct learner *l)
{
	struct sql q = { .arena = &l->arena };
	sql_add(&q, "select deal, from_stage, stage from ");
	sql_table(&q, schema_entity(l->context.schema, STR("stage_change")));
	sql_add(&q, " order by deal, at, id");
	struct stmt *rows = db_query(l->store->db, &q);
	sql_free(&q);
	return rows;
}

void learner_history(struct learner *l, bool make,
		     void (*visit)(struct learner *, const struct bayes_record *, void *),
		     void *ctx)
{
	struct stmt *rows = open_history(l);
	struct bayes_record r;
	l->moves = is_of_deals(l) ? open_moves(l) : NULL;
	l->moved = 0;
	while (stmt_step(rows))
		if (learner_record(l, rows, 0, make, &r))
			visit(l, &r, ctx);
	stmt_close(rows);
	if (l->moves)
		stmt_close(l->moves);
	l->moves = NULL;
}

static void count(struct learner *l, const struct bayes_record *r, void *ctx)
{
	(void)ctx;
	bayes_count(&l->bayes, r, 1);
	l->won += r->won;
	l->lost += r->lost;
}

void learner_learn(struct learner *l)
{
	learner_history(l, true, count, NULL);
}
