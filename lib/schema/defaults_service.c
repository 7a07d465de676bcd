/* The shipped picklists of tickets, campaigns, events, segments, and how people are related. */
#include "schema/defaults.h"

/* clang-format off */
static const struct pick ticket_kind[] = {
	{ "question", "Question", "Câu hỏi", false },
	{ "complaint", "Complaint", "Khiếu nại", false },
	{ "incident", "Incident", "Sự cố", false },
	{ "request", "Request", "Yêu cầu", false },
	{ "feedback", "Feedback", "Góp ý", false },
};

static const struct pick ticket_status[] = {
	{ "new", "New", "Mới", false },
	{ "open", "Open", "Đang xử lý", false },
	{ "pending", "Pending", "Chờ khách hàng", false },
	{ "resolved", "Resolved", "Đã giải quyết", false },
	{ "closed", "Closed", "Đã đóng", false },
};

static const struct pick campaign_type[] = {
	{ "email", "E-mail", "Email", false },
	{ "newsletter", "Newsletter", "Bản tin", false },
	{ "telesales", "Telesales", "Bán hàng qua điện thoại", false },
	{ "sms", "SMS", "SMS", false },
	{ "zalo", "Zalo", "Zalo", false },
	{ "social", "Social media", "Mạng xã hội", false },
	{ "advertisement", "Advertisement", "Quảng cáo", false },
	{ "seminar", "Seminar", "Hội thảo", false },
	{ "webinar", "Webinar", "Hội thảo trực tuyến", false },
	{ "trade_show", "Trade show", "Hội chợ", false },
	{ "referral", "Referral programme", "Chương trình giới thiệu", false },
	{ "partner", "Partners", "Đối tác", false },
	{ "print", "Print and letters", "Ấn phẩm, thư", false },
	{ "survey", "Survey", "Khảo sát", false },
	{ "loyalty", "Loyalty and care", "Chăm sóc khách hàng", false },
	{ "other", "Other", "Khác", false },
};

static const struct pick campaign_status[] = {
	{ "planned", "Planned", "Kế hoạch", false },
	{ "active", "Active", "Đang chạy", false },
	{ "paused", "Paused", "Tạm dừng", false },
	{ "done", "Done", "Hoàn thành", false },
};

static const struct pick campaign_channel[] = {
	{ "email", "E-mail", "Email", false },
	{ "call", "Call", "Gọi điện", false },
	{ "sms", "SMS", "SMS", false },
	{ "zalo", "Zalo", "Zalo", false },
	{ "event", "Event", "Sự kiện", false },
	{ "other", "Other", "Khác", false },
};

static const struct pick member_status[] = {
	{ "listed", "Listed", "Trong danh sách", false },
	{ "sent", "Sent", "Đã gửi", false },
	{ "delivered", "Delivered", "Đã nhận", false },
	{ "opened", "Opened", "Đã mở", false },
	{ "clicked", "Clicked", "Đã nhấp", false },
	{ "replied", "Replied", "Đã trả lời", false },
	{ "bounced", "Bounced", "Không gửi được", false },
	{ "queued", "Queued", "Chờ gọi", false },
	{ "no_answer", "No answer", "Không nghe máy", false },
	{ "busy", "Busy", "Máy bận", false },
	{ "reached", "Reached", "Gặp được", false },
	{ "interested", "Interested", "Quan tâm", false },
	{ "refused", "Refused", "Từ chối", false },
	{ "callback", "Call back", "Hẹn gọi lại", false },
	{ "invited", "Invited", "Đã mời", false },
	{ "registered", "Registered", "Đã đăng ký", false },
	{ "attended", "Attended", "Đã tham dự", false },
	{ "absent", "Absent", "Vắng mặt", false },
	{ "converted", "Converted", "Đã chuyển đổi", false },
	{ "opted_out", "Opted out", "Từ chối nhận tin", false },
};

static const struct pick event_kind[] = {
	{ "page_view", "Page view", "Xem trang", false },
	{ "form", "Form", "Điền biểu mẫu", false },
	{ "email_sent", "E-mail sent", "Gửi email", false },
	{ "email_delivered", "E-mail delivered", "Email đã đến", false },
	{ "email_open", "E-mail opened", "Mở email", false },
	{ "email_click", "E-mail clicked", "Nhấp trong email", false },
	{ "email_reply", "E-mail answered", "Trả lời email", false },
	{ "bounce", "Bounce", "Email bị trả lại", false },
	{ "soft_bounce", "Bounced for now", "Email tạm thời bị trả lại", false },
	{ "complaint", "Marked as spam", "Báo thư rác", false },
	{ "unsubscribe", "Unsubscribe", "Huỷ đăng ký", false },
	{ "cart", "Cart", "Giỏ hàng", false },
	{ "order", "Order", "Đặt hàng", false },
	{ "payment", "Payment", "Thanh toán", false },
	{ "review", "Review", "Đánh giá", false },
	{ "survey", "Survey", "Khảo sát", false },
	{ "chat", "Chat", "Chat", false },
	{ "login", "Login", "Đăng nhập", false },
	{ "interest", "Interest", "Quan tâm", false },
	{ "visit", "Visit", "Đến cửa hàng", false },
	{ "loyalty", "Loyalty", "Tích điểm", false },
	{ "other", "Other", "Khác", false },
};

static const struct pick call_claim_status[] = {
	{ "open", "Open", "Đang gọi", false },
	{ "done", "Done", "Đã gọi", false },
	{ "skipped", "Skipped", "Bỏ qua", false },
};

static const struct pick segment_kind[] = {
	{ "dynamic", "Dynamic", "Động", false },
	{ "static", "Static", "Tĩnh", false },
};

static const struct pick segment_of[] = {
	{ "lead", "Leads", "Đầu mối", false },
	{ "account", "Accounts", "Khách hàng", false },
	{ "contact", "Contacts", "Người liên hệ", false },
	{ "deal", "Deals", "Cơ hội", false },
};

static const struct pick relation_kind[] = {
	{ "spouse", "Spouse", "Vợ/chồng", false },
	{ "child", "Child", "Con", false },
	{ "parent", "Parent", "Cha/mẹ", false },
	{ "sibling", "Sibling", "Anh chị em", false },
	{ "relative", "Relative", "Họ hàng", false },
	{ "friend", "Friend", "Bạn bè", false },
	{ "colleague", "Colleague", "Đồng nghiệp", false },
	{ "assistant", "Assistant", "Trợ lý", false },
	{ "assists", "Works for as assistant", "Làm trợ lý cho", false },
	{ "manager", "Manager", "Quản lý", false },
	{ "report", "Report", "Nhân viên dưới quyền", false },
	{ "referred_by", "Referred by", "Được giới thiệu bởi", false },
	{ "referred", "Referred", "Đã giới thiệu", false },
	{ "former_employee", "Former employee", "Nhân viên cũ", false },
	{ "former_employer", "Former employer", "Nơi làm việc cũ", false },
	{ "partner", "Partner", "Đối tác", false },
	{ "other", "Other", "Khác", false },
};

static const struct pick identity_kind[] = {
	{ "email", "E-mail", "Email", false },
	{ "phone", "Telephone", "Điện thoại", false },
	{ "zalo", "Zalo", "Zalo", false },
	{ "facebook", "Facebook", "Facebook", false },
	{ "external", "Another system", "Hệ thống khác", false },
	{ "loyalty", "Loyalty card", "Thẻ thành viên", false },
};

static const struct pick errand_kind[] = {
	{ "email", "E-mail", "Email", false },
	{ "sms", "SMS", "SMS", false },
	{ "zalo", "Zalo", "Zalo", false },
	{ "call", "Call", "Cuộc gọi", false },
	{ "webhook", "Call of a web service", "Gọi dịch vụ web", false },
	{ "other", "Other", "Khác", false },
};

static const struct pick errand_status[] = {
	{ "pending", "Pending", "Chờ gửi", false },
	{ "claimed", "Handed out", "Đã giao", false },
	{ "sending", "Being sent", "Đang gửi", false },
	{ "done", "Done", "Đã xong", false },
	{ "failed", "Failed", "Thất bại", false },
	{ "cancelled", "Cancelled", "Đã huỷ", false },
};

static const struct pick firing_status[] = {
	{ "waiting", "Waiting", "Đang chờ", false },
	{ "fired", "Fired", "Đã áp dụng", false },
	{ "skipped", "Skipped", "Bỏ qua", false },
	{ "cancelled", "Cancelled", "Đã huỷ", false },
};

static const struct pick enrolment_status[] = {
	{ "active", "Active", "Đang chạy", false },
	{ "finished", "Finished", "Đã hết", false },
	{ "replied", "Replied", "Đã trả lời", false },
	{ "converted", "Converted", "Đã chuyển đổi", false },
	{ "opted_out", "Opted out", "Từ chối nhận tin", false },
	{ "stopped", "Stopped", "Đã dừng", false },
};

static const struct pick assignment_why[] = {
	{ "dealt", "Dealt out", "Được chia", false },
	{ "known", "Known customer of theirs", "Khách đã có người phụ trách", false },
	{ "taken", "Taken", "Tự nhận", false },
	{ "moved", "Handed over by hand", "Chuyển tay", false },
	{ "released", "Given back", "Trả lại", false },
	{ "recalled", "Recalled", "Thu hồi", false },
};

/* What is said of a member of a pool when a lead is dealt out. */
static const struct pick assignment_state[] = {
	{ "dealt", "Got it", "Được chia", false },
	{ "retired", "Retired", "Đã nghỉ việc", false },
	{ "off_duty", "Off duty", "Không trực", false },
	{ "off_shift", "Not their shift", "Ngoài ca", false },
	{ "absent", "Absent", "Vắng mặt", false },
	{ "no_weight", "Weight 0", "Trọng số 0", false },
	{ "full", "Full", "Đã đầy", false },
	{ "full_today", "Full for today", "Đủ trong ngày", false },
	{ "full_month", "Full for 30 days", "Đủ trong 30 ngày", false },
	{ "skill", "Has not the skill", "Thiếu kỹ năng", false },
	{ "territory", "Another territory", "Khác địa bàn", false },
	{ "another", "Another is named", "Đã chỉ định người khác", false },
	{ "condition", "Takes others", "Không thuộc điều kiện", false },
	{ "lost_it", "Lost it before", "Đã bị thu hồi", false },
	{ "has_it", "Has it", "Đang giữ", false },
};

static const struct pick assignment_method[] = {
	{ "round_robin", "In turn", "Lần lượt", false },
	{ "weighted", "By weight", "Theo trọng số", false },
	{ "least_load", "Least open leads first", "Ít việc nhất trước", false },
};
/* clang-format on */

const struct picklist service_picklists[] = {
	LIST("ticket.kind", ticket_kind),
	FIXED("ticket.status", ticket_status, "*"),
	LIST("campaign.type", campaign_type),
	FIXED("campaign.status", campaign_status, "*"),
	FIXED("campaign.channel", campaign_channel, "*"),
	FIXED("campaign_member.status", member_status, "*"),
	FIXED("call_claim.status", call_claim_status, "*"),
	FIXED("event.kind", event_kind, "*"),
	FIXED("segment.kind", segment_kind, "*"),
	FIXED("segment.of", segment_of, "*"),
	FIXED("relation.kind", relation_kind, "*"),
	FIXED("identity.kind", identity_kind, "*"),
	FIXED("errand.kind", errand_kind, "email sms zalo call"),
	FIXED("errand.status", errand_status, "*"),
	FIXED("firing.status", firing_status, "*"),
	FIXED("enrolment.status", enrolment_status, "*"),
	FIXED("assignment.why", assignment_why, "*"),
	FIXED("assignment.method", assignment_method, "*"),
	FIXED("assignment.state", assignment_state, "*"),
	{ 0 },
};

enum { HOUR = 60 * 60 };

static const struct sla_time standard_times[] = {
	{ "urgent", 1 * HOUR, 8 * HOUR },
	{ "high", 4 * HOUR, 24 * HOUR },
	{ "normal", 8 * HOUR, 40 * HOUR },
	{ "low", 24 * HOUR, 80 * HOUR },
};

const struct sla_policy default_sla = { "standard", "ticket",	    { 0 },
					false,	    standard_times, countof(standard_times) };

const struct sla_condition sla_conditions[SLA_CONDITIONS] = {
	{ "tiers", "ticket", "account.tier", "account.tier" },
	{ "kinds", "ticket", "kind", "ticket.kind" },
	{ "channels", "ticket lead", "channel", "activity.channel" },
	{ "sources", "lead", "source", "lead.source" },
	{ "ratings", "lead", "rating", "lead.rating" },
};

const char default_hours[] = "mon-fri 08:00-12:00 13:00-17:30";
