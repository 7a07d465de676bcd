/* libFuzzer: templates; every node lies within the text, every section within its own. */
#include <stdlib.h>

#include "query/template.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n);
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n)
{
	struct arena a = { 0 };
	struct diag d = { 0 };
	struct template t;
	struct str text = { (const char *)data, n };
	if (template_parse(text, "fuzz", &t, &a, &d)) {
		for (size_t i = 0; i < t.n; i++) {
			const struct template_node *node = &t.nodes[i];
			bool section = node->tag == TAG_SECTION || node->tag == TAG_INVERTED;
			if (!node->text.n || node->text.p < text.p ||
			    node->text.p + node->text.n > text.p + text.n ||
			    (section && (node->end <= i || node->end > t.n)) ||
			    (node->tag != TAG_TEXT && (node->line < 1 || node->column < 1)))
				abort();
		}
	} else if (!d.message.n || d.line < 1 || d.column < 1) {
		abort();
	}
	arena_free(&a);
	diag_free(&d);
	return 0;
}
