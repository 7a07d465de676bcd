/*
 * gen: made-up customers, the same ones every time.
 *
 *   gen [--clean] [--vi] STREAM COUNT [SEED]
 *
 * STREAM is leads, accounts, contacts, deals, activities, products, lines or tickets.
 * CSV on stdout.  Row i depends on SEED and i alone.  One row in six is wrong on
 * purpose, as lists from the field are; --clean makes none wrong.  --vi heads the
 * columns in Vietnamese.  Contacts, deals, activities and tickets are about account-1 to
 * account-(COUNT/10 or 1); lines are of the first products.
 */
#include <stdio.h>
#include <stdlib.h>

#include "core/buf.h"
#include "schema/schema.h"

enum flaw {
	FLAW_NONE,
	FLAW_EMAIL,    /* refused */
	FLAW_BIRTHDAY, /* refused: 30 February */
	FLAW_SOURCE,   /* refused: not in the picklist */
	FLAW_NOBODY,   /* refused: nothing to call them by */
	FLAW_PHONE,    /* kept, with a warning */
	FLAW_NFD,      /* mended: accents apart from their letters */
	FLAW_ACCENT,   /* an accent without a letter */
	FLAW_TWIN,     /* an earlier row once more */
	FLAWS
};

struct row {
	uint64_t state;
	long i, about;	/* which row, how many accounts there are to be about */
	unsigned price; /* of the product, in half millions */
	enum flaw flaw;
	bool vietnamese, person;
	const char *family, *middle, *given, *company, *stage;
	struct buf cell;
};

struct heading {
	const char *field;
	void (*put)(struct row *);
};

static const char *const families[] = { "Nguyễn", "Trần", "Lê",	   "Phạm", "Hoàng", "Huỳnh",
					"Phan",	  "Vũ",	  "Võ",	   "Đặng", "Bùi",   "Đỗ",
					"Hồ",	  "Ngô",  "Dương", "Lý" };
static const char *const middles[] = { "Thị", "Văn",   "Minh", "Ngọc",	"Đức",
				       "Thu", "Quang", "Hữu",  "Thanh", "Bảo" };
static const char *const givens[] = { "Minh", "Lan",   "Hùng", "Thảo", "Đạt",  "Hương",
				      "Tuấn", "Trang", "Phúc", "Ánh",  "Dũng", "Yến",
				      "Khoa", "Nhung", "Sơn",  "Vy" };
static const char *const surnames[] = { "Okafor",  "Müller", "García", "O'Brien", "Tanaka",
					"Larsson", "Dubois", "Silva",  "Novák",	  "Haddad" };
static const char *const firsts[] = { "Amina", "Jonas", "Lucía",  "Siobhán", "Kenji",
				      "Freja", "Chloé", "Mateus", "Zdeněk",  "Omar" };
static const char *const trades[] = { "Minh Anh",   "Đại Phát",	   "Hoà Bình",	"Sao Mai",
				      "Thành Công", "Phương Đông", "Bạch Đằng", "Tân Á",
				      "Nam Long",   "Hải Âu" };
static const char *const foreign_trades[] = { "Northwind", "Bergström & Co", "Kestrel \"K\"",
					      "Altamira",  "Blue Finch",     "Ōkami" };
static const char *const cities[] = { "Hà Nội",	   "TP. Hồ Chí Minh", "Đà Nẵng",
				      "Cần Thơ",   "Hải Phòng",	      "Huế",
				      "Nha Trang", "Biên Hoà" };
static const char *const foreign_cities[] = { "Berlin", "São Paulo", "Osaka",
					      "Lagos",	"Malmö",     "Lyon" };
static const char *const industries[] = { "apparel",	  "agriculture", "banking",
					  "construction", "consulting",	 "education",
					  "electronics",  "energy" };
static const char *const sources[] = { "website", "facebook", "facebook", "zalo", "zalo",
				       "hotline", "seminar",  "referral", "card", "landing_page" };
static const char *const statuses[] = { "new",	     "new",	  "new",       "new",	"contacted",
					"contacted", "nurturing", "qualified", "target" };
static const char *const interests[] = { "CRM Basic", "CRM Pro",   "Tổng đài",
					 "Đào tạo",   "Chữ ký số", "E-invoice" };
static const char *const titles[] = { "Giám đốc",      "Kế toán trưởng",
				      "Head of sales", "Trưởng phòng mua hàng",
				      "CTO",	       "Office manager" };
static const char *const kinds[] = { "call", "call", "email", "meeting", "chat", "visit" };
static const char *const outcomes[] = { "connected", "no_answer", "busy", "interested",
					"callback" };
static const char *const stages[] = { "discovery",   "discovery", "proposal",
				      "negotiation", "won",	  "lost" };
static const char *const unpaired[] = { "Nguye\u0302\u0303n Va\u0306n Hu\u0300ng",
					"Tra\u0302\u0300n Thi\u0323 Tha\u0309o",
					"Pha\u0323m Đu\u031b\u0301c Da\u0303ng" };

/* splitmix64 */
static uint64_t next(struct row *r)
{
	uint64_t z = r->state += 0x9e3779b97f4a7c15u;
	z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9u;
	z = (z ^ (z >> 27)) * 0x94d049bb133111ebu;
	return z ^ (z >> 31);
}

static unsigned below(struct row *r, unsigned n)
{
	return (unsigned)(next(r) % n);
}

#define PICK(r, list) ((list)[below((r), countof(list))])
#define PUT(r, ...) buf_printf(&(r)->cell, __VA_ARGS__)

static void put_pick(struct row *r, const char *s)
{
	buf_puts(&r->cell, s);
}

static void put_name(struct row *r)
{
	if (r->flaw == FLAW_NOBODY)
		return;
	if (r->flaw == FLAW_NFD)
		PUT(r, "%s", PICK(r, unpaired));
	else if (r->vietnamese)
		PUT(r, "%s%s %s %s", r->flaw == FLAW_ACCENT ? "\u0301" : "", r->family, r->middle,
		    r->given);
	else
		PUT(r, "%s %s", r->given, r->family);
}

static void put_company(struct row *r)
{
	if (r->person || r->flaw == FLAW_NOBODY)
		return;
	if (r->vietnamese)
		PUT(r, "Công ty TNHH %s %ld", r->company, r->i);
	else
		PUT(r, "%s Ltd %ld", r->company, r->i);
}

static void put_account(struct row *r)
{
	if (r->person)
		put_name(r);
	else
		put_company(r);
}

static void put_kind(struct row *r)
{
	put_pick(r, r->person ? "person" : "org");
}

static void put_email(struct row *r)
{
	static const char *const hosts[] = { "example.com", "example.vn", "example.org" };
	static const char *const wrong[] = { "lan@@example.com", "không có", "minh.example.vn",
					     "a b@example.com" };
	if (r->flaw == FLAW_EMAIL)
		put_pick(r, PICK(r, wrong));
	else if (r->flaw != FLAW_NOBODY && below(r, 4))
		PUT(r, "khach%ld@%s", r->i, PICK(r, hosts));
}

static void put_phone(struct row *r)
{
	static const char *const wrong[] = { "gọi sau 5h", "0912 34", "xin số sau" };
	unsigned n = below(r, 10000000);
	if (r->flaw == FLAW_PHONE)
		put_pick(r, PICK(r, wrong));
	else if (r->flaw == FLAW_NOBODY)
		return;
	else if (!r->vietnamese)
		PUT(r, "+49 30 %07u", n);
	else if (n % 3 == 0)
		PUT(r, "09%u %03u %03u%u", n % 7 + 1, n / 10000, n / 10 % 1000, n % 10);
	else if (n % 3 == 1)
		PUT(r, "+84 9%u%07u", n % 7 + 1, n);
	else
		PUT(r, "09%u.%07u", n % 7 + 1, n);
}

static void put_city(struct row *r)
{
	put_pick(r, r->vietnamese ? PICK(r, cities) : PICK(r, foreign_cities));
}

static void put_industry(struct row *r)
{
	if (!r->person)
		put_pick(r, PICK(r, industries));
}

static void put_employees(struct row *r)
{
	if (!r->person)
		PUT(r, "%u", 1 + below(r, 900));
}

static void put_source(struct row *r)
{
	put_pick(r, r->flaw == FLAW_SOURCE ? "tờ rơi" : PICK(r, sources));
}

static void put_status(struct row *r)
{
	put_pick(r, PICK(r, statuses));
}

static void put_score(struct row *r)
{
	PUT(r, "%u", below(r, 101));
}

static void put_budget(struct row *r)
{
	unsigned millions = 1 + below(r, 400);
	if (millions % 3)
		PUT(r, "%u000000", millions);
}

static void put_birthday(struct row *r)
{
	unsigned day = 1 + below(r, 28), month = 1 + below(r, 12), year = 1960 + below(r, 45);
	if (r->flaw == FLAW_BIRTHDAY)
		put_pick(r, below(r, 2) ? "30/02/1985" : "1985-02-30");
	else if (day % 3 == 0)
		PUT(r, "%u-%02u-%02u", year, month, day);
	else if (day % 3 == 1)
		PUT(r, "%02u/%02u/%u", day, month, year);
}

static void put_interest(struct row *r)
{
	put_pick(r, PICK(r, interests));
}

static void put_notes(struct row *r)
{
	static const char *const notes[] = { "",
					     "",
					     "",
					     "gọi lại sau Tết",
					     "said: \"not before Q3\"",
					     "hẹn demo\nmang theo báo giá, hợp đồng",
					     "=1+1 is what the form said" };
	put_pick(r, PICK(r, notes));
}

static void put_tags(struct row *r)
{
	static const char *const tags[] = { "", "", "", "vip", "hội thảo;vip", "2026" };
	put_pick(r, PICK(r, tags));
}

static void put_title(struct row *r)
{
	put_pick(r, PICK(r, titles));
}

static void put_about(struct row *r)
{
	PUT(r, "account-%ld", 1 + (long)(next(r) % (uint64_t)r->about));
}

static void put_deal(struct row *r)
{
	PUT(r, "%s %ld", PICK(r, interests), r->i);
}

static void put_amount(struct row *r)
{
	PUT(r, "%u00000", 5 + below(r, 5000));
}

static void put_stage(struct row *r)
{
	put_pick(r, r->stage = PICK(r, stages));
}

static void put_day(struct row *r)
{
	unsigned day = below(r, 28), month = below(r, 10);
	PUT(r, "2026-%02u-%02u", month + 1, day + 1);
}

static void put_reason(struct row *r)
{
	if (!strcmp(r->stage, "lost"))
		put_pick(r, below(r, 2) ? "price" : "timing");
}

static void put_activity(struct row *r)
{
	put_pick(r, PICK(r, kinds));
}

static void put_done(struct row *r)
{
	put_pick(r, "done");
}

static void put_outcome(struct row *r)
{
	put_pick(r, PICK(r, outcomes));
}

static void put_instant(struct row *r)
{
	unsigned minute = below(r, 60), hour = below(r, 24);
	put_day(r);
	PUT(r, "T%02u:%02u:00Z", hour, minute);
}

static void put_closed(struct row *r)
{
	if (!strcmp(r->stage, "won") || !strcmp(r->stage, "lost"))
		put_instant(r);
}

/* The catalogue: the first are named as above, later ones have a number too. */
static void put_sku(struct row *r)
{
	PUT(r, "SP-%03ld", r->i);
}

static void put_product(struct row *r)
{
	size_t k = (size_t)(r->i - 1);
	put_pick(r, interests[k % countof(interests)]);
	if (k >= countof(interests))
		PUT(r, " %ld", r->i);
}

static void put_price(struct row *r)
{
	r->price = 2 + below(r, 60);
	PUT(r, "%u00000", r->price * 5);
}

static void put_cost(struct row *r)
{
	PUT(r, "%u00000", r->price * 3);
}

static void put_tax(struct row *r)
{
	put_pick(r, below(r, 2) ? "8" : "10");
}

static void put_ordered(struct row *r)
{
	PUT(r, "SP-%03u", 1 + below(r, countof(interests)));
}

static void put_quantity(struct row *r)
{
	PUT(r, "%u", 1 + below(r, 9));
}

static void put_discount(struct row *r)
{
	PUT(r, "%u", below(r, 3) * 5);
}

static void put_trouble(struct row *r)
{
	static const char *const troubles[] = { "Không đăng nhập được", "Máy in kẹt giấy",
						"Xin xuất lại hoá đơn", "Giao thiếu hàng",
						"How do I export?",	"Gọi mãi không ai nghe" };
	put_pick(r, PICK(r, troubles));
}

static void put_trouble_kind(struct row *r)
{
	static const char *const trouble_kinds[] = { "question", "complaint", "incident",
						     "request" };
	put_pick(r, PICK(r, trouble_kinds));
}

static void put_priority(struct row *r)
{
	static const char *const priorities[] = { "low", "normal", "normal", "high", "urgent" };
	put_pick(r, PICK(r, priorities));
}

static void put_channel(struct row *r)
{
	static const char *const channels[] = { "hotline", "zalo", "zalo", "email", "website" };
	put_pick(r, PICK(r, channels));
}

static const struct heading leads[] = {
	{ "name", put_name },
	{ "company", put_company },
	{ "kind", put_kind },
	{ "email", put_email },
	{ "phone", put_phone },
	{ "city", put_city },
	{ "industry", put_industry },
	{ "source", put_source },
	{ "status", put_status },
	{ "score", put_score },
	{ "budget", put_budget },
	{ "birth_date", put_birthday },
	{ "interest", put_interest },
	{ "notes", put_notes },
	{ "tags", put_tags },
	{ "created_at", put_instant },
	{ 0 },
};
static const struct heading accounts[] = {
	{ "name", put_account },	{ "kind", put_kind },	      { "email", put_email },
	{ "phone", put_phone },		{ "billing_city", put_city }, { "industry", put_industry },
	{ "employees", put_employees }, { "source", put_source },     { 0 },
};
static const struct heading contacts[] = {
	{ "name", put_name },	{ "account", put_about }, { "title", put_title },
	{ "email", put_email }, { "phone", put_phone },	  { 0 },
};
static const struct heading deals[] = {
	{ "name", put_deal },	       { "account", put_about },      { "stage", put_stage },
	{ "amount", put_amount },      { "expected_close", put_day }, { "source", put_source },
	{ "lost_reason", put_reason }, { "closed_at", put_closed },   { 0 },
};
static const struct heading activities[] = {
	{ "kind", put_activity },
	{ "account", put_about },
	{ "subject", put_interest },
	{ "status", put_done },
	{ "outcome", put_outcome },
	{ "done_at", put_instant },
	{ 0 },
};
static const struct heading products[] = {
	{ "sku", put_sku },   { "name", put_product }, { "price", put_price },
	{ "cost", put_cost }, { "tax_rate", put_tax }, { 0 },
};
static const struct heading lines[] = {
	{ "product", put_ordered },
	{ "quantity", put_quantity },
	{ "discount", put_discount },
	{ 0 },
};
static const struct heading tickets[] = {
	{ "subject", put_trouble }, { "kind", put_trouble_kind }, { "priority", put_priority },
	{ "channel", put_channel }, { "account", put_about },	  { 0 },
};
static const struct {
	const char *name, *entity;
	const struct heading *headings;
} streams[] = {
	{ "leads", "lead", leads },
	{ "accounts", "account", accounts },
	{ "contacts", "contact", contacts },
	{ "deals", "deal", deals },
	{ "activities", "activity", activities },
	{ "products", "product", products },
	{ "lines", "order_line", lines },
	{ "tickets", "ticket", tickets },
};

static void begin(struct row *r, uint64_t seed, long i, bool clean)
{
	r->i = i;
	r->state = seed ^ ((uint64_t)i * 0xd1342543de82ef95u);
	unsigned flaw = below(r, 6 * (FLAWS - 1));
	r->flaw = clean || flaw >= FLAWS ? FLAW_NONE : (enum flaw)flaw;
	if (r->flaw == FLAW_TWIN && i > 10) {
		begin(r, seed, i - 1 - (long)below(r, 9), clean);
		return;
	}
	r->vietnamese = below(r, 5) > 0;
	r->person = below(r, 3) == 0;
	r->family = r->vietnamese ? PICK(r, families) : PICK(r, surnames);
	r->middle = PICK(r, middles);
	r->given = r->vietnamese ? PICK(r, givens) : PICK(r, firsts);
	r->company = r->vietnamese ? PICK(r, trades) : PICK(r, foreign_trades);
}

/* RFC 4180; the cell is emptied. */
static void put_cell(struct row *r, bool last)
{
	const char *p = r->cell.p;
	size_t n = r->cell.n;
	bool quote = false;
	for (size_t k = 0; k < n && !quote; k++)
		quote = p[k] == '"' || p[k] == ',' || p[k] == '\n';
	if (quote)
		putchar_unlocked('"');
	for (size_t k = 0; k < n; k++) {
		if (p[k] == '"')
			putchar_unlocked('"');
		putchar_unlocked(p[k]);
	}
	if (quote)
		putchar_unlocked('"');
	putchar_unlocked(last ? '\n' : ',');
	r->cell.n = 0;
}

static _Noreturn void usage(void)
{
	fputs("usage: gen [--clean] [--vi] leads|accounts|contacts|deals|activities|products|lines|"
	      "tickets COUNT [SEED]\n",
	      stderr);
	exit(STATUS_USAGE);
}

static void head(struct row *r, const char *entity, const struct heading *h, bool vietnamese)
{
	const struct entity *e = schema_entity(&shipped_schema, str_of(entity));
	for (; h->field; h++) {
		const char *label = entity_field(e, str_of(h->field))->label_vi;
		buf_puts(&r->cell, vietnamese && label ? label : h->field);
		put_cell(r, !h[1].field);
	}
}

int main(int argc, char **argv)
{
	struct row r = { 0 };
	bool clean = false, vietnamese = false;
	for (; argc > 1 && argv[1][0] == '-'; argc--, argv++) {
		clean |= !strcmp(argv[1], "--clean");
		vietnamese |= !strcmp(argv[1], "--vi");
	}
	if (argc < 3)
		usage();
	size_t k = 0;
	while (k < countof(streams) && strcmp(streams[k].name, argv[1]))
		k++;
	int64_t count;
	if (k == countof(streams) || !str_int(str_of(argv[2]), &count) || count < 0)
		usage();
	r.about = count >= 20 ? (long)(count / 10) : 1;
	head(&r, streams[k].entity, streams[k].headings, vietnamese);
	for (long i = 1; i <= count; i++) {
		begin(&r, argc > 3 ? strtoull(argv[3], NULL, 10) : 1, i, clean);
		for (const struct heading *h = streams[k].headings; h->field; h++) {
			h->put(&r);
			put_cell(&r, !h[1].field);
		}
	}
	buf_free(&r.cell);
	return fflush(stdout) == 0 ? STATUS_OK : STATUS_ENV;
}
