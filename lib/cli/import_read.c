/* The files of crm-import, read row by row; what becomes of them waits for the lock. */
#include <sys/stat.h>

#include "cli/import_impl.h"
#include "stream/ahead.h"

static uint64_t size_of(const char *file)
{
	struct stat st;
	bool known = strcmp(file, "-") && stat(file, &st) == 0 && S_ISREG(st.st_mode);
	return known ? (uint64_t)st.st_size : 0;
}

/* Where the header is wrong no row can be right. */
static void read_header(struct run *r, const struct reader *in, unsigned number)
{
	struct crm *crm = r->job->crm;
	struct row header = { 0 };
	header.names = reader_columns(in, &header.n);
	import_stream(&r->im);
	crm->diag.line = reader_header_line(in);
	bool understood = !header.n || import_header(&r->im, header.names, header.n, &crm->diag);
	if (!understood && !r->preset.name)
		import_preset_suggest(crm, &header, &crm->diag);
	if (!understood)
		refuse(crm, STATUS_REFUSED);
	if (r->rejects)
		import_rejects_for(r, in, number);
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

static struct reader *open_file(struct job *job, struct run *run, unsigned number)
{
	struct reader_options o = { .want_raw = job->rejecting,
				    .ragged = true,
				    .known = run ? import_known : import_preset_known,
				    .of = run ? (void *)&run->im : (void *)job->crm,
				    .header_line = job->header_line };
	return reader_for_table(job->crm, job->files[number], &o);
}

/*
 * Which run the stream is for: told by its header or by its first record, which is then to
 * be taken before all others (*first).
 */
static struct run *choose(struct job *job, unsigned number, struct reader *in, struct row *row,
			  bool *first, struct arena *a, struct diag *d)
{
	struct row header = { 0 };
	header.names = reader_columns(in, &header.n);
	*first = !header.n && reader_next(in, row, a, d) == READ_ROW;
	return import_preset_run(job, number, *first ? row : &header);
}

/*
 * A quote that took more than this in vain: what follows is read again, but nobody knows
 * where rows begin, and so much of it is not worth the wait where nothing will be committed.
 */
enum { SWALLOWED_MAX = 1 << 20 };

static void give_up(struct job *job, unsigned number, struct diag *d)
{
	struct crm *crm = job->crm;
	diag_report(d);
	crm->diag.source = str_of(job->names[number]);
	crm->diag.line = 0;
	diag_set(&crm->diag, NULL,
		 "what follows was not looked at; nothing committed; close the quote, or let "
		 "--rejects FILE put the row aside");
	refuse(crm, STATUS_REFUSED);
}

void import_read_file(struct job *job, struct run *run, unsigned number)
{
	struct crm *crm = job->crm;
	struct arena a = { 0 };
	struct diag d = { 0 };
	struct ahead_row next = { 0 };
	struct reader *in = open_file(job, run, number);
	uint64_t size = size_of(job->files[number]);
	bool first = false;
	if (!run)
		run = choose(job, number, in, &next.row, &first, &a, &d);
	if (!run->nfiles++)
		run->first = job->names[number];
	crm->diag.source = str_of(job->names[number]);
	read_header(run, in, number);
	note_stream(run, in, number);
	struct ahead *ahead = ahead_open(in);
	for (enum read_result got;
	     (got = first ? READ_ROW : ahead_next(ahead, &next, &d)) != READ_END;) {
		first = false;
		if (got == READ_BAD && !job->rejecting && next.swallowed > SWALLOWED_MAX) {
			ahead_close(ahead);
			reader_close(in);
			give_up(job, number, &d);
		}
		import_row(&run->im, number, got, &next.row, &a, &d);
		progress_show(&job->progress, "read", next.row.line, next.bytes, size);
		arena_reset(&a);
	}
	ahead_close(ahead);
	reader_done(crm, in, job->names[number]);
	arena_free(&a);
	diag_free(&d);
}
