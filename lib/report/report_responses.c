/* responses: how soon people hear from us, on whatever channel they wrote. */
#include "report/sequel.h"
#include "report/take.h"

#define MESSAGE "status = done and kind in (email, chat, sms, letter)"

static const struct source sources[] = {
	{ "message", "activity", .where = "direction = 'in' and " MESSAGE " and ticket is null",
	  .time = { "done_at" } },
	{ "ticket", "ticket", .time = { "opened_at" } },
	{ "lead", "lead", .where = "channel is not null and status != target",
	  .time = { "created_at" } },
	{ "sent", "activity", .where = MESSAGE " and direction != 'in'", .time = { "done_at" } },
	{ "reply", "activity",
	  .where = MESSAGE " and direction = 'in' and reply_to is not null and reply_to.direction"
			   " != 'in' and reply_to.status = done and reply_to.kind in (email, chat,"
			   " sms, letter)",
	  .time = { "reply_to.done_at" } },
};

static const struct dimension dimensions[] = {
	{ "channel",
	  { "channel", "channel", "channel", "channel", "reply_to.channel" },
	  .vi = "Kênh" },
	{ "kind", { "kind", "", "", "kind", "reply_to.kind" }, .vi = "Loại" },
	{ "owner",
	  { "owner", "owner", "owner", "owner", "reply_to.owner" },
	  .vi = "Người phụ trách" },
	{ "user", { "owner", "owner", "owner", "owner", "reply_to.owner" }, .vi = "Người dùng" },
	{ "team",
	  { "owner.team", "owner.team", "owner.team", "owner.team", "reply_to.owner.team" },
	  .vi = "Nhóm" },
	{ 0 },
};

/* -- in: SEQUEL_WHO, done_at, lead.channel, lead.first_response_at -- */

/*
 * Whether it waits for an answer of its own: not where they wrote before and wait already, and
 * not where the lead that it is about does.
 */
static bool take_begun(const struct taking *t, const struct value *const in[], wide *figure)
{
	int64_t at, before, ours, first;
	*figure = 1;
	if (!value_instant(in[4], &at))
		return false;
	if (in[5]->kind == V_TEXT && (!value_instant(in[6], &first) || first >= at))
		return false;
	return !sequel_last(t->sequel, SEQUEL_INWARD, in, at, &before) ||
	       (sequel_last(t->sequel, SEQUEL_ANSWER, in, at, &ours) && ours >= before);
}

static bool take_wait(const struct taking *t, const struct value *const in[], wide *figure)
{
	int64_t at, then;
	if (!take_begun(t, in, figure) || !value_instant(in[4], &at) ||
	    !sequel_next(t->sequel, SEQUEL_ANSWER, in, at, &then))
		return false;
	*figure = then - at;
	return true;
}

static bool take_answered(const struct taking *t, const struct value *const in[], wide *figure)
{
	bool answered = take_wait(t, in, figure);
	*figure = 1;
	return answered;
}

/* in: opened_at, first_response_at, resolved_at (without a word: the answer) */
static bool take_ticket(const struct taking *t, const struct value *const in[], wide *figure)
{
	return take_span(t, in, figure) ||
	       take_span(t, (const struct value *const[]){ in[0], in[2] }, figure);
}

#define WRITTEN(function)                                                                      \
	{                                                                                      \
		"message",                                                                     \
		    .in = { SEQUEL_WHO, "done_at", "lead.channel", "lead.first_response_at" }, \
		    .take = function                                                           \
	}

/* clang-format off */
#define WAITS .from = { WRITTEN(take_wait), \
	{ "ticket", .in = { "opened_at", "first_response_at", "resolved_at" }, .take = take_ticket }, \
	{ "lead", .in = { "created_at", "first_response_at" }, .take = take_span } }

static const struct measure measures[] = {
	{ "received", "Received", "Tiếp nhận", UNIT_COUNT, HOW_SUM,
	  .from = { WRITTEN(take_begun), { "ticket" }, { "lead" } } },
	{ "answered", "Answered", "Đã trả lời", UNIT_COUNT, HOW_SUM,
	  .from = { WRITTEN(take_answered),
		    { "ticket", .where = "first_response_at is not null or resolved_at is not null" },
		    { "lead", .where = "first_response_at is not null" } } },
	{ "unanswered", "Unanswered", "Chưa trả lời", UNIT_COUNT, HOW_LESS, .sum = "received", .of = "answered" },
	{ "median_minutes", "Median (min)", "Trung vị (phút)", UNIT_NUMBER, HOW_MEDIAN, WAITS, .per = 60 },
	{ "p90_minutes", "90% within (min)", "90% trong vòng (phút)", UNIT_NUMBER, HOW_P90, WAITS, .per = 60 },
	{ "sent", "Sent", "Đã gửi", UNIT_COUNT, HOW_SUM, .from = { { "sent" } } },
	{ "replied", "Replied", "Có hồi đáp", UNIT_COUNT, HOW_DISTINCT,
	  .from = { { "reply", .in = { "reply_to" } } } },
	{ "reply_rate", "Reply rate", "Tỷ lệ hồi đáp", UNIT_SHARE, HOW_RATIO, .sum = "replied", .of = "sent" },
};
/* clang-format on */

const struct report report_responses = {
	.name = "responses",
	.title = "Responses",
	.title_vi = "Tốc độ phản hồi",
	.sources = sources,
	.nsources = countof(sources),
	.by = "channel",
	.dimensions = dimensions,
	.measures = measures,
	.nmeasures = countof(measures),
	.main = "received",
	.sequel = 1u << SEQUEL_ANSWER | 1u << SEQUEL_INWARD,
	.chart = { CHART_BAR, .values = "median_minutes p90_minutes" },
	.definition =
	    "received: what waits for an answer of ours.  message: an e-mail, chat, SMS or letter\n"
	    "that came in (done_at), unless the same lead, account or contact had written before\n"
	    "and still waited; not those about a ticket, nor those about a lead with a channel\n"
	    "that had not heard from us, which count themselves.  ticket: by opened_at.  lead:\n"
	    "those that have a channel and are beyond target, by created_at.  answered: messages\n"
	    "after which we called, wrote to or met the same lead, account or contact; tickets "
	    "and\n"
	    "leads by first_response_at, and a ticket that was resolved without a word by that.\n"
	    "unanswered: the others, until now.  median_minutes and p90_minutes (the shortest "
	    "time\n"
	    "that nine of ten do not exceed): how long the answered ones waited, by the clock and\n"
	    "not in working time, which crm-report tickets has.  sent: messages of ours, by\n"
	    "done_at; replied: those of them that a message which came in names as the one it\n"
	    "answers (reply_to); reply_rate: replied / sent.",
};
