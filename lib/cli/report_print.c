/* Printing what a report answers: as -o, -s and -l say, below a heading where people read. */
#include "cli/report_print.h"

#include <stdio.h>

#include "cli/heading.h"

struct printing {
	struct crm *crm;
	const struct report_print *what;
};

static struct writer *open_writer(void *ctx, const struct column *columns, size_t n, bool single)
{
	const struct printing *p = ctx;
	struct buf heading = { 0 };
	struct writer_options o = writer_options(p->crm, stdout);
	if (single && o.format == FORMAT_JSON) /* a line of JSON Lines is an object */
		o.format = FORMAT_JSONL;
	struct writer *w = writer_open(stdout, columns, n, &o);
	if (writer_human(w)) {
		p->what->heading(p->what->ctx, crm_language(p->crm), &heading);
		fwrite(heading.p, 1, heading.n, stdout);
	}
	buf_free(&heading);
	return w;
}

static void give(struct printing *p, struct answer *out)
{
	if (!p->what->give(p->what->ctx, out, &p->crm->diag))
		refuse(p->crm, p->crm->diag.source.n ? STATUS_USAGE : p->what->refused);
}

/* What is to be sorted or cut is kept until it is complete. */
static void give_kept(struct printing *p, struct answer *out, const char *sort, int64_t limit)
{
	struct crm *crm = p->crm;
	struct kept kept = kept_new(out->totals);
	struct codec codec = store_codec(crm->store, &crm->arena);
	give(p, &kept.answer);
	if (sort && !kept_sort(&kept, str_of(sort), &codec, &crm->diag))
		refuse(crm, STATUS_USAGE);
	if (limit >= 0)
		kept_limit(&kept, (size_t)limit);
	kept_replay(&kept, out);
	kept_free(&kept);
}

void report_print(struct crm *crm, const struct report_print *what)
{
	struct printing p = { crm, what };
	bool human = writer_options(crm, stdout).format == FORMAT_TABLE;
	const char *sort = option(crm, "sort") ? option(crm, "sort") : what->sort;
	int64_t limit = option_int(crm, "limit", -1);
	struct printer printer = printer_new(crm->store, human, open_writer, &p);
	if (sort || limit >= 0)
		give_kept(&p, &printer.answer, sort, limit);
	else
		give(&p, &printer.answer);
	printer_close(&printer);
}
