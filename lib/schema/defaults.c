/* The shipped picklists and the default pipeline: what crm-init puts into a new database. */
#include "schema/defaults.h"

/* clang-format off */
static const struct pick kind[] = {
	{ "org", "Organisation", "Tổ chức", false },
	{ "person", "Person", "Cá nhân", false },
};

static const struct pick user_role[] = {
	{ "admin", "Administrator", "Quản trị", false },
	{ "manager", "Manager", "Quản lý", false },
	{ "rep", "Sales representative", "Nhân viên kinh doanh", false },
	{ "viewer", "Viewer", "Chỉ xem", false },
};

static const struct pick lead_source[] = {
	{ "website", "Website", "Website", false },
	{ "landing_page", "Landing page", "Trang đích", false },
	{ "facebook", "Facebook", "Facebook", false },
	{ "zalo", "Zalo", "Zalo", false },
	{ "hotline", "Hotline", "Tổng đài", false },
	{ "call", "Call", "Gọi điện", false },
	{ "email", "E-mail", "Email", false },
	{ "chat", "Chat", "Chat", false },
	{ "sms", "SMS", "SMS", false },
	{ "seminar", "Seminar", "Hội thảo", false },
	{ "event", "Event", "Sự kiện", false },
	{ "partner", "Partner", "Đối tác", false },
	{ "referral", "Referral", "Giới thiệu", false },
	{ "card", "Business card", "Danh thiếp", false },
	{ "store", "Store", "Cửa hàng", false },
	{ "marketplace", "Marketplace", "Sàn thương mại", false },
	{ "advertisement", "Advertisement", "Quảng cáo", false },
	{ "campaign", "Campaign", "Chiến dịch", false },
	{ "existing_customer", "Existing customer", "Khách hàng cũ", false },
	{ "import", "Import", "Nhập dữ liệu", false },
	{ "other", "Other", "Khác", false },
};

static const struct pick activity_channel[] = {
	{ "hotline", "Hotline", "Tổng đài", false },
	{ "zalo", "Zalo", "Zalo", false },
	{ "facebook", "Facebook", "Facebook", false },
	{ "website", "Website", "Website", false },
	{ "landing_page", "Landing page", "Trang đích", false },
	{ "call", "Call", "Gọi điện", false },
	{ "email", "E-mail", "Email", false },
	{ "chat", "Chat", "Chat", false },
	{ "sms", "SMS", "SMS", false },
	{ "seminar", "Seminar", "Hội thảo", false },
	{ "event", "Event", "Sự kiện", false },
	{ "partner", "Partner", "Đối tác", false },
	{ "referral", "Referral", "Giới thiệu", false },
	{ "card", "Business card", "Danh thiếp", false },
	{ "store", "Store", "Cửa hàng", false },
	{ "loyalty", "Loyalty programme", "Khách hàng thân thiết", false },
	{ "marketplace", "Marketplace", "Sàn thương mại", false },
	{ "advertisement", "Advertisement", "Quảng cáo", false },
	{ "campaign", "Campaign", "Chiến dịch", false },
	{ "existing_customer", "Existing customer", "Khách hàng cũ", false },
	{ "import", "Import", "Nhập dữ liệu", false },
	{ "other", "Other", "Khác", false },
};

static const struct pick lead_status[] = {
	{ "target", "Target", "Khách hàng thô", false },
	{ "new", "New", "Mới", false },
	{ "contacted", "Contacted", "Đã liên hệ", false },
	{ "nurturing", "Nurturing", "Đang nuôi dưỡng", false },
	{ "qualified", "Qualified", "Đạt tiêu chuẩn", false },
	{ "disqualified", "Disqualified", "Loại", false },
	{ "converted", "Converted", "Đã chuyển đổi", false },
};

static const struct pick lead_rating[] = {
	{ "hot", "Hot", "Nóng", false },
	{ "warm", "Warm", "Ấm", false },
	{ "cold", "Cold", "Lạnh", false },
};

static const struct pick lead_disqualify_reason[] = {
	{ "no_need", "No need", "Không có nhu cầu", false },
	{ "no_budget", "No budget", "Không có ngân sách", false },
	{ "no_authority", "No authority", "Không có thẩm quyền", false },
	{ "unreachable", "Unreachable", "Không liên lạc được", false },
	{ "wrong_number", "Wrong number", "Sai số", false },
	{ "duplicate", "Duplicate", "Trùng lặp", false },
	{ "competitor", "Competitor", "Đối thủ", false },
	{ "not_now", "Not now", "Chưa phải lúc", false },
	{ "other", "Other", "Khác", false },
};

static const struct pick salutation[] = {
	{ "mr", "Mr", "Ông", false },
	{ "ms", "Ms", "Cô", false },
	{ "mrs", "Mrs", "Bà", false },
	{ "dr", "Dr", "Tiến sĩ", false },
	{ "prof", "Prof", "Giáo sư", false },
	{ "anh", "Anh", "Anh", false },
	{ "chị", "Chị", "Chị", false },
	{ "em", "Em", "Em", false },
	{ "cô", "Cô", "Cô", false },
	{ "dì", "Dì", "Dì", false },
	{ "chú", "Chú", "Chú", false },
	{ "bác", "Bác", "Bác", false },
	{ "ông", "Ông", "Ông", false },
	{ "bà", "Bà", "Bà", false },
};

static const struct pick gender[] = {
	{ "male", "Male", "Nam", false },
	{ "female", "Female", "Nữ", false },
	{ "other", "Other", "Khác", false },
};

static const struct pick account_type[] = {
	{ "prospect", "Prospect", "Tiềm năng", false },
	{ "customer", "Customer", "Khách hàng", false },
	{ "partner", "Partner", "Đối tác", false },
	{ "supplier", "Supplier", "Nhà cung cấp", false },
	{ "competitor", "Competitor", "Đối thủ", false },
	{ "other", "Other", "Khác", false },
};

static const struct pick account_lifecycle[] = {
	{ "before", "Before the sale", "Trước bán hàng", false },
	{ "during", "During the sale", "Trong bán hàng", false },
	{ "after", "After the sale", "Sau bán hàng", false },
};

static const struct pick account_tier[] = {
	{ "vip", "VIP", "VIP", false },
	{ "gold", "Gold", "Vàng", false },
	{ "silver", "Silver", "Bạc", false },
	{ "normal", "Normal", "Thường", false },
};

static const struct pick industry[] = {
	{ "apparel", "Apparel", "May mặc", false },
	{ "agriculture", "Agriculture", "Nông nghiệp", false },
	{ "banking", "Banking", "Ngân hàng", false },
	{ "biotechnology", "Biotechnology", "Công nghệ sinh học", false },
	{ "chemicals", "Chemicals", "Hoá chất", false },
	{ "communications", "Communications", "Truyền thông", false },
	{ "construction", "Construction", "Xây dựng", false },
	{ "consulting", "Consulting", "Tư vấn", false },
	{ "education", "Education", "Giáo dục", false },
	{ "electronics", "Electronics", "Điện tử", false },
	{ "employment", "Employment", "Nhân sự", false },
	{ "energy", "Energy", "Năng lượng", false },
	{ "engineering", "Engineering", "Kỹ thuật", false },
	{ "entertainment", "Entertainment", "Giải trí", false },
	{ "environmental", "Environmental", "Môi trường", false },
	{ "finance", "Finance", "Tài chính", false },
	{ "food_beverage", "Food and beverage", "Thực phẩm và đồ uống", false },
	{ "government", "Government", "Nhà nước", false },
	{ "healthcare", "Healthcare", "Y tế", false },
	{ "hospitality", "Hospitality", "Khách sạn", false },
	{ "insurance", "Insurance", "Bảo hiểm", false },
	{ "machinery", "Machinery", "Máy móc", false },
	{ "manufacturing", "Manufacturing", "Sản xuất", false },
	{ "marketing", "Marketing", "Tiếp thị", false },
	{ "media", "Media", "Báo chí", false },
	{ "medical", "Medical", "Dược và thiết bị y tế", false },
	{ "not_for_profit", "Not for profit", "Phi lợi nhuận", false },
	{ "real_estate", "Real estate", "Bất động sản", false },
	{ "recreation", "Recreation", "Thể thao và giải trí", false },
	{ "retail", "Retail", "Bán lẻ", false },
	{ "services", "Services", "Dịch vụ", false },
	{ "shipping", "Shipping", "Vận tải biển", false },
	{ "software", "Software", "Phần mềm", false },
	{ "technology", "Technology", "Công nghệ", false },
	{ "telecommunications", "Telecommunications", "Viễn thông", false },
	{ "transportation", "Transportation", "Vận tải", false },
	{ "utilities", "Utilities", "Tiện ích", false },
	{ "wholesale", "Wholesale", "Bán buôn", false },
	{ "other", "Other", "Khác", false },
};

static const struct pick contact_role[] = {
	{ "director", "Director", "Giám đốc", false },
	{ "owner", "Owner", "Chủ doanh nghiệp", false },
	{ "manager", "Manager", "Quản lý", false },
	{ "accountant", "Accountant", "Kế toán", false },
	{ "purchasing", "Purchasing", "Mua hàng", false },
	{ "technical", "Technical", "Kỹ thuật", false },
	{ "head_of_sales", "Head of sales", "Trưởng phòng kinh doanh", false },
	{ "assistant", "Assistant", "Trợ lý", false },
	{ "end_user", "End user", "Người dùng", false },
	{ "other", "Other", "Khác", false },
};

static const struct pick deal_type[] = {
	{ "new", "New business", "Khách mới", false },
	{ "existing", "Existing business", "Khách cũ", false },
};

static const struct pick deal_forecast[] = {
	{ "pipeline", "Pipeline", "Đang theo đuổi", false },
	{ "best", "Best case", "Khả quan", false },
	{ "commit", "Commit", "Cam kết", false },
	{ "omitted", "Omitted", "Không tính", false },
};

static const struct pick deal_lost_reason[] = {
	{ "price", "Price", "Giá", false },
	{ "competition", "Competition", "Đối thủ", false },
	{ "no_budget", "No budget", "Không có ngân sách", false },
	{ "no_decision", "No decision", "Không quyết định", false },
	{ "missing_features", "Missing features", "Thiếu tính năng", false },
	{ "timing", "Timing", "Thời điểm", false },
	{ "unresponsive", "Unresponsive", "Không phản hồi", false },
	{ "poor_fit", "Poor fit", "Không phù hợp", false },
	{ "other", "Other", "Khác", false },
};

static const struct pick activity_kind[] = {
	{ "call", "Call", "Cuộc gọi", false },
	{ "email", "E-mail", "Email", false },
	{ "meeting", "Meeting", "Cuộc hẹn", false },
	{ "sms", "SMS", "SMS", false },
	{ "chat", "Chat", "Chat", false },
	{ "visit", "Visit", "Thăm", false },
	{ "letter", "Letter", "Thư", false },
	{ "note", "Note", "Ghi chú", false },
	{ "task", "Task", "Công việc", false },
};

static const struct pick activity_direction[] = {
	{ "in", "In", "Đến", false },
	{ "out", "Out", "Đi", false },
};

static const struct pick activity_status[] = {
	{ "planned", "Planned", "Dự kiến", false },
	{ "done", "Done", "Đã xong", false },
	{ "missed", "Missed", "Bỏ lỡ", false },
	{ "cancelled", "Cancelled", "Đã huỷ", false },
};

static const struct pick activity_outcome[] = {
	{ "connected", "Connected", "Đã kết nối", false },
	{ "no_answer", "No answer", "Không nghe máy", false },
	{ "busy", "Busy", "Máy bận", false },
	{ "voicemail", "Voicemail", "Hộp thư thoại", false },
	{ "wrong_number", "Wrong number", "Sai số", false },
	{ "interested", "Interested", "Quan tâm", false },
	{ "not_interested", "Not interested", "Không quan tâm", false },
	{ "callback", "Call back", "Hẹn gọi lại", false },
	{ "meeting_set", "Meeting set", "Đã hẹn gặp", false },
	{ "other", "Other", "Khác", false },
};

static const struct pick priority[] = {
	{ "low", "Low", "Thấp", false },
	{ "normal", "Normal", "Bình thường", false },
	{ "high", "High", "Cao", false },
	{ "urgent", "Urgent", "Khẩn", false },
};
/* clang-format on */

static const struct picklist lists[] = {
	FIXED("kind", kind, "*"),
	FIXED("user.role", user_role, "*"),
	LIST("lead.source", lead_source),
	LIST("activity.channel", activity_channel),
	FIXED("lead.status", lead_status, "*"),
	LIST("lead.rating", lead_rating),
	FIXED("lead.disqualify_reason", lead_disqualify_reason, "other"),
	LIST("salutation", salutation),
	LIST("gender", gender),
	FIXED("account.type", account_type, "prospect customer"),
	FIXED("account.lifecycle", account_lifecycle, "*"),
	LIST("account.tier", account_tier),
	LIST("industry", industry),
	LIST("contact.role", contact_role),
	LIST("deal.type", deal_type),
	FIXED("deal.forecast", deal_forecast, "omitted"),
	FIXED("deal.lost_reason", deal_lost_reason, "other"),
	FIXED("activity.kind", activity_kind, "*"),
	FIXED("activity.direction", activity_direction, "*"),
	FIXED("activity.status", activity_status, "*"),
	LIST("activity.outcome", activity_outcome),
	FIXED("priority", priority, "*"),
	{ 0 },
};

const struct picklist *default_picklist_at(size_t i)
{
	static const struct picklist *const groups[] = { lists, sales_picklists,
							 service_picklists };
	for (size_t g = 0; g < countof(groups); g++)
		for (const struct picklist *l = groups[g]; l->name; l++)
			if (i-- == 0)
				return l;
	return NULL;
}

static const struct stage sales_stages[] = {
	{ "discovery", "Discovery", "Tìm hiểu nhu cầu", STAGE_OPEN, 10, 14, NULL, NULL },
	{ "proposal", "Proposal", "Đề xuất giải pháp / báo giá", STAGE_OPEN, 50, 14, NULL, NULL },
	{ "negotiation", "Negotiation", "Thương lượng đàm phán", STAGE_OPEN, 80, 14, NULL, NULL },
	{ "won", "Won", "Chốt thắng", STAGE_WON, 100, 0, NULL, NULL },
	{ "lost", "Lost", "Chốt thua", STAGE_LOST, 0, 0, "lost_reason", NULL },
};

const struct pipeline default_pipelines[] = {
	{ "sales", "Sales", "Bán hàng", false, sales_stages, countof(sales_stages), 0, false },
};
const size_t ndefault_pipelines = countof(default_pipelines);
