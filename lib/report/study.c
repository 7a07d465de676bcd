/* What the reports that no relation can say have in common. */
#include "report/study.h"

#include <math.h>
#include <stdlib.h>

#include "core/money.h"
#include "schema/label.h"

bool study_put(struct study_run *r, const struct value *values)
{
	r->row(r, values);
	arena_reset(&r->scratch);
	return ++r->rows != r->options->most;
}

/* -- values -- */

struct value study_text(const char *s)
{
	return s ? value_text(str_of(s)) : value_null();
}

struct value study_of_day(struct study_run *r, int64_t day)
{
	return value_text(day_print(day, &r->scratch));
}

struct value study_decimal(double x, int scale)
{
	double scaled = x * pow(10, scale);
	if (!isfinite(scaled) || fabs(scaled) > 9e15)
		return value_null();
	struct value v = value_int(llround(scaled));
	v.scale = (uint8_t)scale;
	return v;
}

struct value study_money(int64_t minor, struct str currency)
{
	struct value v = value_int(minor);
	v.scale = (uint8_t)currency_digits(currency);
	return v;
}

struct value study_ratio(int64_t of, int64_t to, int scale)
{
	return to ? study_decimal((double)of / (double)to, scale) : value_null();
}

double study_quantile(const int32_t *sorted, size_t n, double share)
{
	double at = share * (double)(n - 1);
	size_t below = (size_t)at;
	double part = at - (double)below;
	size_t above = below + 1 < n ? below + 1 : below;
	return sorted[below] + part * (sorted[above] - sorted[below]);
}

int study_by_number(const void *a, const void *b)
{
	int32_t x = *(const int32_t *)a, y = *(const int32_t *)b;
	return (x > y) - (x < y);
}

/* -- cells -- */

static struct cell people_number(const struct value *v, const struct settings *s, const char *mark,
				 struct arena *a)
{
	char group = s->group ? s->group : ',', point = s->point ? s->point : '.';
	struct str text = decimal_group(v->i, v->scale, group, point, a);
	return (struct cell){ CELL_TEXT, arena_printf(a, "%.*s%s", (int)text.n, text.p, mark) };
}

/* 0.1250 → 12.5 % with one decimal less than two. */
static struct cell people_share(const struct value *v, const struct settings *s, struct arena *a)
{
	double share = (double)v->i / pow(10, v->scale);
	struct value percent = study_decimal(share * 100, 1);
	return people_number(&percent, s, "%", a);
}

/* A channel, or the kind of an activity or event. */
static struct str step_label(const struct schema *schema, struct str key, enum language l)
{
	static const char *const lists[] = { "activity.channel", "activity.kind", "event.kind" };
	struct str word = key;
	for (size_t i = 0; i < countof(lists) && str_eq(word, key); i++)
		word = key_label(schema_picklist(schema, lists[i]), key, l);
	return word;
}

static struct cell people_steps(const struct value *v, const struct codec *codec)
{
	struct buf text = { 0 };
	struct str rest = v->s, key;
	while (str_cut(&rest, ';', &key)) {
		buf_puts(&text, text.n ? " → " : "");
		buf_put(&text, step_label(codec->schema, key, codec->settings->language));
	}
	struct cell cell = { CELL_TEXT, buf_copy(&text, codec->arena) };
	buf_free(&text);
	return cell;
}

struct cell study_cell(const struct study_run *r, size_t i, const struct value *v,
		       const struct codec *codec)
{
	const struct study_column *c = &r->study->columns[i];
	const struct settings *s = codec->settings;
	bool number = c->figure == FIGURE_NUMBER || c->figure == FIGURE_SHARE;
	if (v->kind == V_NULL)
		return (struct cell){ .kind = CELL_NULL };
	if (c->figure == FIGURE_BY)
		return field_print(r->by.field, v, codec);
	if (c->figure == FIGURE_FLAG && codec->human)
		return (struct cell){ CELL_TEXT, str_of(truth_label(v->i, s->language)) };
	if (c->figure == FIGURE_FLAG)
		return (struct cell){ CELL_BOOL, v->i ? STR("true") : STR("false") };
	if (number && !codec->human)
		return (struct cell){ CELL_NUMBER, decimal_print(v->i, v->scale, codec->arena) };
	if (c->figure == FIGURE_SHARE)
		return people_share(v, s, codec->arena);
	if (number)
		return people_number(v, s, "", codec->arena);
	if (c->figure == FIGURE_KEY && codec->human)
		return (struct cell){ CELL_TEXT, key_label(c->words, v->s, s->language) };
	if (c->figure == FIGURE_STEPS && codec->human)
		return people_steps(v, codec);
	bool list = c->figure == FIGURE_LIST || c->figure == FIGURE_STEPS;
	return (struct cell){ list ? CELL_LIST : CELL_TEXT, v->s };
}

/* -- what was asked -- */

struct diag *study_about(struct diag *d, const char *option)
{
	d->source = str_of(option);
	return d;
}

bool study_day(const struct study_run *r, const char *option, const char *text, bool *given,
	       int64_t *day, struct diag *d)
{
	struct when w;
	*given = text != NULL;
	if (!text)
		return true;
	if (!when_parse(str_of(text), &r->store->settings.calendar, &w, d)) {
		study_about(d, option);
		return false;
	}
	*day = w.is_instant ? zone_day(w.from) : w.from;
	return true;
}

bool study_today(const struct study_run *r, int64_t *day, struct diag *d)
{
	bool given;
	int64_t today = zone_day(r->options->now);
	*day = today + 1;
	if (!study_day(r, "--to", r->options->to, &given, day, d))
		return false;
	*day = *day > today + 1 ? today : *day - 1;
	return true;
}

bool study_number(const char *option, const char *text, double low, double high, double *out,
		  struct diag *d)
{
	int64_t value;
	int scale;
	if (!text)
		return true;
	if (!decimal_parse(str_of(text), &value, &scale))
		return diag_set(study_about(d, option), NULL, "%s is not a number",
				quoted(str_of(text), &d->arena));
	*out = (double)value / pow(10, scale);
	return (*out >= low && *out <= high) ||
	       diag_set(study_about(d, option), NULL, "it is a number from %g to %g", low, high);
}

bool study_where(const struct study_run *r, size_t context, struct node **out, struct diag *d)
{
	*out = NULL;
	if (!r->options->where)
		return true;
	*out = where_parse(str_of(r->options->where), r->contexts[context], d);
	return *out != NULL;
}

static bool make_wish(struct study_run *r, bool any_currency, struct purchase_wish *w,
		      struct diag *d)
{
	struct node *orders = NULL, *deals = NULL;
	int64_t today;
	enum basis basis = r->options->basis;
	if (!study_today(r, &today, d) ||
	    (basis_has(basis, false) && !study_where(r, 0, &orders, d)) ||
	    (basis_has(basis, true) && !study_where(r, 1, &deals, d)))
		return false;
	*w = (struct purchase_wish){
		.basis = basis,
		.any_currency = any_currency,
		.before = today + 1,
		.orders = orders,
		.deals = deals,
		.order_context = r->contexts[0],
		.deal_context = r->contexts[1],
		.arena = &r->arena,
	};
	return true;
}

bool study_purchases(struct study_run *r, bool any_currency, struct purchase_log *log,
		     struct diag *d)
{
	struct purchase_wish w;
	*log = (struct purchase_log){ 0 };
	return make_wish(r, any_currency, &w, d) && purchases_read(r->store, &w, log, d);
}

const struct purchases *study_one_currency(const struct purchase_log *log, struct diag *d)
{
	if (log->n == 1)
		return log->of;
	if (!log->n)
		diag_set(d, NULL, "there are no purchases: no order is confirmed, and no deal won");
	else
		diag_set(d, NULL,
			 "there are purchases in %zu currencies; choose one: -w currency=%.*s",
			 log->n, (int)log->of->currency.n, log->of->currency.p);
	return NULL;
}

bool study_purchases_sql(struct study_run *r, struct sql *orders, struct sql *deals, struct diag *d)
{
	struct purchase_wish w;
	if (!make_wish(r, false, &w, d))
		return false;
	purchases_sql(&w, orders, deals);
	return true;
}

bool study_purchases_behind(struct study_run *r, int64_t *ids[2], size_t n[2], struct diag *d)
{
	struct purchase_wish w;
	if (!make_wish(r, false, &w, d))
		return false;
	for (size_t i = 0; i < 2; i++)
		ids[i] = purchases_ids(r->store, &w, i == 1, &n[i], &r->arena);
	return true;
}

/* -- whose -- */

struct value study_ref(struct study_run *r, const struct customer *c)
{
	return value_text(ref_print(c->entity, c->id, &r->scratch));
}

static struct stmt *name_statement(struct study_run *r, const struct entity *e)
{
	size_t i = 0;
	while (r->names[i].of && r->names[i].of != e)
		i++;
	if (!r->names[i].of) {
		struct sql q = { .arena = &r->arena };
		sql_add(&q, "select name from ");
		sql_table(&q, e);
		sql_add(&q, " where id = $1");
		r->names[i].name = db_prepare(r->store->db, &q);
		r->names[i].of = e;
		sql_free(&q);
	}
	return r->names[i].name;
}

struct value study_name(struct study_run *r, const struct customer *c)
{
	struct stmt *s = name_statement(r, c->entity);
	struct value id = value_int(c->id);
	stmt_bind(s, 1, &id);
	struct value name = stmt_step(s) ? stmt_value(s, 0) : value_null();
	if (name.kind == V_TEXT)
		name.s = arena_str(&r->scratch, name.s);
	stmt_reset(s);
	return name;
}

/* -- of itself -- */

static void put_statement(struct study_run *r, const struct sql *q, struct buf *out)
{
	if (!q->text.n)
		return;
	buf_putc(out, '\n');
	buf_put(out, buf_str(&q->text));
	buf_putc(out, '\n');
	for (size_t i = 0; i < q->nparams; i++) {
		const struct value *v = &q->params[i];
		if (v->kind == V_TEXT)
			buf_printf(out, "$%zu = %s\n", i + 1, quoted(v->s, &r->arena));
		else
			buf_printf(out, "$%zu = %lld\n", i + 1, (long long)v->i);
	}
	struct str plan = db_plan(r->store->db, q, &r->arena);
	buf_printf(out, "\n%.*s", (int)plan.n, plan.p);
}

bool study_explain(struct study_run *r, struct buf *out, struct diag *d)
{
	struct sql first = { .arena = &r->arena }, second = { .arena = &r->arena };
	buf_printf(out, "%s\n\n%s\n", r->study->title, r->study->definition);
	bool ok = r->study->sql(r, &first, &second, d);
	if (ok) {
		put_statement(r, &first, out);
		put_statement(r, &second, out);
	}
	sql_free(&first);
	sql_free(&second);
	return ok;
}

void study_close(struct study_run *r)
{
	for (size_t i = 0; i < countof(r->names); i++)
		stmt_close(r->names[i].name);
	arena_free(&r->arena);
	arena_free(&r->scratch);
}
