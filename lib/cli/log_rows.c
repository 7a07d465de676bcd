/* The history as rows. */
#include "cli/log_rows.h"

#include "cli/heading.h"

/* clang-format off */
#define CHANGE_SET { "change_set", "Change set", "Lần thay đổi", true }
#define AT { "at", "At", "Lúc", false }
#define USER { "user", "User", "Người dùng", false }
#define PROGRAM { "program", "Program", "Chương trình", false }
#define RECORD { "id", "Record", "Bản ghi", false }
#define OP { "op", "What happened", "Việc xảy ra", false }
#define UNDOES { "undoes", "Undoes", "Hoàn tác", true }

static const struct heading set_headings[] = {
	CHANGE_SET, AT, USER, PROGRAM, { "reason", "Reason", "Lý do", false },
	{ "created", "Created", "Tạo mới", true }, { "updated", "Updated", "Sửa", true },
	{ "deleted", "Deleted", "Xoá", true }, UNDOES,
	{ "undone_by", "Undone by", "Bị hoàn tác bởi", true },
	{ "command", "Command", "Lệnh", false },
};

static const struct heading change_headings[] = {
	CHANGE_SET, AT, USER, PROGRAM, RECORD, OP, { "field", "Field", "Trường", false },
	{ "before", "Before", "Trước", false }, { "after", "After", "Sau", false },
};

static const struct heading record_headings[] = { CHANGE_SET, UNDOES, RECORD, OP };
/* clang-format on */

static struct cell text_cell(struct str s)
{
	return (struct cell){ s.p ? CELL_TEXT : CELL_NULL, s };
}

/* 0 is none. */
static struct cell number_cell(int64_t n, struct arena *a)
{
	return n ? cell_int(n, a) : cell_null();
}

static struct cell at_cell(struct str at, bool human, struct arena *a)
{
	int64_t instant;
	if (human && instant_scan(at, &instant))
		at = instant_print_local(instant, a);
	return text_cell(at);
}

static struct cell op_cell(char op, const struct crm *crm, const struct writer *w)
{
	enum language l = writer_human(w) ? crm_language(crm) : ENGLISH;
	return text_cell(str_of(op == 'i'   ? label(l, "created", "tạo mới")
				: op == 'd' ? label(l, "deleted", "xoá")
					    : label(l, "updated", "sửa")));
}

/* A machine reads the field's name, people its heading. */
static struct cell field_cell(const struct field *f, const struct log_rows *r, struct arena *a)
{
	bool human = writer_human(r->writer);
	return text_cell(human ? field_label(f, crm_language(r->crm), a) : str_of(f->name));
}

void log_rows_open(struct log_rows *r, struct crm *crm, FILE *out, enum format format, bool changes,
		   int64_t limit)
{
	struct writer_options wo = writer_options(crm, out);
	wo.format = format;
	*r = (struct log_rows){ .crm = crm, .format = format, .changes = changes, .left = limit };
	r->writer = list_writer(crm, out, changes ? change_headings : set_headings,
				changes ? countof(change_headings) : countof(set_headings), wo);
}

void log_rows_close(struct log_rows *r)
{
	writer_close(r->writer);
}

static void print_set(struct log_rows *r, const struct log_set *s, struct arena *a)
{
	const struct cell cells[] = {
		cell_int(s->id, a),	   at_cell(s->at, writer_human(r->writer), a),
		text_cell(s->login),	   text_cell(s->program),
		text_cell(s->reason),	   cell_int(s->created, a),
		cell_int(s->updated, a),   cell_int(s->deleted, a),
		number_cell(s->undoes, a), number_cell(s->undone_by, a),
		text_cell(s->command),
	};
	writer_row(r->writer, cells);
}

static long print_sets(struct log_rows *r, const struct log_filter *f)
{
	struct arena a = { 0 };
	struct log_set set;
	long n = 0;
	struct log *l = log_sets(r->crm->store, f);
	while (r->left && log_next_set(l, &set, &a)) {
		print_set(r, &set, &a);
		r->left -= r->left > 0;
		n++;
		arena_reset(&a);
	}
	log_close(l);
	arena_free(&a);
	return n;
}

/* As the field prints: amounts with their decimals, owners as logins. */
static struct cell value_cell(struct log *l, const struct field *f, const struct value *v,
			      struct codec *c)
{
	struct value named = log_named(l, f, *v, c->arena);
	return field_print(f, &named, c);
}

/* Who made a record and when stands in every row as it is; rev counts and says nothing. */
static bool is_shown(const struct log_change *c, size_t i)
{
	const struct value *before = &c->before.values[i], *after = &c->after.values[i];
	if (c->entity->fields[i].flags & F_SYSTEM)
		return false;
	return c->op == 'u'   ? before->kind != V_NONE && !value_eq(before, after)
	       : c->op == 'i' ? after->kind > V_NULL
			      : before->kind > V_NULL;
}

static void print_fields(struct log_rows *r, struct log *l, struct cell *cells,
			 const struct log_change *c, struct arena *a)
{
	struct codec codec = store_codec(r->crm->store, a);
	bool any = false;
	codec.human = writer_human(r->writer);
	for (size_t i = 0; i < c->entity->nfields; i++) {
		const struct field *f = &c->entity->fields[i];
		if (!is_shown(c, i))
			continue;
		cells[6] = field_cell(f, r, a);
		cells[7] = value_cell(l, f, &c->before.values[i], &codec);
		cells[8] = value_cell(l, f, &c->after.values[i], &codec);
		writer_row(r->writer, cells);
		any = true;
	}
	if (any)
		return;
	cells[6] = cells[7] = cells[8] = (struct cell){ .kind = CELL_NULL };
	writer_row(r->writer, cells);
}

static void print_change(struct log_rows *r, struct log *l, struct log_change *c, struct arena *a)
{
	struct cell cells[] = {
		cell_int(c->set, a),
		at_cell(c->at, writer_human(r->writer), a),
		text_cell(c->login),
		text_cell(c->program),
		text_cell(
		    arena_printf(a, "%.*s-%lld", (int)c->type.n, c->type.p, (long long)c->record)),
		op_cell(c->op, r->crm, r->writer),
		{ .kind = CELL_NULL },
		{ .kind = CELL_NULL },
		{ .kind = CELL_NULL },
	};
	if (!c->entity || r->format == FORMAT_REFS) {
		writer_row(r->writer, cells);
		return;
	}
	log_after(l, c, a);
	print_fields(r, l, cells, c, a);
}

static long print_changes(struct log_rows *r, const struct log_filter *f)
{
	struct arena a = { 0 };
	struct log_change change;
	long n = 0;
	struct log *l = log_changes(r->crm->store, f);
	while (r->left && log_next_change(l, &change, &a)) {
		print_change(r, l, &change, &a);
		r->left -= r->left > 0;
		n++;
		arena_reset(&a);
	}
	log_close(l);
	arena_free(&a);
	return n;
}

/* Set after set: so neither the order nor the filter of the sets needs a sort of the changes. */
static long print_changes_of_sets(struct log_rows *r, const struct log_filter *f)
{
	struct arena a = { 0 };
	struct log_set set;
	long n = 0;
	struct log *l = log_sets(r->crm->store, f);
	while (r->left && log_next_set(l, &set, &a)) {
		struct log_filter one = { .set = set.id, .entity = f->entity };
		n += print_changes(r, &one);
		arena_reset(&a);
	}
	log_close(l);
	arena_free(&a);
	return n;
}

long log_rows_print(struct log_rows *r, const struct log_filter *f)
{
	if (!r->changes)
		return print_sets(r, f);
	return f->record ? print_changes(r, f) : print_changes_of_sets(r, f);
}

struct writer *log_records_writer(struct crm *crm, FILE *out)
{
	return list_writer(crm, out, record_headings, countof(record_headings),
			   writer_options(crm, stdout));
}

void log_print_records(struct crm *crm, struct writer *w, int64_t set)
{
	struct arena a = { 0 };
	struct log_set own = { 0 };
	struct log_change c;
	struct log_filter f = { .set = set };
	struct log *sets = log_sets(crm->store, &f), *l = log_changes(crm->store, &f);
	log_next_set(sets, &own, &crm->arena);
	while (log_next_change(l, &c, &a)) {
		const struct cell cells[] = {
			cell_int(set, &a),
			number_cell(own.undoes, &a),
			text_cell(arena_printf(&a, "%.*s-%lld", (int)c.type.n, c.type.p,
					       (long long)c.record)),
			op_cell(c.op, crm, w),
		};
		writer_row(w, cells);
		arena_reset(&a);
	}
	log_close(sets);
	log_close(l);
	arena_free(&a);
}
