/* What the options of crm-import say: of all rows, and of what their columns mean. */
#include <stdlib.h>
#include <sys/stat.h>

#include "cli/import_impl.h"
#include "schema/order.h"

/* --- of all rows --- */

/* The policy that the option names; `usual` where it was not given. */
static enum import_policy policy(struct crm *crm, const char *name, enum import_policy usual)
{
	static const struct {
		const char *word;
		enum import_policy policy;
	} words[] = { { "create", IMPORT_CREATE }, { "update", IMPORT_UPDATE },
		      { "fill", IMPORT_FILL },	   { "skip", IMPORT_SKIP },
		      { "reject", IMPORT_REFUSE }, { "error", IMPORT_REFUSE } };
	const char *word = option(crm, name);
	for (size_t i = 0; word && i < countof(words); i++)
		if (!strcmp(word, words[i].word) &&
		    (words[i].policy != IMPORT_CREATE || usual == IMPORT_CREATE))
			return words[i].policy;
	if (word)
		usage(crm, "--%s: %s is none of: %supdate fill skip %s", name,
		      quoted(str_of(word), &crm->arena), usual == IMPORT_CREATE ? "create " : "",
		      usual == IMPORT_CREATE ? "reject" : "error");
	return usual;
}

void import_set_up(struct job *job)
{
	struct crm *crm = job->crm;
	job->dry = option_on(crm, "dry-run");
	job->quiet = option_on(crm, "quiet");
	job->print = option(crm, "output") && !job->quiet;
	job->rejecting = option(crm, "rejects") != NULL;
	job->batch = (long)option_int(crm, "batch", 0);
	job->left = option_int(crm, "max", INT64_MAX);
	job->header_line = (long)option_int(crm, "header-line", 0);
	if (option(crm, "if-rev"))
		usage(crm, "--if-rev is about one record");
	if (job->batch && option(crm, "once"))
		usage(crm, "--once is about one transaction, --batch makes several");
	if (option(crm, "summary"))
		outfile_open(&job->summary, option(crm, "summary"));
}

/* --- of the columns --- */

static bool read_map(struct run *r, const char *text, struct diag *d)
{
	struct crm *crm = r->job->crm;
	struct str s = str_of(text);
	bool file = str_ends(s, ".yaml") || str_ends(s, ".yml") || !strchr(text, '=');
	if (!file)
		return import_map_inline(&r->im.map, s, d);
	const struct yaml *y = yaml_read(text, &crm->arena, d);
	if (!y && !d->line)
		refuse(crm, STATUS_ENV);
	return y && import_map_yaml(&r->im.map, y, d);
}

/* Options may be repeated: in the order in which they were given. */
static void each_option(struct run *r, const char *name,
			bool (*take)(struct run *, const char *, struct diag *))
{
	struct crm *crm = r->job->crm;
	for (size_t i = 0; i < crm->nvalues; i++) {
		if (strcmp(crm->values[i].def->name, name))
			continue;
		crm->diag.source = str_of(arena_printf(&crm->arena, "--%s", name).p);
		if (!take(r, crm->values[i].text, &crm->diag))
			refuse(crm, STATUS_USAGE);
	}
}

static bool read_set(struct run *r, const char *text, struct diag *d)
{
	return import_map_set(&r->im.map, str_of(text), d);
}

/* The further records of a row are of the same system, if of any. */
static void name_system(struct import_map *m, struct str name)
{
	m->system = name;
	for (size_t i = 0; i < m->nparts; i++)
		if (m->parts[i].map.system.n)
			m->parts[i].map.system = name;
}

/* What dates are read by: the order that was given for this input, or the database's. */
static const struct settings *set_up_dates(struct run *r)
{
	static const char *const orders[] = {
		[ORDER_DMY] = "dmy", [ORDER_MDY] = "mdy", [ORDER_YMD] = "ymd"
	};
	struct crm *crm = r->job->crm;
	const char *word = option(crm, "date-order");
	if (!word)
		return &crm->store->settings;
	struct settings *own = arena_new(&crm->arena, struct settings, 1);
	size_t i = 0;
	while (i < countof(orders) && strcmp(word, orders[i]))
		i++;
	if (i == countof(orders))
		usage(crm, "--date-order: %s is none of: dmy mdy ymd",
		      quoted(str_of(word), &crm->arena));
	*own = crm->store->settings;
	own->calendar.order = (enum date_order)i;
	r->mend.ordered = true;
	return own;
}

static void set_up_map(struct run *r)
{
	struct crm *crm = r->job->crm;
	struct import_map *m = &r->im.map;
	*m = (struct import_map){ .schema = &crm->store->schema,
				  .settings = set_up_dates(r),
				  .entity = crm->entity,
				  .arena = &crm->arena,
				  .optional = r->preset.name != NULL,
				  .weak = true };
	crm->diag.source = str_of(r->preset.source);
	if (r->preset.name && !import_map_yaml(m, r->preset.map, &crm->diag))
		refuse(crm, STATUS_USAGE);
	m->weak = false;
	each_option(r, "map", read_map);
	each_option(r, "set", read_set);
	if (option(crm, "match"))
		m->match = str_of(option(crm, "match"));
	if (option(crm, "system"))
		name_system(m, str_trim(str_of(option(crm, "system"))));
	if (option(crm, "system") && !m->system.n)
		usage(crm, "--system names the other system, such as hubspot");
	if (option(crm, "create-missing"))
		m->create_missing = str_of(option(crm, "create-missing"));
	crm->diag.source = (struct str){ 0 };
}

/* Whether something that rows may be written to one after the other, such as /dev/null. */
static bool is_stream(const char *path)
{
	struct stat st;
	return stat(path, &st) == 0 && !S_ISREG(st.st_mode);
}

static struct rejects *new_rejects(struct job *job, const char *path)
{
	struct rejects *r = arena_new(&job->crm->arena, struct rejects, 1);
	rejects_open(r, path);
	r->in_place = import_is_input(job, path);
	return r;
}

/* Where other rows than those of bad.csv go: bad-hubspot-deals.csv, bad-2.csv. */
static const char *beside(struct crm *crm, const char *path, const char *kind)
{
	const char *slash = strrchr(path, '/'), *dot = strrchr(path, '.');
	int n = (int)(dot > slash ? (size_t)(dot - path) : strlen(path));
	if (!strcmp(path, "-"))
		usage(crm, "--rejects: rows of several kinds do not fit one stream; name a file");
	if (is_stream(path))
		return path;
	return arena_printf(&crm->arena, "%.*s-%s%s", n, path, kind, path + n).p;
}

void import_rejects_for(struct run *run, const struct reader *in, unsigned number)
{
	struct job *job = run->job;
	struct crm *crm = job->crm;
	struct rejects **at = &run->rejects;
	bool other;
	for (int n = 2; !rejects_stream(*at, in, &other, &crm->diag); n++) {
		if (!other)
			refuse(crm, STATUS_REFUSED);
		diag_clear(&crm->diag);
		const char *kind = arena_printf(&crm->arena, "%d", n).p;
		at = &(*at)->more;
		if (!*at)
			*at = new_rejects(job, beside(crm, run->rejects->path, kind));
	}
	job->rejects_of[number] = *at;
}

static bool comes_before(const struct entity *const *order, const struct entity *a,
			 const struct entity *b)
{
	while (*order != a && *order != b)
		order++;
	return a != b && *order == a;
}

/* Behind those to whose records its own refer. */
static void add_run(struct job *job, struct run *r)
{
	struct arena a = { 0 };
	const struct entity **order = schema_order(&job->crm->store->schema, &a);
	size_t i = job->nruns++;
	job->runs = xrealloc(job->runs, job->nruns * sizeof *job->runs);
	for (; i > 0 && comes_before(order, r->im.entity, job->runs[i - 1]->im.entity); i--)
		job->runs[i] = job->runs[i - 1];
	job->runs[i] = r;
	arena_free(&a);
}

struct run *import_run_new(struct job *job, const struct import_preset *preset)
{
	struct crm *crm = job->crm;
	struct run *r = arena_new(&crm->arena, struct run, 1);
	*r = (struct run){ .job = job, .preset = *preset };
	r->mend = (struct import_mend){ .mender = import_mender, .schema = &crm->store->schema };
	r->im = (struct import){
		.store = crm->store,
		.resolver = &crm->resolver,
		.entity = crm->entity,
		.ignore_unknown = option_on(crm, "ignore-unknown"),
		.keep_raw = job->rejecting,
		.partial = job->rejecting,
		.in_batches = job->batch > 0,
		.on_match = policy(crm, "on-match", IMPORT_UPDATE),
		.on_duplicate = policy(crm, "on-duplicate", IMPORT_CREATE),
		.mend = &r->mend,
		.sources = job->names,
	};
	set_up_map(r);
	if (!import_open(&r->im, &crm->diag))
		refuse(crm, STATUS_USAGE);
	const char *rejects = option(crm, "rejects");
	if (rejects)
		r->rejects =
		    new_rejects(job, job->nruns ? beside(crm, rejects, r->preset.name) : rejects);
	add_run(job, r);
	return r;
}
