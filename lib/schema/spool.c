/* Records that wait. */
#include "schema/spool.h"

#include <stdlib.h>

#include "core/temporary.h"

enum { IN_MEMORY = 1 << 20, BUFFER = 1 << 18 /* read back in turn */ };

static void put_bytes(struct buf *b, const void *p, size_t n)
{
	buf_put(b, (struct str){ p, n });
}

static void put_number(struct buf *b, uint16_t number)
{
	put_bytes(b, &number, sizeof number);
}

/* Records are not longer than RECORD_MAX. */
static void put_text(struct buf *b, struct str s)
{
	uint32_t n = (uint32_t)s.n;
	put_bytes(b, &n, sizeof n);
	buf_put(b, s);
}

/* index, kind, scale and the number or text of what is mentioned; ends with an index that is none.
 */
static void put_values(struct spool *s, const struct record *r)
{
	struct buf *b = &s->buf;
	for (size_t i = 0; r->values && i < s->entity->nfields; i++) {
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
	put_number(b, (uint16_t)s->entity->nfields);
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

/* Each record is preceded by its length, so that a reader knows how much to fetch. */
void spool_put_item(struct spool *s, const struct spooled *item)
{
	size_t start = s->buf.n, length = 0;
	put_bytes(&s->buf, &length, sizeof length);
	put_bytes(&s->buf, &item->line, sizeof item->line);
	put_bytes(&s->buf, &item->source, sizeof item->source);
	put_bytes(&s->buf, &item->unreadable, sizeof item->unreadable);
	put_bytes(&s->buf, &item->absent, sizeof item->absent);
	put_bytes(&s->buf, &item->record.id, sizeof item->record.id);
	put_text(&s->buf, item->raw);
	put_text(&s->buf, item->further);
	put_text(&s->buf, item->field);
	put_text(&s->buf, item->refused);
	put_values(s, &item->record);
	length = s->buf.n - start - sizeof length;
	memcpy(s->buf.p + start, &length, sizeof length);
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

static void get_bytes(struct spool *s, void *p, size_t n)
{
	memcpy(p, s->buf.p + s->at, n);
	s->at += n;
}

static struct str get_text(struct spool *s, struct arena *a)
{
	uint32_t n;
	get_bytes(s, &n, sizeof n);
	struct str text = { s->buf.p + s->at, n };
	s->at += n;
	return arena_str(a, text);
}

/* Brings the next record into buf (from the file, where there is one). */
static bool fetch(struct spool *s)
{
	size_t length;
	if (!s->file) {
		if (s->at == s->buf.n)
			return false;
		s->at += sizeof length;
		return true;
	}
	if (fread(&length, sizeof length, 1, s->file) != 1)
		return false;
	s->at = s->buf.n = 0;
	if (fread(buf_room(&s->buf, length), 1, length, s->file) != length)
		die(STATUS_ENV, "cannot read a temporary file:");
	return true;
}

static void get_values(struct spool *s, struct record *r, struct arena *a)
{
	for (;;) {
		uint16_t place;
		unsigned char head[2];
		get_bytes(s, &place, sizeof place);
		if (place == s->entity->nfields)
			return;
		get_bytes(s, head, sizeof head);
		struct value *v = &r->values[place];
		v->kind = (enum kind)head[0];
		v->scale = head[1];
		if (v->kind == V_INT)
			get_bytes(s, &v->i, sizeof v->i);
		if (v->kind != V_NULL)
			v->s = get_text(s, a);
	}
}

bool spool_get_item(struct spool *s, struct spooled *item, struct arena *a)
{
	if (!fetch(s))
		return false;
	item->record = record_new(s->entity, a);
	get_bytes(s, &item->line, sizeof item->line);
	get_bytes(s, &item->source, sizeof item->source);
	get_bytes(s, &item->unreadable, sizeof item->unreadable);
	get_bytes(s, &item->absent, sizeof item->absent);
	get_bytes(s, &item->record.id, sizeof item->record.id);
	item->raw = get_text(s, a);
	item->further = get_text(s, a);
	item->field = get_text(s, a);
	item->refused = get_text(s, a);
	get_values(s, &item->record, a);
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
