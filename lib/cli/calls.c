/*
 * A call noted in one line.  Words in order are whom, what came of it, and a note; who was
 * handed out (crm-call next) need not be named.
 */
#include "cli/calls.h"

#include "core/buf.h"
#include "cli/call_card.h"
#include "domain/call_next.h"
#include "schema/check.h"

struct saying {
	struct crm *crm;
	struct caller caller;
	const char *who;     /* NULL: whom crm-call next gave, or those of stdin */
	const char *outcome; /* key */
	struct str note;
	struct value next;
	struct operands assigned;
	struct record claim; /* entity NULL: none */
	struct person claimed;
};

/* -- words -- */

static bool is_assigning(const char *word)
{
	size_t n = strcspn(word, "=");
	for (size_t i = 0; i < n; i++)
		if (!strchr("abcdefghijklmnopqrstuvwxyz_0123456789+-", word[i]))
			return false;
	return n && word[n] == '=';
}

static void read_next(struct saying *s, const char *text)
{
	struct crm *crm = s->crm;
	const struct field *f = entity_field(store_entity(crm->store, "activity"), STR("due_at"));
	static const char *const nothing[] = { "", "no", "none", NULL };
	struct codec c = store_codec(crm->store, &crm->arena);
	int64_t at;
	s->next = value_null();
	if (is_one_of(str_of(text), nothing))
		return;
	if (!field_parse(f, &s->next, (struct cell){ CELL_TEXT, str_of(text) }, &c, &crm->diag))
		usage(crm, "next: %s", arena_str(&crm->arena, crm->diag.message).p);
	if (instant_scan(s->next.s, &at) &&
	    zone_day(at) < zone_day(crm->store->settings.calendar.now))
		usage(crm, "next: %s is past", quoted(str_of(text), &crm->arena));
}

static _Noreturn void no_outcome(struct crm *crm, const char *word)
{
	const struct picklist *l = schema_picklist(&crm->store->schema, "activity.outcome");
	const char **keys = arena_new(&crm->arena, const char *, l->n + 1);
	struct buf all = { 0 };
	size_t n = 0;
	for (size_t i = 0; i < l->n; i++)
		if (!l->picks[i].retired)
			buf_printf(&all, " %s", keys[n++] = l->picks[i].key);
	struct str list = buf_copy(&all, &crm->arena);
	buf_free(&all);
	const char *near = word ? nearest(str_of(word), keys, n) : NULL;
	if (!word)
		usage(crm, "what came of the call? One of:%s", list.p);
	usage(crm, "%s is no outcome%s%s%s; one of:%s", quoted(str_of(word), &crm->arena),
	      near ? "; did you mean " : "", near ? near : "", near ? "?" : "", list.p);
}

static const char *outcome_of(struct crm *crm, const char *word)
{
	const struct pick *p =
	    word ? call_outcome(crm->store, str_of(word), &crm->arena, &crm->diag) : NULL;
	return p ? p->key : NULL;
}

/* Which of the first two words says what came of it. */
static size_t find_outcome(struct saying *s, char **words, bool stream)
{
	struct crm *crm = s->crm;
	bool dot = words[0] && !strcmp(words[0], ".");
	const char *first = dot ? NULL : outcome_of(crm, words[0]);
	bool several = crm->diag.message.n > 0;
	const char *second = words[0] && !stream ? outcome_of(crm, words[1]) : NULL;
	if (first && second)
		usage(crm, "%s is an outcome, too; who was handed out is ., as in . %s",
		      quoted(str_of(words[0]), &crm->arena), words[0]);
	s->outcome = first ? first : second;
	if (!s->outcome && (several || crm->diag.message.n))
		refuse(crm, STATUS_USAGE);
	if (!s->outcome)
		no_outcome(crm, words[0] && words[1] && !stream ? words[1] : dot ? NULL : words[0]);
	diag_clear(&crm->diag);
	s->who = second && !dot ? words[0] : NULL;
	return second ? 2 : 1;
}

/* Whether the words name stdin. */
static bool read_words(struct saying *s, int argc, char **argv)
{
	struct crm *crm = s->crm;
	char **words = arena_new(&crm->arena, char *, (size_t)argc + 2);
	char **assign = arena_new(&crm->arena, char *, (size_t)argc + 1);
	struct buf note = { 0 };
	size_t n = 0;
	int nassign = 0;
	bool stream = false;
	for (int i = 0; i < argc; i++) {
		if (!strcmp(argv[i], "-"))
			stream = true;
		else if (!strncmp(argv[i], "next=", 5))
			read_next(s, argv[i] + 5);
		else if (is_assigning(argv[i]))
			assign[nassign++] = argv[i];
		else
			words[n++] = argv[i];
	}
	for (size_t i = find_outcome(s, words, stream); i < n; i++)
		buf_printf(&note, "%s%s", note.n ? " " : "", words[i]);
	s->note = buf_copy(&note, &crm->arena);
	buf_free(&note);
	operands_parse(crm, crm->entity, nassign, assign, OPERAND_ASSIGN, &s->assigned);
	return stream;
}

/* -- one call -- */

static void add_note(const struct saying *s, struct record *call, struct arena *a)
{
	struct record old;
	struct str have = { 0 };
	if (!s->note.n)
		return;
	if (call->id && store_get(s->crm->store, call->entity, call->id, &old, a))
		have = text_of(&old, "body");
	set_text(call, "body",
		 have.n
		     ? arena_printf(a, "%.*s\n%.*s", (int)have.n, have.p, (int)s->note.n, s->note.p)
		     : s->note);
}

/* The claim, where it is on them. */
static const struct record *claim_on(const struct saying *s, const struct call_about *about,
				     struct arena *a)
{
	struct person p = campaign_person(s->crm->store, about->entity, about->id, a);
	bool same = s->claim.entity && p.entity == s->claimed.entity && p.id == s->claimed.id;
	return same ? &s->claim : NULL;
}

static bool log_one(struct writes *w, struct saying *s, const struct call_about *about,
		    struct arena *a, struct diag *d)
{
	struct crm *crm = s->crm;
	const struct record *claim = claim_on(s, about, a);
	struct record call, plan, old;
	call_begin(&s->caller, about, claim, s->outcome, &call, a);
	add_note(s, &call, a);
	bool had = call.id && store_get(crm->store, call.entity, call.id, &old, a);
	if (!assign(crm, &s->assigned, &call, had ? &old : NULL, a, d) ||
	    !ref_resolve_record(&crm->resolver, &call, d) ||
	    writes_put(w, &call, 0, a, d) == WROTE_NOTHING)
		return false;
	if (claim && !call_claim_end(&s->caller, claim->id, "done", a, d))
		return false;
	if (!call_end(&s->caller, &call, &s->next, &plan, a, d))
		return false;
	return !plan.entity || writes_put(w, &plan, 0, a, d) != WROTE_NOTHING;
}

static bool find_one(struct saying *s, struct call_about *about, struct arena *a, struct diag *d)
{
	if (s->who)
		return call_find(&s->crm->resolver, str_of(s->who), about, a, d);
	if (!s->claim.entity)
		return diag_set(d, NULL, "nobody was handed out to you; name whom you rang");
	*about = (struct call_about){ s->claimed.entity, s->claimed.id };
	return !call_claim_lost(&s->caller, &s->claim, &s->claimed, a) ||
	       diag_set(d, NULL, "%s was handed out to another since; name them to note the call",
			ref_print(about->entity, about->id, a).p);
}

static void log_calls(struct writes *w, struct saying *s, const struct operands *o, bool stream)
{
	struct arena a = { 0 };
	struct diag d = { 0 };
	struct call_about about = { 0 };
	if (s->caller.user && !call_claim_own(&s->caller, &s->claim, &s->claimed, &s->crm->arena))
		s->claim.entity = NULL;
	for (size_t i = 0; i < (stream ? o->ntargets : 1); i++) {
		bool found = true;
		if (stream)
			about = (struct call_about){ o->targets[i].entity, o->targets[i].id };
		else
			found = find_one(s, &about, &a, &d);
		if (!found || !log_one(w, s, &about, &a, &d)) {
			if (about.entity && (stream || found))
				d.source = ref_print(about.entity, about.id, &a);
			complain(s->crm, &d);
		}
		arena_reset(&a);
	}
	arena_free(&a);
	diag_free(&d);
}

static void open_caller(struct crm *crm, struct caller *c)
{
	*c = (struct caller){ .store = crm->store,
			      .rules = call_rules_get(crm->store, &crm->arena),
			      .user = crm->store->settings.user };
}

int calls_log(struct crm *crm, int argc, char **argv)
{
	struct saying s = { .crm = crm };
	struct operands o = { .stdin_named = true };
	struct writes w;
	open_caller(crm, &s.caller);
	bool stream = read_words(&s, argc, argv);
	if (stream)
		targets_read(crm, store_entity(crm->store, "lead"), OPERAND_FOREIGN, &o);
	if (writes_begin(&w, crm))
		log_calls(&w, &s, &o, stream);
	return writes_end(&w);
}

/* -- whom to ring next -- */

const struct option_def calls_next_options[] = {
	{ "campaign", 0, OPTION_TEXT, "CAMPAIGN", "from the members of that campaign", NULL },
	{ "segment", 0, OPTION_TEXT, "SEGMENT", "from that segment", NULL },
	{ "lease", 0, OPTION_TEXT, "TIME", "how long nobody else gets them (10min)", NULL },
	{ "skip", 0, OPTION_FLAG, NULL, "not the one at hand, but another", NULL },
	{ 0 },
};

static bool named(struct crm *crm, const char *type, struct record *out)
{
	const struct entity *e = store_entity(crm->store, type);
	const char *name = option(crm, type);
	int64_t id;
	if (!name)
		return false;
	if (!ref_resolve(&crm->resolver, e, str_of(name), &id, NULL, &crm->diag))
		refuse(crm, STATUS_REFUSED);
	return store_get(crm->store, e, id, out, &crm->arena);
}

static const struct entity *base_of(struct crm *crm, struct call_queue *q, struct record *segment)
{
	static const char *const over[] = { "paused", "done", NULL };
	struct record campaign;
	const char *base = "lead";
	if (option(crm, "campaign") && option(crm, "segment"))
		usage(crm, "either a campaign or a segment");
	if (named(crm, "campaign", &campaign)) {
		if (is_one_of(text_of(&campaign, "status"), over)) {
			diag_set(&crm->diag, NULL, "campaign %s is %s",
				 arena_str(&crm->arena, text_of(&campaign, "name")).p,
				 arena_str(&crm->arena, text_of(&campaign, "status")).p);
			refuse(crm, STATUS_REFUSED);
		}
		q->campaign = campaign.id;
		base = "campaign_member";
	}
	if (named(crm, "segment", segment))
		base = arena_str(&crm->arena, text_of(segment, "of")).p;
	return store_entity(crm->store, base);
}

static void read_queue(struct crm *crm, struct call_queue *q, int argc, char **argv)
{
	struct query_context *base = arena_new(&crm->arena, struct query_context, 1);
	struct record segment = { 0 };
	struct operands o;
	open_caller(crm, &q->caller);
	if (!q->caller.user)
		die(STATUS_ENV, "who rings? There is no user %s here; set CRM_USER",
		    arena_str(&crm->arena, crm->store->settings.login).p);
	*base = query_context(crm, base_of(crm, q, &segment));
	q->base = base;
	operands_parse(crm, base->entity, argc, argv, OPERAND_SEARCH, &o);
	if (o.ntargets || o.stdin_named)
		usage(crm, "next takes terms such as status:new; to note a call: crm-call REF "
			   "OUTCOME");
	q->where = o.where;
	q->own = !q->campaign && !segment.entity && !o.where;
	struct node *n = segment.entity ? segment_node(crm->store, base, &segment, &crm->diag)
			 : q->own	? where_parse(STR("status = new and (owner is null or "
								"owner = me)"),
						      base, &crm->diag)
					: NULL;
	if (!n && (segment.entity || q->own))
		refuse(crm, STATUS_REFUSED);
	q->where = node_and(q->where, n, &crm->arena);
	q->lease_s = option_delay(crm, "lease", 0);
	q->skip = option_on(crm, "skip");
}

int calls_next(struct crm *crm, int argc, char **argv)
{
	struct call_queue q = { 0 };
	struct call_card card = { 0 };
	struct record claim;
	struct writes w;
	struct writer *out = call_card_writer(crm);
	bool nobody = false;
	read_queue(crm, &q, argc, argv);
	crm->entity = NULL; /* -f is about the card */
	if (writes_begin(&w, crm)) {
		nobody = !call_next(&q, &claim, &crm->arena, &crm->diag);
		if (!nobody)
			call_card_read(crm->store, &claim, &card, &crm->arena);
		writes_count(&w);
	}
	int status = writes_end(&w);
	if (nobody && !option_on(crm, "quiet")) /* whom one passed over stays so */
		diag_report(&crm->diag);
	if (card.who.entity && !option_on(crm, "quiet"))
		call_card_print(crm, out, &card);
	writer_close(out);
	return nobody ? STATUS_REFUSED : status;
}

int calls_claims(struct crm *crm, int argc, char **argv)
{
	crm->entity = crm->printed = store_entity(crm->store, "call_claim");
	return crud_list(crm, argc, argv);
}
