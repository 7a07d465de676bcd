/* frequency: on what days and at what hours customers are about, and pick up. */
#include "report/study.h"
#include "report/take.h"
#include "schema/label.h"

enum { WEEKDAYS = 7, HOURS = 24 };

static const struct pick day_picks[WEEKDAYS] = {
	{ "mon", "Monday", "Thứ hai", false },	 { "tue", "Tuesday", "Thứ ba", false },
	{ "wed", "Wednesday", "Thứ tư", false }, { "thu", "Thursday", "Thứ năm", false },
	{ "fri", "Friday", "Thứ sáu", false },	 { "sat", "Saturday", "Thứ bảy", false },
	{ "sun", "Sunday", "Chủ nhật", false },
};

static struct str day_word(const struct schema *s, struct str key, enum language l, struct arena *a)
{
	const struct picklist words = { .picks = day_picks, .n = WEEKDAYS };
	(void)s, (void)a;
	return key_label(&words, key, l);
}

static const struct study_column columns[] = {
	{ "weekday", "Day", "Thứ", .role = ROLE_DIMENSION, .word = day_word },
	{ "hour", "Hour", "Giờ", .role = ROLE_DIMENSION },
	{ "events", "Events", "Sự kiện", STUDY_FIGURE = UNIT_COUNT },
	{ "calls", "Calls", "Cuộc gọi", STUDY_FIGURE = UNIT_COUNT },
	{ "answered", "Answered", "Nghe máy", STUDY_FIGURE = UNIT_COUNT },
	{ "answer_rate", "Answer rate", "Tỷ lệ nghe máy", STUDY_FIGURE = UNIT_SHARE },
};

struct hour {
	int64_t events, calls, answered;
};

static struct hour *cell_at(struct hour cells[WEEKDAYS][HOURS], const struct value *when)
{
	int64_t at;
	if (!value_instant(when, &at))
		return NULL;
	return &cells[weekday_of(zone_day(at))][zone_second(at) / 3600];
}

static const char *const no_paths[] = { NULL };
static const char *const call_paths[] = { "outcome", "duration_s", "direction", NULL };

static void read_events(struct job *j, struct hour cells[WEEKDAYS][HOURS])
{
	struct value when;
	struct records *r = records_open(j, "event", no_paths);
	while (records_next(r, &when)) {
		struct hour *c = cell_at(cells, &when);
		if (c)
			c->events++;
	}
	records_close(r);
}

static void read_calls(struct job *j, struct hour cells[WEEKDAYS][HOURS])
{
	struct value when;
	const struct value *v;
	struct records *r = records_open(j, "call", call_paths);
	while ((v = records_next(r, &when))) {
		struct hour *c = cell_at(cells, &when);
		if (!c)
			continue;
		c->calls++;
		c->answered += call_connected(&v[0], &v[1], &v[2]);
	}
	records_close(r);
}

static void put_cells(struct study *s, struct hour cells[WEEKDAYS][HOURS], bool events, bool calls)
{
	study_begin(s, columns, countof(columns));
	for (int64_t day = 0; day < WEEKDAYS; day++)
		for (int64_t hour = 0; hour < HOURS; hour++) {
			const struct hour *c = &cells[day][hour];
			const struct value row[] = {
				study_text(day_picks[day].key),
				value_int(hour),
				events ? value_int(c->events) : value_null(),
				calls ? value_int(c->calls) : value_null(),
				calls ? value_int(c->answered) : value_null(),
				calls ? study_ratio(c->answered, c->calls) : value_null(),
			};
			study_put(s, row);
		}
}

static bool compute(struct job *j, struct answer *out, struct diag *d)
{
	struct study s = { .job = j, .out = out, .diag = d };
	struct hour cells[WEEKDAYS][HOURS] = { 0 };
	bool ok = study_plain(&s, false, false, true);
	bool calls = feed_reads(&j->feeds[0]), events = feed_reads(&j->feeds[1]);
	if (ok && calls)
		read_calls(j, cells);
	if (ok && events)
		read_events(j, cells);
	if (ok)
		put_cells(&s, cells, events, calls);
	study_close(&s);
	return ok;
}

static const struct source sources[] = {
	{ "call", "activity", .where = "kind = call and status = done and direction != 'in'",
	  .time = { "started_at", "done_at" }, .apart = true, .reads = call_paths },
	{ "event", "event", .time = { "at" }, .apart = true, .reads = no_paths },
};

const struct report report_frequency = {
	.name = "frequency",
	.title = "Activity by weekday and hour",
	.title_vi = "Tần suất theo thứ và giờ",
	.sources = sources,
	.nsources = countof(sources),
	.compute = compute,
	.chart = { CHART_HEAT, .category = "hour", .values = "answered", .series = "weekday" },
	.definition =
	    "Every hour of the week, by the clock of the database's zone.  events: what customers\n"
	    "did, as other systems report it, by the hour in which it was (at).  calls: our calls\n"
	    "that are done, by the hour in which they began (started_at, else done_at); answered:\n"
	    "those in which somebody spoke, as crm-report calls has it; answer_rate: answered /\n"
	    "calls.  What -w asks for and one of the two does not have leaves its figures empty.",
};
