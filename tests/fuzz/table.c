/* libFuzzer: people's tables in every encoding, with what stands around them; the first two
 * bytes choose. */
#include "stream_input.h"

static size_t known(const void *of, const struct str *names, size_t n)
{
	size_t count = 0;
	(void)of;
	for (size_t i = 0; i < n; i++)
		count += str_is(names[i], "a") || str_is(names[i], "b") || str_is(names[i], "c");
	return count;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n);
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n)
{
	static const char *const encodings[] = { NULL,	     ENCODING_AUTO,  "UTF-16LE",
						 "UTF-16BE", "WINDOWS-1258", "TCVN",
						 "UTF-32",   "UTF-8" };
	static const char delimiters[] = { 0, 0, 0, ',', ';', '\t', '|', 'a' };
	static const enum format formats[] = { FORMAT_AUTO, FORMAT_AUTO, FORMAT_CSV, FORMAT_TSV };
	if (n < 2)
		return 0;
	struct reader_options o = {
		.format = formats[data[0] & 3],
		.encoding = encodings[data[0] >> 2 & 7],
		.want_raw = data[0] >> 5 & 1,
		.ragged = data[0] >> 6 & 1,
		.known = data[0] >> 7 ? known : NULL,
		.delimiter = delimiters[data[1] & 7],
		.header_line = data[1] >> 3 & 3,
		.headless = (data[1] >> 5) == 7,
	};
	read_through(data + 2, n - 2, &o);
	return 0;
}
