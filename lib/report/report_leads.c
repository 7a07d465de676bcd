/* leads: what becomes of those who came in, by the time at which they came. */
#include "report/take.h"

static bool is_one(const struct value *v, const char *const *words)
{
	for (; v->kind == V_TEXT && *words; words++)
		if (str_is(v->s, *words))
			return true;
	return false;
}

/* in: status, last_contacted_at */
static bool take_contacted(const struct taking *t, const struct value *const in[], wide *figure)
{
	static const char *const beyond[] = { "contacted", "nurturing", "qualified", "converted",
					      NULL };
	(void)t;
	*figure = in[1]->kind != V_NULL || is_one(in[0], beyond);
	return true;
}

/* in: status, deal */
static bool take_qualified(const struct taking *t, const struct value *const in[], wide *figure)
{
	static const char *const beyond[] = { "qualified", "converted", NULL };
	(void)t;
	*figure = in[1]->kind != V_NULL || is_one(in[0], beyond);
	return true;
}

static bool take_converted(const struct taking *t, const struct value *const in[], wide *figure)
{
	(void)t;
	*figure = is_one(in[0], (const char *const[]){ "converted", NULL });
	return true;
}

static bool take_disqualified(const struct taking *t, const struct value *const in[], wide *figure)
{
	(void)t;
	*figure = is_one(in[0], (const char *const[]){ "disqualified", NULL });
	return true;
}

/* in: created_at, converted_at */
static bool take_in_time(const struct taking *t, const struct value *const in[], wide *figure)
{
	int64_t from, to;
	*figure =
	    value_instant(in[0], &from) && value_instant(in[1], &to) && to - from <= t->within;
	return true;
}

static bool take_immature(const struct taking *t, const struct value *const in[], wide *figure)
{
	int64_t from;
	*figure = value_instant(in[0], &from) && t->now - from < t->within;
	return true;
}

static const struct dimension dimensions[] = {
	{ "source", "source", "Nguồn" },
	{ "channel", "channel", "Kênh" },
	{ "campaign", "campaign", "Chiến dịch" },
	{ "owner", "owner", "Người phụ trách" },
	{ "team", "owner.team", "Nhóm" },
	{ "status", "status", "Trạng thái" },
	{ "rating", "rating", "Mức độ nóng" },
	{ "industry", "industry", "Ngành nghề" },
	{ 0 },
};

static const struct measure measures[] = {
	{ "created", "Created", "Tạo mới", UNIT_COUNT, HOW_SUM, .take = NULL },
	{ "contacted",
	  "Contacted",
	  "Đã liên hệ",
	  UNIT_COUNT,
	  HOW_SUM,
	  { "status", "last_contacted_at" },
	  .take = take_contacted },
	{ "qualified",
	  "Qualified",
	  "Đạt tiêu chuẩn",
	  UNIT_COUNT,
	  HOW_SUM,
	  { "status", "deal" },
	  .take = take_qualified },
	{ "converted",
	  "Converted",
	  "Đã chuyển đổi",
	  UNIT_COUNT,
	  HOW_SUM,
	  { "status" },
	  .take = take_converted },
	{ "disqualified",
	  "Disqualified",
	  "Bị loại",
	  UNIT_COUNT,
	  HOW_SUM,
	  { "status" },
	  .take = take_disqualified },
	{ "conversion_rate",
	  "Conversion",
	  "Tỷ lệ chuyển đổi",
	  UNIT_SHARE,
	  HOW_RATIO,
	  { "created_at", "converted_at" },
	  .take = take_in_time,
	  .of = "created" },
	{ "mature",
	  "Mature",
	  "Đủ thời gian",
	  UNIT_FLAG,
	  HOW_NONE,
	  { "created_at" },
	  .take = take_immature },
	{ "median_minutes_to_first_response",
	  "First response (min)",
	  "Phản hồi đầu (phút)",
	  UNIT_NUMBER,
	  HOW_MEDIAN,
	  { "created_at", "first_response_at" },
	  .take = take_span,
	  .per = 60 },
};

const struct report report_leads = {
	.name = "leads",
	.title = "Leads",
	.title_vi = "Đầu mối",
	.entity = "lead",
	.where = "disqualify_reason != duplicate",
	.time = { "created_at" },
	.dimensions = dimensions,
	.measures = measures,
	.nmeasures = countof(measures),
	.main = "created",
	.definition =
	    "Leads by cohort: those created in the period, as they are now; duplicates\n"
	    "(disqualify_reason duplicate) are left out.  contacted: a contact is recorded\n"
	    "(last_contacted_at), or the status is contacted, nurturing, qualified or converted.\n"
	    "qualified: the status is qualified or converted, or there is a deal.  converted and\n"
	    "disqualified: the status.  conversion_rate: converted within --within days (90) of\n"
	    "their creation / created.  mature: every lead of the group is at least that old, so\n"
	    "that its rate is final.  median_minutes_to_first_response: from created_at to\n"
	    "first_response_at of the leads that have one.",
};
