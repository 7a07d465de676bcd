/* crm-import --preset: which one, and the list of them. */
#include "cli/heading.h"
#include "cli/import.h"
#include "cli/import_impl.h"
#include "domain/import_preset.h"

int import_list_presets(struct crm *crm, int argc, char **argv)
{
	static const struct heading headings[] = {
		{ "name", "Name", "Tên", false },
		{ "label", "Label", "Nhãn", false },
		{ "record", "Record", "Bản ghi", false },
		{ "headers", "Headers", "Tiêu đề cột", false },
		{ "file", "File", "Tệp", false },
	};
	size_t n;
	struct diag *d = &crm->diag;
	if (argc)
		usage(crm, "presets takes no operand such as %s", argv[0]);
	const struct import_preset *all = import_presets(&shipped_schema, &n, &crm->arena, d);
	if (!all)
		refuse(crm, STATUS_REFUSED);
	struct writer *w = heading_writer(crm, headings, countof(headings));
	bool vietnamese = writer_human(w) && crm_language(crm) == VIETNAMESE;
	for (size_t i = 0; i < n; i++) {
		struct buf records = { 0 };
		for (size_t j = 0; j < all[i].ntypes; j++)
			buf_printf(&records, "%s%s", j ? ";" : "", all[i].types[j]->name);
		bool own = strcmp(all[i].source, all[i].name) != 0;
		const struct cell cells[countof(headings)] = {
			{ CELL_TEXT, str_of(all[i].name) },
			{ CELL_TEXT, vietnamese ? all[i].label_vi : all[i].label },
			{ CELL_LIST, buf_str(&records) },
			{ CELL_TEXT, import_preset_headers(&all[i], &crm->arena) },
			{ own ? CELL_TEXT : CELL_NULL, own ? str_of(all[i].source) : STR("") },
		};
		writer_row(w, cells);
		buf_free(&records);
	}
	writer_close(w);
	return STATUS_OK;
}

static struct import_map blank_map(struct crm *crm)
{
	return (struct import_map){ .schema = &crm->store->schema,
				    .settings = &crm->store->settings,
				    .entity = crm->entity,
				    .arena = &crm->arena };
}

bool import_preset_take(struct run *r, const struct entity *type)
{
	struct crm *crm = r->crm;
	const char *name = option(crm, "preset");
	struct import_preset *p = &r->preset;
	r->typed = type != NULL;
	crm->entity = type;
	if (!name || !strcmp(name, "auto"))
		return !name;
	crm->diag.source = STR("--preset");
	if (!import_preset_find(name, &crm->store->schema, p, &crm->arena, &crm->diag))
		refuse(crm, STATUS_USAGE);
	if (!import_preset_serves(p, type))
		usage(crm, "preset %s makes %s, not %s", name, p->types[0]->plural, type->plural);
	crm->entity = type ? type : p->types[0];
	return true;
}

size_t import_preset_known(const void *of, const struct str *names, size_t n)
{
	const struct crm *crm = of;
	struct arena a = { 0 };
	struct diag ignored = { 0 };
	size_t known = import_presets_name(&crm->store->schema, names, n, &a, &ignored);
	diag_free(&ignored);
	arena_free(&a);
	return known;
}

/* Has the map be that of the preset whose columns these are, or ends. */
static void recognise(struct run *r, const char *file, const struct str *names, size_t n)
{
	struct crm *crm = r->crm;
	struct import_preset p;
	struct import_map blank = blank_map(crm);
	const struct entity *type = r->typed ? crm->entity : NULL;
	if (!import_preset_choose(&blank, type, names, n, &p, &crm->diag)) {
		crm->diag.source = str_of(file);
		refuse(crm, STATUS_REFUSED);
	}
	if (r->preset.name && strcmp(r->preset.name, p.name))
		usage(crm,
		      "%s is for preset %s, the files before it for %s; import them one by one, as "
		      "in:"
		      " for f in *.csv; do crm-import \"$f\" --preset auto; done",
		      file, p.name, r->preset.name);
	if (r->preset.name)
		return;
	r->preset = p;
	crm->entity = type ? type : p.types[0];
	if (!r->quiet)
		warn("%s: preset %s, as %s", file, p.name, crm->entity->plural);
}

bool import_preset_auto(struct run *r, unsigned number, struct reader *in, struct row *row,
			struct arena *a, struct diag *d)
{
	const char *preset = option(r->crm, "preset");
	size_t n;
	const struct str *names = reader_columns(in, &n);
	if (!preset || strcmp(preset, "auto"))
		return false;
	bool first = !n && reader_next(in, row, a, d) == READ_ROW;
	recognise(r, r->im.sources[number], first ? row->names : names, first ? row->n : n);
	if (!r->ready)
		import_set_up_map(r);
	return first;
}

/* Where a header is not understood: names the preset that would. */
void import_preset_suggest(struct run *r, const struct str *names, size_t n, struct diag *d)
{
	struct import_preset p;
	struct import_map blank = blank_map(r->crm);
	struct diag ignored = { 0 };
	struct str said = d->message;
	if (import_preset_choose(&blank, r->crm->entity, names, n, &p, &ignored))
		d->message = arena_printf(&d->arena, "%.*s (--preset %s understands these columns)",
					  (int)said.n, said.p, p.name);
	diag_free(&ignored);
}
