/* What the files of mail share.  Private to lib/stream/mime*.c. */
#ifndef CRM_STREAM_MIME_IMPL_H
#define CRM_STREAM_MIME_IMPL_H

#include "stream/mime.h"

/* Whether every header is one line, and every address one that mail can be sent to. */
bool mime_check(const struct mime_message *m, struct arena *a, struct diag *d);

/*
 * How a text travels through servers of 7 bits.  In parts (`part`) nothing is left as it stands,
 * so that no text can be taken for their border.
 */
enum mime_coding { CODING_NONE, CODING_QUOTED, CODING_BASE64 };
enum mime_coding mime_coding_for(struct str s, bool part);

/* Whether a Message-ID that somebody else made can stand in a header. */
bool mime_id_fits(struct str id);

/* Its domain in ASCII (IDNA); a name that is not stays what it is. */
struct str mime_ascii_address(struct str address, struct arena *a);

/* Without NULs, with which GMime's texts end; mail has none. */
struct str mime_without_nul(struct str raw, struct arena *a);

/*
 * Whether a message that came in can be taken apart in little time, memory and stack: what GMime
 * does with headers is recursive, and dear for each of them.  False with diag.
 */
bool mime_bearable(struct str raw, struct diag *d);

/* What of a message says whether a person wrote it; each may be empty. */
struct mime_signs {
	struct str auto_submitted, precedence, autoreply, return_path;
	bool report;		/* multipart/report of a delivery */
	bool feedback;		/* multipart/report of a complaint */
	struct str delivery;	/* text of its message/delivery-status */
	struct str returned;	/* headers of the message that came back */
	struct str returned_id; /* and its Message-ID, where they were parsed */
};

/* Sets what struct mime_mail says of automatic mail and of bounces. */
void mime_judge(struct mime_mail *m, const struct mime_signs *signs, struct arena *a);

#endif
