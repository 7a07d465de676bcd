/* libFuzzer: JSON streams, and that what is a record by json_check is one to the reader. */
#include "stream_input.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n);
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n)
{
	struct diag d = { 0 };
	struct str text = { (const char *)data, n };
	if (json_check(text, JSON_RECORD_RULES, &d) && !json_check(text, JSON_RFC8259, &d))
		abort();
	read_through(data, n, &(struct reader_options){ .format = FORMAT_JSON, .want_raw = true });
	diag_free(&d);
	return 0;
}
