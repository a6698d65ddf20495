# shellcheck shell=bash
# A small supervisor: keeps programs running, starts one that ends again after a growing pause,
# stops them in reverse order. To be sourced. The program inherits the environment of the call; its
# process id stands in pid/NAME.

supervised=()

supervise() { # NAME LOG SIGNAL COMMAND…: SIGNAL is what ends it
	local name=$1 log=$2 signal=$3
	shift 3
	(
		exec 9>&- >>"$log" 2>&1
		stopping=false child='' pause=0.1
		# Between fork and exec a shell loses what it is sent.
		began() {
			local shell tries
			shell=$(readlink "/proc/$BASHPID/exe")
			for ((tries = 0; tries < 50; tries++)); do
				[ "$(readlink "/proc/$1/exe")" = "$shell" ] || return 0
				sleep 0.01
			done
		}
		# Once only: a second signal ends a daemon without its drain.
		end() { [ -z "$child" ] || [ "$child" = "${ended:-}" ] || { ended=$child; began "$child"; kill -"$signal" "$child"; } 2>/dev/null || true; }
		trap 'stopping=true; end' TERM
		trap '' INT
		trap - EXIT
		while ! $stopping; do
			started=$SECONDS
			"$@" &
			child=$!
			$stopping && end # asked just before there was a child
			echo "$child" >"pid/$name"
			code=0
			wait "$child" || code=$?
			while $stopping && kill -0 "$child" 2>/dev/null; do wait "$child" || code=$?; done
			$stopping && break
			echo "{\"level\":\"warn\",\"event\":\"ended and is started again\",\"service\":\"$name\",\"exit\":$code}"
			if [ $((SECONDS - started)) -ge 1 ]; then pause=0.1; fi
			sleep "$pause" &
			wait $! || true
			pause=$(awk "BEGIN { p = $pause * 2; print (p > 5 ? 5 : p) }")
		done
		rm -f "pid/$name"
	) &
	supervised=($! "${supervised[@]}")
}

supervise_stop() {
	local pid last=''
	[ ${#supervised[@]} -eq 0 ] && return 0
	last=${supervised[-1]} # the database, which the others need to the end
	for pid in "${supervised[@]}"; do
		[ "$pid" = "$last" ] || kill -TERM "$pid" 2>/dev/null || true
	done
	for pid in "${supervised[@]}"; do
		[ "$pid" = "$last" ] && kill -TERM "$pid" 2>/dev/null || true
		wait "$pid" 2>/dev/null || true
	done
	supervised=()
}

# Ends what is supervised, in reverse order, when this shell dies without doing so (kill -9).
supervise_guard() {
	(
		trap - EXIT INT TERM
		exec 9>&- </dev/null >/dev/null 2>&1
		tail --pid=$$ -s 0.2 -f /dev/null
		for pid in "${supervised[@]}"; do
			kill -TERM "$pid" && tail --pid="$pid" -s 0.2 -f /dev/null
		done
	) &
}

supervise_wait() {
	wait "${supervised[@]}" || true
}
