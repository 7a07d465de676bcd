/* crm-follow run: rules and sequences do what is due; errands are handed out. */
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include "cli/follow.h"
#include "cli/heading.h"
#include "schema/check.h"
#include "stream/json.h"

const struct option_def follow_run_options[] = {
	{ "lease", 0, OPTION_TEXT, "TIME",
	  "hand an errand out again that nobody began to send for so long (15min)", NULL },
	{ "kind", 0, OPTION_TEXT, "KIND,…", "hand out errands of these kinds alone",
	  "email sms zalo call webhook other" },
	{ "verbose", 'v', OPTION_FLAG, NULL, "say on stderr what was done for each record", NULL },
	{ 0 },
};

enum { DEFAULT_LEASE = 15 * 60 };

/* What could not be done counts as refused; the rest is said where somebody asks. */
static void told(void *ctx, const char *rule, struct str record, struct str did, struct str why,
		 bool failed)
{
	struct crm *crm = ctx;
	struct arena a = { 0 };
	struct diag d = { 0 };
	const char *between = did.n && why.n ? "; not done: " : why.n ? "not done: " : "";
	d.source = arena_printf(&a, "%s %.*s", rule, (int)record.n, record.p);
	diag_set(&d, NULL, "%.*s%s%.*s", (int)did.n, did.p, between, (int)why.n, why.p);
	if (failed)
		complain(crm, &d);
	else if (option_on(crm, "verbose") || option_on(crm, "dry-run"))
		diag_report(&d);
	diag_free(&d);
	arena_free(&a);
}

void follow_open(struct crm *crm, struct follow *f, struct arena *a)
{
	*f = (struct follow){
		.store = crm->store, .arena = a, .program = program_name, .told = told, .ctx = crm
	};
	follow_load(f);
	for (size_t i = 0; i < f->nheld; i++) {
		diag_set(&crm->diag, NULL, "%.*s", (int)f->held[i].what.n, f->held[i].what.p);
		complain(crm, &crm->diag);
	}
}

/* Only the first of several change sets has the key of --once. */
static void lock(struct crm *crm, bool first)
{
	const char *once = first ? option(crm, "once") : NULL;
	struct change_info info = { program_name, crm->line, option(crm, "reason"), once };
	store_begin(crm->store, &info, lock_wait(crm));
}

static long written(const struct follow *f)
{
	const struct follow_counts *c = &f->counts;
	return c->fired + c->waiting + c->enrolled + c->steps + c->ended + c->cancelled;
}

static void check_max(struct crm *crm, const struct follow *f)
{
	int64_t most = option_int(crm, "max", INT64_MAX);
	if (written(f) > most)
		die(STATUS_REFUSED, "more than %lld records would change; nothing was written",
		    (long long)most);
}

/* A column for each key that the payloads have, behind those that every errand has. */
static const struct heading columns[] = {
	{ "errand", "Errand", "Việc", false }, { "id", "ID", "Mã", false },
	{ "kind", "Kind", "Loại", false },     { "template", "Template", "Mẫu", false },
	{ "to", "To", "Tới", false },	       { "rule", "Rule", "Quy tắc", false },
	{ "step", "Step", "Bước", true },      { "due_at", "Due", "Hạn", false },
};

struct handed {
	struct str fixed[countof(columns)];
	struct row payload;
	struct json_layout layout; /* holds the payload's names */
};

static bool is_column(struct str name)
{
	for (size_t i = 0; i < countof(columns); i++)
		if (str_is(name, columns[i].name))
			return true;
	return false;
}

/* What is said of it, before the lock is given back. */
static void describe(struct crm *crm, int64_t id, struct handed *h)
{
	struct arena *a = &crm->arena;
	struct diag d = { 0 };
	struct record r;
	const struct entity *about = NULL;
	int64_t about_id = 0;
	store_get(crm->store, store_entity(crm->store, "errand"), id, &r, a);
	const struct value *step = record_at(&r, "step");
	struct str record = text_of(&r, "record"), kind = text_of(&r, "kind");
	bool known = ref_parse(&crm->store->schema, record, &about, &about_id);
	const struct str fixed[countof(columns)] = {
		ref_print(r.entity, id, a),
		record,
		kind,
		text_of(&r, "template"),
		known ? follow_address(crm->store, kind, about, about_id, a) : (struct str){ 0 },
		text_of(&r, "rule"),
		step->kind == V_INT ? arena_printf(a, "%lld", (long long)step->i)
				    : (struct str){ 0 },
		text_of(&r, "due_at"),
	};
	memcpy(h->fixed, fixed, sizeof fixed);
	if (text_of(&r, "payload").n)
		json_record(text_of(&r, "payload"), &h->payload, &h->layout, a, &d);
	diag_free(&d);
}

/* The headings of all: *n of them, the payloads' own (not those that stand already) last. */
static struct heading *headings(struct crm *crm, const struct handed *all, size_t n, size_t *found)
{
	struct map seen = { 0 };
	size_t room = countof(columns);
	for (size_t i = 0; i < n; i++)
		room += all[i].payload.n;
	struct heading *h = arena_new(&crm->arena, struct heading, room);
	memcpy(h, columns, sizeof columns);
	*found = countof(columns);
	for (size_t i = 0; i < n; i++)
		for (size_t j = 0; j < all[i].payload.n; j++) {
			struct str name = all[i].payload.names[j];
			if (is_column(name) || (*map_at(&seen, name))++)
				continue;
			const char *text = arena_str(&crm->arena, name).p;
			h[(*found)++] = (struct heading){ text, text, text, false };
		}
	map_free(&seen);
	return h;
}

static struct cell payload_cell(const struct row *payload, const char *name)
{
	for (size_t i = 0; i < payload->n; i++)
		if (str_is(payload->names[i], name))
			return payload->cells[i];
	return cell_null();
}

static void print(struct crm *crm, const struct handed *all, size_t n)
{
	size_t ncolumns;
	struct heading *h = headings(crm, all, n, &ncolumns);
	struct cell *cells = arena_new(&crm->arena, struct cell, ncolumns);
	if (option_on(crm, "quiet"))
		return;
	struct writer *out = heading_writer(crm, h, ncolumns);
	for (size_t i = 0; i < n; i++) {
		for (size_t j = 0; j < ncolumns; j++) {
			struct str s = j < countof(columns) ? all[i].fixed[j] : (struct str){ 0 };
			enum cell_kind kind = !s.n	   ? CELL_NULL
					      : h[j].right ? CELL_NUMBER
							   : CELL_TEXT;
			cells[j] = j < countof(columns) ? (struct cell){ kind, s }
							: payload_cell(&all[i].payload, h[j].name);
		}
		writer_row(out, cells);
	}
	writer_close(out);
}

static void say_counts(struct crm *crm, const struct follow *f, size_t errands)
{
	const struct follow_counts *c = &f->counts;
	bool asked = option_on(crm, "verbose") || option_on(crm, "dry-run");
	if (option_on(crm, "quiet") || (!asked && !isatty(STDERR_FILENO)))
		return;
	warn("fired %ld, waiting %ld, skipped %ld, cancelled %ld; enrolled %ld, steps %ld, "
	     "ended %ld; errands %zu",
	     c->fired, c->waiting, c->skipped, c->cancelled, c->enrolled, c->steps, c->ended,
	     errands);
}

/*
 * With -n, and with --max, it is one transaction.  The last one is left open, for the errands:
 * a small run is one change set.
 */
static void run_batches(struct crm *crm, struct follow *f)
{
	bool whole = option_on(crm, "dry-run") || option(crm, "max"), more = true;
	for (bool first = true; more; first = false) {
		if (first || !whole)
			lock(crm, first);
		more = follow_batch(f);
		check_max(crm, f);
		if (whole || !more)
			continue;
		store_commit(crm->store);
		store_yield(crm->store);
	}
}

/* --kind, each of them one of the list's. */
static struct str check_kinds(struct crm *crm)
{
	const char *given = option(crm, "kind");
	const struct picklist *l = schema_picklist(&crm->store->schema, "errand.kind");
	struct str kinds = str_of(given), rest = kinds, kind;
	while (kinds.n && str_cut(&rest, ',', &kind)) {
		size_t i = 0;
		while (i < l->n && !str_is(kind, l->picks[i].key))
			i++;
		if (i == l->n)
			usage(crm, "--kind: there are no errands of kind %s",
			      quoted(kind, &crm->arena));
	}
	return kinds;
}

int follow_run(struct crm *crm, int argc, char **argv)
{
	struct follow f;
	struct arena batch = { 0 };
	size_t n = 0;
	int64_t lease = option_delay(crm, "lease", DEFAULT_LEASE);
	struct str kinds = check_kinds(crm);
	if (argc)
		usage(crm, "there is nothing to name: %s", argv[0]);
	if (!follow_allowed(crm->store, &crm->diag))
		refuse(crm, STATUS_ENV);
	if (option(crm, "once") && store_once(crm->store, program_name, option(crm, "once")))
		return STATUS_OK;
	follow_open(crm, &f, &batch);
	run_batches(crm, &f);
	int64_t *ids = NULL;
	if (!option_on(crm, "quiet")) /* nobody would take them */
		ids = follow_claim(crm->store, lease, kinds, &n, &crm->arena, &crm->diag);
	struct handed *all = arena_new(&crm->arena, struct handed, n);
	for (size_t i = 0; i < n; i++)
		describe(crm, ids[i], &all[i]);
	if (option_on(crm, "dry-run")) {
		store_rollback(crm->store);
	} else {
		if (option(crm, "once"))
			store_remember(crm->store);
		store_commit(crm->store);
	}
	say_counts(crm, &f, n);
	print(crm, all, n);
	for (size_t i = 0; i < n; i++)
		arena_free(&all[i].layout.arena);
	follow_close(&f);
	arena_free(&batch);
	return STATUS_OK;
}
