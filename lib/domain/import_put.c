/* One row: its references, the record that it is about, and the write. */
#include "domain/import_put.h"

#include "domain/further.h"
#include "domain/import_match.h"
#include "domain/import_parts.h"

static bool may_create(const struct import *im, const struct entity *e)
{
	for (size_t i = 0; i < im->ncreate; i++)
		if (im->create[i] == e)
			return true;
	return false;
}

/* A record with nothing but the name that a reference gave it. */
static bool create(struct import *im, const struct entity *to, struct str name, int64_t *id,
		   struct arena *a, struct diag *d)
{
	struct record r = record_new(to, a);
	*record_get(&r, to->key ? to->key : to->title) = value_text(name);
	if (store_put(im->store, &r, PUT_SEED, a, d) == WROTE_NOTHING)
		return false;
	*id = r.id;
	im->made++;
	map_free(&im->missing);
	return true;
}

/* Looks the text up, but not twice in vain. */
static bool find(struct import *im, const struct entity *to, struct str text, int64_t *id,
		 bool *missing, struct arena *a, struct diag *d)
{
	struct str key = arena_printf(a, "%s\n%.*s", to->name, (int)text.n, text.p);
	if (to != im->entity && map_find(&im->missing, key)) {
		*missing = true;
		return diag_set(d, NULL, "there is no %s %s", to->name, quoted(text, &d->arena));
	}
	if (ref_resolve(im->resolver, to, text, id, missing, d))
		return true;
	if (*missing && to != im->entity)
		*map_at(&im->missing, key) = 1;
	return false;
}

enum link { LINKED, LINK_LATE, LINK_WRONG };

static enum link link_one(struct import *im, const struct record *r, const struct field *f,
			  struct value *v, struct arena *a, struct diag *d)
{
	const struct entity *to = schema_entity(&im->store->schema, str_of(f->ref));
	bool missing = false;
	int64_t id = im->store->settings.user;
	bool me = id && str_is(v->s, "me") && !strcmp(f->ref, "user");
	if (!me && !find(im, to, v->s, &id, &missing, a, d)) {
		if (missing && r->id && to->key)
			return LINKED; /* it waits for the user or team to come */
		if (missing && to == im->entity && !im->last_pass)
			return LINK_LATE;
		if (!missing || !may_create(im, to)) {
			diag_set(d, f->name, "%s", arena_str(&d->arena, d->message).p);
			return LINK_WRONG;
		}
		if (!create(im, to, v->s, &id, a, d))
			return LINK_WRONG;
	}
	*v = value_int(id);
	return LINKED;
}

static enum link link_all(struct import *im, struct record *r, struct arena *a, struct diag *d)
{
	enum link link = LINKED;
	for (size_t i = 0; i < r->entity->nfields && link == LINKED; i++) {
		const struct field *f = &r->entity->fields[i];
		if (f->type == &type_ref && r->values[i].kind == V_TEXT)
			link = link_one(im, r, f, &r->values[i], a, d);
	}
	return link;
}

/* What is done with a record that is there; false: nothing, *result says why. */
static bool goes_on(struct import *im, struct record *r, enum found found, enum imported *result,
		    struct arena *a, struct diag *d)
{
	enum import_policy policy = found == FOUND_KNOWN ? im->on_duplicate : im->on_match;
	switch (found) {
	case FOUND_WRONG:
		*result = IMPORT_REJECTED;
		return false;
	case FOUND_NOBODY:
		return true;
	case FOUND_SAME:
		import_ids_add(&im->seen, r->id);
		*result = IMPORT_UNCHANGED;
		return false;
	case FOUND_MATCH:
		*result = IMPORT_DUPLICATE;
		if (import_ids_has(&im->seen, r->id) && !im->is_part)
			return false;
		if (import_ids_has(&im->seen, r->id)) /* a row before has said what it is like */
			policy = IMPORT_FILL;
		import_ids_add(&im->seen, r->id);
		break;
	case FOUND_KNOWN:
		break;
	}
	if (policy == IMPORT_FILL)
		import_fill_only(im, r, a);
	*result = policy == IMPORT_SKIP ? IMPORT_SKIPPED : IMPORT_REJECTED;
	if (policy == IMPORT_REFUSE && !d->message.n)
		diag_set(d, NULL, "%s-%lld is there already", r->entity->name, (long long)r->id);
	return policy == IMPORT_UPDATE || policy == IMPORT_FILL;
}

static bool settle(struct import *im, struct record *r, struct arena *a, struct diag *d)
{
	struct codec c = store_codec(im->store, a);
	return import_mend_settle(im->mend, r, &c, d);
}

static enum imported put(struct import *im, struct record *r, struct arena *a, struct diag *d)
{
	static const enum imported results[] = {
		[WROTE_NOTHING] = IMPORT_REJECTED,
		[WROTE_CREATED] = IMPORT_CREATED,
		[WROTE_UPDATED] = IMPORT_UPDATED,
		[WROTE_SAME] = IMPORT_UNCHANGED,
	};
	unsigned flags = r->id ? PUT_RESTORE : PUT_SEED;
	if (im->mend && !settle(im, r, a, d))
		return IMPORT_REJECTED;
	enum link link = link_all(im, r, a, d);
	if (link != LINKED)
		return link == LINK_LATE ? IMPORT_LATE : IMPORT_REJECTED;
	enum imported result;
	if (r->id && import_ids_has(&im->seen, r->id))
		return IMPORT_DUPLICATE;
	if (!r->id && !goes_on(im, r, import_find(im, r, a, d), &result, a, d))
		return result;
	enum wrote wrote = store_put(im->store, r, flags, a, d);
	if (wrote != WROTE_NOTHING && (im->nmatch || flags == PUT_RESTORE))
		import_ids_add(&im->seen, r->id);
	if (wrote == WROTE_CREATED && im->names_itself)
		ref_learn(im->resolver, r);
	if (wrote == WROTE_UPDATED && im->names_itself) /* it may go by another name now */
		resolver_free(im->resolver);
	return results[wrote];
}

/* All records of a row, those first to which others refer. */
static enum imported put_parts(struct import *im, struct record *own, struct arena *a,
			       struct diag *d)
{
	int64_t *ids = arena_new(a, int64_t, im->nparts + 1);
	enum imported result = IMPORT_UNCHANGED;
	bool wrote = false;
	for (size_t i = 0; i <= im->nparts; i++) {
		size_t which = im->order[i];
		bool is_own = which == im->nparts;
		struct import *part = is_own ? im : &im->parts[which];
		struct record *r = is_own ? own : &part->item.record;
		if (!is_own && part->item.absent)
			continue;
		import_parts_wire(im, which, r, ids);
		enum imported got = put(part, r, a, d);
		if (got == IMPORT_REJECTED && !is_own)
			import_parts_blame(im, which, d);
		if (got == IMPORT_REJECTED ||
		    (is_own && (got == IMPORT_LATE || got == IMPORT_SKIPPED)))
			return got;
		ids[which] = r->id;
		if (is_own)
			result = got;
		else if (got == IMPORT_CREATED || got == IMPORT_UPDATED)
			wrote = true;
		im->made += !is_own && got == IMPORT_CREATED;
		im->changed += !is_own && got == IMPORT_UPDATED;
	}
	return wrote && result != IMPORT_CREATED ? IMPORT_UPDATED : result;
}

/* All records of a row, and what else a card says by which its person is known. */
static enum imported put_all(struct import *im, struct spooled *item, struct arena *a,
			     struct diag *d)
{
	struct record *own = &item->record;
	enum imported result = im->nparts ? put_parts(im, own, a, d) : put(im, own, a, d);
	bool there =
	    result == IMPORT_CREATED || result == IMPORT_UPDATED || result == IMPORT_UNCHANGED;
	long further = im->further;
	if (!there)
		return result;
	if (!further_put(im->store, own, item->further, &im->further, a, d))
		return IMPORT_REJECTED;
	bool more = im->further > further && result == IMPORT_UNCHANGED;
	return more ? IMPORT_UPDATED : result;
}

/*
 * A row that is refused or passed over half-way leaves nothing, not even what its
 * references made.
 */
enum imported import_put(struct import *im, struct spooled *item, struct arena *a, struct diag *d)
{
	if (!im->partial && !im->nparts)
		return put_all(im, item, a, d);
	long made = im->made, changed = im->changed, further = im->further;
	store_mark(im->store);
	enum imported result = put_all(im, item, a, d);
	if (result != IMPORT_REJECTED && result != IMPORT_LATE && result != IMPORT_SKIPPED) {
		store_keep(im->store);
		return result;
	}
	store_undo(im->store);
	if (im->made != made)
		resolver_free(im->resolver);
	im->made = made;
	im->changed = changed;
	im->further = further;
	return result;
}
