/* campaigns: whom they reached, who responded, what they cost and what they brought. */
#include "core/buf.h"
#include "core/map.h"
#include "report/sold.h"
#include "report/went.h"

static const struct source sources[] = {
	/* what is counted of a campaign stands with its own currency, beside what it cost */
	{ "member", "campaign_member", .time = { "created_at" }, .currency = "campaign.currency",
	  .apart = true },
	{ "campaign", "campaign", .time = { "start_on", "created_at" }, .apart = true },
	{ "event", "event", .where = "campaign is not null and kind in (email_open, email_click)",
	  .time = { "at" }, .currency = "campaign.currency", .apart = true },
	{ "lead", "lead", .where = "campaign is not null and disqualify_reason != duplicate",
	  .time = { "created_at" }, .currency = "campaign.currency", .apart = true },
	{ "deal", "deal", DEALS_WON, .where = "campaign is not null", .time = { "closed_at" },
	  .unless = SOLD_ELSEWHERE, .apart = true },
	{ "order", "order_line", .where = SOLD_LINES " and order.campaign is not null",
	  .time = { "order.ordered_on" }, .behind = "order", .apart = true },
};

/* A field of the campaign, in each source. */
#define OF_CAMPAIGN(field)                                                                         \
	{                                                                                          \
		"campaign." field, field, "campaign." field, "campaign." field, "campaign." field, \
		    "order.campaign." field                                                        \
	}

static const struct dimension dimensions[] = {
	{ "campaign", OF_CAMPAIGN("name"), .vi = "Chiến dịch" },
	{ "type", OF_CAMPAIGN("type"), .vi = "Loại chiến dịch" },
	{ "channel", OF_CAMPAIGN("channel"), .vi = "Kênh" },
	{ "owner", OF_CAMPAIGN("owner"), .vi = "Người phụ trách" },
	{ "team", OF_CAMPAIGN("owner.team"), .vi = "Nhóm" },
	{ "parent", OF_CAMPAIGN("parent.name"), .vi = "Chiến dịch mẹ" },
	{ "segment", OF_CAMPAIGN("segment.name"), .vi = "Phân khúc" },
	{ "status", OF_CAMPAIGN("status"), .vi = "Trạng thái" },
	{ 0 },
};

/* clang-format off */
static const struct measure measures[] = {
	{ "members", "Members", "Thành viên", .unit = UNIT_COUNT },
	{ "sent", "Sent", "Đã gửi", UNIT_COUNT, HOW_SUM, .from = { { .where = SENT } } },
	{ "delivered", "Delivered", "Đã nhận", UNIT_COUNT, HOW_SUM, .from = { { .where = DELIVERED } } },
	{ "opened", "Opened", "Đã mở", UNIT_COUNT, HOW_SUM, .from = { { .where = OPENED } } },
	{ "opens", "Opens", "Số lần mở", UNIT_COUNT, HOW_SUM,
	  .from = { { "event", .where = "kind = email_open" } } },
	{ "clicked", "Clicked", "Đã nhấp", UNIT_COUNT, HOW_SUM, .from = { { .where = CLICKED } } },
	{ "clicks", "Clicks", "Số lần nhấp", UNIT_COUNT, HOW_SUM,
	  .from = { { "event", .where = "kind = email_click" } } },
	{ "replied", "Replied", "Đã trả lời", UNIT_COUNT, HOW_SUM, .from = { { .where = REPLIED } } },
	{ "reached", "Reached", "Gặp được", UNIT_COUNT, HOW_SUM,
	  .from = { { .where = WENT("reached") " or " WENT("interested") " or " WENT("refused") } } },
	{ "interested", "Interested", "Quan tâm", UNIT_COUNT, HOW_SUM,
	  .from = { { .where = WENT("interested") } } },
	{ "attended", "Attended", "Đã tham dự", UNIT_COUNT, HOW_SUM,
	  .from = { { .where = WENT("attended") } } },
	{ "converted", "Converted", "Đã chuyển đổi", UNIT_COUNT, HOW_SUM,
	  .from = { { .where = WENT("converted") " or lead.status = converted" } } },
	{ "bounced", "Bounced", "Không gửi được", UNIT_COUNT, HOW_SUM,
	  .from = { { .where = WENT("bounced") } } },
	{ "opted_out", "Opted out", "Từ chối nhận tin", UNIT_COUNT, HOW_SUM,
	  .from = { { .where = WENT("opted_out") } } },
	{ "leads", "Leads", "Đầu mối", UNIT_COUNT, HOW_SUM, .from = { { "lead" } } },
	{ "cost", "Cost", "Chi phí", UNIT_MONEY, HOW_KNOWN,
	  .from = { { "campaign", .in = { "cost" }, .take = take_number } } },
	{ "cost_per_lead", "Cost per lead", "Chi phí mỗi đầu mối", UNIT_MONEY, HOW_RATIO,
	  .sum = "cost", .of = "leads" },
	{ "revenue", "Revenue", "Doanh thu", UNIT_MONEY, HOW_SUM,
	  .from = { { "deal", .in = { "amount" }, .take = take_number }, { "order", SOLD_AMOUNT } } },
	{ "profit", "Profit", "Lợi nhuận", UNIT_MONEY, HOW_LESS, .sum = "revenue", .of = "cost",
	  .hidden = true },
	{ "roi", "ROI", "ROI", UNIT_SHARE, HOW_RATIO, .sum = "profit", .of = "cost" },
};
/* clang-format on */

/* -- a return in another currency than the cost is none that can be told -- */

/* What the row is of, but for its currency. */
static struct str key_of(const struct kept_row *row, size_t n, struct buf *key)
{
	key->n = 0;
	buf_putc(key, row->total ? '=' : '-');
	for (size_t i = 0; i < n && row->columns[i].role != ROLE_FIGURE; i++) {
		if (row->values[i].kind == V_TEXT)
			buf_put(key, row->values[i].s);
		buf_putc(key, row->values[i].kind == V_TEXT ? '\1' : '\2');
	}
	return buf_str(key);
}

static bool is_amount(const struct value *v)
{
	return v->kind == V_INT && v->i;
}

static bool check_returns(struct job *j, struct kept *rows, struct answer *out, struct diag *d)
{
	const struct answer *in = &rows->answer;
	size_t cost = answer_column(in, STR("cost")), roi = answer_column(in, STR("roi"));
	size_t revenue = answer_column(in, STR("revenue"));
	struct map free_of_cost = { 0 };
	struct buf key = { 0 };
	(void)d;
	for (size_t i = 0; i < rows->n; i++) {
		const struct kept_row *row = &rows->rows[i];
		if (is_amount(&row->values[revenue]) && !is_amount(&row->values[cost]))
			*map_at(&free_of_cost, key_of(row, in->n, &key)) = 1;
	}
	answer_begin(out, in->columns, in->n);
	struct value *values = arena_new(report_arena(j), struct value, in->n);
	for (size_t i = 0; i < rows->n; i++) {
		const struct kept_row *row = &rows->rows[i];
		memcpy(values, row->values, in->n * sizeof *values);
		if (map_find(&free_of_cost, key_of(row, in->n, &key)))
			values[roi] = value_null();
		out->row(out, values, row->total);
	}
	buf_free(&key);
	map_free(&free_of_cost);
	return true;
}

const struct report report_campaigns = {
	.name = "campaigns",
	.title = "Campaigns",
	.title_vi = "Chiến dịch",
	.sources = sources,
	.nsources = countof(sources),
	.by = "campaign",
	.dimensions = dimensions,
	.measures = measures,
	.nmeasures = countof(measures),
	.main = "revenue",
	.sort = "-revenue",
	.finish = check_returns,
	.chart = { CHART_BAR, .values = "cost revenue" },
	.definition =
	    "Each figure from its own records, by their own time.  members: who was listed, by\n"
	    "created_at, and how far they have come by now, each once: by the status, or by the\n"
	    "first time of one that they have passed.  Who clicked has opened, who opened or\n"
	    "replied was delivered to, and who that was, or whose bounced, was sent to; reached:\n"
	    "or interested, or refused; converted: or the lead was converted.  opens and clicks:\n"
	    "all events email_open and email_click of the campaign, by `at`.  leads: those whose\n"
	    "campaign it is, by created_at, without duplicates.  cost: of the campaigns, on\n"
	    "start_on, else created_at; of none known it is empty.  cost_per_lead: cost / leads.\n"
	    "revenue: what is sold, as in crm-report sales, by the campaign that the order, or a\n"
	    "won deal without order, names.  roi: (revenue - cost) / cost, empty without cost, "
	    "and\n"
	    "where there is revenue in a currency in which nothing was paid: --currency.",
};
