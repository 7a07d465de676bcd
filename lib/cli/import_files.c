/* The files of crm-import: which they are, and those that a plan of Salesforce's names. */
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#include "cli/import_impl.h"
#include "core/utf8.h"

static void add(struct job *job, const char *file)
{
	if (job->nfiles % 16 == 0) {
		size_t room = (size_t)job->nfiles + 16;
		const char **files = arena_new(&job->crm->arena, const char *, 2 * room);
		const char **names = files + room;
		for (int i = 0; i < job->nfiles; i++) {
			files[i] = job->files[i];
			names[i] = job->names[i];
		}
		job->files = files;
		job->names = names;
	}
	job->files[job->nfiles] = file;
	job->names[job->nfiles++] = strcmp(file, "-") ? file : "<stdin>";
}

/* The files of one row of a plan, which stand beside it. */
static void add_planned(struct job *job, const char *plan, struct str files)
{
	struct crm *crm = job->crm;
	const char *slash = strrchr(plan, '/');
	int folder = slash ? (int)(slash - plan) + 1 : 0;
	for (struct str name; files.n && str_cut(&files, ';', &name);) {
		name = utf8_trim(name);
		bool absolute = name.n && name.p[0] == '/';
		add(job, arena_printf(&crm->arena, "%.*s%.*s", absolute ? 0 : folder, plan,
				      (int)name.n, name.p)
			     .p);
	}
}

/*
 * Adds what the file names, where it is a plan: [{"sobject": "Account", "files": ["A.json"]},
 * …], as sf data export tree --plan writes it.  False: it is none.
 */
static bool add_plan(struct job *job, const char *file)
{
	struct crm *crm = job->crm;
	struct arena a = { 0 };
	struct row row;
	struct stat st;
	bool plan = false, more = true;
	if (!str_ends(str_of(file), ".json") || stat(file, &st) != 0 || !S_ISREG(st.st_mode))
		return false;
	struct reader *in = reader_for(crm, file, false);
	while (more && reader_next(in, &row, &a, &crm->diag) == READ_ROW) {
		const struct cell *files = row_cell(&row, "files");
		more = row_cell(&row, "sobject") && files && files->kind == CELL_LIST;
		if (more)
			add_planned(job, file, files->text);
		else if (plan)
			diag_set(&crm->diag, "files", "it is no list of names");
		plan |= more;
		arena_reset(&a);
	}
	if (plan && crm->diag.message.n)
		refuse(crm, STATUS_REFUSED);
	diag_clear(&crm->diag);
	reader_close(in);
	arena_free(&a);
	return plan;
}

bool import_is_input(const struct job *job, const char *file)
{
	struct stat it, in;
	if (!strcmp(file, "-") || stat(file, &it) != 0)
		return false;
	for (int i = 0; i < job->nfiles; i++) {
		const char *name = job->files[i];
		int got = strcmp(name, "-") ? stat(name, &in) : fstat(STDIN_FILENO, &in);
		if (got == 0 && in.st_dev == it.st_dev && in.st_ino == it.st_ino)
			return true;
	}
	return false;
}

void import_files(struct job *job, int n, char **files)
{
	if (!n && isatty(STDIN_FILENO))
		usage(job->crm, "import what? Name files, or pipe records in");
	if (!n)
		add(job, "-");
	for (int i = 0; i < n; i++)
		if (!job->family || !add_plan(job, files[i]))
			add(job, files[i]);
}
