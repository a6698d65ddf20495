#!/usr/bin/env bash
# Makes what compose.yaml reads from deploy/secrets: passwords, connection strings, keys.
set -euo pipefail
if [ "${1:-}" = --help ]; then
	cat <<'H'
usage: secrets.sh [SOLEUSCTL]
Writes deploy/secrets (mode 0700, never in git); what is there stays. SOLEUSCTL makes the keys:
a path to it, or a command such as "podman run --rm -v …"; default build/release/soleusctl.
H
	exit 0
fi
cd "$(dirname "$0")"
ctl=${1:-../build/release/soleusctl}
umask 022
mkdir -p -m 0700 secrets
password() { [ -s "secrets/$1" ] || head -c 24 /dev/urandom | base64 | tr '+/' '-_' >"secrets/$1"; }
password postgres_password
printf 'host=postgres user=postgres dbname=soleus password=%s\n' "$(cat secrets/postgres_password)" >secrets/admin_database_url
for daemon in directory scheduling notes reminders analytics; do
	password ${daemon}_password
	printf 'host=postgres user=%s dbname=soleus password=%s\n' "$daemon" "$(cat secrets/${daemon}_password)" >secrets/${daemon}_database_url
done
SOLEUS_KEYS_DIR=secrets/keys $ctl keys init
# Containers read them under a user of their own; the folder itself is closed to others.
chmod 755 secrets/keys
chmod 644 secrets/keys/*
