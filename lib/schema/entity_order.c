/* Orders and their lines. */
#include "schema/fields.h"
#include "schema/line.h"
#include "schema/status.h"

static const struct field order_fields[] = {
	ID_FIELD("order"),
	{ "number", &type_text, F_UNIQUE | F_MATCH | F_SEARCH, "number of the document",
	  .label_vi = "Số đơn hàng",
	  .alias = "order number|order id|order no|order_id|mã đơn hàng" },
	{ "name", &type_text, F_MATCH | F_SEARCH, "what it is about", .label_vi = "Tên đơn hàng",
	  .alias = "subject|title" },
	{ "account", &type_ref, F_INDEX, "account that buys", .label_vi = "Khách hàng",
	  .ref = "account", .alias = "account name|company|customer|customer id|khách hàng" },
	{ "contact", &type_ref, F_INDEX, "person who ordered", .label_vi = "Người liên hệ",
	  .ref = "contact", .alias = "contact name" },
	{ "deal", &type_ref, F_INDEX, "deal it came from", .label_vi = "Cơ hội", .ref = "deal" },
	{ "quote", &type_ref, F_INDEX, "quote it came from", .label_vi = "Báo giá",
	  .ref = "quote" },
	{ "ordered_on", &type_date, F_REQUIRED | F_INDEX, "day of the order",
	  .label_vi = "Ngày đặt hàng", .def = "today",
	  .alias = "date|order date|orderdate|invoice date|ngày đặt" },
	{ "status", &type_pick, F_REQUIRED, "how far it is", .label_vi = "Trạng thái",
	  .picklist = "order.status", .def = "draft", .alias = "order status" },
	{ "channel", &type_pick, 0, "where it was placed", .label_vi = "Kênh",
	  .picklist = "activity.channel", .alias = "sales channel" },
	TOTAL_FIELDS,
	{ "shipping_fee", &type_money, 0, "what the carriage costs the customer",
	  .label_vi = "Phí vận chuyển", .alias = "shipping|freight" },
	{ "payment_method", &type_pick, 0, "how it is paid", .label_vi = "Hình thức thanh toán",
	  .picklist = "order.payment_method", .alias = "payment" },
	{ "paid", &type_money, F_DERIVED, "what has been paid so far",
	  .label_vi = "Đã thanh toán" },
	{ "paid_on", &type_date, F_DERIVED, "day on which all was paid",
	  .label_vi = "Ngày thanh toán" },
	{ "balance", &type_money, F_DERIVED, "what is still to be paid; below 0: to be paid back",
	  .label_vi = "Còn phải thu" },
	{ "due_on", &type_date, 0, "last day for the payment", .label_vi = "Hạn thanh toán",
	  .alias = "due date|payment due" },
	{ "carrier", &type_text, 0, "who delivers", .label_vi = "Đơn vị vận chuyển",
	  .alias = "ship via" },
	{ "tracking", &type_text, F_MATCH | F_SEARCH, "the carrier's number",
	  .label_vi = "Mã vận đơn", .alias = "tracking number|tracking no" },
	{ "delivery_status", &type_pick, 0, "where the goods are",
	  .label_vi = "Trạng thái giao hàng", .picklist = "order.delivery_status" },
	{ "delivered_on", &type_date, 0, "day of the delivery", .label_vi = "Ngày giao",
	  .alias = "delivery date|shipped date" },
	{ "return_reason", &type_pick, 0, "why it came back", .label_vi = "Lý do trả hàng",
	  .picklist = "order.return_reason" },
	{ "returned_on", &type_date, F_DERIVED, "day of the last return",
	  .label_vi = "Ngày trả hàng" },
	{ "returned", &type_money, F_DERIVED, "worth of what came back, without tax",
	  .label_vi = "Giá trị trả lại" },
	{ "returned_tax", &type_money, F_DERIVED, "tax on what came back",
	  .label_vi = "Thuế của hàng trả" },
	{ "contract_number", &type_text, F_MATCH | F_SEARCH, "number of the contract",
	  .label_vi = "Số hợp đồng", .alias = "contract|po number" },
	{ "starts_on", &type_date, 0, "first day of the contract or service",
	  .label_vi = "Ngày bắt đầu" },
	{ "ends_on", &type_date, 0, "last day of the contract or service",
	  .label_vi = "Ngày kết thúc", .alias = "renewal date|expiry date" },
	{ "warranty_until", &type_date, 0, "last day of the warranty", .label_vi = "Bảo hành đến" },
	ADDRESS_FIELDS("shipping_", "delivery: ", "Giao hàng: ", TO_NOWHERE),
	{ "source", &type_pick, 0, "where it came from", .label_vi = "Nguồn",
	  .picklist = "lead.source" },
	{ "campaign", &type_ref, F_INDEX, "campaign that brought it", .label_vi = "Chiến dịch",
	  .ref = "campaign" },
	{ "owner", &type_ref, F_INDEX, "user who sold it", .label_vi = "Người phụ trách",
	  .ref = "user", .alias = "order owner|assigned to|salesperson|employee" },
	{ "description", &type_text, F_LONG | F_SEARCH, "free text", .label_vi = "Mô tả",
	  .alias = "notes|note|ghi chú" },
	EXTERNAL_ID,
	SYSTEM_FIELDS,
};

static const struct transition moves[] = {
	{ "draft", "confirmed delivered cancelled", NULL },
	{ "confirmed", "delivered cancelled", "draft returned" },
	{ "delivered", "returned", "confirmed cancelled" },
	{ "cancelled", "draft", "confirmed" },
	{ "returned", "", "confirmed delivered" },
	{ 0 },
};

/* What is delivered came somewhere on some day; what is taken back to the shelf did not. */
static void note_delivery(struct record *r, const struct record *old, const struct codec *c)
{
	if (status_enters(r, old, "delivered")) {
		if (!is_set(r, "delivered_on") && !c->seeding)
			set_text(r, "delivered_on", today(c));
		if (!changed(r, old, "delivery_status"))
			set_text(r, "delivery_status", STR("delivered"));
	} else if (old && status_enters(r, old, "confirmed") &&
		   str_is(text_of(old, "status"), "delivered")) {
		if (!changed(r, old, "delivered_on"))
			set_null(r, "delivered_on");
		if (!changed(r, old, "delivery_status"))
			set_null(r, "delivery_status");
	}
}

/* Of a delivery that is said to have been; what others recorded is as they recorded it. */
static bool check_delivery(const struct record *r, const struct record *old, const struct codec *c,
			   struct diag *d)
{
	struct str day = text_of(r, "delivered_on");
	if (!str_is(text_of(r, "status"), "delivered") || !day.n || c->seeding || c->trusted ||
	    !(changed(r, old, "delivered_on") || status_enters(r, old, "delivered")))
		return true;
	if (str_cmp(day, today(c)) > 0)
		return diag_set(d, "delivered_on", "that day is still to come");
	return str_cmp(day, text_of(r, "ordered_on")) >= 0 ||
	       diag_set(d, "delivered_on", "it was ordered after that day");
}

static bool check_order(struct record *r, const struct record *old, const struct codec *c,
			struct diag *d)
{
	if (!is_set(r, "account") && !is_set(r, "contact"))
		return diag_set(d, NULL, "an order needs an account or a contact");
	if (is_set(r, "ends_on") && str_cmp(text_of(r, "ends_on"), text_of(r, "starts_on")) < 0)
		return diag_set(d, "ends_on", "it ends before it starts");
	if (!status_follows(moves, r, old, c, d))
		return false;
	if (c->restoring)
		return true;
	note_delivery(r, old, c);
	return check_delivery(r, old, c, d) && header_amounts(r, old, c, d);
}

const struct entity entity_order = {
	.name = "order",
	.plural = "orders",
	.label_vi = "Đơn hàng",
	.help = "what customers bought",
	ENTITY_FIELDS(order_fields),
	.list = "id,number,account.name,ordered_on,status,total,balance,currency,owner",
	.title = "number",
	/* what a customer bought, and what was sold when: reports read no more of an order */
	.indexes = "account ordered_on status|ordered_on status account contact deal owner",
	.check = check_order,
};

static const struct field order_line_fields[] = {
	ID_FIELD("order_line"),
	LINE_FIELDS("order", "Đơn hàng"),
	{ "returned", &type_number, F_DERIVED, "how many came back",
	  .label_vi = "Số lượng trả lại" },
	{ "stand_in", &type_bool, F_DERIVED,
	  "stands for lines that were not brought: their sum alone is known",
	  .label_vi = "Dòng thay thế" },
	PART_SYSTEM_FIELDS,
};

const struct entity entity_order_line = {
	.name = "order_line",
	.plural = "order lines",
	.label_vi = "Dòng đơn hàng",
	.help = "what an order is made of, product by product",
	ENTITY_FIELDS(order_line_fields),
	.list = "id,order.number,product.name,description,quantity,unit_price,discount,amount,tax,"
		"currency",
	.title = "description",
	.indexes = "order product amount currency returned quantity discount_amount cost",
	.check = check_line,
};
