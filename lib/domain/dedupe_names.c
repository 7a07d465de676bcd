/* English first names and what their bearers are called, where the letters do not tell. */
#include "domain/dedupe_text.h"

/* The name, then its forms; those that begin alike (Rob, Robert) are told by that. */
static const char *const forms[] = {
	"alexander sandy alec sasha",
	"alexandra sandy sasha lexie",
	"andrew drew andy",
	"anthony tony",
	"anne nancy nan annie",
	"barbara babs bobbie",
	"catherine kate kitty kathy katie cathy",
	"katherine kate kitty cathy kathy katie",
	"charles chuck charlie",
	"christopher kit topher",
	"daniel dan danny",
	"deborah debbie deb",
	"dorothy dot dottie dolly",
	"edward ed ted ned teddy eddie eddy",
	"edwin ed ted eddie",
	"eleanor nell nellie ellie nora",
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

bool short_name(struct str a, struct str b)
{
	for (size_t i = 0; i < countof(forms); i++) {
		struct str rest = str_of(forms[i]), name, form;
		str_cut(&rest, ' ', &name);
		bool has_a = str_eq(name, a), has_b = str_eq(name, b);
		if (!has_a && !has_b)
			continue;
		while (str_cut(&rest, ' ', &form))
			if (str_eq(form, has_a ? b : a))
				return true;
	}
	return false;
}
