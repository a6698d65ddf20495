# shellcheck shell=bash
# A private PostgreSQL cluster in a folder, on a unix socket alone. To be sourced.
# PostgreSQL refuses root: as root it runs as the packaged user `postgres`, in a folder it can reach.

cluster_bin=$(ls -d /usr/lib/postgresql/*/bin 2>/dev/null | sort -V | tail -n 1)

cluster_as() { # COMMAND…: as the user that may run PostgreSQL
	if [ "$(id -u)" = 0 ]; then
		setpriv --reuid=postgres --regid=postgres --clear-groups -- "$@"
	else
		"$@"
	fi
}

# Where the cluster's files really are: beside the checkout, or where `postgres` can reach.
cluster_home() {
	local folder=$1
	mkdir -p "$folder"
	if [ "$(id -u)" = 0 ]; then
		chown postgres: "$folder"
		if ! cluster_as test -x "$folder" 2>/dev/null; then
			folder=/var/lib/postgresql/soleus-$(printf %s "$1" | cksum | cut -d' ' -f1)
			mkdir -p "$folder"
			chown postgres: "$folder"
		fi
	fi
	echo "$folder"
}

# The socket's folder: a path of at most 107 characters, so not always in the checkout.
cluster_socket() {
	local socket
	socket=$(cluster_home "$1")/socket
	[ ${#socket} -gt 85 ] && socket=/tmp/soleus-$(id -u)-$(printf %s "$1" | cksum | cut -d' ' -f1)
	echo "$socket"
}

# Makes the cluster at first use. Under another name until it is whole: a start that was cut off
# begins anew.
cluster_prepare() { # FOLDER
	local home socket fresh=false
	[ -d "$1" ] || fresh=true
	home=$(cluster_home "$1")
	if $fresh && [ "$home" != "$1" ]; then
		rm -rf "$home" # of a folder that was removed since
		home=$(cluster_home "$1")
	fi
	socket=$(cluster_socket "$1")
	mkdir -p "$socket"
	if [ "$(id -u)" = 0 ]; then chown postgres: "$socket"; fi
	chmod 700 "$socket"
	[ -e "$home/data/PG_VERSION" ] && return 0
	rm -rf "$home/data.new"
	cluster_as "$cluster_bin/initdb" -D "$home/data.new" -U postgres -A trust -E UTF8 --locale=C.UTF-8 \
		>"$home/initdb.log" 2>&1 || { cat "$home/initdb.log" >&2; return 1; }
	cat >>"$home/data.new/postgresql.conf" <<-C
		listen_addresses = ''
		unix_socket_directories = '$socket'
		max_connections = 100
		shared_buffers = 128MB
		timezone = 'UTC'
		log_timezone = 'UTC'
	C
	mv "$home/data.new" "$home/data"
}

# A server that was killed can leave children, which hold its shared memory and would keep the next one
# from starting. They work in the data folder, and are of no use to anybody.
cluster_clear() { # DATA
	local process postmaster
	postmaster=$(head -n 1 "$1/postmaster.pid" 2>/dev/null) || return 0
	kill -0 "$postmaster" 2>/dev/null && [ "$(readlink "/proc/$postmaster/cwd")" = "$1" ] && return 0
	for process in /proc/[0-9]*; do
		[ "$(readlink "$process/cwd" 2>/dev/null)" != "$1" ] || kill -9 "${process#/proc/}" 2>/dev/null || true
	done
}

# Becomes the server, for a supervisor. SIGINT is PostgreSQL's fast shutdown, SIGTERM would wait for
# its clients.
cluster_run() { # FOLDER [NAME=VALUE…]: settings
	local home setting settings=()
	home=$(cluster_home "$1")
	for setting in "${@:2}"; do settings+=(-c "$setting"); done
	cluster_clear "$home/data"
	if [ "$(id -u)" = 0 ]; then
		exec setpriv --reuid=postgres --regid=postgres --clear-groups -- \
			"$cluster_bin/postgres" -D "$home/data" "${settings[@]}"
	fi
	exec "$cluster_bin/postgres" -D "$home/data" "${settings[@]}"
}

cluster_wait() { # FOLDER: until it answers, and the database is there
	local socket
	socket=$(cluster_socket "$1")
	for _ in $(seq 300); do
		if "$cluster_bin/pg_isready" -q -h "$socket" -U postgres; then
			"$cluster_bin/psql" -qAt -h "$socket" -U postgres -d postgres \
				-c "SELECT 1 FROM pg_database WHERE datname = 'soleus'" | grep -q 1 ||
				"$cluster_bin/createdb" -h "$socket" -U postgres soleus
			return 0
		fi
		sleep 0.1
	done
	return 1
}
