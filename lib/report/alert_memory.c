/* Alerts that were raised: the record type alert. */
#include <stdlib.h>

#include "core/map.h"
#include "report/alert.h"
#include "report/study.h"
#include "schema/check.h"

struct remembered {
	int64_t id;
	const struct entity *entity; /* what it is about */
	int64_t about;
	enum alert_number kind;
	int severity;
	bool holds;
};

struct memory {
	struct store *store;
	const struct alerts_asked *asked;
	const struct alert_memory *m;
	const struct entity *entity; /* alert */
	struct remembered *list;
	size_t n, room;
	struct map at; /* kind, record and topic → number + 1 */
	struct arena arena, row;
	struct diag *diag;
};

static int severity_of(struct str key)
{
	static const char *const keys[] = { "low", "normal", "high", "urgent" };
	int i = 0;
	while (i + 1 < (int)countof(keys) && !str_is(key, keys[i]))
		i++;
	return i;
}

static struct str key_of(struct arena *a, const char *kind, struct str subject, struct str topic)
{
	return arena_printf(a, "%s %.*s %.*s", kind, (int)subject.n, subject.p, (int)topic.n,
			    topic.p);
}

static void add(struct memory *m, struct stmt *rows)
{
	struct remembered r = { .id = stmt_value(rows, 0).i,
				.severity = severity_of(stmt_value(rows, 2).s) };
	struct value kind = stmt_value(rows, 1), topic = stmt_value(rows, 3);
	while (r.kind < ALERT_KINDS && !str_is(kind.s, alert_kinds[r.kind].key))
		r.kind++;
	for (size_t i = 0; i < ALERT_SUBJECTS; i++) {
		struct value v = stmt_value(rows, 4 + i);
		if (v.kind != V_INT)
			continue;
		r.entity = schema_entity(&m->store->schema, str_of(alert_subject_types[i]));
		r.about = v.i;
	}
	if (!r.entity || r.kind == ALERT_KINDS)
		return;
	struct str text = topic.kind == V_TEXT ? topic.s : STR("");
	struct str key =
	    key_of(&m->row, alert_kinds[r.kind].key, ref_print(r.entity, r.about, &m->row), text);
	m->list = xgrow(m->list, m->n, &m->room, sizeof *m->list);
	m->list[m->n++] = r;
	*map_at(&m->at, key) = (int64_t)m->n;
	arena_reset(&m->row);
}

/* What the acting user was told: others, who may read other records, have news of their own. */
static void recall(struct memory *m)
{
	struct sql q = { .arena = &m->arena };
	sql_add(&q, "select id, kind, severity, topic, account, contact, deal, \"user\", team,"
		    " product from alert where coalesce(created_by, 0) = ");
	sql_int(&q, m->store->settings.user);
	sql_add(&q, " order by id");
	struct stmt *rows = db_query(m->store->db, &q);
	while (stmt_step(rows))
		add(m, rows);
	stmt_close(rows);
	sql_free(&q);
}

static struct remembered *find(struct memory *m, const struct alert *a)
{
	struct str key = key_of(&m->row, alert_kinds[a->kind].key,
				ref_print(a->entity, a->id, &m->row), a->topic);
	const int64_t *number = map_find(&m->at, key);
	return number ? &m->list[*number - 1] : NULL;
}

/* What is new of it, or worse. */
static bool put(struct memory *m, const struct alert *a, int64_t id)
{
	struct record r = record_new(m->entity, &m->row);
	struct str severity = str_of(alert_severity(a->score));
	r.id = id;
	*record_get(&r, "kind") = value_text(str_of(alert_kinds[a->kind].key));
	*record_get(&r, a->entity->name) = value_int(a->id);
	*record_get(&r, "severity") = value_text(severity);
	if (a->topic.n)
		*record_get(&r, "topic") = value_text(a->topic);
	*record_get(&r, "value") = a->valued ? study_money(a->value, a->currency) : value_null();
	*record_get(&r, "currency") = a->valued ? value_text(a->currency) : value_null();
	*record_get(&r, "evidence") = value_text(a->evidence);
	*record_get(&r, "raised_at") = value_text(instant_print(m->asked->now, &m->row));
	return m->m->put(m->m->ctx, &r, &m->row, m->diag) != WROTE_NOTHING;
}

/* New, or worse by a severity than when it was raised last. */
static bool is_news(const struct alert *a, const struct remembered *r)
{
	return !r || severity_of(str_of(alert_severity(a->score))) > r->severity;
}

/* The ids that are asked for of that type, sorted; NULL: all of them. */
static int64_t *asked_ids(struct memory *m, const struct alert_scope *scope, size_t *n)
{
	struct query_context q = *m->asked->context;
	struct select what = { .context = &q, .where = scope->where, .limit = -1 };
	q.entity = scope->entity;
	q.aliases = NULL;
	return scope->where ? select_ids(m->store, &what, n, &m->arena) : NULL;
}

static bool forget(struct memory *m, const struct alert_scope *scope)
{
	size_t n = 0;
	const int64_t *ids = asked_ids(m, scope, &n);
	bool ok = true;
	for (size_t i = 0; ok && i < m->n; i++) {
		const struct remembered *r = &m->list[i];
		if (r->holds || r->entity != scope->entity || !m->asked->kinds[r->kind] ||
		    (scope->where && (!n || !bsearch(&r->about, ids, n, sizeof *ids, int64_cmp))))
			continue;
		ok = m->m->remove(m->m->ctx, m->entity, r->id, &m->row, m->diag);
		arena_reset(&m->row);
	}
	return ok;
}

static struct memory open_memory(struct store *s)
{
	struct memory m = { .store = s };
	m.entity = schema_entity(&s->schema, STR("alert"));
	return m;
}

static void close_memory(struct memory *m)
{
	free(m->list);
	map_free(&m->at);
	arena_free(&m->row);
	arena_free(&m->arena);
}

bool alerts_remember(struct store *s, const struct alerts_asked *asked, struct alert_list *l,
		     const struct alert_memory *what, struct diag *d)
{
	struct memory m = open_memory(s);
	size_t kept = 0;
	bool ok = true;
	m.asked = asked;
	m.m = what;
	m.diag = d;
	recall(&m);
	for (size_t i = 0; ok && i < l->n; i++) {
		const struct alert *a = &l->all[i];
		struct remembered *r = find(&m, a);
		if (r)
			r->holds = true;
		if (kept < what->limit && is_news(a, r) && store_exists(s, a->entity, a->id)) {
			ok = put(&m, a, r ? r->id : 0);
			l->all[kept++] = *a;
		}
		arena_reset(&m.row);
	}
	l->n = kept;
	for (size_t i = 0; ok && i < asked->nscopes; i++)
		ok = forget(&m, &asked->scopes[i]);
	close_memory(&m);
	return ok;
}

void alerts_again(struct store *s, const int64_t *ids, size_t n, struct alert_list *l)
{
	struct memory m = open_memory(s);
	size_t kept = 0;
	recall(&m);
	for (size_t i = 0; i < l->n; i++) {
		const struct remembered *r = find(&m, &l->all[i]);
		bool again = false;
		for (size_t k = 0; r && k < n && !again; k++)
			again = ids[k] == r->id;
		if (again)
			l->all[kept++] = l->all[i];
		arena_reset(&m.row);
	}
	l->n = kept;
	close_memory(&m);
}
