/* crm-remind reorder: who buys again, by their own rhythm. */
#include "cli/remind.h"
#include "report/rhythm.h"

enum { PURCHASES_THAT_TELL = 3 };

/* Of one record type that is asked for: those that its terms mean, in rising order. */
struct meant {
	int64_t *ids;
	size_t n;
};

static bool is_among(const struct meant *m, int64_t id)
{
	size_t low = 0, high = m->n;
	while (low < high) {
		size_t middle = low + (high - low) / 2;
		if (m->ids[middle] < id)
			low = middle + 1;
		else
			high = middle;
	}
	return low < m->n && m->ids[low] == id;
}

/* Who has long stayed away buys no more: that is no reminder's business. */
static void add_due(const struct rhythms *r, const struct remind_asked *asked,
		    const struct meant *meant, const struct remind_window *w,
		    struct remind_items *out)
{
	for (size_t i = 0; r->purchases && i < r->purchases->ncustomers; i++) {
		const struct customer *who = &r->purchases->customers[i];
		struct rhythm x = { 0 };
		if (who->entity != asked->context.entity ||
		    (asked->where && !is_among(meant, who->id)))
			continue;
		x = rhythm_of(r, who);
		if (x.known && x.state != RHYTHM_LAPSED && x.due < w->to)
			remind_add(out,
				   (struct remind_item){ .source = asked->source,
							 .id = who->id,
							 .at = x.due,
							 .figure = (int32_t)(x.median + 0.5) });
	}
}

void remind_reorders(struct crm *crm, const struct remind_asked *asked, size_t n,
		     const struct remind_window *w, struct remind_items *out)
{
	struct rhythms r;
	if (!rhythms_read(crm->store, &asked->context, w->now, PURCHASES_THAT_TELL, &r, &crm->diag))
		refuse(crm, STATUS_ENV);
	for (size_t i = 0; i < n; i++) {
		struct select what = { .context = &asked[i].context,
				       .where = asked[i].where,
				       .limit = -1 };
		struct meant meant = { 0 };
		if (asked[i].where)
			meant.ids = select_ids(crm->store, &what, &meant.n, &crm->arena);
		add_due(&r, &asked[i], &meant, w, out);
	}
	rhythms_close(&r);
}
