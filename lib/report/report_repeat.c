/* repeat: who comes back, after how many days, who is due, and who has not come. */
#include <stdlib.h>

#include "report/rhythm.h"
#include "schema/label.h"

static const struct pick state_picks[] = {
	[RHYTHM_ONCE] = { "once", "Once", "Mua một lần", false },
	[RHYTHM_ACTIVE] = { "active", "Active", "Đang mua", false },
	[RHYTHM_DUE] = { "due", "Due", "Đến hạn mua lại", false },
	[RHYTHM_LAPSED] = { "lapsed", "Lapsed", "Đã ngừng mua", false },
};

static struct str state_word(const struct schema *s, struct str key, enum language l,
			     struct arena *a)
{
	const struct picklist words = { .picks = state_picks, .n = countof(state_picks) };
	(void)s;
	(void)a;
	return key_label(&words, key, l);
}

/* -- summary -- */

static const struct study_column columns[] = {
	{ "customers", "Customers", "Khách hàng", STUDY_FIGURE = UNIT_COUNT },
	{ "repeat_customers", "Bought again", "Mua lại", STUDY_FIGURE = UNIT_COUNT },
	{ "repeat_rate", "Repeat rate", "Tỷ lệ mua lại", STUDY_FIGURE = UNIT_SHARE },
	{ "purchases", "Purchases", "Số lần mua", STUDY_FIGURE = UNIT_COUNT },
	{ "median_days", "Median days", "Số ngày trung vị", STUDY_FIGURE = UNIT_NUMBER },
	{ "p90_days", "Days, 90%", "Số ngày, 90%", STUDY_FIGURE = UNIT_NUMBER },
	{ "due", "Due", "Đến hạn mua lại", STUDY_FIGURE = UNIT_COUNT },
	{ "lapsed", "Lapsed", "Đã ngừng mua", STUDY_FIGURE = UNIT_COUNT },
};

static void put_summary(struct study *s, const struct rhythms *m)
{
	int64_t again = 0, states[countof(state_picks)] = { 0 };
	size_t customers = m->purchases ? m->purchases->ncustomers : 0;
	for (size_t i = 0; i < customers; i++) {
		const struct customer *who = &m->purchases->customers[i];
		again += who->n > 1;
		states[rhythm_of(m, who).state]++;
	}
	const struct value row[] = {
		value_int((int64_t)customers),
		value_int(again),
		study_ratio(again, (int64_t)customers),
		value_int(customers ? (int64_t)m->purchases->n : 0),
		m->n ? study_decimal(m->median, 1) : value_null(),
		m->n ? study_decimal(m->p90, 1) : value_null(),
		value_int(states[RHYTHM_DUE]),
		value_int(states[RHYTHM_LAPSED]),
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

static void put_customer(struct study *s, const struct rhythms *m, const struct customer *who,
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

static void put_customers(struct study *s, const struct rhythms *m)
{
	const char *only = report_option(s->job, "only");
	size_t n = m->purchases ? m->purchases->ncustomers : 0;
	study_begin(s, customer_columns, countof(customer_columns));
	for (size_t i = 0; i < n; i++) {
		const struct customer *who = &m->purchases->customers[i];
		struct rhythm x = rhythm_of(m, who);
		if (!only || !strcmp(only, state_picks[x.state].key))
			put_customer(s, m, who, &x);
	}
}

/* -- the report -- */

static bool compute(struct job *j, struct answer *out, struct diag *d)
{
	struct study s = { .job = j, .out = out, .diag = d };
	struct rhythms m = { 0 };
	int64_t least = study_whole(&s, "least");
	bool ok = study_plain(&s, false, false, false) && study_moneyless(&s);
	if (ok && least < 2)
		ok = diag_set(study_about(d, "least"), NULL, "one purchase tells no interval");
	ok = ok && rhythms_open(&s, least, &m);
	if (ok && (study_on(&s, "customers") || study_on(&s, "only")))
		put_customers(&s, &m);
	else if (ok)
		put_summary(&s, &m);
	rhythms_close(&m);
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
	.dimensions = purchase_dimensions,
	.compute = compute,
	.each = true,
	.own_period = true,
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
	    "customers took, and than twice the customer's own median.  " PURCHASE_BY,
};
