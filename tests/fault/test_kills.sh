#!/usr/bin/env bash
# kill -9 of any daemon, or of PostgreSQL, at random moments of the story: it ends the same, nothing
# acknowledged is missing, nothing is booked or sent twice.
set -euo pipefail
root=$(cd "$(dirname "$0")/../.." && pwd)
if [ "${1:-}" = --help ]; then
	cat <<'H'
usage: test_kills.sh [SEED] [KILLS] [BUILD]
Plays the story once in peace, then again and again in new folders under kills until there were
KILLS (default 200) of them, and holds transcript, row counts and messages against the first.
H
	exit 0
fi
seed=${1:-$((RANDOM * 32768 + RANDOM))} wanted=${2:-200} build=${3:-$root/build/dev}
echo "seed $seed; again with: tests/fault/test_kills.sh $seed $wanted"
RANDOM=$((seed % 32768))
work=$(mktemp -d /tmp/soleus-kills-XXXXXX)
chmod 755 "$work"
stack=
finish() {
	local code=$?
	trap - EXIT INT TERM
	[ -z "$stack" ] || { kill -TERM "$stack" 2>/dev/null && wait "$stack" 2>/dev/null || true; }
	[ "$code" -ne 0 ] && [ -n "${TEST_KEEP:-}" ] && echo "kept: $work" || rm -rf "$work"
	exit "$code"
}
trap finish EXIT
trap 'exit 143' INT TERM
export ASAN_OPTIONS=${ASAN_OPTIONS:-detect_leaks=0}
targets=(directory scheduling notes reminders analytics postgres)

up() { # FOLDER
	"$root/scripts/stack" "$1" "$build" >"$1.log" 2>&1 &
	stack=$!
	for _ in $(seq 600); do
		[ -e "$1/ready" ] && return 0
		kill -0 "$stack" 2>/dev/null || break
		sleep 0.1
	done
	cat "$1.log"
	return 1
}
down() {
	kill -TERM "$stack"
	wait "$stack" || { echo "the stack did not end cleanly"; return 1; }
	stack=
}
process() { # FOLDER NAME
	if [ "$2" = postgres ]; then
		head -n 1 "$1/postgres/data/postmaster.pid" 2>/dev/null
	else
		cat "$1/pid/$2" 2>/dev/null
	fi
}
play() { # FOLDER
	SOLEUS_RUN_DIR=$1/run SOLEUS_CLOCK_FILE=$1/clock \
		"$build/soleusctl" --timeout 2 play "$root/services/ctl/demo/three-clinics.story"
}
status() { # FOLDER
	SOLEUS_RUN_DIR=$1/run "$build/soleusctl" --timeout 1 status >/dev/null 2>&1
}
# What must be the same whatever died: rows of every table, messages by purpose and state. What was asked
# again was read again, so of the audit trail it is who did what to which record; seals come behind it. Outboxes by
# type of event; one MessagesSent tells of a batch, and how messages fall into batches is a matter of the moment.
facts() { # FOLDER
	local psql texts files socket=$1/postgres/socket
	psql=$(ls -d /usr/lib/postgresql/*/bin | sort -V | tail -n 1)/psql
	"$psql" -qAt -h "$socket" -U postgres -d soleus <<-'Q'
		SELECT format('SELECT %L, count(*) FROM %I.%I;', n.nspname || '.' || c.relname, n.nspname, c.relname)
		FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
		WHERE n.nspname IN ('directory', 'scheduling', 'notes', 'reminders', 'analytics')
		  AND c.relkind IN ('r', 'p') AND NOT c.relispartition
		  AND c.relname NOT IN ('audit', 'audit_seal', 'outbox') ORDER BY n.nspname, c.relname \gexec
		SELECT 'audit', count(DISTINCT (actor, method, athlete_id)) FROM notes.audit;
		SELECT 'message', purpose, state, count(*) FROM reminders.message GROUP BY 2, 3 ORDER BY 2, 3;
		SELECT 'event', type, count(*) FROM (SELECT type FROM directory.outbox UNION ALL SELECT type FROM scheduling.outbox
			UNION ALL SELECT type FROM notes.outbox UNION ALL SELECT type FROM reminders.outbox
			UNION ALL SELECT type FROM analytics.outbox) e WHERE type <> 'soleus.v1.MessagesSent'
			GROUP BY 2 ORDER BY 2;
	Q
	# A file for each text: messages that fall together go out as one, and which do is a matter of the moment.
	texts=$("$psql" -qAt -h "$socket" -U postgres -d soleus -c "SELECT count(*) FROM reminders.message
		WHERE state = 'sent' AND why NOT LIKE '%, in one text with %'")
	files=$(find "$1/messages" -name '*.txt' | wc -l)
	[ "$files" = "$texts" ] || echo "$files files for $texts texts"
}

mkdir "$work/peace"
up "$work/peace"
play "$work/peace" >"$work/peace.story"
facts "$work/peace" >"$work/peace.facts"
! grep " files for " "$work/peace.facts" || { echo "a text without its file, and nobody was killed"; exit 1; }
down
kills=0 round=0
while [ "$kills" -lt "$wanted" ]; do
	round=$((round + 1))
	folder=$work/round$round
	mkdir "$folder"
	up "$folder"
	play "$folder" >"$folder.story" 2>"$folder.errors" &
	player=$!
	before=$kills
	while kill -0 "$player" 2>/dev/null && [ "$kills" -lt "$wanted" ]; do
		sleep "0.$((RANDOM % 4))$((RANDOM % 10))"
		for _ in $(seq $((RANDOM % 3 + 1))); do
			pid=$(process "$folder" "${targets[$((RANDOM % ${#targets[@]}))]}") || continue
			if [ -n "$pid" ] && kill -9 "$pid" 2>/dev/null; then
				kills=$((kills + 1))
			fi
		done
		# The story goes on when all are back; so do the kills.
		for _ in $(seq 200); do
			status "$folder" && break
			kill -0 "$player" 2>/dev/null || break
		done
	done
	wait "$player" || { cat "$folder.errors"; tail -n 3 "$folder"/log/*.log; echo "the story did not come to its end"; exit 1; }
	diff "$work/peace.story" "$folder.story" || { echo "another story (seed $seed, round $round)"; exit 1; }
	facts "$folder" >"$folder.facts"
	diff "$work/peace.facts" "$folder.facts" || { echo "other facts (seed $seed, round $round)"; exit 1; }
	down
	rm -rf "$folder"
	echo "round $round: $((kills - before)) kills, the same story"
done
echo "$kills kills in $round rounds: the same story, the same facts"
