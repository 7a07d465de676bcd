/* crm-import --preset: which one, and the list of them. */
#include "cli/heading.h"
#include "cli/import.h"
#include "cli/import_impl.h"
#include "config/preset.h"

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

/* Whether it is the first part of presets' names, and none is called so itself. */
static bool is_family(struct crm *crm, const char *name)
{
	size_t n;
	bool some = false;
	const struct preset *all = presets(PRESET_IMPORT, &n, &crm->arena);
	for (size_t i = 0; i < n; i++) {
		if (!strcmp(all[i].name, name))
			return false;
		some |= import_preset_is_of(all[i].name, name);
	}
	return some;
}

bool import_preset_take(struct job *job, const struct entity *type, struct import_preset *p)
{
	struct crm *crm = job->crm;
	const char *name = option(crm, "preset");
	job->type = crm->entity = type;
	if (!name)
		return true;
	if (!strcmp(name, "auto"))
		job->family = "";
	else if (is_family(crm, name))
		job->family = name;
	if (job->family)
		return false;
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

struct run *import_preset_run(struct job *job, unsigned number, const struct row *row)
{
	struct crm *crm = job->crm;
	struct import_preset p;
	struct import_map blank = blank_map(crm);
	if (!import_preset_choose(&blank, job->family, job->type, row, &p, &crm->diag)) {
		crm->diag.source = str_of(job->names[number]);
		refuse(crm, STATUS_REFUSED);
	}
	crm->entity = job->type ? job->type : p.types[0];
	for (size_t i = 0; i < job->nruns; i++)
		if (!strcmp(job->runs[i]->preset.name, p.name))
			return job->runs[i];
	if (!job->quiet)
		warn("%s: preset %s, as %s", job->names[number], p.name, crm->entity->plural);
	return import_run_new(job, &p);
}

void import_preset_suggest(struct crm *crm, const struct row *header, struct diag *d)
{
	struct import_preset p;
	struct import_map blank = blank_map(crm);
	struct diag ignored = { 0 };
	struct str said = d->message;
	if (import_preset_choose(&blank, "", crm->entity, header, &p, &ignored))
		d->message = arena_printf(&d->arena, "%.*s (--preset %s understands these columns)",
					  (int)said.n, said.p, p.name);
	diag_free(&ignored);
}
