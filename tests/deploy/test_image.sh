#!/usr/bin/env bash
# The stack of deploy/compose.yaml from images built here: starts, plays the story, stops in time.
set -euo pipefail
cd "$(dirname "$0")/../.."
if [ "${1:-}" = --help ]; then
	cat <<'H'
usage: test_image.sh
Builds the images (scripts/image), makes secrets, starts deploy/compose.yaml with podman-compose in a
network namespace of its own, waits until all are healthy, plays the story from a container, stops
everything within 10 s, each with exit status 0, and removes what it made but the images. Exit status
77: containers cannot run on this machine at all; the last line says why.
H
	exit 0
fi
skip() { echo "$1"; exit 77; }
[ "$(id -u)" = 0 ] || skip "podman's networks need root here"
unshare --net --mount true 2>/dev/null || skip "this machine gives no namespaces"

scripts/packages image || skip "the packages for containers are not here, and cannot be installed"

daemons="directory scheduling notes reminders analytics gateway"
project=soleus-test-$$
work=$(mktemp -d)
holder=
since=$SECONDS
say() { printf '%3d s  %s\n' "$((SECONDS - since))" "$*"; }
inside() { nsenter --net="/proc/$holder/ns/net" "$@" </dev/null; }
compose() { inside podman-compose -p "$project" -f "$work/deploy/compose.yaml" "$@" >>"$work/compose.log" 2>&1; }
state() { podman inspect --format "{{.State.$2}}" "${project}_$1_1"; }

# Everything that carries a project's name. A container that is just being restarted may come back.
remove() { # PROJECT
	local left label=label=com.docker.compose.project=$1
	for _ in 1 2 3 4 5; do
		left=$(podman ps -aq --filter "$label")
		[ -z "$left" ] && break
		# shellcheck disable=SC2086
		inside podman rm -f -t 1 -v $left || true
	done
	podman volume ls -q --filter "$label" | xargs -r podman volume rm -f
	inside podman network rm -f "$1_default" || true
	rm -rf "/var/lib/cni/networks/$1_default"
}

# What a test that was killed could not remove itself.
remove_orphans() {
	local left
	for left in $(podman volume ls --format '{{.Name}}') $(podman network ls --format '{{.Name}}'); do
		[[ $left =~ ^(soleus-test-([0-9]+))_ ]] || continue
		kill -0 "${BASH_REMATCH[2]}" 2>/dev/null || remove "${BASH_REMATCH[1]}"
	done
}

finish() {
	local code=$?
	trap - EXIT
	trap '' INT TERM
	if [ -n "$holder" ]; then
		remove "$project" >/dev/null 2>&1 || true
		kill "$holder" || true
	fi
	rm -rf "$work"
	exit "$code"
}
trap finish EXIT
trap 'exit 130' INT
trap 'exit 143' TERM

fail() {
	echo "FAILED: $*"
	local name
	for name in postgres migrate $daemons; do
		echo "-- $name: $(state "$name" Status 2>&1), exit status $(state "$name" ExitCode 2>&1)"
		podman logs --tail 8 "${project}_${name}_1" 2>&1 || true
	done
	exit 1
}

scripts/image --base localhost/soleus-base:bookworm
say "images built"

# Works without systemd too, and leaves the machine's own networks alone.
cat >"$work/containers.conf" <<'C'
[engine]
cgroup_manager = "cgroupfs"
runtime = "runc"
[network]
network_backend = "cni"
[containers]
default_ulimits = ["nofile=8192:8192", "nproc=4096:4096"]
C
export CONTAINERS_CONF=$work/containers.conf
[ -d /run/systemd/system ] || export DISABLE_HC_SYSTEMD=true
podman info >"$work/info" 2>&1 || { cat "$work/info"; skip "podman does not work on this machine"; }
unshare --net sleep infinity &
holder=$!
until [ "$(readlink "/proc/$holder/ns/net")" != "$(readlink /proc/self/ns/net)" ]; do
	kill -0 "$holder"
	sleep 0.05
done

remove_orphans >/dev/null 2>&1 || true

# No name server can be reached from in there. Its address without anybody behind refuses at once,
# else every look for a name that is gone would take as long as the resolver has patience.
inside ip link set lo up
for server in $(sed -n 's/^nameserver \([0-9.]*\)$/\1/p' /etc/resolv.conf | sort -u); do
	case $server in 127.*) ;; *) inside ip address add "$server/32" dev lo ;; esac
done

mkdir "$work/deploy"
cp deploy/compose.yaml deploy/links.env deploy/secrets.sh deploy/soleusctl "$work/deploy"
export ENGINE=podman COMPOSE_PROJECT_NAME=$project SOLEUS_CLOCK_FILE=/run/soleus/clock
inside env -u SOLEUS_CLOCK_FILE "$work/deploy/secrets.sh"
say "secrets made"

compose up -d || { cat "$work/compose.log"; fail "podman-compose up"; }
for name in postgres $daemons; do
	for try in $(seq 150); do
		podman healthcheck run "${project}_${name}_1" >/dev/null 2>&1 && break
		[ "$try" = 150 ] && fail "$name is not healthy"
		sleep 0.2
	done
done
[ "$(state migrate ExitCode)" = 0 ] || fail "the migration"
say "all healthy"

for name in $daemons; do
	[ "$(podman exec "${project}_${name}_1" id -u)" = 10001 ] || fail "$name does not run as soleus"
	! podman exec "${project}_${name}_1" cat /keys/operator.secret >/dev/null 2>&1 ||
		fail "$name can read the operator's key"
done

story=services/ctl/demo/three-clinics.story
inside "$work/deploy/soleusctl" play /usr/local/share/soleus/three-clinics.story >"$work/told" 2>"$work/complaint" ||
	{ cat "$work/told" "$work/complaint"; fail "the story"; }
# Each "say" of the story as a pattern, with * for what a step kept.
sed -n 's/^{"say": "\(.*\)"}$/\1/p' "$story" | sed -e 's/\\"/"/g' -e 's/[][*?\\]/\\&/g' -e 's/\${[^}]*}/*/g' >"$work/said"
exec 3<"$work/said" 4<"$work/told"
while IFS= read -r said <&3; do
	IFS= read -r told <&4 || told="(nothing)"
	# shellcheck disable=SC2053
	[[ $told == $said ]] || fail "the story has \"$said\", told was \"$told\""
done
! read -r told <&4 || fail "told beyond the story: $told"
say "story told, $(wc -l <"$work/told") lines"

# As docker compose does: the daemons together, then the database. What takes longer is killed, and
# its exit status says so.
stop() { inside podman stop -t 10 "${@/#/${project}_}" >/dev/null 2>"$work/complaint" || { cat "$work/complaint"; fail "podman stop"; }; }
from=$(date +%s%N)
# shellcheck disable=SC2046,SC2086
stop $(printf '%s_1 ' $daemons)
took=$((($(date +%s%N) - from) / 1000000))
stop postgres_1
for name in postgres $daemons; do
	[ "$(state "$name" Status) $(state "$name" ExitCode)" = "exited 0" ] ||
		fail "$name stopped with exit status $(state "$name" ExitCode)"
done
[ "$took" -le 10000 ] || fail "stopping the daemons took $took ms"
say "daemons stopped in $took ms, then the database; exit status 0"
