/* contact-status: where talking to leads and customers stands, by the calls with them. */
#include "report/sequel.h"
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

/* -- the calls with one of them -- */

/* The last outcome that tells how they took it; else whether they were spoken to at all. */
static enum standing standing_of(const struct taking *t, enum sequel_who type,
				 const struct value *id)
{
	static const enum standing means[] = {
		[TALK_WRONG_NUMBER] = WRONG_NUMBER,
		[TALK_NO_ANSWER] = NO_ANSWER,
		[TALK_SPOKE] = REACHED,
		[TALK_NOT_INTERESTED] = NOT_INTERESTED,
		[TALK_CALLBACK] = CALLBACK,
		[TALK_INTERESTED] = INTERESTED,
		[TALK_MEETING_SET] = MEETING_SET,
	};
	size_t n;
	const struct moment *m = sequel_all(t->sequel, SEQUEL_TALK, type, id->i, &n);
	enum standing standing = NEVER_CALLED;
	for (size_t i = 0; i < n; i++) {
		enum standing is = means[m[i].said];
		if (is > REACHED || standing < REACHED)
			standing = is;
	}
	return standing;
}

/* in: id */
static void walk_lead(const struct taking *t, const struct value *const in[], struct stmt *more,
		      const struct str *names, size_t n, struct step *steps)
{
	(void)more, (void)names, (void)n;
	steps[standing_of(t, SEQUEL_LEAD, in[0])].reached = true;
}

static void walk_account(const struct taking *t, const struct value *const in[], struct stmt *more,
			 const struct str *names, size_t n, struct step *steps)
{
	(void)more, (void)names, (void)n;
	steps[standing_of(t, SEQUEL_ACCOUNT, in[0])].reached = true;
}

#define STATES                                                                                  \
	.names = names_of, .label = label_of, .state = "contact_status", .heading = "Standing", \
	.heading_vi = "Tình trạng", .in = { "id" }

static const struct journey lead_journey = { STATES, .walk = walk_lead };
static const struct journey account_journey = { STATES, .walk = walk_account };

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

#define CONTACT_STATUS                                                                            \
	.name = "contact-status", .title = "Contact status", .title_vi = "Tình trạng liên lạc",   \
	.measures = measures, .nmeasures = countof(measures), .main = "customers", .nsources = 1, \
	.sequel = 1u << SEQUEL_TALK,                                                              \
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
	    "account: the accounts that are prospects or customers, by created_at; the calls with\n"
	    "their people are calls with them.  " STANDING,
};
