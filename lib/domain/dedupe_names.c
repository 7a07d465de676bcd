/* English first names and what their bearers are called, where the letters do not tell. */
#include "domain/dedupe_text.h"

/* In the order of the names.  The name, then its forms; those that begin alike (Rob, Robert) are
 * told by that. */
static const char *const forms[] = {
	"alexander sandy alec sasha",
	"alexandra sandy sasha lexie",
	"andrew drew andy",
	"anne nancy nan annie",
	"anthony tony",
	"barbara babs bobbie",
	"catherine kate kitty kathy katie cathy",
	"charles chuck charlie",
	"christopher kit topher",
	"daniel dan danny",
	"deborah debbie deb",
	"dorothy dot dottie dolly",
	"edward ed ted ned teddy eddie eddy",
	"edwin ed ted eddie",
	"eleanor nell nellie ellie nora",
	"elisabeth liz lizzie betty beth betsy bess bessie lisa libby elsie",
	"elizabeth liz lizzie betty beth betsy bess bessie eliza lisa libby elsie",
	"emma em emmy",
	"frances fanny fran frankie",
	"francis frank",
	"gerald gerry jerry",
	"harold harry hal",
	"helen nell nellie",
	"henry harry hank hal",
	"isabella bella",
	"jacob jake",
	"james jim jimmy jamie jem",
	"jane jenny",
	"jennifer jenny",
	"john jack johnny",
	"jonathan jon",
	"joseph joe joey",
	"katherine kate kitty cathy kathy katie",
	"lawrence larry",
	"leonard len lenny",
	"margaret maggie meg peg peggy greta daisy madge",
	"martha patty mattie",
	"mary polly molly mamie",
	"matthew matt",
	"michael mike mick micky mikey",
	"nicholas nick nicky",
	"patricia pat patsy tricia trish",
	"peter pete",
	"rebecca becky",
	"richard dick rick rich ricky",
	"robert bob bobby rob robbie bert",
	"ronald ron ronnie",
	"samuel sam sammy",
	"sarah sally sadie",
	"stephen steve steven",
	"susan sue suzie sukey",
	"theodore ted teddy theo",
	"theresa tess terry tessa",
	"thomas tom tommy",
	"timothy tim",
	"victoria vicky tori",
	"vincent vince vinny",
	"walter wally walt",
	"william bill billy will willie liam",
	"zachary zach zack",
};

/* The forms of a name, as they stand in the table; empty: it has none. */
static struct str forms_of(struct str name)
{
	size_t from = 0, to = countof(forms);
	while (from < to) {
		size_t middle = from + (to - from) / 2;
		struct str rest = str_of(forms[middle]), first;
		str_cut(&rest, ' ', &first);
		int c = str_cmp(first, name);
		if (!c)
			return rest;
		if (c < 0)
			from = middle + 1;
		else
			to = middle;
	}
	return (struct str){ 0 };
}

static bool is_form_of(struct str form, struct str name)
{
	struct str rest = forms_of(name), one;
	while (str_cut(&rest, ' ', &one))
		if (str_eq(one, form))
			return true;
	return false;
}

bool short_name(struct str a, struct str b)
{
	return is_form_of(a, b) || is_form_of(b, a);
}
