/* Questions about pipelines: what a stage holds, where a deal goes back to, what is stale. */
#ifndef CRM_DOMAIN_PIPELINE_H
#define CRM_DOMAIN_PIPELINE_H

#include "query/query.h"
#include "store/store.h"

/* "open", "won", "lost" */
extern const char *const stage_kind_names[];

/*
 * The stage of the deal's own pipeline that makes it won, lost, or open again: then
 * the open stage it was in last, the first one where it never was in any.  NULL with
 * diag: there is no such stage, it is open as it is, or its pipeline is retired and
 * takes no open deals.
 */
const struct stage *pipeline_takes(struct store *s, const struct record *deal, enum stage_kind kind,
				   struct diag *d);

/* What the deals of one stage in one currency come to, in minor units. */
struct stage_sum {
	struct str pipeline, stage, currency;
	int64_t deals, amount, weighted; /* weighted: each deal's amount × probability, rounded */
};

/* Of the deals for which `where` is true (NULL: all); by pipeline, stage, currency. */
struct stage_sum *pipeline_sums(struct store *s, const struct query_context *deals,
				const struct node *where, size_t *n, struct arena *a);

/*
 * The where expression (query.h) of open deals that are longer than `days` in their
 * stage; days < 0: longer than each stage allows.
 */
struct str pipeline_stale(const struct store *s, int64_t days, struct arena *a);

#endif
