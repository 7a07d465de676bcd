/* crm-dedupe explain: each field's evidence, and what it comes to. */
#include "cli/dedupe.h"

#include "cli/heading.h"
#include "core/buf.h"
#include "domain/dedupe.h"

static const struct heading columns[] = {
	{ "field", "Field", "Trường", false },
	{ "a", "A", "A", false },
	{ "b", "B", "B", false },
	{ "level", "Level", "Mức khớp", false },
	{ "m", "If one", "Nếu là một", true },
	{ "u", "If strangers", "Nếu là hai", true },
	{ "bits", "Bits", "Bit", true },
};

static struct cell nothing(void)
{
	return (struct cell){ CELL_NULL, { 0 } };
}

static struct cell text_cell(struct str s)
{
	return s.n ? (struct cell){ CELL_TEXT, s } : nothing();
}

static struct cell share_cell(double p, struct arena *a)
{
	return p > 0 ? (struct cell){ CELL_NUMBER, arena_printf(a, "%.3g", p) } : nothing();
}

static struct cell bits_cell(double bits, struct arena *a)
{
	struct str s = arena_printf(a, "%.2f", bits);
	return (struct cell){ CELL_NUMBER, str_is(s, "-0.00") ? STR("0.00") : s };
}

/* An operand, which must be a typed reference to one of the types compared. */
static void person(struct crm *crm, const char *word, const struct entity **e, int64_t *id)
{
	bool ours = false;
	if (!ref_parse(&crm->store->schema, str_of(word), e, id))
		usage(crm, "%s is no reference such as lead-42", quoted(str_of(word), &crm->arena));
	for (size_t i = 0; i < DEDUPE_TYPES; i++)
		ours = ours || !strcmp((*e)->name, dedupe_types[i]);
	if (!ours)
		usage(crm, "leads, contacts and accounts are compared; %s is none", word);
}

static void print(struct crm *crm, const struct dedupe_evidence *all, size_t n, double score)
{
	struct writer *out = heading_writer(crm, columns, countof(columns));
	struct arena *a = &crm->arena;
	bool human = writer_human(out);
	enum language l = crm_language(crm);
	for (size_t i = 0; i < n; i++) {
		const struct dedupe_evidence *e = &all[i];
		const struct cell cells[] = {
			text_cell(str_of(human ? label(l, e->en, e->vi) : e->name)),
			text_cell(e->a),
			text_cell(e->b),
			text_cell(str_of(e->level)),
			share_cell(e->m, a),
			share_cell(e->u, a),
			bits_cell(e->bits, a),
		};
		writer_row(out, cells);
	}
	const char *name = human ? label(l, "Probability", "Xác suất") : "probability";
	const struct cell last[] = {
		text_cell(str_of(name)),     nothing(), nothing(), nothing(), nothing(), nothing(),
		dedupe_score_cell(score, a),
	};
	writer_row(out, last);
	writer_close(out);
}

int dedupe_run_explain(struct crm *crm, int argc, char **argv)
{
	struct dedupe_evidence rows[DEDUPE_EVIDENCE];
	const struct entity *e[2], *kinds[DEDUPE_TYPES];
	int64_t id[2];
	double score = 0;
	if (argc != 2)
		usage(crm, "explain takes two references, such as lead-1 contact-2");
	for (size_t i = 0; i < 2; i++)
		person(crm, argv[i], &e[i], &id[i]);
	for (size_t i = 0; i < DEDUPE_TYPES; i++)
		kinds[i] = schema_entity(&crm->store->schema, str_of(dedupe_types[i]));
	struct dedupe *d = dedupe_open(crm->store, kinds, DEDUPE_TYPES);
	size_t n =
	    dedupe_explain(d, e[0], id[0], e[1], id[1], rows, &score, &crm->arena, &crm->diag);
	if (n)
		print(crm, rows, n, score);
	else
		complain(crm, &crm->diag);
	dedupe_close(d);
	return STATUS_OK;
}
