/*
 * Mail as RFC 5322 and MIME have it: messages written, and messages read.  mime.c is where
 * GMime is.
 */
#ifndef CRM_STREAM_MIME_H
#define CRM_STREAM_MIME_H

#include "core/buf.h"
#include "core/diag.h"

/* What became of a message for one of its receivers; each text may be empty. */
struct mime_returned {
	struct str recipient, status, diagnostic; /* "5.1.1" */
	bool hard;				  /* it will never be delivered */
};

struct mime_address {
	struct str name;    /* UTF-8; may be empty */
	struct str address; /* UTF-8, as email_parse gives it; empty: there is none */
};

/* What is to be written.  Texts are UTF-8; empty: there is none. */
struct mime_message {
	struct mime_address from, to, reply_to;
	struct str subject;
	int64_t date;		/* an instant, written in the process's zone */
	struct str message_id;	/* without <>; also what the MIME boundary is made of */
	struct str in_reply_to; /* without <>; left out where no header can hold it */
	struct str unsubscribe; /* value of List-Unsubscribe: <…>, <…>; no blanks within */
	bool one_click;		/* RFC 8058: it may be unsubscribed with one POST */
	bool automatic;		/* nobody wrote it: Auto-Submitted */
	struct str text, html;	/* one of them, or both */
};

/*
 * Appends the message with lines that end in LF, the same bytes for the same message.
 * Headers are of 7 bits (RFC 2047); a domain is written in ASCII (IDNA).  False with diag
 * where a header would hold a control character, so that no value can make a header of its
 * own, or where the address is none that mail can be sent to.
 */
bool mime_write(const struct mime_message *m, struct buf *out, struct diag *d);

enum mime_kind {
	MIME_LETTER,
	MIME_AUTOMATIC, /* no person wrote it (RFC 3834): out of office and the like */
	MIME_BOUNCE,	/* it tells what became of a message of ours */
	MIME_COMPLAINT, /* so does this: its receiver calls it spam (RFC 5965) */
};

/* What came in; all in the arena, all valid UTF-8. */
struct mime_mail {
	struct mime_address from;
	struct mime_address *to; /* To and Cc */
	size_t nto;
	struct str subject;
	struct str message_id;	/* without <>; made of the bytes where there is none */
	struct str *references; /* what it answers, without <>: In-Reply-To, then References from
				 * the last one on */
	size_t nreferences;
	int64_t date;		 /* INT64_MAX: it does not say */
	struct str text;	 /* the plain text, else what HTML says */
	struct str *attachments; /* their names */
	size_t nattachments;
	enum mime_kind kind;
	/* Of a bounce or complaint: at least one, of the former at most MIME_PARTS. */
	struct mime_returned *returned;
	size_t nreturned;
	struct str original; /* Message-ID of what came back, without <>; may be empty */
};

enum { MIME_SIZE = 32 << 20 /* bytes of a message */, MIME_PARTS = 1000 };

/*
 * False with diag where it is no message: no sender, more than MIME_SIZE bytes.  What is
 * damaged further in is read as far as it can be.
 */
bool mime_read(struct str raw, struct mime_mail *out, struct arena *a, struct diag *d);

#endif
