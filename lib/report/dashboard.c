/* The dashboard: its panels asked and answered. */
#include "report/dashboard.h"

#include <stdlib.h>

#include "report/dashboard_impl.h"
#include "report/job.h"
#include "schema/label.h"

/* Days [from, to), and those that they are compared with. */
struct span {
	int64_t from, to;
};

struct maker {
	struct dashboard *d;
	struct store *store;
	const struct query_context *context;
	const struct dashboard_asked *asked;
	struct span period, before, year;
	const char *narrowed; /* "owner = lan", or NULL */
	struct arena *arena;
	struct diag *diag;
};

/* -- when -- */

/* As many periods of that kind earlier: the same days of the month before. */
static int64_t day_earlier(int64_t day, enum period p)
{
	static const int months[] = {
		[PERIOD_MONTH] = 1, [PERIOD_QUARTER] = 3, [PERIOD_YEAR] = 12
	};
	if (p == PERIOD_DAY || p == PERIOD_WEEK)
		return day - (p == PERIOD_WEEK ? 7 : 1);
	return day_add_months(day, -months[p]);
}

static struct span days_of(const struct range *r)
{
	return (struct span){ zone_day(r->from), zone_day(r->to - 1) + 1 };
}

/* What was asked for, else the period that runs until today. */
static bool choose_times(struct maker *m)
{
	const struct dashboard_asked *asked = m->asked;
	int64_t today = zone_day(asked->now);
	const char *word = asked->period ? asked->period : "month";
	struct report_options o = { .from = asked->from, .to = asked->to, .now = asked->now };
	struct timing t;
	enum period p;
	static const struct report any = { 0 };
	if (!timing_parse(&any, &o, &m->context->settings->calendar, &t, m->diag))
		return false;
	if (!period_parse(str_of(word), &p))
		return diag_set(m->diag, NULL,
				"--period: %s is none of day, week, month, quarter, year",
				quoted(str_of(word), &m->diag->arena));
	t.against = AGAINST_PREVIOUS;
	if (t.range.has_to && !t.range.has_from)
		t.range.from = zone_instant(period_start(zone_day(t.range.to - 1), p), 0);
	else if (!t.range.has_from)
		t.range.from = zone_instant(period_start(today, p), 0);
	if (!t.range.has_to)
		t.range.to = zone_instant(today + 1, 0);
	if (t.range.from >= t.range.to)
		return diag_set(m->diag, NULL, "--from lies after --to");
	struct range earlier = range_before(&t);
	m->period = days_of(&t.range);
	m->before = days_of(&earlier);
	if (!t.range.has_from)
		m->before =
		    (struct span){ day_earlier(m->period.from, p), day_earlier(m->period.to, p) };
	m->year = (struct span){ day_add_months(period_start(m->period.to - 1, PERIOD_MONTH), -11),
				 m->period.to };
	return true;
}

/* -- who -- */

static const char *narrowing(const struct maker *m)
{
	const struct dashboard_asked *asked = m->asked;
	const char *words[] = { asked->owner ? asked->owner : asked->team };
	struct buf b = { 0 };
	if (!words[0])
		return NULL;
	buf_printf(&b, "%s = \"", asked->owner ? "owner" : "team");
	for (const char *p = words[0]; *p; p++) {
		if (*p == '"' || *p == '\\')
			buf_putc(&b, '\\');
		buf_putc(&b, *p);
	}
	buf_putc(&b, '"');
	const char *text = buf_copy(&b, m->arena).p;
	buf_free(&b);
	return text;
}

/* Nobody of that name is told before a panel is asked. */
static bool check_narrowing(const struct maker *m)
{
	struct query_context q = *m->context;
	struct node *n;
	if (!m->asked->owner && !m->asked->team)
		return true;
	if (m->asked->owner && m->asked->team)
		return diag_set(m->diag, NULL, "--owner and --team: one of them");
	q.entity = schema_entity(q.schema, m->asked->owner ? STR("deal") : STR("user"));
	n = where_parse(str_of(m->narrowed), &q, m->diag);
	if (!n)
		m->diag->source = m->asked->owner ? STR("--owner") : STR("--team");
	return n != NULL;
}

/* -- questions -- */

static void set_days(struct question *q, const struct span *days, struct arena *a)
{
	if (q->options.from || q->options.to)
		return;
	q->options.from = day_print(days->from, a).p;
	q->options.to = day_print(days->to, a).p;
}

static const char *both(const char *where, const char *narrowed, struct arena *a)
{
	if (!where || !narrowed)
		return where ? where : narrowed;
	return arena_printf(a, "(%s) and %s", where, narrowed).p;
}

/* A report that knows no owner says so; any other refusal ends it all. */
static bool open_parts(struct maker *m, struct answered *x, const struct question *q,
		       const char *where)
{
	struct diag why = { 0 };
	struct report_options o = q->options;
	if (parts_open(x->parts, m->store, q->report, q->part, &q->options, m->context, &why)) {
		diag_free(&why);
		return true;
	}
	o.where = where;
	bool general = m->narrowed &&
		       parts_open(x->parts, m->store, q->report, q->part, &o, m->context, m->diag);
	parts_close(x->parts);
	if (general)
		x->why = str_of(label(m->context->settings->language,
				      "This figure is not known by owner or team.",
				      "Số liệu này không chia theo người phụ trách hay nhóm."));
	else if (!m->narrowed)
		diag_set(m->diag, NULL, "%.*s", (int)why.message.n, why.message.p);
	diag_free(&why);
	return general;
}

/* The question, which another panel may have asked already. */
static struct answered *ask(struct maker *m, struct question *q, const struct panel *p,
			    const struct span *days)
{
	struct question *stays = arena_new(m->arena, struct question, 1);
	const char *where = q->options.where;
	*stays = *q;
	if (p->time != TIME_ALWAYS)
		set_days(stays, days, m->arena);
	stays->options.where = both(where, m->narrowed, m->arena);
	stays->options.now = m->asked->now;
	struct str command = question_command(stays, p, m->asked->program, m->arena);
	struct answered **at = &m->d->answers;
	for (; *at; at = &(*at)->next)
		if (str_eq((*at)->command, command))
			return *at;
	struct answered *x = *at = arena_new(m->arena, struct answered, 1);
	*x = (struct answered){ .command = command,
				.panel = p,
				.question = stays,
				.parts = arena_new(m->arena, struct parts, 1),
				.kept = kept_new(true) };
	*x->parts = (struct parts){ 0 };
	return open_parts(m, x, stays, where) ? x : NULL;
}

static struct str heading_of(const struct panel *p, const struct shown *s, enum language l)
{
	const char *own = label(l, p->en, p->vi);
	if (own)
		return str_of(own);
	if (is_kpi(s) && s->now->kept.answer.columns && dashboard_column(s) < s->now->kept.answer.n)
		return s->now->kept.answer.columns[dashboard_column(s)].label;
	return str_of(label(l, s->report->title, s->report->title_vi));
}

static bool begin_panel(struct maker *m, const struct panel *p, struct shown *s)
{
	struct question q;
	const char *at;
	*s = (struct shown){ .panel = p };
	if (!question_read(&q, p, &at, m->diag))
		return false;
	bool dated = q.options.from || q.options.to || p->time != TIME_PERIOD;
	s->report = q.report;
	s->period = q.options.period;
	s->picture = q.report->chart;
	if (p->chart && !picture_read(p->chart, &s->picture, m->diag))
		return false;
	s->now = ask(m, &q, p, p->time == TIME_YEAR ? &m->year : &m->period);
	if (s->now && p->kpi && !dated)
		s->before = ask(m, &q, p, &m->before);
	return s->now && (!p->kpi || dated || s->before);
}

static bool end_panel(struct maker *m, struct shown *s)
{
	const struct panel *p = s->panel;
	s->heading = heading_of(p, s, m->context->settings->language);
	s->facts = s->now->why.n ? m->d->facts : s->now->facts;
	return !p->kpi || s->now->why.n || dashboard_column(s) < s->now->kept.answer.n ||
	       diag_set(m->diag, NULL, "report %s has no figure %s", s->report->name,
			quoted(str_of(p->kpi), &m->diag->arena));
}

static struct str days_text(const struct span *days, struct arena *a)
{
	struct str first = day_print(days->from, a), last = day_print(days->to - 1, a);
	return str_eq(first, last)
		   ? first
		   : arena_printf(a, "%.*s – %.*s", (int)first.n, first.p, (int)last.n, last.p);
}

static void set_facts(struct maker *m)
{
	enum language l = m->context->settings->language;
	struct dashboard *d = m->d;
	const struct dashboard_asked *asked = m->asked;
	d->facts = (struct report_facts){
		.title = str_of(label(l, "Dashboard", "Bảng điều hành")),
		.as_of = instant_print_local(asked->now, m->arena),
		.zone = str_of(zone_name()),
		.period = days_text(&m->period, m->arena),
	};
	if (asked->owner)
		d->facts.filter = arena_printf(m->arena, "%s %s",
					       label(l, "owner", "người phụ trách"), asked->owner);
	else if (asked->team)
		d->facts.filter =
		    arena_printf(m->arena, "%s %s", label(l, "team", "nhóm"), asked->team);
	d->as_of = instant_print(asked->now, m->arena);
	d->from = day_print(m->period.from, m->arena);
	d->to = day_print(m->period.to, m->arena);
	d->before = days_text(&m->before, m->arena);
}

static bool refuse_panel(struct maker *m, const struct panel *p)
{
	m->diag->source = arena_printf(m->arena, "dashboard.%s", p->name);
	return false;
}

/* All are asked before one is answered. */
static bool make_panels(struct maker *m, const struct panel *panels, size_t n)
{
	struct dashboard *d = m->d;
	const struct answered *failed;
	for (; d->n < n; d->n++)
		if (!begin_panel(m, &panels[d->n], &d->panels[d->n]))
			return refuse_panel(m, &panels[d->n]);
	failed = dashboard_answer(d, m->store, m->diag);
	if (failed)
		return refuse_panel(m, failed->panel);
	for (size_t i = 0; i < n; i++)
		if (!end_panel(m, &d->panels[i]))
			return refuse_panel(m, &panels[i]);
	return true;
}

bool dashboard_make(struct dashboard *d, struct store *s, const struct query_context *q,
		    const struct dashboard_asked *asked, struct arena *a, struct diag *diag)
{
	struct maker m = {
		.d = d, .store = s, .context = q, .asked = asked, .arena = a, .diag = diag
	};
	size_t n;
	db_begin_read(s->db);
	const struct panel *panels = panels_stored(s, &n, a);
	*d = (struct dashboard){ .arena = a, .codec = answer_codec(s, a) };
	if (!n) {
		panels = dashboard_panels;
		n = ndashboard_panels;
	}
	m.narrowed = narrowing(&m);
	if (!choose_times(&m) || !check_narrowing(&m))
		return false;
	set_facts(&m);
	d->panels = arena_new(a, struct shown, n);
	bool made = make_panels(&m, panels, n);
	db_commit(s->db);
	return made;
}

void dashboard_free(struct dashboard *d)
{
	for (struct answered *x = d->answers; x; x = x->next) {
		parts_close(x->parts);
		kept_free(&x->kept);
	}
	d->answers = NULL;
}
