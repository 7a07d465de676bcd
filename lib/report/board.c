/* A leaderboard: what was counted, ranked, and set against targets. */
#include "report/board.h"

#include "report/job.h"
#include "schema/label.h"

/* The columns behind the dimensions. */
enum {
	RANK,
	PREVIOUS_RANK,
	MOVED,
	ACTUAL,
	PREVIOUS,
	TARGET,
	ATTAINED,
	DUE,
	PACE,
	PER_DAY,
	NEEDED,
	CURRENCY,
	FIGURES
};

struct board {
	struct job *job;
	struct kept *rows;
	struct answer *out;
	size_t ndims;						/* the period among them */
	size_t actual, previous, target, due, currency, period; /* n: there is none */
	bool money;
	size_t place; /* within its group, from 1 */
	int64_t rank;
	struct value last; /* what has that rank */
};

static struct str measure_label(const struct schema *s, struct str key, enum language l,
				struct arena *a)
{
	(void)a;
	return key_label(schema_picklist(s, "target_figure.measure"), key, l);
}

static void begin(struct board *b)
{
	static const struct {
		const char *name, *en, *vi;
		enum unit unit;
	} words[FIGURES] = {
		[RANK] = { "rank", "Rank", "Hạng", UNIT_COUNT },
		[PREVIOUS_RANK] = { "previous_rank", "Before", "Hạng trước", UNIT_COUNT },
		[MOVED] = { "moved", "Moved", "Thay đổi hạng", UNIT_COUNT },
		[ACTUAL] = { "actual", "Actual", "Thực hiện", UNIT_MONEY },
		[PREVIOUS] = { "previous", "Previous", "Kỳ trước", UNIT_MONEY },
		[TARGET] = { "target", "Target", "Chỉ tiêu", UNIT_MONEY },
		[ATTAINED] = { "attained", "Attained", "Đạt", UNIT_SHARE },
		[DUE] = { "due", "Due by now", "Đến nay cần", UNIT_MONEY },
		[PACE] = { "pace", "Pace", "Tiến độ", UNIT_SHARE },
		[PER_DAY] = { "per_day", "Target a day", "Chỉ tiêu mỗi ngày", UNIT_MONEY },
		[NEEDED] = { "needed_per_day", "Needed a day", "Còn cần mỗi ngày", UNIT_MONEY },
		[CURRENCY] = { "currency", "Currency", "Tiền tệ", UNIT_COUNT },
	};
	enum language l = report_language(b->job);
	struct answer_column *all =
	    arena_new(&b->job->arena, struct answer_column, 1 + b->ndims + FIGURES);
	all[0] = (struct answer_column){ .name = STR("measure"),
					 .label = str_of(label(l, "Measure", "Chỉ số")),
					 .word = measure_label };
	memcpy(all + 1, b->rows->answer.columns + 1, b->ndims * sizeof *all);
	for (size_t i = 0; i < FIGURES; i++)
		all[1 + b->ndims + i] = (struct answer_column){
			.name = str_of(words[i].name),
			.label = str_of(label(l, words[i].en, words[i].vi)),
			.role = i == CURRENCY ? ROLE_CURRENCY : ROLE_FIGURE,
			.unit =
			    words[i].unit == UNIT_MONEY && !b->money ? UNIT_NUMBER : words[i].unit,
		};
	answer_begin(b->out, all, 1 + b->ndims + FIGURES);
}

static const struct value *at(const struct board *b, size_t row, size_t column)
{
	static const struct value none = { .kind = V_NULL };
	return column < b->rows->answer.n ? &b->rows->rows[row].values[column] : &none;
}

static bool same_group(const struct board *b, size_t x, size_t y)
{
	return value_eq(at(b, x, b->currency), at(b, y, b->currency)) &&
	       value_eq(at(b, x, b->period), at(b, y, b->period));
}

/* What has no owner is nobody's, and does not compete. */
static bool is_nobodys(const struct board *b, size_t row)
{
	return b->job->ndims && at(b, row, 1)->kind == V_NULL;
}

static bool was_ahead(const struct board *b, size_t other, size_t row)
{
	return !is_nobodys(b, other) && at(b, other, b->previous)->i > at(b, row, b->previous)->i;
}

/* By what was reached before; null where that was nothing. */
static struct value previous_rank(const struct board *b, size_t row)
{
	const struct value *was = at(b, row, b->previous);
	int64_t rank = 1;
	if (was->kind != V_INT || !was->i || is_nobodys(b, row))
		return value_null();
	for (size_t i = row; i-- > 0 && same_group(b, i, row);)
		rank += was_ahead(b, i, row);
	for (size_t i = row + 1; i < b->rows->n && same_group(b, i, row); i++)
		rank += was_ahead(b, i, row);
	return value_int(rank);
}

/* By what was reached now; the rows come in that order. */
static struct value rank_of(struct board *b, size_t row)
{
	const struct value *is = at(b, row, b->actual);
	if (!row || !same_group(b, row - 1, row))
		b->place = 0;
	if (is->kind != V_INT || is_nobodys(b, row))
		return value_null();
	b->place++;
	if (b->place == 1 || !value_eq(is, &b->last))
		b->rank = (int64_t)b->place;
	b->last = *is;
	return value_int(b->rank);
}

/* -- days -- */

/* The days that the row is about. */
static void days_of(const struct board *b, size_t row, int64_t *from, int64_t *end)
{
	const struct timing *t = &b->job->timing;
	const struct value *period = at(b, row, b->period);
	int64_t start;
	*from = t->range.has_from ? zone_day(t->range.from) : INT64_MIN;
	*end = t->range.has_to ? zone_day(t->range.to - 1) + 1 : INT64_MAX;
	if (period->kind != V_TEXT || !day_scan(period->s, &start))
		return;
	int64_t next = period_next(start, t->period);
	*from = start > *from ? start : *from;
	*end = next < *end ? next : *end;
}

static struct value a_day(const struct board *b, wide figure, int64_t from, int64_t end,
			  uint8_t scale)
{
	bool bounded = from != INT64_MIN && end != INT64_MAX;
	int64_t days = bounded && from < end ? job_workdays(b->job, from, end) : 0;
	if (!days)
		return value_null();
	struct value v = divided(figure, days, b->money ? UNIT_MONEY : UNIT_NUMBER);
	v.scale = b->money ? scale : v.scale;
	return v;
}

static void put_days(const struct board *b, size_t row, struct value *figures)
{
	const struct value *target = at(b, row, b->target), *actual = at(b, row, b->actual);
	int64_t from, end, today = zone_day(b->job->taking.now);
	if (target->kind != V_INT)
		return;
	days_of(b, row, &from, &end);
	wide missing = (wide)target->i - (actual->kind == V_INT ? actual->i : 0);
	figures[PER_DAY] = a_day(b, target->i, from, end, target->scale);
	figures[NEEDED] =
	    a_day(b, missing > 0 ? missing : 0, today > from ? today : from, end, target->scale);
}

static struct value part_of(const struct value *figure, const struct value *of)
{
	if (figure->kind != V_INT || of->kind != V_INT || !of->i)
		return value_null();
	return divided(figure->i, of->i, UNIT_SHARE);
}

static void give(struct board *b, size_t row, struct value *values)
{
	struct value *figures = values + 1 + b->ndims;
	const struct value *actual = at(b, row, b->actual);
	for (size_t i = 0; i < 1 + b->ndims + FIGURES; i++)
		values[i] = value_null();
	values[0] = value_text(str_of(b->job->report->part));
	memcpy(values + 1, b->rows->rows[row].values + 1, b->ndims * sizeof *values);
	figures[RANK] = rank_of(b, row);
	figures[PREVIOUS_RANK] = previous_rank(b, row);
	if (figures[RANK].kind == V_INT && figures[PREVIOUS_RANK].kind == V_INT)
		figures[MOVED] = value_int(figures[PREVIOUS_RANK].i - b->rank);
	figures[ACTUAL] = *actual;
	figures[PREVIOUS] = *at(b, row, b->previous);
	figures[TARGET] = *at(b, row, b->target);
	figures[ATTAINED] = part_of(actual, &figures[TARGET]);
	figures[DUE] = *at(b, row, b->due);
	figures[PACE] = part_of(actual, &figures[DUE]);
	figures[CURRENCY] = *at(b, row, b->currency);
	put_days(b, row, figures);
	answer_row(b->out, values);
}

bool board_give(struct job *j, struct kept *rows, struct answer *out, struct diag *d)
{
	const struct answer *in = &rows->answer;
	struct board b = { .job = j, .rows = rows, .out = out };
	struct codec codec = store_codec(j->store, &j->arena);
	b.ndims = j->ndims + j->timing.by_period;
	b.actual = answer_column(in, STR("actual"));
	b.previous = answer_column(in, STR("previous"));
	b.target = answer_column(in, STR("target"));
	b.due = answer_column(in, STR("due"));
	b.currency = answer_column(in, STR("currency"));
	b.period = answer_column(in, STR("period"));
	b.money = in->columns[b.actual].unit == UNIT_MONEY;
	while (rows->n && rows->rows[rows->n - 1].total) /* ranks have none */
		rows->n--;
	if (!kept_sort(rows, b.period < in->n ? STR("period,-actual") : STR("-actual"), &codec, d))
		return false;
	out->by_period = b.period < in->n;
	out->by_currency = out->by_currency || b.currency < in->n;
	begin(&b);
	struct value *values = arena_new(&j->arena, struct value, 1 + b.ndims + FIGURES);
	for (size_t i = 0; i < rows->n; i++)
		give(&b, i, values);
	return true;
}
