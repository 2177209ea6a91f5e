#!/bin/sh
# Puts a base backup in place for recovery to a moment: restore.sh BACKUP DATA_DIRECTORY WAL_ARCHIVE [ '2026-11-23 10:15:00+00' ]
# Then start PostgreSQL on DATA_DIRECTORY, wait until it has been promoted, and run `registry restored`.
set -eu
backup=$1 data=$2 archive=$3 until=${4:-}
[ ! -e "$data" ] || { echo "$data exists: move it away first" >&2; exit 1; }
cp --archive "$backup/base" "$data"
chmod 700 "$data"
rm -rf "$data"/pg_wal/archive_status/*
{
  echo "restore_command = 'cp \"$archive/%f\" \"%p\"'"
  [ -z "$until" ] || echo "recovery_target_time = '$until'"
  echo "recovery_target_action = 'promote'"
} >> "$data/postgresql.auto.conf"
touch "$data/recovery.signal"
