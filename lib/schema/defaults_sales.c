/* The shipped picklists of what is sold: products, quotes, orders, people in a deal, targets,
 * alerts. */
#include "schema/defaults.h"

/* clang-format off */
static const struct pick product_kind[] = {
	{ "good", "Good", "Hàng hoá", false },
	{ "service", "Service", "Dịch vụ", false },
};

static const struct pick quote_status[] = {
	{ "draft", "Draft", "Nháp", false },
	{ "sent", "Sent", "Đã gửi", false },
	{ "accepted", "Accepted", "Chấp nhận", false },
	{ "rejected", "Rejected", "Từ chối", false },
	{ "expired", "Expired", "Hết hạn", false },
};

static const struct pick order_status[] = {
	{ "draft", "Draft", "Nháp", false },
	{ "confirmed", "Confirmed", "Đã xác nhận", false },
	{ "delivered", "Delivered", "Đã giao", false },
	{ "cancelled", "Cancelled", "Đã huỷ", false },
	{ "returned", "Returned", "Đã trả lại", false },
};

static const struct pick order_payment_method[] = {
	{ "cod", "Cash on delivery", "Thu hộ (COD)", false },
	{ "transfer", "Bank transfer", "Chuyển khoản", false },
	{ "cash", "Cash", "Tiền mặt", false },
	{ "card", "Card", "Thẻ", false },
	{ "wallet", "E-wallet", "Ví điện tử", false },
	{ "other", "Other", "Khác", false },
};

static const struct pick order_delivery_status[] = {
	{ "pending", "Pending", "Chờ giao", false },
	{ "shipped", "Shipped", "Đang giao", false },
	{ "delivered", "Delivered", "Đã giao", false },
	{ "failed", "Failed", "Giao không thành", false },
	{ "returned", "Returned", "Chuyển hoàn", false },
};

static const struct pick order_return_reason[] = {
	{ "defective", "Defective", "Hàng lỗi", false },
	{ "wrong_item", "Wrong item", "Giao sai hàng", false },
	{ "damaged", "Damaged on the way", "Hư hỏng khi vận chuyển", false },
	{ "not_as_described", "Not as described", "Không đúng mô tả", false },
	{ "late", "Too late", "Giao trễ", false },
	{ "refused", "Refused at the door", "Không nhận hàng", false },
	{ "changed_mind", "Changed their mind", "Đổi ý", false },
	{ "other", "Other", "Khác", false },
};

static const struct pick deal_contact_role[] = {
	{ "decision_maker", "Decision maker", "Người quyết định", false },
	{ "evaluator", "Evaluator", "Người đánh giá", false },
	{ "influencer", "Influencer", "Người ảnh hưởng", false },
	{ "user", "User", "Người dùng", false },
	{ "other", "Other", "Khác", false },
};

static const struct pick target_measure[] = {
	{ "revenue", "Revenue", "Doanh thu", false },
	{ "margin", "Margin", "Lợi nhuận gộp", false },
	{ "won_deals", "Won deals", "Số cơ hội thắng", false },
	{ "new_deals", "New deals", "Số cơ hội mới", false },
	{ "leads", "Leads", "Số đầu mối", false },
	{ "converted_leads", "Converted leads", "Đầu mối chuyển đổi", false },
	{ "new_customers", "New customers", "Khách hàng mới", false },
	{ "orders", "Orders", "Số đơn hàng", false },
	{ "calls", "Calls", "Số cuộc gọi", false },
	{ "meetings", "Meetings", "Số cuộc hẹn", false },
	{ "activities", "Activities", "Số hoạt động", false },
};

static const struct pick alert_kind[] = {
	{ "cross_sell", "Cross-sell", "Bán chéo", false },
	{ "up_sell", "Up-sell", "Bán nâng cấp", false },
	{ "switch_sell", "Switch-sell", "Bán chuyển đổi", false },
	{ "due_reorder", "Due to reorder", "Đến kỳ mua lại", false },
	{ "churn_risk", "Churn risk", "Nguy cơ rời bỏ", false },
	{ "falling_margin", "Falling margin", "Biên lợi nhuận giảm", false },
	{ "below_target", "Below target", "Dưới chỉ tiêu", false },
	{ "trend", "Trend", "Xu hướng bất thường", false },
	{ "big_deal_stuck", "Big deal stuck", "Cơ hội lớn đình trệ", false },
	{ "vip_silent", "VIP silent", "Khách VIP vắng liên hệ", false },
};
/* clang-format on */

const struct picklist sales_picklists[] = {
	FIXED("product.kind", product_kind, "*"),
	FIXED("quote.status", quote_status, "*"),
	FIXED("order.status", order_status, "*"),
	LIST("order.payment_method", order_payment_method),
	FIXED("order.delivery_status", order_delivery_status, "*"),
	LIST("order.return_reason", order_return_reason),
	LIST("deal_contact.role", deal_contact_role),
	FIXED("target_figure.measure", target_measure, "*"),
	FIXED("alert.kind", alert_kind, "*"),
	{ 0 },
};
