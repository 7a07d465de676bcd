/* libFuzzer: vCards, and that what is written of them is cards again, as many as were read. */
#include "stream/writer.h"
#include "stream_input.h"

/* Reads all cards, writes them where out is given; how many were good. */
static long copy(const uint8_t *data, size_t n, FILE *out, bool v4, long *bad)
{
	struct reader_options o = { .format = FORMAT_VCF, .want_raw = true };
	int fd = memfd_create("cards", MFD_CLOEXEC);
	if (fd < 0 || write(fd, data, n) != (ssize_t)n || lseek(fd, 0, SEEK_SET) != 0)
		abort();
	struct diag d = { 0 };
	struct arena a = { 0 };
	struct row row;
	size_t ncolumns;
	long good = 0;
	struct reader *r = reader_open(fd, "fuzz", &o, &d);
	if (!r) { /* UTF-16, say */
		diag_free(&d);
		close(fd);
		return 0;
	}
	const struct str *names = reader_columns(r, &ncolumns);
	struct column *columns = calloc(ncolumns + 1, sizeof *columns);
	struct cell *cells = calloc(ncolumns + 1, sizeof *cells);
	for (size_t i = 0; i < ncolumns; i++)
		columns[i].name = names[i];
	columns[ncolumns].name = STR(COLUMN_FURTHER);
	struct writer_options wo = { .format = FORMAT_VCF, .vcard4 = v4 };
	struct writer *w = writer_open(out, columns, ncolumns + 1, &wo);
	for (enum read_result got; (got = reader_next(r, &row, &a, &d)) != READ_END;) {
		*bad += got == READ_BAD;
		if (got == READ_ROW) {
			if (!utf8_valid(row.further))
				abort();
			memcpy(cells, row.cells, ncolumns * sizeof *cells);
			cells[ncolumns] = (struct cell){ CELL_TEXT, row.further };
			writer_row(w, cells);
			good++;
		}
		arena_reset(&a);
	}
	writer_close(w);
	reader_remark(r, &a);
	reader_close(r);
	arena_free(&a);
	diag_free(&d);
	free(columns);
	free(cells);
	close(fd);
	return good;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n);
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n)
{
	char *text = NULL;
	size_t size = 0;
	long bad = 0, none = 0;
	read_through(data, n, &(struct reader_options){ .format = FORMAT_VCF, .want_raw = true });
	FILE *out = open_memstream(&text, &size), *null = fopen("/dev/null", "w");
	long good = copy(data, n, out, n % 2, &bad);
	fclose(out);
	if (copy((const uint8_t *)text, size, null, n % 2, &none) != good || none)
		abort();
	fclose(null);
	free(text);
	return 0;
}
