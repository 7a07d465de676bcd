/* rfm: how long ago, how often and for how much customers bought, as scores and a segment. */
#include <stdlib.h>

#include "report/purchases.h"
#include "report/rfm.h"
#include "schema/label.h"

enum { CUSTOMERS_MIN = 25, SCORES = 5 };

static const struct pick segment_picks[] = {
	{ "champions", "Champions", "Khách hàng vàng", false },
	{ "loyal", "Loyal", "Trung thành", false },
	{ "potential_loyalist", "Potential loyalist", "Có thể trung thành", false },
	{ "new", "New", "Khách mới", false },
	{ "promising", "Promising", "Hứa hẹn", false },
	{ "need_attention", "Need attention", "Cần quan tâm", false },
	{ "about_to_sleep", "About to sleep", "Sắp ngủ quên", false },
	{ "at_risk", "At risk", "Có nguy cơ rời bỏ", false },
	{ "cant_lose", "Can't lose", "Không thể để mất", false },
	{ "hibernating", "Hibernating", "Ngủ đông", false },
	{ "lost", "Lost", "Đã mất", false },
};

static struct str segment_word(const struct schema *s, struct str key, enum language l,
			       struct arena *a)
{
	const struct picklist words = { .picks = segment_picks, .n = countof(segment_picks) };
	(void)s;
	(void)a;
	return key_label(&words, key, l);
}

bool rfm_segment(struct str key)
{
	for (size_t i = 0; i < countof(segment_picks); i++)
		if (str_is(key, segment_picks[i].key))
			return true;
	return false;
}

/* By recency 1 to 5, and by the mean of frequency and monetary 1 to 5. */
static const char *const segments[SCORES][SCORES] = {
	{ "lost", "hibernating", "at_risk", "cant_lose", "cant_lose" },
	{ "hibernating", "hibernating", "at_risk", "at_risk", "cant_lose" },
	{ "about_to_sleep", "about_to_sleep", "need_attention", "loyal", "loyal" },
	{ "promising", "potential_loyalist", "potential_loyalist", "loyal", "loyal" },
	{ "new", "potential_loyalist", "potential_loyalist", "champions", "champions" },
};

struct scored {
	const struct customer *who;
	int64_t recency, frequency, monetary; /* days; purchases; minor units */
	int r, f, m;			      /* 1 to 5 */
	const char *segment;
};

struct rfm {
	const struct purchases *purchases;
	struct scored *all;
	size_t n;
};

/* -- scores -- */

struct standing {
	int64_t value;
	size_t number;
};

static int by_value(const void *a, const void *b)
{
	const struct standing *x = a, *y = b;
	return (x->value > y->value) - (x->value < y->value);
}

/*
 * The fifth of all customers that one is in, counted by those who are worse: so equal
 * values have equal scores.  `standing`, the better the higher, is sorted.
 */
static int *score(struct standing *standing, size_t n, struct arena *a)
{
	int *scores = arena_new(a, int, n);
	size_t worse = 0;
	qsort(standing, n, sizeof *standing, by_value);
	for (size_t i = 0; i < n; i++) {
		if (i && standing[i].value != standing[i - 1].value)
			worse = i;
		scores[standing[i].number] = (int)(1 + SCORES * worse / n);
	}
	return scores;
}

static int *scores_of(const struct rfm *m, int64_t (*value)(const struct scored *), struct arena *a)
{
	struct standing *standing = arena_new(a, struct standing, m->n);
	for (size_t i = 0; i < m->n; i++)
		standing[i] = (struct standing){ value(&m->all[i]), i };
	return score(standing, m->n, a);
}

static int64_t recency_of(const struct scored *s)
{
	return -s->recency;
}

static int64_t frequency_of(const struct scored *s)
{
	return s->frequency;
}

static int64_t monetary_of(const struct scored *s)
{
	return s->monetary;
}

static void score_all(struct rfm *m, struct arena *a)
{
	int *r = scores_of(m, recency_of, a), *f = scores_of(m, frequency_of, a);
	int *money = scores_of(m, monetary_of, a);
	for (size_t i = 0; i < m->n; i++) {
		struct scored *s = &m->all[i];
		s->r = r[i];
		s->f = f[i];
		s->m = money[i];
		s->segment = segments[s->r - 1][(s->f + s->m + 1) / 2 - 1];
	}
}

/* -- customers -- */

/* few: what is said of them without fifths is asked for, too, and where nobody bought, nothing. */
static bool measure(struct study *x, struct rfm *m, struct purchase_log *log, bool few)
{
	int64_t today = study_today(x), since = day_add_months(today, -study_whole(x, "months"));
	const struct purchases *p;
	if (!purchases_read(x, false, log))
		return false;
	if (few && !log->n)
		return true;
	if (!(p = purchases_of_one(x, log)))
		return false;
	m->n = p->ncustomers;
	if (m->n < CUSTOMERS_MIN && !few)
		return diag_set(x->diag, NULL, "there %s; fifths of fewer than %d say nothing",
				m->n == 1
				    ? "is 1 customer"
				    : arena_printf(&x->diag->arena, "are %zu customers", m->n).p,
				CUSTOMERS_MIN);
	m->purchases = p;
	m->all = arena_new(&log->arena, struct scored, m->n);
	for (size_t i = 0; i < m->n; i++) {
		struct scored *s = &m->all[i];
		s->who = &p->customers[i];
		s->segment = "";
		s->recency = today - purchase_last(p, s->who)->day;
		for (size_t k = 0; k < s->who->n; k++) {
			const struct purchase *one = &p->list[s->who->first + k];
			s->frequency += one->day > since;
			s->monetary += one->day > since ? one->revenue : 0;
		}
	}
	if (m->n >= CUSTOMERS_MIN)
		score_all(m, &log->arena);
	return true;
}

static const struct study_column columns[] = {
	{ "id", "Customer", "Mã khách hàng", .role = ROLE_DIMENSION },
	{ "name", "Name", "Tên", .role = ROLE_DIMENSION },
	{ "last_on", "Last", "Lần cuối", STUDY_FIGURE = UNIT_DAY },
	{ "recency", "Days ago", "Số ngày trước", STUDY_FIGURE = UNIT_COUNT },
	{ "frequency", "Purchases", "Số lần mua", STUDY_FIGURE = UNIT_COUNT },
	{ "monetary", "Revenue", "Doanh thu", STUDY_FIGURE = UNIT_MONEY },
	{ "currency", "Currency", "Tiền tệ", .role = ROLE_CURRENCY },
	{ "r", "R", "R", STUDY_FIGURE = UNIT_COUNT },
	{ "f", "F", "F", STUDY_FIGURE = UNIT_COUNT },
	{ "m", "M", "M", STUDY_FIGURE = UNIT_COUNT },
	{ "score", "Score", "Điểm", .role = ROLE_DIMENSION },
	{ "segment", "Segment", "Phân khúc", .role = ROLE_DIMENSION, .word = segment_word },
};

/* The best first. */
static int by_score(const void *a, const void *b)
{
	const struct scored *x = a, *y = b;
	int p = x->r * 100 + x->f * 10 + x->m, q = y->r * 100 + y->f * 10 + y->m;
	if (p != q)
		return q - p;
	if (x->monetary != y->monetary)
		return x->monetary < y->monetary ? 1 : -1;
	return x->who < y->who ? -1 : 1;
}

static void put_scored(struct study *x, const struct rfm *m, const struct scored *s)
{
	struct str code = m->purchases->currency;
	const struct value row[] = {
		study_ref(x, s->who->entity, s->who->id),
		study_name(x, s->who->entity, s->who->id),
		study_of_day(x, purchase_last(m->purchases, s->who)->day),
		value_int(s->recency),
		value_int(s->frequency),
		study_money(s->monetary, code),
		value_text(code),
		value_int(s->r),
		value_int(s->f),
		value_int(s->m),
		value_text(arena_printf(&x->row, "%d%d%d", s->r, s->f, s->m)),
		study_text(s->segment),
	};
	study_put(x, row);
}

static void put_customers(struct study *x, struct rfm *m)
{
	if (m->n)
		qsort(m->all, m->n, sizeof *m->all, by_score);
	study_begin(x, columns, countof(columns));
	for (size_t i = 0; i < m->n; i++)
		put_scored(x, m, &m->all[i]);
}

/* -- segments -- */

static const struct study_column summary_columns[] = {
	{ "segment", "Segment", "Phân khúc", .role = ROLE_DIMENSION, .word = segment_word },
	{ "customers", "Customers", "Khách hàng", STUDY_FIGURE = UNIT_COUNT },
	{ "share", "Share", "Tỷ lệ", STUDY_FIGURE = UNIT_SHARE },
	{ "revenue", "Revenue", "Doanh thu", STUDY_FIGURE = UNIT_MONEY },
	{ "currency", "Currency", "Tiền tệ", .role = ROLE_CURRENCY },
	{ "revenue_share", "Share of revenue", "Tỷ lệ doanh thu", STUDY_FIGURE = UNIT_SHARE },
};

static void put_summary(struct study *x, const struct rfm *m)
{
	int64_t n[countof(segment_picks)] = { 0 }, revenue[countof(segment_picks)] = { 0 };
	int64_t all = 0;
	for (size_t i = 0; i < m->n; i++) {
		size_t k = 0;
		while (strcmp(segment_picks[k].key, m->all[i].segment) != 0)
			k++;
		n[k]++;
		revenue[k] += m->all[i].monetary;
		all += m->all[i].monetary;
	}
	study_begin(x, summary_columns, countof(summary_columns));
	for (size_t k = 0; k < countof(segment_picks); k++) {
		const struct value row[] = {
			study_text(segment_picks[k].key),
			value_int(n[k]),
			study_ratio(n[k], (int64_t)m->n),
			study_money(revenue[k], m->purchases->currency),
			value_text(m->purchases->currency),
			study_ratio(revenue[k], all),
		};
		study_put(x, row);
	}
}

/* -- the report -- */

static bool compute_of(struct job *j, struct answer *out, bool few, struct diag *d)
{
	struct study x = { .job = j, .out = out, .diag = d };
	struct purchase_log log = { 0 };
	struct rfm m = { 0 };
	bool ok = study_plain(&x, false, false, false) && measure(&x, &m, &log, few);
	if (ok && study_on(&x, "summary"))
		put_summary(&x, &m);
	else if (ok)
		put_customers(&x, &m);
	purchases_free(&log);
	study_close(&x);
	return ok;
}

static bool compute(struct job *j, struct answer *out, struct diag *d)
{
	return compute_of(j, out, false, d);
}

static bool compute_few(struct job *j, struct answer *out, struct diag *d)
{
	return compute_of(j, out, true, d);
}

static const struct source sources[] = { PURCHASE_SOURCES };

static const struct report_option options[] = {
	PURCHASE_OPTION,
	{ "summary", NULL, "a row for each segment, not for each customer", .flag = true },
	{ "months", "N", "of which frequency and monetary are (24)", .most = 1200, .def = "24" },
	{ 0 },
};

const struct report report_rfm = {
	.name = "rfm",
	.title = "Recency, frequency, monetary value",
	.title_vi = "Lần mua gần nhất, tần suất, giá trị",
	.sources = sources,
	.nsources = countof(sources),
	.compute = compute,
	.options = options,
	.chart = { CHART_BAR, .category = "segment", .values = "customers" },
	.definition =
	    "Each customer, the best first; --summary: each segment.  " PURCHASE_DEFINITION "\n"
	    "recency: days since the last purchase; frequency: purchases, and monetary: their net\n"
	    "revenue, of the last --months (24).  r f m: the fifth of all customers, 5 the best,\n"
	    "1 + 5 x (customers who are worse) / customers, rounded down, so that equal values "
	    "have\n"
	    "equal scores.  segment: by r, and fm = (f + m) / 2 rounded up:\n"
	    "  r    fm 1                2                   3                   4          5\n"
	    "  5    new                 potential_loyalist  potential_loyalist  champions  "
	    "champions\n"
	    "  4    promising           potential_loyalist  potential_loyalist  loyal      loyal\n"
	    "  3    about_to_sleep      about_to_sleep      need_attention      loyal      loyal\n"
	    "  2    hibernating         hibernating         at_risk             at_risk    "
	    "cant_lose\n"
	    "  1    lost                hibernating         at_risk             cant_lose  "
	    "cant_lose\n"
	    "Fewer than 25 customers are refused.",
};

const struct report rfm_of_any = {
	.name = "rfm",
	.sources = sources,
	.nsources = countof(sources),
	.compute = compute_few,
	.options = options,
};
