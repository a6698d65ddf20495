#!/usr/bin/env bash
# The shell under scripts/run: clusters that begin anew, a supervisor that always ends.
set -euo pipefail
root=$(cd "$(dirname "$0")/../.." && pwd)
if [ "${1:-}" = --help ]; then
	cat <<'H'
usage: test_stack.sh
Holds scripts/lib and scripts/stack to what they promise; needs PostgreSQL, no build. Some seconds.
H
	exit 0
fi
work=$(mktemp -d)
elsewhere=
finish() {
	local code=$?
	[ "$BASHPID" = $$ ] || exit # a supervisor, asked to end before it had traps of its own
	trap - EXIT INT TERM
	rm -rf "$work" ${elsewhere:+"$elsewhere"}
	exit "$code"
}
trap finish EXIT
trap 'exit 143' INT TERM
fail() { echo "FAILED: $*"; exit 1; }
# shellcheck source=scripts/lib/cluster.sh
. "$root/scripts/lib/cluster.sh"
# shellcheck source=scripts/lib/supervise.sh
. "$root/scripts/lib/supervise.sh"

# Where `postgres` cannot reach the folder, the cluster is elsewhere: removing the folder begins anew
# all the same, and a start that was cut off does.
folder=$work/var/postgres
mkdir "$work/var"
cluster_prepare "$folder"
home=$(cluster_home "$folder")
[ "$home" = "$folder" ] || elsewhere=$home
grep -q "unix_socket_directories = '$(cluster_socket "$folder")'" "$home/data/postgresql.conf" || fail "no settings"
touch "$home/data/mark"
cluster_prepare "$folder"
[ -e "$home/data/mark" ] || fail "a second start began anew"
rm -rf "$work/var"
mkdir "$work/var"
cluster_prepare "$folder"
[ ! -e "$home/data/mark" ] || fail "removing the folder did not begin anew"
mv "$home/data" "$home/data.new"
rm "$home/data.new/postgresql.conf"
cluster_prepare "$folder"
grep -q "unix_socket_directories" "$home/data/postgresql.conf" || fail "a cut-off start was taken for whole"
echo "clusters begin anew"

# Stopped at whatever moment, with a program that ends at once and with one that stays.
cd "$work"
mkdir pid
for round in $(seq 100); do
	supervise "short" short.log TERM true
	supervise "long" long.log TERM sleep 600
	sleep "0.00$((round % 10))"
	timeout=$SECONDS
	supervise_stop &
	stopper=$!
	for pid in "${supervised[@]}"; do kill -TERM "$pid" 2>/dev/null || true; done
	wait "$stopper" || true
	for pid in "${supervised[@]}"; do
		while kill -0 "$pid" 2>/dev/null; do
			[ $((SECONDS - timeout)) -lt 10 ] ||
				{ pkill -9 -P "$pid"; kill -9 "$pid"; fail "round $round: a supervisor did not end"; }
			sleep 0.02
		done
	done
	supervised=()
done
! pgrep -P $$ -x sleep >/dev/null || fail "a program outlived its supervisor"
echo "supervisors end, 100 rounds"

# A second stack leaves the first one's sign alone.
mkdir "$work/build" "$work/stack"
touch "$work/stack/ready"
exec 8>"$work/stack/lock"
flock -n 8
! "$root/scripts/stack" "$work/stack" "$work/build" 2>"$work/said" || fail "two stacks in one folder"
grep -q "another one works" "$work/said" || fail "said: $(cat "$work/said")"
[ -e "$work/stack/ready" ] || fail "the second stack removed the first one's sign"
echo "one stack in a folder"
