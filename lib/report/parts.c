/* A report as it is asked for by name. */
#include "report/parts.h"

const struct report *report_named(const char *name)
{
	for (size_t i = 0; i < nreports; i++)
		if (!strcmp(name, reports[i]->name))
			return reports[i];
	return NULL;
}

bool parts_open(struct parts *p, struct store *s, const struct report *first, const char *part,
		const struct report_options *o, const struct query_context *q, struct diag *d)
{
	bool rows = first->part != NULL;
	const struct report *refused = NULL; /* the first: it says why */
	*p = (struct parts){ .report = first, .options = *o };
	p->options.source = rows ? NULL : part;
	for (size_t i = 0; i < nreports && p->n < SOURCES_MAX; i++) {
		const struct report *r = reports[i];
		struct diag why = { 0 };
		if (strcmp(r->name, first->name) || (rows && part && strcmp(r->part, part)))
			continue;
		p->jobs[p->n] = report_open(s, r, &p->options, q, &why);
		if (p->jobs[p->n])
			p->n++;
		else if (!refused)
			refused = r;
		diag_free(&why);
	}
	if (refused && !p->n)
		report_open(s, refused, &p->options, q, d);
	return p->n || (refused ? false
				: diag_set(d, NULL, "there is no part %s of it",
					   quoted(str_of(part), &d->arena)));
}

bool parts_run(const struct parts *p, struct answer *out, struct diag *d)
{
	for (size_t i = 0; i < p->n; i++) {
		if (i)
			report_share(p->jobs[i], p->jobs[i - 1]);
		if (!report_run(p->jobs[i], out, d))
			return false;
	}
	return true;
}

void parts_close(struct parts *p)
{
	for (size_t i = 0; i < p->n; i++)
		report_close(p->jobs[i]);
	p->n = 0;
}
