# crm: a customer-relationship-management toolkit of small programs.
#
#   make            build everything into build/
#   make demo       install what is missing, build, show the main job
#   make check      all tests; make san: the same under ASan and UBSan
#   make install    PREFIX=/usr/local, DESTDIR honoured
#
# A new program is a new cmd/crm-*.c; a new library file just goes under lib/.

PREFIX ?= /usr/local
CFLAGS ?= -O2 -g
BUILD ?= build
PKG_CONFIG ?= pkg-config
MAKEFLAGS += -j$(shell nproc 2>/dev/null || echo 2)

PACKAGES = sqlite3 jansson yaml-0.1 libutf8proc smartcols
VERSION = $(shell git describe --tags --always --dirty 2>/dev/null || echo 0.1)

WARN = -Wall -Wextra -Wpedantic -Wshadow -Wconversion -Wstrict-prototypes \
	-Wmissing-prototypes -Wwrite-strings -Wvla -Wformat=2 -Wundef -Wcast-qual \
	-Wpointer-arith -Wnull-dereference -Wimplicit-fallthrough
HARDEN = -U_FORTIFY_SOURCE -D_FORTIFY_SOURCE=2 -fstack-protector-strong -fPIE
ifdef SAN
HARDEN = -fsanitize=address,undefined -fno-sanitize-recover=all -fno-omit-frame-pointer
LDHARDEN = -fsanitize=address,undefined
else
LDHARDEN = -pie -Wl,-z,relro,-z,now
endif

PKG_CFLAGS := $(shell $(PKG_CONFIG) --cflags $(PACKAGES) 2>/dev/null)
PKG_LIBS := $(shell $(PKG_CONFIG) --libs $(PACKAGES) 2>/dev/null)
ALL_CFLAGS = -std=c17 -D_GNU_SOURCE -DVERSION='"$(VERSION)"' -Ilib -I$(BUILD)/gen $(WARN) $(HARDEN) $(PKG_CFLAGS) $(CFLAGS)
ALL_LDFLAGS = $(LDHARDEN) -Wl,--as-needed $(LDFLAGS)
LIBS = $(PKG_LIBS) -lcsv -lm

LIB_SRC := $(sort $(wildcard lib/*/*.c))
LIB_OBJ := $(LIB_SRC:%.c=$(BUILD)/%.o)
CMD_SRC := $(sort $(wildcard cmd/*.c))
PROGRAMS := $(CMD_SRC:cmd/%.c=$(BUILD)/%)
UNIT_SRC := $(sort $(wildcard tests/unit/*.c))
UNITS := $(UNIT_SRC:tests/unit/%.c=$(BUILD)/unit/%)

all: $(PROGRAMS)

$(BUILD)/%.o: %.c | deps
	@mkdir -p $(@D)
	$(CC) $(ALL_CFLAGS) -MMD -MP -c -o $@ $<

$(BUILD)/libcrm.a: $(LIB_OBJ)
	rm -f $@
	$(AR) rcs $@ $^

$(PROGRAMS): $(BUILD)/%: $(BUILD)/cmd/%.o $(BUILD)/libcrm.a
	$(CC) $(ALL_LDFLAGS) -o $@ $^ $(LIBS)

$(UNITS): $(BUILD)/unit/%: $(BUILD)/tests/unit/%.o $(BUILD)/libcrm.a
	@mkdir -p $(@D)
	$(CC) $(ALL_LDFLAGS) -o $@ $^ $(LIBS) -lcmocka

units: $(UNITS)

deps:
	@true

clean:
	rm -rf build

.PHONY: all units deps clean
.SECONDARY:
-include $(LIB_OBJ:.o=.d) $(CMD_SRC:%.c=$(BUILD)/%.d) $(UNIT_SRC:%.c=$(BUILD)/%.d)
