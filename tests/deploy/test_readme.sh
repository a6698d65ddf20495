#!/usr/bin/env bash
# The README stays true: its commands are run, as they stand there, on a stack with the story played.
set -euo pipefail
root=$(cd "$(dirname "$0")/../.." && pwd)
if [ "${1:-}" = --help ]; then
	cat <<'H'
usage: test_readme.sh [BUILD]
Starts a stack of BUILD (default build/dev) in a folder of its own, plays the story and runs what the
README marks with "tried by the tests". Says each command that fails.
H
	exit 0
fi
build=$(cd "${1:-$root/build/dev}" && pwd)
work=$(mktemp -d)
chmod 755 "$work"
stack=
finish() {
	local code=$?
	trap - EXIT INT TERM
	[ -z "$stack" ] || kill -TERM "$stack" 2>/dev/null || true
	[ -z "$stack" ] || wait "$stack" 2>/dev/null || true
	rm -rf "$work"
	exit "$code"
}
trap finish EXIT
trap 'exit 143' INT TERM

# As after scripts/run: the checkout's folders, and ./var.
cd "$work"
mkdir -p build var
ln -s "$build" build/release
ln -s "$root/services" services
"$root/scripts/stack" var "$build" &
stack=$!
until [ -e var/ready ]; do
	kill -0 "$stack" 2>/dev/null || { echo "FAILED: the stack did not start"; exit 1; }
	sleep 0.1
done
. var/env
build/release/soleusctl play services/ctl/demo/three-clinics.story >story.txt
build/release/soleusctl clock real >/dev/null

# One shell for all blocks, as a reader has one terminal.
gawk '/<!-- tried by the tests -->/ { on = 1; next } on && /^    / { print substr($0, 5); next } { on = 0 }' \
	"$root/README.md" >commands
[ "$(wc -l <commands)" -ge 15 ] || { echo "FAILED: the README has only $(wc -l <commands) commands"; exit 1; }
bash -euo pipefail -x commands >said 2>complaints ||
	{ tail -n 20 said complaints; echo "FAILED: a command of the README"; exit 1; }
grep -q '"state": "waiting"' said || { cat said; echo "FAILED: nobody waits at the end"; exit 1; }
echo "the README's $(wc -l <commands) commands work"
