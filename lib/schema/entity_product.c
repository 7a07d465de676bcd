/* Products and services, and what one currency is worth in another. */
#include "schema/fields.h"
#include "schema/line.h"

static const struct field product_fields[] = {
	ID_FIELD("product"),
	{ "sku", &type_code, F_UNIQUE | F_MATCH | F_SEARCH,
	  "stock-keeping unit: the product's code", .label = "SKU", .label_vi = "Mã sản phẩm",
	  .alias = "product code|code|part number|item code|mã hàng" },
	{ "name", &type_text, F_REQUIRED | F_MATCH | F_SEARCH, "what it is called",
	  .label_vi = "Tên sản phẩm", .alias = "product name|product|item|tên hàng" },
	{ "category", &type_text, F_MATCH | F_SEARCH, "family of products", .label_vi = "Nhóm hàng",
	  .alias = "product category|series|family" },
	{ "kind", &type_pick, F_REQUIRED, "good or service", .label_vi = "Loại",
	  .picklist = "product.kind", .def = "good" },
	{ "unit", &type_text, 0, "unit in which it is counted", .label_vi = "Đơn vị",
	  .alias = "usage unit|uom|đvt" },
	{ "price", &type_money, 0, "price of one unit", .label_vi = "Giá bán",
	  .alias = "unit price|list price|sales price|sales_price|giá" },
	{ "cost", &type_money, 0, "what one unit costs us", .label_vi = "Giá vốn",
	  .alias = "cost price|unit cost" },
	{ "currency", &type_currency, F_REQUIRED, "currency of price and cost",
	  .label_vi = "Tiền tệ" },
	{ "tax_rate", &type_number, 0, "tax in percent; empty: none", .label_vi = "Thuế suất (%)",
	  .alias = "vat|tax|thuế suất" },
	{ "tax_included", &type_bool, F_REQUIRED, "whether the price has the tax in it",
	  .label_vi = "Giá gồm thuế", .def = "false" },
	{ "active", &type_bool, F_REQUIRED, "whether it is sold now", .label_vi = "Đang bán",
	  .def = "true" },
	{ "warranty_months", &type_int, 0, "months of warranty", .label_vi = "Bảo hành (tháng)" },
	{ "successor", &type_ref, 0, "product that replaces it", .label_vi = "Sản phẩm thay thế",
	  .ref = "product" },
	{ "upgrade", &type_ref, 0, "better product to offer instead",
	  .label_vi = "Sản phẩm cao hơn", .ref = "product" },
	{ "supplier", &type_ref, 0, "account that supplies it", .label_vi = "Nhà cung cấp",
	  .ref = "account", .alias = "vendor|manufacturer" },
	{ "description", &type_text, F_LONG | F_SEARCH, "free text", .label_vi = "Mô tả" },
	EXTERNAL_ID,
	PART_SYSTEM_FIELDS,
};

/* Nothing replaces or tops itself; a rate of tax is a percentage. */
static bool check_product(struct record *r, const struct record *old, const struct codec *c,
			  struct diag *d)
{
	static const char *const amounts[] = { "price", "cost" };
	static const char *const other[] = { "successor", "upgrade" };
	const struct value *tax = record_at(r, "tax_rate");
	(void)old;
	(void)c;
	for (size_t i = 0; i < countof(amounts); i++)
		if (record_at(r, amounts[i])->kind == V_INT && record_at(r, amounts[i])->i < 0)
			return diag_set(d, amounts[i], "must not be below 0");
	for (size_t i = 0; i < countof(other); i++)
		if (r->id && record_at(r, other[i])->kind == V_INT &&
		    record_at(r, other[i])->i == r->id)
			return diag_set(d, other[i], "that is the product itself");
	if (tax->kind == V_INT && (tax->i < 0 || tax->i > TAX_RATE_MAX))
		return diag_set(d, "tax_rate", "it is a percentage from 0 to 1000");
	return true;
}

const struct entity entity_product = {
	.name = "product",
	.plural = "products",
	.label_vi = "Sản phẩm",
	.help = "goods and services one sells",
	ENTITY_FIELDS(product_fields),
	.list = "id,sku,name,category,kind,unit,price,cost,currency,active",
	.title = "name",
	.check = check_product,
};

static const struct field exchange_rate_fields[] = {
	ID_FIELD("exchange_rate"),
	{ "currency", &type_currency, F_REQUIRED, "currency of which one unit is worth the rate",
	  .label_vi = "Từ tiền tệ", .alias = "from" },
	{ "to_currency", &type_currency, F_REQUIRED, "currency of the rate",
	  .label_vi = "Sang tiền tệ", .alias = "to" },
	{ "valid_from", &type_date, F_REQUIRED, "first day of the rate", .label_vi = "Từ ngày",
	  .alias = "date|day|on" },
	{ "rate", &type_number, F_REQUIRED, "what one unit is worth", .label_vi = "Tỷ giá" },
	{ "source", &type_text, 0, "who said so", .label_vi = "Nguồn" },
	PART_SYSTEM_FIELDS,
};

static bool check_rate(struct record *r, const struct record *old, const struct codec *c,
		       struct diag *d)
{
	(void)old;
	(void)c;
	if (record_at(r, "rate")->kind == V_INT && record_at(r, "rate")->i <= 0)
		return diag_set(d, "rate", "must be above 0");
	return !str_eq(text_of(r, "currency"), text_of(r, "to_currency")) ||
	       diag_set(d, "to_currency", "one currency is always worth itself");
}

const struct entity entity_exchange_rate = {
	.name = "exchange_rate",
	.plural = "exchange rates",
	.label_vi = "Tỷ giá",
	.help = "what one currency is worth in another, from a day on",
	ENTITY_FIELDS(exchange_rate_fields),
	.list = "id,currency,to_currency,valid_from,rate,source",
	.title = "id",
	.unique = "currency to_currency valid_from",
	.check = check_rate,
};
