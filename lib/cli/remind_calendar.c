/* crm-remind -o ics: activities as crm-export writes them, days of the year, tasks. */
#include <stdio.h>

#include "cli/heading.h"
#include "cli/remind.h"
#include "core/date.h"
#include "core/map.h"
#include "stream/calendar.h"

#define MORE_FIELDS ",on,alarm_s"
enum { FIELDS_MAX_HERE = 32, MORNING = 8 * 60 * 60 };

struct calendar_row {
	struct column columns[FIELDS_MAX_HERE];
	struct cell cells[FIELDS_MAX_HERE];
	size_t n;
};

struct drawing {
	struct crm *crm;
	struct writer *out;
	int64_t alarm_s;
	struct query_context activities;
	struct select what;
	struct cursor *cursor; /* of activities; NULL: not needed yet */
	struct calendar_row row;
	struct arena arena; /* of the row at hand */
};

static struct calendar_row row_new(void)
{
	struct calendar_row r = { .n = 0 };
	struct str rest = STR(CALENDAR_FIELDS MORE_FIELDS), name;
	while (str_cut(&rest, ',', &name))
		r.columns[r.n++] = (struct column){ .name = name };
	return r;
}

static void set(struct calendar_row *r, const char *name, struct str text)
{
	for (size_t i = 0; i < r->n; i++)
		if (str_is(r->columns[i].name, name))
			r->cells[i] = cell_text(text);
}

/* The whole activity, with its rule; a calendar reckons its times itself. */
static void put_activity(struct drawing *d, const struct remind_item *item)
{
	const struct cell *cells;
	struct path *paths;
	int64_t id;
	if (!d->cursor) {
		if (!fields_parse(STR(CALENDAR_FIELDS), &d->activities, NULL, 0, &paths,
				  &d->what.npaths, &d->crm->diag))
			refuse(d->crm, STATUS_ENV);
		d->what.paths = paths;
		d->cursor = cursor_open_by_id(d->crm->store, &d->what);
	}
	cursor_seek(d->cursor, item->id);
	if (!cursor_next(d->cursor, false, &cells, &id))
		return;
	memset(d->row.cells, 0, sizeof d->row.cells);
	memcpy(d->row.cells, cells, d->what.npaths * sizeof *cells);
	set(&d->row, "alarm_s", arena_printf(&d->arena, "%lld", (long long)d->alarm_s));
	writer_row(d->out, d->row.cells);
}

/* Every year on that day since the first; of the 29th of February, on the month's last. */
static void set_yearly(struct drawing *d, const struct remind_item *item)
{
	int since = item->figure < 0 ? 0 : item->figure;
	int day = item->month == 2 && item->day == 29 ? -1 : item->day;
	int64_t first = remind_day_in(civil_of(item->at).year - since, item->month, item->day);
	set(&d->row, "on", day_print(first, &d->arena));
	set(&d->row, "repeats",
	    arena_printf(&d->arena, "FREQ=YEARLY;BYMONTH=%d;BYMONTHDAY=%d", item->month, day));
}

/* "Birthday: Trần Lan"; of what is no day of every year, what there is to say, too. */
static struct str summary(const struct remind_row *r, const struct remind_item *item,
			  enum language l, struct arena *a)
{
	const char *kind = remind_kind_label(str_of(r->kind), l);
	bool said = r->subject.n && item->source->how != REMIND_YEARLY;
	return arena_printf(a, "%s: %.*s%s%.*s", kind, (int)r->name.n, r->name.p,
			    said && r->name.n ? " – " : "", said ? (int)r->subject.n : 0,
			    said ? r->subject.p : "");
}

/* How they are reached, a line each. */
static struct str description(const struct remind_row *r, struct arena *a)
{
	const struct str lines[] = { r->company, r->phone, r->email, r->zalo };
	struct str all = { 0 };
	for (size_t i = 0; i < countof(lines); i++)
		if (lines[i].n)
			all = arena_printf(a, "%.*s%s%.*s", (int)all.n, all.p ? all.p : "",
					   all.n ? "\n" : "", (int)lines[i].n, lines[i].p);
	return all;
}

static void put_reminder(struct drawing *d, const struct remind_item *item,
			 const struct remind_row *r)
{
	struct arena *a = &d->arena;
	bool whole_day = !item->timed && !item->source->undated;
	memset(d->row.cells, 0, sizeof d->row.cells);
	set(&d->row, "id",
	    arena_printf(a, "%.*s-%s", (int)r->record.n, r->record.p, item->source->kind));
	set(&d->row, "kind", str_of(item->source->kind));
	set(&d->row, "subject", summary(r, item, crm_language(d->crm), a));
	set(&d->row, "body", description(r, a));
	set(&d->row, "status", STR("planned"));
	set(&d->row, "created_at", r->created_at);
	/* When they buy again no change of the record tells; a calendar takes what is later. */
	set(&d->row, "updated_at",
	    item->source->where ? r->updated_at : instant_print(store_instant(d->crm->store), a));
	set(&d->row, "rev", r->rev);
	if (item->source->how == REMIND_YEARLY)
		set_yearly(d, item);
	else if (whole_day)
		set(&d->row, "on", day_print(item->at, a));
	else if (!item->source->undated)
		set(&d->row, "due_at", instant_print(item->at, a));
	set(&d->row, "alarm_s",
	    arena_printf(a, "%lld", (long long)(whole_day ? MORNING : d->alarm_s)));
	writer_row(d->out, d->row.cells);
}

/* What repeats is one entry, whose rule the calendar follows. */
static bool is_drawn(const struct remind_item *item, struct map *drawn)
{
	struct str key = { (const char *)&item->id, sizeof item->id };
	return item->source->how == REMIND_REPEATS && (*map_at(drawn, key))++;
}

void remind_calendar(struct crm *crm, const struct remind_items *items,
		     const struct remind_window *w, int64_t alarm_s)
{
	struct drawing d = { .crm = crm, .alarm_s = alarm_s, .row = row_new() };
	struct writer_options o = { .format = FORMAT_ICS, .ops = &ics_writer };
	struct remind_row r;
	struct map drawn = { 0 };
	struct remind_reader *reader = remind_open(crm->store, w, remind_context, crm);
	d.activities = query_context(crm, store_entity(crm->store, "activity"));
	d.what = (struct select){ .context = &d.activities, .limit = -1 };
	d.out = writer_open(stdout, d.row.columns, d.row.n, &o);
	for (size_t i = 0; i < items->n; i++) {
		const struct remind_item *item = &items->item[i];
		if (is_drawn(item, &drawn))
			continue;
		if (!strcmp(item->source->entity, "activity"))
			put_activity(&d, item);
		else if (remind_describe(reader, item, &r))
			put_reminder(&d, item, &r);
		arena_reset(&d.arena);
	}
	if (d.cursor)
		cursor_close(d.cursor);
	remind_close(reader);
	writer_close(d.out);
	map_free(&drawn);
	arena_free(&d.arena);
}
