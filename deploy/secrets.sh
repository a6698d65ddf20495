#!/usr/bin/env bash
# Makes what compose.yaml reads from deploy/secrets: passwords, connection strings, keys.
set -euo pipefail
if [ $# -gt 0 ]; then
	cat <<'H'
usage: deploy/secrets.sh
Writes deploy/secrets (mode 0700, never in git); what is there stays. The keys come from soleusctl
in the image (see deploy/soleusctl for its environment), so build that first: scripts/image.
H
	[ "$1" = --help ] && exit 0 || exit 2
fi
cd "$(dirname "$0")"
daemons="directory scheduling notes reminders analytics"
# Containers read single files under users of their own; to others the folder is closed.
umask 022
mkdir -p secrets
chmod 0700 secrets
mkdir -p secrets/keys

password() { [ -s "secrets/$1" ] || head -c 24 /dev/urandom | base64 | tr '+/' '-_' >"secrets/$1"; }
url() { printf 'host=postgres user=%s dbname=soleus password=%s\n' "$1" "$(cat "secrets/$2")"; }

password postgres_password
url postgres postgres_password >secrets/admin_database_url
./soleusctl keys init
for daemon in $daemons; do
	password "${daemon}_password"
	url "$daemon" "${daemon}_password" >"secrets/${daemon}_database_url"
	# In secrets/keys, which all daemons see, secret keys stay closed to them; each is given its own.
	install -m 0644 "secrets/keys/$daemon.secret" "secrets/${daemon}_key"
done
install -m 0644 secrets/keys/gateway.secret secrets/gateway_key
# With which Twilio signs its webhooks. Until the account's own is put here it is one that nobody knows.
password twilio_token
