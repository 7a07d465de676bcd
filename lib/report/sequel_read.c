/* What is read of touches: the statements, and what their rows are. */
#include "report/sequel_impl.h"
#include "report/take.h"

enum way { OURS, THEIRS, EITHER };

/* Kinds of activities, and what each is a touch of, whoever began it. */
static const struct {
	const char *kind;
	unsigned touch[EITHER + 1];
} touches[] = {
	{ "call", { 1u << SEQUEL_CALL | 1u << SEQUEL_ANSWER, 0, 1u << SEQUEL_TALK } },
	{ "email", { 1u << SEQUEL_ANSWER, 1u << SEQUEL_INWARD, 0 } },
	{ "meeting", { 1u << SEQUEL_ANSWER, 0, 1u << SEQUEL_SUCCESS } },
	{ "sms", { 1u << SEQUEL_ANSWER, 1u << SEQUEL_INWARD, 0 } },
	{ "chat", { 1u << SEQUEL_ANSWER, 1u << SEQUEL_INWARD, 0 } },
	{ "visit", { 1u << SEQUEL_ANSWER, 0, 1u << SEQUEL_SUCCESS } },
	{ "letter", { 1u << SEQUEL_ANSWER, 1u << SEQUEL_INWARD, 0 } },
};

enum { PERSONAL = 1u << SEQUEL_ANSWER | 1u << SEQUEL_INWARD }; /* not what a program did */

/* Whether the kind of activity, begun by us or by them, is a touch of one of these. */
static bool is_asked_for(size_t kind, enum way way, unsigned kinds)
{
	return ((touches[kind].touch[way] | touches[kind].touch[EITHER]) & kinds) != 0;
}

/* Columns that tell messages and answers apart, and those of a talk; others need none. */
enum { R_DIRECTION = SEQUEL_AT + 1, R_KIND, R_AUTOMATIC };
enum { R_OUTCOME = SEQUEL_AT + 2, R_LENGTH };

unsigned sequel_together(unsigned kinds, enum sequel_kind kind)
{
	return 1u << kind & PERSONAL ? kinds & PERSONAL : 1u << kind;
}

#define THEY_BEGAN "t.direction = 'in'"
#define WE_BEGAN "(t.direction is null or t.direction <> 'in')"

/*
 * The kinds of activities that are asked for; way: all have begun so, or EITHER (of t).  Two are
 * asked as a list, for which the engine reads the kind once; a longer one it would look it up in.
 */
static void put_kinds(struct sql *q, const char *kind, unsigned kinds, enum way way)
{
	bool list = kinds == 1u << SEQUEL_SUCCESS;
	size_t n = 0;
	for (size_t i = 0; i < countof(touches); i++) {
		bool ours = way != THEIRS && is_asked_for(i, OURS, kinds),
		     theirs = way != OURS && is_asked_for(i, THEIRS, kinds);
		if (!ours && !theirs)
			continue;
		sql_add_literal(q, !n ? "" : list ? ", " : " or ");
		if (!n++ || !list) {
			sql_add_literal(q, kind);
			sql_add_literal(q, list ? " in (" : " = ");
		}
		sql_param(q, value_text(str_of(touches[i].kind)));
		if (way == EITHER && ours != theirs)
			sql_add_literal(q, ours ? " and " WE_BEGAN : " and " THEY_BEGAN);
	}
	sql_add_literal(q, list ? ")" : "");
}

/* Whether any of them is with a contact, whose account is to be looked for. */
static bool has_people(struct store *s, const char *entity)
{
	const struct entity *e = schema_entity(&s->schema, str_of(entity));
	return store_filled(s, e, entity_field(e, STR("contact")));
}

static void put_whom(struct sql *q, bool people)
{
	sql_add(q, "select t.lead, t.account, t.contact, ");
	sql_add_literal(q, people ? "c.account, " : "null, ");
}

static void put_people(struct sql *q, bool people)
{
	sql_add_literal(q, people ? " left join contact c on c.id = t.contact" : "");
}

/*
 * Without what is not asked for, so that an index has all: one that of talks, one that of others.
 * What tells most of them apart is asked first.
 */
static void put_touches(struct store *s, struct sql *q, unsigned kinds, enum way way)
{
	bool people = has_people(s, "activity");
	put_whom(q, people);
	sql_add(q, "t.done_at");
	sql_add_literal(q, kinds & PERSONAL	       ? ", t.direction, t.kind, t.automatic"
			   : kinds & 1u << SEQUEL_TALK ? ", t.direction, t.outcome, t.duration_s"
						       : "");
	sql_add(q, " from activity t");
	put_people(q, people);
	sql_add(q, " where ");
	sql_add_literal(q, way == THEIRS ? THEY_BEGAN " and "
			   : way == OURS ? WE_BEGAN " and "
					 : "");
	sql_add(q, "(");
	put_kinds(q, "t.kind", kinds, way);
	sql_add(q, ") and t.status = 'done'");
	sql_in_pieces(q, schema_entity(&s->schema, STR("activity")), "t", true);
}

static void put_since(struct sql *q, const char *before, int64_t from)
{
	if (from == INT64_MIN)
		return;
	sql_add_literal(q, before);
	sql_param(q, value_text(instant_print(from, q->arena)));
}

static void put_deals(struct store *s, struct sql *q, int64_t from)
{
	bool people = has_people(s, "deal");
	put_whom(q, people);
	sql_add(q, "t.created_at from deal t");
	put_people(q, people);
	put_since(q, " where t.created_at >= ", from);
	sql_in_pieces(q, schema_entity(&s->schema, STR("deal")), "t", from != INT64_MIN);
}

static void put_wrote(struct sql *q, int64_t from)
{
	sql_add(q, " where x.direction = 'in' and x.status = 'done' and (");
	put_kinds(q, "x.kind", 1u << SEQUEL_INWARD, THEIRS);
	sql_add(q, ")");
	put_since(q, " and x.done_at >= ", from);
}

/* Those who wrote since: the account of who names a contact alone has written, too. */
static void put_writers(struct sql *q, const char *which, int64_t from)
{
	sql_add(q, "select x.");
	sql_add_literal(q, which);
	sql_add(q, " from activity x");
	put_wrote(q, from);
	if (strcmp(which, "account") != 0)
		return;
	sql_add(q,
		" union all select y.account from activity x join contact y on y.id = x.contact");
	put_wrote(q, from);
}

/* All touches with one of them, whenever it was. */
static void put_with_writers(struct sql *q, const char *which, int64_t from)
{
	sql_add(q, " and t.");
	sql_add_literal(q, which);
	sql_add(q, " in (");
	put_writers(q, which, from);
	if (!strcmp(which, "contact")) {
		sql_add(q, " union all select y.id from contact y where y.account in (");
		put_writers(q, "account", from);
		sql_add(q, ")");
	}
	sql_add(q, ")");
}

static const char *const writers[] = { "account", "contact", "lead" };

static void put_made(struct sql *q, const struct sequel_reach *r)
{
	sql_add_literal(q, strcmp(r->with, "lead") ? " from account y" : " from lead y");
	put_since(q, " where y.created_at >= ", r->from);
	if (r->has_to)
		put_since(q, " and y.created_at < ", r->to);
}

/* With the leads, or the accounts and their people, that were made in the time. */
static void put_with_made(struct sql *q, const struct sequel_reach *r, bool people)
{
	sql_add_literal(q, people ? " and t.contact in (select z.id from contact z where z.account"
			   : !strcmp(r->with, "lead") ? " and t.lead"
						      : " and t.account");
	sql_add(q, " in (select y.id");
	put_made(q, r);
	sql_add_literal(q, people ? "))" : ")");
}

/* Looking touches up one by one takes about five times as long as reading them in order. */
bool sequel_few(struct store *s, const struct sequel_reach *r)
{
	struct arena a = { 0 };
	struct sql q = { .arena = &a };
	struct sequel_reach ever = { .from = INT64_MIN, .with = r->with };
	sql_add(&q, "select (select count(*)");
	put_made(&q, r);
	sql_add(&q, ") * 6 <= (select count(*)");
	put_made(&q, &ever);
	sql_add(&q, ")");
	struct stmt *few = db_query(s->db, &q);
	bool is_few = stmt_step(few) && stmt_value(few, 0).i;
	stmt_close(few);
	sql_free(&q);
	arena_free(&a);
	return is_few;
}

/* How many statements read touches.  What they wrote comes first. */
static size_t touch_reads(unsigned kinds, const struct sequel_reach *r)
{
	if (r->with)
		return strcmp(r->with, "account") ? 1 : 2;
	if (!(kinds & 1u << SEQUEL_INWARD))
		return 1;
	return r->from == INT64_MIN ? 2 : countof(writers);
}

/* Of kinds that are read together. */
static void put_read(struct store *s, struct sql *q, unsigned kinds, const struct sequel_reach *r,
		     size_t i)
{
	size_t n = touch_reads(kinds, r);
	bool whole = r->from == INT64_MIN && n == 2;
	if (i < n) {
		put_touches(s, q, kinds, whole ? (i ? OURS : THEIRS) : EITHER);
		if (r->with)
			put_with_made(q, r, i > 0);
		else if (n == countof(writers))
			put_with_writers(q, writers[i], r->from);
		else if (!whole)
			put_since(q, " and t.done_at >= ", r->from);
	} else {
		put_deals(s, q, r->from);
	}
}

bool sequel_sql(struct store *s, struct sql *q, unsigned kinds, const struct sequel_reach *r,
		size_t i)
{
	for (enum sequel_kind k = 0; k < SEQUEL_KINDS; k++) {
		if (!(kinds & 1u << k))
			continue;
		unsigned together = sequel_together(kinds, k);
		size_t n = touch_reads(together, r) + (k == SEQUEL_SUCCESS);
		if (i < n) {
			put_read(s, q, together, r, i);
			return true;
		}
		i -= n;
		kinds &= ~together;
	}
	return false;
}

/* -- rows -- */

enum talk sequel_talk(struct stmt *rows)
{
	static const struct {
		const char *outcome;
		enum talk talk;
	} outcomes[] = {
		{ "wrong_number", TALK_WRONG_NUMBER }, { "not_interested", TALK_NOT_INTERESTED },
		{ "callback", TALK_CALLBACK },	       { "interested", TALK_INTERESTED },
		{ "meeting_set", TALK_MEETING_SET },
	};
	struct value outcome = stmt_value(rows, R_OUTCOME), length = stmt_value(rows, R_LENGTH),
		     direction = stmt_value(rows, R_DIRECTION);
	for (size_t i = 0; outcome.kind == V_TEXT && i < countof(outcomes); i++)
		if (str_is(outcome.s, outcomes[i].outcome))
			return outcomes[i].talk;
	return call_connected(&outcome, &length, &direction) ? TALK_SPOKE : TALK_NO_ANSWER;
}

/* What the activity is a touch of: kinds of sequels, or'ed. */
static unsigned touch_of(struct stmt *row)
{
	struct value kind = stmt_value(row, R_KIND), direction = stmt_value(row, R_DIRECTION),
		     automatic = stmt_value(row, R_AUTOMATIC);
	enum way way = direction.kind == V_TEXT && str_is(direction.s, "in") ? THEIRS : OURS;
	size_t i = 0;
	while (i < countof(touches) && !str_is(kind.s, touches[i].kind))
		i++;
	if (i == countof(touches))
		return 0;
	return automatic.kind == V_INT && automatic.i
		   ? 0
		   : touches[i].touch[way] | touches[i].touch[EITHER];
}

unsigned sequel_touch(struct stmt *row, unsigned together)
{
	return together & PERSONAL ? touch_of(row) & together : together;
}
