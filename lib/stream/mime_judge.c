/* Letters, automatic answers, and what came back. */
#include "core/email.h"
#include "stream/mime_impl.h"

static char lower(char c)
{
	return c >= 'A' && c <= 'Z' ? (char)(c - 'A' + 'a') : c;
}

static bool same(char a, char b)
{
	return lower(a) == lower(b);
}

/* Where `what` stands in s, without case; s.n: nowhere. */
static size_t find(struct str s, const char *what)
{
	size_t n = strlen(what);
	for (size_t i = 0; i + n <= s.n; i++) {
		size_t j = 0;
		while (j < n && same(s.p[i + j], what[j]))
			j++;
		if (j == n)
			return i;
	}
	return s.n;
}

static bool begins(struct str s, const char *what)
{
	return find(str_sub(s, 0, strlen(what)), what) == 0 && s.n;
}

/* The value of the line "name: value"; empty: there is none. */
static struct str field(struct str text, const char *name)
{
	struct str line, key;
	while (str_cut(&text, '\n', &line))
		if (str_find(line, ':') >= 0 && str_cut(&line, ':', &key) &&
		    begins(str_trim(key), name) && str_trim(key).n == strlen(name))
			return str_trim(line);
	return (struct str){ 0 };
}

static struct str without_brackets(struct str s)
{
	s = str_trim(s);
	if (s.n > 1 && s.p[0] == '<' && s.p[s.n - 1] == '>')
		s = str_sub(s, 1, s.n - 2);
	return s;
}

static bool digit_at(struct str s, size_t at)
{
	return at < s.n && is_digit(s.p[at]);
}

/* "5.1.1" anywhere in a text, of RFC 3463; empty: nowhere. */
static struct str enhanced_status(struct str s)
{
	for (size_t i = 0; i + 5 <= s.n; i++) {
		bool starts = i == 0 || !(digit_at(s, i - 1) || s.p[i - 1] == '.');
		size_t n = 4;
		if (!starts || (s.p[i] != '4' && s.p[i] != '5') || s.p[i + 1] != '.' ||
		    !digit_at(s, i + 2) || s.p[i + 3] != '.' || !digit_at(s, i + 4))
			continue;
		while (n < 7 && digit_at(s, i + n))
			n++;
		if (i + n >= s.n || s.p[i + n] != '.')
			return str_sub(s, i, n);
	}
	return (struct str){ 0 };
}

/* The answer of a server, "550 " or "451-"; 0: there is none. */
static char reply_class(struct str s)
{
	for (size_t i = 0; i + 4 <= s.n; i++)
		if ((s.p[i] == '4' || s.p[i] == '5') && digit_at(s, i + 1) && digit_at(s, i + 2) &&
		    (s.p[i + 3] == ' ' || s.p[i + 3] == '-') && (i == 0 || !digit_at(s, i - 1)))
			return s.p[i];
	return 0;
}

static bool take_address(struct mime_returned *r, struct str text, struct arena *a)
{
	struct diag d = { 0 };
	struct str address;
	bool ok = email_parse(without_brackets(text), &address, a, &d);
	if (ok)
		r->recipient = address;
	diag_free(&d);
	return ok;
}

/* The first address in angle brackets, or behind blanks, that is not the sender's. */
static void find_recipient(const struct mime_mail *m, struct mime_returned *r, struct arena *a)
{
	struct str rest = m->text, line, one;
	while (!r->recipient.n && str_cut(&rest, '\n', &line)) {
		while (!r->recipient.n && str_cut(&line, ' ', &one)) {
			while (one.n && strchr("<(\"'", one.p[0]))
				one = str_sub(one, 1, one.n);
			while (one.n && strchr(">)\"':;,.", one.p[one.n - 1]))
				one.n--;
			if (str_find(one, '@') > 0 && !str_eq(one, m->from.address) &&
			    !begins(one, "mailer-daemon") && !begins(one, "postmaster"))
				take_address(r, one, a);
		}
	}
}

/* A mailbox that is full may be empty tomorrow. */
static bool never(const struct mime_returned *r)
{
	return r->status.n && r->status.p[0] == '5' && !str_is(r->status, "5.2.2");
}

static bool take_recipient(struct mime_returned *r, struct str block, const char *name,
			   struct arena *a)
{
	struct str who = field(block, name), kind;
	if (str_find(who, ';') >= 0)
		str_cut(&who, ';', &kind);
	return take_address(r, who, a);
}

/*
 * Of one receiver: the address that we wrote to, not the one to which that was forwarded.  False
 * where it has arrived, or may have.
 */
static bool read_receiver(struct mime_returned *r, struct str block, struct arena *a)
{
	struct str action = field(block, "Action");
	if (!take_recipient(r, block, "Original-Recipient", a))
		take_recipient(r, block, "Final-Recipient", a);
	r->diagnostic = field(block, "Diagnostic-Code");
	r->status = enhanced_status(field(block, "Status"));
	if (!begins(action, "failed"))
		return begins(action, "delayed");
	r->hard = r->status.n ? never(r) : reply_class(r->diagnostic) != '4';
	return true;
}

/* The next lines up to an empty one; false: there are none. */
static bool cut_block(struct str *rest, struct str *block)
{
	struct str line;
	const char *from = NULL;
	while (str_cut(rest, '\n', &line)) {
		bool empty = !str_trim(line).n;
		if (empty && from)
			break;
		if (empty)
			continue;
		from = from ? from : line.p;
		*block = (struct str){ from, (size_t)(line.p + line.n - from) };
	}
	return from != NULL;
}

/* A block about the message, and one about each receiver; where they are one, it is of both. */
static void read_delivery(struct mime_mail *m, const struct mime_signs *signs, struct arena *a)
{
	struct str rest = signs->delivery, block = { 0 };
	m->returned = arena_new(a, struct mime_returned, MIME_PARTS);
	m->kind = MIME_AUTOMATIC;
	while (m->nreturned < MIME_PARTS && cut_block(&rest, &block)) {
		struct mime_returned one = { 0 };
		if (read_receiver(&one, block, a))
			m->returned[m->nreturned++] = one;
	}
	if (m->nreturned)
		m->kind = MIME_BOUNCE;
}

/* What servers without RFC 3464 write. */
static void read_plain(struct mime_mail *m, struct arena *a)
{
	struct mime_returned *r = m->returned = arena_new(a, struct mime_returned, 1);
	m->nreturned = 1;
	m->kind = MIME_BOUNCE;
	r->status = enhanced_status(m->text);
	find_recipient(m, r, a);
	char class = reply_class(m->text);
	struct str rest = m->text, line;
	while (class && !r->diagnostic.n && str_cut(&rest, '\n', &line))
		if (reply_class(line))
			r->diagnostic = str_trim(line);
	r->hard = r->status.n ? never(r) : class == '5';
}

static bool is_daemon(const struct mime_mail *m, const struct mime_signs *signs)
{
	static const char *const phrases[] = { "undeliver",	   "delivery status",
					       "delivery failure", "failure notice",
					       "returned mail",	   "mail delivery",
					       "delivery failed",  "could not be delivered" };
	bool daemon = begins(m->from.address, "mailer-daemon@") ||
		      begins(m->from.address, "postmaster@") || str_is(signs->return_path, "<>");
	for (size_t i = 0; daemon && i < countof(phrases); i++)
		if (find(m->subject, phrases[i]) < m->subject.n)
			return true;
	return false;
}

/* Services leave out who complains: the message that came back tells. */
static void read_complaint(struct mime_mail *m, struct arena *a)
{
	m->kind = MIME_COMPLAINT;
	m->returned = arena_new(a, struct mime_returned, 1);
	m->nreturned = 1;
}

static bool is_automatic(const struct mime_mail *m, const struct mime_signs *signs)
{
	static const char *const precedences[] = { "auto_reply", "bulk", "junk" };
	static const char *const subjects[] = { "automatic reply:", "auto-reply:",
						"auto reply:",	    "autoreply:",
						"out of office",    "trả lời tự động" };
	bool automatic =
	    signs->autoreply.n || (signs->auto_submitted.n && !begins(signs->auto_submitted, "no"));
	for (size_t i = 0; i < countof(precedences); i++)
		automatic |= begins(signs->precedence, precedences[i]);
	for (size_t i = 0; i < countof(subjects); i++)
		automatic |= begins(m->subject, subjects[i]);
	return automatic;
}

void mime_judge(struct mime_mail *m, const struct mime_signs *signs, struct arena *a)
{
	if (signs->delivery.n)
		read_delivery(m, signs, a);
	else if (is_daemon(m, signs))
		read_plain(m, a);
	else if (signs->feedback)
		read_complaint(m, a);
	else if (is_automatic(m, signs))
		m->kind = MIME_AUTOMATIC;
	if (m->kind < MIME_BOUNCE)
		return;
	struct str id = signs->returned_id.n ? signs->returned_id
			: signs->returned.n  ? field(signs->returned, "Message-ID")
					     : field(m->text, "Message-ID");
	m->original = arena_str(a, without_brackets(id));
}
