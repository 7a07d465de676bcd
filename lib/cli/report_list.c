/* crm-report list: the reports, what they count and by what. */
#include "cli/report_list.h"

#include <stdio.h>

#include "cli/heading.h"
#include "core/buf.h"
#include "report/report.h"

/* The record types that it reads, each once. */
static void put_types(const struct report *r, struct buf *out)
{
	for (size_t i = 0; i < r->nsources; i++) {
		size_t k = 0;
		while (strcmp(r->sources[k].entity, r->sources[i].entity))
			k++;
		if (k == i)
			buf_printf(out, "%s%s", out->n ? ";" : "", r->sources[i].entity);
	}
}

int report_list(struct crm *crm, int argc, char **argv)
{
	if (argc)
		usage(crm, "list takes no operand such as %s", argv[0]);
	static const struct heading headings[] = {
		{ "name", "Name", "Tên", false },	    { "title", "Title", "Tiêu đề", false },
		{ "record", "Record", "Bản ghi", false },   { "by", "By", "Theo", false },
		{ "measures", "Measures", "Số đo", false },
	};
	struct writer *w = heading_writer(crm, headings, countof(headings));
	enum language l = writer_human(w) ? crm_language(crm) : ENGLISH;
	for (size_t i = 0; i < nreports; i++) {
		const struct report *r = reports[i];
		struct buf by = { 0 }, measures = { 0 }, records = { 0 };
		for (const struct dimension *x = r->dimensions; x && x->name; x++)
			buf_printf(&by, "%s%s", by.n ? ";" : "", x->name);
		put_types(r, &records);
		for (size_t m = 0; m < r->nmeasures; m++)
			if (!r->measures[m].hidden)
				buf_printf(&measures, "%s%s", measures.n ? ";" : "",
					   r->measures[m].name);
		struct cell cells[] = { { CELL_TEXT, str_of(r->name) },
					{ CELL_TEXT, str_of(label(l, r->title, r->title_vi)) },
					{ CELL_LIST, buf_str(&records) },
					{ CELL_LIST, buf_str(&by) },
					{ CELL_LIST, buf_str(&measures) } };
		writer_row(w, cells);
		buf_free(&by);
		buf_free(&measures);
		buf_free(&records);
	}
	writer_close(w);
	return STATUS_OK;
}
