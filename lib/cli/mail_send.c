/*
 * crm-mail send: all messages are made first; then each is planned, committed, sent, and
 * done, so that a run that breaks off, or another one beside it, sends nothing twice.
 */
#include <stdlib.h>

#include "cli/mail.h"
#include "cli/writes.h"
#include "domain/errand.h"

const struct option_def mail_send_options[] = {
	{ "output", 'o', OPTION_TEXT, "FORMAT",
	  "mbox: the messages; else of what is printed: table, csv, tsv, json, jsonl or refs",
	  "mbox table csv tsv json jsonl refs" },
	{ "maildir", 0, OPTION_TEXT, "DIR", "put the messages there, each a file", NULL },
	{ "command", 0, OPTION_TEXT, "COMMAND",
	  "run it for each message, which it reads on its stdin: 'sendmail -t -i'", NULL },
	{ "template", 0, OPTION_TEXT, "FILE", "template of the text, in place of a configured one",
	  NULL },
	{ "html", 0, OPTION_TEXT, "FILE", "template of the HTML", NULL },
	{ "subject", 0, OPTION_TEXT, "TEXT", "template of the subject", NULL },
	{ "kind", 0, OPTION_TEXT, "KIND", "email, sms or zalo; rows of other kinds are passed over",
	  "email sms zalo" },
	{ "from", 0, OPTION_TEXT, "ADDRESS", "who writes: Name <address>, or owner", NULL },
	{ "campaign", 0, OPTION_TEXT, "CAMPAIGN",
	  "whose members they are; without records those who wait to be written to", NULL },
	{ "automatic", 0, OPTION_FLAG, NULL,
	  "a mailing that nobody writes, as errands' and campaigns' are: no contact", NULL },
	{ "lang", 0, OPTION_TEXT, "LANGUAGE", "en or vi (else the database's)", "en vi" },
	{ "skip-bad", 0, OPTION_FLAG, NULL, "send the others where some cannot be made", NULL },
	{ "each", 0, OPTION_FLAG, NULL,
	  "a message for each record, also where several have the same address", NULL },
	{ "resend", 0, OPTION_FLAG, NULL,
	  "also those of which nobody knows whether they left, or that failed", NULL },
	{ 0 },
};

struct sending {
	struct mailing m;
	struct crm *crm;
	struct way way;
	bool dry;
	size_t before, dead, later;
	struct mail_result {
		enum mail_end end;
		struct str why;
	} * results;
	struct arena arena; /* of the message at hand */
	struct diag diag;
};

static void lock(struct sending *s)
{
	struct change_info info = { program_name, s->crm->line, option(s->crm, "reason"), NULL };
	store_begin(s->crm->store, &info, lock_wait(s->crm));
}

static void refuse_one(struct sending *s, const struct mail_item *item)
{
	s->diag.source = ref_print(item->out.entity, item->out.id, &s->arena);
	s->diag.line = 0;
	complain(s->crm, &s->diag);
}

/* Whether it is to be sent, and as which activity; 0: a new one. */
static bool is_due(struct sending *s, struct mail_item *item)
{
	bool again = option_on(s->crm, "resend") || /* or crm-follow retry said so */
		     (item->errand && errand_open(s->crm->store, item->errand, &s->arena));
	enum mail_past past = mail_past(s->crm->store, item->out.message_id, &item->activity);
	if (past == MAIL_NEW || past == MAIL_LATER || (again && past != MAIL_DONE))
		return true;
	s->before += past == MAIL_DONE;
	s->dead += past == MAIL_DEAD;
	if (past == MAIL_HALF) {
		diag_set(&s->diag, NULL,
			 "activity-%lld is planned: another run is at it, or one broke off and "
			 "may have sent it; --resend sends it again",
			 (long long)item->activity);
		refuse_one(s, item);
	}
	return false;
}

/* Somebody may have said no since the message was made: a long run takes hours. */
static bool may_leave(struct sending *s, const struct mail_item *item)
{
	struct mail_whom whom;
	if (!mail_whom(s->crm->store, item->out.kind, item->out.entity, item->out.id,
		       item->out.campaign, &whom, &s->arena) ||
	    !whom.refusal)
		return true;
	mail_refused(&s->m, item->errand, whom.refusal);
	return false;
}

static void plan_one(struct sending *s, struct mail_item *item)
{
	struct store *store = s->crm->store;
	struct str message;
	item->state = MAIL_SKIPPED;
	if (!is_due(s, item) || !may_leave(s, item) ||
	    !mail_has_turn(&s->m, item, &s->arena, &s->diag))
		return;
	mail_item_read(&s->m, item, &message, &item->out.body, &s->arena);
	store_mark(store);
	bool ok = (!item->errand || errand_start(store, item->errand, &s->arena, &s->diag)) &&
		  mail_plan(store, &item->out, &item->activity, &s->arena, &s->diag);
	if (ok) {
		store_keep(store);
		item->state = MAIL_READY;
	} else {
		store_undo(store);
		refuse_one(s, item);
	}
}

static void plan(struct sending *s, size_t from, size_t to)
{
	for (size_t i = from; i < to; i++) {
		plan_one(s, &s->m.items[i]);
		arena_reset(&s->arena);
	}
}

static void deliver(struct sending *s, size_t from, size_t to)
{
	for (size_t i = from; i < to; i++) {
		struct mail_item *item = &s->m.items[i];
		struct mail_result *r = &s->results[i];
		struct str message, text;
		if (item->state != MAIL_READY)
			continue;
		mail_item_read(&s->m, item, &message, &text, &s->arena);
		r->end = way_deliver(&s->way, item, message, &r->why, &s->arena);
		r->why = arena_str(&s->crm->arena, r->why);
		if (r->end != MAIL_UNSURE) /* else it stays planned */
			item->state = r->end == MAIL_SENT ? MAIL_LEFT : MAIL_KEPT;
		if (r->end == MAIL_FAILED || r->end == MAIL_UNSURE) {
			diag_set(&s->diag, NULL, "%s%s", r->why.p,
				 r->end == MAIL_FAILED
				     ? ""
				     : "; it may have left: --resend sends it again");
			refuse_one(s, item);
		} else if (r->end == MAIL_POSTPONED) {
			s->later++;
			warn("%s: not now: %s",
			     ref_print(item->out.entity, item->out.id, &s->arena).p, r->why.p);
		}
		arena_reset(&s->arena);
	}
	way_arrive(&s->way);
}

static bool end_errand(struct sending *s, const struct mail_item *item, const struct mail_result *r)
{
	struct store *store = s->crm->store;
	if (!item->errand)
		return true;
	if (r->end == MAIL_POSTPONED)
		return errand_retry(store, item->errand, &s->arena, &s->diag);
	return errand_finish(store, item->errand, r->end == MAIL_SENT ? ERRAND_DONE : ERRAND_FAILED,
			     item->activity, r->why, &s->arena, &s->diag);
}

static void settle(struct sending *s, size_t from, size_t to)
{
	for (size_t i = from; i < to; i++) {
		struct mail_item *item = &s->m.items[i];
		struct mail_result *r = &s->results[i];
		struct str message;
		if (item->state != MAIL_LEFT && item->state != MAIL_KEPT)
			continue;
		mail_item_read(&s->m, item, &message, &item->out.body, &s->arena);
		if (!mail_settle(s->crm->store, &item->out, item->activity, r->end, r->why,
				 &s->arena, &s->diag) ||
		    !end_errand(s, item, r))
			refuse_one(s, item);
		arena_reset(&s->arena);
	}
}

/* Errands that no message is made of are over. */
static void end_unsent(struct sending *s)
{
	for (size_t i = 0; i < s->m.nunsent; i++) {
		const struct mail_unsent *u = &s->m.unsent[i];
		if (!errand_finish(s->crm->store, u->errand,
				   u->failed ? ERRAND_FAILED : ERRAND_CANCELLED, 0, u->why,
				   &s->arena, &s->diag))
			complain(s->crm, &s->diag);
		arena_reset(&s->arena);
	}
}

/* What is on stdout has arrived before it counts as sent; else it stays planned. */
static void check_output(struct sending *s)
{
	if (s->way.how != WAY_MBOX && s->way.how != WAY_ROWS)
		return;
	if (s->way.how == WAY_ROWS)
		way_rows(&s->m);
	if (fflush(stdout) != 0 || ferror(stdout)) {
		warn("the messages may not have arrived; they stay planned");
		exit(STATUS_ENV);
	}
	outfile_prepare(&s->crm->out);
}

/* What was done with one lot and what is to be done with the next are one transaction. */
static void send_all(struct sending *s)
{
	size_t n = s->m.n, settled = 0, chunk = s->way.chunk < n ? s->way.chunk : n;
	for (size_t at = 0; at < n && !s->way.broken; at += chunk) {
		size_t to = n - at < chunk ? n : at + chunk;
		lock(s);
		settle(s, settled, at);
		plan(s, at, to);
		store_commit(s->crm->store);
		settled = at;
		deliver(s, at, to);
	}
	check_output(s);
	lock(s);
	settle(s, settled, n); /* whatever of them was delivered */
	end_unsent(s);
	store_commit(s->crm->store);
}

static void print_activities(struct sending *s)
{
	const struct entity *e = store_entity(s->crm->store, "activity");
	struct target *t = arena_new(&s->crm->arena, struct target, s->m.n + 1);
	size_t n = 0;
	for (size_t i = 0; i < s->m.n; i++)
		if (s->m.items[i].state != MAIL_SKIPPED)
			t[n++] = (struct target){ e, s->m.items[i].activity };
	if (!option_on(s->crm, "quiet"))
		print_records(s->crm, stdout, t, n);
}

/* All as if, within one transaction that is taken back. */
static void pretend(struct sending *s)
{
	lock(s);
	plan(s, 0, s->m.n);
	for (size_t i = 0; i < s->m.n; i++) {
		struct str message, text, why;
		if (s->m.items[i].state != MAIL_READY || s->way.how != WAY_MBOX)
			continue;
		mail_item_read(&s->m, &s->m.items[i], &message, &text, &s->arena);
		way_deliver(&s->way, &s->m.items[i], message, &why, &s->arena);
		arena_reset(&s->arena);
	}
	for (size_t i = 0; s->way.how == WAY_ROWS && i < s->m.n; i++)
		if (s->m.items[i].state == MAIL_READY)
			s->m.items[i].state = MAIL_LEFT;
	if (s->way.how == WAY_ROWS)
		way_rows(&s->m);
	else if (s->way.how != WAY_MBOX)
		print_activities(s);
	store_rollback(s->crm->store);
}

/* Who was passed over. */
static void report(const struct sending *s)
{
	if (s->m.refused_by[0])
		warn("%ld do not want to be written to", s->m.refused_by[0]);
	if (s->m.refused_by[1])
		warn("%ld have an address from which mail came back", s->m.refused_by[1]);
	if (s->before)
		warn("%zu were sent before", s->before);
	if (s->dead)
		warn("%zu could not be sent before; --resend tries again", s->dead);
	if (s->later + s->m.waiting)
		warn("%zu could not be sent now; the same command tries again",
		     s->later + s->m.waiting);
}

/* All of one kind: text messages leave by another door than mail. */
static enum letter_kind kind_of(struct sending *s, const struct mail_rows *rows)
{
	enum letter_kind kind = rows->n ? rows->all[0].letter->kind : rows->kind;
	for (size_t i = 1; i < rows->n; i++)
		if (rows->all[i].letter->kind != kind)
			usage(s->crm, "there are messages by %s and by %s; say --kind",
			      letter_kinds[kind], letter_kinds[rows->all[i].letter->kind]);
	return kind;
}

static void read_options(struct sending *s)
{
	enum { ONCE_MAX = 200 };
	struct crm *crm = s->crm;
	const char *campaign = option(crm, "campaign");
	const struct entity *e = store_entity(crm->store, "campaign");
	s->m.once = option(crm, "once");
	s->m.automatic = option_on(crm, "automatic");
	s->m.each = option_on(crm, "each");
	s->dry = option_on(crm, "dry-run");
	if (option(crm, "if-rev"))
		usage(crm, "--if-rev is nothing for messages");
	if (s->m.once && strlen(s->m.once) > ONCE_MAX)
		usage(crm, "--once: a key has %d bytes at most", ONCE_MAX);
	if (campaign &&
	    !ref_resolve(&crm->resolver, e, str_of(campaign), &s->m.campaign, NULL, &crm->diag))
		refuse(crm, STATUS_REFUSED);
	crm->printed = store_entity(crm->store, "activity");
}

static int run(struct sending *s)
{
	int64_t most = option_int(s->crm, "max", INT64_MAX);
	if (s->crm->refused && !option_on(s->crm, "skip-bad")) {
		warn("nothing was sent");
		return STATUS_REFUSED;
	}
	if (s->m.n > (uint64_t)most)
		die(STATUS_REFUSED, "there are more than %lld messages; nothing was sent",
		    (long long)most);
	if (s->dry)
		pretend(s);
	else
		send_all(s);
	if (!s->dry && (s->way.how == WAY_MAILDIR || s->way.how == WAY_COMMAND))
		print_activities(s);
	report(s);
	if (s->way.broken)
		return STATUS_ENV;
	return !s->crm->refused && s->later + s->m.waiting ? STATUS_BUSY : STATUS_OK;
}

int mail_send(struct crm *crm, int argc, char **argv)
{
	struct desk desk;
	struct sending s = { .crm = crm, .m = { .desk = &desk } };
	struct mail_rows rows;
	desk_open(&desk, crm);
	read_options(&s);
	mail_rows_read(&desk, argc, argv, &rows);
	enum letter_kind kind = kind_of(&s, &rows);
	way_open(&s.way, crm, kind);
	mail_merge(&s.m, &rows);
	s.results = arena_new(&crm->arena, struct mail_result, s.m.n + 1);
	int status = run(&s);
	if (rows.passed)
		warn("%ld rows are of another kind", rows.passed);
	fclose(s.m.spool);
	arena_free(&s.arena);
	diag_free(&s.diag);
	return status;
}
