/* How often deals that came into a stage were won. */
#include "report/chances.h"

struct chances {
	struct chance {
		struct str pipeline, stage;
		int64_t won, closed;
		int64_t last; /* deal that was counted */
	} * rows;
	size_t n, room;
	struct arena *arena;
};

static struct chance *find(const struct chances *c, struct str pipeline, struct str stage)
{
	for (size_t i = 0; i < c->n; i++)
		if (str_eq(c->rows[i].stage, stage) && str_eq(c->rows[i].pipeline, pipeline))
			return &c->rows[i];
	return NULL;
}

static struct chance *add(struct chances *c, struct str pipeline, struct str stage)
{
	if (c->n == c->room) {
		struct chance *rows = arena_new(c->arena, struct chance, 2 * c->room + 16);
		if (c->n)
			memcpy(rows, c->rows, c->n * sizeof *rows);
		c->rows = rows;
		c->room = 2 * c->room + 16;
	}
	c->rows[c->n] = (struct chance){ .pipeline = arena_str(c->arena, pipeline),
					 .stage = arena_str(c->arena, stage) };
	return &c->rows[c->n++];
}

/* One stage that a deal entered; is: where it is now. */
static void count(struct chances *c, const struct schema *s, int64_t deal, struct str stage,
		  struct str pipeline, struct str is)
{
	const struct pipeline *p = schema_pipeline(s, pipeline);
	const struct stage *now = p ? pipeline_stage(p, is) : NULL;
	if (!now || now->kind == STAGE_OPEN)
		return;
	struct chance *row = find(c, pipeline, stage);
	row = row ? row : add(c, pipeline, stage);
	if (row->last == deal)
		return;
	row->last = deal;
	row->closed++;
	row->won += now->kind == STAGE_WON;
}

bool chances_besides(const struct job *j, struct sql *q, size_t i)
{
	(void)j;
	/* deal by deal, as the index of the history has them */
	sql_add(q, "select c.deal, c.stage, d.pipeline, d.stage from stage_change c"
		   " join deal d on d.id = c.deal where d.closed_at is not null order by c.deal");
	return !i;
}

const struct chances *chances_learn(struct store *s, struct arena *a)
{
	struct chances *c = arena_new(a, struct chances, 1);
	struct sql q = { .arena = a };
	c->arena = a;
	chances_besides(NULL, &q, 0);
	struct stmt *rows = db_query(s->db, &q);
	while (stmt_step(rows))
		count(c, &s->schema, stmt_value(rows, 0).i, stmt_value(rows, 1).s,
		      stmt_value(rows, 2).s, stmt_value(rows, 3).s);
	stmt_close(rows);
	sql_free(&q);
	return c;
}

bool chances_of(const struct chances *c, struct str pipeline, struct str stage, int64_t *won,
		int64_t *closed)
{
	const struct chance *row = find(c, pipeline, stage);
	*won = row ? row->won : 0;
	*closed = row ? row->closed : 0;
	return row != NULL;
}
