/* Records that wait. */
#include "schema/spool.h"

#include <stdlib.h>

#include "core/temporary.h"

enum { IN_MEMORY = 1 << 20, BUFFER = 1 << 18 /* read back in turn */ };

/* What a record begins with; behind it are its texts and values. */
struct head {
	size_t length; /* of these */
	long line;
	int64_t id;
	unsigned source;
	bool unreadable, absent;
};

static void put_bytes(struct buf *b, const void *p, size_t n)
{
	buf_put(b, (struct str){ p, n });
}

static void put_number(struct buf *b, uint16_t number)
{
	put_bytes(b, &number, sizeof number);
}

/* Records are not longer than RECORD_MAX.  The NUL is for who gets the text as it stands here. */
static void put_text(struct buf *b, struct str s)
{
	uint32_t n = (uint32_t)s.n;
	put_bytes(b, &n, sizeof n);
	buf_put(b, s);
	buf_putc(b, '\0');
}

/* index, kind, scale and the number or text of what is mentioned; ends with an index that is none.
 */
static void put_values(struct spool *s, const struct record *r)
{
	struct buf *b = &s->buf;
	size_t n = s->entity->nfields;
	for (size_t i = 0; r->values && i < n; i++) {
		const struct value *v = &r->values[i];
		if (v->kind == V_NONE)
			continue;
		s->mentioned[i] = true;
		put_number(b, (uint16_t)i);
		unsigned char head[] = { (unsigned char)v->kind, v->scale };
		put_bytes(b, head, sizeof head);
		if (v->kind == V_INT)
			put_bytes(b, &v->i, sizeof v->i);
		if (v->kind != V_NULL) /* of an amount: the currency that it named */
			put_text(b, v->s);
	}
	put_number(b, (uint16_t)n);
}

static void flush(struct spool *s)
{
	if (!s->file) { /* without a buffer of ours the C library takes one of a page */
		s->block = xmalloc(BUFFER);
		setvbuf(s->file = temporary_nameless(), s->block, _IOFBF, BUFFER);
	}
	if (fwrite(s->buf.p, 1, s->buf.n, s->file) != s->buf.n)
		die(STATUS_ENV, "cannot write a temporary file:");
	s->buf.n = 0;
}

void spool_put_item(struct spool *s, const struct spooled *item)
{
	struct head head = { .line = item->line,
			     .id = item->record.id,
			     .source = item->source,
			     .unreadable = item->unreadable,
			     .absent = item->absent };
	size_t start = s->buf.n;
	put_bytes(&s->buf, &head, sizeof head);
	put_text(&s->buf, item->raw);
	put_text(&s->buf, item->further);
	put_text(&s->buf, item->field);
	put_text(&s->buf, item->refused);
	put_values(s, &item->record);
	head.length = s->buf.n - start - sizeof head;
	memcpy(s->buf.p + start, &head, sizeof head);
	s->n++;
	if (s->buf.n > IN_MEMORY)
		flush(s);
}

void spool_put(struct spool *s, const struct record *r, long line, struct str raw)
{
	spool_put_item(s, &(struct spooled){ .record = *r, .line = line, .raw = raw });
}

void spool_rewind(struct spool *s)
{
	s->at = 0;
	if (!s->file)
		return;
	if (s->buf.n)
		flush(s);
	if (fflush(s->file) != 0)
		die(STATUS_ENV, "cannot write a temporary file:");
	rewind(s->file);
}

static void get_bytes(const char **at, void *p, size_t n)
{
	memcpy(p, *at, n);
	*at += n;
}

static struct str get_text(const char **at)
{
	uint32_t n;
	get_bytes(at, &n, sizeof n);
	struct str text = { *at, n };
	*at += n + 1;
	return text;
}

/* The head of the next record, and what is behind it (from the file, where there is one). */
static const char *fetch(struct spool *s, struct head *head, struct arena *a)
{
	if (!s->file) {
		if (s->at == s->buf.n)
			return NULL;
		const char *from = s->buf.p + s->at;
		get_bytes(&from, head, sizeof *head);
		s->at += sizeof *head + head->length;
		return memcpy(arena_take(a, head->length), from, head->length);
	}
	if (fread(head, sizeof *head, 1, s->file) != 1)
		return NULL;
	char *bytes = arena_take(a, head->length);
	if (fread(bytes, 1, head->length, s->file) != head->length)
		die(STATUS_ENV, "cannot read a temporary file:");
	return bytes;
}

static void get_values(const char **at, struct record *r)
{
	for (;;) {
		uint16_t place;
		unsigned char head[2];
		get_bytes(at, &place, sizeof place);
		if (place == r->entity->nfields)
			return;
		get_bytes(at, head, sizeof head);
		struct value *v = &r->values[place];
		v->kind = (enum kind)head[0];
		v->scale = head[1];
		if (v->kind == V_INT)
			get_bytes(at, &v->i, sizeof v->i);
		if (v->kind != V_NULL)
			v->s = get_text(at);
	}
}

bool spool_get_item(struct spool *s, struct spooled *item, struct arena *a)
{
	struct head head;
	const char *at = fetch(s, &head, a);
	if (!at)
		return false;
	*item = (struct spooled){ .record = record_new(s->entity, a),
				  .line = head.line,
				  .source = head.source,
				  .unreadable = head.unreadable,
				  .absent = head.absent };
	item->record.id = head.id;
	item->raw = get_text(&at);
	item->further = get_text(&at);
	item->field = get_text(&at);
	item->refused = get_text(&at);
	get_values(&at, &item->record);
	return true;
}

bool spool_get(struct spool *s, struct record *r, long *line, struct str *raw, struct arena *a)
{
	struct spooled item;
	if (!spool_get_item(s, &item, a))
		return false;
	*r = item.record;
	*line = item.line;
	*raw = item.raw;
	return true;
}

void spool_free(struct spool *s)
{
	if (s->file)
		fclose(s->file);
	free(s->block);
	buf_free(&s->buf);
}
