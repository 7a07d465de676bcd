/* Figures against another time: what a report in C answers twice is put side by side. */
#include "report/compare.h"
#include "report/study.h"
#include "schema/label.h"

struct answer_column *compared_columns(const struct job *j, struct answer_column *c, enum unit unit)
{
	enum language l = report_language(j);
	bool year = j->timing.against == AGAINST_YEAR;
	const char *const words[COMPARED][3] = { { "previous", year ? "Year before" : "Previous",
						   year ? "Năm trước" : "Kỳ trước" },
						 { "change", "Change", "Thay đổi" },
						 { "change_pct", "Change %", "Thay đổi %" } };
	for (size_t i = 0; i < COMPARED; i++)
		*c++ = (struct answer_column){ .name = str_of(words[i][0]),
					       .label = str_of(label(l, words[i][1], words[i][2])),
					       .role = ROLE_FIGURE,
					       .unit = i + 1 < COMPARED ? unit : UNIT_PERCENT };
	return c;
}

void compare_values(const struct value *is, const struct value *was, struct value values[COMPARED])
{
	struct value change = *is;
	if (was->kind != V_INT || __builtin_sub_overflow(is->i, was->i, &change.i))
		change = value_null();
	values[0] = *was;
	values[1] = change;
	values[2] = change_share(is, was);
}

/* -- a report in C -- */

struct compared {
	struct job *job;
	struct kept now, before;
	struct map at; /* key of a row before → its number + 1 */
	bool *met;     /* of each row before: there is one now */
	size_t main;   /* column */
};

static bool is_key(const struct answer_column *c)
{
	return c->role == ROLE_DIMENSION || c->role == ROLE_CURRENCY;
}

static struct str key_of(const struct compared *c, const struct kept_row *row, struct buf *key)
{
	const struct answer *a = &c->now.answer;
	key->n = 0;
	for (size_t i = 0; i < a->n; i++) {
		const struct value *v = &row->values[i];
		if (is_key(&a->columns[i]) && v->kind == V_TEXT)
			buf_printf(key, "t%zu:%.*s", v->s.n, (int)v->s.n, v->s.p);
		else if (is_key(&a->columns[i]))
			buf_printf(key, "%d:%lld", v->kind, (long long)v->i);
	}
	return buf_str(key);
}

/* Nothing, as that figure counts. */
static struct value none_of(const struct answer_column *c, const struct value *like)
{
	struct value none = value_int(0);
	none.scale = like->scale;
	return (c->unit == UNIT_COUNT || c->unit == UNIT_MONEY) && like->kind == V_INT
		   ? none
		   : value_null();
}

static void give(const struct compared *c, const struct value *is, const struct value *was,
		 struct value *values, struct answer *out)
{
	const struct answer *a = &c->now.answer;
	const struct answer_column *main = &a->columns[c->main];
	struct value nothing = none_of(main, &is[c->main]);
	memcpy(values, is, a->n * sizeof *values);
	compare_values(&is[c->main], was ? &was[c->main] : &nothing, values + a->n);
	answer_row(out, values);
}

/* What there was before alone: its figures are nothing now. */
static void give_gone(const struct compared *c, const struct kept_row *row, struct value *values,
		      struct answer *out)
{
	const struct answer *a = &c->now.answer;
	struct value *gone = arena_new(&c->job->arena, struct value, a->n);
	for (size_t i = 0; i < a->n; i++)
		gone[i] = is_key(&a->columns[i]) ? row->values[i]
						 : none_of(&a->columns[i], &row->values[i]);
	give(c, gone, row->values, values, out);
}

static void begin(const struct compared *c, struct answer *out)
{
	struct job *j = c->job;
	const struct answer *a = &c->now.answer;
	struct answer_column *all = arena_new(&j->arena, struct answer_column, a->n + COMPARED);
	memcpy(all, a->columns, a->n * sizeof *all);
	compared_columns(j, all + a->n, a->columns[c->main].unit);
	out->by_currency = a->by_currency;
	answer_begin(out, all, a->n + COMPARED);
}

static void put_together(struct compared *c, struct answer *out)
{
	struct arena *a = &c->job->arena;
	struct value *values = arena_new(a, struct value, c->now.answer.n + COMPARED);
	struct buf key = { 0 };
	c->met = arena_new(a, bool, c->before.n);
	for (size_t i = 0; i < c->before.n; i++)
		*map_at(&c->at, key_of(c, &c->before.rows[i], &key)) = (int64_t)i + 1;
	begin(c, out);
	for (size_t i = 0; i < c->now.n; i++) {
		int64_t *was = map_at(&c->at, key_of(c, &c->now.rows[i], &key));
		if (*was)
			c->met[*was - 1] = true;
		give(c, c->now.rows[i].values, *was ? c->before.rows[*was - 1].values : NULL,
		     values, out);
	}
	for (size_t i = 0; i < c->before.n; i++)
		if (!c->met[i])
			give_gone(c, &c->before.rows[i], values, out);
	buf_free(&key);
}

bool compare_answer(struct job *j, struct answer *out, struct diag *d)
{
	struct compared c = { .job = j, .now = kept_new(false), .before = kept_new(false) };
	struct range earlier = range_before(&j->timing);
	struct report_options o = *j->options;
	o.compare = NULL;
	o.from = instant_print(earlier.from, &j->arena).p;
	o.to = instant_print(earlier.to, &j->arena).p;
	struct job *was = report_open(j->store, j->report, &o, j->context, d);
	bool ok =
	    was && report_run(was, &c.before.answer, d) && j->report->compute(j, &c.now.answer, d);
	if (ok) {
		c.main = answer_column(&c.now.answer, str_of(j->report->main));
		ok = c.main < c.now.answer.n ||
		     diag_set(study_about(d, "compare"), NULL, "there is no %s here to compare",
			      j->report->main);
	}
	if (ok)
		put_together(&c, out);
	report_close(was);
	kept_free(&c.now);
	kept_free(&c.before);
	map_free(&c.at);
	return ok;
}
