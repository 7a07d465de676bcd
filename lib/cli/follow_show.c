/* crm-follow rules, explain: what there is, what was done, and why not more. */
#include <stdio.h>

#include "cli/follow.h"
#include "cli/heading.h"
#include "cli/operands.h"
#include "core/date.h"
#include "schema/check.h"
#include "store/followed.h"

/* An instant as the store has it, for people in local time. */
static struct cell time_cell(struct str s, bool human, struct arena *a)
{
	int64_t at;
	if (!s.n || !human || !instant_scan(s, &at))
		return cell_text(s);
	return cell_text(instant_print_local(at, a));
}

/* ---- rules ---- */

static const struct heading rule_columns[] = {
	{ "rule", "Rule", "Quy tắc", false },
	{ "of", "Of", "Đối tượng", false },
	{ "when", "When", "Khi", false },
	{ "if", "If", "Nếu", false },
	{ "waiting", "Waiting", "Đang chờ", true },
	{ "fired", "Fired", "Đã áp dụng", true },
	{ "skipped", "Skipped", "Bỏ qua", true },
	{ "next_due", "Next due", "Lần kế tiếp", false },
	{ "last", "Last fired", "Lần cuối", false },
};

/* What the firings of a rule come to, one row a status. */
struct tally {
	int64_t waiting, fired, skipped;
	struct str next_due, last;
};

static struct tally tally_of(struct crm *crm, const char *rule)
{
	struct tally t = { 0 };
	struct sql q = { .arena = &crm->arena };
	sql_add(&q, "select status, count(*), min(due_at), max(done_at) from firing where rule = ");
	sql_text(&q, str_of(rule));
	sql_add(&q, " group by status");
	struct stmt *rows = db_query(crm->store->db, &q);
	while (stmt_step(rows)) {
		struct str status = stmt_value(rows, 0).s;
		int64_t n = stmt_value(rows, 1).i;
		if (str_is(status, "waiting")) {
			t.waiting = n;
			t.next_due = arena_str(&crm->arena, stmt_value(rows, 2).s);
		} else if (str_is(status, "fired")) {
			t.fired = n;
			t.last = arena_str(&crm->arena, stmt_value(rows, 3).s);
		} else {
			t.skipped += n;
		}
	}
	stmt_close(rows);
	sql_free(&q);
	return t;
}

static void put_rule(struct crm *crm, struct writer *out, const struct rule *r)
{
	struct arena *a = &crm->arena;
	bool human = writer_human(out);
	struct tally t = tally_of(crm, r->key);
	const struct cell cells[countof(rule_columns)] = {
		cell_text(str_of(r->key)),
		cell_text(str_of(r->when.entity->name)),
		cell_text(r->sequence ? str_of(r->when.state) : r->when.text),
		cell_text(str_of(r->condition)),
		cell_int(t.waiting, a),
		cell_int(t.fired, a),
		cell_int(t.skipped, a),
		time_cell(t.next_due, human, a),
		time_cell(t.last, human, a),
	};
	writer_row(out, cells);
}

int follow_rules(struct crm *crm, int argc, char **argv)
{
	struct follow f;
	struct arena own = { 0 };
	if (argc)
		usage(crm, "there is nothing to name: %s", argv[0]);
	follow_open(crm, &f, &own);
	struct writer *out = heading_writer(crm, rule_columns, countof(rule_columns));
	for (size_t i = 0; i < f.nrules; i++)
		put_rule(crm, out, &f.rules[i]);
	writer_close(out);
	follow_close(&f);
	arena_free(&own);
	return STATUS_OK;
}

/* ---- explain ---- */

static const struct heading told_columns[] = {
	{ "id", "ID", "Mã", false },
	{ "rule", "Rule", "Quy tắc", false },
	{ "occasion", "Occasion", "Dịp", false },
	{ "status", "Status", "Trạng thái", false },
	{ "at", "At", "Lúc", false },
	{ "due_at", "Due", "Hạn", false },
	{ "done_at", "Done", "Hoàn thành", false },
	{ "did", "Did", "Đã làm", false },
	{ "why", "Why", "Lý do", false },
};

struct explaining {
	struct crm *crm;
	struct follow *f;
	struct writer *out;
	struct target about;
	struct map fired; /* rules that are told of */
};

static void put_told(struct explaining *x, const struct str *s)
{
	bool human = writer_human(x->out);
	struct arena *a = &x->crm->arena;
	const struct cell cells[countof(told_columns)] = {
		cell_text(s[0]),	   cell_text(s[1]),	      cell_text(s[2]),
		cell_text(s[3]),	   time_cell(s[4], human, a), time_cell(s[5], human, a),
		time_cell(s[6], human, a), cell_text(s[7]),	      cell_text(s[8]),
	};
	writer_row(x->out, cells);
}

static void put_firings(struct explaining *x)
{
	struct arena *a = &x->crm->arena;
	struct sql q = { .arena = a };
	sql_add(&q, "select id, rule, occasion, status, at, due_at, done_at, did, why from firing"
		    " where record = ");
	sql_text(&q, ref_print(x->about.entity, x->about.id, a));
	sql_add(&q, " order by id");
	struct stmt *rows = db_query(x->crm->store->db, &q);
	while (stmt_step(rows)) {
		struct str s[countof(told_columns)];
		s[0] = arena_printf(a, "firing-%lld", (long long)stmt_value(rows, 0).i);
		for (size_t i = 1; i < countof(s); i++)
			s[i] = arena_str(a, stmt_value(rows, i).s);
		put_told(x, s);
		*map_at(&x->fired, s[1]) = 1;
	}
	stmt_close(rows);
	sql_free(&q);
}

static void put_enrolments(struct explaining *x)
{
	struct crm *crm = x->crm;
	const struct entity *e = store_entity(crm->store, "enrolment");
	struct query_context q = query_context(crm, e);
	struct select what = { .context = &q, .limit = -1 };
	size_t n;
	if (!entity_field(e, str_of(x->about.entity->name)))
		return;
	what.where = node_refs(x->about.entity, &x->about.id, 1, &crm->arena);
	int64_t *ids = select_ids(crm->store, &what, &n, &crm->arena);
	for (size_t i = 0; i < n; i++) {
		struct record r;
		if (!store_get(crm->store, e, ids[i], &r, &crm->arena))
			continue;
		const struct str s[countof(told_columns)] = {
			ref_print(e, ids[i], &crm->arena),
			text_of(&r, "sequence"),
			STR("enrolled"),
			text_of(&r, "status"),
			text_of(&r, "started_at"),
			text_of(&r, "next_at"),
			text_of(&r, "ended_at"),
			arena_printf(&crm->arena, "%lld steps",
				     (long long)record_at(&r, "step")->i),
			text_of(&r, "why"),
		};
		put_told(x, s);
		*map_at(&x->fired, text_of(&r, "sequence")) = 1;
	}
}

/* Of a rule about such records that has not fired for this one: what it waits for. */
static void put_silent(struct explaining *x, const struct rule *r)
{
	struct arena *a = &x->crm->arena;
	struct followed f;
	const char *why = "no such occasion since the rule came";
	const char *name = arena_printf(a, "%s.%s", r->sequence ? "sequences" : "rules", r->key).p;
	if (!followed_get(x->crm->store, name, &f, a))
		why = "the rule has not run yet";
	else if (!follow_is_true(x->f, r->when.entity, r->when.state, x->about.id))
		why = "it is not in that state";
	else if (!follow_is_true(x->f, r->when.entity, r->condition, x->about.id))
		why = "`if` is not true of it now";
	else if (r->when.state)
		why = "it was in that state before the rule came, or nothing was run since";
	const struct str s[countof(told_columns)] = {
		{ 0 }, str_of(r->key), r->when.text, STR("none"), { 0 },
		{ 0 }, { 0 },	       { 0 },	     str_of(why),
	};
	put_told(x, s);
}

int follow_explain(struct crm *crm, int argc, char **argv)
{
	struct follow f;
	struct arena own = { 0 };
	struct explaining x = { .crm = crm, .f = &f };
	if (argc != 1)
		usage(crm, "one record at a time, such as lead-42");
	if (!ref_parse(&crm->store->schema, str_of(argv[0]), &x.about.entity, &x.about.id))
		usage(crm, "%s is no reference such as lead-42",
		      quoted(str_of(argv[0]), &crm->arena));
	follow_open(crm, &f, &own);
	if (!store_exists(crm->store, x.about.entity, x.about.id)) {
		diag_set(&crm->diag, NULL, "there is no %s", argv[0]);
		refuse(crm, STATUS_REFUSED);
	}
	x.out = heading_writer(crm, told_columns, countof(told_columns));
	put_firings(&x);
	put_enrolments(&x);
	for (size_t i = 0; i < f.nrules; i++)
		if (f.rules[i].when.entity == x.about.entity &&
		    !map_find(&x.fired, str_of(f.rules[i].key)))
			put_silent(&x, &f.rules[i]);
	writer_close(x.out);
	map_free(&x.fired);
	follow_close(&f);
	arena_free(&own);
	return STATUS_OK;
}
