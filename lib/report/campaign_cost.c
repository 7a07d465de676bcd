/* What a campaign cost for each sale that it brought. */
#include "report/campaign_cost.h"

#include <stdlib.h>

struct campaign_sales {
	struct named {
		int64_t campaign, sales;
	} * rows; /* by campaign */
	size_t n;
};

static int by_campaign(const void *a, const void *b)
{
	const struct named *x = a, *y = b;
	return (x->campaign > y->campaign) - (x->campaign < y->campaign);
}

/* Each once, with how often it was named. */
static void add_up(struct campaign_sales *c)
{
	size_t kept = 0;
	if (c->n > 1)
		qsort(c->rows, c->n, sizeof *c->rows, by_campaign);
	for (size_t i = 0; i < c->n; i++)
		if (kept && c->rows[kept - 1].campaign == c->rows[i].campaign)
			c->rows[kept - 1].sales += c->rows[i].sales;
		else
			c->rows[kept++] = c->rows[i];
	c->n = kept;
}

static void add(struct campaign_sales *c, int64_t campaign, size_t *room, struct arena *a)
{
	c->rows = arena_grow(a, c->rows, c->n, room, sizeof *c->rows);
	c->rows[c->n++] = (struct named){ campaign, 1 };
}

static bool is_won(const struct schema *s, struct str pipeline, struct str stage)
{
	const struct pipeline *p = schema_pipeline(s, pipeline);
	const struct stage *at = p ? pipeline_stage(p, stage) : NULL;
	return at && at->kind == STAGE_WON;
}

enum { ORDERS, DEALS, STATEMENTS };

bool campaign_sales_besides(const struct job *j, struct sql *q, size_t i)
{
	(void)j;
	if (i == ORDERS)
		sql_add(q, "select campaign from \"order\" where campaign is not null"
			   " and status in ('confirmed', 'delivered', 'returned')");
	if (i == DEALS)
		sql_add(q, "select campaign, pipeline, stage from deal d where campaign is not null"
			   " and closed_at is not null"
			   " and not exists (select 1 from \"order\" o where o.deal = d.id)");
	return i < STATEMENTS;
}

const struct campaign_sales *campaign_sales_learn(struct store *s, struct arena *a)
{
	struct campaign_sales *c = arena_new(a, struct campaign_sales, 1);
	size_t room = 0;
	for (size_t i = 0; i < STATEMENTS; i++) {
		struct sql q = { .arena = a };
		campaign_sales_besides(NULL, &q, i);
		struct stmt *row = db_query(s->db, &q);
		while (stmt_step(row))
			if (i == ORDERS ||
			    is_won(&s->schema, stmt_value(row, 1).s, stmt_value(row, 2).s))
				add(c, stmt_value(row, 0).i, &room, a);
		stmt_close(row);
		sql_free(&q);
	}
	add_up(c);
	return c;
}

int64_t campaign_sales_of(const struct campaign_sales *c, int64_t campaign)
{
	struct named key = { campaign, 0 };
	const struct named *row =
	    c->n ? bsearch(&key, c->rows, c->n, sizeof key, by_campaign) : NULL;
	return row ? row->sales : 0;
}
