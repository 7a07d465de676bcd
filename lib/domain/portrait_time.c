/* One timeline of everything, newest first. */
#include <stdlib.h>

#include "core/date.h"
#include "domain/portrait_impl.h"
#include "schema/label.h"

/* The columns of a source, in this order and by these names. */
enum {
	AT, /* instant or day */
	KIND,
	ID,    /* of `type`; null: several folded into one */
	ABOUT, /* of `about` */
	SUBJECT,
	TEXT,
	DETAIL, /* key of one of `details` */
	BEFORE, /* what DETAIL was before; of activities the direction */
	AMOUNT,
	CURRENCY,
	TIMES,
	FIRST_AT,
	OF, /* three: contact, account, lead */
	LOGIN = OF + 3,
	OF_NAME, /* three */
	COLUMNS = OF_NAME + 3,
};

#define OF_X "x.contact contact, x.account account, x.lead lead"
#define ONCE "1 times, null first_at"
#define NO_AMOUNT "null amount, null currency"
#define TOTAL "x.total amount, x.currency currency"

/* clang-format off */
/* Where moments come from: what stands before and behind the list of records. */
static const struct source {
	const char *type, *about, *kinds, *details;
	const char *select, *tail;
} sources[] = {
	{ "activity", NULL, "activity.kind", "activity.outcome activity.status",
	  "select coalesce(x.done_at, x.started_at, x.due_at, x.created_at) at, x.kind kind, x.id id,"
	  " null about, x.subject subject, x.body text,"
	  " case when x.status = 'done' then x.outcome else x.status end detail,"
	  " x.direction before, " NO_AMOUNT ", " ONCE ", " OF_X ", x.owner who"
	  " from activity x where x.status <> 'planned' and x.id in ", "" },
	{ "stage_change", "deal", NULL, "deal.stage",
	  "select x.at at, case when x.from_stage is null then 'deal' else 'stage' end kind, x.id id,"
	  " x.deal about, d.name subject, null text, x.stage detail, x.from_stage before,"
	  " x.amount amount, coalesce(x.currency, d.currency) currency, " ONCE ", d.contact contact, d.account account,"
	  " d.lead lead, x.\"user\" who from stage_change x join deal d on d.id = x.deal"
	  " where x.id in ", "" },
#define QUOTE(at, kind)                                                                            \
	{ "quote", NULL, NULL, "quote.status",                                                     \
	  "select " at " at, '" kind "' kind, x.id id, null about,"                                \
	  " coalesce(x.name, x.number) subject, null text, x.status detail, null before, " TOTAL   \
	  ", " ONCE ", x.contact contact, x.account account, null lead, x.owner who from quote x"  \
	  " where " at " is not null and x.id in ", "" }
	QUOTE("coalesce(x.quoted_on, x.created_at)", "quote"),
	QUOTE("x.sent_at", "quote_sent"),
	QUOTE("x.decided_at", "quote_decided"),
#define ORDER(at, kind, amount)                                                                    \
	{ "order", NULL, NULL, "order.status",                                                     \
	  "select x." at " at, '" kind "' kind, x.id id, null about,"                              \
	  " coalesce(x.name, x.number) subject, null text, x.status detail, null before,"          \
	  " x." amount " amount, x.currency currency, " ONCE ", x.contact contact,"                \
	  " x.account account, null lead, x.owner who from \"order\" x"                            \
	  " where x." at " is not null and x.id in ", "" }
	ORDER("ordered_on", "order", "total"),
	ORDER("delivered_on", "delivered", "total"),
	ORDER("paid_on", "paid", "paid"),
	ORDER("returned_on", "returned", "returned"),
#define TICKET(at, kind, text)                                                                     \
	{ "ticket", NULL, NULL, "ticket.kind",                                                     \
	  "select x." at " at, '" kind "' kind, x.id id, null about, x.subject subject,"           \
	  " x." text " text, x.kind detail, null before, " NO_AMOUNT ", " ONCE ", " OF_X           \
	  ", x.owner who from ticket x where x." at " is not null and x.id in ", "" }
	TICKET("opened_at", "ticket", "description"),
	TICKET("resolved_at", "ticket_resolved", "resolution"),
	TICKET("closed_at", "ticket_closed", "resolution"),
	/* What is worth nothing by itself is one row a day and kind. */
	{ "event", NULL, "event.kind", NULL,
	  "select max(x.at) at, x.kind kind, case when count(*) = 1 then min(x.id) end id,"
	  " null about, case when min(x.subject) = max(x.subject) then min(x.subject) end subject,"
	  " null text, null detail, null before, " NO_AMOUNT ", count(*) times,"
	  " case when count(*) > 1 then min(x.at) end first_at, " OF_X ", null who"
	  " from event x where x.value is null and x.rating is null and x.id in ",
	  " group by x.kind, local_day(x.at), x.contact, x.account, x.lead" },
	{ "event", "order", "event.kind", NULL,
	  "select x.at at, x.kind kind, x.id id, x.\"order\" about, x.subject subject, null text,"
	  " cast(x.rating as text) detail, null before, x.value amount, x.currency currency, " ONCE
	  ", " OF_X ", null who from event x where (x.value is not null or x.rating is not null)"
	  " and x.id in ", "" },
#define LEAD(at, kind, detail)                                                                     \
	{ "lead", NULL, NULL, "lead.source",                                                       \
	  "select x." at " at, '" kind "' kind, x.id id, null about,"                              \
	  " coalesce(x.name, x.company) subject, null text, " detail " detail, null before, "      \
	  NO_AMOUNT ", " ONCE ", null contact, null account, x.id lead, x.owner who"               \
	  " from lead x where x." at " is not null and x.id in ", "" }
	LEAD("created_at", "lead", "x.source"),
	LEAD("converted_at", "converted", "null"),
	{ "account", NULL, NULL, NULL,
	  "select x.customer_since at, 'customer' kind, x.id id, null about, x.name subject,"
	  " null text, null detail, null before, " NO_AMOUNT ", " ONCE ", null contact,"
	  " x.id account, null lead, null who from account x"
	  " where x.customer_since is not null and x.id in ", "" },
};
/* clang-format on */

/* Kinds of moments that no picklist names. */
static const struct {
	const char *kind, *en, *vi;
} kinds[] = {
	{ "deal", "Deal", "Cơ hội mới" },
	{ "stage", "Stage", "Chuyển bước" },
	{ "quote", "Quote", "Báo giá" },
	{ "quote_sent", "Quote sent", "Gửi báo giá" },
	{ "quote_decided", "Quote decided", "Khách quyết định báo giá" },
	{ "order", "Order", "Đơn hàng" },
	{ "delivered", "Delivered", "Giao hàng" },
	{ "paid", "Paid", "Thanh toán đủ" },
	{ "returned", "Returned", "Trả hàng" },
	{ "ticket", "Ticket", "Yêu cầu hỗ trợ" },
	{ "ticket_resolved", "Ticket resolved", "Giải quyết yêu cầu" },
	{ "ticket_closed", "Ticket closed", "Đóng yêu cầu" },
	{ "campaign", "Campaign", "Chiến dịch" },
	{ "lead", "Lead came in", "Đầu mối mới" },
	{ "converted", "Lead converted", "Chuyển đổi đầu mối" },
	{ "customer", "Became a customer", "Thành khách hàng" },
};

static const struct portrait_heading columns[] = {
	{ "at", "When", "Lúc", false, EVERYBODY },
	{ "type", "Type", "Loại", false, MACHINES },
	{ "kind", "What", "Việc", false, EVERYBODY },
	{ "detail", "Result", "Kết quả", false, MACHINES },
	{ "before", "Before", "Trước đó", false, MACHINES },
	{ "direction", "Direction", "Chiều", false, MACHINES },
	{ "id", "ID", "Mã", false, EVERYBODY },
	{ "about", "About", "Về", false, MACHINES },
	{ "subject", "Subject", "Chủ đề", false, EVERYBODY },
	{ "text", "Text", "Nội dung", false, READERS },
	{ "amount", "Amount", "Giá trị", true, EVERYBODY },
	{ "currency", "Currency", "Tiền tệ", false, MACHINES },
	{ "by", "By", "Người làm", false, EVERYBODY },
	{ "of", "Of", "Của", false, MACHINES },
	{ "of.name", "Of", "Của", false, EVERYBODY },
	{ "times", "Times", "Số lần", true, MACHINES },
	{ "first_at", "First", "Lần đầu", false, MACHINES },
};

struct moment {
	int64_t at;
	size_t number; /* in which they were found: keeps equals in order */
	const struct source *source;
	enum ring ring;
	struct value v[COLUMNS];
};

struct moments {
	struct maker *m;
	struct moment *all;
	size_t n, room;
};

/* A day is over when its evening comes: what happened in it by the clock is before it. */
static int64_t instant_of(struct str s)
{
	int64_t at, day;
	if (instant_scan(s, &at))
		return at;
	return day_scan(s, &day) ? zone_instant(day + 1, 0) - 1 : INT64_MIN;
}

static void add_moment(struct moments *t, const struct source *s, enum ring ring, struct stmt *rows)
{
	t->all = arena_grow(t->m->arena, t->all, t->n, &t->room, sizeof *t->all);
	struct moment *o = &t->all[t->n];
	*o = (struct moment){ .source = s, .ring = ring, .number = t->n++ };
	for (size_t i = 0; i < COLUMNS; i++)
		o->v[i] = column_value(t->m, rows, i);
	o->at = instant_of(o->v[AT].s);
}

/* A source with the names of whom it is about and who did it. */
static void begin(struct sql *q)
{
	sql_add(q, "select s.at, s.kind, s.id, s.about, s.subject, s.text, s.detail, s.before,"
		   " s.amount, s.currency, s.times, s.first_at, s.contact, s.account, s.lead,"
		   " u.login, c.name, a.name, coalesce(l.name, l.company) from (");
}

static void take(struct moments *t, const struct source *s, enum ring ring, struct sql *q)
{
	sql_add(q, ") s left join \"user\" u on u.id = s.who left join contact c on"
		   " c.id = s.contact left join account a on a.id = s.account"
		   " left join lead l on l.id = s.lead");
	struct stmt *rows = db_query(t->m->store->db, q);
	while (stmt_step(rows))
		add_moment(t, s, ring, rows);
	stmt_close(rows);
	sql_free(q);
}

static void add_list(struct sql *q, int64_t list)
{
	sql_add(q, "(select id from chosen where list = ");
	sql_int(q, list);
	sql_add(q, ")");
}

static void take_source(struct moments *t, const struct source *s, enum ring ring)
{
	int64_t list = ring_of(t->m, ring, s->type);
	struct sql q = { .arena = t->m->arena };
	if (!list)
		return;
	begin(&q);
	sql_add_literal(&q, s->select);
	add_list(&q, list);
	sql_add_literal(&q, s->tail);
	take(t, s, ring, &q);
}

/* The first time that a member of a campaign came so far: one field a status. */
static void take_first_times(struct moments *t, enum ring ring)
{
	static const struct source member = { .type = "campaign_member",
					      .about = "campaign",
					      .details = "campaign_member.status" };
	const struct entity *e = entity_of(t->m, member.type);
	int64_t list = ring_of(t->m, ring, member.type);
	for (size_t i = 0; list && i < e->nfields; i++) {
		const struct field *f = &e->fields[i];
		struct str name = str_of(f->name);
		struct sql q = { .arena = t->m->arena };
		if (f->type != &type_instant || f->flags & F_SYSTEM)
			continue;
		begin(&q);
		sql_add(&q, "select x.");
		sql_column(&q, f);
		sql_add(&q, " at, 'campaign' kind, x.id id, x.campaign about, g.name subject,"
			    " x.note text, ");
		sql_text(&q, str_sub(name, 0, name.n - (sizeof "_at" - 1)));
		sql_add(&q, " detail, null before, " NO_AMOUNT ", " ONCE ", " OF_X ", null who"
			    " from campaign_member x join campaign g on g.id = x.campaign"
			    " where x.");
		sql_column(&q, f);
		sql_add(&q, " is not null and x.id in ");
		add_list(&q, list);
		take(t, &member, ring, &q);
	}
}

/* What came at once: the younger record first, in whatever order the engine found them. */
static int newest_first(const void *a, const void *b)
{
	const struct moment *x = a, *y = b;
	if (x->at != y->at)
		return x->at > y->at ? -1 : 1;
	if (x->source == y->source && x->ring == y->ring && x->v[ID].i != y->v[ID].i)
		return x->v[ID].i > y->v[ID].i ? -1 : 1;
	return x->number < y->number ? 1 : -1;
}

/* The label of a key that one of the lists has; machines get the key. */
static struct str label_in(struct maker *m, const char *lists, struct str key)
{
	enum language l = m->store->settings.language;
	struct str rest = str_of(lists), name;
	while (m->wish->human && str_cut(&rest, ' ', &name)) {
		const struct picklist *list =
		    schema_picklist(&m->store->schema, arena_str(m->arena, name).p);
		for (size_t i = 0; i < list->n; i++)
			if (str_is(key, list->picks[i].key))
				return str_of(pick_label(&list->picks[i], l));
	}
	return key;
}

static struct str kind_of(struct maker *m, const struct moment *o)
{
	struct str key = o->v[KIND].s;
	if (o->source->kinds)
		return label_in(m, o->source->kinds, key);
	for (size_t i = 0; m->wish->human && i < countof(kinds); i++)
		if (str_is(key, kinds[i].kind))
			return str_of(label(m->store->settings.language, kinds[i].en, kinds[i].vi));
	return key;
}

/* People read in one: "Call: no answer", "Page view × 7". */
static struct cell kind_cell(struct maker *m, const struct moment *o, struct str detail)
{
	struct str kind = kind_of(m, o);
	if (m->wish->human && o->v[TIMES].i > 1)
		kind = arena_printf(m->arena, "%.*s × %lld", (int)kind.n, kind.p,
				    (long long)o->v[TIMES].i);
	if (m->wish->human && detail.n)
		kind = arena_printf(m->arena, "%.*s: %.*s", (int)kind.n, kind.p, (int)detail.n,
				    detail.p);
	return cell_text(kind);
}

static struct cell moment_amount(struct maker *m, const struct moment *o)
{
	struct str currency = o->v[CURRENCY].s;
	if (o->v[AMOUNT].kind != V_INT)
		return cell_null();
	struct cell c = cell_amount(m, o->v[AMOUNT], currency);
	if (m->wish->human)
		c.text = arena_printf(m->arena, "%.*s %.*s", (int)c.text.n, c.text.p,
				      (int)currency.n, currency.p);
	return c;
}

static struct cell at_cell(struct maker *m, struct value v)
{
	int64_t at;
	if (m->wish->human && v.kind == V_TEXT && instant_scan(v.s, &at))
		return cell_text(instant_print_local(at, m->arena));
	return cell_text(v.s);
}

/* People read one reference, that of what they would open. */
static struct cell id_cell(struct maker *m, const struct moment *o)
{
	if (m->wish->human && o->source->about && o->v[ABOUT].kind == V_INT)
		return cell_ref(m, o->source->about, o->v[ABOUT]);
	return cell_ref(m, o->source->type, o->v[ID]);
}

static void put_moment(struct maker *m, const struct moment *o, struct portrait_part *p)
{
	static const char *const of[] = { "contact", "account", "lead" };
	const struct customer *who = &m->p->customer;
	const char *details = o->source->details;
	bool touch = !strcmp(o->source->type, "activity");
	size_t w = 0;
	while (w < countof(of) - 1 && o->v[OF + w].kind != V_INT)
		w++;
	struct str detail = details ? label_in(m, details, o->v[DETAIL].s) : o->v[DETAIL].s;
	const struct cell cells[] = {
		at_cell(m, o->v[AT]),
		cell_text(str_of(o->source->type)),
		kind_cell(m, o, detail),
		cell_text(detail),
		touch ? cell_null() : cell_text(o->v[BEFORE].s),
		touch ? cell_text(o->v[BEFORE].s) : cell_null(),
		id_cell(m, o),
		o->source->about ? cell_ref(m, o->source->about, o->v[ABOUT]) : cell_null(),
		cell_text(o->v[SUBJECT].s.n || !m->wish->brief ? o->v[SUBJECT].s : o->v[TEXT].s),
		cell_text(o->v[TEXT].s),
		moment_amount(m, o),
		o->v[AMOUNT].kind == V_INT ? cell_text(o->v[CURRENCY].s) : cell_null(),
		cell_text(o->v[LOGIN].s),
		cell_ref(m, of[w], o->v[OF + w]),
		cell_of(m, of[w], o->v[OF + w], o->v[OF_NAME + w].s, o->ring),
		cell_int(o->v[TIMES].i, m->arena),
		at_cell(m, o->v[FIRST_AT]),
	};
	struct portrait_row *row = portrait_put(m, p, columns, countof(columns), cells, o->ring);
	const char *marked = who->by_entity ? who->by_entity->name : "";
	row->marked =
	    (!strcmp(marked, o->source->type) && o->v[ID].i == who->by_id) ||
	    (o->source->about && !strcmp(marked, o->source->about) && o->v[ABOUT].i == who->by_id);
}

void fill_timeline(struct maker *m, const struct part_def *def, struct portrait_part *p)
{
	struct moments t = { .m = m };
	(void)def;
	portrait_columns(m, p, columns, countof(columns));
	for (int ring = 0; ring < RINGS; ring++) {
		for (size_t i = 0; i < countof(sources); i++)
			take_source(&t, &sources[i], (enum ring)ring);
		take_first_times(&t, (enum ring)ring);
	}
	if (t.n)
		qsort(t.all, t.n, sizeof *t.all, newest_first);
	size_t shown = m->wish->timeline >= 0 && (size_t)m->wish->timeline < t.n
			   ? (size_t)m->wish->timeline
			   : t.n;
	for (size_t i = 0; i < shown; i++)
		put_moment(m, &t.all[i], p);
	p->more = (int64_t)(t.n - shown);
}
