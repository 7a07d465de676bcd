/* What became of the rows of crm-import, told to people and to programs. */
#include <stdio.h>
#include <stdlib.h>

#include "cli/import_impl.h"
#include "core/buf.h"
#include "stream/json.h"

static const char *const result_names[] = {
	[IMPORT_CREATED] = "created",	  [IMPORT_UPDATED] = "updated",
	[IMPORT_UNCHANGED] = "unchanged", [IMPORT_DUPLICATE] = "duplicate",
	[IMPORT_SKIPPED] = "skipped",	  [IMPORT_REJECTED] = "rejected",
};

static void check_sum(const struct import *im)
{
	long sum = 0;
	for (size_t i = 0; i < IMPORT_RESULTS; i++)
		sum += im->results[i];
	if (sum != im->read)
		die(STATUS_ENV,
		    "%ld rows were read and %ld accounted for; this is a mistake in "
		    "the program",
		    im->read, sum);
}

void import_results_print(struct buf *b, long read, const long *results)
{
	buf_printf(b, "read %ld", read);
	for (size_t i = 0; i < IMPORT_RESULTS; i++)
		buf_printf(b, ", %s %ld", result_names[i], results[i]);
}

void import_results_json(FILE *out, long read, const long *results)
{
	fprintf(out, "\"read\":%ld", read);
	for (size_t i = 0; i < IMPORT_RESULTS; i++)
		fprintf(out, ",\"%s\":%ld", result_names[i], results[i]);
}

static void put_text(const struct run *r)
{
	const struct import *im = &r->im;
	struct buf b = { 0 };
	buf_printf(&b, "%s", im->sources[0]);
	if (r->nfiles > 1)
		buf_printf(&b, " and %d more", r->nfiles - 1);
	buf_puts(&b, ": ");
	import_results_print(&b, im->read, im->results);
	if (r->committed && r->settled_rows < im->read)
		buf_printf(&b, "; the first %ld committed", r->settled_rows);
	else
		buf_puts(&b, r->committed	    ? "; committed"
			     : r->dry && !r->doomed ? "; dry run, nothing committed"
						    : "; nothing committed");
	warn("%.*s", (int)b.n, b.p);
	buf_free(&b);
}

static int by_key(const void *a, const void *b)
{
	return str_cmp(((const struct map_slot *)a)->key, ((const struct map_slot *)b)->key);
}

/* Values of another system that are none here: "stage\nNegotiating" → rows. */
static void put_unknown(const struct run *r)
{
	const struct map *counts = &r->im.rest.counts;
	struct map_slot *all = arena_new(&r->crm->arena, struct map_slot, counts->n + 1);
	size_t n = 0;
	for (size_t i = 0; i < counts->size; i++)
		if (counts->slots[i].key.p)
			all[n++] = counts->slots[i];
	qsort(all, n, sizeof *all, by_key);
	for (size_t i = 0; i < n && i < SHOWN_MAX; i++) {
		struct str value = all[i].key, field;
		str_cut(&value, '\n', &field);
		warn("%.*s: %s is not known here; %lld row%s kept it in %s", (int)field.n, field.p,
		     quoted(value, &r->crm->arena), (long long)all[i].value,
		     all[i].value == 1 ? "" : "s", r->im.map.rest->name);
	}
	if (n > SHOWN_MAX)
		warn("… and %zu more values", n - SHOWN_MAX);
}

static void put_remarks(const struct run *r)
{
	const struct import *im = &r->im;
	if (im->made)
		warn("%ld further record%s made", im->made, im->made == 1 ? " was" : "s were");
	if (im->further)
		warn("%ld further number%s and address%s kept as identities", im->further,
		     im->further == 1 ? "" : "s", im->further == 1 ? "" : "es");
	if (im->changed)
		warn("%ld further record%s changed", im->changed,
		     im->changed == 1 ? " was" : "s were");
	for (size_t by = 0; by < MATCH_NOTHING; by++)
		if (im->known[by])
			warn("%ld of the created share%s %s %s with others (crm-dedupe find %s)",
			     im->known[by], im->known[by] == 1 ? "s" : "",
			     by == MATCH_EMAIL ? "an" : "a", match_names[by], im->entity->name);
	put_unknown(r);
	if (r->pending)
		warn("%ld link%s for records that have not come yet", r->pending,
		     r->pending == 1 ? " waits" : "s wait");
}

/* What was odd about the files, and what was made of it. */
static void put_notes(const struct run *r)
{
	struct arena a = { 0 };
	for (size_t i = 0; i < r->mend.notes.n; i++) {
		const struct import_note *note = &r->mend.notes.items[i];
		warn("%s: %s", r->im.sources[note->source], import_note_text(note, &a).p);
	}
	arena_free(&a);
}

static void put_member(FILE *out, const char *name, struct str text)
{
	struct buf b = { 0 };
	json_put_string(&b, text);
	fprintf(out, "\"%s\":%.*s,", name, (int)b.n, b.p);
	buf_free(&b);
}

static void notes_json(FILE *out, const struct run *r)
{
	fputs(",\"notes\":[", out);
	for (size_t i = 0; i < r->mend.notes.n; i++) {
		const struct import_note *note = &r->mend.notes.items[i];
		fputs(i ? ",{" : "{", out);
		put_member(out, "note", str_of(import_note_name(note)));
		put_member(out, "source", str_of(r->im.sources[note->source]));
		put_member(out, "where", note->where);
		put_member(out, "example", note->example);
		fprintf(out, "\"count\":%ld,\"lines\":[", note->count);
		for (size_t j = 0; j < note->nlines; j++)
			fprintf(out, "%s%ld", j ? "," : "", note->lines[j]);
		fputs("]}", out);
	}
	putc(']', out);
}

void account_summary(struct run *r)
{
	const struct import *im = &r->im;
	FILE *out = r->summary.file;
	if (!out)
		return;
	putc('{', out);
	import_results_json(out, im->read, im->results);
	fprintf(out,
		",\"created_missing\":%ld,\"pending\":%ld,\"committed\":%s"
		",\"settled_rows\":%ld",
		im->made, r->pending,
		r->committed && r->settled_rows == im->read ? "true" : "false", r->settled_rows);
	if (r->change_set)
		fprintf(out, ",\"change_set\":%lld", (long long)r->change_set);
	else
		fputs(",\"change_set\":null", out);
	notes_json(out, r);
	fprintf(out, ",\"changed_further\":%ld,\"identities\":%ld", im->changed, im->further);
	fprintf(out, ",\"seconds\":%.3f}\n", progress_seconds(&r->progress));
	outfile_commit(&r->summary);
}

int account(struct run *r)
{
	struct import *im = &r->im;
	long hidden = im->results[IMPORT_REJECTED] - SHOWN_MAX;
	check_sum(im);
	if (hidden > 0)
		warn("… and %ld more", hidden);
	if (!r->quiet) {
		put_notes(r);
		put_text(r);
		put_remarks(r);
	}
	account_summary(r);
	r->crm->refused = im->results[IMPORT_REJECTED] > 0; /* how many was told above */
	return r->crm->refused ? STATUS_REFUSED : STATUS_OK;
}

/* The run whose death is to be accounted for. */
static struct run *running;

static void account_at_death(void)
{
	if (!running || !running->committed || running->quiet)
		return;
	progress_clear(&running->progress);
	put_text(running);
}

void account_arm(struct run *r)
{
	if (atexit(account_at_death) == 0)
		running = r;
}

void account_disarm(void)
{
	running = NULL;
}
