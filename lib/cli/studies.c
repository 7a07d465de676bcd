/* The reports that no relation can say, from the command line to the rows. */
#include "cli/studies.h"

#include <stdio.h>
#include <stdlib.h>

#include "cli/heading.h"
#include "cli/writes.h"
#include "core/buf.h"
#include "report/study.h"

#define ORDERS_COMMON                                                                               \
	{ "to", 0, OPTION_TEXT, "DATE", "as if that day had not come yet", NULL },                  \
	    { "limit", 'l', OPTION_INT, "N", "at most N rows", NULL },                              \
	    { "explain", 0, OPTION_FLAG, NULL, "print the definition and the SQL, not the figures", \
	      NULL },                                                                               \
	    { "rows", 0, OPTION_FLAG, NULL, "print the records behind the figures", NULL },         \
	{                                                                                           \
		0                                                                                   \
	}
#define COMMON                                                    \
	{ "basis",                                                \
	  0,                                                      \
	  OPTION_TEXT,                                            \
	  "BASIS",                                                \
	  "count orders and deals without one (auto), or either", \
	  "auto deals orders" },                                  \
	    ORDERS_COMMON

static const struct option_def clv_options[] = {
	{ "fit", 0, OPTION_FLAG, NULL, "print the models' parameters, not the customers", NULL },
	{ "holdout", 0, OPTION_FLAG, NULL,
	  "print what --calibrate-to led to expect and what came, not the customers", NULL },
	{ "calibrate-to", 0, OPTION_TEXT, "DATE", "learn from purchases up to that day, included",
	  NULL },
	{ "unit", 0, OPTION_TEXT, "UNIT", "of the parameters' times (week)",
	  "day week month year" },
	{ "horizon", 0, OPTION_TEXT, "TIME", "how far to look ahead: 12mo (so unless said), 26w",
	  NULL },
	{ "discount", 0, OPTION_TEXT, "PERCENT", "what later money is worth less a year (10)",
	  NULL },
	{ "margin", 0, OPTION_TEXT, "PERCENT", "earned of revenue whose cost is not known", NULL },
	COMMON,
};

static const struct option_def rfm_options[] = {
	{ "summary", 0, OPTION_FLAG, NULL, "a row for each segment, not for each customer", NULL },
	{ "months", 0, OPTION_INT, "N", "of which frequency and monetary are (24)", NULL },
	COMMON,
};

static const struct option_def cohorts_options[] = {
	{ "period", 0, OPTION_TEXT, "PERIOD", "of the cohorts, and of the time since (month)",
	  "day week month quarter year" },
	{ "from", 0, OPTION_TEXT, "DATE", "cohorts from that day on", NULL },
	COMMON,
};

static const struct option_def repeat_options[] = {
	{ "customers", 0, OPTION_FLAG, NULL, "a row for each customer, not all in one", NULL },
	{ "only", 0, OPTION_TEXT, "STATE", "customers in that state", "once active due lapsed" },
	{ "least", 0, OPTION_INT, "N", "purchases that tell a customer's own interval (3)", NULL },
	COMMON,
};

static const struct option_def products_options[] = {
	{ "together", 0, OPTION_FLAG, NULL, "which products are bought with which", NULL },
	{ "favourites", 0, OPTION_FLAG, NULL, "what each segment buys more than others do", NULL },
	{ "per", 0, OPTION_TEXT, "BASKET", "together: in one order, or ever by one customer",
	  "order customer" },
	{ "by", 0, OPTION_TEXT, "FIELD", "favourites: of the order, such as account.tier", NULL },
	{ "top", 0, OPTION_INT, "N", "favourites: so many of each segment (5)", NULL },
	{ "support", 0, OPTION_TEXT, "PERCENT", "of the baskets or customers at least (1)", NULL },
	{ "from", 0, OPTION_TEXT, "DATE", "orders from that day on", NULL },
	ORDERS_COMMON,
};

static const struct option_def journey_options[] = {
	{ "steps", 0, OPTION_INT, "N", "the last so many of longer paths (6)", NULL },
	{ "from", 0, OPTION_TEXT, "DATE", "deals closed from that day on", NULL },
	ORDERS_COMMON,
};

static const struct {
	const char *name;
	const struct option_def *options;
} options_of[] = {
	{ "clv", clv_options },		  { "rfm", rfm_options },
	{ "cohorts", cohorts_options },	  { "repeat", repeat_options },
	{ "products", products_options }, { "journey", journey_options },
};

/* The study of the verb whose option was given, else the one that needs none. */
static const struct study *choose(struct crm *crm)
{
	const struct study *chosen = NULL;
	for (size_t i = 0; i < nstudies; i++) {
		const struct study *s = studies[i];
		if (strcmp(s->name, crm->verb->name) != 0 || (s->part && !option_on(crm, s->part)))
			continue;
		if (chosen && chosen->part)
			usage(crm, "--%s and --%s: one at a time", chosen->part, s->part);
		chosen = s;
	}
	return chosen;
}

static enum basis basis_of(struct crm *crm)
{
	static const char *const words[] = { "auto", "deals", "orders" };
	const char *text = option(crm, "basis");
	for (size_t i = 0; text && i < countof(words); i++)
		if (!strcmp(text, words[i]))
			return (enum basis)i;
	if (text)
		usage(crm, "--basis: %s is none of auto, deals, orders",
		      quoted(str_of(text), &crm->arena));
	return BASIS_AUTO;
}

static bool per_customer(struct crm *crm)
{
	const char *per = option(crm, "per");
	if (per && strcmp(per, "order") != 0 && strcmp(per, "customer") != 0)
		usage(crm, "--per: %s is neither order nor customer",
		      quoted(str_of(per), &crm->arena));
	return per && !strcmp(per, "customer");
}

static struct study_options read_options(struct crm *crm)
{
	return (struct study_options){
		.where = option(crm, "where"),
		.from = option(crm, "from"),
		.to = option(crm, "to"),
		.basis = basis_of(crm),
		.now = store_instant(crm->store),
		.most = option_int(crm, "limit", -1),
		.unit = option(crm, "unit"),
		.calibrate_to = option(crm, "calibrate-to"),
		.horizon = option(crm, "horizon"),
		.discount = option(crm, "discount"),
		.margin = option(crm, "margin"),
		.period = option(crm, "period"),
		.months = option_int(crm, "months", 24),
		.least = option_int(crm, "least", 3),
		.only = option(crm, "only"),
		.by = option(crm, "by"),
		.support = option(crm, "support"),
		.top = option_int(crm, "top", 5),
		.per_customer = per_customer(crm),
		.steps = option_int(crm, "steps", 6),
	};
}

/* -- rows -- */

struct printing {
	struct crm *crm;
	struct writer *writer; /* opened by the first row, so that a refusal prints nothing */
	struct codec codec;
	struct arena arena; /* of a row */
};

static void print_heading(struct crm *crm, const struct study *s)
{
	enum language l = crm_language(crm);
	const char *from = option(crm, "from"), *to = option(crm, "to");
	const char *where = option(crm, "where");
	struct buf text = { 0 };
	buf_printf(&text, "%s\n%s: %s %s\n", label(l, s->title, s->title_vi),
		   label(l, "as of", "tính đến"),
		   instant_print_local(store_instant(crm->store), &crm->arena).p, zone_name());
	if (from || to)
		buf_printf(&text, "%s:%s%s%s%s%s%s\n", label(l, "period", "kỳ"), from ? " " : "",
			   from ? label(l, "from ", "từ ") : "", from ? from : "", to ? " " : "",
			   to ? label(l, "to (not including) ", "đến (không gồm) ") : "",
			   to ? to : "");
	if (where) {
		buf_printf(&text, "%s: ", label(l, "filter", "lọc"));
		buf_escape(&text, str_of(where));
		buf_putc(&text, '\n');
	}
	buf_putc(&text, '\n');
	fwrite(text.p, 1, text.n, stdout);
	buf_free(&text);
}

static void open_writer(struct printing *p, const struct study *s)
{
	struct crm *crm = p->crm;
	struct heading *h = arena_new(&crm->arena, struct heading, s->ncolumns);
	struct writer_options o = writer_options(crm, stdout);
	for (size_t i = 0; i < s->ncolumns; i++) {
		const struct study_column *c = &s->columns[i];
		bool right = c->figure == FIGURE_NUMBER || c->figure == FIGURE_SHARE;
		h[i] = (struct heading){ c->name, c->label, c->label_vi, right };
	}
	if (s->single && o.format == FORMAT_JSON) /* one object, in a line */
		o.format = FORMAT_JSONL;
	p->writer = list_writer(crm, stdout, h, s->ncolumns, o);
	p->codec = store_codec(crm->store, &p->arena);
	p->codec.human = writer_human(p->writer);
	if (writer_human(p->writer))
		print_heading(crm, s);
}

static void print_row(struct study_run *r, const struct value *values)
{
	struct printing *p = r->out;
	size_t n = r->study->ncolumns;
	if (!p->writer)
		open_writer(p, r->study);
	struct cell *cells = arena_new(&p->arena, struct cell, n);
	for (size_t i = 0; i < n; i++)
		cells[i] = study_cell(r, i, &values[i], &p->codec);
	writer_row(p->writer, cells);
	arena_reset(&p->arena);
}

static void print_figures(struct study_run *r)
{
	struct printing p = { .crm = r->out };
	struct crm *crm = p.crm;
	r->out = &p;
	r->row = print_row;
	if (r->options->most == 0)
		usage(crm, "--limit: 0 rows are none");
	if (!r->study->run(r, &crm->diag))
		refuse(crm, crm->diag.source.n ? STATUS_USAGE : STATUS_REFUSED);
	if (!p.writer)
		open_writer(&p, r->study);
	writer_close(p.writer);
	arena_free(&p.arena);
}

/* -- the records behind -- */

static void print_behind(struct study_run *r)
{
	struct crm *crm = r->out;
	int64_t *ids[2] = { NULL, NULL };
	size_t n[2] = { 0, 0 }, k = 0;
	if (!r->study->behind(r, ids, n, &crm->diag))
		refuse(crm, STATUS_USAGE);
	struct target *targets = arena_new(&crm->arena, struct target, n[0] + n[1]);
	for (size_t i = 0; i < countof(ids); i++)
		for (size_t x = 0; x < n[i]; x++)
			targets[k++] = (struct target){ r->contexts[i]->entity, ids[i][x] };
	print_records(crm, stdout, targets, k);
}

static void explain(struct study_run *r)
{
	struct crm *crm = r->out;
	struct buf text = { 0 };
	if (!study_explain(r, &text, &crm->diag))
		refuse(crm, STATUS_USAGE);
	fwrite(text.p, 1, text.n, stdout);
	buf_free(&text);
}

static int run(struct crm *crm, int argc, char **argv)
{
	if (argc)
		usage(crm, "%s takes no operand such as %s", crm->verb->name, argv[0]);
	struct study_options options = read_options(crm);
	struct query_context contexts[2];
	struct study_run r = { .study = choose(crm), .store = crm->store, .options = &options };
	for (size_t i = 0; i < countof(contexts) && r.study->reads[i]; i++) {
		const struct entity *e =
		    schema_entity(&crm->store->schema, str_of(r.study->reads[i]));
		contexts[i] = query_context(crm, e);
		r.contexts[i] = &contexts[i];
	}
	r.out = crm;
	db_begin_read(crm->store->db);
	if (option_on(crm, "explain"))
		explain(&r);
	else if (option_on(crm, "rows"))
		print_behind(&r);
	else
		print_figures(&r);
	db_commit(crm->store->db);
	study_close(&r);
	return STATUS_OK;
}

size_t study_verbs(struct verb *verbs, size_t n, size_t room)
{
	for (size_t i = 0; i < nstudies && n < room; i++) {
		const struct study *s = studies[i];
		if (s->part)
			continue;
		verbs[n] =
		    (struct verb){ s->name, "", s->title, NEED_READ | TAKES_WHERE | TAKES_COLUMNS,
				   NULL,    run };
		for (size_t k = 0; k < countof(options_of); k++)
			if (!strcmp(options_of[k].name, s->name))
				verbs[n].options = options_of[k].options;
		n++;
	}
	return n;
}
