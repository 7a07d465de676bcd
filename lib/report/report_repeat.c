/* repeat: who comes back, after how many days, who is due, and who has not come. */
#include <stdlib.h>

#include "report/purchases.h"
#include "schema/label.h"

enum state { ONCE, ACTIVE, DUE, LAPSED };

static const struct pick state_picks[] = {
	[ONCE] = { "once", "Once", "Mua một lần", false },
	[ACTIVE] = { "active", "Active", "Đang mua", false },
	[DUE] = { "due", "Due", "Đến hạn mua lại", false },
	[LAPSED] = { "lapsed", "Lapsed", "Đã ngừng mua", false },
};

static struct str state_word(const struct schema *s, struct str key, enum language l,
			     struct arena *a)
{
	const struct picklist words = { .picks = state_picks, .n = countof(state_picks) };
	(void)s;
	(void)a;
	return key_label(&words, key, l);
}

struct repeat {
	struct purchase_log log;
	const struct purchases *purchases; /* of all currencies; NULL: there are none */
	int64_t today, least;
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

static bool open_repeat(struct study *s, struct repeat *m)
{
	*m = (struct repeat){ .today = study_today(s), .least = study_whole(s, "least") };
	if (m->least < 2)
		return diag_set(study_about(s->diag, "least"), NULL,
				"one purchase tells no interval");
	if (!purchases_read(s, true, &m->log))
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
static struct rhythm rhythm_of(struct study *s, const struct repeat *m, const struct customer *who)
{
	int32_t last = purchase_last(m->purchases, who)->day;
	struct rhythm x = { .ago = m->today - last, .known = (int64_t)who->n >= m->least };
	if (x.known) {
		x.median = own_median(&m->purchases->list[who->first], who->n, &s->row);
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
	{ "customers", "Customers", "Khách hàng", STUDY_FIGURE = UNIT_COUNT },
	{ "repeat_customers", "Bought again", "Mua lại", STUDY_FIGURE = UNIT_COUNT },
	{ "repeat_rate", "Repeat rate", "Tỷ lệ mua lại", STUDY_FIGURE = UNIT_SHARE },
	{ "purchases", "Purchases", "Số lần mua", STUDY_FIGURE = UNIT_COUNT },
	{ "median_days", "Median days", "Số ngày trung vị", STUDY_FIGURE = UNIT_NUMBER },
	{ "p90_days", "90 % of days", "90 % số ngày", STUDY_FIGURE = UNIT_NUMBER },
	{ "due", "Due", "Đến hạn mua lại", STUDY_FIGURE = UNIT_COUNT },
	{ "lapsed", "Lapsed", "Đã ngừng mua", STUDY_FIGURE = UNIT_COUNT },
};

static void put_summary(struct study *s, const struct repeat *m)
{
	int64_t again = 0, states[countof(state_picks)] = { 0 };
	size_t customers = m->purchases ? m->purchases->ncustomers : 0;
	for (size_t i = 0; i < customers; i++) {
		const struct customer *who = &m->purchases->customers[i];
		again += who->n > 1;
		states[rhythm_of(s, m, who).state]++;
		arena_reset(&s->row);
	}
	const struct value row[] = {
		value_int((int64_t)customers),
		value_int(again),
		study_ratio(again, (int64_t)customers),
		value_int(customers ? (int64_t)m->purchases->n : 0),
		m->n ? study_decimal(m->median, 1) : value_null(),
		m->n ? study_decimal(m->p90, 1) : value_null(),
		value_int(states[DUE]),
		value_int(states[LAPSED]),
	};
	s->out->single = true;
	study_begin(s, columns, countof(columns));
	study_put(s, row);
}

/* -- customers -- */

static const struct study_column customer_columns[] = {
	{ "id", "Customer", "Mã khách hàng", .role = ROLE_DIMENSION },
	{ "name", "Name", "Tên", .role = ROLE_DIMENSION },
	{ "purchases", "Purchases", "Số lần mua", STUDY_FIGURE = UNIT_COUNT },
	{ "first_on", "First", "Lần đầu", STUDY_FIGURE = UNIT_DAY },
	{ "last_on", "Last", "Lần cuối", STUDY_FIGURE = UNIT_DAY },
	{ "days_ago", "Days ago", "Số ngày trước", STUDY_FIGURE = UNIT_COUNT },
	{ "median_days", "Median days", "Số ngày trung vị", STUDY_FIGURE = UNIT_NUMBER },
	{ "due_on", "Due on", "Ngày đến hạn", STUDY_FIGURE = UNIT_DAY },
	{ "overdue_days", "Overdue days", "Số ngày quá hạn", STUDY_FIGURE = UNIT_COUNT },
	{ "state", "State", "Tình trạng", .role = ROLE_DIMENSION, .word = state_word },
};

static void put_customer(struct study *s, const struct repeat *m, const struct customer *who,
			 const struct rhythm *x)
{
	bool overdue = x->known && x->due <= m->today;
	const struct value row[] = {
		study_ref(s, who->entity, who->id),
		study_name(s, who->entity, who->id),
		value_int((int64_t)who->n),
		study_of_day(s, purchase_first(m->purchases, who)->day),
		study_of_day(s, purchase_last(m->purchases, who)->day),
		value_int(x->ago),
		x->known ? study_decimal(x->median, 1) : value_null(),
		x->known ? study_of_day(s, x->due) : value_null(),
		overdue ? value_int(m->today - x->due) : value_null(),
		study_text(state_picks[x->state].key),
	};
	study_put(s, row);
}

static void put_customers(struct study *s, const struct repeat *m)
{
	const char *only = report_option(s->job, "only");
	size_t n = m->purchases ? m->purchases->ncustomers : 0;
	study_begin(s, customer_columns, countof(customer_columns));
	for (size_t i = 0; i < n; i++) {
		const struct customer *who = &m->purchases->customers[i];
		struct rhythm x = rhythm_of(s, m, who);
		if (!only || !strcmp(only, state_picks[x.state].key))
			put_customer(s, m, who, &x);
		else
			arena_reset(&s->row);
	}
}

/* -- the report -- */

static bool compute(struct job *j, struct answer *out, struct diag *d)
{
	struct study s = { .job = j, .out = out, .diag = d };
	struct repeat m = { 0 };
	bool ok =
	    study_plain(&s, false, false, false) && study_moneyless(&s) && open_repeat(&s, &m);
	if (ok && (study_on(&s, "customers") || study_on(&s, "only")))
		put_customers(&s, &m);
	else if (ok)
		put_summary(&s, &m);
	close_repeat(&m);
	study_close(&s);
	return ok;
}

static const struct source sources[] = { PURCHASE_SOURCES };

static const struct report_option options[] = {
	PURCHASE_OPTION,
	{ "customers", NULL, "a row for each customer, not all in one", .flag = true },
	{ "only", "STATE", "the customers in that state", "once active due lapsed", .def = NULL },
	{ "least", "N", "purchases that tell a customer's own interval (3)", .most = 1000000,
	  .def = "3" },
	{ 0 },
};

const struct report report_repeat = {
	.name = "repeat",
	.title = "Repeat purchases",
	.title_vi = "Mua lại",
	.sources = sources,
	.nsources = countof(sources),
	.compute = compute,
	.options = options,
	.chart = { .none = true },
	.definition =
	    "Who comes back; --customers: each of them, --only those in one state. "
	    " " PURCHASE_DEFINITION "\n"
	    "repeat_rate: customers with more than one purchase / all.  median_days, p90_days:\n"
	    "between one purchase and the next, in all currencies.  due: the day has come that\n"
	    "lies the customer's own median after the last purchase, of those who bought --least\n"
	    "(3) times.  lapsed: the last purchase is longer ago than nine of ten intervals of "
	    "all\n"
	    "customers took, and than twice the customer's own median.",
};
