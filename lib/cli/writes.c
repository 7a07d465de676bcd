/* A writing command from lock to print. */
#include "cli/writes.h"

#include <stdio.h>
#include <stdlib.h>

#include "cli/rows.h"
#include "core/temporary.h"
#include "schema/line.h"

void writes_lock(struct crm *crm)
{
	struct change_info info = { program_name, crm->line, option(crm, "reason"),
				    option(crm, "once") };
	store_begin(crm->store, &info, lock_wait(crm));
}

void writes_add(struct writes *w, const struct entity *e, int64_t id)
{
	if (option_on(w->crm, "quiet")) /* nothing will be printed */
		return;
	w->items = xgrow(w->items, w->n, &w->room, sizeof *w->items);
	w->items[w->n++] = (struct target){ e, id };
}

/* The records that a change set made or changed, in the order in which it did. */
static void add_change_set(struct writes *w, int64_t change_set)
{
	struct store *s = w->crm->store;
	struct sql q = { .arena = &w->crm->arena };
	sql_add(&q, "select entity, record from change where change_set = ");
	sql_int(&q, change_set);
	sql_add(&q, " and op <> 'd' group by entity, record order by min(id)");
	struct stmt *rows = db_query(s->db, &q);
	while (stmt_step(rows)) {
		const struct entity *e = schema_entity(&s->schema, stmt_value(rows, 0).s);
		if (e && e == (w->crm->again ? w->crm->again : w->crm->entity))
			writes_add(w, e, stmt_value(rows, 1).i);
	}
	stmt_close(rows);
	sql_free(&q);
}

static void check_fields(struct crm *crm, const struct entity *e)
{
	if (!option(crm, "fields") || option_on(crm, "quiet"))
		return;
	struct query_context q = query_context(crm, e);
	struct path *paths;
	size_t n;
	chosen_fields(crm, &q, writer_options(crm, stdout).format, &paths, &n);
}

bool writes_begin(struct writes *w, struct crm *crm)
{
	const char *once = option(crm, "once");
	if (crm->printed || crm->entity)
		check_fields(crm, crm->printed ? crm->printed : crm->entity);
	*w = (struct writes){ .crm = crm };
	writes_lock(crm);
	int64_t before = once ? store_once(crm->store, program_name, once) : 0;
	if (before)
		add_change_set(w, before);
	return !before;
}

/* Whom --if-rev is about: of a line, what it is a line of.  r: what is to be written, or NULL. */
static struct target rev_of(struct writes *w, const struct entity *e, int64_t id,
			    const struct record *r, struct arena *a)
{
	const struct entity *whole = line_whole(&w->crm->store->schema, e);
	struct record old;
	if (!whole)
		return (struct target){ e, id };
	if (id)
		r = store_get(w->crm->store, e, id, &old, a) ? &old : NULL;
	return (struct target){ whole, r ? record_at(r, whole->name)->i : 0 };
}

/* Each is looked at once: what this run writes itself is not somebody else's change. */
static bool check_rev(struct writes *w, const struct entity *e, int64_t id, const struct record *r,
		      struct arena *a, struct diag *d)
{
	int64_t wanted = option_int(w->crm, "if-rev", -1);
	struct record old;
	if (wanted < 0)
		return true;
	struct target of = rev_of(w, e, id, r, a);
	struct str key = ref_print(of.entity, of.id, a);
	if (map_find(&w->seen, key) || !store_get(w->crm->store, of.entity, of.id, &old, a))
		return true;
	int64_t rev = record_at(&old, "rev")->i;
	*map_at(&w->seen, key) = 1;
	if (of.entity == e && of.id == id) /* whoever reports it names the record */
		key = (struct str){ "", 0 };
	return rev == wanted || diag_set(d, NULL, "%s%swas changed meanwhile: its rev is %lld",
					 key.p, key.n ? " " : "", (long long)rev);
}

bool writes_rev(struct writes *w, const struct target *t, struct arena *a, struct diag *d)
{
	return check_rev(w, t->entity, t->id, NULL, a, d);
}

void writes_count(struct writes *w)
{
	int64_t most = option_int(w->crm, "max", INT64_MAX);
	if (++w->changed > most)
		die(STATUS_REFUSED, "more than %lld records would change; nothing was written",
		    (long long)most);
}

enum wrote writes_put(struct writes *w, struct record *r, unsigned flags, struct arena *a,
		      struct diag *d)
{
	if (!check_rev(w, r->entity, r->id, r, a, d))
		return WROTE_NOTHING;
	enum wrote wrote = store_put(w->crm->store, r, flags, a, d);
	if (wrote == WROTE_NOTHING)
		return wrote;
	if (wrote != WROTE_SAME)
		writes_count(w);
	writes_add(w, r->entity, r->id);
	return wrote;
}

bool writes_remove(struct writes *w, const struct target *t, struct arena *a, struct diag *d)
{
	if (!check_rev(w, t->entity, t->id, NULL, a, d) ||
	    !store_remove(w->crm->store, t->entity, t->id, a, d))
		return false;
	writes_count(w);
	return true;
}

void writes_show(struct writes *w, const struct target *t, size_t n)
{
	if (option_on(w->crm, "quiet"))
		return;
	w->shown = temporary_nameless();
	print_records(w->crm, w->shown, t, n);
}

static void copy_shown(FILE *from)
{
	char block[1 << 16];
	rewind(from);
	for (size_t n; (n = fread(block, 1, sizeof block, from)) > 0;)
		fwrite(block, 1, n, stdout);
}

int writes_end(struct writes *w)
{
	struct crm *crm = w->crm;
	bool dry = option_on(crm, "dry-run"), quiet = option_on(crm, "quiet");
	if (dry && !crm->refused && !w->shown) /* what is taken back must be shown before */
		writes_show(w, w->items, w->n);
	if (option(crm, "once"))
		store_remember(crm->store); /* done, even where nothing was left to do */
	if (dry || crm->refused)
		store_rollback(crm->store);
	else
		store_commit(crm->store);
	if (!crm->refused && w->shown)
		copy_shown(w->shown);
	else if (!crm->refused && !quiet)
		print_records(crm, stdout, w->items, w->n);
	if (w->shown)
		fclose(w->shown);
	free(w->items);
	map_free(&w->seen);
	return crm->refused ? STATUS_REFUSED : STATUS_OK;
}

static bool has_field(void *context, const char *name, struct str text)
{
	const struct field *f = entity_field(context, str_of(name));
	return !text.p && f && !(f->flags & (F_SYSTEM | F_RETIRED));
}

struct str card_fields(struct crm *crm, const struct entity *e)
{
	struct entity copy = *e;
	struct str list = vcard_fields(has_field, &copy, &crm->arena);
	if (!list.n || !entity_field(e, STR("email")))
		usage(crm, "a %s is no card; leads, contacts, accounts and users are", e->name);
	return list;
}

void default_fields(struct crm *crm, const struct query_context *q, enum format f,
		    struct path **paths, size_t *n)
{
	struct str list = f == FORMAT_TABLE  ? str_of(q->entity->list)
			  : f == FORMAT_REFS ? STR("id")
			  : f == FORMAT_VCF  ? card_fields(crm, q->entity)
					     : STR("*");
	if (!fields_parse(list, q, NULL, 0, paths, n, &crm->diag))
		refuse(crm, STATUS_USAGE);
}

void chosen_fields(struct crm *crm, const struct query_context *q, enum format f,
		   struct path **paths, size_t *n)
{
	bool fixed = f == FORMAT_REFS || f == FORMAT_VCF;
	const char *fields = fixed ? NULL : option(crm, "fields");
	struct path *base;
	size_t nbase;
	default_fields(crm, q, f, &base, &nbase);
	*paths = base;
	*n = nbase;
	if (fields && !fields_parse(str_of(fields), q, base, nbase, paths, n, &crm->diag))
		refuse(crm, STATUS_USAGE);
}

/* The records from items[0] on that are of one type. */
static size_t print_run(struct crm *crm, FILE *out, const struct target *items, size_t n)
{
	struct writer_options wo = writer_options(crm, stdout);
	struct query_context q = query_context(crm, items->entity);
	struct select what = { .context = &q, .limit = -1 };
	struct path *paths;
	struct rows rows;
	size_t i;
	chosen_fields(crm, &q, wo.format, &paths, &what.npaths);
	what.paths = paths;
	rows_open(&rows, crm, out, &what, &wo);
	struct cursor *c = cursor_open_by_id(crm->store, &what);
	for (i = 0; i < n && items[i].entity == items->entity; i++) {
		const struct cell *cells;
		int64_t id;
		cursor_seek(c, items[i].id);
		if (cursor_next(c, writer_human(rows.writer), &cells, &id))
			rows_put(&rows, cells, id);
	}
	cursor_close(c);
	rows_close(&rows);
	return i;
}

void print_records(struct crm *crm, FILE *out, const struct target *items, size_t n)
{
	for (size_t i = 0; i < n;)
		i += print_run(crm, out, items + i, n - i);
}

void print_ids(struct crm *crm, const struct entity *e, const int64_t *ids, size_t n)
{
	struct target *t = arena_new(&crm->arena, struct target, n + 1);
	for (size_t i = 0; i < n; i++)
		t[i] = (struct target){ e, ids[i] };
	if (!n) /* a table or CSV still has its heading */
		t[n++] = (struct target){ e, 0 };
	print_records(crm, stdout, t, n);
}
