/* The checklist before implementation, technical and human. */
#include "domain/checklist.h"

#include <sys/stat.h>

#include "domain/doctor.h"

static const char *const checked_names[] = { "done", "missing", "ask" };

const char *checked_label(enum checked state, enum language l)
{
	static const char *const vi[] = { "đã có", "còn thiếu", "cần hỏi" };
	return label(l, checked_names[state], vi[state]);
}

static bool cron_there(const struct store *s)
{
	static const char *const places[] = { "/usr/bin/crontab", "/usr/sbin/cron",
					      "/usr/sbin/crond", "/usr/bin/systemctl" };
	struct stat st;
	(void)s;
	for (size_t i = 0; i < countof(places); i++)
		if (stat(places[i], &st) == 0)
			return true;
	return false;
}

/* clang-format off */
const struct checklist_item checklist[] = {
	{ "currency", "technical", "the currency of amounts is set", "đã đặt tiền tệ",
	  "crm-init --currency CODE", .sql = "exists (select 1 from setting where key = 'currency')" },
	{ "timezone", "technical", "the time zone is set, and is not UTC", "đã đặt múi giờ (không phải UTC)",
	  "crm-init --timezone ZONE",
	  .sql = "exists (select 1 from setting where key = 'timezone' and value <> 'UTC')" },
	{ "region", "technical", "the country of phone numbers is set", "đã đặt vùng số điện thoại",
	  "crm-init --region CODE", .sql = "exists (select 1 from setting where key = 'region')" },
	{ "sla", "technical", "the times in which tickets are answered are set",
	  "đã đặt thời hạn xử lý phiếu hỗ trợ", "crm-config show", .sql = "exists (select 1 from sla)" },
	{ "backup", "technical", "a backup was made in the last 7 days", "đã sao lưu trong 7 ngày qua",
	  "crm-doctor backup FILE",
	  .sql = "exists (select 1 from setting where key = 'backup_at' and value >= {-7d})" },
	{ "cron", "technical", "something on this computer runs programs by the clock",
	  "máy có trình chạy định kỳ (cron)", "crontab -e", .test = cron_there },
	{ "restore", "technical", "has a restore been tried, on another computer?",
	  "đã thử khôi phục từ bản sao lưu trên máy khác chưa?", .how = "crm-doctor restore FILE" },
	{ "access", "technical", "who may read the file, and is its folder closed to others?",
	  "ai được đọc tệp dữ liệu, thư mục đã khoá với người khác chưa?", .how = "chmod 700 FOLDER" },

	{ "users", "people", "more than one user", "có hơn một người dùng", "crm-user add login=…",
	  .sql = "(select count(*) from \"user\" where active = 1) > 1" },
	{ "teams", "people", "users belong to teams", "người dùng thuộc nhóm", "crm-user set LOGIN team=…",
	  .sql = "exists (select 1 from \"user\" where team is not null)" },
	{ "roles", "people", "not everybody is an admin", "không phải ai cũng là quản trị",
	  "crm-user set LOGIN role=rep",
	  .sql = "exists (select 1 from \"user\" where active = 1 and role <> 'admin')" },
	{ "goal", "people", "is the goal of the CRM written down, with a figure and a date?",
	  "mục tiêu của CRM đã viết ra, có con số và thời hạn chưa?", .how = NULL },
	{ "sponsor", "people", "who in the management wants it, and uses its figures?",
	  "ai trong ban lãnh đạo ủng hộ và dùng số liệu từ CRM?", .how = NULL },
	{ "data-owner", "people", "who answers for the data, by name?", "ai chịu trách nhiệm về dữ liệu?", .how = NULL },
	{ "training", "people", "has everybody been shown their three daily commands?",
	  "mọi nhân viên đã được hướng dẫn các thao tác hằng ngày chưa?", .how = "man crm" },
	{ "motivation", "people", "what does a salesperson gain by entering data?",
	  "nhân viên được lợi gì khi nhập dữ liệu?", .how = NULL },
	{ "process", "people", "is it agreed when a lead counts as qualified, and who takes it then?",
	  "đã thống nhất khi nào đầu mối đạt tiêu chuẩn và ai tiếp nhận chưa?", .how = NULL },
	{ "plan", "people", "is there a plan: pilot team, start day, first review?",
	  "có kế hoạch: nhóm thử nghiệm, ngày bắt đầu, ngày đánh giá chưa?", .how = NULL },
	{ "consent", "people", "may the people in the data be contacted, and is that noted?",
	  "khách hàng đã đồng ý cho liên hệ và được ghi nhận chưa?", .how = "crm-lead set REF do_not_call=true" },

	{ "pipeline", "data", "the stages are your own", "quy trình bán hàng đã chỉnh theo công ty",
	  "crm-config show",
	  .sql = "(select count(*) from stage) <> 5 or (select count(*) from stage where"
		 " (key = 'discovery' and probability = 10) or (key = 'proposal' and probability = 50)"
		 " or (key = 'negotiation' and probability = 80) or key in ('won', 'lost')) <> 5" },
	{ "sources", "data", "leads say where they came from", "đầu mối có nguồn", "crm-lead set REF source=…",
	  .sql = "exists (select 1 from lead where source is not null)" },
	{ "records", "data", "the existing customers are in", "đã nhập khách hàng hiện có",
	  "crm-import account FILE", .sql = "exists (select 1 from account)" },
	{ "owners", "data", "every open lead has an owner", "mọi đầu mối đang mở đều có người phụ trách",
	  "crm-doctor check lead.owner",
	  .sql = "not exists (select 1 from lead where owner is null"
		 " and status not in ('target', 'disqualified', 'converted'))" },
	{ "duplicates", "data", "no two leads have the same phone", "không có đầu mối trùng số điện thoại",
	  "crm-doctor check duplicate",
	  .sql = "not exists (select 1 from lead where phone_key is not null group by phone_key"
		 " having count(*) > 1)" },
	{ "old-data", "data", "which old lists are still in use, and who stops that, when?",
	  "còn dùng những danh sách cũ nào, ai và khi nào sẽ ngừng?", .how = NULL },
};
/* clang-format on */

const size_t nchecklist = countof(checklist);

enum checked checklist_judge(struct store *s, const struct checklist_item *item)
{
	struct arena a = { 0 };
	struct doctor d = { .store = s };
	struct sql q = { .arena = &a };
	if (item->test)
		return item->test(s) ? ITEM_DONE : ITEM_MISSING;
	if (!item->sql)
		return ITEM_ASK;
	sql_add(&q, "select case when ");
	doctor_fill(&d, &q, item->sql);
	sql_add(&q, " then 1 else 0 end");
	bool done = db_int(s->db, &q, 0) != 0;
	sql_free(&q);
	arena_free(&a);
	return done ? ITEM_DONE : ITEM_MISSING;
}
