/* segments: how many are in each, what they bought, how they respond, how satisfied they are. */
#include <stdlib.h>

#include "core/map.h"
#include "report/study.h"
#include "schema/label.h"

/* What is known of one person, account or deal; from MONEY on: revenue, currency by currency. */
enum figure { ASKED, RESPONDED, RATED, POINTS, MONEY };

enum { KINDS = 4, CURRENCIES_MOST = 200 };
static const char *const kinds[KINDS] = { "account", "contact", "lead", "deal" };

struct figures {
	struct study *study;
	struct map of;			    /* kind, id, figure → how much */
	const char *codes[CURRENCIES_MOST]; /* the house's first */
	size_t ncodes;
};

static int64_t *figure_at(struct figures *f, size_t kind, int64_t id, size_t figure)
{
	int64_t key[] = { (int64_t)kind, id, (int64_t)figure };
	return map_at(&f->of, (struct str){ (const char *)key, sizeof key });
}

static size_t money_in(struct figures *f, const char *code)
{
	size_t i = 0;
	while (i < f->ncodes && strcmp(f->codes[i], code) != 0)
		i++;
	if (i == f->ncodes)
		f->codes[f->ncodes++] = code;
	return MONEY + i;
}

/* -- reading: each row begins with account, contact, lead, deal and when -- */

enum { WHEN = KINDS, FIRST };

static void orders_sql(struct sql *q)
{
	sql_add(q, "select o.account, o.contact, d.lead, o.deal, o.ordered_on,"
		   " l.amount, l.returned, l.quantity, l.currency"
		   " from order_line l join \"order\" o on o.id = l.\"order\""
		   " left join deal d on d.id = o.deal"
		   " where o.status in ('confirmed', 'delivered', 'returned')");
}

static void deals_sql(struct sql *q)
{
	sql_add(q, "select t0.account, t0.contact, t0.lead, t0.id, t0.closed_at,"
		   " t0.amount, 0, 1, t0.currency"
		   " from stage s cross join deal t0 where s.kind = 'won' and t0.stage = s.key"
		   " and t0.pipeline = s.pipeline"
		   " and not exists (select 1 from \"order\" r where r.deal = t0.id)");
}

#define RESPONDED_AT                                                                       \
	" clicked_at, replied_at, interested_at, callback_at, registered_at, attended_at," \
	" converted_at)"

static void responses_sql(struct sql *q)
{
	sql_add(q, "select account, contact, lead, null, created_at,"
		   " case when status not in ('listed', 'queued', 'opted_out')"
		   " or coalesce(sent_at, delivered_at, bounced_at, opened_at, reached_at,"
		   " no_answer_at, busy_at, refused_at, invited_at, absent_at," RESPONDED_AT
		   " is not null then 1 else 0 end,"
		   " case when status in ('clicked', 'replied', 'interested', 'callback',"
		   " 'registered', 'attended', 'converted') or coalesce(" RESPONDED_AT
		   " is not null then 1 else 0 end from campaign_member");
}

static void ratings_sql(struct sql *q)
{
	sql_add(q, "select account, contact, lead, null, coalesce(resolved_at, opened_at), csat"
		   " from ticket where csat is not null");
}

static bool besides(const struct job *j, struct sql *q, size_t i)
{
	(void)j;
	static void (*const all[])(struct sql *) = { orders_sql, deals_sql, responses_sql,
						     ratings_sql };
	if (i < countof(all))
		all[i](q);
	return i < countof(all);
}

/* Days are cut where the range cuts them. */
static bool in_range(const struct range *r, const struct value *when, int64_t *day)
{
	int64_t at;
	if (when->kind == V_TEXT && instant_scan(when->s, &at)) {
		*day = zone_day(at);
		return !(r->has_from && at < r->from) && !(r->has_to && at >= r->to);
	}
	if (when->kind != V_TEXT || !day_scan(when->s, day))
		return false;
	return !(r->has_from && *day < zone_day(r->from)) &&
	       !(r->has_to && *day > zone_day(r->to - 1));
}

/* To all whom the row is about, each its own. */
static void add(struct figures *f, struct stmt *row, size_t figure, int64_t n)
{
	for (size_t kind = 0; n && kind < KINDS; kind++) {
		struct value id = stmt_value(row, kind);
		int64_t *sum = id.kind == V_INT ? figure_at(f, kind, id.i, figure) : NULL;
		if (sum && __builtin_add_overflow(*sum, n, sum))
			die(STATUS_REFUSED, "the sum of the amounts is beyond what can be counted");
	}
}

static void add_sale(struct figures *f, struct stmt *row, int64_t day)
{
	const struct value line[] = { stmt_value(row, FIRST), stmt_value(row, FIRST + 1),
				      stmt_value(row, FIRST + 2), stmt_value(row, FIRST + 3) };
	const char *code;
	int64_t minor;
	if (study_sale(f->study, line, day, &minor, &code))
		add(f, row, money_in(f, code), minor);
	arena_reset(&f->study->row);
}

static void add_response(struct figures *f, struct stmt *row, int64_t day)
{
	(void)day;
	add(f, row, ASKED, stmt_value(row, FIRST).i);
	add(f, row, RESPONDED, stmt_value(row, FIRST + 1).i);
}

static void add_rating(struct figures *f, struct stmt *row, int64_t day)
{
	(void)day;
	add(f, row, RATED, 1);
	add(f, row, POINTS, stmt_value(row, FIRST).i);
}

static void read_rows(struct figures *f, void (*sql)(struct sql *),
		      void (*add_row)(struct figures *, struct stmt *, int64_t day))
{
	struct sql q = { .arena = report_arena(f->study->job) };
	sql(&q);
	struct stmt *rows = db_query(report_store(f->study->job)->db, &q);
	while (stmt_step(rows)) {
		struct value when = stmt_value(rows, WHEN);
		int64_t day;
		if (in_range(&f->study->job->timing.range, &when, &day))
			add_row(f, rows, day);
	}
	stmt_close(rows);
	sql_free(&q);
}

/* -- who is in it -- */

enum { S_ID, S_NAME, S_KIND, S_OF, S_CONDITION };
static const char *const segment_paths[] = { "id", "name", "kind", "of", "condition", NULL };

static int64_t *listed(struct study *s, const struct value *segment, const struct entity *of,
		       size_t *n, struct arena *a)
{
	const struct entity *m = schema_entity(s->job->context->schema, STR("segment_member"));
	struct sql q = { .arena = a };
	sql_add(&q, "select t0.id from ");
	sql_table(&q, of);
	sql_add(&q, " t0 join segment_member m on m.");
	sql_column(&q, entity_field(m, str_of(of->name)));
	sql_add(&q, " = t0.id where m.segment = ");
	sql_int(&q, segment[S_ID].i);
	struct stmt *rows = db_query(report_store(s->job)->db, &q);
	int64_t *ids = stmt_ids(rows, n, a);
	stmt_close(rows);
	sql_free(&q);
	return ids;
}

/* False: its condition means nothing any more, which is said. */
static bool members(struct study *s, const struct value *segment, int64_t **ids, size_t *n,
		    struct arena *a)
{
	struct query_context q = *s->job->context;
	struct diag d = { 0 };
	q.arena = a;
	q.entity = schema_entity(q.schema, segment[S_OF].s);
	struct select what = { .context = &q, .limit = -1 };
	bool list = str_is(segment[S_KIND].s, "static");
	if (!list)
		what.where = where_parse(segment[S_CONDITION].s, &q, &d);
	if (list || what.where) {
		*ids = list ? listed(s, segment, q.entity, n, a)
			    : select_ids(report_store(s->job), &what, n, a);
		return true;
	}
	struct diag warning = { .source = arena_str(a, segment[S_NAME].s) };
	diag_warn(&warning, NULL, "%.*s", (int)d.message.n, d.message.p);
	diag_free(&d);
	return false;
}

/* -- the answer -- */

static struct str of_word(const struct schema *s, struct str key, enum language l, struct arena *a)
{
	(void)a;
	return key_label(schema_picklist(s, "segment.of"), key, l);
}

static const struct study_column columns[] = {
	{ "id", "Segment", "Mã phân khúc", .role = ROLE_DIMENSION },
	{ "segment", "Name", "Tên phân khúc", .role = ROLE_DIMENSION },
	{ "of", "Of", "Đối tượng", .role = ROLE_DIMENSION, .word = of_word },
	{ "size", "Size", "Số lượng", STUDY_FIGURE = UNIT_COUNT },
	{ "buyers", "Buyers", "Có mua", STUDY_FIGURE = UNIT_COUNT },
	{ "revenue", "Revenue", "Doanh thu", STUDY_FIGURE = UNIT_MONEY },
	{ "average", "Average", "Trung bình", STUDY_FIGURE = UNIT_MONEY },
	{ "currency", "Currency", "Tiền tệ", .role = ROLE_CURRENCY },
	{ "asked", "Approached", "Đã tiếp cận", STUDY_FIGURE = UNIT_COUNT },
	{ "responded", "Responded", "Có phản hồi", STUDY_FIGURE = UNIT_COUNT },
	{ "response_rate", "Response", "Tỷ lệ phản hồi", STUDY_FIGURE = UNIT_SHARE },
	{ "rated", "Rated", "Có đánh giá", STUDY_FIGURE = UNIT_COUNT },
	{ "satisfaction", "Satisfaction", "Mức hài lòng", STUDY_FIGURE = UNIT_NUMBER },
};

struct sums {
	wide of[MONEY + CURRENCIES_MOST];
	int64_t buyers[CURRENCIES_MOST];
};

static void sum_up(struct figures *f, const char *of, const int64_t *ids, size_t n,
		   struct sums *sums)
{
	size_t kind = 0;
	memset(sums, 0, sizeof *sums);
	while (strcmp(kinds[kind], of) != 0)
		kind++;
	for (size_t i = 0; i < n; i++)
		for (size_t k = 0; k < MONEY + f->ncodes; k++) {
			int64_t key[] = { (int64_t)kind, ids[i], (int64_t)k };
			const int64_t *one =
			    map_find(&f->of, (struct str){ (const char *)key, sizeof key });
			sums->of[k] += one ? *one : 0;
			if (one && k >= MONEY)
				sums->buyers[k - MONEY]++;
		}
}

static struct value ratio(wide a, wide b, enum unit unit)
{
	return b ? divided(a, b, unit) : value_null();
}

/* In the currency of that number; what is no amount stands with the first. */
static void put(struct figures *f, const struct value *segment, bool known, size_t n,
		const struct sums *sums, size_t currency)
{
	struct study *s = f->study;
	struct str code = str_of(f->codes[currency]);
	const struct entity *e = schema_entity(s->job->context->schema, STR("segment"));
	bool first = known && !currency, deal = str_is(segment[S_OF].s, "deal");
	bool rated = first && !deal;
	wide revenue = sums->of[MONEY + currency];
	struct value average = ratio(revenue, (wide)n, UNIT_MONEY), none = value_null();
	struct value total = ratio(revenue, 1, UNIT_MONEY);
	total.scale = average.scale = (uint8_t)currency_digits(code);
	const struct value row[] = {
		study_ref(s, e, segment[S_ID].i),
		segment[S_NAME],
		segment[S_OF],
		first ? value_int((int64_t)n) : none,
		known ? value_int(sums->buyers[currency]) : none,
		known ? total : none,
		known ? average : none,
		value_text(code),
		first && !deal ? ratio(sums->of[ASKED], 1, UNIT_COUNT) : none,
		first && !deal ? ratio(sums->of[RESPONDED], 1, UNIT_COUNT) : none,
		first ? ratio(sums->of[RESPONDED], sums->of[ASKED], UNIT_SHARE) : none,
		rated ? ratio(sums->of[RATED], 1, UNIT_COUNT) : none,
		rated ? ratio(sums->of[POINTS], sums->of[RATED], UNIT_NUMBER) : none,
	};
	study_put(s, row);
}

static void put_segment(struct figures *f, const struct value *segment)
{
	struct arena a = { 0 };
	struct sums sums = { 0 };
	size_t n = 0;
	int64_t *ids = NULL;
	bool known = members(f->study, segment, &ids, &n, &a);
	if (known)
		sum_up(f, segment[S_OF].s.p, ids, n, &sums);
	for (size_t c = 0; c < f->ncodes; c++)
		if (!c || sums.buyers[c])
			put(f, segment, known, n, &sums, c);
	arena_free(&a);
}

static bool compute(struct job *j, struct answer *out, struct diag *d)
{
	struct study s = { .job = j, .out = out, .diag = d };
	struct figures f = { .study = &s };
	bool ok = study_plain(&s, false, false, true);
	if (ok) {
		struct value when;
		const struct value *v;
		money_in(&f, j->conversion.into.n ? j->conversion.into.p
						  : j->context->settings->currency);
		read_rows(&f, orders_sql, add_sale);
		read_rows(&f, deals_sql, add_sale);
		read_rows(&f, responses_sql, add_response);
		read_rows(&f, ratings_sql, add_rating);
		study_begin(&s, columns, countof(columns));
		struct records *all = records_open(j, "segment", segment_paths);
		while ((v = records_next(all, &when)))
			put_segment(&f, v);
		records_close(all);
	}
	map_free(&f.of);
	study_close(&s);
	return ok;
}

static const struct source sources[] = {
	{ "segment", "segment", .stock = true, .reads = segment_paths },
};

const struct report report_segments = {
	.name = "segments",
	.title = "Segments",
	.title_vi = "Phân khúc",
	.sources = sources,
	.nsources = countof(sources),
	.compute = compute,
	.each = true,
	.besides = besides,
	.main = "revenue",
	.sort = "-revenue",
	.chart = { CHART_BAR, .category = "segment", .values = "revenue" },
	.definition =
	    "Each segment, whom its condition or list holds now; -w chooses segments.  size: how\n"
	    "many those are.  The rest is of the time from --from to --to.  revenue: what they\n"
	    "bought, as in crm-report sales: an order or a won deal without order is its\n"
	    "account's, its contact's, its lead's (by the deal) and its deal's, and so counts\n"
	    "once in each segment; buyers: those who bought; average: revenue / size.  asked: how\n"
	    "often they were members of campaigns and it came to something (beyond listed and\n"
	    "queued), by created_at; responded: of these, by now clicked, replied, interested, to\n"
	    "be called back, registered, attended or converted; response_rate: responded / asked.\n"
	    "satisfaction: the mean CSAT, 1 to 5, of the tickets of theirs that have one (rated),\n"
	    "by resolved_at, else opened_at.  What deals have none of is empty.",
};
