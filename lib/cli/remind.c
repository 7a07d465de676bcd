/* crm-remind: what is asked for, and printing it. */
#include "cli/remind.h"

#include "cli/heading.h"
#include "report/answer.h"

enum { DAYS_DEFAULT = 7, DAYS_MOST = 36500, ALARM_MINUTES = 15, ALARM_MOST = 100000 };

/* clang-format off */
#define OUTPUT                                                                                     \
	{ "output", 'o', OPTION_TEXT, "FORMAT", "table, csv, tsv, json, jsonl, refs or ics",       \
	  "table csv tsv json jsonl refs ics" }
#define OWNER                                                                                      \
	{ "owner", 0, OPTION_TEXT, "LOGIN", "only what is that user's (me; none: nobody's)", NULL }
#define ALARM                                                                                      \
	{ "alarm", 0, OPTION_INT, "MINUTES", "calendars: tell so long before (15; 0: then)", NULL }

const struct option_def remind_options[] = { OUTPUT, OWNER, ALARM, { 0 } };

const struct option_def remind_window_options[] = {
	OUTPUT, OWNER, ALARM,
	{ "days", 0, OPTION_INT, "N", "how many days, the first with them (7; of sla 1)", NULL },
	{ "from", 0, OPTION_TEXT, "DATE", "the first day (else today)", NULL },
	{ 0 },
};

const struct option_def remind_since_options[] = {
	OUTPUT, OWNER, ALARM,
	{ "days", 0, OPTION_INT, "N",
	  "for longer than N days (untouched: 7; stale: what each stage allows)", NULL },
	{ 0 },
};

static const struct heading columns[] = {
	{ "id", "ID", "Mã", false },
	{ "kind", "Kind", "Loại", false },
	{ "at", "At", "Lúc", false },
	{ "days", "Days", "Số ngày", true },
	{ "owner", "Owner", "Người phụ trách", false },
	{ "name", "Name", "Tên", false },
	{ "company", "Company", "Công ty", false },
	{ "subject", "Subject", "Nội dung", false },
	{ "phone", "Phone", "Điện thoại", false },
	{ "email", "E-mail", "Email", false },
	{ "zalo", "Zalo", "Zalo", false },
	{ "record", "Record", "Bản ghi", false },
};
/* clang-format on */
enum { KIND = 1, AT, DAYS, COLUMNS = countof(columns) };

struct query_context remind_context(void *crm, const struct entity *e)
{
	return query_context(crm, e);
}

/* -- what is asked for -- */

static int64_t first_day(struct crm *crm, int64_t now)
{
	const char *text = option(crm, "from");
	struct when w;
	if (!text)
		return zone_day(now);
	if (!when_parse(str_of(text), &crm->store->settings.calendar, &w, &crm->diag)) {
		crm->diag.source = STR("--from");
		refuse(crm, STATUS_USAGE);
	}
	return w.is_instant ? zone_day(w.from) : w.from;
}

static struct remind_window window_of(struct crm *crm, const struct remind_list *list)
{
	bool since = crm->verb->options == remind_since_options;
	bool day = !strcmp(list->name, "today") || !strcmp(list->name, "sla");
	int64_t now = store_instant(crm->store);
	int64_t standard = day ? 1 : DAYS_DEFAULT, days = option_int(crm, "days", standard);
	struct remind_window w = { .now = now, .from = first_day(crm, now), .days = days };
	if (days > DAYS_MOST || (!since && !days))
		usage(crm, "--days: from %d to %d", !since, DAYS_MOST);
	w.to = w.from + days;
	if (!strcmp(list->name, "stale") && !option(crm, "days"))
		w.days = -1;
	return w;
}

static bool is_named(const struct entity *e, const char *word)
{
	return !strcmp(word, e->name) || !strcmp(word, e->plural);
}

static bool is_called(struct crm *crm, const struct remind_source *source, const char *word)
{
	return is_named(store_entity(crm->store, source->entity), word);
}

/* The name of a record type that the list does not look at would be searched for, and not found. */
static void refuse_type(struct crm *crm, const struct remind_list *list, const char *word)
{
	const struct schema *schema = &crm->store->schema;
	struct buf b = { 0 };
	for (size_t i = 0; i < schema->nentities; i++) {
		if (!is_named(schema->entities[i], word))
			continue;
		for (size_t k = 0; k < list->n; k++)
			if (!k || strcmp(list->sources[k].entity, list->sources[k - 1].entity))
				buf_printf(&b, "%s%s", k ? ", " : "", list->sources[k].entity);
		usage(crm, "%s looks at no %s, but at: %.*s", list->name,
		      schema->entities[i]->plural, (int)b.n, b.p);
	}
}

/* How many operands are types of the list; the rest are terms. */
static int types_named(struct crm *crm, const struct remind_list *list, int argc, char **argv)
{
	int n = 0;
	for (bool known = true; n < argc && known; n += known) {
		known = false;
		for (size_t i = 0; i < list->n; i++)
			known |= is_called(crm, &list->sources[i], argv[n]);
	}
	if (n < argc)
		refuse_type(crm, list, argv[n]);
	return n;
}

static bool is_wanted(struct crm *crm, const struct remind_source *source, int types_n, char **argv)
{
	bool named = false;
	for (int i = 0; i < types_n; i++)
		named |= is_called(crm, source, argv[i]);
	return types_n ? named : !source->if_named;
}

/* Whether the terms speak of what this record type has: status of contacts, say, they do not. */
static bool makes_sense(struct crm *crm, const struct query_context *q, int argc, char **argv)
{
	bool ok = true;
	for (int i = 0; i < argc && ok; i++)
		ok = term_parse(str_of(argv[i]), q, true, &crm->diag) != NULL;
	for (size_t i = 0; i < crm->nvalues && ok; i++)
		if (!strcmp(crm->values[i].def->name, "where"))
			ok = where_parse(str_of(crm->values[i].text), q, &crm->diag) != NULL;
	return ok;
}

static struct node *condition(struct crm *crm, const struct query_context *q, int argc, char **argv)
{
	const char *owner = option(crm, "owner");
	struct operands o;
	operands_parse(crm, q->entity, argc, argv, OPERAND_SEARCH, &o);
	if (o.stdin_named || o.ntargets)
		usage(crm, "records are chosen by terms, such as owner:lan, or -w");
	if (!owner)
		return o.where;
	struct str term = arena_printf(&crm->arena, "owner:%s", owner);
	struct node *theirs = term_parse(term, q, false, &crm->diag);
	if (!theirs)
		refuse(crm, STATUS_USAGE);
	return node_and(o.where, theirs, &crm->arena);
}

/* The sources that are asked for and of which the terms make sense; of which none does, refused. */
static size_t asked(struct crm *crm, const struct remind_list *list, int argc, char **argv,
		    struct remind_asked *all)
{
	int types_n = types_named(crm, list, argc, argv);
	size_t n = 0;
	for (int sense = 1; sense >= 0 && !n; sense--)
		for (size_t i = 0; i < list->n; i++) {
			const struct remind_source *source = &list->sources[i];
			const struct entity *e = store_entity(crm->store, source->entity);
			struct query_context q = query_context(crm, e);
			if (!is_wanted(crm, source, types_n, argv) ||
			    (sense && !makes_sense(crm, &q, argc - types_n, argv + types_n)))
				continue;
			all[n++] = (struct remind_asked){
				source, q, condition(crm, &q, argc - types_n, argv + types_n)
			};
		}
	return n;
}

static void collect(struct crm *crm, const struct remind_list *list, const struct remind_window *w,
		    int argc, char **argv, struct remind_items *items)
{
	struct remind_asked *all = arena_new(&crm->arena, struct remind_asked, list->n);
	size_t n = asked(crm, list, argc, argv, all);
	if (!list->sources->where) {
		remind_reorders(crm, all, n, w, items);
		return;
	}
	for (size_t i = 0; i < n; i++)
		if (!remind_collect(crm->store, all[i].source, &all[i].context, all[i].where, w,
				    items, &crm->diag))
			refuse(crm, STATUS_ENV);
}

/* -- printing -- */

struct printing {
	struct crm *crm;
	struct writer *out;
	struct arena arena; /* of the row at hand */
};

static struct value text_value(struct str s)
{
	return s.n ? value_text(s) : value_null();
}

static void fill(struct value row[COLUMNS], const struct remind_item *item,
		 const struct remind_row *r, struct arena *a)
{
	const struct value values[COLUMNS] = {
		text_value(r->id),
		text_value(str_of(r->kind)),
		value_text(item->timed ? instant_print(item->at, a) : day_print(item->at, a)),
		value_int(r->days),
		text_value(r->owner),
		text_value(r->name),
		text_value(r->company),
		text_value(r->subject),
		text_value(r->phone),
		text_value(r->email),
		text_value(r->zalo),
		text_value(r->record),
	};
	memcpy(row, values, sizeof values);
}

/* As people read it: the zone's time, the kind's name in their language. */
static struct str for_people(struct printing *p, size_t column, struct str s)
{
	int64_t at;
	if (column == AT && instant_scan(s, &at))
		return instant_print_local(at, &p->arena);
	return column == KIND ? str_of(remind_kind_label(s, crm_language(p->crm))) : s;
}

static void put(struct printing *p, const struct value *row)
{
	struct cell cells[COLUMNS];
	for (size_t i = 0; i < COLUMNS; i++) {
		cells[i] = cell_null();
		if (row[i].kind == V_INT)
			cells[i] = (struct cell){ CELL_NUMBER, arena_printf(&p->arena, "%lld",
									    (long long)row[i].i) };
		else if (row[i].kind == V_TEXT)
			cells[i] = (struct cell){ CELL_TEXT, row[i].s };
		if (cells[i].kind == CELL_TEXT && writer_human(p->out))
			cells[i].text = for_people(p, i, cells[i].text);
	}
	writer_row(p->out, cells);
	arena_reset(&p->arena);
}

/* In another order: all rows are kept. */
static void put_sorted(struct printing *p, struct remind_reader *reader,
		       const struct remind_items *items)
{
	struct answer_column *c = arena_new(&p->crm->arena, struct answer_column, COLUMNS);
	struct codec codec = store_codec(p->crm->store, &p->crm->arena);
	int64_t limit = option_int(p->crm, "limit", -1), offset = option_int(p->crm, "offset", 0);
	struct kept kept = kept_new(false);
	struct remind_row r;
	struct value row[COLUMNS];
	for (size_t i = 0; i < COLUMNS; i++)
		c[i] = (struct answer_column){ .name = str_of(columns[i].name),
					       .role = i == DAYS ? ROLE_FIGURE : ROLE_DIMENSION };
	answer_begin(&kept.answer, c, COLUMNS);
	for (size_t i = 0; i < items->n; i++) {
		if (remind_describe(reader, &items->item[i], &r)) {
			fill(row, &items->item[i], &r, &p->arena);
			answer_row(&kept.answer, row);
		}
		arena_reset(&p->arena);
	}
	if (!kept_sort(&kept, str_of(option(p->crm, "sort")), &codec, &p->crm->diag))
		refuse(p->crm, STATUS_USAGE);
	for (size_t i = (size_t)offset; i < kept.n && (limit < 0 || i < (size_t)(offset + limit));
	     i++)
		put(p, kept.rows[i].values);
	kept_free(&kept);
}

static void put_in_time(struct printing *p, struct remind_reader *reader,
			const struct remind_items *items)
{
	int64_t left = option_int(p->crm, "limit", INT64_MAX);
	struct remind_row r;
	struct value row[COLUMNS];
	for (size_t i = (size_t)option_int(p->crm, "offset", 0); i < items->n && left > 0; i++) {
		if (!remind_describe(reader, &items->item[i], &r))
			continue;
		fill(row, &items->item[i], &r, &p->arena);
		put(p, row);
		left--;
	}
}

static void print(struct crm *crm, const struct remind_items *items, const struct remind_window *w)
{
	struct printing p = { .crm = crm, .out = heading_writer(crm, columns, COLUMNS) };
	struct remind_reader *reader = remind_open(crm->store, w, remind_context, crm);
	if (option(crm, "sort"))
		put_sorted(&p, reader, items);
	else
		put_in_time(&p, reader, items);
	remind_close(reader);
	writer_close(p.out);
	arena_free(&p.arena);
}

int remind_run(struct crm *crm, int argc, char **argv)
{
	const struct remind_list *list = remind_list_named(crm->verb->name);
	struct remind_window w = window_of(crm, list);
	struct remind_items items = { 0 };
	const char *output = option(crm, "output");
	int64_t minutes = option_int(crm, "alarm", ALARM_MINUTES);
	if (minutes > ALARM_MOST)
		usage(crm, "--alarm: from 0 to %d", ALARM_MOST);
	db_begin_read(crm->store->db);
	collect(crm, list, &w, argc, argv, &items);
	remind_sort(&items);
	if (output && !strcmp(output, "ics"))
		remind_calendar(crm, &items, &w, minutes * 60);
	else
		print(crm, &items, &w);
	db_commit(crm->store->db);
	remind_free(&items);
	return STATUS_OK;
}
