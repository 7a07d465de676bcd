/* crm-dedupe find: clusters of records that are one, or pairs of them. */
#include <errno.h>
#include <stdlib.h>

#include "cli/dedupe.h"
#include "cli/heading.h"
#include "cli/operands.h"
#include "core/buf.h"
#include "domain/dedupe.h"
#include "schema/check.h"

const struct option_def dedupe_find_options[] = {
	{ "pairs", 0, OPTION_FLAG, NULL, "one pair a record instead of one member", NULL },
	{ "same", 0, OPTION_TEXT, "P", "probability from which on they are the same (0.9)", NULL },
	{ "review", 0, OPTION_TEXT, "P", "and from which on they are worth a look (0.5)", NULL },
	{ 0 },
};

struct wish {
	const struct entity *types[DEDUPE_TYPES];
	size_t ntypes;
	struct operands operands[DEDUPE_TYPES]; /* what the terms mean on each type */
	bool narrowed;
	double same, review;
};

static const struct entity *type_named(struct crm *crm, const char *word)
{
	for (size_t i = 0; i < DEDUPE_TYPES; i++) {
		const struct entity *e =
		    schema_entity(&crm->store->schema, str_of(dedupe_types[i]));
		if (!strcmp(word, e->name) || !strcmp(word, e->plural))
			return e;
	}
	return NULL;
}

static void add_type(struct wish *w, const struct entity *e)
{
	for (size_t i = 0; i < w->ntypes; i++)
		if (w->types[i] == e)
			return;
	w->types[w->ntypes++] = e;
}

/* The types named first, else all; how many operands that were. */
static int parse_types(struct crm *crm, int argc, char **argv, struct wish *w)
{
	const struct entity *e;
	int n = 0;
	while (n < argc && (e = type_named(crm, argv[n]))) {
		add_type(w, e);
		n++;
	}
	for (size_t i = 0; !n && i < DEDUPE_TYPES; i++)
		add_type(w, type_named(crm, dedupe_types[i]));
	return n;
}

static double share(struct crm *crm, const char *name, double none)
{
	const char *text = option(crm, name);
	char *end;
	if (!text)
		return none;
	double p = strtod(text, &end);
	if (!*text || *end || !(p > 0 && p <= 1))
		usage(crm, "--%s takes a probability such as 0.9, not %s", name,
		      quoted(str_of(text), &crm->arena));
	return p;
}

/* What is left of the operands is read once for each type: its fields are its own. */
static void parse(struct crm *crm, int argc, char **argv, struct wish *w)
{
	int n = parse_types(crm, argc, argv, w);
	unsigned flags = OPERAND_SEARCH | OPERAND_FOREIGN;
	w->same = share(crm, "same", DEDUPE_SAME);
	w->review = share(crm, "review", DEDUPE_REVIEW < w->same ? DEDUPE_REVIEW : w->same);
	if (w->review > w->same)
		usage(crm, "--review is at most --same");
	for (size_t i = 0; i < w->ntypes; i++)
		operands_parse(crm, w->types[i], argc - n, argv + n, flags, &w->operands[i]);
	struct operands *first = &w->operands[0];
	if (first->stdin_named)
		targets_read(crm, w->types[0], OPERAND_FOREIGN, first);
	w->narrowed = argc > n || first->where;
}

static void ask_named(struct crm *crm, struct dedupe *d, const struct wish *w)
{
	const struct operands *o = &w->operands[0];
	for (size_t i = 0; i < o->ntargets; i++) {
		const struct target *t = &o->targets[i];
		bool known = false;
		for (size_t j = 0; j < w->ntypes; j++)
			known = known || w->types[j] == t->entity;
		if (known && store_exists(crm->store, t->entity, t->id)) {
			dedupe_ask(d, t->entity, &t->id, 1);
			continue;
		}
		diag_set(&crm->diag, NULL,
			 known ? "there is no %s-%lld" : "%s-%lld is not looked at",
			 t->entity->name, (long long)t->id);
		complain(crm, &crm->diag);
	}
}

/* One side at least of each pair is to be among these. */
static void ask(struct crm *crm, struct dedupe *d, const struct wish *w)
{
	if (!w->narrowed)
		return;
	dedupe_ask(d, w->types[0], NULL, 0);
	ask_named(crm, d, w);
	for (size_t i = 0; i < w->ntypes; i++) {
		struct query_context q = query_context(crm, w->types[i]);
		struct select what = { .context = &q, .where = w->operands[i].where, .limit = -1 };
		size_t n;
		if (!what.where)
			continue;
		int64_t *ids = select_ids(crm->store, &what, &n, &crm->arena);
		dedupe_ask(d, w->types[i], ids, n);
	}
}

static struct cell ref_cell(const struct entity *e, int64_t id, struct arena *a)
{
	return (struct cell){ CELL_TEXT, ref_print(e, id, a) };
}

static struct cell text_cell(struct str s)
{
	return (struct cell){ s.n ? CELL_TEXT : CELL_NULL, s };
}

static struct cell verdict(bool same)
{
	return text_cell(same ? STR("same") : STR("review"));
}

/* What a person knows it by: the first of these fields that is filled. */
static struct cell known_by(struct crm *crm, const struct entity *e, int64_t id, const char *fields,
			    struct arena *a)
{
	struct str rest = str_of(fields), name;
	struct record r;
	if (!store_get(crm->store, e, id, &r, a))
		return text_cell((struct str){ 0 });
	while (str_cut(&rest, ' ', &name)) {
		const struct field *f = entity_field(e, name);
		if (f && is_set(&r, f->name))
			return text_cell(text_of(&r, f->name));
	}
	return text_cell((struct str){ 0 });
}

static const struct heading pair_columns[] = {
	{ "a", "A", "A", false },
	{ "b", "B", "B", false },
	{ "score", "Score", "Xác suất", true },
	{ "verdict", "Verdict", "Kết luận", false },
	{ "a.name", "Name of A", "Tên A", false },
	{ "b.name", "Name of B", "Tên B", false },
};

static const struct heading member_columns[] = {
	{ "cluster", "Cluster", "Nhóm", true }, { "id", "ID", "Mã", false },
	{ "score", "Score", "Xác suất", true }, { "verdict", "Verdict", "Kết luận", false },
	{ "name", "Name", "Tên", false },	{ "phone", "Phone", "Điện thoại", false },
	{ "email", "E-mail", "Email", false },
};

enum { MACHINE_COLUMNS = 4 };

/* Tables say besides who they are. */
static struct writer *open_writer(struct crm *crm, const struct heading *h, size_t n)
{
	bool table = writer_options(crm, stdout).format == FORMAT_TABLE;
	return heading_writer(crm, h, table ? n : MACHINE_COLUMNS);
}

#define NAMES "name company"

static void print_pairs(struct crm *crm, const struct dedupe *d, size_t n, double same)
{
	struct writer *out = open_writer(crm, pair_columns, countof(pair_columns));
	bool human = writer_human(out);
	struct arena a = { 0 };
	for (size_t i = 0; i < n; i++) {
		struct dedupe_pair p = dedupe_pair_at(d, i, same);
		struct cell none = { 0 };
		const struct cell cells[] = {
			ref_cell(p.a_type, p.a, &a),
			ref_cell(p.b_type, p.b, &a),
			dedupe_score_cell(p.score, &a),
			verdict(p.same),
			human ? known_by(crm, p.a_type, p.a, NAMES, &a) : none,
			human ? known_by(crm, p.b_type, p.b, NAMES, &a) : none,
		};
		writer_row(out, cells);
		arena_reset(&a);
	}
	writer_close(out);
	arena_free(&a);
}

static void print_members(struct crm *crm, const struct dedupe_member *all, size_t n)
{
	struct writer *out = open_writer(crm, member_columns, countof(member_columns));
	bool human = writer_human(out);
	struct arena a = { 0 };
	for (size_t i = 0; i < n; i++) {
		const struct dedupe_member *m = &all[i];
		struct cell none = { 0 };
		const struct cell cells[] = {
			{ CELL_NUMBER, arena_printf(&a, "%zu", m->cluster) },
			ref_cell(m->type, m->id, &a),
			dedupe_score_cell(m->score, &a),
			verdict(m->same),
			human ? known_by(crm, m->type, m->id, NAMES, &a) : none,
			human ? known_by(crm, m->type, m->id, "mobile phone", &a) : none,
			human ? known_by(crm, m->type, m->id, "email", &a) : none,
		};
		writer_row(out, cells);
		arena_reset(&a);
	}
	writer_close(out);
	arena_free(&a);
}

int dedupe_run_find(struct crm *crm, int argc, char **argv)
{
	struct wish w = { 0 };
	struct dedupe_limits limits;
	parse(crm, argc, argv, &w);
	struct dedupe *d = dedupe_open(crm->store, w.types, w.ntypes);
	ask(crm, d, &w);
	size_t n = dedupe_find(d, w.review, &limits);
	if (limits.blocks && !option_on(crm, "quiet"))
		warn("%zu groups of records were too large to compare each with each (%zu share a"
		     " %s): only neighbours by name were",
		     limits.blocks, limits.largest, limits.key);
	if (option_on(crm, "pairs")) {
		print_pairs(crm, d, n, w.same);
	} else {
		struct dedupe_member *all = dedupe_clusters(d, w.same, &n, &crm->arena);
		print_members(crm, all, n);
	}
	dedupe_close(d);
	return STATUS_OK;
}
