# Installing, and the Debian package. Paths follow the GNU names; DESTDIR stages.
BINDIR := $(PREFIX)/bin
SYSCONFDIR ?= /etc
UNITDIR ?= $(if $(filter /usr,$(PREFIX)),/lib/systemd/system,/etc/systemd/system)
SYSUSERSDIR ?= /usr/lib/sysusers.d
MANDIR := $(PREFIX)/share/man
SHAREDIR := $(PREFIX)/share/newsd
COMPLETIONS := $(PREFIX)/share/bash-completion/completions
ZSH_FUNCTIONS := $(PREFIX)/share/zsh/$(if $(filter /usr,$(PREFIX)),vendor-completions,site-functions)

.PHONY: install uninstall deb install-files
install: install-files
	@if [ -z "$(DESTDIR)" ] && [ -d /run/systemd/system ]; then systemd-sysusers && systemctl daemon-reload; fi
	@if [ -z "$(DESTDIR)" ] && getent group newsd >/dev/null; then chgrp newsd $(SYSCONFDIR)/newsd/newsd.conf && chmod 640 $(SYSCONFDIR)/newsd/newsd.conf; fi
	@echo "installed; edit $(SYSCONFDIR)/newsd/newsd.conf, then: systemctl enable --now newsd"

install-files: newsd
	install -D -m 755 out/release/newsd $(DESTDIR)$(BINDIR)/newsd
	install -d $(DESTDIR)$(UNITDIR) $(DESTDIR)$(SYSUSERSDIR) $(DESTDIR)$(SYSCONFDIR)/newsd/feeds.d $(DESTDIR)$(SYSCONFDIR)/newsd/newsd.conf.d
	sed 's|@BINDIR@|$(BINDIR)|' systemd/newsd.service >$(DESTDIR)$(UNITDIR)/newsd.service
	install -m 644 systemd/newsd.sysusers $(DESTDIR)$(SYSUSERSDIR)/newsd.conf
	out/release/newsd options >out/newsd.conf.sample
	install -D -m 644 out/newsd.conf.sample $(DESTDIR)$(SHAREDIR)/newsd.conf.sample
	install -m 644 systemd/sites-example.conf $(DESTDIR)$(SHAREDIR)/sites-example.conf
	[ -e $(DESTDIR)$(SYSCONFDIR)/newsd/newsd.conf ] || install -m 644 out/newsd.conf.sample $(DESTDIR)$(SYSCONFDIR)/newsd/newsd.conf
	[ -e $(DESTDIR)$(SYSCONFDIR)/newsd/feeds.d/local.txt ] || install -m 644 systemd/feeds-example.txt $(DESTDIR)$(SYSCONFDIR)/newsd/feeds.d/local.txt
	install -d $(DESTDIR)$(SHAREDIR)/schemas $(DESTDIR)$(MANDIR)/man5 $(DESTDIR)$(MANDIR)/man7 $(DESTDIR)$(MANDIR)/man8
	install -m 644 processors/record/schemas/*.json $(DESTDIR)$(SHAREDIR)/schemas/
	install -d $(DESTDIR)$(SHAREDIR)/models
	install -m 644 processors/models/*.model $(DESTDIR)$(SHAREDIR)/models/
	install -m 644 daemon/manual/newsd.8 $(DESTDIR)$(MANDIR)/man8/
	install -m 644 daemon/manual/newsd-feeds.7 daemon/manual/newsd-records.7 $(DESTDIR)$(MANDIR)/man7/
	out/release/newsd options --mdoc >out/newsd.conf.options
	sed -e '/^@OPTIONS@$$/{r out/newsd.conf.options' -e 'd}' daemon/manual/newsd.conf.5 >$(DESTDIR)$(MANDIR)/man5/newsd.conf.5
	out/release/newsd completion bash >out/newsd.bash
	out/release/newsd completion zsh >out/newsd.zsh
	install -D -m 644 out/newsd.bash $(DESTDIR)$(COMPLETIONS)/newsd
	install -D -m 644 out/newsd.zsh $(DESTDIR)$(ZSH_FUNCTIONS)/_newsd
	install -m 644 systemd/feeds-example.opml systemd/grafana-newsd.json systemd/prometheus-rules.yaml $(DESTDIR)$(SHAREDIR)/
	install -d $(DESTDIR)$(SHAREDIR)/containers/newsd.conf.d
	install -m 644 systemd/containers/compose.yaml systemd/containers/newsd.container $(DESTDIR)$(SHAREDIR)/containers/
	install -m 644 systemd/containers/newsd.conf.d/compose.conf $(DESTDIR)$(SHAREDIR)/containers/newsd.conf.d/

uninstall:
	-@if [ -z "$(DESTDIR)" ] && [ -d /run/systemd/system ]; then systemctl disable --now newsd; fi
	rm -f $(DESTDIR)$(BINDIR)/newsd $(DESTDIR)$(UNITDIR)/newsd.service $(DESTDIR)$(SYSUSERSDIR)/newsd.conf
	rm -f $(DESTDIR)$(MANDIR)/man8/newsd.8 $(DESTDIR)$(MANDIR)/man7/newsd-feeds.7 $(DESTDIR)$(MANDIR)/man7/newsd-records.7 $(DESTDIR)$(MANDIR)/man5/newsd.conf.5
	rm -f $(DESTDIR)$(COMPLETIONS)/newsd $(DESTDIR)$(ZSH_FUNCTIONS)/_newsd
	rm -rf $(DESTDIR)$(SHAREDIR)
	@echo "configuration in $(SYSCONFDIR)/newsd and state in /var/lib/newsd are left in place"

DEB_VERSION ?= $(VERSION)
DEB_ARCH := $(shell dpkg --print-architecture 2>/dev/null)
DEB_ROOT := out/deb/newsd_$(DEB_VERSION)_$(DEB_ARCH)

# A plain binary package: staged files, dependencies as dpkg-shlibdeps finds them, maintainer scripts from systemd/debian/.
deb: packages-build
	@tests/support/packages.sh dpkg-dev
	@$(MAKE) --no-print-directory $(JOBS) newsd
	rm -rf $(DEB_ROOT)
	@$(MAKE) --no-print-directory install-files DESTDIR=$(abspath $(DEB_ROOT)) PREFIX=/usr
	mkdir -p $(DEB_ROOT)/DEBIAN out/deb/debian
	printf 'Source: newsd\n' >out/deb/debian/control
	cd out/deb && dpkg-shlibdeps -O --ignore-missing-info $(abspath $(DEB_ROOT))/usr/bin/newsd >shlibs
	sed -e 's/@VERSION@/$(DEB_VERSION)/' -e 's/@ARCH@/$(DEB_ARCH)/' -e "s|@DEPENDS@|$$(sed 's/^shlibs:Depends=//' out/deb/shlibs)|" \
		systemd/debian/control.in >$(DEB_ROOT)/DEBIAN/control
	printf '%s\n' /etc/newsd/newsd.conf /etc/newsd/feeds.d/local.txt >$(DEB_ROOT)/DEBIAN/conffiles
	install -m 755 systemd/debian/postinst systemd/debian/prerm systemd/debian/postrm $(DEB_ROOT)/DEBIAN/
	dpkg-deb --root-owner-group --build $(DEB_ROOT) out/newsd_$(DEB_VERSION)_$(DEB_ARCH).deb
