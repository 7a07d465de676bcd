/* Questions about pipelines. */
#include "domain/pipeline.h"

#include "core/buf.h"
#include "schema/check.h"

const char *const stage_kind_names[] = { "open", "won", "lost" };

static const struct stage *first_of_kind(const struct pipeline *p, enum stage_kind kind)
{
	for (size_t i = 0; i < p->n; i++)
		if (p->stages[i].kind == kind)
			return &p->stages[i];
	return NULL;
}

/* The open stage that the deal was in last. */
static const struct stage *last_open(struct store *s, const struct pipeline *p, int64_t deal)
{
	const struct stage *at = NULL;
	struct arena a = { 0 };
	struct sql q = { .arena = &a };
	sql_add(&q, "select from_stage from stage_change where deal = ");
	sql_int(&q, deal);
	sql_add(&q, " and from_stage is not null order by id desc");
	struct stmt *rows = db_query(s->db, &q);
	while ((!at || at->kind != STAGE_OPEN) && stmt_step(rows))
		at = pipeline_stage(p, stmt_value(rows, 0).s);
	stmt_close(rows);
	sql_free(&q);
	arena_free(&a);
	return at && at->kind == STAGE_OPEN ? at : first_of_kind(p, STAGE_OPEN);
}

const struct stage *pipeline_takes(struct store *s, const struct record *deal, enum stage_kind kind,
				   struct diag *d)
{
	const struct pipeline *p = schema_pipeline(&s->schema, text_of(deal, "pipeline"));
	const struct stage *now = p ? pipeline_stage(p, text_of(deal, "stage")) : NULL;
	const struct stage *to = !p		      ? NULL
				 : kind == STAGE_OPEN ? last_open(s, p, deal->id)
						      : first_of_kind(p, kind);
	if (kind == STAGE_OPEN && now && now->kind == STAGE_OPEN) {
		diag_set(d, NULL, "it is open, in stage \"%s\"", now->key);
		return NULL;
	}
	if (kind == STAGE_OPEN && p && p->retired) {
		diag_set(d, NULL,
			 "pipeline \"%s\" is retired; set a pipeline and a stage of another",
			 p->key);
		return NULL;
	}
	if (!to)
		diag_set(d, "stage", "its pipeline has no stage for what is %s",
			 stage_kind_names[kind]);
	return to;
}

/* amount × probability / 100, half away from zero, without a product that could overflow. */
static const char sums_sql[] =
    "select t0.pipeline, t0.stage, t0.currency, count(*), coalesce(sum(t0.amount), 0),"
    " coalesce(sum(t0.amount / 100 * t0.probability + (t0.amount % 100 * t0.probability"
    " + case when t0.amount < 0 then -50 else 50 end) / 100), 0) from deal t0";

struct stage_sum *pipeline_sums(struct store *s, const struct query_context *deals,
				const struct node *where, size_t *n, struct arena *a)
{
	struct sql q = { .arena = a }, condition = { .arena = a };
	struct joins j = { .arena = a, .schema = deals->schema };
	struct stage_sum *sums = NULL;
	size_t room = 0;
	if (where)
		node_sql(where, deals, &j, &condition);
	sql_add_literal(&q, sums_sql);
	joins_sql(&j, &q);
	if (where) {
		sql_add(&q, " where ");
		sql_append(&q, &condition);
	}
	sql_add(&q, " group by t0.pipeline, t0.stage, t0.currency order by 1, 2, 3");
	struct stmt *rows = db_query(s->db, &q);
	for (*n = 0; stmt_step(rows); ++*n) {
		sums = arena_grow(a, sums, *n, &room, sizeof *sums);
		sums[*n] = (struct stage_sum){
			.pipeline = arena_str(a, stmt_value(rows, 0).s),
			.stage = arena_str(a, stmt_value(rows, 1).s),
			.currency = arena_str(a, stmt_value(rows, 2).s),
			.deals = stmt_value(rows, 3).i,
			.amount = stmt_value(rows, 4).i,
			.weighted = stmt_value(rows, 5).i,
		};
	}
	stmt_close(rows);
	sql_free(&condition);
	sql_free(&q);
	return sums;
}

static void put_quoted(struct buf *b, const char *key)
{
	buf_putc(b, '\'');
	for (; *key; key++) {
		if (*key == '\'')
			buf_putc(b, '\'');
		buf_putc(b, *key);
	}
	buf_putc(b, '\'');
}

static void put_stale(struct buf *b, const struct pipeline *p, const struct stage *t,
		      struct str before)
{
	buf_puts(b, b->n ? " or (pipeline = " : "(pipeline = ");
	put_quoted(b, p->key);
	buf_puts(b, " and stage = ");
	put_quoted(b, t->key);
	buf_printf(b, " and stage_since < '%.*s')", (int)before.n, before.p);
}

struct str pipeline_stale(const struct store *s, int64_t days, struct arena *a)
{
	struct buf b = { 0 };
	size_t n;
	const struct pipeline *p = schema_pipelines(&s->schema, &n);
	for (size_t i = 0; i < n; i++)
		for (size_t j = 0; j < p[i].n; j++) {
			const struct stage *t = &p[i].stages[j];
			int64_t allowed = days >= 0 ? days : t->stale_days;
			int64_t since = store_instant(s) - allowed * DAY_SECONDS;
			if (t->kind == STAGE_OPEN && (days >= 0 || t->stale_days > 0))
				put_stale(&b, &p[i], t, instant_print(since, a));
		}
	if (!b.n)
		buf_puts(&b, "id is null"); /* no stage goes stale */
	struct str text = buf_copy(&b, a);
	buf_free(&b);
	return text;
}
