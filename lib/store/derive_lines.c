/*
 * What follows from lines and payments.  A whole whose lines changed is remembered and
 * summed up once (settle.c), so that a thousand lines cost a thousand reads, not half a million.
 */
#include "core/money.h"
#include "schema/check.h"
#include "schema/line.h"
#include "store/derive.h"
#include "store/stand_in.h"

bool derive_line(struct change *ch)
{
	const struct record *line = ch->now ? ch->now : ch->old;
	const struct entity *whole = line_whole(&ch->s->schema, line->entity);
	int64_t id = int_of(line, whole->name);
	bool silent = ch->flags & (PUT_RESTORE | PUT_SILENT);
	if (!stand_in_yields(ch))
		return false;
	if (!id || ch->s->writer->settling)
		return true;
	struct touched *t = settle_touch(ch->s, whole, id);
	t->silent = silent && (t->silent || !t->lines);
	t->lines = true;
	return true;
}

int64_t *store_line_ids(struct store *s, const struct entity *line, int64_t whole, size_t *n,
			struct arena *a)
{
	struct sql q = { .arena = a };
	sql_add(&q, "select id from ");
	sql_stored(&q, line);
	sql_add(&q, " where ");
	sql_column(&q, entity_field(line, str_of(line_whole(&s->schema, line)->name)));
	sql_add(&q, " = ");
	sql_int(&q, whole);
	sql_add(&q, " order by id");
	int64_t *ids = store_ids(s, &q, n, a);
	sql_free(&q);
	return ids;
}

/* What stood for lines that were not known goes when these come. */
static bool drop_stand_ins(struct change *ch, const int64_t *ids, size_t n, const bool *stands)
{
	const struct entity *e = entity_named(ch->s, "order_line");
	for (size_t i = 0; i < n; i++)
		if (stands[i] && !store_remove(ch->s, e, ids[i], ch->a, ch->d))
			return false;
	return true;
}

struct sums {
	struct totals totals;
	size_t n, nstand_ins;
	bool all_back; /* every line came back whole */
};

static void add_up(struct store *s, const struct entity *line, const int64_t *ids, size_t n,
		   bool *stands, struct sums *out)
{
	struct arena a = { 0 };
	*out = (struct sums){ .totals = { .cost_known = true }, .all_back = true };
	for (size_t i = 0; i < n; i++) {
		struct record r;
		if (!record_read(s, line, ids[i], &r, &a))
			continue; /* a stand-in that has just gone */
		stands[i] = line_stands_in(&r);
		out->nstand_ins += stands[i];
		out->n++;
		totals_add(&out->totals, &r);
		out->all_back = out->all_back && entity_field(line, STR("returned")) &&
				int_of(&r, "quantity") && /* what is none cannot come back */
				int_of(&r, "returned") == int_of(&r, "quantity");
		arena_reset(&a);
	}
	arena_free(&a);
}

/* An order is returned when all of it came back, and not any more when it did not. */
static void follow_returns(struct change *ch, const struct record *whole, const struct sums *sums,
			   struct record *r)
{
	static const char *const standing[] = { "confirmed", "delivered", NULL };
	if (strcmp(whole->entity->name, "order") != 0)
		return;
	if (sums->n && sums->all_back && is_one_of(text_of(whole, "status"), standing))
		set_text(r, "status", STR("returned"));
	int64_t was = int_of(whole, "returned"), is = int_of(r, "returned");
	if (!is && was)
		set_null(r, "returned_on");
	else if (is != was)
		set_text(r, "returned_on",
			 day_print(zone_day(ch->s->settings.calendar.now), ch->a));
}

bool settle_lines(struct change *ch, const struct entity *e, int64_t id)
{
	const struct entity *line = line_entity(&ch->s->schema, e);
	struct record whole, r = record_new(e, ch->a);
	struct sums sums;
	size_t n;
	if (!record_read(ch->s, e, id, &whole, ch->a))
		return true; /* it went with its lines */
	int64_t *ids = store_line_ids(ch->s, line, whole.id, &n, ch->a);
	bool *stands = arena_new(ch->a, bool, n + 1);
	add_up(ch->s, line, ids, n, stands, &sums);
	if (sums.nstand_ins && sums.nstand_ins < n) {
		if (!drop_stand_ins(ch, ids, n, stands))
			return false;
		add_up(ch->s, line, ids, n, stands, &sums);
	}
	r.id = id;
	*record_get(&r, "currency") = *record_at(&whole, "currency");
	if (!totals_put(&sums.totals, &r, ch->d))
		return false;
	follow_returns(ch, &whole, &sums, &r);
	/* Whoever has read the whole has read other lines. */
	unsigned flags = PUT_TRUSTED | (ch->flags ? ch->flags & PUT_SILENT : PUT_TOUCH);
	return store_put(ch->s, &r, flags, ch->a, ch->d) != WROTE_NOTHING;
}

/* What the status says of the goods is said of each line. */
static bool return_lines(struct change *ch, bool back)
{
	const struct entity *e = entity_named(ch->s, "order_line");
	size_t n;
	int64_t *ids = store_line_ids(ch->s, e, ch->now->id, &n, ch->a);
	for (size_t i = 0; i < n; i++) {
		struct record line, r = record_new(e, ch->a);
		r.id = ids[i];
		record_read(ch->s, e, ids[i], &line, ch->a);
		*record_get(&r, "returned") = back ? *record_at(&line, "quantity") : value_null();
		if (!follow(ch, &r))
			return false;
	}
	return true;
}

static bool has_status(const struct record *r, const char *status)
{
	return r && str_is(text_of(r, "status"), status);
}

bool derive_order(struct change *ch)
{
	static const char *const reasons[] = { "status", "ordered_on", "account" };
	int64_t was = int_of(ch->old, "account"), is = int_of(ch->now, "account");
	bool moved = !ch->old || !ch->now;
	for (size_t i = 0; !moved && i < countof(reasons); i++)
		moved = changed(ch->now, ch->old, reasons[i]);
	if (!stand_in_follow(ch))
		return false;
	bool back = has_status(ch->now, "returned"), were = has_status(ch->old, "returned");
	if (ch->now && ch->old && back != were && !ch->s->writer->settling &&
	    !return_lines(ch, back))
		return false;
	if (!moved)
		return true;
	return (!was || was == is || refresh_customer(ch, was)) &&
	       (!is || refresh_customer(ch, is));
}

static int64_t paid_by(const struct record *event, int64_t order)
{
	return event && str_is(text_of(event, "kind"), "payment") && int_of(event, "order") == order
		   ? int_of(event, "value")
		   : 0;
}

/* Money that comes some day has not come. */
static bool has_come(const struct change *ch, const struct record *event)
{
	int64_t at;
	return !event || !instant_scan(text_of(event, "at"), &at) ||
	       zone_day(at) <= zone_day(ch->s->settings.calendar.now) ||
	       diag_set(ch->d, "at", "the payment is still to come");
}

/* Others may report that more was paid than is due: it is to be paid back, which is told. */
static bool check_paid(struct change *ch, const struct record *order, int64_t paid, int64_t more)
{
	struct str currency = text_of(order, "currency");
	struct arena *a = &ch->d->arena;
	if (more < 0 && paid < 0)
		return diag_set(ch->d, "value", "only %s was paid for order-%lld",
				money_text(paid - more, currency, a).p, (long long)order->id);
	int64_t over = paid - (int_of(order, "paid") + int_of(order, "balance"));
	if (more > 0 && over > 0 && !ch->s->writer->info.reason && !ch->s->writer->undo)
		diag_warn(ch->d, "value", "order-%lld is paid %s too much", (long long)order->id,
			  money_text(over, currency, a).p);
	return true;
}

/* A payment is an event; what an order has been paid is their sum and what an import brought. */
bool derive_payment(struct change *ch)
{
	const struct record *event = ch->now ? ch->now : ch->old;
	int64_t order = int_of(event, "order"), at;
	int64_t more = paid_by(ch->now, order) - paid_by(ch->old, order);
	struct record have, r = record_new(entity_named(ch->s, "order"), ch->a);
	settle_before(ch->s, r.entity, order);
	if (!more || !record_read(ch->s, r.entity, order, &have, ch->a))
		return true;
	if (!has_come(ch, ch->now))
		return false;
	const struct value *currency = record_at(event, "currency");
	struct str in = currency->kind == V_TEXT ? currency->s : str_of(ch->s->settings.currency);
	if (!str_eq(in, text_of(&have, "currency")))
		return diag_set(ch->d, "currency", "the payment is in %s, the order in %s",
				arena_str(&ch->d->arena, in).p,
				arena_str(&ch->d->arena, text_of(&have, "currency")).p);
	r.id = order;
	struct value *paid = record_get(&r, "paid");
	*paid = *record_at(&have, "paid");
	if (paid->kind != V_INT)
		*paid = (struct value){ .kind = V_INT, .scale = record_at(event, "value")->scale };
	if (__builtin_add_overflow(paid->i, more, &paid->i))
		return diag_set(ch->d, "value", "the payments come to more than can be counted");
	if (!check_paid(ch, &have, paid->i, more))
		return false;
	if (!is_set(&have, "paid_on") && instant_scan(text_of(event, "at"), &at))
		set_text(&r, "paid_on", day_print(zone_day(at), ch->a));
	return follow(ch, &r);
}
