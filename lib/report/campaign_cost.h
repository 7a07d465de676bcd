/*
 * What a campaign cost for each sale that it brought: its cost in equal parts over all the sales
 * that name it, whenever they were: orders that are confirmed, delivered or returned, and won
 * deals without an order.
 */
#ifndef CRM_REPORT_CAMPAIGN_COST_H
#define CRM_REPORT_CAMPAIGN_COST_H

#include "store/store.h"

struct campaign_sales;

/* Counts them once; what it returns is the arena's. */
const struct campaign_sales *campaign_sales_learn(struct store *s, struct arena *a);

struct job;

/* What it reads, as a report's `besides`. */
bool campaign_sales_besides(const struct job *j, struct sql *q, size_t i);

/* How many sales name the campaign of that id. */
int64_t campaign_sales_of(const struct campaign_sales *c, int64_t campaign);

#endif
