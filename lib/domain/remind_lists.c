/* The work-lists: which records, and when.  A new one is a few rows here. */
#include "domain/remind.h"

#include "schema/label.h"

#define ABOUT_ACTIVITY "ticket order deal lead contact account campaign"
/* As status = planned, for which no index is asked: those of one week, or the few that repeat, are
 * looked up among millions that were planned by their day or their rule. */
#define PLANNED "not (status != planned)"
#define LEAD_AT_WORK "status in (new, contacted, nurturing, qualified)"

/* clang-format off */
static const struct remind_source due[] = {
	{ "due", "Due", "Đến hạn", "activity", REMIND_ONCE, "due_at",
	  PLANNED " and repeats is null and due_at >= $from and due_at < $to",
	  ABOUT_ACTIVITY, .subject = "subject body", .looked_up = true },
	{ "due", "Due", "Đến hạn", "activity", REMIND_REPEATS, "due_at",
	  PLANNED " and repeats is not null",
	  ABOUT_ACTIVITY, .subject = "subject body", .looked_up = true },
};

static const struct remind_source overdue[] = {
	{ "overdue", "Overdue", "Quá hạn", "activity", REMIND_ONCE, "due_at",
	  "status = planned and repeats is null and due_at < $now",
	  ABOUT_ACTIVITY, .subject = "subject body", .looked_up = true },
	{ "overdue", "Overdue", "Quá hạn", "activity", REMIND_ENDED, "due_at",
	  PLANNED " and repeats is not null",
	  ABOUT_ACTIVITY, .subject = "subject body", .looked_up = true },
};

#define BIRTHDAY(entity, where)                                                                    \
	{ "birthday", "Birthday", "Sinh nhật", entity, REMIND_YEARLY, "birth_date", where,         \
	  .say_en = "turns %d", .say_vi = "tròn %d tuổi",                                          \
	  .bare_en = "birthday", .bare_vi = "sinh nhật" }

static const struct remind_source birthdays[] = {
	BIRTHDAY("contact", "birth_date is not null"),
	BIRTHDAY("lead", "birth_date is not null and (status = target or " LEAD_AT_WORK ")"),
	BIRTHDAY("account", "birth_date is not null and kind = person"),
};

#define FOUNDED(entity, where)                                                                     \
	{ "founded", "Founded", "Thành lập", entity, REMIND_YEARLY, "founded_on", where,           \
	  .say_en = "founded %d years ago", .one_en = "founded 1 year ago",                        \
	  .say_vi = "kỷ niệm %d năm thành lập",                                                    \
	  .bare_en = "founding day", .bare_vi = "ngày thành lập" }

static const struct remind_source anniversaries[] = {
	FOUNDED("account", "founded_on is not null"),
	FOUNDED("lead", "founded_on is not null and (status = target or " LEAD_AT_WORK ")"),
	{ "customer_since", "Customer since", "Khách hàng từ", "account", REMIND_YEARLY,
	  "customer_since", "customer_since is not null",
	  .say_en = "customer for %d years", .one_en = "customer for 1 year",
	  .say_vi = "khách hàng %d năm" },
};

/* Nothing planned, and since then nobody was in touch; of a new one, since it came in. */
#define UNTOUCHED(entity, where)                                                                   \
	{ "untouched", "Untouched", "Chưa liên hệ", entity, REMIND_ONCE, "last_contacted_at",      \
	  where "next_contact_at is null and (last_contacted_at < $since or"                       \
	  " (last_contacted_at is null and created_at < $since))",                                 \
	  .say_en = "last contact %d days ago", .one_en = "last contact 1 day ago",                \
	  .say_vi = "liên hệ lần cuối %d ngày trước",                                              \
	  .bare_en = "never contacted", .bare_vi = "chưa liên hệ lần nào", .undated = true,        \
	  .if_named = sizeof entity != sizeof "lead" }

static const struct remind_source untouched[] = {
	UNTOUCHED("lead", LEAD_AT_WORK " and "),
	UNTOUCHED("contact", ""),
	UNTOUCHED("account", ""),
};

static const struct remind_source no_next_step[] = {
	{ "no_next_step", "No next step", "Chưa có bước tiếp", "deal", REMIND_ONCE, "stage_since",
	  "closed_at is null and next_contact_at is null",
	  .subject = "next_step name", .undated = true },
};

static const struct remind_source stale[] = {
	{ "stale", "Stale", "Đình trệ", "deal", REMIND_ONCE, "stage_since", "$stale",
	  .subject = "name", .undated = true },
};

static const struct remind_source reorder[] = {
	{ "reorder", "Reorder", "Đến hạn mua lại", "account", REMIND_ONCE, "customer_since", NULL,
	  .say_en = "buys every %d days", .one_en = "buys every day",
	  .say_vi = "thường mua mỗi %d ngày" },
	{ "reorder", "Reorder", "Đến hạn mua lại", "contact", REMIND_ONCE, "created_at", NULL,
	  .say_en = "buys every %d days", .one_en = "buys every day",
	  .say_vi = "thường mua mỗi %d ngày" },
};

static const struct remind_source expiring[] = {
	{ "quote", "Quote expires", "Báo giá hết hạn", "quote", REMIND_ONCE, "valid_until",
	  "status in (draft, sent) and valid_until >= $from and valid_until < $to",
	  "deal contact account", .subject = "name number" },
	{ "contract", "Contract ends", "Hợp đồng hết hạn", "order", REMIND_ONCE, "ends_on",
	  "status in (confirmed, delivered) and ends_on >= $from and ends_on < $to",
	  .subject = "contract_number name number" },
	{ "warranty", "Warranty ends", "Hết bảo hành", "order", REMIND_ONCE, "warranty_until",
	  "status in (confirmed, delivered) and warranty_until >= $from and warranty_until < $to",
	  .subject = "name number" },
};

/* Promises that were broken, and those that will be unless somebody acts. */
static const struct remind_source sla[] = {
	{ "response", "First response", "Phản hồi đầu tiên", "lead", REMIND_ONCE, "response_due",
	  "first_response_at is null and response_due < $to and " LEAD_AT_WORK,
	  .subject = "need interest" },
	{ "response", "First response", "Phản hồi đầu tiên", "ticket", REMIND_ONCE, "response_due",
	  "first_response_at is null and response_due < $to and status in (new, open, pending)",
	  .subject = "subject" },
	{ "resolution", "Resolution", "Giải quyết", "ticket", REMIND_ONCE, "resolution_due",
	  "resolution_due < $to and status in (new, open)", .subject = "subject" },
};
/* clang-format on */

#define LIST(name, sources)                     \
	{                                       \
		name, sources, countof(sources) \
	}

static const struct remind_list remind_lists[] = {
	LIST("due", due),
	LIST("overdue", overdue),
	LIST("today", due),
	LIST("birthdays", birthdays),
	LIST("anniversaries", anniversaries),
	LIST("untouched", untouched),
	LIST("no-next-step", no_next_step),
	LIST("stale", stale),
	LIST("reorder", reorder),
	LIST("expiring", expiring),
	LIST("sla", sla),
	{ 0 },
};

const struct remind_list *remind_list_named(const char *name)
{
	for (const struct remind_list *l = remind_lists; l->name; l++)
		if (!strcmp(l->name, name))
			return l;
	return NULL;
}

const char *remind_kind_label(struct str kind, enum language l)
{
	for (const struct remind_list *list = remind_lists; list->name; list++)
		for (size_t i = 0; i < list->n; i++)
			if (str_is(kind, list->sources[i].kind))
				return label(l, list->sources[i].en, list->sources[i].vi);
	return "";
}
