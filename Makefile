# crm: a customer-relationship-management toolkit of small programs.
#
#   make            build programs and man pages into build/
#   make demo       install what is missing, build, show the main job
#   make check      all tests (TESTS='tests/man.t' for some); make san: under ASan and UBSan
#   make lint       shell, man pages, C format;  make fuzz: libFuzzer, FUZZ_SECONDS each
#   make bench      side by side with sqlite3, N=100000 records
#   make install    PREFIX=/usr/local, DESTDIR honoured; make uninstall
#
# A new program is a new cmd/crm-*.c; a new library file just goes under lib/, a
# test under tests/ or tests/unit/, a page under man/.  Nothing is listed here.

PREFIX ?= /usr/local
CFLAGS ?= -O2 -g
BUILD ?= build
PKG_CONFIG ?= pkg-config
JOBS := $(shell nproc 2>/dev/null || echo 2)
ifeq ($(MAKELEVEL)$(filter -j%,$(MAKEFLAGS)),0)
MAKEFLAGS += -j$(JOBS)
endif
export PKG_CONFIG

# What some programs alone are linked with comes from CALENDAR, MAIL and OPTIMUM.
PACKAGES = sqlite3 jansson yaml-0.1 libutf8proc smartcols
CALENDAR = libical
MAIL = gmime-3.0
OPTIMUM = nlopt
VERSION := $(shell git describe --tags --always --dirty 2>/dev/null || echo 0.1)

WARN = -Wall -Wextra -Wpedantic -Wshadow -Wconversion -Wstrict-prototypes \
	-Wmissing-prototypes -Wwrite-strings -Wvla -Wformat=2 -Wundef -Wcast-qual \
	-Wpointer-arith -Wnull-dereference -Wimplicit-fallthrough
HARDEN = -U_FORTIFY_SOURCE -D_FORTIFY_SOURCE=2 -fstack-protector-strong -fPIE
LDHARDEN = -pie
ifneq ($(shell uname),Darwin)
LDHARDEN += -Wl,-z,relro,-z,now -Wl,--as-needed
endif
ifdef SAN
HARDEN = -fsanitize=address,undefined -fno-sanitize-recover=all -fno-omit-frame-pointer
LDHARDEN = -fsanitize=address,undefined
# GCC's runtime linked in and at a fixed place: the suite's many short processes start sooner.
ifeq ($(findstring clang,$(CC)),)
ifneq ($(filter /%,$(shell $(CC) -print-file-name=libasan.a)),)
HARDEN += -fno-pie
LDHARDEN += -static-libasan -static-libubsan -no-pie
endif
endif
export ASAN_OPTIONS ?= detect_leaks=1:detect_stack_use_after_return=1
export UBSAN_OPTIONS ?= print_stacktrace=1
endif
ifdef FUZZ
HARDEN += -fsanitize=fuzzer-no-link
endif

ALL_CFLAGS = -std=c17 -D_GNU_SOURCE -Ilib -I$(BUILD)/gen $(WARN) $(HARDEN) $(PKG_CFLAGS) $(CFLAGS)
ALL_LDFLAGS = $(LDHARDEN) $(LDFLAGS)
LIBS = $(PKG_LIBS) -lcsv -lm -pthread

# A short line for each step; V=1 prints the commands.
run = $(if $(V),,@echo "$1  $@"; )$2

LIB_OBJ := $(patsubst %.c,$(BUILD)/%.o,$(sort $(wildcard lib/*/*.c)))
PROGRAMS := $(patsubst cmd/%.c,$(BUILD)/%,$(sort $(wildcard cmd/*.c)))
UNITS := $(patsubst tests/%.c,$(BUILD)/%,$(sort $(wildcard tests/unit/*.c)))
TOOLS := $(patsubst %.c,$(BUILD)/%,$(sort $(wildcard tests/*.c tests/bench/*.c)))
FUZZERS := $(patsubst tests/%.c,$(BUILD)/%,$(sort $(wildcard tests/fuzz/*.c)))
MAN := $(patsubst %.in,$(BUILD)/%,$(sort $(wildcard man/*.in)))
TESTS ?= $(sort $(wildcard tests/*.t)) $(UNITS)

all: $(PROGRAMS) man
man: $(MAN)
units: $(UNITS)
tools: $(TOOLS)
fuzzers: $(FUZZERS)

# deps.mk is made when something is to be built: it makes sure of the packages, then
# asks pkg-config; make then reads it and starts over.  It installs what is missing only
# for the goals named here, which say so; else it prints what to type.
INSTALLING = deps demo check san lint bench fuzz
ifneq ($(filter-out clean uninstall,$(or $(MAKECMDGOALS),all)),)
-include $(BUILD)/deps.mk
endif
GROUPS = build $(if $(filter check san bench,$(MAKECMDGOALS)),test) \
	$(if $(filter lint,$(MAKECMDGOALS)),lint) $(if $(filter deps,$(MAKECMDGOALS)),test lint)

$(BUILD)/deps.mk: Makefile tests/deps.sh
	@sh tests/deps.sh $(if $(filter $(INSTALLING),$(MAKECMDGOALS)),install,check) $(GROUPS)
	@mkdir -p $(@D)
	@{ echo "PKG_CFLAGS := `$(PKG_CONFIG) --cflags $(PACKAGES)`" && \
	echo "PKG_LIBS := `$(PKG_CONFIG) --libs $(PACKAGES)`" && \
	echo "CALENDAR_CFLAGS := `$(PKG_CONFIG) --cflags $(CALENDAR)`" && \
	echo "CALENDAR_LIBS := `$(PKG_CONFIG) --libs $(CALENDAR)`" && \
	echo "MAIL_CFLAGS := `$(PKG_CONFIG) --cflags $(MAIL)`" && \
	echo "MAIL_LIBS := `$(PKG_CONFIG) --libs $(MAIL)`" && \
	echo "OPTIMUM_CFLAGS := `$(PKG_CONFIG) --cflags $(OPTIMUM)`" && \
	echo "OPTIMUM_LIBS := `$(PKG_CONFIG) --libs $(OPTIMUM)`"; } >$@

# What a later target needs beyond what deps.mk was made with.
deps:
	@sh tests/deps.sh install build test lint
test-deps:
	@sh tests/deps.sh install build test
lint-deps:
	@sh tests/deps.sh install lint

# Objects are made anew when how they are made changes.
FLAGS = $(CC) $(ALL_CFLAGS) $(ALL_LDFLAGS) $(LIBS)
$(BUILD)/flags: force
	@mkdir -p $(@D)
	@echo '$(FLAGS)' | cmp -s - $@ || echo '$(FLAGS)' >$@
$(BUILD)/version: force
	@mkdir -p $(@D)
	@echo '$(VERSION)' | cmp -s - $@ || echo '$(VERSION)' >$@
$(BUILD)/lib/cli/command.o: private ALL_CFLAGS += -DVERSION='"$(VERSION)"'
$(BUILD)/lib/cli/command.o: $(BUILD)/version
$(BUILD)/lib/stream/format_ics.o: private ALL_CFLAGS += $(CALENDAR_CFLAGS)
$(addprefix $(BUILD)/,crm-export crm-remind): private LIBS += $(CALENDAR_LIBS)
$(BUILD)/lib/stream/mime.o: private ALL_CFLAGS += $(MAIL_CFLAGS)
$(addprefix $(BUILD)/,crm-mail fuzz/mime): private LIBS += $(MAIL_LIBS)
$(BUILD)/lib/report/optimum.o: private ALL_CFLAGS += $(OPTIMUM_CFLAGS)
$(addprefix $(BUILD)/,crm-report crm-score crm-config crm-init crm-alert unit/lifetime unit/label unit/report): private LIBS += $(OPTIMUM_LIBS)

$(BUILD)/%.o: %.c $(BUILD)/flags
	@mkdir -p $(@D)
	$(call run,CC,$(CC) $(ALL_CFLAGS) -MMD -MP -c -o $@ $<)

# Shipped presets are compiled in: bytes of an array.
PRESETS := $(sort $(wildcard lib/config/presets/*.yaml lib/config/presets/import/*.yaml))
$(BUILD)/gen/presets.h: $(PRESETS) Makefile
	@mkdir -p $(@D)
	@{ for k in config import; do d=lib/config/presets; [ $$k = config ] || d=$$d/$$k; \
		list= && for f in $$d/*.yaml; do n=$$(basename $$f .yaml) && \
		c=$${k}_$$(echo $$n | tr - _) && list="$$list $$n:$$c" && \
		echo "static const unsigned char $$c[] = {" && \
		od -An -v -t u1 $$f | sed 's/[0-9][0-9]*/&,/g' && echo '};' || exit 1; done; \
	echo "static const struct shipped shipped_$$k[] = {" && \
	for n in $$list; do \
		echo "{ \"$${n%:*}\", { (const char *)$${n#*:}, sizeof $${n#*:} } },"; done; \
	echo '};'; done; } >$@
$(BUILD)/lib/config/preset.o: $(BUILD)/gen/presets.h

$(BUILD)/libcrm.a: $(LIB_OBJ)
	@rm -f $@
	$(call run,AR,$(AR) rcs $@ $^)

$(PROGRAMS): $(BUILD)/%: $(BUILD)/cmd/%.o $(BUILD)/libcrm.a
$(UNITS): $(BUILD)/unit/%: $(BUILD)/tests/unit/%.o $(BUILD)/libcrm.a
$(TOOLS): $(BUILD)/%: $(BUILD)/%.o $(BUILD)/libcrm.a
$(FUZZERS): $(BUILD)/fuzz/%: $(BUILD)/tests/fuzz/%.o $(BUILD)/libcrm.a
$(UNITS:$(BUILD)/%=$(BUILD)/tests/%.o): | test-deps
$(UNITS): private LIBS += -lcmocka
$(FUZZERS): private ALL_LDFLAGS += -fsanitize=fuzzer
$(PROGRAMS) $(UNITS) $(TOOLS) $(FUZZERS):
	@mkdir -p $(@D)
	$(call run,LD,$(CC) $(ALL_LDFLAGS) -o $@ $^ $(LIBS))

# The prose is written by hand; synopsis, options, verbs and fields come from the program.
$(BUILD)/man/%: man/%.in man/fill.awk $(PROGRAMS)
	@mkdir -p $(@D)
	$(call run,MAN,LC_ALL=C awk -v build=$(BUILD) -f man/fill.awk $< >$@.new)
	@mv $@.new $@

check: all units tools test-deps
	BUILD=$(BUILD) prove -j$(JOBS) --exec 'sh tests/tap.sh' $(TESTS)

san:
	+@$(MAKE) --no-print-directory SAN=1 BUILD=$(BUILD)/san CFLAGS='-O1 -g' check

lint: man lint-deps
	shellcheck -x -S warning -e SC1091,SC2034,SC2123 $(wildcard tests/*.t tests/*.sh tests/*/*.sh) .ci/run
	shellcheck -s bash completions/*.bash
	! mandoc -Tlint -Wstyle $(MAN) | grep -v 'referenced manual not found'
	clang-format --dry-run -Werror $(wildcard cmd/*.c lib/*/*.[ch] tests/*.[ch] tests/*/*.[ch])

FUZZ_SECONDS ?= 30
fuzz:
	+@$(MAKE) --no-print-directory SAN=1 FUZZ=1 CC=clang BUILD=$(BUILD)/fuzzing fuzzers
	for f in $(FUZZERS:$(BUILD)/%=$(BUILD)/fuzzing/%); do \
		mkdir -p $$f.corpus && $$f -max_total_time=$(FUZZ_SECONDS) -print_final_stats=1 \
		$$f.corpus || exit 1; done

demo: all tools
	@BUILD=$(BUILD) sh tests/demo.sh

N ?= 100000
bench: all tools test-deps
	@BUILD=$(BUILD) sh tests/bench/run.sh $(N)

# bash and fish look for a completion under the program's own name.
SHARE = $(DESTDIR)$(PREFIX)/share
INSTALLED = $(PROGRAMS:$(BUILD)/%=$(DESTDIR)$(PREFIX)/bin/%) \
	$(foreach s,1 7,$(patsubst $(BUILD)/man/%,$(SHARE)/man/man$s/%,$(filter %.$s,$(MAN)))) \
	$(PROGRAMS:$(BUILD)/%=$(SHARE)/bash-completion/completions/%) \
	$(PROGRAMS:$(BUILD)/%=$(SHARE)/fish/vendor_completions.d/%.fish) \
	$(SHARE)/zsh/site-functions/_crm

install: all
	for f in $(INSTALLED); do mkdir -p "$${f%/*}" || exit 1; done
	install -m 755 $(PROGRAMS) $(DESTDIR)$(PREFIX)/bin
	for s in 1 7; do install -m 644 $(BUILD)/man/*.$$s $(SHARE)/man/man$$s || exit 1; done
	for p in $(PROGRAMS:$(BUILD)/%=%); do \
		install -m 644 completions/crm.bash $(SHARE)/bash-completion/completions/$$p && \
		install -m 644 completions/crm.fish $(SHARE)/fish/vendor_completions.d/$$p.fish || \
		exit 1; done
	install -m 644 completions/_crm $(SHARE)/zsh/site-functions

uninstall:
	rm -f $(INSTALLED)

clean:
	rm -rf $(BUILD)

force:
.PHONY: all man units tools fuzzers deps test-deps lint-deps check san lint fuzz demo bench \
	install uninstall clean force
.SECONDARY:
.DELETE_ON_ERROR:
-include $(shell find $(BUILD)/lib $(BUILD)/cmd $(BUILD)/tests -name '*.d' 2>/dev/null)
