#!/bin/sh
# A base backup of the registry's database and a copy of its blobs, in a folder of its own; old ones go after KEEP days.
# From the environment: TAMGA_BACKUP_SOURCE (connection string of a standby or the primary, a role with REPLICATION),
# TAMGA_BACKUP (folder of the backups), TAMGA_DATA (the registry's data folder), KEEP (days, default 35), PG_BIN (folder of
# pg_basebackup when it is not in PATH).
set -eu
PATH="${PG_BIN:-/usr/bin}:$PATH"
now=$(date -u +%Y%m%dT%H%M%SZ)
part="$TAMGA_BACKUP/$now.part"
mkdir -p "$part"
# the blobs last: what the database names is in the store before it is named, so a later copy has it
pg_basebackup --dbname="$TAMGA_BACKUP_SOURCE" --pgdata="$part/base" --format=plain --wal-method=stream --checkpoint=fast --manifest-checksums=SHA256
pg_verifybackup --quiet "$part/base"
mkdir -p "$TAMGA_BACKUP/blobs"
cp --archive --no-clobber "$TAMGA_DATA/blobs/." "$TAMGA_BACKUP/blobs/"
sync
mv "$part" "$TAMGA_BACKUP/$now"
find "$TAMGA_BACKUP" -mindepth 1 -maxdepth 1 -name '20*' -mtime "+${KEEP:-35}" -exec rm -rf {} +
echo "$TAMGA_BACKUP/$now"
