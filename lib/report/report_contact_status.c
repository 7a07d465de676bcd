/* contact-status: where talking to leads and customers stands, by the calls with them. */
#include "report/take.h"
#include "schema/label.h"

enum standing {
	NEVER_CALLED,
	WRONG_NUMBER,
	NO_ANSWER,
	REACHED,
	NOT_INTERESTED,
	CALLBACK,
	INTERESTED,
	MEETING_SET,
	STANDINGS,
};

static const struct pick words[STANDINGS] = {
	[NEVER_CALLED] = { "never_called", "Never called", "Chưa gọi", false },
	[WRONG_NUMBER] = { "wrong_number", "Wrong number", "Sai số", false },
	[NO_ANSWER] = { "no_answer", "No answer", "Không nghe máy", false },
	[REACHED] = { "reached", "Reached", "Đã gặp được", false },
	[NOT_INTERESTED] = { "not_interested", "Not interested", "Không quan tâm", false },
	[CALLBACK] = { "callback", "Call back", "Hẹn gọi lại", false },
	[INTERESTED] = { "interested", "Interested", "Quan tâm", false },
	[MEETING_SET] = { "meeting_set", "Meeting set", "Đã hẹn gặp", false },
};

static size_t names_of(const struct schema *s, struct str names[STEPS_MAX])
{
	(void)s;
	for (size_t i = 0; i < STANDINGS; i++)
		names[i] = str_of(words[i].key);
	return STANDINGS;
}

static struct str label_of(const struct schema *s, struct str name, enum language l,
			   struct arena *a)
{
	const struct picklist list = { .picks = words, .n = STANDINGS };
	(void)s, (void)a;
	return key_label(&list, name, l);
}

/* -- the calls with one of them, the first one first -- */

#define CALLS                                                                                   \
	"select outcome, duration_s, direction from activity where kind = 'call' and status = " \
	"'done' and "

static void calls_of_lead(struct sql *q)
{
	sql_add(q, CALLS "lead = $1 order by done_at, id");
}

static void calls_of_account(struct sql *q)
{
	sql_add(q, CALLS "account = $1 order by done_at, id");
}

/* What a call says of where they stand; it says no more than it did if it says less. */
static enum standing after_call(enum standing before, const struct value *outcome, bool spoke)
{
	for (size_t i = NOT_INTERESTED; i < STANDINGS; i++)
		if (outcome->kind == V_TEXT && str_is(outcome->s, words[i].key))
			return (enum standing)i;
	if (before >= REACHED)
		return before;
	if (spoke)
		return REACHED;
	return outcome->kind == V_TEXT && str_is(outcome->s, "wrong_number") ? WRONG_NUMBER
									     : NO_ANSWER;
}

/* in: id, last_contacted_at */
static void walk(const struct taking *t, const struct value *const in[], struct stmt *calls,
		 const struct str *names, size_t n, struct step *steps)
{
	enum standing standing = NEVER_CALLED;
	(void)t, (void)names, (void)n;
	if (in[1]->kind != V_NULL) { /* else there is no call to look for */
		stmt_bind(calls, 1, in[0]);
		while (stmt_step(calls)) {
			struct value outcome = stmt_value(calls, 0), length = stmt_value(calls, 1),
				     direction = stmt_value(calls, 2);
			standing = after_call(standing, &outcome,
					      call_connected(&outcome, &length, &direction));
		}
		stmt_reset(calls);
	}
	steps[standing].reached = true;
}

#define STATES                                                                                   \
	.in = { "id", "last_contacted_at" }, .names = names_of, .label = label_of, .walk = walk, \
	.state = "contact_status", .heading = "Contact", .heading_vi = "Liên lạc"

static const struct journey lead_journey = { STATES, .more = calls_of_lead };
static const struct journey account_journey = { STATES, .more = calls_of_account };

/* clang-format off */
static const struct measure measures[] = {
	{ "customers", "Customers", "Số khách", .unit = UNIT_COUNT },
	{ "share", "Share", "Tỷ lệ", UNIT_SHARE, HOW_SHARE, .sum = "customers" },
};
/* clang-format on */

static const struct source lead_sources[] = {
	{ "lead", "lead", .where = "status != converted and disqualify_reason != duplicate",
	  .time = { "created_at" } },
};

static const struct dimension lead_dimensions[] = {
	{ "owner", { "owner" }, .vi = "Người phụ trách" },
	{ "team", { "owner.team" }, .vi = "Nhóm" },
	{ "source", { "source" }, .vi = "Nguồn" },
	{ "channel", { "channel" }, .vi = "Kênh" },
	{ "campaign", { "campaign" }, .vi = "Chiến dịch" },
	{ "status", { "status" }, .vi = "Trạng thái" },
	{ 0 },
};

static const struct source account_sources[] = {
	{ "account", "account", .where = "type is null or type in (prospect, customer)",
	  .time = { "created_at" } },
};

static const struct dimension account_dimensions[] = {
	{ "owner", { "owner" }, .vi = "Người phụ trách" },
	{ "team", { "owner.team" }, .vi = "Nhóm" },
	{ "source", { "source" }, .vi = "Nguồn" },
	{ "campaign", { "campaign" }, .vi = "Chiến dịch" },
	{ "lifecycle", { "lifecycle" }, .vi = "Giai đoạn" },
	{ "tier", { "tier" }, .vi = "Hạng" },
	{ "industry", { "industry" }, .vi = "Ngành nghề" },
	{ 0 },
};

#define STANDING                                                                                   \
	"contact_status: what the calls with it that are done, made or taken, have come to.  "     \
	"The\n"                                                                                    \
	"last outcome of not_interested, callback, interested and meeting_set; without one:\n"     \
	"reached, where somebody spoke in one of them (as crm-report calls has it); else by the\n" \
	"last call wrong_number or no_answer; never_called: there is none.  share: of all in "     \
	"the\n"                                                                                    \
	"answer, in the same period."

#define CONTACT_STATUS                                                                           \
	.name = "contact-status", .title = "Where communication stands",                         \
	.title_vi = "Tình trạng liên lạc", .measures = measures, .nmeasures = countof(measures), \
	.main = "customers", .nsources = 1,                                                      \
	.chart = { CHART_BAR, .category = "contact_status", .values = "customers" }

const struct report report_contact_leads = {
	CONTACT_STATUS,
	.part = "lead",
	.sources = lead_sources,
	.dimensions = lead_dimensions,
	.journey = &lead_journey,
	.definition =
	    "lead: the leads that are not converted, duplicates left out, by created_at;\n"
	    "who is converted counts as an account.  " STANDING,
};

const struct report report_contact_accounts = {
	CONTACT_STATUS,
	.part = "account",
	.sources = account_sources,
	.dimensions = account_dimensions,
	.journey = &account_journey,
	.definition =
	    "account: the accounts that are prospects or customers, by created_at.  " STANDING,
};
