/* list, show, count. */
#include <stdio.h>
#include <unistd.h>

#include "cli/crud.h"
#include "cli/rows.h"
#include "core/buf.h"
#include "schema/label.h"
#include "store/merged.h"

/* Records named by operands or stdin, of this type or ones that these are about. */
static struct node *named_records(struct crm *crm, const struct operands *o)
{
	struct node *all = NULL;
	for (size_t i = 0; i < o->ntargets;) { /* a run of one type is one condition */
		size_t n = 0;
		int64_t *ids = arena_new(&crm->arena, int64_t, o->ntargets - i);
		const struct entity *e = o->targets[i].entity;
		while (i < o->ntargets && o->targets[i].entity == e)
			ids[n++] = o->targets[i++].id;
		struct node *some = named_node(crm, e, ids, n);
		struct node *either = arena_new(&crm->arena, struct node, 1);
		*either = (struct node){ .kind = NODE_OR, .left = all, .right = some };
		all = all ? either : some;
	}
	return all;
}

static void check_named(struct crm *crm, const struct operands *o)
{
	for (size_t i = 0; i < o->ntargets; i++) {
		const struct target *t = &o->targets[i];
		if (store_exists(crm->store, t->entity, t->id))
			continue;
		store_missing(crm->store, t->entity, t->id, &crm->diag);
		complain(crm, &crm->diag);
	}
}

static void print_selected(struct crm *crm, struct select *what)
{
	struct writer_options wo = writer_options(crm, stdout);
	struct path *paths;
	const struct cell *cells;
	struct rows rows;
	int64_t id;
	chosen_fields(crm, what->context, wo.format, &paths, &what->npaths);
	what->paths = paths;
	rows_open(&rows, crm, stdout, what, &wo);
	struct cursor *c = cursor_open(crm->store, what);
	bool human = writer_human(rows.writer);
	while (cursor_next(c, human, &cells, &id))
		rows_put(&rows, cells, id);
	cursor_close(c);
	rows_close(&rows);
}

int crud_list(struct crm *crm, int argc, char **argv)
{
	struct query_context q = query_context(crm, crm->entity);
	struct select what = { .context = &q };
	struct operands o;
	operands_parse(crm, crm->entity, argc, argv, OPERAND_SEARCH | OPERAND_FOREIGN, &o);
	bool arranged = selection_options(crm, &what);
	if (o.stdin_named)
		targets_read(crm, crm->entity, OPERAND_FOREIGN, &o);
	check_named(crm, &o);
	bool by_name = o.ntargets && !o.where && !arranged;
	for (size_t i = 0; i < o.ntargets; i++)
		by_name = by_name && o.targets[i].entity == crm->entity;
	what.where = node_and(o.where, named_records(crm, &o), &crm->arena);
	if (o.stdin_named && !o.ntargets)
		return STATUS_OK;
	if (by_name) /* in the order in which they were named */
		print_records(crm, stdout, o.targets, o.ntargets);
	else
		print_selected(crm, &what);
	return STATUS_OK;
}

/* On a terminal one record is easier to read as a list of its fields. */
static void print_sheet(struct crm *crm, const struct target *t)
{
	enum language l = crm->store->settings.language;
	const struct column columns[] = {
		{ STR("field"), str_of(label(l, "Field", "Trường")), false },
		{ STR("value"), str_of(label(l, "Value", "Giá trị")), false },
	};
	struct query_context q = query_context(crm, t->entity);
	struct select what = { .context = &q, .limit = -1 };
	struct path *paths;
	const struct cell *cells;
	int64_t id;
	if (option(crm, "fields"))
		chosen_fields(crm, &q, FORMAT_JSONL, &paths, &what.npaths);
	else
		default_fields(crm, &q, FORMAT_JSONL, &paths, &what.npaths);
	what.paths = paths;
	struct cursor *c = cursor_open_by_id(crm->store, &what);
	cursor_seek(c, t->id);
	if (cursor_next(c, true, &cells, &id)) {
		struct writer *w = writer_for(crm, stdout, columns, countof(columns));
		for (size_t i = 0; i < what.npaths; i++) {
			struct cell line[] = { { CELL_TEXT, path_label(&paths[i], l, &crm->arena) },
					       cells[i] };
			if (cells[i].kind != CELL_NULL)
				writer_row(w, line);
		}
		writer_close(w);
	}
	cursor_close(c);
}

int crud_show(struct crm *crm, int argc, char **argv)
{
	struct operands o;
	size_t n;
	operands_parse(crm, crm->entity, argc, argv, 0, &o);
	targets_read(crm, crm->entity, 0, &o);
	check_named(crm, &o);
	struct target *t = targets(crm, crm->entity, &o, &n);
	if (writer_options(crm, stdout).format == FORMAT_TABLE)
		for (size_t i = 0; i < n; i++)
			print_sheet(crm, &t[i]);
	else
		print_records(crm, stdout, t, n);
	return STATUS_OK;
}

int crud_count(struct crm *crm, int argc, char **argv)
{
	struct query_context q = query_context(crm, crm->entity);
	struct operands o;
	operands_parse(crm, crm->entity, argc, argv, OPERAND_SEARCH | OPERAND_FOREIGN, &o);
	if (o.stdin_named)
		targets_read(crm, crm->entity, OPERAND_FOREIGN, &o);
	check_named(crm, &o);
	struct select what = { .context = &q,
			       .where = node_and(o.where, named_records(crm, &o), &crm->arena),
			       .limit = -1 };
	bool nothing = o.stdin_named && !o.ntargets;
	printf("%lld\n", nothing ? 0 : (long long)select_count(crm->store, &what));
	return STATUS_OK;
}
