/* The tables of where.c. */
#ifndef TESTS_WHERE_ROWS_H
#define TESTS_WHERE_ROWS_H

struct row {
	const char *entity, *text;
	const char *expect; /* "condition joins | parameters", or the message */
};

static const struct row good_where[] = {
	{ "lead", "status = qualified and score >= 50 and not (source in (partner, zalo))",
	  "((t0.\"status\" = $1) and (t0.\"score\" >= $2) and ((t0.\"source\" in ($3, $4)) is not "
	  "true)) | 'qualified', 50, 'partner', 'zalo'" },
	{ "lead", "created_at >= -30d and owner.team = hanoi and email is not null",
	  "((t0.\"created_at\" >= $1) and (t1.\"team\" = $2) and (t0.\"email\" is not null)) left "
	  "join \"user\" t1 on t1.\"id\" = t0.\"owner\" | '2026-10-21T17:00:00Z', 3" },
	{ "lead", "name ~ nguyen", "(instr(t0.\"name_key\", $1) > 0) | 'nguyen'" },
	{ "lead", "tags = vip or account.industry = retail",
	  "((instr(fold(t0.\"tags\"), $1) > 0) or (t1.\"industry\" = $2)) left join \"account\" t1 "
	  "on t1.\"id\" = t0.\"account\" | ';vip;', 'retail'" },
	{ "lead", "name = 'Nguyễn Văn Đức'", "(t0.\"name_key\" = $1) | 'nguyen van duc'" },
	{ "lead", "city = \"da nang\"", "(fold(t0.\"city\") = $1) | 'da nang'" },
	{ "lead", "city != 'Hà Nội'", "((fold(t0.\"city\") = $1) is not true) | 'ha noi'" },
	{ "lead", "not city = hanoi", "((fold(t0.\"city\") = $1) is not true) | 'hanoi'" },
	{ "lead", "phone = 0912345678", "(t0.\"phone_key\" = $1) | '+84912345678'" },
	{ "lead", "phone = 113", "(digits(t0.\"phone\") in ($1)) | '113'" },
	{ "lead", "phone in (0912345678, 113)",
	  "((t0.\"phone_key\" = $1) or (digits(t0.\"phone\") in ($2))) | '+84912345678', '113'" },
	{ "lead", "phone in (0912345678, 0987654321)",
	  "(t0.\"phone_key\" in ($1, $2)) | '+84912345678', '+84987654321'" },
	{ "contact", "email = Lan@Example.COM", "(t0.\"email_key\" = $1) | 'lan@example.com'" },
	{ "lead", "birth_date = --05-17", "(t0.\"birth_date\" = $1) | '--05-17'" },
	{ "lead", "birth_date < 2000-01-01",
	  "(t0.\"birth_date\" >= $1 and t0.\"birth_date\" < $2) | '0001-01-01', '2000-01-01'" },
	{ "lead", "created_at = 2026-Q4",
	  "(t0.\"created_at\" >= $1 and t0.\"created_at\" < $2) | '2026-09-30T17:00:00Z', "
	  "'2026-12-31T17:00:00Z'" },
	{ "lead", "created_at < today", "(t0.\"created_at\" < $1) | '2026-11-20T17:00:00Z'" },
	{ "lead", "created_at <= today", "(t0.\"created_at\" < $1) | '2026-11-21T17:00:00Z'" },
	{ "lead", "created_at > today", "(t0.\"created_at\" >= $1) | '2026-11-21T17:00:00Z'" },
	{ "lead", "created_at != today",
	  "((t0.\"created_at\" >= $1 and t0.\"created_at\" < $2) is not true) | "
	  "'2026-11-20T17:00:00Z', '2026-11-21T17:00:00Z'" },
	{ "lead", "created_at = 9999",
	  "(t0.\"created_at\" >= $1 and t0.\"created_at\" < $2) | '9998-12-31T17:00:00Z', "
	  "'9999-12-31~'" },
	{ "deal", "expected_close = now",
	  "(t0.\"expected_close\" >= $1 and t0.\"expected_close\" < $2) | '2026-11-21', "
	  "'2026-11-22'" },
	{ "deal", "expected_close = 2026-11",
	  "(t0.\"expected_close\" >= $1 and t0.\"expected_close\" < $2) | '2026-11-01', "
	  "'2026-12-01'" },
	{ "deal", "expected_close in (2026-11-01, 2027-01)",
	  "((t0.\"expected_close\" >= $1 and t0.\"expected_close\" < $2) or (t0.\"expected_close\" "
	  ">= $3 and t0.\"expected_close\" < $4)) | '2026-11-01', '2026-11-02', '2027-01-01', "
	  "'2027-02-01'" },
	{ "deal", "expected_close <= +2h", "(t0.\"expected_close\" < $1) | '2026-11-22'" },
	{ "deal", "amount >= 15tr",
	  "(t0.\"amount\" >= $1 and coalesce(t0.\"currency\", $2) = $3) | 15000000, 'VND', 'VND'" },
	{ "deal", "amount >= '250 USD'",
	  "(t0.\"amount\" >= $1 and coalesce(t0.\"currency\", $2) = $3) | 25000, 'VND', 'USD'" },
	{ "deal", "amount in ('250 USD', 100)",
	  "((t0.\"amount\" = $1 and coalesce(t0.\"currency\", $2) = $3) or (t0.\"amount\" = $4 and "
	  "coalesce(t0.\"currency\", $5) = $6)) | "
	  "25000, 'VND', 'USD', 100, 'VND', 'VND'" },
	{ "deal", "amount != '250 USD'",
	  "((t0.\"amount\" = $1 and coalesce(t0.\"currency\", $2) = $3) is not true) | 25000, "
	  "'VND', 'USD'" },
	{ "lead", "owner = lan", "(t0.\"owner\" = $1) | 7" },
	{ "lead", "owner = me", "(t0.\"owner\" = $1) | 7" },
	{ "lead", "owner in (me, mai, none)",
	  "((t0.\"owner\" is null) or (t0.\"owner\" in ($1, $2))) | 7, 2" },
	{ "lead", "owner = none", "(t0.\"owner\" is null)" },
	{ "lead", "owner != any", "(t0.\"owner\" is null)" },
	{ "lead", "owner ~ lan",
	  "(instr(t1.\"name_key\", $1) > 0) left join \"user\" t1 on t1.\"id\" = t0.\"owner\" | "
	  "'lan'" },
	{ "lead", "account ~ minh",
	  "(instr(t1.\"name_key\", $1) > 0) left join \"account\" t1 on t1.\"id\" = t0.\"account\" "
	  "| 'minh'" },
	{ "lead", "account = 'Công ty Minh Anh'", "(t0.\"account\" = $1) | 9" },
	{ "lead", "account = account-9", "(t0.\"account\" = $1) | 9" },
	{ "lead", "account = 42", "(t0.\"account\" = $1) | 42" },
	{ "deal", "contact = 0912345678", "(t0.\"contact\" = $1) | 5" },
	{ "lead", "account.owner.name ~ lan and owner.name ~ mai",
	  "((instr(t2.\"name_key\", $1) > 0) and (instr(t3.\"name_key\", $2) > 0)) left join "
	  "\"account\" t1 on t1.\"id\" = t0.\"account\" left join \"user\" t2 on t2.\"id\" = "
	  "t1.\"owner\" left join \"user\" t3 on t3.\"id\" = t0.\"owner\" | 'lan', 'mai'" },
	{ "lead", "id = lead-42", "(t0.\"id\" = $1) | 42" },
	{ "lead", "id in (lead-42, 43)", "(t0.\"id\" in ($1, $2)) | 42, 43" },
	{ "lead", "id > 100", "(t0.\"id\" > $1) | 100" },
	{ "lead", "do_not_call = yes", "(t0.\"do_not_call\" = $1) | 1" },
	{ "lead", "status = \"Mới\"", "(t0.\"status\" = $1) | 'new'" },
	{ "lead", "tags ~ vi", "(instr(fold(t0.\"tags\"), $1) > 0) | 'vi'" },
	{ "lead", "name !~ nguyen or score < 10 # comment",
	  "(((instr(t0.\"name_key\", $1) > 0) is not true) or (t0.\"score\" < $2)) | 'nguyen', "
	  "10" },
	{ "lead", "tags in (vip, \"khach quen\")",
	  "((instr(fold(t0.\"tags\"), $1) > 0) or (instr(fold(t0.\"tags\"), $2) > 0)) | ';vip;', "
	  "';khach quen;'" },
	{ "lead", "name < m", "(t0.\"name_key\" < $1) | 'm'" },
	{ "lead", "email < m", "(fold(t0.\"email\") < $1) | 'm'" },
	{ "lead", "not not not status = new",
	  "((((t0.\"status\" = $1) is not true) is not true) is not true) | 'new'" },
	{ "lead", "name = 'O''Brien' or name = \"a\\\"b\" or name = 'C:\\new\\'x'",
	  "((t0.\"name_key\" = $1) or (t0.\"name_key\" = $2) or (t0.\"name_key\" = $3)) | "
	  "'o'brien', 'a\"b', 'c:\\new'x'" },
	{ "lead", "status = new Or not status Is Not Null aNd score nOt In (1)",
	  "((t0.\"status\" = $1) or (((t0.\"status\" is not null) is not true) and ((t0.\"score\" "
	  "= $2) is not true))) | 'new', 1" },
	{ "lead", "name = \"'; drop table lead; --\"",
	  "(t0.\"name_key\" = $1) | ''; drop table lead; --'" },
	{ "lead", "title ~ 'Giám đốc' and website = minhanh.vn",
	  "((instr(fold(t0.\"title\"), $1) > 0) and (fold(t0.\"website\") = $2)) | 'giam doc', "
	  "'minhanh.vn'" },
	{ "activity", "lead.owner = lan and due_at < now",
	  "((t1.\"owner\" = $1) and (t0.\"due_at\" < $2)) left join \"lead\" t1 on t1.\"id\" = "
	  "t0.\"lead\" | 7, '2026-11-21T03:00:00Z'" },
	{ "lead", "tax_code = '0101-234.567'", "(t0.\"tax_code_key\" = $1) | '0101234567'" },
	{ "deal", "next_step = 'gọi'", "(fold(t0.\"next_step\") = $1) | 'goi'" },
};

static const struct row bad_where[] = {
	{ "lead", "NAME ~ nguyen", "-w:1:1: no field 'NAME' on lead; did you mean 'name'?" },
	{ "lead", "email = foo", "-w:1:9: email: \"foo\" is not an e-mail address" },
	{ "lead", "birth_date < --05-17",
	  "-w:1:14: birth_date: \"--05-17\" has no year: nothing is before or after it" },
	{ "lead", "owner = 'none'", "-w:1:9: owner: no user is known as \"none\"" },
	{ "lead", "account = deal-9", "-w:1:11: account: \"deal-9\" is no account" },
	{ "lead", "id = deal-1", "-w:1:6: id: \"deal-1\" is no lead" },
	{ "lead", "score > 5.5", "-w:1:9: score: \"5.5\" is not a whole number" },
	{ "lead", "status = foo",
	  "-w:1:10: status: \"foo\" is none of: target new contacted nurturing qualified "
	  "disqualified converted" },
	{ "lead", "stauts = foo", "-w:1:1: no field 'stauts' on lead; did you mean 'status'?" },
	{ "lead", "score in ()", "-w:1:11: expected a value, found ')'" },
	{ "lead", "status = new and", "-w:1:17: expected a field, but the expression ends here" },
	{ "lead", "(status = new",
	  "-w:1:14: expected 'and', 'or' or ')', but the expression ends here" },
	{ "lead", "status = new)", "-w:1:13: expected 'and', 'or' or the end, found ')'" },
	{ "lead", "status new", "-w:1:8: expected an operator such as = or 'in', found 'new'" },
	{ "lead", "status = null", "-w:1:10: nothing compares with null; write 'is null'" },
	{ "lead", "status is nul", "-w:1:11: expected 'null' or 'not null', found 'nul'" },
	{ "lead", "name = nguyen duc",
	  "-w:1:15: expected 'and', 'or' or the end, found 'duc' (text with blanks wants quotes)" },
	{ "lead", "name = ''", "-w:1:8: name: a value is never empty text; ask for null or none" },
	{ "lead", "name = '   '",
	  "-w:1:8: name: a value is never empty text; ask for null or none" },
	{ "lead", "name ~ ''", "-w:1:8: name: \"\" holds nothing to look for" },
	{ "lead", "tags < vi", "-w:1:6: '<' cannot be asked of tags, which is a list of tags" },
	{ "lead", "status < new", "-w:1:8: '<' cannot be asked of status, which is a choice" },
	{ "lead", "score ~ 5", "-w:1:7: '~' cannot be asked of score, which is a number" },
	{ "lead", "name.foo = 1", "-w:1:6: 'name' on lead is no reference: nothing can follow it" },
	{ "lead", "owner.foo = 1", "-w:1:7: no field 'foo' on user" },
	{ "lead", "owner..name = 1", "-w:1:7: a field's name is missing" },
	{ "lead", "a $ b", "-w:1:1: no field 'a' on lead" },
	{ "lead", "name = 'abc", "-w:1:8: this quote is not closed" },
	{ "lead", "name = “abc”", "-w:1:8: “ is not understood as a quote; write ' or \"" },
	{ "lead", "! status = new", "-w:1:1: '!' stands for nothing here; write not, != or !~" },
	{ "lead", "(STATUS = new", "-w:1:2: no field 'STATUS' on lead; did you mean 'status'?" },
	{ "lead", "status = new OR Status Is Not Null",
	  "-w:1:17: no field 'Status' on lead; did you mean 'status'?" },
	{ "lead", "score ≥ 50", "-w:1:7: expected an operator such as = or 'in', found '≥'" },
	{ "lead", "score >= 50 ; drop table lead",
	  "-w:1:13: ';' cannot stand here; quote text that holds it" },
	{ "lead", "'name' = x", "-w:1:1: expected a field, found 'name'" },
	{ "lead", "created_at >= 30.2.2026",
	  "-w:1:15: created_at: \"30.2.2026\" is not a date: February 2026 has no day 30" },
	{ "lead", "score in (1 2)", "-w:1:13: expected ',' or ')', found '2'" },
	{ "lead", "score not 5", "-w:1:11: expected 'in' after 'not', found '5'" },
	{ "lead", "score is not 5", "-w:1:14: expected 'null', found '5'" },
	{ "lead", "score in 5", "-w:1:10: expected '(' and a list of values, found '5'" },
	{ "lead", "tên = x", "-w:1:1: no field 'tên' on lead; did you mean 'first_name'?" },
	{ "lead", "annual_revenue = 1500tr or budget = 'x'",
	  "-w:1:37: budget: \"x\" is not an amount: it begins with something else" },
	{ "activity", "about = 1", "-w:1:1: no field 'about' on activity" },
	{ "lead", "owner.team.manager.team.manager.team.manager.team.manager.name = x",
	  "-w:1:59: a path follows at most 8 references" },
	{ "lead", "-score = 5", "-w:1:1: no field '-score' on lead; did you mean 'score'?" },
};

static const struct row good_terms[] = {
	{ "lead", "status:new,contacted", "(t0.\"status\" in ($1, $2)) | 'new', 'contacted'" },
	{ "lead", "status:new", "(t0.\"status\" = $1) | 'new'" },
	{ "lead", "score:50..", "(t0.\"score\" >= $1) | 50" },
	{ "lead", "score:..80", "(t0.\"score\" <= $1) | 80" },
	{ "lead", "score:50..80", "((t0.\"score\" >= $1) and (t0.\"score\" <= $2)) | 50, 80" },
	{ "lead", "score.not:50..80",
	  "(((t0.\"score\" >= $1) and (t0.\"score\" <= $2)) is not true) | 50, 80" },
	{ "lead", "score:1..2,5,7..",
	  "((t0.\"score\" = $1) or ((t0.\"score\" >= $2) and (t0.\"score\" <= $3)) or "
	  "(t0.\"score\" >= $4)) | 5, 1, 2, 7" },
	{ "lead", "owner:none", "(t0.\"owner\" is null)" },
	{ "lead", "owner:any", "(t0.\"owner\" is not null)" },
	{ "lead", "owner:me", "(t0.\"owner\" = $1) | 7" },
	{ "lead", "owner:lan,mai", "(t0.\"owner\" in ($1, $2)) | 7, 2" },
	{ "lead", "owner.not:lan,none",
	  "(((t0.\"owner\" is null) or (t0.\"owner\" = $1)) is not true) | 7" },
	{ "lead", "owner.not:none", "(t0.\"owner\" is not null)" },
	{ "lead", "owner.not:lan", "((t0.\"owner\" = $1) is not true) | 7" },
	{ "lead", "tag:vip", "(instr(fold(t0.\"tags\"), $1) > 0) | ';vip;'" },
	{ "lead", "account.tag:vip",
	  "(instr(fold(t1.\"tags\"), $1) > 0) left join \"account\" t1 on t1.\"id\" = "
	  "t0.\"account\" | ';vip;'" },
	{ "lead", "account.industry:retail",
	  "(t1.\"industry\" = $1) left join \"account\" t1 on t1.\"id\" = t0.\"account\" | "
	  "'retail'" },
	{ "lead", "city:da nang", "(fold(t0.\"city\") = $1) | 'da nang'" },
	{ "lead", "city:'Hà Nội, VN',hue\\,x",
	  "(fold(t0.\"city\") in ($1, $2)) | 'ha noi, vn', 'hue,x'" },
	{ "lead", "name:wait...", "(t0.\"name_key\" = $1) | 'wait...'" },
	{ "lead", "name.has:a,b", "(instr(t0.\"name_key\", $1) > 0) | 'a,b'" },
	{ "lead", "name.re:^nguy[eễ]n\\.", "(matches($1, t0.\"name\")) | '^nguy[ee]n\\.'" },
	{ "lead", "score.gt:50", "(t0.\"score\" > $1) | 50" },
	{ "lead", "last_contacted_at:..-14d",
	  "(t0.\"last_contacted_at\" < $1) | '2026-11-07T17:00:00Z'" },
	{ "deal", "expected_close:2026-Q4",
	  "(t0.\"expected_close\" >= $1 and t0.\"expected_close\" < $2) | '2026-10-01', "
	  "'2027-01-01'" },
	{ "deal", "closed_at:2026-01..2026-03",
	  "((t0.\"closed_at\" >= $1) and (t0.\"closed_at\" < $2)) | '2025-12-31T17:00:00Z', "
	  "'2026-03-31T17:00:00Z'" },
	{ "lead", "nguyen", "(instr(t0.\"search\", $1) > 0) | 'nguyen'" },
	{ "lead", "0912345678",
	  "(instr(t0.\"search\", $1) > 0 or instr(t0.\"search\", $2) > 0) | '0912345678', "
	  "'84912345678'" },
	{ "lead", "+84 912-345.678",
	  "(instr(t0.\"search\", $1) > 0 or instr(t0.\"search\", $2) > 0) | '+84 912-345.678', "
	  "'84912345678'" },
	{ "lead", "091",
	  "(instr(t0.\"search\", $1) > 0 or instr(t0.\"search\", $2) > 0) | '091', '8491'" },
	{ "lead", "2026-11-21",
	  "(instr(t0.\"search\", $1) > 0 or instr(t0.\"search\", $2) > 0) | '2026-11-21', "
	  "'20261121'" },
	{ "lead", "text:need", "(instr(t0.\"search\", $1) > 0) | 'need'" },
	{ "lead", "text.not:spam,eggs",
	  "(((instr(t0.\"search\", $1) > 0) or (instr(t0.\"search\", $2) > 0)) is not true) | "
	  "'spam', 'eggs'" },
	{ "lead", "https://example.com", "(instr(t0.\"search\", $1) > 0) | 'https://example.com'" },
	{ "lead", "09:30", "(instr(t0.\"search\", $1) > 0) | '09:30'" },
	{ "lead", "a=b", "(instr(t0.\"search\", $1) > 0) | 'a=b'" },
	{ "lead", "email:x@y.vn", "(t0.\"email_key\" = $1) | 'x@y.vn'" },
	{ "lead", "birth_date:17/05", "(t0.\"birth_date\" = $1) | '--05-17'" },
	{ "lead", "currency:usd", "(t0.\"currency\" = $1) | 'USD'" },
	{ "lead", "kind:org", "(t0.\"kind\" = $1) | 'org'" },
	{ "lead", "owner.team:hanoi",
	  "(t1.\"team\" = $1) left join \"user\" t1 on t1.\"id\" = t0.\"owner\" | 3" },
	{ "lead", "status.not:new", "((t0.\"status\" = $1) is not true) | 'new'" },
	{ "lead", "name:none", "(t0.\"name\" is null)" },
	{ "lead", "name:\"none\"", "(t0.\"name_key\" = $1) | 'none'" },
	{ "lead", "name.not:'me'", "((t0.\"name_key\" = $1) is not true) | 'me'" },
	{ "lead", "deal.amount:10tr..",
	  "(t1.\"amount\" >= $1 and coalesce(t1.\"currency\", $2) = $3) left join \"deal\" t1 on "
	  "t1.\"id\" = t0.\"deal\" | 10000000, 'VND', 'VND'" },
	{ "lead", "owner.has:la",
	  "(instr(t1.\"name_key\", $1) > 0) left join \"user\" t1 on t1.\"id\" = t0.\"owner\" | "
	  "'la'" },
	{ "lead", "tags.not:vip,stale",
	  "(((instr(fold(t0.\"tags\"), $1) > 0) or (instr(fold(t0.\"tags\"), $2) > 0)) is not "
	  "true) | ';vip;', ';stale;'" },
	{ "lead", "created_at.gt:2026-11", "(t0.\"created_at\" >= $1) | '2026-11-30T17:00:00Z'" },
	{ "lead", "first_name.re:^.$", "(matches($1, t0.\"first_name\")) | '^.$'" },
	{ "lead", "'", "(instr(t0.\"search\", $1) > 0) | '''" },
	{ "lead", "name.re:(([]{9}[:alpha:]]{20}){20})",
	  "(matches($1, t0.\"name\")) | '(([]{9}[:alpha:]]{20}){20})'" },
	{ "lead",
	  "name.re:[[:alpha:]]+ [a-z]+ [a-z]+ [a-z]+ [a-z]+ [a-z]+ [a-z]+ [a-z]+ x{3}-y{4}-z{99}",
	  "(matches($1, t0.\"name\")) | '[[:alpha:]]+ [a-z]+ [a-z]+ [a-z]+ [a-z]+ [a-z]+ [a-z]+ "
	  "[a-z]+ x{3}-y{4}-z{99}'" },
	{ "lead", "name.re:\\(+Đ", "(matches($1, t0.\"name\")) | '\\(+d'" },
};

static const struct row bad_terms[] = {
	{ "lead", "score:..",
	  "score:..: score: a range needs an end (FIELD:any finds those with a value)" },
	{ "lead", "city:'abc",
	  "city:'abc: the quote ' is not closed; write \\' for the sign itself" },
	{ "lead", "city:'abc'd", "city:'abc'd: a ',' is missing behind the closing '" },
	{ "lead", "name.re:(",
	  "name.re:(: name: \"(\" is not a regular expression: Unmatched ( or \\(" },
	{ "lead", "name.re:a{1000}{1000}",
	  "name.re:a{1000}{1000}: name: \"a{1000}{1000}\" repeats too much" },
	{ "lead",
	  "score.gt:", "score.gt:: score: a value is never empty text; ask for null or none" },
	{ "lead", "score:", "score:: a value is missing (FIELD:none finds empty ones)" },
	{ "lead", "score:1,,2", "score:1,,2: a value is missing (FIELD:none finds empty ones)" },
	{ "lead", "expected_close:2026", "expected_close:2026: no field 'expected_close' on lead" },
	{ "lead", "text.gt:x", "text.gt:x: text: takes words to search for, and .not: alone" },
	{ "lead", "score",
	  "score: this is a field's name; did the shell take '>' or '<' and what follows? write "
	  "score:50.. or quote -w (text:score searches for the word)" },
	{ "lead", "created_at",
	  "created_at: this is a field's name; did the shell take '>' or '<' and what follows? "
	  "write created_at:-30d.. or quote -w (text:created_at searches for the word)" },
	{ "lead", "owner",
	  "owner: this is a field's name; did the shell take '>' or '<' and what follows? write "
	  "owner:me or quote -w (text:owner searches for the word)" },
	{ "lead", "status=new",
	  "status=new: ':' asks and '=' sets; write status:VALUE or -w with the expression" },
	{ "lead", "score>=50",
	  "score>=50: ':' asks and '=' sets; write score:50.. or -w with the expression" },
	{ "lead", "scor:50", "scor:50: no field 'scor' on lead; did you mean 'score'?" },
	{ "lead", "mail:x@y.vn", "mail:x@y.vn: no field 'mail' on lead; did you mean 'email'?" },
	{ "lead", "status:new;drop",
	  "status:new;drop: status: \"new;drop\" is none of: target new contacted nurturing "
	  "qualified disqualified converted" },
	{ "lead", "score.re:5", "score.re:5: '.re:' cannot be asked of score, which is a number" },
	{ "lead", "campaign:'',x",
	  "campaign:'',x: campaign: a value is never empty text; ask for null or none" },
	{ "lead", "text:", "text:: a value is missing (FIELD:none finds empty ones)" },
	{ "lead", "name.re:a++++++++++++++++++++++",
	  "name.re:a++++++++++++++++++++++: name: \"a++++++++++++++++++++++\" repeats too much" },
	{ "lead", "name.re:((a{20}){20}){20}",
	  "name.re:((a{20}){20}){20}: name: \"((a{20}){20}){20}\" repeats too much" },
	{ "lead", "name.re:[",
	  "name.re:[: name: \"[\" is not a regular expression: Invalid regular expression" },
};

#endif
