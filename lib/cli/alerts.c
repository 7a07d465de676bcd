/* What crm-alert is asked, and what it prints. */
#include "cli/alerts.h"

#include <stdlib.h>

#include "cli/alerts_rows.h"
#include "cli/writes.h"
#include "core/temporary.h"

const struct option_def alert_options[] = {
	{ "new", 0, OPTION_FLAG, NULL, "only what is new or worse since they were raised last",
	  NULL },
	{ "limit", 'l', OPTION_INT, "N", "the N most valuable", NULL },
	{ 0 },
};

/* -- what is asked -- */

struct question {
	struct crm *crm;
	struct alerts_asked asked;
	struct query_context context;
	struct alert_scope scopes[ALERT_SUBJECTS];
	bool named; /* kinds were */
	char **terms;
	int nterms;
	const struct entity *only; /* records of that type were named; NULL: none were */
	int64_t *ids;
	size_t nids;
};

static size_t kind_named(const char *word)
{
	size_t k = 0;
	while (k < ALERT_KINDS && strcmp(word, alert_kinds[k].key))
		k++;
	return k;
}

static _Noreturn void no_such_kind(struct crm *crm, const char *word)
{
	const char *names[ALERT_KINDS];
	for (size_t k = 0; k < ALERT_KINDS; k++)
		names[k] = alert_kinds[k].key;
	const char *near = nearest(str_of(word), names, ALERT_KINDS);
	usage(crm, "%s is no kind of alert, record or term%s%s%s",
	      quoted(str_of(word), &crm->arena), near ? "; did you mean " : "", near ? near : "",
	      near ? "?" : "");
}

/* Kinds, records of one type, and terms. */
static void sort_operands(struct question *q, int argc, char **argv)
{
	struct crm *crm = q->crm;
	const struct entity *e;
	int64_t id;
	q->terms = arena_new(&crm->arena, char *, (size_t)argc + 1);
	q->ids = arena_new(&crm->arena, int64_t, (size_t)argc + 1);
	for (int i = 0; i < argc; i++) {
		size_t k = kind_named(argv[i]);
		if (k < ALERT_KINDS) {
			q->asked.kinds[k] = q->named = true;
		} else if (ref_parse(&crm->store->schema, str_of(argv[i]), &e, &id)) {
			if (q->only && q->only != e)
				usage(crm, "records of one type at a time");
			q->only = e;
			q->ids[q->nids++] = id;
		} else if (strchr(argv[i], ':')) {
			q->terms[q->nterms++] = argv[i];
		} else {
			no_such_kind(crm, argv[i]);
		}
	}
	for (size_t k = 0; k < ALERT_KINDS && !q->named; k++)
		q->asked.kinds[k] = true;
}

/* False with d: the record type knows nothing of what is asked. */
static bool narrow(struct question *q, const struct entity *e, struct node **where, struct diag *d)
{
	struct crm *crm = q->crm;
	struct query_context *c = arena_new(&crm->arena, struct query_context, 1);
	struct node *one;
	*c = query_context(crm, e);
	*where = q->only ? node_refs(e, q->ids, q->nids, &crm->arena) : NULL;
	for (int i = 0; i < q->nterms; i++) {
		if (!(one = term_parse(str_of(q->terms[i]), c, false, d)))
			return false;
		*where = node_and(*where, one, &crm->arena);
	}
	for (size_t i = 0; i < crm->nvalues; i++) {
		const struct option_value *v = &crm->values[i];
		if (strcmp(v->def->name, "where"))
			continue;
		if (!(one = where_parse(str_of(v->text), c, d)))
			return false;
		*where = node_and(*where, one, &crm->arena);
	}
	return true;
}

/* Whether a kind that is asked for may be about records of that type. */
static bool is_about(const struct question *q, const char *type)
{
	struct str rest, one;
	for (size_t k = 0; k < ALERT_KINDS; k++) {
		rest = str_of(alert_kinds[k].of);
		while (q->asked.kinds[k] && str_cut(&rest, ' ', &one))
			if (str_is(one, type))
				return true;
	}
	return false;
}

/* Each record type has fields of its own: what none of them knows is wrong. */
static void read_scopes(struct question *q)
{
	struct crm *crm = q->crm;
	struct diag d = { 0 };
	for (size_t i = 0; i < ALERT_SUBJECTS; i++) {
		const struct entity *e = store_entity(crm->store, alert_subject_types[i]);
		struct node *where;
		if (!is_about(q, alert_subject_types[i]) || (q->only && q->only != e))
			continue;
		if (narrow(q, e, &where, crm->diag.message.n ? &d : &crm->diag))
			q->scopes[q->asked.nscopes++] = (struct alert_scope){ e, where };
	}
	diag_free(&d);
	if (!q->asked.nscopes && crm->diag.message.n)
		refuse(crm, STATUS_USAGE);
	diag_clear(&crm->diag);
	crm->diag.source = (struct str){ 0 };
	crm->diag.line = crm->diag.column = 0;
	if (!q->asked.nscopes)
		usage(crm, "no alert is about a %s", q->only ? q->only->name : "record");
	for (size_t i = 0; i < q->nids; i++)
		if (!store_exists(crm->store, q->only, q->ids[i]))
			die(STATUS_REFUSED, "there is no %s",
			    ref_print(q->only, q->ids[i], &crm->arena).p);
}

static void read_question(struct crm *crm, int argc, char **argv, struct question *q)
{
	*q = (struct question){ .crm = crm, .context = query_context(crm, NULL) };
	q->asked.context = &q->context;
	q->asked.now = store_instant(crm->store);
	q->asked.scopes = q->scopes;
	sort_operands(q, argc, argv);
	read_scopes(q);
}

/* -- the answer -- */

static void find(const struct question *q, struct alert_list *l)
{
	struct crm *crm = q->crm;
	db_begin_read(crm->store->db);
	if (!alerts_find(crm->store, &q->asked, l, &crm->diag))
		refuse(crm, STATUS_REFUSED);
	db_commit(crm->store->db);
}

static enum wrote put(void *ctx, struct record *r, struct arena *a, struct diag *d)
{
	return writes_put(ctx, r, 0, a, d);
}

/* What holds no longer is forgotten for everybody who may be told. */
static bool forget(void *ctx, const struct entity *e, int64_t id, struct arena *a, struct diag *d)
{
	struct writes *w = ctx;
	store_follow_begin(w->crm->store);
	bool ok = writes_remove(w, &(struct target){ e, id }, a, d);
	store_follow_end(w->crm->store);
	return ok;
}

static void keep_those(const struct writes *w, struct alert_list *l)
{
	int64_t *ids = arena_new(&w->crm->arena, int64_t, w->n + 1);
	for (size_t i = 0; i < w->n; i++)
		ids[i] = w->items[i].id;
	alerts_again(w->crm->store, ids, w->n, l);
}

/* Found before the lock is taken; what is new of it is decided behind it. */
static int print_news(struct question *q, size_t limit)
{
	struct crm *crm = q->crm;
	struct alert_list l;
	struct writes w;
	const struct alert_memory memory = { put, forget, &w, limit };
	if (option(crm, "as-of"))
		usage(crm, "--new is about now, not --as-of");
	crm->again = crm->entity;
	crm->entity = NULL; /* what is printed has columns of its own */
	find(q, &l);
	if (!writes_begin(&w, crm))
		keep_those(&w, &l);
	else if (!alerts_remember(crm->store, &q->asked, &l, &memory, &crm->diag))
		complain(crm, &crm->diag);
	if (!option_on(crm, "quiet")) {
		w.shown = temporary_nameless();
		alerts_rows(crm, w.shown, &q->asked, &l);
	}
	int status = writes_end(&w);
	alerts_free(&l);
	return status;
}

int alerts_print(struct crm *crm, int argc, char **argv)
{
	struct question *q = arena_new(&crm->arena, struct question, 1);
	struct alert_list l;
	int64_t most = option_int(crm, "limit", -1);
	size_t limit = most < 0 ? SIZE_MAX : (size_t)most;
	read_question(crm, argc, argv, q);
	if (option_on(crm, "new"))
		return print_news(q, limit);
	find(q, &l);
	l.n = l.n < limit ? l.n : limit;
	if (!option_on(crm, "quiet"))
		alerts_rows(crm, stdout, &q->asked, &l);
	alerts_free(&l);
	return STATUS_OK;
}
