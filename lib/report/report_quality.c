/* quality: how complete the records are, field by field, and what is wrong with them. */
#include "core/phone.h"
#include "report/study.h"
#include "report/take.h"
#include "schema/check.h"
#include "schema/label.h"

static const char *const id_path[] = { "id", NULL };

static const struct source sources[] = {
	{ "lead", "lead", .where = "status != converted", .time = { "created_at" }, .apart = true,
	  .reads = id_path },
	{ "account", "account", .time = { "created_at" }, .apart = true, .reads = id_path },
	{ "contact", "contact", .time = { "created_at" }, .apart = true, .reads = id_path },
	{ "deal", "deal", .time = { "created_at" }, .apart = true, .reads = id_path },
	{ "ticket", "ticket", .time = { "created_at" }, .apart = true, .reads = id_path },
};

static struct str type_word(const struct schema *s, struct str key, enum language l,
			    struct arena *a)
{
	return entity_label(schema_entity(s, key), l, a);
}

/* A field is called alike in all types, by and large: the first that has it names it. */
static struct str field_word(const struct schema *s, struct str key, enum language l,
			     struct arena *a)
{
	for (size_t i = 0; i < countof(sources); i++) {
		const struct field *f =
		    entity_field(schema_entity(s, str_of(sources[i].entity)), key);
		if (f)
			return field_label(f, l, a);
	}
	return key;
}

/* -- completeness -- */

enum { AT_ONCE = 48 }; /* fields that one reading of the records takes */

static const struct study_column columns[] = {
	{ "record_type", "Records", "Loại hồ sơ", .role = ROLE_DIMENSION, .word = type_word },
	{ "field", "Field", "Trường", .role = ROLE_DIMENSION, .word = field_word },
	{ "records", "Count", "Số hồ sơ", STUDY_FIGURE = UNIT_COUNT },
	{ "filled", "Filled", "Có dữ liệu", STUDY_FIGURE = UNIT_COUNT },
	{ "share", "Share", "Tỷ lệ", STUDY_FIGURE = UNIT_SHARE },
};

/* What people fill in: not what the store sets, nor yes or no, which all have, and its proof. */
static bool is_asked_for(const struct field *f)
{
	return !(f->flags & (F_SYSTEM | F_DERIVED | F_HIDDEN | F_RETIRED)) &&
	       f->type != &type_bool && strncmp(f->name, "do_not_", strlen("do_not_")) != 0;
}

static void put_fields(struct study *s, const char *source, const char *const *paths, size_t n)
{
	int64_t filled[AT_ONCE] = { 0 };
	int64_t count = records_filled(s->job, source, paths, filled);
	for (size_t i = 0; i < n; i++) {
		const struct value row[] = {
			study_text(source),   study_text(paths[i]),	     value_int(count),
			value_int(filled[i]), study_ratio(filled[i], count),
		};
		study_put(s, row);
	}
}

static void put_type(struct study *s, const char *source)
{
	const struct entity *e = schema_entity(s->job->context->schema, str_of(source));
	const char *paths[AT_ONCE + 1];
	size_t n = 0;
	for (size_t i = 0; i < e->nfields; i++) {
		if (is_asked_for(&e->fields[i]))
			paths[n++] = e->fields[i].name;
		if (n && (n == AT_ONCE || i + 1 == e->nfields)) {
			paths[n] = NULL;
			put_fields(s, source, paths, n);
			n = 0;
		}
	}
}

/* -- what is wrong -- */

enum issue { NO_OWNER, STALE, UNREACHABLE, UNREADABLE_PHONE, ISSUES };

static const struct pick issue_picks[ISSUES] = {
	[NO_OWNER] = { "no_owner", "Without owner", "Không có người phụ trách", false },
	[STALE] = { "stale", "Open and idle", "Đang mở, bị bỏ quên", false },
	[UNREACHABLE] = { "unreachable", "No way to reach them", "Không có cách liên lạc", false },
	[UNREADABLE_PHONE] = { "unreadable_phone", "Unreadable telephone",
			       "Số điện thoại không hợp lệ", false },
};

static struct str issue_word(const struct schema *s, struct str key, enum language l,
			     struct arena *a)
{
	const struct picklist words = { .picks = issue_picks, .n = ISSUES };
	(void)s, (void)a;
	return key_label(&words, key, l);
}

static const struct study_column issue_columns[] = {
	{ "record_type", "Records", "Loại hồ sơ", .role = ROLE_DIMENSION, .word = type_word },
	{ "issue", "Issue", "Vấn đề", .role = ROLE_DIMENSION, .word = issue_word },
	{ "records", "Count", "Số hồ sơ", STUDY_FIGURE = UNIT_COUNT },
	{ "found", "Found", "Có vấn đề", STUDY_FIGURE = UNIT_COUNT },
	{ "share", "Share", "Tỷ lệ", STUDY_FIGURE = UNIT_SHARE },
};

/* What is looked at, of what a type has. */
enum { OWNER, UPDATED, CONTACTED, PHONE, MOBILE, EMAIL, ZALO, CLOSED, STATUS, LOOKED };
static const char *const looked[LOOKED] = {
	[OWNER] = "owner", [UPDATED] = "updated_at", [CONTACTED] = "last_contacted_at",
	[PHONE] = "phone", [MOBILE] = "mobile",	     [EMAIL] = "email",
	[ZALO] = "zalo",   [CLOSED] = "closed_at",   [STATUS] = "status",
};

struct inspection {
	struct study *study;
	int64_t before; /* idle since then is stale */
	bool has[LOOKED];
	struct value now[LOOKED]; /* of the record at hand; V_NULL where it has none */
	int64_t records, found[ISSUES];
};

static bool is_any(const struct inspection *x, size_t first, size_t last)
{
	for (size_t i = first; i <= last; i++)
		if (x->now[i].kind != V_NULL)
			return true;
	return false;
}

static bool has_any(const struct inspection *x, size_t first, size_t last)
{
	for (size_t i = first; i <= last; i++)
		if (x->has[i])
			return true;
	return false;
}

/* A ticket brought in as resolved need not say when. */
static bool is_over(const struct inspection *x)
{
	static const char *const over[] = { "disqualified", "resolved", "closed", NULL };
	const struct value *status = &x->now[STATUS];
	return is_any(x, CLOSED, CLOSED) || (status->kind == V_TEXT && is_one_of(status->s, over));
}

static bool is_idle(const struct inspection *x)
{
	for (size_t i = UPDATED; i <= CONTACTED; i++) {
		int64_t at;
		if (value_instant(&x->now[i], &at) && at >= x->before)
			return false;
	}
	return true;
}

static bool is_unreadable(const struct inspection *x, const struct value *phone)
{
	const char *region = x->study->job->context->settings->region;
	return phone->kind == V_TEXT && !phone_e164(phone->s, region, &x->study->row).n;
}

static void inspect(struct inspection *x)
{
	x->records++;
	x->found[NO_OWNER] += !is_any(x, OWNER, OWNER);
	x->found[STALE] += !is_over(x) && is_idle(x);
	x->found[UNREACHABLE] += !is_any(x, PHONE, ZALO);
	x->found[UNREADABLE_PHONE] +=
	    is_unreadable(x, &x->now[PHONE]) || is_unreadable(x, &x->now[MOBILE]);
	arena_reset(&x->study->row);
}

static void read_type(struct inspection *x, const char *source)
{
	const struct entity *e = schema_entity(x->study->job->context->schema, str_of(source));
	const char *paths[LOOKED + 1];
	size_t n = 0;
	struct value when;
	const struct value *v;
	for (size_t i = 0; i < LOOKED; i++) {
		x->has[i] = entity_field(e, str_of(looked[i])) != NULL;
		if (x->has[i])
			paths[n++] = looked[i];
	}
	paths[n] = NULL;
	struct records *r = records_open(x->study->job, source, paths);
	while ((v = records_next(r, &when))) {
		for (size_t i = n = 0; i < LOOKED; i++)
			x->now[i] = x->has[i] ? v[n++] : value_null();
		inspect(x);
	}
	records_close(r);
}

static void put_issues(struct study *s, const char *source, int64_t before)
{
	struct inspection x = { .study = s, .before = before };
	read_type(&x, source);
	const bool can[ISSUES] = {
		[NO_OWNER] = x.has[OWNER],
		[STALE] = has_any(&x, CLOSED, STATUS), /* a customer is never over */
		[UNREACHABLE] = has_any(&x, PHONE, ZALO),
		[UNREADABLE_PHONE] = has_any(&x, PHONE, MOBILE),
	};
	for (size_t i = 0; i < ISSUES; i++) {
		const struct value row[] = {
			study_text(source),
			study_text(issue_picks[i].key),
			value_int(x.records),
			value_int(x.found[i]),
			study_ratio(x.found[i], x.records),
		};
		if (can[i])
			study_put(s, row);
	}
}

/* -- the answer -- */

static bool compute(struct job *j, struct answer *out, struct diag *d)
{
	struct study s = { .job = j, .out = out, .diag = d };
	int64_t before = report_now(j) - study_whole(&s, "stale") * DAY_SECONDS;
	bool issues = study_on(&s, "issues"),
	     ok = study_plain(&s, false, false, true) && study_moneyless(&s);
	if (ok && issues)
		study_begin(&s, issue_columns, countof(issue_columns));
	else if (ok)
		study_begin(&s, columns, countof(columns));
	for (size_t i = 0; ok && i < j->nfeeds; i++) {
		if (!feed_reads(&j->feeds[i]))
			continue;
		if (issues)
			put_issues(&s, j->feeds[i].source->name, before);
		else
			put_type(&s, j->feeds[i].source->name);
	}
	study_close(&s);
	return ok;
}

static const struct report_option options[] = {
	{ "issues", .help = "what is wrong with records, in place of how full they are",
	  .flag = true },
	{ "stale", "DAYS", "days after which an open record that nobody touched is stale (30)",
	  .most = 36500, .def = "30" },
	{ 0 },
};

static const struct dimension dimensions[] = {
	{ "owner", { "owner", "owner", "owner", "owner", "owner" }, .vi = "Người phụ trách" },
	{ "team",
	  { "owner.team", "owner.team", "owner.team", "owner.team", "owner.team" },
	  .vi = "Nhóm" },
	{ 0 },
};

const struct report report_quality = {
	.name = "quality",
	.title = "Quality of the data",
	.title_vi = "Chất lượng dữ liệu",
	.sources = sources,
	.nsources = countof(sources),
	.dimensions = dimensions,
	.compute = compute,
	.each = true,
	.options = options,
	.chart = { .none = true },
	.definition =
	    "Leads that are not converted, accounts, contacts, deals and tickets, by created_at:\n"
	    "for every field that people fill in, those of one's own included, how many records\n"
	    "have it filled, and their share; what the store sets itself, and yes or no, are left\n"
	    "out.  A default counts as filled.  --issues: no_owner: nobody owns it; stale: not "
	    "disqualified,\n"
	    "closed or resolved, and nobody wrote to it or was in touch with its people\n"
	    "(updated_at, last_contacted_at) for --stale days (30); unreachable: neither "
	    "telephone,\n"
	    "mobile, e-mail nor Zalo; unreadable_phone: a telephone or mobile that cannot be read\n"
	    "as a number of any country, which was kept and is never matched.  E-mail addresses\n"
	    "that are none are refused when they come in.  --by owner, team: each one's own.",
};
