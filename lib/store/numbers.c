/*
 * Numbers of documents: "SO-2026-0001".  A counter a type and year hands them out; a
 * number of that form that somebody typed or imported moves it, so that none returns.
 */
#include <stdlib.h>

#include "schema/check.h"
#include "schema/status.h"
#include "store/internal.h"

enum { DIGITS_MAX = 9 };

static const struct series {
	const char *entity, *prefix, *day;
} all_series[] = {
	{ "quote", "Q", "quoted_on" },
	{ "order", "SO", "ordered_on" },
	{ "ticket", "T", "opened_at" },
};

static const struct series *series_of(const struct entity *e)
{
	for (size_t i = 0; i < countof(all_series); i++)
		if (!strcmp(all_series[i].entity, e->name))
			return &all_series[i];
	return NULL;
}

/* The next number behind that prefix ("SO-2026-"); its row is made when it moved. */
static struct writer_number *counter_of(struct store *s, struct str prefix)
{
	struct store_writer *w = s->writer;
	for (size_t i = 0; i < w->nnumbers; i++)
		if (str_eq(w->numbers[i].prefix, prefix))
			return &w->numbers[i];
	w->numbers = xrealloc(w->numbers, (w->nnumbers + 1) * sizeof *w->numbers);
	struct writer_number *n = &w->numbers[w->nnumbers++];
	struct sql q = { .arena = &w->arena };
	sql_add(&q, "select next from counter where entity = ");
	sql_text(&q, prefix);
	*n = (struct writer_number){ arena_str(&w->arena, prefix), db_int(s->db, &q, 1), false };
	sql_free(&q);
	return n;
}

static bool is_taken(struct store *s, const struct entity *e, struct str number,
		     const struct codec *c)
{
	const struct field *f = entity_field(e, STR("number"));
	struct value v = value_text(number), key = field_key(f, &v, c);
	int64_t id;
	return key.kind == V_TEXT && store_find(s, e, f, key.s, &id, 1) > 0;
}

/* A number that came with the record: if it is one of ours, the counter goes past it. */
static void pass(struct store *s, const struct series *t, struct str number)
{
	size_t n = strlen(t->prefix), head = n + strlen("-2026-");
	int64_t at;
	if (number.n <= head || number.n > head + DIGITS_MAX || !str_starts(number, t->prefix) ||
	    number.p[n] != '-' || number.p[head - 1] != '-')
		return;
	for (size_t i = n + 1; i < number.n; i++)
		if (i != head - 1 && (number.p[i] < '0' || number.p[i] > '9'))
			return;
	str_int(str_sub(number, head, number.n), &at);
	struct writer_number *counter = counter_of(s, str_sub(number, 0, head));
	if (at >= counter->next) {
		counter->next = at + 1;
		counter->moved = true;
	}
}

/* The local day by which it is numbered. */
static struct str day_of_document(const struct record *r, const struct series *t,
				  const struct codec *c)
{
	struct str day = text_of(r, t->day);
	int64_t at;
	if (instant_scan(day, &at))
		return day_print(zone_day(at), c->arena);
	return day.n ? day : today(c);
}

void number_give(struct store *s, struct record *r, const struct record *old, const struct codec *c)
{
	const struct series *t = series_of(r->entity);
	if (!t)
		return;
	if (is_set(r, "number")) {
		if (changed(r, old, "number"))
			pass(s, t, text_of(r, "number"));
		return;
	}
	struct str day = day_of_document(r, t, c), number;
	struct str prefix = arena_printf(c->arena, "%s-%.4s-", t->prefix, day.p);
	struct writer_number *counter = counter_of(s, prefix);
	do {
		number = arena_printf(c->arena, "%s%04lld", prefix.p, (long long)counter->next++);
	} while (is_taken(s, r->entity, number, c));
	counter->moved = true;
	set_text(r, "number", number);
}

void numbers_save(struct store *s)
{
	for (size_t i = 0; i < s->writer->nnumbers; i++) {
		const struct writer_number *n = &s->writer->numbers[i];
		if (!n->moved)
			continue;
		struct sql q = { .arena = &s->writer->arena };
		sql_add(&q, "insert into counter (entity, next) values (");
		sql_text(&q, n->prefix);
		sql_add(&q, ", ");
		sql_int(&q, n->next);
		sql_add(&q, ") on conflict (entity) do update set next = excluded.next");
		db_run(s->db, &q);
		sql_free(&q);
	}
}
