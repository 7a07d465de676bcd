/* One row: its references, the record that it is about, and the write. */
#include "domain/import_put.h"

#include "domain/further.h"
#include "domain/import_cell.h"
#include "domain/import_difference.h"
#include "domain/import_event.h"
#include "domain/import_match.h"
#include "domain/import_parts.h"
#include "schema/check.h"
#include "schema/line.h"
#include "schema/places.h"
#include "store/counter.h"

/* Names that are remembered as nobody's, until they are too many, and of how many bytes. */
enum { MISSING_MAX = 1 << 14, MISSING_LONGEST = 256 };

static bool may_create(const struct import *im, const struct entity *e)
{
	for (size_t i = 0; i < im->ncreate; i++)
		if (im->create[i] == e)
			return true;
	return false;
}

/* What a new user goes by: "Trần Thị Lan" logs in as tran.thi.lan, lan@x.vn as lan. */
static void name_user(struct record *r, struct str name, struct arena *a)
{
	ptrdiff_t at = str_find(name, '@');
	*record_get(r, at > 0 ? "email" : "name") = value_text(name);
	*record_get(r, "login") =
	    value_text(text_slug(str_sub(name, 0, at > 0 ? (size_t)at : name.n), '.', a));
}

/* Whether it is how the map's system calls a record: "hubspot:12". */
static bool is_number(const struct import *im, struct str name)
{
	struct str system = im->map.system;
	return system.n && name.n > system.n && name.p[system.n] == ':' &&
	       !memcmp(name.p, system.p, system.n);
}

/* A record with nothing but the name that a reference gave it. */
static bool create(struct import *im, const struct entity *to, struct str name, int64_t *id,
		   struct arena *a, struct diag *d)
{
	struct record r = record_new(to, a);
	if (!strcmp(to->name, "user"))
		name_user(&r, name, a);
	else
		*record_get(&r, to->key ? to->key : to->title) = value_text(name);
	if (is_number(im, name) && entity_field(to, STR("external_id")))
		*record_get(&r, "external_id") =
		    value_text(name); /* until the record itself comes */
	if (store_put(im->store, &r, PUT_SEED, a, d) == WROTE_NOTHING)
		return false;
	*id = r.id;
	im->made++;
	return true;
}

/* Looks the text up, but not twice in vain while none of its type was made. */
static bool find(struct import *im, const struct entity *to, struct str text, int64_t *id,
		 bool *missing, struct arena *a, struct diag *d)
{
	struct str key = arena_printf(a, "%s\n%.*s", to->name, (int)text.n, text.p);
	int64_t next = store_next_id(im->store, to);
	const int64_t *then = map_find(&im->missing, key);
	if (to != im->entity && then && *then == next) {
		*missing = true;
		return diag_set(d, NULL, "there is no %s %s", to->name, quoted(text, &d->arena));
	}
	if (ref_resolve_text(im->resolver, to, text, id, missing, d))
		return true;
	if (im->missing.n >= MISSING_MAX)
		map_free(&im->missing);
	/* One that is made is found from then on. */
	if (*missing && to != im->entity && !may_create(im, to) && text.n <= MISSING_LONGEST)
		*map_at(&im->missing, key) = next;
	return false;
}

/* Who is not here is kept by name; when the row comes again, they may be. */
static void keep_name(struct import *im, const struct record *r, const struct field *f,
		      struct value *v, struct arena *a, struct diag *d)
{
	struct value *to = &r->values[field_index(r->entity, im->map.rest)];
	bool empty = to->kind != V_TEXT;
	struct str own = empty ? (struct str){ 0 } : to->s;
	struct import_rest line = { .json = im->rest.json };
	import_keep(&line, str_of(f->name), v->s);
	*to = value_text(import_kept(&line, own, a));
	buf_free(&line.lines);
	import_unknown(im->plan.rest, f, v->s);
	*v = (struct value){ .kind = V_NONE };
	diag_clear(d);
}

/* Of a list, such as the tags of a message, the first that is here. */
static bool find_of_list(struct import *im, const struct entity *to, struct str list, int64_t *id,
			 struct arena *a)
{
	struct str one;
	bool missing, found = false;
	if (str_find(list, ';') < 0)
		return false;
	while (!found && str_cut(&list, ';', &one)) {
		struct diag d = { 0 };
		found = find(im, to, str_trim(one), id, &missing, a, &d);
		diag_free(&d);
	}
	return found;
}

enum link { LINKED, LINK_LATE, LINK_WRONG };

static enum link link_one(struct import *im, const struct record *r, const struct field *f,
			  struct value *v, struct str *lost, struct arena *a, struct diag *d)
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
		if (missing && im->map.rest && find_of_list(im, to, v->s, &id, a)) {
			diag_clear(d);
			*v = value_int(id);
			return LINKED;
		}
		if (missing && im->map.rest && !may_create(im, to)) {
			if (strcmp(to->name, "user") != 0) /* no record is wrong without one */
				*lost = arena_printf(a, "%s: %.*s, and ", f->name,
						     (int)d->message.n, d->message.p);
			keep_name(im, r, f, v, a, d);
			return LINKED;
		}
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

static enum link link_all(struct import *im, struct record *r, struct str *lost, struct arena *a,
			  struct diag *d)
{
	enum link link = LINKED;
	struct places refs = entity_places(r->entity, REF_PLACES);
	for (size_t i = 0; i < refs.n && link == LINKED; i++) {
		struct value *v = &r->values[refs.at[i]];
		if (v->kind == V_TEXT)
			link = link_one(im, r, &r->entity->fields[refs.at[i]], v, lost, a, d);
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
		idset_add(&im->seen, r->id);
		*result = IMPORT_UNCHANGED;
		return false;
	case FOUND_MATCH:
		*result = IMPORT_DUPLICATE;
		if (idset_has(&im->seen, r->id) && !im->is_part)
			return false;
		if (idset_has(&im->seen, r->id)) /* a row before has said what it is like */
			policy = IMPORT_FILL;
		idset_add(&im->seen, r->id);
		break;
	case FOUND_KNOWN:
		break;
	}
	if (policy == IMPORT_FILL)
		import_fill_only(im, r, a);
	if (policy == IMPORT_UPDATE)
		import_keep_given(im, r, a);
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

/* As import_find; who came before it was known whose kin they are is found, too. */
static enum found find_row(struct import *im, struct record *r, struct arena *a, struct diag *d)
{
	long known[MATCH_NOTHING];
	memcpy(known, im->known, sizeof known);
	enum found found = import_find(im, r, a, d);
	if (found != FOUND_NOBODY || !im->kin.row)
		return found;
	long others[MATCH_NOTHING];
	memcpy(others, im->known, sizeof others);
	struct value *notes = record_get(r, "description"), left = *notes;
	notes->kind = V_NONE;
	bool same = import_find(im, r, a, d) == FOUND_SAME &&
		    import_kin_same(im, r->id, left.kind == V_TEXT ? left.s : STR(""), a);
	*notes = same && left.kind == V_NONE ? value_null() : left;
	memcpy(im->known, same ? known : others, sizeof known); /* it was looked for twice */
	if (!same)
		r->id = 0;
	return same ? FOUND_MATCH : FOUND_NOBODY;
}

/* Whom another system still calls a prospect has bought here meanwhile. */
static void keep_customer(struct import *im, struct record *r, struct arena *a)
{
	struct record old;
	if (strcmp(r->entity->name, "account") || !r->id || !str_is(text_of(r, "type"), "prospect"))
		return;
	if (store_get(im->store, r->entity, r->id, &old, a) && is_set(&old, "customer_since") &&
	    str_is(text_of(&old, "type"), "customer"))
		record_get(r, "type")->kind = V_NONE;
}

static enum imported put(struct import *im, struct record *r, struct arena *a, struct diag *d)
{
	static const enum imported results[] = {
		[WROTE_NOTHING] = IMPORT_REJECTED,
		[WROTE_CREATED] = IMPORT_CREATED,
		[WROTE_UPDATED] = IMPORT_UPDATED,
		[WROTE_SAME] = IMPORT_UNCHANGED,
	};
	bool line = im->is_part && line_whole(&im->store->schema, r->entity);
	unsigned flags = r->id ? PUT_RESTORE : PUT_SEED, excused = line ? PUT_EXCUSED : 0;
	struct str lost = { 0 };
	if (im->mend && !settle(im, r, a, d))
		return IMPORT_REJECTED;
	enum link link = link_all(im, r, &lost, a, d);
	if (link != LINKED)
		return link == LINK_LATE ? IMPORT_LATE : IMPORT_REJECTED;
	if (!r->id && !strcmp(r->entity->name, "event"))
		import_event(im, r, a);
	enum imported result;
	if (r->id && idset_has(&im->seen, r->id))
		return IMPORT_DUPLICATE;
	if (!r->id && !goes_on(im, r, find_row(im, r, a, d), &result, a, d))
		return result;
	if (flags == PUT_SEED)
		keep_customer(im, r, a);
	enum wrote wrote = store_put(im->store, r, flags | excused, a, d);
	if (wrote == WROTE_NOTHING && lost.n && !d->field)
		diag_set(d, NULL, "%s%s", lost.p, arena_str(&d->arena, d->message).p);
	if (wrote != WROTE_NOTHING && (im->nmatch || im->is_part || flags == PUT_RESTORE))
		idset_add(&im->seen, r->id);
	if (wrote == WROTE_CREATED && im->names_itself)
		ref_learn(im->resolver, r);
	if (wrote == WROTE_UPDATED && im->names_itself) /* it may go by another name now */
		resolver_free(im->resolver);
	return results[wrote];
}

bool import_put_part(struct import *im, size_t which, struct record *r, int64_t *ids, bool *wrote,
		     struct arena *a, struct diag *d)
{
	import_parts_wire(im, which, r, ids);
	if (im->map.parts[which].difference && im->difference.line.values != r->values) {
		import_difference_wait(im, which, r);
		return true;
	}
	enum imported got = put(&im->parts[which], r, a, d);
	if (got == IMPORT_REJECTED) {
		import_parts_blame(im, which, d);
		return false;
	}
	ids[which] = r->id;
	*wrote |= got == IMPORT_CREATED || got == IMPORT_UPDATED;
	im->made += got == IMPORT_CREATED;
	im->changed += got == IMPORT_UPDATED;
	return true;
}

/* The record that the row itself is, or that of the last row, with which it goes on. */
static enum imported put_own(struct import *im, struct spooled *item, int64_t *ids, struct arena *a,
			     struct diag *d)
{
	if (item->absent) {
		ids[im->nparts] = im->last;
		if (im->last)
			return IMPORT_UNCHANGED;
		if (im->passed_over)
			return IMPORT_SKIPPED;
		diag_set(d, NULL, "it goes on with a row that was refused");
		return IMPORT_REJECTED;
	}
	import_parts_wire(im, im->nparts, &item->record, ids);
	enum imported got = put(im, &item->record, a, d);
	ids[im->nparts] = item->record.id;
	return got;
}

/* All records of a row, those first to which others refer. */
static enum imported put_parts(struct import *im, struct spooled *item, struct arena *a,
			       struct diag *d)
{
	int64_t *ids = arena_new(a, int64_t, im->nparts + 1);
	enum imported result = IMPORT_UNCHANGED;
	bool wrote = false;
	for (size_t i = 0; i <= im->nparts; i++) {
		size_t which = im->order[i];
		if (which == im->nparts) {
			result = put_own(im, item, ids, a, d);
			if (result == IMPORT_REJECTED || result == IMPORT_LATE ||
			    result == IMPORT_SKIPPED)
				return result;
			continue;
		}
		struct import *part = &im->parts[which];
		for (size_t j = 0; j < part->nitems; j++)
			if (!import_put_part(im, which, &part->items[j].record, ids, &wrote, a, d))
				return IMPORT_REJECTED;
	}
	return wrote && result != IMPORT_CREATED ? IMPORT_UPDATED : result;
}

/* All records of a row, and what else a card says by which its person is known. */
static enum imported put_all(struct import *im, struct spooled *item, struct arena *a,
			     struct diag *d)
{
	struct record *own = &item->record;
	bool typed = own->id != 0; /* its identities come by themselves */
	import_kin_take(im, own, a);
	enum imported result = im->nparts ? put_parts(im, item, a, d) : put(im, own, a, d);
	bool there =
	    result == IMPORT_CREATED || result == IMPORT_UPDATED || result == IMPORT_UNCHANGED;
	long further = im->further, made = im->made;
	if (result == IMPORT_LATE)
		import_kin_undo(im, own);
	if (!there || item->absent)
		return result;
	if (!further_put(im->store, own, item->further, &im->further, a, d) ||
	    !import_kin_put(im, own, &im->made, a, d) ||
	    (!typed && further_may_hold(own) && !further_put_cells(im->store, own, NULL, a, d)))
		return IMPORT_REJECTED;
	bool more = (im->further > further || im->made > made) && result == IMPORT_UNCHANGED;
	return more ? IMPORT_UPDATED : result;
}

/*
 * A row that is refused, passed over half-way or a duplicate leaves nothing, not even what
 * its references made.
 */
enum imported import_put(struct import *im, struct spooled *item, struct arena *a, struct diag *d)
{
	struct import_row_copy as_read;
	if (item->absent && !import_parts_any(im))
		return IMPORT_SKIPPED;
	bool looked_for = im->nmatch || im->on_duplicate != IMPORT_CREATE;
	if (!im->partial && !im->nparts && !(im->ncreate && looked_for))
		return put_all(im, item, a, d);
	long made = im->made, changed = im->changed, further = im->further;
	import_parts_copy(im, item, &as_read, a);
	store_mark(im->store);
	enum imported result = put_all(im, item, a, d);
	bool kept = result != IMPORT_REJECTED && result != IMPORT_LATE && result != IMPORT_SKIPPED;
	if (!item->absent) {
		im->last = kept ? item->record.id : 0;
		im->passed_over = result == IMPORT_SKIPPED;
		if (!kept)
			im->difference.line.values = NULL;
	}
	if (kept && (result != IMPORT_DUPLICATE || im->made == made)) {
		store_keep(im->store);
		return result;
	}
	store_undo(im->store);
	if (im->made != made || (im->names_itself && item->record.id))
		resolver_free(im->resolver);
	import_parts_restore(im, item, &as_read);
	im->made = made;
	im->changed = changed;
	im->further = further;
	return result;
}
