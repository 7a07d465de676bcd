/* The parts of a portrait, one row each, and what they are filled with. */
#include "core/money.h"
#include "domain/portrait_impl.h"
#include "schema/check.h"
#include "schema/label.h"

/* clang-format off */
#define ROWS(name, en, vi, fill) { name, en, vi, PORTRAIT_ROWS, fill, NULL, NULL, NULL, NULL, NULL }
#define FACTS(name, en, vi, fill) { name, en, vi, PORTRAIT_FACTS, fill, NULL, NULL, NULL, NULL, NULL }

/* In the order in which one reads them. */
static const struct part_def parts[] = {
	FACTS("customer", "Customer", "Khách hàng", fill_customer),
	FACTS("account", "Account", "Công ty", fill_account),
	{ "notes", "Pinned notes", "Ghi chú ghim", PORTRAIT_ROWS, fill_records, "activity",
	  "done_at,kind,subject,body,owner", "lead.name,contact.name,account.name", "pinned:true",
	  "-done_at" },
	ROWS("reach", "How to reach them", "Liên lạc", fill_reach),
	ROWS("consent", "Must not be contacted by", "Không được liên lạc qua", fill_consent),
	ROWS("addresses", "Addresses", "Địa chỉ", fill_addresses),
	FACTS("owner", "Looked after by", "Người phụ trách", fill_owner),
	{ "next_steps", "Next steps", "Việc sắp tới", PORTRAIT_ROWS, fill_records, "activity",
	  "id,due_at,kind,subject,contact.name,owner", "lead.name,contact.name,account.name",
	  "status:planned", "due_at" },
	{ "deals", "Open deals", "Cơ hội đang mở", PORTRAIT_ROWS, fill_records, "deal",
	  "id,name,stage,amount,currency,probability,expected_close,next_step,owner",
	  "account.name,contact.name", "closed_at:none", "expected_close,name" },
	ROWS("deal_totals", "Deals in all", "Tổng các cơ hội", fill_deal_totals),
	{ "closed_deals", "Won and lost deals", "Cơ hội đã chốt", PORTRAIT_ROWS, fill_records,
	  "deal", "id,name,stage,amount,currency,closed_at,lost_reason,owner",
	  "account.name,contact.name", "closed_at:any", "-closed_at" },
	{ "quotes", "Quotes", "Báo giá", PORTRAIT_ROWS, fill_records, "quote",
	  "id,number,name,status,total,currency,quoted_on,valid_until,owner",
	  "account.name,contact.name,deal.name", NULL, "-quoted_on" },
	ROWS("order_totals", "Value", "Giá trị", fill_order_totals),
	{ "orders", "Orders", "Đơn hàng", PORTRAIT_ROWS, fill_records, "order",
	  "id,number,name,ordered_on,status,total,balance,currency,delivery_status,owner",
	  "account.name,contact.name,deal.name", NULL, "-ordered_on" },
	ROWS("products", "Products bought", "Sản phẩm đã mua", fill_products),
	{ "tickets", "Tickets", "Yêu cầu hỗ trợ", PORTRAIT_ROWS, fill_tickets, "ticket",
	  "id,number,subject,priority,status,opened_at,csat,owner",
	  "lead.name,account.name,contact.name,product.name", NULL, "-opened_at" },
	{ "contacts", "Contacts", "Người liên hệ", PORTRAIT_ROWS, fill_records, "contact",
	  "id,name,is_primary,title,role,phone,mobile,email,last_contacted_at", NULL, NULL,
	  "-is_primary,name" },
	ROWS("relations", "Relations", "Quan hệ", fill_relations),
	{ "campaigns", "Campaigns", "Chiến dịch", PORTRAIT_ROWS, fill_records, "campaign_member",
	  "campaign.name,campaign.channel,status,contact.name,updated_at,note",
	  "campaign.name,campaign.channel,lead.name,contact.name,account.name", NULL, "-updated_at" },
	ROWS("segments", "Segments", "Phân khúc", fill_segments),
	{ "leads", "Leads they came from", "Đầu mối ban đầu", PORTRAIT_ROWS, fill_records, "lead",
	  "id,name,company,source,campaign.name,status,created_at,converted_at", "campaign.name",
	  NULL, "created_at" },
	ROWS("timeline", "Timeline", "Dòng thời gian", fill_timeline),
};
/* clang-format on */

struct cell cell_as(struct maker *m, const char *entity, const char *name, struct value v)
{
	const struct field *f = entity_field(entity_of(m, entity), str_of(name));
	return field_print(f, &v, &m->codec);
}

struct cell cell_amount(struct maker *m, struct value minor, struct str currency)
{
	minor.scale =
	    (uint8_t)currency_digits(currency.n ? currency : str_of(m->store->settings.currency));
	return cell_as(m, "deal", "amount", minor);
}

struct cell cell_ref(struct maker *m, const char *entity, struct value id)
{
	return id.kind == V_INT ? cell_text(ref_print(entity_of(m, entity), id.i, m->arena))
				: cell_null();
}

struct value column_value(struct maker *m, struct stmt *rows, size_t i)
{
	struct value v = stmt_value(rows, i);
	if (v.kind == V_TEXT)
		v.s = arena_str(m->arena, v.s);
	return v;
}

static bool is_shown(const struct maker *m, const struct portrait_heading *h)
{
	return h->seen_by == EVERYBODY || !m->wish->human ||
	       (h->seen_by == READERS && !m->wish->brief);
}

/* "Account", not "Account: Name": what a reference is called stands for what it names. */
struct column *portrait_fields(struct maker *m, const struct select *what, size_t extra)
{
	enum language l = m->store->settings.language;
	struct column *named = select_columns(what, m->arena);
	struct column *c = arena_new(m->arena, struct column, what->npaths + extra);
	for (size_t i = 0; i < what->npaths; i++) {
		const struct path *p = &what->paths[i];
		c[i] = named[i];
		if (p->nsteps && !strcmp(p->field->name, p->entity->title))
			c[i].label = field_label(p->steps[p->nsteps - 1], l, m->arena);
	}
	return c;
}

struct cell cell_of(struct maker *m, const char *entity, struct value id, struct str name,
		    enum ring ring)
{
	const struct customer *c = &m->p->customer;
	bool whole = ring == RING_OWN ? entity_of(m, entity) == c->entity && id.i == c->id
				      : entity_of(m, entity) == m->around && id.i == m->around_id;
	return whole && m->wish->human ? cell_null() : cell_text(name);
}

void portrait_columns(struct maker *m, struct portrait_part *p, const struct portrait_heading *h,
		      size_t n)
{
	struct column *c = arena_new(m->arena, struct column, n);
	for (size_t i = 0; i < n; i++)
		if (is_shown(m, &h[i]))
			c[p->ncolumns++] = (struct column){
				str_of(h[i].name),
				str_of(label(m->store->settings.language, h[i].en, h[i].vi)),
				h[i].right,
			};
	p->columns = c;
}

struct portrait_row *portrait_row_new(struct maker *m, struct portrait_part *p, struct cell *cells,
				      enum ring ring)
{
	p->rows = arena_grow(m->arena, p->rows, p->n, &p->room, sizeof *p->rows);
	struct portrait_row *row = &p->rows[p->n++];
	*row = (struct portrait_row){ .cells = cells, .own = ring == RING_OWN };
	return row;
}

struct portrait_row *portrait_put(struct maker *m, struct portrait_part *p,
				  const struct portrait_heading *h, size_t n,
				  const struct cell *cells, enum ring ring)
{
	struct cell *kept = arena_new(m->arena, struct cell, p->ncolumns);
	for (size_t i = 0, j = 0; i < n; i++)
		if (is_shown(m, &h[i]))
			kept[j++] = cells[i];
	return portrait_row_new(m, p, kept, ring);
}

static struct str title_of(struct maker *m, const struct entity *e, int64_t id)
{
	struct record r;
	if (!store_get(m->store, e, id, &r, m->arena))
		return (struct str){ 0 };
	struct str name = text_of(&r, e->title);
	return name.n || !entity_field(e, STR("company")) ? name : text_of(&r, "company");
}

/* Of a contact its account, of a converted lead what it became. */
static void find_around(struct maker *m)
{
	const struct customer *who = &m->p->customer;
	const struct entity *e = entity_of(m, "account");
	struct record r;
	if (!entity_field(who->entity, STR("account")) ||
	    !store_get(m->store, who->entity, who->id, &r, m->arena) || !is_set(&r, "account"))
		return;
	m->around_id = record_at(&r, "account")->i;
	if (!store_exists(m->store, e, m->around_id)) /* hidden from who acts */
		return;
	m->around = e;
	m->p->around_ref = ref_print(e, m->around_id, m->arena);
	m->p->around_name = title_of(m, e, m->around_id);
}

void portrait_make(struct resolver *r, const struct customer *who, const struct portrait_wish *wish,
		   struct portrait *out, struct arena *a)
{
	struct maker m = { .resolver = r, .store = r->store, .wish = wish, .p = out, .arena = a };
	*out = (struct portrait){ .customer = *who, .nparts = countof(parts) };
	m.codec = store_codec(r->store, a);
	m.codec.human = wish->human;
	out->ref = ref_print(who->entity, who->id, a);
	out->name = title_of(&m, who->entity, who->id);
	find_around(&m);
	rings_make(&m);
	out->parts = arena_new(a, struct portrait_part, countof(parts));
	for (size_t i = 0; i < countof(parts); i++) {
		const struct part_def *def = &parts[i];
		struct portrait_part *p = &out->parts[i];
		*p = (struct portrait_part){
			.name = def->name, .en = def->en, .vi = def->vi, .shape = def->shape
		};
		def->fill(&m, def, p);
	}
}
