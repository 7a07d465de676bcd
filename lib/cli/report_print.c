/* Printing what a report answers: as -o, -s and -l say, below a heading where people read. */
#include "cli/report_print.h"

#include <stdio.h>

#include "cli/heading.h"
#include "cli/report_draw.h"
#include "schema/label.h"

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
		enum language l = crm_language(p->crm);
		struct report_facts f = p->what->facts(p->what->ctx, l, &p->crm->arena);
		facts_put(&f, l, &heading);
		fwrite(heading.p, 1, heading.n, stdout);
	}
	buf_free(&heading);
	return w;
}

static void give(struct crm *crm, const struct report_print *what, struct answer *out)
{
	if (!what->give(what->ctx, out, &crm->diag))
		refuse(crm, crm->diag.source.n ? STATUS_USAGE : what->refused);
}

struct kept report_kept(struct crm *crm, const struct report_print *what, bool totals)
{
	const char *sort = option(crm, "sort") ? option(crm, "sort") : what->sort;
	int64_t limit = option_int(crm, "limit", -1);
	struct kept kept = kept_new(totals);
	struct codec codec = store_codec(crm->store, &crm->arena);
	kept_expect(&kept, sort, limit);
	give(crm, what, &kept.answer);
	if (sort && !kept_sort(&kept, str_of(sort), &codec, &crm->diag))
		refuse(crm, STATUS_USAGE);
	if (limit >= 0)
		kept_limit(&kept, (size_t)limit);
	return kept;
}

static void print(struct printing *p)
{
	struct crm *crm = p->crm;
	bool human = writer_options(crm, stdout).format == FORMAT_TABLE;
	struct printer printer = printer_new(crm->store, human, open_writer, p);
	if (p->what->sort || option(crm, "sort") || option(crm, "limit")) {
		struct kept kept = report_kept(crm, p->what, printer.answer.totals);
		kept_replay(&kept, &printer.answer);
		kept_free(&kept);
	} else { /* as it comes */
		give(crm, p->what, &printer.answer);
	}
	printer_close(&printer);
	if (human && !printer.rows)
		puts(label(crm_language(crm), "none", "không có"));
}

void report_print(struct crm *crm, const struct report_print *what)
{
	const char *output = option(crm, "output");
	const struct format_def *format = output ? format_by_name(str_of(output)) : NULL;
	struct printing p = { crm, what };
	if (format && !format->write)
		report_draw(crm, what, format->format);
	else
		print(&p);
}
