/* E-mail and web addresses. */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>

#include "core/email.h"
#include "noise.h"

static struct arena arena;
static struct diag diag;

static int reset(void **state)
{
	(void)state;
	arena_free(&arena);
	diag_free(&diag);
	return 0;
}

static void mail(void **state)
{
	static const struct {
		const char *text, *want; /* NULL: refused */
	} cases[] = {
		{ "lan@example.com", "lan@example.com" },
		{ " Lan.Tran@Example.COM ", "lan.tran@example.com" },
		{ "\xe2\x80\x8blan@example.com\xc2\xa0", "lan@example.com" },
		{ "Lan Trần <LAN@example.com>", "lan@example.com" },
		{ "\"Trần, Lan\" <lan@example.com>", "lan@example.com" },
		{ "<lan@example.com>", "lan@example.com" },
		{ "mailto:lan@example.com", "lan@example.com" },
		{ "<mailto:Lan@Example.com?subject=A%20B>", "lan@example.com" },
		{ "lan+crm_test-1@mail.example.co.uk", "lan+crm_test-1@mail.example.co.uk" },
		{ "o'brien@example.com", "o'brien@example.com" },
		{ "\"Lan Tran\"@example.com", "\"Lan Tran\"@example.com" },
		{ "\"a\\\"@b\"@example.com", "\"a\\\"@b\"@example.com" },
		{ "Đức@Đức.VN", "Đức@đức.vn" },
		{ "lan@\xc4\x91u\xcc\x9b\xcc\x81"
		  "c.vn",
		  "lan@đức.vn" },
		{ "lan@xn--c-kia430u.vn", "lan@xn--c-kia430u.vn" },
		{ "lan@1a.vn", "lan@1a.vn" },
		{ "", NULL },
		{ "foo", NULL },
		{ "foo@@bar", NULL },
		{ "foo@@bar.com", NULL },
		{ "@example.com", NULL },
		{ "lan@", NULL },
		{ "lan@example", NULL },
		{ "lan@.com", NULL },
		{ "lan@example..com", NULL },
		{ "lan@example.com.", NULL },
		{ "lan@-example.com", NULL },
		{ "lan@example-.com", NULL },
		{ "lan@exa_mple.com", NULL },
		{ "lan@exam ple.com", NULL },
		{ "lan@[192.168.0.1]", NULL },
		{ "lan@192.168.0.1", NULL },
		{ ".lan@example.com", NULL },
		{ "lan.@example.com", NULL },
		{ "la..n@example.com", NULL },
		{ "la n@example.com", NULL },
		{ "la,n@example.com", NULL },
		{ "a@example.com, b@example.com", NULL },
		{ "a@example.com;b@example.com", NULL },
		{ "a@example.com b@example.com", NULL },
		{ "la\xe2\x80\x8bn@example.com", NULL },
		{ "la\tn@example.com", NULL },
		{ "la\x01n@example.com", NULL },
		{ "la\xffn@example.com", NULL },
		{ "lan@ex\xc3.com", NULL },
		{ "lan@example.com>", NULL },
		{ "<lan@example.com", NULL },
		{ "<>", NULL },
		{ "\"lan@example.com", NULL },
		{ "\"\"@example.com", NULL },
		{ "\"a\"b\"@example.com", NULL },
		{ "\"a\\\"@example.com", NULL },
		{ "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa@example.com",
		  NULL },
		{ "a@aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa.com", NULL },
	};
	(void)state;
	for (size_t i = 0; i < countof(cases); i++) {
		struct str got = { 0 };
		diag_clear(&diag);
		bool good = email_parse(str_of(cases[i].text), &got, &arena, &diag);
		if (good != (cases[i].want != NULL) || good == (diag.message.n > 0))
			fail_msg("\"%s\": %s", cases[i].text, good ? "accepted" : "refused");
		if (good && !str_is(got, cases[i].want))
			fail_msg("\"%s\": %.*s", cases[i].text, (int)got.n, got.p);
	}
	assert_false(
	    email_parse((struct str){ "a\0b@example.com", 15 }, &(struct str){ 0 }, &arena, &diag));
	assert_false(email_parse(STR("foo@@bar"), &(struct str){ 0 }, &arena, &diag));
	assert_non_null(strstr(diag.message.p, "\"foo@@bar\" is not an e-mail address"));
}

static void web(void **state)
{
	static const struct {
		const char *text, *want;
	} cases[] = {
		{ " example.com ", "example.com" },
		{ "https://Example.com/a?b=c#d", "https://Example.com/a?b=c#d" },
		{ "https://đức.vn/tìm", "https://đức.vn/tìm" },
		{ "HTTP://shop.vn", "HTTP://shop.vn" },
		{ "shop.vn:8080/a:b", "shop.vn:8080/a:b" },
		{ "shop.vn/a?to=mailto:x", "shop.vn/a?to=mailto:x" },
		{ "javascript:alert(1)", NULL },
		{ "JavaScript://shop.vn/%0aalert(1)", NULL },
		{ "data:text/html,x", NULL },
		{ "mailto:a@shop.vn", NULL },
		{ "ftp://shop.vn", NULL },
		{ "httpx://shop.vn", NULL },
		{ "https:shop.vn", NULL },
		{ "", NULL },
		{ "exa mple.com", NULL },
		{ "exa\xc2\xa0mple.com", NULL },
		{ "exa\tmple.com", NULL },
		{ "exa\x7fmple.com", NULL },
		{ "exa\xffmple.com", NULL },
		{ "exa\xc2\x85mple.com", NULL },
		{ "exa\xc2\x90mple.com", NULL },
	};
	(void)state;
	for (size_t i = 0; i < countof(cases); i++) {
		struct str got;
		bool good = url_parse(str_of(cases[i].text), &got, &arena, &diag);
		if (good != (cases[i].want != NULL))
			fail_msg("\"%s\": %s", cases[i].text, good ? "accepted" : "refused");
		if (good)
			assert_true(str_is(got, cases[i].want));
	}
}

/* Punycode as libidn2 has it; two are of RFC 3492, section 7.1 (with small letters). */
static void keys(void **state)
{
	static const struct {
		const char *text, *key, *loose;
	} cases[] = {
		{ "Lan@Example.COM", "lan@example.com", "lan@example.com" },
		{ "lan@đức.vn", "lan@xn--c-kia430u.vn", "lan@xn--c-kia430u.vn" },
		{ "lan@ĐỨC.VN", "lan@xn--c-kia430u.vn", "lan@xn--c-kia430u.vn" },
		{ "lan@XN--C-kia430u.vn", "lan@xn--c-kia430u.vn", "lan@xn--c-kia430u.vn" },
		{ "lan@bücher.de", "lan@xn--bcher-kva.de", "lan@xn--bcher-kva.de" },
		{ "a@tạisaohọkhôngthểchỉnóitiếngviệt.vn",
		  "a@xn--tisaohkhngthchnitingvit-kjcr8268qyxafd2f1b9g.vn",
		  "a@xn--tisaohkhngthchnitingvit-kjcr8268qyxafd2f1b9g.vn" },
		{ "a@他们为什么不说中文.cn", "a@xn--ihqwcrb4cv8a8dqg056pqjye.cn",
		  "a@xn--ihqwcrb4cv8a8dqg056pqjye.cn" },
		{ "a@ｅｘａｍｐｌｅ．ｃｏｍ", "a@example.com", "a@example.com" },
		{ "L.an+shop@GoogleMail.com", "l.an+shop@gmail.com", "lan@gmail.com" },
		{ "l.an+shop@example.com", "l.an+shop@example.com", "l.an@example.com" },
		{ "+shop@example.com", "+shop@example.com", "+shop@example.com" },
		{ "\"a.b+c\"@gmail.com", "\"a.b+c\"@gmail.com", "\"a.b+c\"@gmail.com" },
		{ "Đức@example.com", "đức@example.com", "đức@example.com" },
		{ "not one", "not one", "not one" },
	};
	(void)state;
	for (size_t i = 0; i < countof(cases); i++) {
		struct str key = email_key(str_of(cases[i].text), &arena);
		struct str loose = email_loose_key(str_of(cases[i].text), &arena);
		if (!str_is(key, cases[i].key) || !str_is(loose, cases[i].loose))
			fail_msg("\"%s\": %.*s, %.*s", cases[i].text, (int)key.n, key.p,
				 (int)loose.n, loose.p);
	}
}

static void several(void **state)
{
	static const struct {
		const char *text, *want; /* joined by | */
	} cases[] = {
		{ "", "" },
		{ "a@x.vn", "a@x.vn" },
		{ "a@x.vn; b@y.vn", "a@x.vn|b@y.vn" },
		{ "a@x.vn,b@y.vn ,, c@z.vn,", "a@x.vn|b@y.vn|c@z.vn" },
		{ "a@x.vn b@y.vn", "a@x.vn|b@y.vn" },
		{ "a@x.vn / b@y.vn", "a@x.vn|b@y.vn" },
		{ "a@x.vn\nb@y.vn", "a@x.vn|b@y.vn" },
		{ "a@x.vn và b@y.vn", "a@x.vn|b@y.vn" },
		{ "a@x.vn hoặc b@y.vn", "a@x.vn|b@y.vn" },
		{ "Lan Trần <a@x.vn>, Hoa <b@y.vn>", "Lan Trần <a@x.vn>|Hoa <b@y.vn>" },
		{ "\"Trần, Lan\" <a@x.vn>; b@y.vn", "\"Trần, Lan\" <a@x.vn>|b@y.vn" },
		{ "Trần, Lan <a@x.vn>, b@y.vn", "Trần, Lan <a@x.vn>|b@y.vn" },
		{ "none, a@x.vn", "none|a@x.vn" },
		{ "\"a b\"@x.vn, b@y.vn", "\"a b\"@x.vn|b@y.vn" },
		{ "<a@x.vn", "<a@x.vn" },
	};
	(void)state;
	for (size_t i = 0; i < countof(cases); i++) {
		struct str rest = str_of(cases[i].text), piece, got = STR("");
		while (email_next(&rest, &piece))
			got = arena_printf(&arena, "%.*s%s%.*s", (int)got.n, got.p,
					   got.n ? "|" : "", (int)piece.n, piece.p);
		if (!str_is(got, cases[i].want))
			fail_msg("\"%s\": %s", cases[i].text, got.p);
	}
}

static void houses(void **state)
{
	static const struct {
		const char *text, *want;
	} cases[] = {
		{ "An.Le@MinhAnh.vn", "minhanh.vn" },
		{ "https://www.MinhAnh.vn/vi?x=1", "minhanh.vn" },
		{ "minhanh.vn:8080", "minhanh.vn" },
		{ "an@\xc4\x91\xe1\xbb\xa9"
		  "c.vn",
		  "xn--c-kia430u.vn" },
		{ "an@googlemail.com", "" },
		{ "https://facebook.com/minhanh", "" },
		{ "", "" },
	};
	(void)state;
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		struct str got = email_house(str_of(cases[i].text), &arena);
		if (!str_is(got, cases[i].want))
			fail_msg("\"%s\": %.*s", cases[i].text, (int)got.n, got.p);
	}
}

/* Bytes at random, in blocks of their exact size: nothing is read outside. */
static void noise(void **state)
{
	static const char some[] = "abc.@+<>\",; \\\xc4\x91\xe2\x80\x93\xef\xbc\xa1";
	(void)state;
	srand(1);
	for (int i = 0; i < 20000; i++) {
		struct str s = noise_new(some, 48, 8), out, rest = s, piece;
		email_parse(s, &out, &arena, &diag);
		url_parse(s, &out, &arena, &diag);
		struct str key = email_key(s, &arena);
		struct str again = email_key(key, &arena);
		if (!str_eq(again, key))
			fail_msg("%.*s: %.*s, %.*s", (int)s.n, s.p, (int)key.n, key.p, (int)again.n,
				 again.p);
		email_loose_key(s, &arena);
		email_house(s, &arena);
		while (email_next(&rest, &piece))
			assert_true(piece.n);
		noise_free(s);
		arena_reset(&arena);
		diag_clear(&diag);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_teardown(mail, reset),	 cmocka_unit_test_teardown(web, reset),
		cmocka_unit_test_teardown(keys, reset),	 cmocka_unit_test_teardown(several, reset),
		cmocka_unit_test_teardown(noise, reset), cmocka_unit_test_teardown(houses, reset),
	};
	return cmocka_run_group_tests_name("email", tests, NULL, NULL);
}
