#!/bin/sh
# archive_command = '/opt/tamga/deploy/backup/archive.sh "%p" "/var/backups/tamga/wal/%f"': never overwrites, never leaves half a file.
set -eu
from=$1 to=$2
if [ -e "$to" ]; then cmp -s "$from" "$to"; exit; fi
cp "$from" "$to.part"
sync "$to.part"
mv "$to.part" "$to"
sync "$(dirname "$to")"
