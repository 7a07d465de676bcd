/* The board: what each stage of a pipeline holds. */
#include "cli/board.h"

#include <stdio.h>

#include "cli/heading.h"
#include "core/buf.h"
#include "core/money.h"
#include "domain/pipeline.h"

/* What is passed around while a board is printed. */
struct board {
	struct crm *crm;
	struct query_context deals;
	struct node *where; /* which deals; NULL: all */
	struct stage_sum *sums;
	size_t nsums;
	struct writer *out;
	bool human;
	bool several;	  /* pipelines are shown, so stages are named with theirs */
	struct arena row; /* of one stage */
};

static struct cell text(const char *s)
{
	return s ? (struct cell){ CELL_TEXT, str_of(s) } : cell_null();
}

static struct cell money(struct board *b, int64_t minor, struct str currency)
{
	const struct field *f = entity_field(b->deals.entity, STR("amount"));
	struct codec c = store_codec(b->crm->store, &b->row);
	struct value v = value_int(minor);
	c.human = b->human;
	v.scale = (uint8_t)currency_digits(currency);
	return field_print(f, &v, &c);
}

static const struct heading stream_columns[] = {
	{ .name = "pipeline" }, { .name = "stage" },	{ .name = "label" },
	{ .name = "kind" },	{ .name = "deals" },	{ .name = "amount" },
	{ .name = "weighted" }, { .name = "currency" },
};

static void put_stream_row(struct board *b, const struct pipeline *p, const struct stage *t,
			   const struct stage_sum *sum)
{
	const struct cell cells[countof(stream_columns)] = {
		text(p->key),
		text(t->key),
		text(stage_label(t, ENGLISH)),
		text(stage_kind_names[t->kind]),
		cell_int(sum->deals, &b->row),
		money(b, sum->amount, sum->currency),
		money(b, sum->weighted, sum->currency),
		{ CELL_TEXT, sum->currency },
	};
	writer_row(b->out, cells);
}

/* In a table: the stage, and its deals as branches of it. */
static const struct heading tree_columns[] = {
	{ "stage", "Stage", "Bước", false },
	{ "deal", "Deal", "Cơ hội", false },
	{ "account", "Account", "Khách hàng", false },
	{ "amount", "Amount", "Giá trị", true },
	{ "weighted", "Weighted", "Theo xác suất", true },
	{ "currency", "Currency", "Tiền tệ", false },
	{ "expected_close", "Expected close", "Dự kiến chốt", false },
	{ "owner", "Owner", "Người phụ trách", false },
};

static void put_tree_row(struct board *b, const struct pipeline *p, const struct stage *t,
			 const struct stage_sum *sum)
{
	enum language l = crm_language(b->crm);
	struct str count = arena_printf(&b->row, "%lld %s", (long long)sum->deals,
					label(l, sum->deals == 1 ? "deal" : "deals", "cơ hội"));
	const char *stage = stage_label(t, l);
	const struct cell cells[countof(tree_columns)] = {
		b->several ? text(arena_printf(&b->row, "%s: %s", pipeline_label(p, l), stage).p)
			   : text(stage),
		{ CELL_TEXT, count },
		{ CELL_NULL, { 0 } },
		money(b, sum->amount, sum->currency),
		money(b, sum->weighted, sum->currency),
		{ CELL_TEXT, sum->currency },
	};
	writer_row(b->out, cells);
}

static struct node *in_stage(struct board *b, const struct pipeline *p, const struct stage *t)
{
	struct str pipeline = arena_printf(&b->crm->arena, "pipeline:%s", p->key);
	struct str stage = arena_printf(&b->crm->arena, "stage:%s", t->key);
	struct node *here =
	    node_and(term_parse(pipeline, &b->deals, false, &b->crm->diag),
		     term_parse(stage, &b->deals, false, &b->crm->diag), &b->crm->arena);
	if (b->crm->diag.message.n)
		refuse(b->crm, STATUS_ENV);
	return node_and(b->where, here, &b->crm->arena);
}

/* The largest deals of one stage, and how many are not named. */
static void put_deals(struct board *b, const struct pipeline *p, const struct stage *t, int64_t all)
{
	int64_t most = option_int(b->crm, "deals", 10), n = 0, id;
	struct select what = { .context = &b->deals, .limit = most };
	struct path *paths;
	struct sort_key *sort;
	const struct cell *deal;
	if (!fields_parse(STR("id,name,account.name,amount,currency,expected_close,owner"),
			  &b->deals, NULL, 0, &paths, &what.npaths, &b->crm->diag) ||
	    !sort_parse(STR("-amount"), &b->deals, &sort, &what.nsort, &b->crm->diag))
		refuse(b->crm, STATUS_ENV);
	what.paths = paths;
	what.sort = sort;
	what.where = in_stage(b, p, t);
	struct cursor *c = cursor_open(b->crm->store, &what);
	while (cursor_next(c, true, &deal, &id)) {
		struct str branch = arena_printf(&b->row, "%s %.*s", ++n == all ? "└─" : "├─",
						 (int)deal[0].text.n, deal[0].text.p);
		const struct cell cells[countof(tree_columns)] = {
			{ CELL_TEXT, branch }, deal[1], deal[2], deal[3],
			{ CELL_NULL, { 0 } },  deal[4], deal[5], deal[6],
		};
		writer_row(b->out, cells);
	}
	cursor_close(c);
	if (n < all && most > 0) {
		struct cell cells[countof(tree_columns)] = {
			text("└─ …"),
			{ CELL_TEXT, arena_printf(&b->row, "%lld %s", (long long)(all - n),
						  label(crm_language(b->crm), "more", "nữa")) },
		};
		writer_row(b->out, cells);
	}
}

/* Every stage has a row, an empty one too. */
static void put_stage(struct board *b, const struct pipeline *p, const struct stage *t)
{
	const struct stage_sum nothing = { .currency = str_of(b->crm->store->settings.currency) };
	void (*put)(struct board *, const struct pipeline *, const struct stage *,
		    const struct stage_sum *) = b->human ? put_tree_row : put_stream_row;
	int64_t deals = 0;
	for (size_t i = 0; i < b->nsums; i++) {
		const struct stage_sum *sum = &b->sums[i];
		if (!str_is(sum->pipeline, p->key) || !str_is(sum->stage, t->key))
			continue;
		put(b, p, t, sum);
		deals += sum->deals;
	}
	if (!deals)
		put(b, p, t, &nothing);
	else if (b->human)
		put_deals(b, p, t, deals);
	arena_reset(&b->row);
}

static void put_pipelines(struct board *b)
{
	const struct schema *s = &b->crm->store->schema;
	const char *only = option(b->crm, "pipeline");
	size_t n;
	const struct pipeline *p = schema_pipelines(s, &n);
	if (only && !schema_pipeline(s, str_of(only)))
		usage(b->crm, "--pipeline: there is no pipeline %s",
		      quoted(str_of(only), &b->crm->arena));
	b->several = !only && n > 1;
	for (size_t i = 0; i < n; i++)
		for (size_t j = 0; j < p[i].n; j++)
			if ((only ? !strcmp(only, p[i].key) : !p[i].retired) &&
			    (p[i].stages[j].kind == STAGE_OPEN || option_on(b->crm, "closed")))
				put_stage(b, &p[i], &p[i].stages[j]);
}

int board_show(struct crm *crm, int argc, char **argv)
{
	struct board b = { .crm = crm, .deals = query_context(crm, crm->entity) };
	struct operands o;
	operands_parse(crm, crm->entity, argc, argv, OPERAND_SEARCH, &o);
	b.where = o.where;
	b.human = writer_options(crm, stdout).format == FORMAT_TABLE && !option(crm, "fields");
	b.sums = pipeline_sums(crm->store, &b.deals, o.where, &b.nsums, &crm->arena);
	const struct heading *columns = b.human ? tree_columns : stream_columns;
	size_t n = b.human ? countof(tree_columns) : countof(stream_columns);
	b.out = heading_writer(crm, columns, n);
	put_pipelines(&b);
	writer_close(b.out);
	arena_free(&b.row);
	return STATUS_OK;
}

static const struct heading config_columns[] = {
	{ "pipeline", "Pipeline", "Quy trình", false },
	{ "stage", "Stage", "Bước", false },
	{ "label", "English", "Tiếng Anh", false },
	{ "label_vi", "Vietnamese", "Tiếng Việt", false },
	{ "kind", "Kind", "Loại", false },
	{ "probability", "Probability", "Xác suất", true },
	{ "stale_days", "Stale after (days)", "Trễ sau (ngày)", true },
	{ "require", "Requires", "Cần có", false },
};

int board_stages(struct crm *crm, int argc, char **argv)
{
	size_t n;
	const struct pipeline *p = schema_pipelines(&crm->store->schema, &n);
	(void)argv;
	if (argc)
		usage(crm, "stages takes no operands");
	struct writer *w = heading_writer(crm, config_columns, countof(config_columns));
	for (size_t i = 0; i < n; i++)
		for (size_t j = 0; j < p[i].n && !p[i].retired; j++) {
			const struct stage *t = &p[i].stages[j];
			const struct cell cells[countof(config_columns)] = {
				text(p[i].key),
				text(t->key),
				text(t->en),
				text(t->vi),
				text(writer_human(w) ? stage_kind_label(t->kind, crm_language(crm))
						     : stage_kind_names[t->kind]),
				cell_int(t->probability, &crm->arena),
				t->stale_days ? cell_int(t->stale_days, &crm->arena) : text(NULL),
				t->require && *t->require ? text(t->require) : text(NULL),
			};
			writer_row(w, cells);
		}
	writer_close(w);
	return STATUS_OK;
}
