/* The files of crm-import, read row by row; what becomes of them waits for the lock. */
#include <sys/stat.h>

#include "cli/import_impl.h"

static uint64_t size_of(const char *file)
{
	struct stat st;
	bool known = strcmp(file, "-") && stat(file, &st) == 0 && S_ISREG(st.st_mode);
	return known ? (uint64_t)st.st_size : 0;
}

/* Where the header is wrong no row can be right. */
static void read_header(struct run *r, const struct reader *in)
{
	struct crm *crm = r->crm;
	size_t n;
	const struct str *names = reader_columns(in, &n);
	import_stream(&r->im);
	crm->diag.line = reader_header_line(in);
	bool understood = !n || import_header(&r->im, names, n, &crm->diag);
	if (!understood && !r->preset.name)
		import_preset_suggest(r, names, n, &crm->diag);
	if (!understood || (r->rejecting && !rejects_stream(&r->rejects, in, &crm->diag)))
		refuse(crm, STATUS_REFUSED);
	diag_clear(&crm->diag);
}

/* What was found out about the stream as a whole. */
static void note_stream(struct run *r, const struct reader *in, unsigned number)
{
	struct import_notes *notes = &r->mend.notes;
	const struct str none = { 0 };
	const char *encoding = reader_encoding(in);
	r->mend.table = reader_format(in) == FORMAT_CSV || reader_format(in) == FORMAT_TSV;
	if (encoding)
		import_note_many(notes, ODD_ENCODING, number, none, 0, str_of(encoding));
	if (reader_passed(in))
		import_note_many(notes, ODD_PREAMBLE, number, none, reader_passed(in), none);
}

void import_read_file(struct run *r, unsigned number)
{
	struct crm *crm = r->crm;
	struct arena a = { 0 };
	struct diag d = { 0 };
	struct row row;
	struct reader_options o = { .want_raw = r->rejecting,
				    .ragged = true,
				    .known = r->ready ? import_known : import_preset_known,
				    .of = r->ready ? (void *)&r->im : (void *)r->crm,
				    .header_line = r->header_line };
	struct reader *in = reader_for_table(crm, r->files[number], &o);
	uint64_t size = size_of(r->files[number]);
	bool first = import_preset_auto(r, number, in, &row, &a, &d);
	crm->diag.source = str_of(r->im.sources[number]);
	read_header(r, in);
	note_stream(r, in, number);
	for (enum read_result got;
	     (got = first ? READ_ROW : reader_next(in, &row, &a, &d)) != READ_END;) {
		first = false;
		import_row(&r->im, number, got, &row, &a, &d);
		progress_show(&r->progress, "read", r->im.read, reader_bytes(in), size);
		arena_reset(&a);
	}
	reader_done(crm, in, r->im.sources[number]);
	arena_free(&a);
	diag_free(&d);
}
