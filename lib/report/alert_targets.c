/*
 * below_target: of the target figures that run today, those of which less than `pace` percent of
 * what is due by now is reached.  What is reached is what crm-report leaderboard says since the
 * figure's first day; due is its part for the working days until today, today included.  Before
 * `after` percent of its working days have passed nobody is behind.  A team's is put to whoever
 * leads it.
 */
#include "report/alert_impl.h"
#include "report/parts.h"

/* clang-format off */
const struct alert_figure alert_target_figures[] = {
	{ "measure", "Measure", "Chỉ số", ROLE_DIMENSION, UNIT_COUNT, NULL },
	{ "team", "Team", "Nhóm", ROLE_DIMENSION, UNIT_COUNT, NULL },
	{ "from_day", "From", "Từ ngày", ROLE_FIGURE, UNIT_DAY, NULL },
	{ "to_day", "To", "Đến ngày", ROLE_FIGURE, UNIT_DAY, NULL },
	{ "actual", "Actual", "Thực hiện", ROLE_FIGURE, UNIT_MONEY, NULL },
	{ "target", "Target", "Chỉ tiêu", ROLE_FIGURE, UNIT_MONEY, NULL },
	{ "due", "Due by now", "Đến nay cần", ROLE_FIGURE, UNIT_MONEY, NULL },
	{ "pace", "Pace", "Tiến độ", ROLE_FIGURE, UNIT_SHARE, NULL },
	{ 0 },
};
/* clang-format on */

enum { MEASURE, TEAM, FROM_DAY, TO_DAY, ACTUAL, TARGET, DUE, PACE };

struct target {
	struct str measure, from, to, currency;
	bool team; /* of a team, else of a user */
	int64_t whose, figure;
};

/* The figures of one board, which those of the same measure and days share. */
struct reached {
	struct alerting *x;
	struct target of;
	struct job *job;
	struct kept rows;
	struct report_options options;
};

static void targets_sql(struct sql *q, struct str today)
{
	sql_add(q, "select measure, from_day, to_day, coalesce(currency, ''), \"user\", team,"
		   " coalesce(value, number) from target_figure where from_day <= ");
	sql_text(q, today);
	sql_add(q, " and to_day >= ");
	sql_text(q, today);
	sql_add(q, " and coalesce(value, number) > 0"
		   " order by measure, team is not null, from_day, to_day, id");
}

static bool same_board(const struct target *a, const struct target *b)
{
	return str_eq(a->measure, b->measure) && str_eq(a->from, b->from) && str_eq(a->to, b->to) &&
	       a->team == b->team;
}

static const struct report *board_of(struct str measure)
{
	for (size_t i = 0; i < nreports; i++)
		if (!strcmp(reports[i]->name, "leaderboard") && str_is(measure, reports[i]->part))
			return reports[i];
	return NULL;
}

static void leave(struct reached *r)
{
	if (r->job)
		kept_free(&r->rows);
	report_close(r->job);
	r->job = NULL;
}

/* Makes r the board of that figure.  False with diag. */
static bool reach(struct reached *r, const struct target *t)
{
	struct alerting *x = r->x;
	if (r->job && same_board(&r->of, t))
		return true;
	leave(r);
	const struct report *board = board_of(t->measure);
	if (!board)
		return diag_set(x->diag, NULL, "nothing measures %s", t->measure.p);
	r->of = *t;
	r->options = (struct report_options){ .by = t->team ? "team" : "owner",
					      .from = t->from.p,
					      .to = day_print(x->today + 1, x->arena).p,
					      .now = x->asked->now };
	r->job = report_open(x->store, board, &r->options, x->asked->context, x->diag);
	if (!r->job)
		return false;
	r->rows = kept_new(false);
	return report_run(r->job, &r->rows.answer, x->diag);
}

/* What that login or team has reached in the figure's currency. */
static int64_t actual_of(const struct reached *r, struct str key)
{
	const struct answer *a = &r->rows.answer;
	size_t by = answer_column(a, str_of(r->options.by)),
	       actual = answer_column(a, STR("actual"));
	size_t currency = answer_column(a, STR("currency"));
	for (size_t i = 0; i < r->rows.n; i++) {
		const struct value *v = r->rows.rows[i].values;
		if (v[by].kind == V_TEXT && str_eq(v[by].s, key) && v[actual].kind == V_INT &&
		    (!r->of.currency.n || str_eq(v[currency].s, r->of.currency)))
			return v[actual].i;
	}
	return 0;
}

/* The part of the figure that is due once today is over; false: it is too early to say. */
static bool due_by_now(const struct reached *r, const struct target *t, int64_t *due)
{
	struct alerting *x = r->x;
	struct value from = value_text(t->from), to = value_text(t->to);
	struct lasting all;
	if (!lasting_read(r->job, &from, &to, &all))
		return false;
	const struct lasting piece = { .first = all.first, .end = x->today + 1 };
	wide part = lasting_part(r->job, &all, &piece, t->figure);
	double share = (double)part / (double)t->figure;
	*due = (int64_t)part;
	return *due > 0 && 100 * share >= alert_least(x, ALERT_BELOW_TARGET, "after");
}

/* Counts have no currency, and no decimals. */
static struct value figure(const struct target *t, int64_t n)
{
	return t->currency.n ? study_money(n, t->currency) : value_int(n);
}

static const char *amount(struct alerting *x, const struct target *t, int64_t n)
{
	return t->currency.n ? alert_money(x, n, t->currency) : alert_decimal(x, (double)n, 0);
}

static void tell(struct alerting *x, const struct target *t, const struct entity *e,
		 const struct alert_subject *about, int64_t actual, int64_t due)
{
	const struct alert_subject *to = t->team ? alert_leader(x, about, &e) : about;
	const struct picklist *measures =
	    schema_picklist(&x->store->schema, "target_figure.measure");
	struct str measure = key_label(measures, t->measure, x->language);
	struct value *f;
	struct alert *a = alert_add(x, ALERT_BELOW_TARGET, e, to, &f);
	double pace = (double)actual / (double)due;
	a->topic = arena_printf(x->arena, "%s %s%s%s", t->measure.p, t->from.p, t->team ? " " : "",
				t->team ? about->name.p : "");
	f[MEASURE] = value_text(t->measure);
	f[TEAM] = t->team ? value_text(about->name) : value_null();
	f[FROM_DAY] = value_text(t->from);
	f[TO_DAY] = value_text(t->to);
	f[ACTUAL] = figure(t, actual);
	f[TARGET] = figure(t, t->figure);
	f[DUE] = figure(t, due);
	f[PACE] = study_decimal(pace, 4);
	alert_score(a, 100 * (1 - pace));
	alert_value(a, (double)(due - actual), t->currency);
	a->evidence =
	    SAY(x, "%s%s%s: %s of the %s due by now (%.0f%%); the target is %s until %s",
		"%s%s%s: %s trên %s cần đạt đến nay (%.0f%%); chỉ tiêu %s đến %s",
		t->team ? about->name.p : "", t->team ? ", " : "", measure.p, amount(x, t, actual),
		amount(x, t, due), 100 * pace, amount(x, t, t->figure), t->to.p);
	a->suggestion = WORDS(x, "go through the open deals and plan the days that are left",
			      "rà soát cơ hội đang mở và lập kế hoạch cho những ngày còn lại");
}

static bool look(struct reached *r, const struct target *t)
{
	struct alerting *x = r->x;
	const struct entity *e =
	    schema_entity(&x->store->schema, t->team ? STR("team") : STR("user"));
	const struct alert_subject *about = alert_subject(x, e, t->whose);
	int64_t due;
	if (!about)
		return true;
	if (!reach(r, t))
		return false;
	int64_t actual = actual_of(r, t->team ? about->name : about->owner);
	if (due_by_now(r, t, &due) &&
	    100 * (double)actual < alert_least(x, ALERT_BELOW_TARGET, "pace") * (double)due)
		tell(x, t, e, about, actual, due);
	return true;
}

static struct target target_at(struct stmt *rows, struct arena *a)
{
	struct value team = stmt_value(rows, 5);
	return (struct target){
		.measure = arena_str(a, stmt_value(rows, 0).s),
		.from = arena_str(a, stmt_value(rows, 1).s),
		.to = arena_str(a, stmt_value(rows, 2).s),
		.currency = arena_str(a, stmt_value(rows, 3).s),
		.team = team.kind == V_INT,
		.whose = team.kind == V_INT ? team.i : stmt_value(rows, 4).i,
		.figure = stmt_value(rows, 6).i,
	};
}

bool alerts_of_targets(struct alerting *x)
{
	struct reached r = { .x = x };
	struct sql q = { .arena = x->arena };
	bool ok = true;
	if (!alert_on(x, ALERT_BELOW_TARGET))
		return true;
	targets_sql(&q, day_print(x->today, x->arena));
	struct stmt *rows = db_query(x->store->db, &q);
	while (ok && stmt_step(rows)) {
		struct target t = target_at(rows, x->arena);
		ok = look(&r, &t);
	}
	stmt_close(rows);
	sql_free(&q);
	leave(&r);
	return ok;
}
