/* Texts of rules with places for the record's fields. */
#include "domain/follow_impl.h"
#include "query/template.h"

/* The first of them is told. */
static void wrong(void *ctx, struct diag *d)
{
	struct diag *first = ctx;
	if (!first->message.n)
		diag_set(first, NULL, "%.*s", (int)d->message.n, d->message.p);
}

bool text_fill(struct follow *f, const struct entity *e, int64_t id, const char **text,
	       struct arena *a, struct diag *d)
{
	static const struct template_words none = { 0 };
	struct template t, *const all[] = { &t };
	struct query_context q;
	struct buf b = { 0 };
	if (!*text || !strstr(*text, "{{"))
		return true;
	match_node(f, e, NULL, f->store->settings.calendar.now, &q, d);
	if (!template_parse(str_of(*text), "text", &t, a, d))
		return false;
	struct filler *filler =
	    filler_open(f->store, &q, (const struct template *const *)all, 1, &none, wrong, d);
	bool ok =
	    filler && filler_seek(filler, id) && filler_put(filler, 0, &none, ESCAPE_NONE, &b, d);
	*text = ok ? buf_copy(&b, a).p : *text;
	if (filler)
		filler_close(filler);
	buf_free(&b);
	return ok;
}
