/* What crm-assign says of leads, pools and people. */
#include "cli/assign_show.h"

#include <stdlib.h>

#include "cli/crud.h"
#include "cli/heading.h"
#include "core/date.h"

struct assigner *assigner_for(struct crm *crm)
{
	struct assigner *g = assigner_open(crm->store, &crm->arena, &crm->diag);
	if (g)
		return g;
	crm->diag.source = STR("assignment");
	refuse(crm, STATUS_REFUSED);
}

static struct cell number_cell(int64_t n, struct arena *a)
{
	return n < 0 ? cell_null() : cell_int(n, a);
}

static struct cell truth_cell(bool truth)
{
	return (struct cell){ CELL_BOOL, truth ? STR("true") : STR("false") };
}

/* The label of a key, where people read. */
static struct cell key_cell(struct crm *crm, const struct writer *w, const char *list,
			    struct str key)
{
	if (!key.n || !writer_human(w))
		return cell_text(key);
	return cell_text(
	    key_label(schema_picklist(&crm->store->schema, list), key, crm_language(crm)));
}

static struct cell instant_cell(const struct writer *w, struct str at, struct arena *a)
{
	int64_t instant;
	if (writer_human(w) && instant_scan(at, &instant))
		at = instant_print_local(instant, a);
	return cell_text(at);
}

/* -- explain -- */

enum { ID, AT, USER, PREVIOUS, WHY, POOL, METHOD, PLACE, CANDIDATE, FIGURE, STATE, NOTE };

static const struct heading story_columns[] = {
	[ID] = { "id", "ID", "Mã", false },
	[AT] = { "at", "At", "Lúc", false },
	[USER] = { "user", "User", "Người nhận", false },
	[PREVIOUS] = { "previous", "Previous", "Người trước", false },
	[WHY] = { "why", "Why", "Vì sao", false },
	[POOL] = { "pool", "Pool", "Nhóm chia", false },
	[METHOD] = { "method", "Method", "Cách chia", false },
	[PLACE] = { "place", "Place", "Thứ tự", true },
	[CANDIDATE] = { "candidate", "Candidate", "Ứng viên", false },
	[FIGURE] = { "figure", "Figure", "Con số", true },
	[STATE] = { "state", "State", "Trạng thái", false },
	[NOTE] = { "note", "Note", "Ghi chú", false },
};

static void put_story(struct crm *crm, struct writer *w, struct str id,
		      const struct assign_story *s, struct arena *a)
{
	struct cell c[countof(story_columns)] = {
		[ID] = cell_text(id),
		[AT] = instant_cell(w, s->at, a),
		[USER] = cell_text(str_of(s->user)),
		[PREVIOUS] = cell_text(str_of(s->previous)),
		[WHY] = key_cell(crm, w, "assignment.why", s->why),
		[POOL] = cell_text(s->pool),
		[METHOD] = key_cell(crm, w, "assignment.method", s->method),
		[PLACE] = { CELL_NULL, { 0 } },
		[CANDIDATE] = { CELL_NULL, { 0 } },
		[FIGURE] = { CELL_NULL, { 0 } },
		[STATE] = { CELL_NULL, { 0 } },
		[NOTE] = cell_text(s->note),
	};
	for (size_t i = 0; i < s->n; i++) {
		const struct assign_candidate *x = &s->candidates[i];
		c[PLACE] = number_cell((int64_t)i + 1, a);
		c[CANDIDATE] = cell_text(str_of(x->login));
		c[FIGURE] = (struct cell){ x->figure.n ? CELL_NUMBER : CELL_NULL, x->figure };
		c[STATE] = key_cell(crm, w, "assignment.state", x->state);
		writer_row(w, c);
	}
	if (!s->n)
		writer_row(w, c);
}

int assign_run_explain(struct crm *crm, int argc, char **argv)
{
	struct operands o;
	struct arena a = { 0 };
	struct diag d = { 0 };
	struct assign_story story;
	size_t n;
	operands_parse(crm, crm->entity, argc, argv, 0, &o);
	targets_read(crm, crm->entity, 0, &o);
	struct assigner *g = assigner_for(crm);
	struct writer *w = heading_writer(crm, story_columns, countof(story_columns));
	struct target *t = targets(crm, crm->entity, &o, &n);
	for (size_t i = 0; i < n; i++) {
		d.source = ref_print(t[i].entity, t[i].id, &a);
		if (assign_story(g, t[i].id, &story, &a, &d))
			put_story(crm, w, d.source, &story, &a);
		else
			complain(crm, &d);
		arena_reset(&a);
	}
	writer_close(w);
	assigner_close(g);
	arena_free(&a);
	diag_free(&d);
	return crm->refused ? STATUS_REFUSED : STATUS_OK;
}

/* -- pools -- */

static const struct heading pool_columns[] = {
	{ "pool", "Pool", "Nhóm chia", false },
	{ "deals", "Deals now", "Đang chia", false },
	{ "method", "Method", "Cách chia", false },
	{ "place", "Place", "Thứ tự", true },
	{ "user", "User", "Nhân viên", false },
	{ "state", "State", "Trạng thái", false },
	{ "open", "Open leads", "Đầu mối đang mở", true },
	{ "capacity", "Capacity", "Sức chứa", true },
	{ "today", "Today", "Hôm nay", true },
	{ "per_day", "A day", "Mỗi ngày", true },
	{ "weight", "Weight", "Trọng số", true },
};

int assign_run_pools(struct crm *crm, int argc, char **argv)
{
	struct assigner *g = assigner_for(crm);
	struct arena *a = &crm->arena;
	size_t n;
	(void)argv;
	if (argc)
		usage(crm, "pools takes no operands");
	const struct assign_standing *all = assign_standings(g, &n, a);
	struct writer *w = heading_writer(crm, pool_columns, countof(pool_columns));
	for (size_t i = 0; i < n; i++) {
		const struct assign_standing *x = &all[i];
		const struct cell c[countof(pool_columns)] = {
			cell_text(str_of(x->pool)),
			truth_cell(!x->closed),
			key_cell(crm, w, "assignment.method", str_of(x->method)),
			number_cell((int64_t)x->place, a),
			cell_text(str_of(x->login)),
			key_cell(crm, w, "assignment.state", str_of(x->state)),
			number_cell(x->open, a),
			number_cell(x->capacity, a),
			number_cell(x->today, a),
			number_cell(x->per_day, a),
			number_cell(x->weight, a),
		};
		writer_row(w, c);
	}
	writer_close(w);
	assigner_close(g);
	return STATUS_OK;
}

/* -- duty -- */

static const struct heading duty_columns[] = {
	{ "id", "ID", "Mã", false },
	{ "login", "Login", "Tên đăng nhập", false },
	{ "name", "Name", "Họ tên", false },
	{ "on_duty", "On duty", "Đang trực", false },
	{ "state", "State", "Trạng thái", false },
	{ "shift", "Shift", "Ca làm việc", false },
	{ "open", "Open leads", "Đầu mối đang mở", true },
	{ "capacity", "Capacity", "Sức chứa", true },
};

int assign_run_duty(struct crm *crm, int argc, char **argv)
{
	const struct entity *user = store_entity(crm->store, "user");
	struct assigner *g = assigner_for(crm);
	struct arena *a = &crm->arena;
	struct record r;
	size_t n;
	(void)argv;
	if (argc)
		usage(crm, "duty takes no operands");
	const struct assign_duty *all = assign_duties(g, &n, a);
	struct writer *w = heading_writer(crm, duty_columns, countof(duty_columns));
	for (size_t i = 0; i < n; i++) {
		if (!store_get(crm->store, user, all[i].user, &r, a))
			continue;
		const struct cell c[countof(duty_columns)] = {
			cell_text(ref_print(user, r.id, a)),
			cell_text(record_at(&r, "login")->s),
			cell_text(record_at(&r, "name")->s),
			truth_cell(!all[i].state),
			key_cell(crm, w, "assignment.state", str_of(all[i].state)),
			cell_text(record_at(&r, "shift")->s),
			number_cell(all[i].open, a),
			number_cell(all[i].capacity, a),
		};
		writer_row(w, c);
	}
	writer_close(w);
	assigner_close(g);
	return STATUS_OK;
}

/* -- history, lost -- */

int assign_run_history(struct crm *crm, int argc, char **argv)
{
	crm->entity = store_entity(crm->store, "assignment");
	return crud_list(crm, argc, argv);
}

int assign_run_lost(struct crm *crm, int argc, char **argv)
{
	crm->entity = store_entity(crm->store, "assignment");
	struct query_context q = query_context(crm, crm->entity);
	crm->within = where_parse(STR("previous is not null"), &q, &crm->diag);
	if (!crm->within)
		refuse(crm, STATUS_ENV);
	return crud_list(crm, argc, argv);
}
