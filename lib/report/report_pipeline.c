/* pipeline: what is open, how much it is worth, and what lies idle. */
#include "report/take.h"

/*
 * A deal is in its stage since stage_since; the stage says how long that may last.
 * in: stage_since, pipeline, stage
 */
static bool take_stale(const struct taking *t, const struct value *const in[], wide *figure)
{
	const struct pipeline *p =
	    in[1]->kind == V_TEXT ? schema_pipeline(t->schema, in[1]->s) : NULL;
	const struct stage *s = p && in[2]->kind == V_TEXT ? pipeline_stage(p, in[2]->s) : NULL;
	int64_t at;
	*figure = s && s->stale_days && value_instant(in[0], &at) &&
		  t->now - at > (int64_t)s->stale_days * DAY_SECONDS;
	return true;
}

static const struct source sources[] = {
	{ "deal", "deal", DEALS_OPEN, .time = { "expected_close" } },
};

static const struct dimension dimensions[] = {
	{ "stage", { "stage" }, .vi = "Bước" },
	{ "pipeline", { "pipeline" }, .vi = "Quy trình" },
	{ "owner", { "owner" }, .vi = "Người phụ trách" },
	{ "team", { "owner.team" }, .vi = "Nhóm" },
	{ "source", { "source" }, .vi = "Nguồn" },
	{ "campaign", { "campaign" }, .vi = "Chiến dịch" },
	{ "type", { "type" }, .vi = "Loại" },
	{ "forecast", { "forecast" }, .vi = "Dự báo" },
	{ 0 },
};

/* clang-format off */
static const struct measure measures[] = {
	{ "count", "Deals", "Số cơ hội", .unit = UNIT_COUNT },
	{ "amount", "Amount", "Giá trị", UNIT_MONEY, HOW_SUM,
	  .from = { { .in = { "amount" }, .take = take_number } } },
	{ "weighted", "Weighted", "Theo xác suất", UNIT_MONEY, HOW_SUM,
	  .from = { { .in = { "amount", "probability" }, .take = take_product } }, .per = 100 },
	{ "average_age_days", "Age (days)", "Tuổi (ngày)", UNIT_NUMBER, HOW_MEAN,
	  .from = { { .in = { "created_at" }, .take = take_age } }, .per = DAY_SECONDS },
	{ "stale_share", "Stale", "Đình trệ", UNIT_SHARE, HOW_RATIO,
	  .from = { { .in = { "stage_since", "pipeline", "stage" }, .take = take_stale } },
	  .of = "count" },
	{ "without_next_step", "No next step", "Chưa có bước tiếp", UNIT_COUNT, HOW_SUM,
	  .from = { { .where = "next_contact_at is null" } } },
};
/* clang-format on */

const struct report report_pipeline = {
	.name = "pipeline",
	.title = "Open deals",
	.title_vi = "Cơ hội đang mở",
	.sources = sources,
	.nsources = countof(sources),
	.by = "stage",
	.dimensions = dimensions,
	.measures = measures,
	.nmeasures = countof(measures),
	.main = "amount",
	.every = "stage",
	.chart = { CHART_BAR, .category = "stage", .values = "amount" },
	.definition =
	    "The deals in a stage of kind open, by stage in the pipeline's order; a stage\n"
	    "without deals shows 0.  weighted is the sum of amount × probability / 100, rounded\n"
	    "once, half away from zero.  average_age_days counts from created_at until the\n"
	    "as-of instant.  stale_share is the share of deals that are in their stage for\n"
	    "longer than the stage's stale days.  without_next_step counts the deals for which\n"
	    "no activity is planned (next_contact_at is empty).  The field that says when, for\n"
	    "--from, --to and --period, is expected_close.",
};
