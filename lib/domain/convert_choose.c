/* Who a lead is already: by number, address, code and, of organisations, by name and domain. */
#include "core/email.h"
#include "domain/convert_impl.h"

static bool link_to(struct job *j, enum part p, int64_t id, enum match_by by)
{
	struct converted *part = &j->v->parts[p];
	if (!store_get(j->c->store, entity_of(j->c, p), id, &part->before, j->a))
		return access_refuse_hidden(j->c->store, entity_of(j->c, p), id, NULL, j->d);
	part->action = ACTION_LINK;
	part->record.id = id;
	part->by = by;
	return true;
}

static bool several(struct job *j, enum part p, const struct match *m)
{
	return diag_set(j->d, NULL, "its %s is that of several:%s; choose with --%s REF",
			match_names[m->by], match_refs(m, entity_of(j->c, p), j->a).p,
			part_names[p]);
}

/* Whom the lead is known by; those who share its telephone and are somebody else are told. */
static void find(struct job *j, enum part p, struct match *m)
{
	const struct entity *e = entity_of(j->c, p);
	struct match *shared = &j->v->parts[p].shared;
	match_find(j->c->store, e, &j->lead, m);
	if (m->by != MATCH_PHONE)
		return;
	*shared = (struct match){ .by = MATCH_PHONE };
	size_t kept = 0;
	for (size_t i = 0; i < m->n; i++) {
		bool other = dedupe_shares_phone(j->c->store, &j->lead, e, m->ids[i], j->a);
		*(other ? &shared->ids[shared->n++] : &m->ids[kept++]) = m->ids[i];
	}
	m->n = kept;
	if (!kept)
		match_find_from(j->c->store, e, &j->lead, MATCH_EMAIL, m);
}

/* Links to the one that matches, if there is one.  False: there are several. */
static bool match(struct job *j, enum part p)
{
	struct match m;
	find(j, p, &m);
	if (m.n > 1)
		return several(j, p, &m);
	return m.n == 0 || link_to(j, p, m.ids[0], m.by);
}

static void create(struct job *j, enum part p)
{
	j->v->parts[p].action = ACTION_CREATE;
	if (p == PART_DEAL)
		return;
	struct str name = p == PART_ACCOUNT ? name_of(j) : text_of(&j->lead, "name");
	match_named(j->c->store, entity_of(j->c, p), name, &j->v->parts[p].alike);
}

/* What is known beforehand: a named record, or the account of the named deal. */
static bool choose_named(struct job *j)
{
	for (enum part p = PARTS; p-- > 0;)
		if (j->c->want[p].how == HOW_REF && !link_to(j, p, j->c->want[p].id, MATCH_NOTHING))
			return false;
	const struct converted *deal = &j->v->parts[PART_DEAL];
	bool open = j->c->want[PART_ACCOUNT].how == HOW_MATCH;
	int64_t account = deal->action == ACTION_LINK ? int_of(&deal->before, "account") : 0;
	return !open || !account || link_to(j, PART_ACCOUNT, account, MATCH_NOTHING);
}

/*
 * A person was found as an account.  If it is an organisation's, one of its contacts
 * may be meant; but the contacts of a person are relatives, who share a number.
 */
static bool find_within(struct job *j)
{
	const struct converted *account = &j->v->parts[PART_ACCOUNT];
	struct match m;
	int64_t found = 0;
	size_t n = 0;
	if (!str_is(text_of(&account->before, "kind"), "org"))
		return true;
	find(j, PART_CONTACT, &m);
	for (size_t i = 0; i < m.n; i++) {
		struct record contact;
		if (store_get(j->c->store, entity_of(j->c, PART_CONTACT), m.ids[i], &contact,
			      j->a) &&
		    int_of(&contact, "account") == account->before.id) {
			found = m.ids[i];
			n++;
		}
	}
	if (!n && is_set(&j->lead, "name")) /* whoever has the company's number works there */
		create(j, PART_CONTACT);
	return n != 1 || link_to(j, PART_CONTACT, found, m.by);
}

/* Whether the account is in the house that the lead's addresses are of. */
static bool in_one_house(const struct job *j, const struct record *account)
{
	static const char *const fields[] = { "email", "website" };
	for (size_t i = 0; i < countof(fields); i++)
		for (size_t k = 0; k < countof(fields); k++) {
			struct str x = email_house(text_of(&j->lead, fields[i]), j->a);
			struct str y = email_house(text_of(account, fields[k]), j->a);
			if (x.n && str_eq(x, y))
				return true;
		}
	return false;
}

/* Whether one of those who share the lead's telephone belongs to it. */
static bool is_theirs(const struct job *j, int64_t account)
{
	const struct match *shared = &j->v->parts[PART_CONTACT].shared;
	for (size_t i = 0; i < shared->n; i++) {
		struct record contact;
		if (store_get(j->c->store, entity_of(j->c, PART_CONTACT), shared->ids[i], &contact,
			      j->a) &&
		    int_of(&contact, "account") == account)
			return true;
	}
	return false;
}

/*
 * The organisation of the same name, if but one is also in the same house or has a contact
 * with the same number, and no other tax code.
 */
static bool choose_namesake(struct job *j)
{
	const struct entity *e = entity_of(j->c, PART_ACCOUNT);
	struct match named;
	int64_t found = 0;
	size_t n = 0;
	match_named(j->c->store, e, name_of(j), &named);
	for (size_t i = 0; i < named.n; i++) {
		struct record r;
		if (!store_get(j->c->store, e, named.ids[i], &r, j->a) ||
		    !str_is(text_of(&r, "kind"), "org") ||
		    (is_set(&r, "tax_code") && is_set(&j->lead, "tax_code")) ||
		    !(in_one_house(j, &r) || is_theirs(j, r.id)))
			continue;
		found = r.id;
		n++;
	}
	return n != 1 || link_to(j, PART_ACCOUNT, found, MATCH_NAME);
}

/* The contact, and by it the account where nothing else tells. */
static bool choose_contact(struct job *j)
{
	struct converted *account = &j->v->parts[PART_ACCOUNT];
	struct converted *contact = &j->v->parts[PART_CONTACT];
	enum convert_how how = j->c->want[PART_CONTACT].how;
	bool alone = j->person && j->c->want[PART_ACCOUNT].how != HOW_NONE;
	bool within = alone && account->action == ACTION_LINK;
	if (how == HOW_MATCH && !(within ? find_within(j) : match(j, PART_CONTACT)))
		return false;
	if (contact->action == ACTION_LINK) {
		int64_t theirs = int_of(&contact->before, "account");
		bool wanted = j->c->want[PART_ACCOUNT].how == HOW_MATCH && !account->action;
		return !wanted || !theirs || link_to(j, PART_ACCOUNT, theirs, MATCH_NOTHING);
	}
	if (how == HOW_NEW || (how == HOW_MATCH && !alone && is_set(&j->lead, "name")))
		create(j, PART_CONTACT);
	return true;
}

/* Likely others of the part's type, where somebody new is made. */
static void suggest(struct job *j, enum part p)
{
	enum { LOOKED_AT = 16 };
	struct dedupe_candidate known[LOOKED_AT];
	struct converted *part = &j->v->parts[p];
	struct record probe = record_copy(&j->lead, j->a);
	if (p == PART_CONTACT && is_set(&probe, "name"))
		set_null(&probe, "kind"); /* a person is looked for, whatever the lead is */
	size_t n = dedupe_candidates(j->c->store, &probe, DEDUPE_REVIEW, known, LOOKED_AT, j->a);
	for (size_t i = 0; i < n && part->nsuggest < CONVERT_SUGGEST; i++)
		if (known[i].type == entity_of(j->c, p))
			part->suggest[part->nsuggest++] = known[i];
}

/*
 * Who else it may be, as far as name, birth date, address … tell.  A person who becomes an
 * account alone may also be a contact.
 */
static void suggest_others(struct job *j)
{
	const struct converted *parts = j->v->parts;
	bool alone = j->person && parts[PART_ACCOUNT].action == ACTION_CREATE &&
		     j->c->want[PART_CONTACT].how == HOW_MATCH;
	if (parts[PART_ACCOUNT].action == ACTION_CREATE)
		suggest(j, PART_ACCOUNT);
	if (parts[PART_CONTACT].action == ACTION_CREATE || (!parts[PART_CONTACT].action && alone))
		suggest(j, PART_CONTACT);
}

bool convert_choose(struct job *j)
{
	const struct converter *c = j->c;
	struct converted *parts = j->v->parts;
	enum convert_how account = c->want[PART_ACCOUNT].how;
	if (!choose_named(j))
		return false;
	if (account == HOW_MATCH && !parts[PART_ACCOUNT].action && !match(j, PART_ACCOUNT))
		return false;
	if (!choose_contact(j))
		return false;
	/* a person who is a contact already is not made an account as well */
	bool known = j->person && parts[PART_CONTACT].action == ACTION_LINK;
	bool open = account == HOW_MATCH && !parts[PART_ACCOUNT].action;
	if (open && !j->person && !choose_namesake(j))
		return false;
	if (account == HOW_NEW || (account == HOW_MATCH && !parts[PART_ACCOUNT].action && !known))
		create(j, PART_ACCOUNT);
	if (c->want[PART_DEAL].how == HOW_NEW)
		create(j, PART_DEAL);
	suggest_others(j);
	for (enum part p = 0; p < PARTS; p++)
		if (parts[p].action)
			return true;
	return diag_set(j->d, NULL, "nothing would become of it");
}
