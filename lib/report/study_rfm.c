/* rfm: how long ago, how often and for how much customers bought, as scores and a segment. */
#include <stdlib.h>

#include "report/study.h"

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
static const struct picklist segment_words = { .picks = segment_picks,
					       .n = countof(segment_picks) };

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

struct ranked {
	int64_t value;
	size_t number;
};

static int by_value(const void *a, const void *b)
{
	const struct ranked *x = a, *y = b;
	return (x->value > y->value) - (x->value < y->value);
}

/*
 * The fifth of all customers that one is in, counted by those who are worse: so equal
 * values have equal scores.  `ranked`, the better the higher, is sorted.
 */
static int *score(struct ranked *ranked, size_t n, struct arena *a)
{
	int *scores = arena_new(a, int, n);
	size_t worse = 0;
	qsort(ranked, n, sizeof *ranked, by_value);
	for (size_t i = 0; i < n; i++) {
		if (i && ranked[i].value != ranked[i - 1].value)
			worse = i;
		scores[ranked[i].number] = (int)(1 + SCORES * worse / n);
	}
	return scores;
}

static int *scores_of(const struct rfm *m, int64_t (*value)(const struct scored *), struct arena *a)
{
	struct ranked *ranked = arena_new(a, struct ranked, m->n);
	for (size_t i = 0; i < m->n; i++)
		ranked[i] = (struct ranked){ value(&m->all[i]), i };
	return score(ranked, m->n, a);
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

static bool measure(struct study_run *r, struct rfm *m, struct purchase_log *log, struct diag *d)
{
	int64_t today, months = r->options->months;
	if (months < 1 || months > 1200)
		return diag_set(study_about(d, "--months"), NULL, "it is a number from 1 to 1200");
	if (!study_today(r, &today, d) || !study_purchases(r, false, log, d))
		return false;
	const struct purchases *p = study_one_currency(log, d);
	if (!p)
		return false;
	m->n = p->ncustomers;
	if (m->n < CUSTOMERS_MIN)
		return diag_set(d, NULL,
				"there are %zu customers; fifths of fewer than %d say nothing",
				m->n, CUSTOMERS_MIN);
	m->purchases = p;
	m->all = arena_new(&r->arena, struct scored, m->n);
	int64_t since = day_add_months(today, -months);
	for (size_t i = 0; i < m->n; i++) {
		struct scored *s = &m->all[i];
		s->who = &p->customers[i];
		s->recency = today - purchase_last(p, s->who)->day;
		for (size_t k = 0; k < s->who->n; k++) {
			const struct purchase *one = &p->list[s->who->first + k];
			s->frequency += one->day > since;
			s->monetary += one->day > since ? one->revenue : 0;
		}
	}
	score_all(m, &r->arena);
	return true;
}

static const struct study_column columns[] = {
	{ "id", "Customer", "Mã khách hàng", FIGURE_TEXT, NULL },
	{ "name", "Name", "Tên", FIGURE_TEXT, NULL },
	{ "last_on", "Last", "Lần cuối", FIGURE_TEXT, NULL },
	{ "recency", "Days ago", "Số ngày trước", FIGURE_NUMBER, NULL },
	{ "frequency", "Purchases", "Số lần mua", FIGURE_NUMBER, NULL },
	{ "monetary", "Revenue", "Doanh thu", FIGURE_NUMBER, NULL },
	{ "currency", "Currency", "Tiền tệ", FIGURE_TEXT, NULL },
	{ "r", "R", "R", FIGURE_NUMBER, NULL },
	{ "f", "F", "F", FIGURE_NUMBER, NULL },
	{ "m", "M", "M", FIGURE_NUMBER, NULL },
	{ "score", "Score", "Điểm", FIGURE_TEXT, NULL },
	{ "segment", "Segment", "Phân khúc", FIGURE_KEY, &segment_words },
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

static bool put_scored(struct study_run *r, const struct rfm *m, const struct scored *s)
{
	struct str code = m->purchases->currency;
	const struct value row[] = {
		study_ref(r, s->who),
		study_name(r, s->who),
		study_of_day(r, purchase_last(m->purchases, s->who)->day),
		value_int(s->recency),
		value_int(s->frequency),
		study_money(s->monetary, code),
		value_text(code),
		value_int(s->r),
		value_int(s->f),
		value_int(s->m),
		value_text(arena_printf(&r->scratch, "%d%d%d", s->r, s->f, s->m)),
		study_text(s->segment),
	};
	return study_put(r, row);
}

static bool run(struct study_run *r, struct diag *d)
{
	struct purchase_log log = { 0 };
	struct rfm m = { 0 };
	bool ok = measure(r, &m, &log, d);
	if (ok)
		qsort(m.all, m.n, sizeof *m.all, by_score);
	for (size_t i = 0; ok && i < m.n && put_scored(r, &m, &m.all[i]); i++)
		;
	purchases_free(&log);
	return ok;
}

/* -- segments -- */

static const struct study_column summary_columns[] = {
	{ "segment", "Segment", "Phân khúc", FIGURE_KEY, &segment_words },
	{ "customers", "Customers", "Khách hàng", FIGURE_NUMBER, NULL },
	{ "share", "Share", "Tỷ lệ", FIGURE_SHARE, NULL },
	{ "revenue", "Revenue", "Doanh thu", FIGURE_NUMBER, NULL },
	{ "currency", "Currency", "Tiền tệ", FIGURE_TEXT, NULL },
	{ "revenue_share", "Share of revenue", "Tỷ lệ doanh thu", FIGURE_SHARE, NULL },
};

static bool run_summary(struct study_run *r, struct diag *d)
{
	struct purchase_log log = { 0 };
	struct rfm m = { 0 };
	int64_t n[countof(segment_picks)] = { 0 }, revenue[countof(segment_picks)] = { 0 };
	int64_t all = 0;
	bool ok = measure(r, &m, &log, d);
	for (size_t i = 0; ok && i < m.n; i++) {
		size_t k = 0;
		while (strcmp(segment_picks[k].key, m.all[i].segment) != 0)
			k++;
		n[k]++;
		revenue[k] += m.all[i].monetary;
		all += m.all[i].monetary;
	}
	for (size_t k = 0; ok && k < countof(segment_picks); k++) {
		const struct value row[] = {
			study_text(segment_picks[k].key),
			value_int(n[k]),
			study_ratio(n[k], (int64_t)m.n, 4),
			study_money(revenue[k], m.purchases->currency),
			value_text(m.purchases->currency),
			study_ratio(revenue[k], all, 4),
		};
		if (!study_put(r, row))
			break;
	}
	purchases_free(&log);
	return ok;
}

#define READS                   \
	{                       \
		"order", "deal" \
	}
#define DEFINITION                                                                           \
	PURCHASE_DEFINITION                                                                  \
	"\n"                                                                                 \
	"recency: days since the last purchase; frequency: purchases, and monetary: their "  \
	"net\n"                                                                              \
	"revenue, of the last --months (24).  r f m: the fifth of all customers, 5 the "     \
	"best,\n"                                                                            \
	"1 + 5 x (customers who are worse) / customers, rounded down, so that equal values " \
	"have\n"                                                                             \
	"equal scores.  segment: by r, and fm = (f + m) / 2 rounded up:\n"                   \
	"  r    fm 1                2                   3                   4          5\n"  \
	"  5    new                 potential_loyalist  potential_loyalist  champions  "     \
	"champions\n"                                                                        \
	"  4    promising           potential_loyalist  potential_loyalist  loyal      "     \
	"loyal\n"                                                                            \
	"  3    about_to_sleep      about_to_sleep      need_attention      loyal      "     \
	"loyal\n"                                                                            \
	"  2    hibernating         hibernating         at_risk             at_risk    "     \
	"cant_lose\n"                                                                        \
	"  1    lost                hibernating         at_risk             cant_lose  "     \
	"cant_lose\n"                                                                        \
	"Fewer than 25 customers are refused."

const struct study study_rfm = {
	.name = "rfm",
	.title = "Recency, frequency, monetary value",
	.title_vi = "Lần mua gần nhất, tần suất, giá trị",
	.reads = READS,
	.columns = columns,
	.ncolumns = countof(columns),
	.run = run,
	.sql = study_purchases_sql,
	.behind = study_purchases_behind,
	.definition = "Each customer, the best first.  " DEFINITION,
};

const struct study study_rfm_summary = {
	.name = "rfm",
	.part = "summary",
	.title = "RFM segments",
	.title_vi = "Phân khúc RFM",
	.reads = READS,
	.columns = summary_columns,
	.ncolumns = countof(summary_columns),
	.run = run_summary,
	.sql = study_purchases_sql,
	.behind = study_purchases_behind,
	.definition = "Each segment: customers, and their revenue of these months.  " DEFINITION,
};
