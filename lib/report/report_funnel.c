/* funnel: how far leads and deals come, step by step, by the time at which they came in. */
#include "report/take.h"
#include "schema/label.h"

/* A journey fills them: 1 entered; 1 advanced, twice; seconds until then. */
/* clang-format off */
static const struct measure measures[] = {
	{ "entered", "Entered", "Vào bước", .unit = UNIT_COUNT },
	{ "advanced", "Advanced", "Đi tiếp", .unit = UNIT_COUNT },
	{ "rate", "Rate", "Tỷ lệ", UNIT_SHARE, HOW_RATIO,
	  .of = "entered" },
	{ "median_days", "Median days", "Số ngày trung vị", UNIT_NUMBER, HOW_MEDIAN,
	  .per = DAY_SECONDS },
};
/* clang-format on */

/* -- leads: target → lead → qualified → converted → deal → won -- */

enum lead_step { TARGET, LEAD, QUALIFIED, CONVERTED, DEAL, WON, LEAD_STEPS };

static const struct pick lead_step_words[LEAD_STEPS] = {
	{ "target", "Target", "Khách hàng thô", false },
	{ "lead", "Lead", "Đầu mối", false },
	{ "qualified", "Qualified", "Đạt tiêu chuẩn", false },
	{ "converted", "Converted", "Đã chuyển đổi", false },
	{ "deal", "Deal", "Cơ hội", false },
	{ "won", "Won", "Thắng", false },
};

static size_t lead_steps(const struct schema *s, struct str names[STEPS_MAX])
{
	(void)s;
	for (size_t i = 0; i < LEAD_STEPS; i++)
		names[i] = str_of(lead_step_words[i].key);
	return LEAD_STEPS;
}

static struct str lead_step_label(const struct schema *s, struct str name, enum language l,
				  struct arena *a)
{
	const struct picklist words = { .picks = lead_step_words, .n = LEAD_STEPS };
	(void)s, (void)a;
	return key_label(&words, name, l);
}

static bool is_won(const struct schema *s, const struct value *pipeline, const struct value *stage)
{
	const struct pipeline *p =
	    pipeline->kind == V_TEXT ? schema_pipeline(s, pipeline->s) : NULL;
	const struct stage *at = p && stage->kind == V_TEXT ? pipeline_stage(p, stage->s) : NULL;
	return at && at->kind == STAGE_WON;
}

static void reach(struct step *s, bool reached, const struct value *at)
{
	s->reached = reached;
	s->timed = reached && at && value_instant(at, &s->at);
}

static void lead_history(struct sql *q)
{
	sql_add(q, "select c.before, s.at from change c join change_set s on s.id = c.change_set"
		   " where c.entity = 'lead' and c.record = $1 and c.op = 'u' order by c.id");
}

/*
 * The status that a change replaced; empty: it kept it.  Values before are a JSON
 * object, and within its strings a quote has a backslash before it.
 */
static struct str status_left(struct str before)
{
	static const char key[] = "\"status\":\"";
	const char *at = memmem(before.p, before.n, key, sizeof key - 1);
	if (!at)
		return (struct str){ 0 };
	size_t start = (size_t)(at - before.p) + sizeof key - 1;
	struct str rest = str_sub(before, start, before.n);
	ptrdiff_t end = str_find(rest, '"');
	return str_sub(rest, 0, end < 0 ? rest.n : (size_t)end);
}

static void set_time(struct step *s, int64_t at)
{
	s->at = at;
	s->timed = s->reached;
}

/*
 * When it became a lead and qualified, as far as the history knows.  Who was disqualified had come
 * as far as the status before: a mere target was never a lead.
 */
static void walk_statuses(int64_t now, struct stmt *history, const struct value *status,
			  struct step *steps)
{
	bool is_over = status->kind == V_TEXT && str_is(status->s, "disqualified");
	bool was_target = false, was_lead = false, qualified = false, was_qualified = false;
	int64_t at, since = INT64_MIN, qualified_at = INT64_MIN;
	while (stmt_step(history)) {
		struct value before = stmt_value(history, 0), when = stmt_value(history, 1);
		struct str left = status_left(before.s);
		if (!left.n || !value_instant(&when, &at) || at > now)
			continue;
		bool target = str_is(left, "target"), over = str_is(left, "disqualified");
		was_target = was_target || target;
		was_lead = was_lead || !(target || over);
		if (target || (over && was_target && !was_lead))
			set_time(&steps[LEAD], at);
		qualified = str_is(left, "qualified");
		if (qualified && !was_qualified) /* it may have been so from the start */
			qualified_at = since;
		was_qualified = was_qualified || qualified;
		since = at;
	}
	stmt_reset(history);
	if (is_over && was_target && !was_lead)
		steps[LEAD] = (struct step){ 0 };
	if (is_over && qualified)
		steps[QUALIFIED].reached = true;
	if (status->kind == V_TEXT && str_is(status->s, "qualified") && !was_qualified)
		qualified_at = since;
	if (qualified_at != INT64_MIN)
		set_time(&steps[QUALIFIED], qualified_at);
}

static void lead_walk(const struct taking *t, const struct value *const in[], struct stmt *more,
		      const struct str *names, size_t n, struct step *steps)
{
	const struct value *status = in[0], *created = in[1], *converted = in[2], *deal = in[3];
	bool is_converted = status->kind == V_TEXT && str_is(status->s, "converted");
	bool is_qualified = status->kind == V_TEXT && str_is(status->s, "qualified");
	bool is_target = status->kind == V_TEXT && str_is(status->s, "target");
	bool has_deal = deal->kind != V_NULL;
	(void)names, (void)n;
	reach(&steps[TARGET], true, created);
	reach(&steps[LEAD], !is_target || has_deal, created);
	reach(&steps[QUALIFIED], is_qualified || is_converted || has_deal, NULL);
	reach(&steps[CONVERTED], is_converted || has_deal, converted);
	reach(&steps[DEAL], has_deal, in[4]);
	reach(&steps[WON], has_deal && is_won(t->schema, in[5], in[6]), in[7]);
	if (in[9]->i < 2) /* never changed */
		return;
	stmt_bind(more, 1, in[8]);
	walk_statuses(t->now, more, status, steps);
}

static const struct journey lead_journey = {
	.in = { "status", "created_at", "converted_at", "deal", "deal.created_at", "deal.pipeline",
		"deal.stage", "deal.closed_at", "id", "rev" },
	.names = lead_steps,
	.label = lead_step_label,
	.more = lead_history,
	.walk = lead_walk,
};

static const struct source lead_sources[] = {
	{ "lead", "lead", .where = "disqualify_reason != duplicate", .time = { "created_at" } },
};

static const struct dimension lead_dimensions[] = {
	{ "owner", { "owner" }, .vi = "Người phụ trách" },
	{ "team", { "owner.team" }, .vi = "Nhóm" },
	{ "source", { "source" }, .vi = "Nguồn" },
	{ "channel", { "channel" }, .vi = "Kênh" },
	{ "campaign", { "campaign" }, .vi = "Chiến dịch" },
	{ 0 },
};

const struct report report_funnel_leads = {
	.name = "funnel",
	.part = "lead",
	.main = "entered",
	.title = "Funnel",
	.title_vi = "Phễu",
	.sources = lead_sources,
	.nsources = countof(lead_sources),
	.chart = { CHART_FUNNEL, .category = "step", .values = "entered" },
	.dimensions = lead_dimensions,
	.measures = measures,
	.nmeasures = countof(measures),
	.journey = &lead_journey,
	.definition =
	    "lead: the leads created in the period (duplicates left out), and how far they have\n"
	    "come by now.  Everyone enters at target; lead: the status is beyond target;\n"
	    "qualified: the status is qualified or converted; converted; deal: the conversion\n"
	    "made a deal; won: that deal is in a stage of kind won.  Who was disqualified had "
	    "come\n"
	    "as far as the history says of the time before.  Who reached a step has passed those\n"
	    "before it.  advanced: reached a later step; rate: advanced / entered;\n"
	    "median_days: between the two, where both instants are known.  The entries into lead\n"
	    "(created_at where it never was a target) and qualified are those of the history.",
};

/* -- deals: stage → stage, from their history -- */

static size_t deal_steps(const struct schema *s, struct str names[STEPS_MAX])
{
	size_t npipelines, n = 0;
	const struct picklist *stages = schema_picklist(s, "deal.stage");
	const struct pipeline *p = schema_pipelines(s, &npipelines);
	for (size_t i = 0; i < stages->n; i++) {
		bool lost = true;
		for (size_t k = 0; k < npipelines; k++) {
			const struct stage *at =
			    pipeline_stage(&p[k], str_of(stages->picks[i].key));
			lost = lost && (!at || at->kind == STAGE_LOST);
		}
		if (!lost && n < STEPS_MAX)
			names[n++] = str_of(stages->picks[i].key);
	}
	return n;
}

static struct str deal_step_label(const struct schema *s, struct str name, enum language l,
				  struct arena *a)
{
	(void)a;
	return key_label(schema_picklist(s, "deal.stage"), name, l);
}

static void deal_history(struct sql *q)
{
	sql_add(q, "select stage, at from stage_change where deal = $1 order by at, id");
}

/* The first time counts; where it came back to a stage it had not left for good. */
static void deal_walk(const struct taking *t, const struct value *const in[], struct stmt *more,
		      const struct str *names, size_t n, struct step *steps)
{
	(void)t;
	stmt_bind(more, 1, in[0]);
	while (stmt_step(more)) {
		struct value stage = stmt_value(more, 0), at = stmt_value(more, 1);
		for (size_t i = 0; i < n; i++)
			if (stage.kind == V_TEXT && str_eq(stage.s, names[i]) && !steps[i].reached)
				reach(&steps[i], true, &at);
	}
	stmt_reset(more);
}

static const struct journey deal_journey = {
	.in = { "id" },
	.names = deal_steps,
	.label = deal_step_label,
	.more = deal_history,
	.by_id = true,
	.walk = deal_walk,
};

static const struct source deal_sources[] = {
	{ "deal", "deal", .time = { "created_at" } },
};

static const struct dimension deal_dimensions[] = {
	{ "owner", { "owner" }, .vi = "Người phụ trách" },
	{ "team", { "owner.team" }, .vi = "Nhóm" },
	{ "source", { "source" }, .vi = "Nguồn" },
	{ "campaign", { "campaign" }, .vi = "Chiến dịch" },
	{ "pipeline", { "pipeline" }, .vi = "Quy trình" },
	{ "type", { "type" }, .vi = "Loại" },
	{ 0 },
};

const struct report report_funnel_deals = {
	.name = "funnel",
	.part = "deal",
	.main = "entered",
	.title = "Funnel",
	.title_vi = "Phễu",
	.sources = deal_sources,
	.nsources = countof(deal_sources),
	.chart = { CHART_FUNNEL, .category = "step", .values = "entered" },
	.dimensions = deal_dimensions,
	.measures = measures,
	.nmeasures = countof(measures),
	.journey = &deal_journey,
	.definition =
	    "deal: the deals created in the period, stage by stage in the pipeline's order (lost\n"
	    "is no step), from the history of their stages.  entered: came into the stage at\n"
	    "least once; advanced: came into a later stage after that; rate: advanced / entered;\n"
	    "median_days: from the first entry to the first entry into the next stage reached.",
};
