/* Mail through GMime: the one file that knows it. */
#include <gmime/gmime.h>

#include "core/date.h"
#include "core/email.h"
#include "core/plain.h"
#include "core/utf8.h"
#include "stream/mime_impl.h"

static void start(void)
{
	static bool started;
	if (!started)
		g_mime_init();
	started = true;
}

/* -- writing -- */

static const char *text(struct str s, struct arena *a)
{
	return arena_str(a, s).p;
}

/* As UTF-8 whatever it holds: GMime would choose a charset by the text. */
static GMimeObject *text_part(struct str s, const char *subtype, bool part)
{
	static const GMimeContentEncoding encodings[] = {
		[CODING_NONE] = GMIME_CONTENT_ENCODING_7BIT,
		[CODING_QUOTED] = GMIME_CONTENT_ENCODING_QUOTEDPRINTABLE,
		[CODING_BASE64] = GMIME_CONTENT_ENCODING_BASE64,
	};
	GMimeTextPart *made = g_mime_text_part_new_with_subtype(subtype);
	GMimeStream *mem = g_mime_stream_mem_new();
	g_mime_stream_write(mem, s.p, s.n);
	if (s.n && s.p[s.n - 1] != '\n')
		g_mime_stream_write(mem, "\n", 1);
	GMimeDataWrapper *content =
	    g_mime_data_wrapper_new_with_stream(mem, GMIME_CONTENT_ENCODING_DEFAULT);
	g_mime_part_set_content((GMimePart *)made, content);
	g_mime_text_part_set_charset(made, "utf-8");
	g_mime_part_set_content_encoding((GMimePart *)made, encodings[mime_coding_for(s, part)]);
	g_object_unref(content);
	g_object_unref(mem);
	return (GMimeObject *)made;
}

/* text alone, HTML alone, or both for the reader to choose. */
static GMimeObject *body_of(const struct mime_message *m, struct arena *a)
{
	if (!m->text.n || !m->html.n)
		return text_part(m->html.n ? m->html : m->text, m->html.n ? "html" : "plain",
				 false);
	GMimeMultipart *both = g_mime_multipart_new_with_subtype("alternative");
	GMimeObject *plain = text_part(m->text, "plain", true);
	GMimeObject *html = text_part(m->html, "html", true);
	char *sum = g_compute_checksum_for_string(G_CHECKSUM_SHA256, text(m->message_id, a), -1);
	g_mime_multipart_set_boundary(both, arena_printf(a, "=_%.32s", sum).p);
	g_mime_multipart_add(both, plain);
	g_mime_multipart_add(both, html);
	g_free(sum);
	g_object_unref(plain);
	g_object_unref(html);
	return (GMimeObject *)both;
}

static void set_date(GMimeMessage *message, int64_t at)
{
	GTimeZone *zone = g_time_zone_new_identifier(zone_name());
	GDateTime *utc = g_date_time_new_from_unix_utc(at);
	GDateTime *local = zone ? g_date_time_to_timezone(utc, zone) : g_date_time_ref(utc);
	g_mime_message_set_date(message, local);
	g_date_time_unref(local);
	g_date_time_unref(utc);
	if (zone)
		g_time_zone_unref(zone);
}

static void set_header(GMimeMessage *message, const char *name, const char *value)
{
	g_mime_object_set_header((GMimeObject *)message, name, value, "utf-8");
}

/*
 * As it stands, folded at blanks where the line grows long: GMime would put links into encoded
 * words, and turns the ASCII form of some domains into text.
 */
static void set_raw(GMimeMessage *message, const char *name, struct str value, struct arena *a)
{
	enum { LONG = 60 };
	struct buf b = { 0 };
	size_t line = strlen(name);
	buf_putc(&b, ' ');
	for (size_t i = 0; i < value.n; i++, line++) {
		bool folds = value.p[i] == ' ' && line > LONG;
		if (folds)
			buf_putc(&b, '\n');
		buf_putc(&b, value.p[i]);
		line = folds ? 0 : line;
	}
	buf_putc(&b, '\n');
	set_header(message, name, "x");
	GMimeHeaderList *all = g_mime_object_get_header_list((GMimeObject *)message);
	g_mime_header_set_raw_value(g_mime_header_list_get_header(all, name), buf_copy(&b, a).p);
	buf_free(&b);
}

static void set_address(GMimeMessage *message, const char *name, const struct mime_address *x,
			struct arena *a)
{
	struct str address = mime_ascii_address(x->address, a);
	char *phrase = g_mime_utils_header_encode_phrase(NULL, text(x->name, a), "utf-8");
	set_raw(message, name,
		x->name.n ? arena_printf(a, "%s <%s>", phrase, text(address, a)) : address, a);
	g_free(phrase);
}

static void set_headers(GMimeMessage *message, const struct mime_message *m, struct arena *a)
{
	set_address(message, "From", &m->from, a);
	set_address(message, "To", &m->to, a);
	if (m->reply_to.address.n)
		set_address(message, "Reply-To", &m->reply_to, a);
	g_mime_message_set_subject(message, text(m->subject, a), "utf-8");
	set_date(message, m->date);
	g_mime_message_set_message_id(message, text(m->message_id, a));
	if (mime_id_fits(m->in_reply_to)) {
		const char *id =
		    arena_printf(a, "<%.*s>", (int)m->in_reply_to.n, m->in_reply_to.p).p;
		set_header(message, "In-Reply-To", id);
		set_header(message, "References", id);
	}
	if (m->unsubscribe.n)
		set_raw(message, "List-Unsubscribe", m->unsubscribe, a);
	if (m->unsubscribe.n && m->one_click)
		set_header(message, "List-Unsubscribe-Post", "List-Unsubscribe=One-Click");
	if (m->automatic)
		set_header(message, "Auto-Submitted", "auto-generated");
}

bool mime_write(const struct mime_message *m, struct buf *out, struct diag *d)
{
	struct arena a = { 0 };
	bool ok = mime_check(m, &a, d);
	if (ok) {
		start();
		GMimeMessage *message = g_mime_message_new(TRUE);
		GMimeObject *body = body_of(m, &a);
		set_headers(message, m, &a);
		g_mime_message_set_mime_part(message, body);
		char *all = g_mime_object_to_string((GMimeObject *)message, NULL);
		buf_puts(out, all);
		if (out->n && out->p[out->n - 1] != '\n')
			buf_putc(out, '\n');
		g_free(all);
		g_object_unref(body);
		g_object_unref(message);
	}
	arena_free(&a);
	return ok;
}

/* -- reading -- */

struct visit {
	struct mime_mail *mail;
	struct mime_signs signs;
	struct str html;
	size_t parts;
	struct arena *arena;
};

static struct str line_of(const char *s, struct arena *a)
{
	return plain_clean(str_of(s), false, a);
}

static struct str header(GMimeObject *o, const char *name, struct arena *a)
{
	return line_of(g_mime_object_get_header(o, name), a);
}

/* What can be written down of an address: its canonical form, else nothing. */
static bool address_of(InternetAddress *ia, struct mime_address *out, struct arena *a)
{
	struct diag d = { 0 };
	if (!INTERNET_ADDRESS_IS_MAILBOX(ia))
		return false;
	struct str typed =
	    line_of(internet_address_mailbox_get_addr((InternetAddressMailbox *)ia), a);
	bool ok = email_parse(typed, &out->address, a, &d);
	out->name = line_of(internet_address_get_name(ia), a);
	diag_free(&d);
	return ok;
}

static void add_recipient(struct visit *v, const struct mime_address *x)
{
	enum { RECIPIENTS_MAX = 500 };
	if (v->mail->nto < RECIPIENTS_MAX)
		v->mail->to[v->mail->nto++] = *x;
}

/* Of groups, too, one within the other as far as people do that. */
static void take_addresses(struct visit *v, InternetAddressList *list, struct mime_address *first,
			   int depth)
{
	enum { GROUPS_DEEP = 4 };
	int n = list && depth < GROUPS_DEEP ? internet_address_list_length(list) : 0;
	for (int i = 0; i < n; i++) {
		InternetAddress *ia = internet_address_list_get_address(list, i);
		struct mime_address x;
		if (INTERNET_ADDRESS_IS_GROUP(ia))
			take_addresses(
			    v, internet_address_group_get_members((InternetAddressGroup *)ia),
			    first, depth + 1);
		else if (!address_of(ia, &x, v->arena))
			continue;
		else if (!first)
			add_recipient(v, &x);
		else if (!first->address.n)
			*first = x;
	}
}

static void add_references(struct visit *v, const char *value, bool backwards)
{
	enum { REFERENCES_MAX = 50 };
	struct mime_mail *m = v->mail;
	GMimeReferences *refs = value ? g_mime_references_parse(NULL, value) : NULL;
	int n = refs ? g_mime_references_length(refs) : 0;
	for (int i = 0; i < n && m->nreferences < REFERENCES_MAX; i++)
		m->references[m->nreferences++] = line_of(
		    g_mime_references_get_message_id(refs, backwards ? n - 1 - i : i), v->arena);
	if (refs)
		g_mime_references_free(refs);
}

static void take_headers(struct visit *v, GMimeMessage *message, struct str raw)
{
	struct mime_mail *m = v->mail;
	GMimeObject *o = (GMimeObject *)message;
	struct arena *a = v->arena;
	enum { ROOM = 500 };
	m->to = arena_new(a, struct mime_address, ROOM);
	m->references = arena_new(a, struct str, ROOM);
	take_addresses(v, g_mime_message_get_from(message), &m->from, 0);
	if (!m->from.address.n)
		take_addresses(v, g_mime_message_get_sender(message), &m->from, 0);
	take_addresses(v, g_mime_message_get_to(message), NULL, 0);
	take_addresses(v, g_mime_message_get_cc(message), NULL, 0);
	m->subject = line_of(g_mime_message_get_subject(message), a);
	m->message_id = line_of(g_mime_message_get_message_id(message), a);
	if (!m->message_id.n) {
		char *sum =
		    g_compute_checksum_for_data(G_CHECKSUM_SHA256, (const guchar *)raw.p, raw.n);
		m->message_id = arena_printf(a, "%s@no-message-id", sum);
		g_free(sum);
	}
	add_references(v, g_mime_object_get_header(o, "In-Reply-To"), false);
	add_references(v, g_mime_object_get_header(o, "References"), true);
	GDateTime *date = g_mime_message_get_date(message);
	m->date = date ? g_date_time_to_unix(date) : INT64_MAX;
	v->signs.auto_submitted = header(o, "Auto-Submitted", a);
	v->signs.precedence = header(o, "Precedence", a);
	v->signs.autoreply = header(o, "X-Autoreply", a);
	if (!v->signs.autoreply.n)
		v->signs.autoreply = header(o, "X-Autorespond", a);
	v->signs.return_path = header(o, "Return-Path", a);
}

/* The decoded bytes of a part that is no text. */
static struct str content_of(struct visit *v, GMimePart *part)
{
	GMimeDataWrapper *content = g_mime_part_get_content(part);
	GMimeStream *mem = g_mime_stream_mem_new();
	struct str s = { 0 };
	if (content && g_mime_data_wrapper_write_to_stream(content, mem) >= 0) {
		GByteArray *bytes = g_mime_stream_mem_get_byte_array((GMimeStreamMem *)mem);
		s = plain_clean((struct str){ (const char *)bytes->data, bytes->len }, true,
				v->arena);
	}
	g_object_unref(mem);
	return s;
}

static void attach(struct visit *v, const char *name)
{
	enum { ATTACHMENTS_MAX = 100 };
	struct mime_mail *m = v->mail;
	if (!m->attachments)
		m->attachments = arena_new(v->arena, struct str, ATTACHMENTS_MAX);
	if (m->nattachments < ATTACHMENTS_MAX)
		m->attachments[m->nattachments++] = line_of(name, v->arena);
}

static void attach_as(struct visit *v, const char *name, GMimeContentType *type)
{
	char *what = g_mime_content_type_get_mime_type(type);
	attach(v, name ? name : what);
	g_free(what);
}

static void take_text(struct visit *v, GMimeObject *o)
{
	struct mime_mail *m = v->mail;
	bool html = g_mime_content_type_is_type(g_mime_object_get_content_type(o), "text", "html");
	char *all = g_mime_text_part_get_text((GMimeTextPart *)o);
	struct str *to = html ? &v->html : &m->text;
	if (!to->n)
		*to = plain_clean(str_of(all), true, v->arena);
	g_free(all);
}

static void take_part(struct visit *v, GMimeObject *o)
{
	GMimeContentType *type = g_mime_object_get_content_type(o);
	const char *name = g_mime_part_get_filename((GMimePart *)o);
	const char *how = g_mime_object_get_disposition(o);
	bool attached = name || (how && !g_ascii_strcasecmp(how, "attachment"));
	if (g_mime_content_type_is_type(type, "message", "delivery-status"))
		v->signs.delivery = content_of(v, (GMimePart *)o);
	else if (g_mime_content_type_is_type(type, "message", "feedback-report"))
		v->signs.feedback = true;
	else if (g_mime_content_type_is_type(type, "text", "rfc822-headers"))
		v->signs.returned = content_of(v, (GMimePart *)o);
	else if (GMIME_IS_TEXT_PART(o) && !attached)
		take_text(v, o);
	else
		attach_as(v, name, type);
}

static void take_object(struct visit *v, GMimeObject *o, int depth)
{
	enum { PARTS_DEEP = 32 };
	if (!o || depth > PARTS_DEEP || ++v->parts > MIME_PARTS)
		return;
	if (GMIME_IS_MULTIPART(o)) {
		GMimeContentType *type = g_mime_object_get_content_type(o);
		v->signs.report |= g_mime_content_type_is_type(type, "multipart", "report") != 0;
		int n = g_mime_multipart_get_count((GMimeMultipart *)o);
		for (int i = 0; i < n; i++)
			take_object(v, g_mime_multipart_get_part((GMimeMultipart *)o, i),
				    depth + 1);
	} else if (GMIME_IS_MESSAGE_PART(o)) {
		GMimeMessage *inner = g_mime_message_part_get_message((GMimeMessagePart *)o);
		if (inner && !v->signs.returned_id.n)
			v->signs.returned_id =
			    line_of(g_mime_message_get_message_id(inner), v->arena);
		if (inner && !v->signs.report)
			attach(v, g_mime_message_get_subject(inner));
	} else if (GMIME_IS_PART(o)) {
		take_part(v, o);
	}
}

bool mime_read(struct str raw, struct mime_mail *out, struct arena *a, struct diag *d)
{
	static const char *charsets[] = { "utf-8", "windows-1258", "iso-8859-1", NULL };
	struct visit v = { .mail = out, .arena = a };
	*out = (struct mime_mail){ .date = INT64_MAX };
	if (raw.n > MIME_SIZE)
		return diag_set(d, NULL, "the message is larger than %d MB", MIME_SIZE >> 20);
	if (!mime_bearable(raw, d))
		return false;
	raw = mime_without_nul(raw, a);
	start();
	GMimeStream *stream = g_mime_stream_mem_new_with_buffer(raw.p, raw.n);
	GMimeParser *parser = g_mime_parser_new_with_stream(stream);
	GMimeParserOptions *options = g_mime_parser_options_new();
	g_mime_parser_options_set_fallback_charsets(options, charsets);
	GMimeMessage *message = g_mime_parser_construct_message(parser, options);
	if (message) {
		take_headers(&v, message, raw);
		take_object(&v, g_mime_message_get_mime_part(message), 0);
		g_object_unref(message);
	}
	g_mime_parser_options_free(options);
	g_object_unref(parser);
	g_object_unref(stream);
	if (!out->text.n && v.html.n) {
		struct buf b = { 0 };
		plain_put(&b, v.html);
		out->text = buf_copy(&b, a);
		buf_free(&b);
	}
	out->text = utf8_trim(out->text);
	mime_judge(out, &v.signs, a);
	return out->from.address.n || out->kind >= MIME_BOUNCE ||
	       diag_set(d, NULL, "this is no mail: nobody sent it");
}
