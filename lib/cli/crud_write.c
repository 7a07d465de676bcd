/* add, set, rm. */
#include <stdlib.h>
#include <unistd.h>

#include "cli/about.h"
#include "cli/crud.h"
#include "core/buf.h"
#include "domain/dedupe.h"
#include "domain/further.h"
#include "schema/spool.h"
#include "store/merged.h"

static void add_one(struct writes *w, const struct operands *o, struct spooled *item,
		    struct arena *a, struct diag *d)
{
	struct record *r = &item->record;
	long made = 0;
	struct crm *crm = w->crm;
	unsigned flags = r->id ? PUT_RESTORE : 0;
	if (r->id && store_exists(crm->store, r->entity, r->id))
		diag_set(d, "id", "%s-%lld is there already", r->entity->name, (long long)r->id);
	else if (assign(crm, o, r, NULL, a, d) && ref_resolve_record(&crm->resolver, r, d) &&
		 writes_put(w, r, flags, a, d) != WROTE_NOTHING &&
		 further_put(crm->store, r, item->further, &made, a, d) &&
		 (flags || further_put_cells(crm->store, r, NULL, a, d)))
		return;
	complain(crm, d);
}

/* What somebody types may be known already; a stream is crm-dedupe's. */
static void warn_of_twins(struct crm *crm, const struct record *r, struct arena *a)
{
	enum { NAMED = 3 };
	struct dedupe_candidate known[NAMED];
	if (option_on(crm, "quiet") || crm->refused)
		return;
	size_t n = dedupe_candidates(crm->store, r, DEDUPE_REVIEW, known, NAMED, a);
	for (size_t i = 0; i < n; i++)
		warn("it may be %s", dedupe_candidate_print(&known[i], a).p);
}

/*
 * Input is read to its end before the lock is taken.  A row about what the record cannot be about,
 * such as a team's alert, leaves the others alone.
 */
static void read_records(struct crm *crm, const struct operands *o, struct spool *s,
			 struct arena *a, struct diag *d)
{
	struct reader *in = reader_for(crm, "-", false);
	struct about_reader about = { .crm = crm,
				      .operands = o,
				      .binding = { .entity = crm->entity,
						   .ignore_unknown =
						       option_on(crm, "ignore-unknown") } };
	struct row row;
	for (enum read_result r; (r = reader_next(in, &row, a, d)) != READ_END;) {
		struct record record;
		bool good = r != READ_BAD && (!crm->prepare || crm->prepare(crm, &row, a, d));
		enum about is = good ? about_read(&about, &row, &record, a, d) : ABOUT_BAD;
		if (is == ABOUT_NONE)
			leave_out(crm, d);
		else if (is == ABOUT_BAD)
			complain(crm, d);
		else
			spool_put_item(s, &(struct spooled){ .record = record,
							     .line = row.line,
							     .further = row.further });
		arena_reset(a);
	}
	reader_done(crm, in, "<stdin>");
	about_free(&about);
}

int crud_add(struct crm *crm, int argc, char **argv)
{
	struct operands o;
	struct spool s = { .entity = crm->entity };
	struct writes w;
	struct arena a = { 0 };
	struct diag d = { 0 };
	struct record r = record_new(crm->entity, &crm->arena);
	struct spooled item;
	operands_parse(crm, crm->entity, argc, argv, OPERAND_ASSIGN, &o);
	if (o.ntargets || o.where)
		usage(crm, "add takes assignments such as name=Lan, and -");
	bool stream = o.stdin_named || !o.nassignments;
	if (stream && !o.stdin_named && isatty(STDIN_FILENO))
		usage(crm, "add what? Write name=… or pipe records in");
	if (stream)
		read_records(crm, &o, &s, &a, &d);
	else
		spool_put(&s, &r, 0, (struct str){ 0 });
	spool_rewind(&s);
	if (writes_begin(&w, crm)) {
		while (spool_get_item(&s, &item, &a)) {
			d.line = item.line;
			add_one(&w, &o, &item, &a, &d);
			if (!stream)
				warn_of_twins(crm, &item.record, &a);
			arena_reset(&a);
		}
	}
	spool_free(&s);
	arena_free(&a);
	diag_free(&d);
	return writes_end(&w);
}

static void set_one(struct writes *w, const struct operands *o, const struct target *t,
		    struct arena *a, struct diag *d)
{
	struct crm *crm = w->crm;
	struct record old, r = record_new(t->entity, a);
	r.id = t->id;
	bool there = store_get(crm->store, t->entity, t->id, &old, a);
	if (!there)
		store_missing(crm->store, t->entity, t->id, d);
	else if (assign(crm, o, &r, &old, a, d) && ref_resolve_record(&crm->resolver, &r, d) &&
		 writes_put(w, &r, 0, a, d) != WROTE_NOTHING &&
		 further_put_cells(crm->store, &r, &old, a, d))
		return;
	d->source = there ? ref_print(t->entity, t->id, a) : (struct str){ 0 };
	complain(crm, d);
}

int set_with(struct crm *crm, int argc, char **argv, const char *const *fixed)
{
	struct operands o;
	struct writes w;
	struct arena a = { 0 };
	struct diag d = { 0 };
	size_t n, nfixed = 0;
	while (fixed && fixed[nfixed])
		nfixed++;
	char **all = arena_new(&crm->arena, char *, nfixed + (size_t)argc);
	for (size_t i = 0; i < nfixed; i++)
		all[i] = xstrdup(fixed[i]);
	memcpy(all + nfixed, argv, (size_t)argc * sizeof *argv);
	operands_parse(crm, crm->entity, (int)nfixed + argc, all, OPERAND_ASSIGN, &o);
	if (!o.nassignments)
		usage(crm,
		      "set what? Write FIELD=VALUE; a stream on stdin names only the records, "
		      "and what its columns hold is taken by crm-import %s",
		      crm->entity->name);
	targets_read(crm, crm->entity, 0, &o);
	if (writes_begin(&w, crm)) {
		struct target *t = targets(crm, crm->entity, &o, &n);
		for (size_t i = 0; i < n; i++) {
			set_one(&w, &o, &t[i], &a, &d);
			arena_reset(&a);
		}
	}
	for (size_t i = 0; i < nfixed; i++)
		free(all[i]);
	arena_free(&a);
	diag_free(&d);
	return writes_end(&w);
}

int crud_set(struct crm *crm, int argc, char **argv)
{
	return set_with(crm, argc, argv, NULL);
}

/* What is removed is printed as it was: before it goes, to be shown when it has gone. */
int crud_rm(struct crm *crm, int argc, char **argv)
{
	struct operands o;
	struct writes w;
	struct arena a = { 0 };
	struct diag d = { 0 };
	size_t n;
	operands_parse(crm, crm->entity, argc, argv, 0, &o);
	targets_read(crm, crm->entity, 0, &o);
	if (writes_begin(&w, crm)) {
		struct target *t = targets(crm, crm->entity, &o, &n);
		writes_show(&w, t, n);
		for (size_t i = 0; i < n; i++) {
			if (!writes_remove(&w, &t[i], &a, &d)) {
				d.source = ref_print(t[i].entity, t[i].id, &a);
				complain(crm, &d);
			}
			arena_reset(&a);
		}
	}
	arena_free(&a);
	diag_free(&d);
	return writes_end(&w);
}
