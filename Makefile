# newsd. Targets: all demo test test-unit ... lint install deb (see README.md). Needs Debian 12 packages only;
# `make demo` and `make test` install what is missing.
SHELL := /bin/bash
VERSION := $(shell cat .version)
PREFIX ?= /usr/local
DESTDIR ?=
CC := gcc
BUILD ?= release
OUT := out/$(BUILD)

# The packages of a build, and what tests and tools need beside them.
BUILD_PACKAGES := gcc make pkg-config libc6-dev libcurl4-openssl-dev libevent-dev librdkafka-dev libxml2-dev libgumbo-dev \
	libsqlite3-dev libyajl-dev libjansson-dev libutf8proc-dev libpsl-dev uthash-dev libcld2-dev g++ libsystemd-dev \
	libzstd-dev libssl-dev libxxhash-dev

LIBRARIES := libcurl libevent_core libevent_pthreads libevent_extra rdkafka libxml-2.0 sqlite3 yajl jansson libutf8proc \
	libpsl libsystemd libzstd libcrypto gumbo
WARNINGS := -Wall -Wextra -Wshadow -Wconversion -Wmissing-prototypes -Wvla -Wformat=2 -Wundef
CPPFLAGS := -D_GNU_SOURCE -DNEWSD_VERSION='"$(VERSION)"' -I. -Ifeeds $(shell pkg-config --cflags $(LIBRARIES) 2>/dev/null)
CFLAGS_release := -O2 -g
CFLAGS_asan := -O1 -g -fsanitize=address,undefined -fno-sanitize-recover=undefined -fno-omit-frame-pointer
CFLAGS_tsan := -O1 -g -fsanitize=thread
CFLAGS := -std=gnu17 $(WARNINGS) $(CFLAGS_$(BUILD)) -pthread -fstack-protector-strong $(EXTRA_CFLAGS)
LDFLAGS := $(filter -fsanitize%,$(CFLAGS)) -pthread
LDLIBS := $(shell pkg-config --libs $(LIBRARIES) 2>/dev/null) -lcld2 -lstdc++ -lm

# One folder, one layer; every .c below it belongs to it (programs that train models have their own rule).
FEEDS := $(wildcard feeds/*.c feeds/*/*.c)
PROCESSORS := $(filter-out processors/models/%,$(wildcard processors/*.c processors/*/*.c))
PROCESSORS_CC := $(wildcard processors/*/*.cc)
DAEMON := $(filter-out daemon/main.c,$(wildcard daemon/*.c daemon/*/*.c))
OBJECTS := $(patsubst %.c,$(OUT)/%.o,$(FEEDS) $(PROCESSORS) $(DAEMON)) $(patsubst %.cc,$(OUT)/%.o,$(PROCESSORS_CC))
LIBRARY := $(OUT)/libnewsd.a
UNIT_TESTS := $(patsubst tests/%.c,$(OUT)/tests/%,$(wildcard tests/feeds/test_*.c tests/processors/test_*.c tests/daemon/test_*.c))
SUPPORT := $(patsubst tests/%.c,$(OUT)/tests/%,$(wildcard tests/support/*.c))

.PHONY: all clean
all: newsd

newsd: $(OUT)/newsd
	@ln -sf $< $@

$(OUT)/newsd: $(OUT)/daemon/main.o $(LIBRARY)
	$(CC) $(LDFLAGS) -o $@ $< $(LIBRARY) $(LDLIBS)

$(LIBRARY): $(OBJECTS)
	@rm -f $@
	$(AR) rcs $@ $^

$(OUT)/%.o: %.c
	@mkdir -p $(@D)
	$(CC) $(CPPFLAGS) $(CFLAGS) -MMD -MP -c -o $@ $<

$(OUT)/%.o: %.cc
	@mkdir -p $(@D)
	g++ -std=gnu++17 -I. -Ifeeds $(filter-out -Wmissing-prototypes -std=gnu17,$(CFLAGS)) -MMD -MP -c -o $@ $<

# Every test program is one file linked against the library and cmocka.
$(OUT)/tests/%: tests/%.c $(LIBRARY)
	@mkdir -p $(@D)
	$(CC) $(CPPFLAGS) -Itests $(CFLAGS) -MMD -MP $(LDFLAGS) -o $@ $< $(LIBRARY) -lcmocka $(LDLIBS)

clean:
	rm -rf out newsd

-include $(shell find $(OUT) -name '*.d' 2>/dev/null)
