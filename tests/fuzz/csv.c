/* libFuzzer: CSV, TSV and references, told apart by themselves or forced by the first byte. */
#include "stream_input.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n);
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n)
{
	static const struct reader_options options[] = {
		{ .format = FORMAT_AUTO, .want_raw = true },
		{ .format = FORMAT_CSV, .headless = true },
		{ .format = FORMAT_TSV },
		{ .format = FORMAT_REFS },
		{ .format = FORMAT_CSV, .encoding = "UTF-16LE" },
		{ .format = FORMAT_CSV, .encoding = "WINDOWS-1258", .delimiter = ';' },
	};
	if (n)
		read_through(data + 1, n - 1, &options[data[0] % countof(options)]);
	return 0;
}
