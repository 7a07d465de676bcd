/* Bytes coming in: read(2), iconv, the window, physical lines. */
#include "stream/source.h"

#include <errno.h>
#include <iconv.h>
#include <poll.h>
#include <stdlib.h>
#include <strings.h>
#include <unistd.h>

#include "core/buf.h"
#include "stream/encoding.h"
#include "stream/reader.h"

enum { CHUNK = 64 * 1024, READ_MAX = 1024 * 1024, GUESS_MAX = 256 * 1024, WIDE_MAX = 256 };

static const char utf8_mark[] = "\xef\xbb\xbf";

struct decoder {
	iconv_t cd;
	size_t unit; /* bytes to step over where nothing can be decoded */
	size_t n;    /* of `bytes`, not yet decoded: the start of a character */
	char bytes[CHUNK];
};

static bool decoder_open(struct source *s, const char *encoding, struct diag *d)
{
	/* A suffix such as //IGNORE would drop data without a word. */
	iconv_t cd = strchr(encoding, '/') ? (iconv_t)-1 : iconv_open("UTF-8", encoding);
	if (cd == (iconv_t)-1)
		return diag_set(d, NULL, "unknown encoding %s",
				quoted(str_of(encoding), &d->arena));
	s->decoder = xcalloc(1, sizeof *s->decoder);
	s->decoder->cd = cd;
	s->decoder->unit = 1;
	s->encoding = encoding;
	if (strncasecmp(encoding, "UTF-16", 6) == 0 || strncasecmp(encoding, "UCS-2", 5) == 0)
		s->decoder->unit = 2;
	if (strncasecmp(encoding, "UTF-32", 6) == 0 || strncasecmp(encoding, "UCS-4", 5) == 0)
		s->decoder->unit = 4;
	return true;
}

static void decoder_close(struct source *s)
{
	if (s->decoder)
		iconv_close(s->decoder->cd);
	free(s->decoder);
	s->decoder = NULL;
	s->encoding = NULL;
}

/*
 * Makes room for at least CHUNK bytes behind the window.  It is moved to the start as soon as
 * that is no more than was taken: a buffer that was large once is not filled again.
 */
static void make_room(struct source *s)
{
	if (s->at >= s->n - s->at || s->size - s->n < CHUNK) {
		memmove(s->p, s->p + s->at, s->n - s->at);
		s->n -= s->at;
		s->at = 0;
	}
	if (s->size - s->n < CHUNK) {
		s->size *= 2;
		s->p = xrealloc(s->p, s->size);
	}
}

/*
 * Up to n bytes; 0 only at the end, or where reading failed.  Waits where somebody made the
 * descriptor non-blocking.
 */
static size_t read_some(struct source *s, char *to, size_t n)
{
	for (;;) {
		ssize_t got = read(s->fd, to, n);
		if (got < 0 && errno == EINTR)
			continue;
		if (got < 0 && errno == EAGAIN) {
			poll(&(struct pollfd){ .fd = s->fd, .events = POLLIN }, 1, -1);
			continue;
		}
		s->failed = got < 0 ? errno : 0;
		s->ended = got <= 0;
		s->bytes += got > 0 ? (uint64_t)got : 0;
		return got > 0 ? (size_t)got : 0;
	}
}

/*
 * Stands for bytes that cannot be decoded.  No UTF-8 text has this byte, so the
 * record that it lands in will be refused, and only that one.
 */
static void put_undecodable(struct source *s)
{
	make_room(s);
	s->p[s->n++] = (char)0xff;
}

/* Decodes what it can of d->bytes, and keeps the rest: the start of a character. */
static void decode(struct source *s, struct decoder *d)
{
	char *in = d->bytes;
	while (d->n) {
		make_room(s);
		char *out = s->p + s->n;
		size_t room = s->size - s->n;
		size_t done = iconv(d->cd, &in, &d->n, &out, &room);
		int error = errno;
		s->n = (size_t)(out - s->p);
		if (done != (size_t)-1 || error == EINVAL)
			break;
		if (error == E2BIG)
			continue;
		put_undecodable(s);
		size_t step = d->unit < d->n ? d->unit : d->n;
		in += step;
		d->n -= step;
	}
	memmove(d->bytes, in, d->n);
}

/* At the end of the input: what iconv still holds, and half a character. */
static void decode_rest(struct source *s, struct decoder *d)
{
	make_room(s);
	char *out = s->p + s->n;
	size_t room = s->size - s->n;
	iconv(d->cd, NULL, NULL, &out, &room);
	s->n = (size_t)(out - s->p);
	if (d->n)
		put_undecodable(s);
	d->n = 0;
}

/* Decodes what begins a source, unless that is the mark of UTF-8: then there is no decoder. */
static void start_decoding(struct source *s)
{
	struct decoder *d = s->decoder;
	while (!s->ended && d->n < 3 && memcmp(d->bytes, utf8_mark, d->n) == 0)
		d->n += read_some(s, d->bytes + d->n, CHUNK - d->n);
	if (d->n >= 3 && memcmp(d->bytes, utf8_mark, 3) == 0) {
		memcpy(s->p, d->bytes, d->n);
		s->n = d->n;
		decoder_close(s);
		return;
	}
	decode(s, d);
	if (s->ended)
		decode_rest(s, d);
}

bool source_open(struct source *s, int fd, const char *name, const char *encoding, struct diag *d)
{
	*s = (struct source){ .fd = fd, .name = name, .eol = '\n', .line = 1 };
	s->p = xmalloc(2 * CHUNK);
	s->size = 2 * CHUNK;
	if (!encoding || strcasecmp(encoding, "UTF-8") == 0 || strcasecmp(encoding, "UTF8") == 0)
		return true;
	if (!decoder_open(s, encoding, d))
		return false;
	start_decoding(s);
	return true;
}

bool source_decode(struct str bytes, const char *encoding, struct str *out, struct arena *a)
{
	iconv_t cd = strchr(encoding, '/') ? (iconv_t)-1 : iconv_open("UTF-8", encoding);
	if (cd == (iconv_t)-1)
		return false;
	size_t room = 4 * bytes.n + 16, left = bytes.n, size = room;
	char *p = arena_alloc(a, room), *to = p, *in = (char *)(uintptr_t)bytes.p;
	bool good = iconv(cd, &in, &left, &to, &room) != (size_t)-1 && !left &&
		    iconv(cd, NULL, NULL, &to, &room) != (size_t)-1;
	iconv_close(cd);
	*out = (struct str){ p, size - room };
	return good;
}

void source_close(struct source *s)
{
	decoder_close(s);
	free(s->p);
	*s = (struct source){ 0 };
}

bool source_more(struct source *s)
{
	size_t before = s->n - s->at;
	while (!s->ended && s->n - s->at == before) {
		struct decoder *d = s->decoder;
		make_room(s);
		if (!d) {
			size_t room = s->size - s->n; /* a record too long is seen soon */
			s->n += read_some(s, s->p + s->n, room < READ_MAX ? room : READ_MAX);
			continue;
		}
		d->n += read_some(s, d->bytes + d->n, CHUNK - d->n);
		if (s->ended)
			decode_rest(s, d);
		else
			decode(s, d);
	}
	return s->n - s->at > before;
}

int source_peek(struct source *s, size_t at)
{
	while (s->n - s->at <= at)
		if (!source_more(s))
			return -1;
	return (unsigned char)s->p[s->at + at];
}

/* Decodes what has come so far, but for its first n bytes, a mark. */
static bool start_over(struct source *s, const char *encoding, size_t n, struct diag *d)
{
	struct str raw = str_sub(source_window(s), n, s->n);
	char *old = s->p;
	if (!decoder_open(s, encoding, d))
		return false;
	s->size = 2 * CHUNK;
	s->p = xmalloc(s->size);
	s->at = s->n = 0;
	while (raw.n) {
		size_t room = CHUNK - s->decoder->n, take = raw.n < room ? raw.n : room;
		memcpy(s->decoder->bytes + s->decoder->n, raw.p, take);
		s->decoder->n += take;
		raw = str_sub(raw, take, raw.n);
		decode(s, s->decoder);
	}
	if (s->ended)
		decode_rest(s, s->decoder);
	free(old);
	return true;
}

static const struct mark {
	const char *bytes;
	size_t n;
	const char *encoding;
} marks[] = {
	{ "\xff\xfe\0\0", 4, "UTF-32LE" }, /* before UTF-16, which starts alike */
	{ "\0\0\xfe\xff", 4, "UTF-32BE" }, { "\xff\xfe", 2, "UTF-16LE" },
	{ "\xfe\xff", 2, "UTF-16BE" },	   { utf8_mark, 3, NULL },
};

/* What people take for a table, too. */
static const struct other {
	const char *bytes, *what;
} others[] = {
	{ "PK\3\4", "a workbook (.xlsx, .ods) or another zip archive" },
	{ "\xd0\xcf\x11\xe0", "an old workbook (.xls) or document" },
	{ "\x1f\x8b", "compressed" },
	{ "%PDF-", "a PDF" },
	{ "<html", "a web page" },
	{ "<!DOCTYPE", "a web page" },
	{ "<table", "a web page" },
	{ "<?xml", "XML" },
};

static bool begins(struct source *s, const char *bytes, size_t length)
{
	size_t n = 0; /* a byte at a time: a live pipe may hold no four yet */
	while (n < length && source_peek(s, n) == (unsigned char)bytes[n])
		n++;
	return n == length;
}

/* The mark that the source begins with, or NULL. */
static const struct mark *find_mark(struct source *s)
{
	for (size_t i = 0; i < countof(marks); i++)
		if (begins(s, marks[i].bytes, marks[i].n))
			return &marks[i];
	return NULL;
}

static bool is_text(struct source *s, struct diag *d)
{
	for (size_t i = 0; i < countof(others); i++)
		if (begins(s, others[i].bytes, strlen(others[i].bytes)))
			return diag_set(d, NULL, "this is %s; save its table as CSV",
					others[i].what);
	return true;
}

static bool take_mark(struct source *s, bool guess, struct diag *d)
{
	const struct mark *mark = find_mark(s);
	if (mark && mark->encoding && !s->decoder)
		return start_over(s, mark->encoding, mark->n, d);
	if (mark && !mark->encoding) {
		s->at += mark->n;
		s->marked = true;
		return true;
	}
	if (s->decoder)
		return true;
	const char *encoding = NULL;
	if (source_peek(s, 0) == 0 || source_peek(s, 1) == 0) {
		source_peek(s, WIDE_MAX - 1);
		encoding = encoding_wide(str_sub(source_window(s), 0, WIDE_MAX));
	}
	if (guess && !encoding) {
		source_peek(s, GUESS_MAX); /* one more than is looked at */
		struct str text = source_window(s);
		encoding = encoding_guess(str_sub(text, 0, GUESS_MAX), text.n > GUESS_MAX);
	}
	return !encoding || start_over(s, encoding, 0, d);
}

bool source_begin(struct source *s, bool guess, struct diag *d)
{
	return is_text(s, d) && take_mark(s, guess, d) && is_text(s, d);
}

enum line_result source_line(struct source *s, size_t from, size_t *n)
{
	for (size_t at = from;;) {
		struct str w = source_window(s);
		const char *end = w.n > at ? memchr(w.p + at, s->eol, w.n - at) : NULL;
		*n = (end ? (size_t)(end + 1 - w.p) : w.n) - from;
		if (from + *n > RECORD_MAX)
			return LINE_LONG;
		if (end)
			return LINE_HERE;
		at = w.n;
		if (!source_more(s))
			return *n ? LINE_HERE : LINE_END;
	}
}

struct str source_chomp(const struct source *s, struct str line)
{
	if (line.n && line.p[line.n - 1] == s->eol)
		line.n--;
	if (line.n && s->eol == '\n' && line.p[line.n - 1] == '\r')
		line.n--;
	return line;
}

void source_take(struct source *s, size_t n)
{
	const char *p = s->p + s->at, *end = p + n;
	while (p < end && (p = memchr(p, s->eol, (size_t)(end - p)))) {
		s->line++;
		p++;
	}
	s->at += n;
}

void source_skip_line(struct source *s)
{
	for (;;) {
		struct str w = source_window(s);
		ptrdiff_t end = str_find(w, s->eol);
		source_take(s, end < 0 ? w.n : (size_t)end + 1);
		if (end >= 0 || !source_more(s))
			return;
	}
}
