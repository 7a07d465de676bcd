/* The words of names that mean something. */
#include "core/name_words.h"

#include <stdlib.h>

/* Words of one table, sorted; each search is binary. */
struct words {
	const char *const *all;
	size_t n;
};
#define WORDS(table) ((struct words){ table, countof(table) })

static int compare(const void *key, const void *row)
{
	return str_cmp(*(const struct str *)key, str_of(*(const char *const *)row));
}

static bool listed(struct str s, struct words w)
{
	return bsearch(&s, w.all, w.n, sizeof *w.all, compare) != NULL;
}

bool name_is_title(struct str folded)
{
	static const char *const titles[] = {
		"bac si",  "bs",	  "capt",  "col",	"dame",	   "dr",      "dra",
		"duoc si", "frau",	  "gen",   "giao su",	"gs",	   "gsts",    "herr",
		"hon",	   "ing",	  "ks",	   "ky su",	"lady",	   "lord",    "ls",
		"lt",	   "luat su",	  "madam", "maj",	"miss",	   "mister",  "mlle",
		"mme",	   "monsieur",	  "mr",	   "mrs",	"ms",	   "mx",      "pgs",
		"pgsts",   "pho giao su", "prof",  "professor", "quy ba",  "quy ong", "rev",
		"senor",   "senora",	  "sgt",   "sir",	"thac si", "ths",     "tien si",
		"ts",
	};
	return listed(folded, WORDS(titles));
}

bool name_is_address(struct str lower)
{
	static const char *const addresses[] = {
		"anh", "bà", "bác", "bạn", "chú", "chị",  "cháu", "cô",	 "cậu",
		"cụ",  "dì", "em",  "mợ",  "sếp", "thím", "thầy", "ông",
	};
	for (size_t i = 0; i < countof(addresses); i++)
		if (str_is(lower, addresses[i]))
			return true;
	return false;
}

bool name_is_bare_address(struct str folded)
{
	static const char *const addresses[] = {
		"anh", "ba", "bac", "ban", "chi", "chu", "co", "ong", "thay",
	};
	return listed(folded, WORDS(addresses));
}

bool name_is_suffix(struct str folded)
{
	static const char *const suffixes[] = {
		"bsc", "cfa", "cpa", "dds", "esq", "ii",  "iii", "iv",	"jd",
		"jr",  "llb", "llm", "mba", "md",  "msc", "phd", "pmp", "sr",
	};
	return listed(folded, WORDS(suffixes));
}

bool name_is_particle(struct str folded)
{
	static const char *const particles[] = {
		"'t",  "abu", "af",  "al",  "ap",    "av",  "ben", "bin", "bint", "binti", "da",
		"das", "de",  "dei", "del", "della", "den", "der", "des", "di",	  "do",	   "dos",
		"du",  "el",  "ibn", "la",  "las",   "le",  "lo",  "los", "op",	  "san",   "st",
		"ten", "ter", "van", "vom", "von",   "zu",  "zum", "zur",
	};
	return listed(folded, WORDS(particles));
}

enum family name_is_family(struct str folded)
{
	static const char *const sure[] = {
		"bui", "doan", "huynh", "ngo", "nguyen", "pham", "phan", "tran", "trinh", "truong",
	};
	static const char *const maybe[] = {
		"au",	"bach",	 "banh",   "bien",   "cai",   "cam",   "can",  "cao",	"chau",
		"chu",	"chung", "co",	   "cu",     "cung",  "dam",   "dan",  "dang",	"danh",
		"dao",	"dau",	 "diep",   "dinh",   "do",    "dong",  "du",   "duong", "giang",
		"giap", "ha",	 "han",	   "ho",     "hoang", "hua",   "kha",  "khong", "khuat",
		"khuc", "kieu",	 "kim",	   "la",     "lac",   "lai",   "lam",  "le",	"lieu",
		"lo",	"lu",	 "luc",	   "luong",  "luu",   "ly",    "ma",   "mac",	"mach",
		"mai",	"mau",	 "nghiem", "nguy",   "nhu",   "ninh",  "nong", "ong",	"phi",
		"pho",	"phu",	 "phung",  "phuong", "quach", "quan",  "sam",  "su",	"ta",
		"tang", "tao",	 "thach",  "thai",   "than",  "thieu", "tieu", "to",	"ton",
		"tong", "tra",	 "trang",  "trieu",  "tu",    "tuong", "ung",  "van",	"vi",
		"vien", "vo",	 "vong",   "vu",     "vuong", "vy",    "xa",
	};
	return listed(folded, WORDS(sure))    ? FAMILY_SURE
	       : listed(folded, WORDS(maybe)) ? FAMILY_MAYBE
					      : FAMILY_NOT;
}

static size_t span(struct str s, const char *of)
{
	size_t n = 0;
	while (n < s.n && s.p[n] && strchr(of, s.p[n]))
		n++;
	return n;
}

bool name_is_syllable(struct str folded)
{
	static const char *const onsets[] = {
		"",   "b",   "c",  "ch", "d",  "g", "gh", "h", "k", "kh", "l",	"m", "n",
		"ng", "ngh", "nh", "p",	 "ph", "q", "r",  "s", "t", "th", "tr", "v", "x",
	};
	static const char *const vowels[] = {
		"a",  "ai", "ao",  "au",  "ay",	 "e",  "eo",  "eu",  "i",   "ia", "ie",	 "ieu",
		"iu", "o",  "oa",  "oai", "oay", "oe", "oi",  "oo",  "u",   "ua", "uay", "ue",
		"ui", "uo", "uoi", "uou", "uu",	 "uy", "uya", "uye", "uyu", "y",  "ye",	 "yeu",
	};
	static const char *const ends[] = { "", "c", "ch", "m", "n", "ng", "nh", "p", "t" };
	size_t onset = span(folded, "bcdghklmnpqrstvx");
	size_t vowel = span(str_sub(folded, onset, folded.n), "aeiouy");
	return listed(str_sub(folded, 0, onset), WORDS(onsets)) &&
	       listed(str_sub(folded, onset, vowel), WORDS(vowels)) &&
	       listed(str_sub(folded, onset + vowel, folded.n), WORDS(ends));
}

size_t name_east_asian_family(struct str s)
{
	static const char *const two[] = {
		"欧阳", "歐陽", "司马", "司馬", "上官", "诸葛", "諸葛", "司徒", "夏侯", "皇甫",
		"尉迟", "公孙", "慕容", "令狐", "宇文", "长孙", "轩辕", "端木", "东方", "独孤",
		"南宫", "남궁", "황보", "제갈", "사공", "선우", "서문", "독고",
	};
	for (size_t i = 0; i < countof(two); i++)
		if (str_starts(s, two[i]) && s.n > strlen(two[i]))
			return strlen(two[i]);
	return 0;
}
