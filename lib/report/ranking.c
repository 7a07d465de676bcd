/* Rows by the size of a figure, with their rank and what of the whole they are. */
#include "report/ranking.h"

#include "report/job.h"
#include "schema/label.h"

struct ranking {
	const struct job *job;
	struct kept *rows;
	struct answer *out;
	size_t by, currency, period; /* columns; n: there is none */
	size_t place;		     /* within its group, from 1 */
	int64_t rank;
	wide sum, so_far;
};

static void begin(struct job *j, struct ranking *r)
{
	const struct answer *in = &r->rows->answer;
	struct answer_column *all = arena_new(&j->arena, struct answer_column, in->n + 3);
	enum language l = report_language(j);
	all[0] = (struct answer_column){ .name = STR("rank"),
					 .label = str_of(label(l, "Rank", "Thứ hạng")),
					 .role = ROLE_FIGURE,
					 .unit = UNIT_COUNT };
	memcpy(all + 1, in->columns, in->n * sizeof *all);
	all[in->n + 1] = (struct answer_column){ .name = STR("share"),
						 .label = str_of(label(l, "Share", "Tỷ trọng")),
						 .role = ROLE_FIGURE,
						 .unit = UNIT_SHARE };
	all[in->n + 2] = (struct answer_column){ .name = STR("cumulative_share"),
						 .label = str_of(label(l, "Cumulative", "Luỹ kế")),
						 .role = ROLE_FIGURE,
						 .unit = UNIT_SHARE };
	answer_begin(r->out, all, in->n + 3);
}

static bool same_in(const struct ranking *r, size_t column, size_t a, size_t b)
{
	return column == r->rows->answer.n ||
	       value_eq(&r->rows->rows[a].values[column], &r->rows->rows[b].values[column]);
}

static bool same_group(const struct ranking *r, size_t a, size_t b)
{
	return same_in(r, r->currency, a, b) && same_in(r, r->period, a, b);
}

static const struct value *figure_at(const struct ranking *r, size_t row)
{
	return &r->rows->rows[row].values[r->by];
}

/* The sum of the group that begins there, and of what of it was left out. */
static void begin_group(struct ranking *r, size_t first)
{
	bool money = r->currency < r->rows->answer.n;
	r->place = 0;
	r->so_far = 0;
	r->sum = job_left(r->job, money ? &r->rows->rows[first].values[r->currency] : NULL);
	for (size_t i = first; i < r->rows->n && !r->rows->rows[i].total; i++)
		if (!same_group(r, first, i))
			break;
		else if (figure_at(r, i)->kind == V_INT)
			r->sum += figure_at(r, i)->i;
}

static struct value share(const struct ranking *r, const struct value *figure, wide of)
{
	return figure->kind == V_INT && r->sum > 0 ? divided(of, r->sum, UNIT_SHARE) : value_null();
}

static void give(struct ranking *r, size_t i, struct value *values)
{
	size_t n = r->rows->answer.n;
	const struct kept_row *row = &r->rows->rows[i];
	const struct value *v = &row->values[r->by];
	memcpy(values + 1, row->values, n * sizeof *values);
	values[0] = values[n + 1] = values[n + 2] = value_null();
	if (row->total) {
		answer_total(r->out, values);
		return;
	}
	if (!i || !same_group(r, i - 1, i))
		begin_group(r, i);
	if (!r->place++ || !value_eq(v, figure_at(r, i - 1)))
		r->rank = (int64_t)r->place;
	if (v->kind == V_INT) {
		r->so_far += v->i;
		values[0] = value_int(r->rank);
	}
	values[n + 1] = share(r, v, v->i);
	values[n + 2] = share(r, v, r->so_far);
	answer_row(r->out, values);
}

bool ranking_give(struct job *j, struct kept *rows, const char *by, struct answer *out,
		  struct diag *d)
{
	const struct answer *in = &rows->answer;
	struct ranking r = { .job = j, .rows = rows, .out = out, .currency = in->n };
	struct codec codec = store_codec(j->store, &j->arena);
	r.by = answer_column(in, str_of(by));
	r.period = answer_column(in, STR("period"));
	if (in->columns[r.by].unit == UNIT_MONEY)
		r.currency = answer_column(in, STR("currency"));
	struct str keys = arena_printf(&j->arena, "%s-%s", r.period < in->n ? "period," : "", by);
	if (!kept_sort(rows, keys, &codec, d))
		return false;
	out->by_period = r.period < in->n;
	out->by_currency = r.currency < in->n;
	begin(j, &r);
	struct value *values = arena_new(&j->arena, struct value, in->n + 3);
	for (size_t i = 0; i < rows->n; i++)
		give(&r, i, values);
	return true;
}
