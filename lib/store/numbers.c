/*
 * Numbers of documents: "SO-2026-0001".  A counter a type and year hands them out; a
 * number of that form that somebody typed or imported moves it, so that none returns.
 */
#include <stdlib.h>

#include "schema/check.h"
#include "schema/status.h"
#include "store/counter.h"
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
	int64_t next = db_int(s->db, &q, 1);
	*n = (struct writer_number){ .prefix = arena_str(&w->arena, prefix), .next = next };
	n->marked_next = next;
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

static bool all_digits(struct str text)
{
	size_t n = 0;
	while (n < text.n && is_digit(text.p[n]))
		n++;
	return n == text.n;
}

/* How long "SO-2026-" is at the beginning of a number of the series; 0: it is not there. */
static size_t head_of(const struct series *t, struct str number)
{
	size_t n = strlen(t->prefix), year = n + 1, head = year + strlen("2026-");
	bool ours = number.n >= head && str_starts(number, t->prefix) && number.p[n] == '-' &&
		    number.p[head - 1] == '-' && all_digits(str_sub(number, year, head - 1 - year));
	return ours ? head : 0;
}

bool number_is_prefix(struct str prefix)
{
	for (size_t i = 0; i < countof(all_series); i++)
		if (prefix.n && head_of(&all_series[i], prefix) == prefix.n)
			return true;
	return false;
}

void numbers_raise(struct store *s, struct str prefix, int64_t next)
{
	struct writer_number *counter = counter_of(s, prefix);
	if (next > counter->next) {
		counter->next = next;
		counter->moved = true;
	}
}

/* A number that came with the record: if it is one of ours, the counter goes past it. */
static void pass(struct store *s, const struct series *t, struct str number)
{
	size_t head = head_of(t, number);
	struct str digits = str_sub(number, head, number.n);
	int64_t at;
	if (head && digits.n && digits.n <= DIGITS_MAX && all_digits(digits) &&
	    str_int(digits, &at))
		numbers_raise(s, str_sub(number, 0, head), at + 1);
}

struct number_counter *numbers_list(struct store *s, size_t *n, struct arena *a)
{
	struct sql count = { .arena = a }, q = { .arena = a };
	sql_add(&count, "select count(*) from counter");
	size_t room = (size_t)db_int(s->db, &count, 0);
	struct number_counter *all = arena_new(a, struct number_counter, room + 1);
	sql_add(&q, "select entity, next from counter order by entity");
	struct stmt *rows = db_query(s->db, &q);
	for (*n = 0; *n < room && stmt_step(rows);) {
		struct str prefix = stmt_value(rows, 0).s;
		if (number_is_prefix(prefix))
			all[(*n)++] =
			    (struct number_counter){ arena_str(a, prefix), stmt_value(rows, 1).i };
	}
	stmt_close(rows);
	sql_free(&q);
	sql_free(&count);
	return all;
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
	if (c->restoring) /* it comes from before they were numbered */
		return;
	struct str day = day_of_document(r, t, c), number;
	struct str prefix = arena_printf(c->arena, "%s-%.4s-", t->prefix, day.p);
	struct writer_number *counter = counter_of(s, prefix);
	do {
		number = arena_printf(c->arena, "%s%04lld", prefix.p, (long long)counter->next++);
	} while (is_taken(s, r->entity, number, c));
	counter->moved = true;
	set_text(r, "number", number);
}

bool number_fills(const struct entity *e, const struct field *f)
{
	return !strcmp(f->name, "number") && series_of(e);
}

void numbers_mark(struct store *s)
{
	for (size_t i = 0; i < s->writer->nnumbers; i++) {
		struct writer_number *n = &s->writer->numbers[i];
		n->marked_next = n->next;
		n->marked_moved = n->moved;
	}
}

/* No gaps for what was never there. */
void numbers_undo(struct store *s)
{
	for (size_t i = 0; i < s->writer->nnumbers; i++) {
		struct writer_number *n = &s->writer->numbers[i];
		n->next = n->marked_next;
		n->moved = n->marked_moved;
	}
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
