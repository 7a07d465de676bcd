/* crm-export all: one snapshot of everything. */
#include <stdio.h>

#include "cli/all.h"
#include "config/config.h"
#include "core/outfolder.h"
#include "schema/order.h"
#include "store/counter.h"

struct export
{
	struct crm *crm;
	struct writer_options format;
	struct outfolder folder; /* path NULL: all goes to stdout */
};

const char *all_part_of(const char *file)
{
	const char *dot = strchr(file, '.');
	struct str name = { file, dot ? (size_t)(dot - file) : 0 };
	if (!strcmp(file, ALL_CONFIG_FILE))
		return ALL_CONFIG;
	if (!dot || !format_by_name(str_of(dot + 1)))
		return NULL;
	if (str_is(name, ALL_COUNTER))
		return ALL_COUNTER;
	const struct entity *e = schema_entity(&shipped_schema, name);
	return e ? e->name : NULL;
}

static bool is_ours(const char *file)
{
	return all_part_of(file) != NULL;
}

/* Where the part goes. */
static FILE *part(struct export *x, const char *name)
{
	if (!x->folder.path)
		return stdout;
	const char *end = format_def(x->format.format)->name;
	return outfolder_file(&x->folder, arena_printf(&x->crm->arena, "%s.%s", name, end).p);
}

/* Whoever may export may see it: crm-config show shows it to everybody. */
static void put_config(struct export *x)
{
	static const struct column column = { { ALL_CONFIG, 6 }, { 0 }, false };
	struct crm *crm = x->crm;
	struct cell text = { CELL_TEXT, config_history_text(crm->store, &crm->arena) };
	if (x->format.format == FORMAT_REFS)
		return;
	if (x->folder.path) {
		fwrite(text.text.p, 1, text.text.n, outfolder_file(&x->folder, ALL_CONFIG_FILE));
		return;
	}
	struct writer *w = writer_open(stdout, &column, 1, &x->format);
	writer_row(w, &text);
	writer_close(w);
}

static void put_counter(struct export *x, struct writer *w, struct str name, int64_t next)
{
	struct arena *a = &x->crm->arena;
	struct cell cells[] = { { CELL_TEXT, name },
				{ CELL_NUMBER, arena_printf(a, "%lld", (long long)next) } };
	if (next > 1)
		writer_row(w, cells);
}

static void put_counters(struct export *x, const struct entity **order)
{
	static const struct column columns[] = { { { ALL_COUNTER, 7 }, { 0 }, false },
						 { { ALL_NEXT, 4 }, { 0 }, true } };
	struct crm *crm = x->crm;
	if (x->format.format == FORMAT_REFS)
		return;
	struct writer *w = writer_open(part(x, ALL_COUNTER), columns, countof(columns), &x->format);
	for (size_t i = 0; i < crm->store->schema.nentities; i++)
		put_counter(x, w, str_of(order[i]->name), counter_next(crm->store, order[i]));
	size_t n;
	const struct number_counter *numbers = numbers_list(crm->store, &n, &crm->arena);
	for (size_t i = 0; i < n; i++)
		put_counter(x, w, numbers[i].prefix, numbers[i].next);
	writer_close(w);
}

/* All that streams carry, and what is left in fields that have retired. */
static struct str fields_of(const struct entity *e, struct arena *a)
{
	struct str list = STR("*");
	for (size_t i = 0; i < e->nfields; i++)
		if (e->fields[i].flags & F_RETIRED)
			list = arena_printf(a, "%.*s,%s", (int)list.n, list.p, e->fields[i].name);
	return list;
}

static void put_records(struct export *x, const struct entity *e)
{
	struct crm *crm = x->crm;
	struct query_context q = query_context(crm, e);
	struct select what = { .context = &q, .limit = -1 };
	struct path *paths;
	struct str fields = x->format.format == FORMAT_REFS ? STR("id") : fields_of(e, &crm->arena);
	if (!fields_parse(fields, &q, NULL, 0, &paths, &what.npaths, &crm->diag))
		refuse(crm, STATUS_ENV);
	what.paths = paths;
	const struct cell *cells;
	int64_t id;
	struct cursor *c = cursor_open(crm->store, &what);
	struct writer *w = NULL; /* a type without records has no file */
	while (cursor_next(c, false, &cells, &id)) {
		if (!w)
			w = writer_open(part(x, e->name), select_columns(&what, &crm->arena),
					what.npaths, &x->format);
		writer_row(w, cells);
	}
	cursor_close(c);
	if (w)
		writer_close(w);
}

/* What makes no sense of everything at once. */
static void check_options(struct crm *crm, int argc)
{
	static const char *const of_one[] = { "where", "fields", "sort", "limit", "offset" };
	for (size_t i = 0; i < countof(of_one); i++)
		if (option(crm, of_one[i]))
			usage(crm, "--%s is about one record type; all is all", of_one[i]);
	if (argc)
		usage(crm, "terms are about one record type; all is all");
}

static void choose_format(struct export *x)
{
	struct crm *crm = x->crm;
	bool folder = option(crm, "folder") != NULL;
	x->format = writer_options(crm, stdout);
	if (!option(crm, "output"))
		x->format.format = folder || x->format.excel ? FORMAT_CSV : FORMAT_JSONL;
	enum format f = x->format.format;
	if (folder && option(crm, "out"))
		usage(crm, "--out names a file, --folder a folder; which one is meant?");
	if (folder && (f == FORMAT_TABLE || f == FORMAT_REFS || f == FORMAT_VCF))
		usage(crm, "such files could not be read again; csv, tsv, json and jsonl can");
	if (!folder && f != FORMAT_JSONL && f != FORMAT_REFS)
		usage(crm, "records of several types make no one %s; jsonl does, or a --folder",
		      format_def(f)->name);
}

int export_all(struct crm *crm, int argc, char **argv)
{
	struct export x = { .crm = crm };
	(void)argv;
	check_options(crm, argc);
	choose_format(&x);
	if (option(crm, "folder"))
		outfolder_open(&x.folder, option(crm, "folder"), is_ours);
	db_begin_read(crm->store->db);
	const struct entity **order = schema_order(&crm->store->schema, &crm->arena);
	put_config(&x);
	put_counters(&x, order);
	for (size_t i = 0; i < crm->store->schema.nentities; i++)
		put_records(&x, order[i]);
	db_commit(crm->store->db);
	if (x.folder.path)
		outfolder_commit(&x.folder);
	return STATUS_OK;
}
