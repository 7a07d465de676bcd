/* Change sets are undone; what stands in the way is said. */
#include "cli/undo_sets.h"

#include "config/take_back.h"
#include "core/buf.h"
#include "store/log.h"

struct run {
	struct crm *crm;
	struct buf differences;
};

static void obstacle(void *ctx, struct diag *d)
{
	struct run *run = ctx;
	complain(run->crm, d);
}

static void difference(void *ctx, struct str line)
{
	struct run *run = ctx;
	buf_put(&run->differences, line);
	buf_putc(&run->differences, '\n');
}

static void count_records(struct crm *crm, int64_t by, int64_t *changed)
{
	struct log_set set = { 0 };
	struct log_filter f = { .set = by };
	struct log *l = log_sets(crm->store, &f);
	log_next_set(l, &set, &crm->arena);
	log_close(l);
	*changed += set.created + set.updated + set.deleted;
	if (*changed > option_int(crm, "max", INT64_MAX))
		die(STATUS_REFUSED, "more than %lld records would change; nothing was written",
		    (long long)option_int(crm, "max", 0));
}

struct str undo_sets(struct crm *crm, struct undo_sets *sets)
{
	struct run run = { .crm = crm };
	int64_t changed = 0;
	for (size_t i = 0; i < sets->n; i++) {
		struct undo_job job = {
			.store = crm->store,
			.set = sets->id[i],
			.first = sets->first,
			.last = sets->last,
			.force = option_on(crm, "force"),
			.obstacle = obstacle,
			.configure = config_take_back,
			.difference = difference,
			.ctx = &run,
		};
		struct diag d = { .source = arena_printf(&crm->arena, "change set %lld",
							 (long long)job.set) };
		if (undo_find(crm->store, job.set, &d)) {
			sets->id[i] = undo_run(&job);
			count_records(crm, sets->id[i], &changed);
		} else {
			complain(crm, &d);
		}
		diag_free(&d);
	}
	struct str differences = buf_copy(&run.differences, &crm->arena);
	buf_free(&run.differences);
	return differences;
}
