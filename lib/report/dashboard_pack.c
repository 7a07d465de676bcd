/*
 * An answer as bytes, from one process to another that was forked from the same one: what both
 * had before, such as the fields of a schema, keeps its address.
 */
#include "report/dashboard_impl.h"

static void put(struct buf *b, const void *p, size_t n)
{
	buf_put(b, (struct str){ p, n });
}

static void put_text(struct buf *b, struct str s)
{
	put(b, &s.n, sizeof s.n);
	buf_put(b, s);
}

static void get(struct str *rest, void *p, size_t n)
{
	memcpy(p, rest->p, n);
	*rest = str_sub(*rest, n, rest->n);
}

static struct str get_text(struct str *rest)
{
	size_t n;
	get(rest, &n, sizeof n);
	struct str s = str_sub(*rest, 0, n);
	*rest = str_sub(*rest, n, rest->n);
	return s;
}

static void put_columns(struct buf *b, const struct answer_column *c, size_t n)
{
	for (; n--; c++) {
		put(b, c, sizeof *c);
		put_text(b, c->name);
		put_text(b, c->label);
	}
}

static const struct answer_column *get_columns(struct str *rest, size_t n, struct arena *a)
{
	struct answer_column *all = arena_new(a, struct answer_column, n);
	for (struct answer_column *c = all; n--; c++) {
		get(rest, c, sizeof *c);
		c->name = get_text(rest);
		c->label = get_text(rest);
	}
	return all;
}

static void put_row(struct buf *b, const struct kept_row *row, size_t n)
{
	put(b, &row->total, sizeof row->total);
	for (const struct value *v = row->values; v < row->values + n; v++) {
		const int64_t bare[] = { v->kind, v->scale, v->i };
		put(b, bare, sizeof bare);
		put_text(b, v->kind == V_TEXT ? v->s : (struct str){ 0 });
	}
}

static void get_row(struct str *rest, struct answer *out, struct value *values)
{
	bool total;
	get(rest, &total, sizeof total);
	for (struct value *v = values; v < values + out->n; v++) {
		int64_t bare[3];
		get(rest, bare, sizeof bare);
		*v =
		    (struct value){ (enum kind)bare[0], (uint8_t)bare[1], bare[2], get_text(rest) };
	}
	out->row(out, values, total);
}

static void put_facts(struct buf *b, const struct report_facts *f)
{
	const struct str all[] = { f->title, f->as_of, f->zone, f->period, f->filter, f->more };
	for (size_t i = 0; i < countof(all); i++)
		put_text(b, all[i]);
}

static void get_facts(struct str *rest, struct report_facts *f)
{
	struct str *all[] = { &f->title, &f->as_of, &f->zone, &f->period, &f->filter, &f->more };
	for (size_t i = 0; i < countof(all); i++)
		*all[i] = get_text(rest);
}

/* The columns of another part go before the first of its rows. */
void answered_put(struct buf *b, const struct answered *x)
{
	const struct kept *k = &x->kept;
	const struct answer_column *part = k->answer.columns;
	put_facts(b, &x->facts);
	put(b, &k->answer.n, sizeof k->answer.n);
	put(b, &k->answer.single, sizeof k->answer.single);
	put(b, &k->answer.cut, sizeof k->answer.cut);
	put_columns(b, k->answer.columns, k->answer.n);
	put(b, &k->n, sizeof k->n);
	for (size_t i = 0; i < k->n; i++) {
		bool other = k->rows[i].columns != part;
		part = k->rows[i].columns;
		put(b, &other, sizeof other);
		if (other)
			put_columns(b, part, k->answer.n);
		put_row(b, &k->rows[i], k->answer.n);
	}
}

void answered_get(struct str *rest, struct answered *x, struct arena *a)
{
	struct answer *out = &x->kept.answer;
	size_t n;
	get_facts(rest, &x->facts);
	get(rest, &out->n, sizeof out->n);
	get(rest, &out->single, sizeof out->single);
	get(rest, &out->cut, sizeof out->cut);
	const struct answer_column *columns = out->n ? get_columns(rest, out->n, a) : NULL;
	out->columns = columns;
	struct value *values = arena_new(a, struct value, out->n);
	for (get(rest, &n, sizeof n); n--;) {
		bool other;
		get(rest, &other, sizeof other);
		if (other)
			out->columns = get_columns(rest, out->n, a);
		get_row(rest, out, values);
	}
	out->columns = columns;
	x->done = true;
}
