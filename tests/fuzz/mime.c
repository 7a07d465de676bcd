/* libFuzzer: mail that comes in; what is made of it can be kept, and answered. */
#include <stdlib.h>

#include "core/utf8.h"
#include "stream/mime.h"

static void check(struct str s)
{
	if (!utf8_valid(s) || str_find(s, '\0') >= 0)
		abort();
}

/* What came in goes out again: no header of it becomes two. */
static void answer(const struct mime_mail *m)
{
	struct buf out = { 0 };
	struct diag d = { 0 };
	struct mime_message reply = {
		.from = { STR("x"), STR("x@example.vn") },
		.to = m->from,
		.subject = m->subject,
		.message_id = STR("1@example.vn"),
		.in_reply_to = m->message_id,
		.text = m->text,
		.html = m->text,
	};
	if (mime_write(&reply, &out, &d)) {
		size_t head = 0, fields = 0;
		for (struct str rest = buf_str(&out), line;
		     str_cut(&rest, '\n', &line) && line.n;) {
			fields += line.p[0] != ' ' && line.p[0] != '\t';
			head += line.n;
		}
		if (fields > 10 || !utf8_ascii(str_sub(buf_str(&out), 0, head)))
			abort();
	}
	buf_free(&out);
	diag_free(&d);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n);
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n)
{
	struct arena a = { 0 };
	struct diag d = { 0 };
	struct mime_mail m;
	if (mime_read((struct str){ (const char *)data, n }, &m, &a, &d)) {
		const struct str all[] = { m.from.name,	 m.from.address, m.subject,
					   m.message_id, m.text,	 m.original };
		for (size_t i = 0; i < countof(all); i++)
			check(all[i]);
		for (size_t i = 0; i < m.nreturned; i++) {
			check(m.returned[i].recipient);
			check(m.returned[i].status);
			check(m.returned[i].diagnostic);
		}
		for (size_t i = 0; i < m.nattachments; i++)
			check(m.attachments[i]);
		answer(&m);
	}
	arena_free(&a);
	diag_free(&d);
	return 0;
}
