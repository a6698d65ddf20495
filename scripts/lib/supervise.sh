# A small supervisor: keeps programs running, restarts one that ends after a growing pause, stops
# them in order. To be sourced. Inherits the environment of the call.

supervised=()

supervise() { # NAME LOG COMMAND…
	local name=$1 log=$2
	shift 2
	(
		exec 9>&-
		stopping=false child=
		trap 'stopping=true; [ -n "$child" ] && kill -TERM "$child" 2>/dev/null' TERM
		trap '' INT
		pause=0.2
		while ! $stopping; do
			started=$SECONDS
			setsid "$@" >>"$log" 2>&1 &
			child=$!
			code=0
			wait "$child" || code=$?
			if $stopping; then
				wait "$child" 2>/dev/null
				break
			fi
			echo "{\"event\":\"restarted\",\"service\":\"$name\",\"exit\":$code}" >>"$log"
			[ $((SECONDS - started)) -gt 10 ] && pause=0.2
			sleep "$pause" &
			wait $! || true
			pause=$(awk "BEGIN { p = $pause * 2; print (p > 5 ? 5 : p) }")
		done
	) &
	supervised+=($!)
}

supervise_stop() {
	[ ${#supervised[@]} -eq 0 ] && return 0
	kill -TERM "${supervised[@]}" 2>/dev/null || true
	wait "${supervised[@]}" 2>/dev/null || true
	supervised=()
}

supervise_wait() {
	wait "${supervised[@]}"
}
