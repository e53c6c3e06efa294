#!/bin/sh
# A minimal Debian 12 in a folder, booted with systemd as process 1 in namespaces of its own; the network is the host's.
# Needs root and debootstrap.
#
#   machine.sh make DIR | boot DIR | in DIR COMMAND... | put DIR FILE TARGET | halt DIR
set -eu
[ $# -ge 2 ] || { sed -n '5p' "$0" >&2; exit 64; }
verb=$1 root=$(realpath -m "$2")
shift 2
leader=$root.leader

alive() {
    [ -s "$leader" ] && kill -0 "$(cat "$leader")" 2>/dev/null
}

enter() {
    nsenter --target "$(cat "$leader")" --pid --mount --uts --ipc --cgroup \
        env -i HOME=/root LANG=C.UTF-8 DEBIAN_FRONTEND=noninteractive PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin "$@"
}

case $verb in
make)
    mkdir -p "$(dirname "$root")"
    exec 9>"$root.lock" # two tests may want the base at once
    flock 9
    [ ! -d "$root/etc" ] || exit 0
    # The archive that this machine's own apt uses.
    archive=$(apt-get indextargets --format '$(SITE)' | grep -m 1 debian)
    debootstrap --variant=minbase --include=systemd,systemd-sysv,dbus,ca-certificates bookworm "$root" "$archive" >"$root.log" 2>&1 ||
        { tail -n 5 "$root.log" >&2; rm -rf "$root"; exit 1; }
    cp /etc/resolv.conf /etc/hosts "$root/etc/"
    # Whatever apt needs here to reach its archive, it needs there too.
    cp -a /etc/apt/apt.conf.d/. "$root/etc/apt/apt.conf.d/"
    cp -a /usr/local/share/ca-certificates/. "$root/usr/local/share/ca-certificates/" 2>/dev/null || :
    : >"$root/etc/machine-id"
    echo newsroom >"$root/etc/hostname"
    for unit in systemd-logind.service console-getty.service getty@tty1.service e2scrub_reap.service; do
        ln -sf /dev/null "$root/etc/systemd/system/$unit"
    done
    chroot "$root" apt-get update -q >>"$root.log" 2>&1 || { tail -n 5 "$root.log" >&2; exit 1; }
    ;;
boot)
    alive && exit 0
    cat >"$root.init" <<INIT
mount --make-rprivate /
mount --bind '$root' '$root'
cd '$root'
mkdir -p .outside
mount -t proc proc proc
mount -t sysfs sysfs sys
mount -t tmpfs tmpfs run
mount -t tmpfs tmpfs tmp
mount --rbind /dev dev
pivot_root . .outside
cd /
umount -l .outside
mount -t cgroup2 cgroup2 /sys/fs/cgroup
exec env -i container=newsd-test PATH=/usr/sbin:/usr/bin:/sbin:/bin /lib/systemd/systemd
INIT
    setsid unshare --fork --pid --mount --uts --ipc --cgroup sh "$root.init" >"$root.console" 2>&1 </dev/null &
    outer=$!
    for _ in $(seq 100); do
        inner=$(tr -d ' ' <"/proc/$outer/task/$outer/children" 2>/dev/null || :)
        [ -n "$inner" ] && [ "$(cat "/proc/$inner/comm" 2>/dev/null)" = systemd ] && break
        sleep 0.1
    done
    [ -n "$inner" ] || { cat "$root.console" >&2; exit 1; }
    echo "$inner" >"$leader"
    for _ in $(seq 300); do
        case $(enter systemctl is-system-running 2>/dev/null || :) in
        running | degraded) exit 0 ;;
        esac
        sleep 0.1
    done
    echo "systemd did not come up within 30 s" >&2
    exit 1
    ;;
in)
    enter "$@"
    ;;
put)
    mkdir -p "$root$(dirname "$2")"
    cp "$1" "$root$2"
    ;;
halt)
    alive || exit 0
    enter systemctl poweroff >/dev/null 2>&1 || :
    for _ in $(seq 150); do
        alive || { rm -f "$leader"; exit 0; }
        sleep 0.1
    done
    kill -9 "$(cat "$leader")"
    rm -f "$leader"
    ;;
*)
    sed -n '5p' "$0" >&2
    exit 64
    ;;
esac
