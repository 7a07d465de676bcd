/* surveys: who was asked, who answered, and how satisfied they are. */
#include "report/take.h"
#include "report/went.h"
#include "stream/json.h"

static const struct source sources[] = {
	{ "answer", "event", .where = "kind = survey", .time = { "at" }, .apart = true },
	{ "member", "campaign_member", .where = "campaign.type = survey and (" SENT ")",
	  .time = { "sent_at", "created_at" }, .apart = true },
};

static const struct dimension dimensions[] = {
	{ "campaign", { "campaign.name", "campaign.name" }, .vi = "Chiến dịch" },
	{ "channel", { "campaign.channel", "campaign.channel" }, .vi = "Kênh" },
	{ "owner", { "campaign.owner", "campaign.owner" }, .vi = "Người phụ trách" },
	{ "team", { "campaign.owner.team", "campaign.owner.team" }, .vi = "Nhóm" },
	{ "tier", { "account.tier", "account.tier" }, .vi = "Hạng" },
	{ "industry", { "account.industry", "account.industry" }, .vi = "Ngành nghề" },
	{ "subject", { "subject", NULL }, .vi = "Câu hỏi" },
	{ "product", { "product", NULL }, .vi = "Sản phẩm", .show = "name" },
	{ "source", { "source", NULL }, .vi = "Hệ thống" },
	{ 0 },
};

#define RATED "rating >= 0 and rating <= 10"

/* in: rating; the mean over all is the share of promoters less that of detractors, in percent */
static bool take_promotion(const struct taking *t, const struct value *const in[], wide *figure)
{
	(void)t;
	if (in[0]->kind != V_INT)
		return false;
	*figure = in[0]->i >= 9 ? 100 : in[0]->i <= 6 ? -100 : 0;
	return true;
}

enum { CSAT_MOST = 5, SATISFIED = 4 };

/* Of a payload the member csat, also of an object in it: a whole number from 1 to 5. */
static bool find_csat(struct str payload, struct arena *a, int64_t *grade)
{
	struct json_layout layout = { 0 };
	struct row row = { 0 };
	struct diag d = { 0 };
	bool found = false;
	if (json_record(payload, &row, &layout, a, &d))
		for (size_t i = 0; i < row.n && !found; i++) {
			struct str rest = row.names[i], name = rest;
			while (str_cut(&rest, '.', &name))
				;
			found = str_is(name, "csat") && str_int(row.cells[i].text, grade) &&
				*grade >= 1 && *grade <= CSAT_MOST;
		}
	arena_free(&layout.arena);
	diag_free(&d);
	return found;
}

/* in: payload */
static bool take_csat(const struct taking *t, const struct value *const in[], wide *figure)
{
	struct arena a = { 0 };
	int64_t grade = 0;
	(void)t;
	if (in[0]->kind != V_TEXT || !memmem(in[0]->s.p, in[0]->s.n, "csat", strlen("csat")))
		return false;
	bool found = find_csat(in[0]->s, &a, &grade);
	arena_free(&a);
	*figure = grade;
	return found;
}

/* in: payload; 1 where the grade is 4 or 5 */
static bool take_satisfied(const struct taking *t, const struct value *const in[], wide *figure)
{
	bool found = take_csat(t, in, figure);
	*figure = found && *figure >= SATISFIED;
	return found;
}

/* clang-format off */
static const struct measure measures[] = {
	{ "sent", "Sent", "Đã gửi", UNIT_COUNT, HOW_SUM, .from = { { "member" } } },
	{ "answered", "Answered", "Đã trả lời", .unit = UNIT_COUNT },
	{ "replied", "Replied", "Người trả lời", UNIT_COUNT, HOW_SUM, .hidden = true,
	  .from = { { "member", .where = REPLIED } } },
	{ "rate", "Rate", "Tỷ lệ trả lời", UNIT_SHARE, HOW_RATIO, .sum = "replied", .of = "sent" },
	{ "rated", "Rated", "Có chấm điểm", UNIT_COUNT, HOW_SUM, .from = { { .where = RATED } } },
	{ "mean", "Mean", "Điểm trung bình", UNIT_NUMBER, HOW_MEAN,
	  .from = { { .in = { "rating" }, .take = take_number, .where = RATED } } },
	{ "promoters", "Promoters", "Ủng hộ", UNIT_COUNT, HOW_SUM,
	  .from = { { .where = "rating >= 9 and rating <= 10" } } },
	{ "detractors", "Detractors", "Không hài lòng", UNIT_COUNT, HOW_SUM,
	  .from = { { .where = "rating >= 0 and rating <= 6" } } },
	{ "nps", "NPS", "NPS", UNIT_NUMBER, HOW_MEAN,
	  .from = { { .in = { "rating" }, .take = take_promotion, .where = RATED } } },
	{ "csat", "CSAT", "Mức hài lòng", UNIT_NUMBER, HOW_MEAN,
	  .from = { { .in = { "payload" }, .take = take_csat } } },
	{ "satisfied", "Satisfied", "Tỷ lệ hài lòng", UNIT_SHARE, HOW_MEAN,
	  .from = { { .in = { "payload" }, .take = take_satisfied } } },
};
/* clang-format on */

const struct report report_surveys = {
	.name = "surveys",
	.title = "Surveys",
	.title_vi = "Khảo sát",
	.sources = sources,
	.nsources = countof(sources),
	.by = "campaign",
	.dimensions = dimensions,
	.measures = measures,
	.nmeasures = countof(measures),
	.main = "nps",
	.chart = { CHART_BAR, .values = "nps" },
	.definition =
	    "sent: members of campaigns of type survey to whom it was sent (as in crm-report\n"
	    "campaigns), by sent_at, else created_at.  answered: events of kind survey, by `at`,\n"
	    "also of those who were not asked.  rate: of those it was sent to, who replied by now\n"
	    "/ sent.  The rest is of answers with a rating from 0 to 10 (rated): mean; promoters:\n"
	    "9 or 10; detractors: 0 to 6; nps: the percentage of promoters less that of\n"
	    "detractors, from -100 to 100.  csat: the mean of the grades from 1 to 5 that answers\n"
	    "have as csat in their payload; satisfied: the share of 4 and 5.  By subject, product "
	    "or source, sent is not known.",
};
