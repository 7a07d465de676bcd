/* repeat: who comes back, after how many days, who is due, and who has not come. */
#include <stdlib.h>

#include "report/study.h"

enum state { ONCE, ACTIVE, DUE, LAPSED };

static const struct pick state_picks[] = {
	[ONCE] = { "once", "Once", "Mua một lần", false },
	[ACTIVE] = { "active", "Active", "Đang mua", false },
	[DUE] = { "due", "Due", "Đến hạn mua lại", false },
	[LAPSED] = { "lapsed", "Lapsed", "Đã ngừng mua", false },
};
static const struct picklist state_words = { .picks = state_picks, .n = countof(state_picks) };

struct repeat {
	struct purchase_log log;
	const struct purchases *purchases; /* of all currencies; NULL: there are none */
	int64_t today;
	int32_t *days; /* between purchases, of all customers, sorted */
	size_t n;
	double median, p90; /* of them, where there are any */
};

struct rhythm {
	int64_t ago;
	bool known;    /* bought often enough to tell */
	double median; /* own, where it is known */
	int64_t due;   /* day */
	enum state state;
};

/* -- reckoning -- */

static void read_intervals(struct repeat *m)
{
	const struct purchases *p = m->purchases;
	m->days = xcalloc(p->n + 1, sizeof *m->days);
	for (size_t i = 0; i < p->ncustomers; i++)
		for (size_t k = 1; k < p->customers[i].n; k++) {
			const struct purchase *now = &p->list[p->customers[i].first + k];
			m->days[m->n++] = now->day - now[-1].day;
		}
	if (!m->n)
		return;
	qsort(m->days, m->n, sizeof *m->days, study_by_number);
	m->median = study_quantile(m->days, m->n, 0.5);
	m->p90 = study_quantile(m->days, m->n, 0.9);
}

static bool open_repeat(struct study_run *r, struct repeat *m, struct diag *d)
{
	*m = (struct repeat){ 0 };
	if (r->options->least < 2)
		return diag_set(study_about(d, "--least"), NULL, "one purchase tells no interval");
	if (!study_today(r, &m->today, d) || !study_purchases(r, true, &m->log, d))
		return false;
	if (m->log.n) {
		m->purchases = m->log.of;
		read_intervals(m);
	}
	return true;
}

static void close_repeat(struct repeat *m)
{
	free(m->days);
	purchases_free(&m->log);
}

static double own_median(const struct purchase *list, size_t n, struct arena *a)
{
	int32_t *days = arena_new(a, int32_t, n);
	for (size_t i = 1; i < n; i++)
		days[i - 1] = list[i].day - list[i - 1].day;
	qsort(days, n - 1, sizeof *days, study_by_number);
	return study_quantile(days, n - 1, 0.5);
}

/* Who stays away longer than nine of ten intervals take, and twice their own, has lapsed. */
static struct rhythm rhythm_of(struct study_run *r, const struct repeat *m,
			       const struct customer *who)
{
	int32_t last = purchase_last(m->purchases, who)->day;
	struct rhythm x = { .ago = m->today - last, .known = (int64_t)who->n >= r->options->least };
	if (x.known) {
		x.median = own_median(&m->purchases->list[who->first], who->n, &r->scratch);
		x.due = last + (int64_t)(x.median + 0.5);
	}
	double patience = x.median * 2 > m->p90 ? x.median * 2 : m->p90;
	if (m->n && (double)x.ago > patience)
		x.state = LAPSED;
	else if (x.known && x.due <= m->today)
		x.state = DUE;
	else
		x.state = who->n > 1 ? ACTIVE : ONCE;
	return x;
}

/* -- summary -- */

static const struct study_column columns[] = {
	{ "customers", "Customers", "Khách hàng", FIGURE_NUMBER, NULL },
	{ "repeat_customers", "Bought again", "Mua lại", FIGURE_NUMBER, NULL },
	{ "repeat_rate", "Repeat rate", "Tỷ lệ mua lại", FIGURE_SHARE, NULL },
	{ "purchases", "Purchases", "Số lần mua", FIGURE_NUMBER, NULL },
	{ "median_days", "Median days", "Số ngày trung vị", FIGURE_NUMBER, NULL },
	{ "p90_days", "90 % of days", "90 % số ngày", FIGURE_NUMBER, NULL },
	{ "due", "Due", "Đến hạn mua lại", FIGURE_NUMBER, NULL },
	{ "lapsed", "Lapsed", "Đã ngừng mua", FIGURE_NUMBER, NULL },
};

static bool run(struct study_run *r, struct diag *d)
{
	struct repeat m;
	bool ok = open_repeat(r, &m, d);
	int64_t again = 0, states[countof(state_picks)] = { 0 };
	size_t customers = ok && m.purchases ? m.purchases->ncustomers : 0;
	for (size_t i = 0; i < customers; i++) {
		const struct customer *who = &m.purchases->customers[i];
		again += who->n > 1;
		states[rhythm_of(r, &m, who).state]++;
		arena_reset(&r->scratch);
	}
	const struct value row[] = {
		value_int((int64_t)customers),
		value_int(again),
		study_ratio(again, (int64_t)customers, 4),
		value_int(customers ? (int64_t)m.purchases->n : 0),
		m.n ? study_decimal(m.median, 1) : value_null(),
		m.n ? study_decimal(m.p90, 1) : value_null(),
		value_int(states[DUE]),
		value_int(states[LAPSED]),
	};
	if (ok)
		study_put(r, row);
	close_repeat(&m);
	return ok;
}

/* -- customers -- */

static const struct study_column customer_columns[] = {
	{ "id", "Customer", "Mã khách hàng", FIGURE_TEXT, NULL },
	{ "name", "Name", "Tên", FIGURE_TEXT, NULL },
	{ "purchases", "Purchases", "Số lần mua", FIGURE_NUMBER, NULL },
	{ "first_on", "First", "Lần đầu", FIGURE_TEXT, NULL },
	{ "last_on", "Last", "Lần cuối", FIGURE_TEXT, NULL },
	{ "days_ago", "Days ago", "Số ngày trước", FIGURE_NUMBER, NULL },
	{ "median_days", "Median days", "Số ngày trung vị", FIGURE_NUMBER, NULL },
	{ "due_on", "Due on", "Ngày đến hạn", FIGURE_TEXT, NULL },
	{ "overdue_days", "Overdue days", "Số ngày quá hạn", FIGURE_NUMBER, NULL },
	{ "state", "State", "Tình trạng", FIGURE_KEY, &state_words },
};

static bool put_customer(struct study_run *r, const struct repeat *m, const struct customer *who,
			 const struct rhythm *x)
{
	bool overdue = x->known && x->due <= m->today;
	const struct value row[] = {
		study_ref(r, who),
		study_name(r, who),
		value_int((int64_t)who->n),
		study_of_day(r, purchase_first(m->purchases, who)->day),
		study_of_day(r, purchase_last(m->purchases, who)->day),
		value_int(x->ago),
		x->known ? study_decimal(x->median, 1) : value_null(),
		x->known ? study_of_day(r, x->due) : value_null(),
		overdue ? value_int(m->today - x->due) : value_null(),
		study_text(state_picks[x->state].key),
	};
	return study_put(r, row);
}

static bool parse_state(const char *text, struct diag *d)
{
	for (size_t i = 0; text && i < countof(state_picks); i++)
		if (!strcmp(text, state_picks[i].key))
			return true;
	return !text ||
	       diag_set(study_about(d, "--only"), NULL, "%s is none of once, active, due, lapsed",
			quoted(str_of(text), &d->arena));
}

static bool run_customers(struct study_run *r, struct diag *d)
{
	struct repeat m = { 0 };
	const char *only = r->options->only;
	bool ok = parse_state(only, d) && open_repeat(r, &m, d), more = true;
	size_t n = ok && m.purchases ? m.purchases->ncustomers : 0;
	for (size_t i = 0; more && i < n; i++) {
		const struct customer *who = &m.purchases->customers[i];
		struct rhythm x = rhythm_of(r, &m, who);
		if (!only || !strcmp(only, state_picks[x.state].key))
			more = put_customer(r, &m, who, &x);
		else
			arena_reset(&r->scratch);
	}
	close_repeat(&m);
	return ok;
}

#define READS                   \
	{                       \
		"order", "deal" \
	}
#define DEFINITION                                                                            \
	PURCHASE_DEFINITION                                                                   \
	"\n"                                                                                  \
	"median_days, p90_days: between one purchase and the next; in all currencies.  due: " \
	"the\n"                                                                               \
	"day has come that lies the customer's own median after the last purchase, of those " \
	"who\n"                                                                               \
	"bought --least (3) times.  lapsed: the last purchase is longer ago than nine of "    \
	"ten\n"                                                                               \
	"intervals of all customers took, and than twice the customer's own median."

const struct study study_repeat = {
	.name = "repeat",
	.title = "Repeat purchases",
	.title_vi = "Mua lại",
	.reads = READS,
	.columns = columns,
	.ncolumns = countof(columns),
	.single = true,
	.run = run,
	.sql = study_purchases_sql,
	.behind = study_purchases_behind,
	.definition = "Who comes back.  repeat_rate: customers with more than one purchase / "
		      "all.\n" DEFINITION,
};

const struct study study_repeat_customers = {
	.name = "repeat",
	.part = "customers",
	.title = "Customers by their rhythm",
	.title_vi = "Nhịp mua của khách hàng",
	.reads = READS,
	.columns = customer_columns,
	.ncolumns = countof(customer_columns),
	.run = run_customers,
	.sql = study_purchases_sql,
	.behind = study_purchases_behind,
	.definition = "Each customer; --only once, active, due, lapsed.  " DEFINITION,
};
