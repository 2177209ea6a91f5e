#!/bin/sh
# A registry on Debian's PostgreSQL: backed up, spoilt, restored to the moment before. Needs root, postgresql and curl.
set -eu
cd "$(dirname "$0")/../.."
ROOT=$PWD
W=$(mktemp -d /tmp/tamga-restore-XXXXXX); chmod 755 "$W"; chown postgres "$W"
B=$(ls -d /usr/lib/postgresql/*/bin | sort -V | tail -1); P=${PORT:-54991}
as() { setpriv --reuid=postgres --regid=postgres --clear-groups "$@"; }
cd $W
as $B/initdb -D $W/data -U postgres --auth=trust --locale=C --encoding=UTF8 >/dev/null
as mkdir -p $W/wal $W/backups
cat >> $W/data/postgresql.conf <<C
port=$P
listen_addresses='127.0.0.1'
unix_socket_directories=''
archive_mode=on
archive_command='$ROOT/deploy/backup/archive.sh "%p" "$W/wal/%f"'
C
as $B/pg_ctl -D $W/data -l $W/pg.log -w start >/dev/null
as $B/createdb -h 127.0.0.1 -p $P -U postgres tamga
export TAMGA_DATABASE=postgres://postgres@127.0.0.1:$P/tamga
cd "$ROOT"
node_modules/node/bin/node src/cli/registry.ts --data $W/registry --port 0 --sample small > $W/reg.out 2>$W/reg.err & R=$!
for i in $(seq 1 600); do [ -s $W/reg.out ] && break; sleep 0.2; done; cat $W/reg.out
psql -qAt $TAMGA_DATABASE -c "select 'before backup: events', count(*) from event"
chown -R postgres $W/registry; 
T0=$(date +%s.%N); as env PG_BIN=$B TAMGA_BACKUP_SOURCE="host=127.0.0.1 port=$P user=postgres" TAMGA_BACKUP=$W/backups TAMGA_DATA=$W/registry deploy/backup/backup.sh | tail -1; echo "backup took $(echo "$(date +%s.%N)-$T0"|bc) s"
mark() { psql -qAt $TAMGA_DATABASE -c "insert into officer values ('$1','$1','auditor')"; sleep 1; }
mark good1; mark good2
STAMP=$(psql -qAt $TAMGA_DATABASE -c "select now()"); sleep 1
mark bad1; mark bad2
psql -qAt $TAMGA_DATABASE -c "select pg_switch_wal()" >/dev/null; sleep 2
kill -9 $R
as $B/pg_ctl -D $W/data -m immediate stop >/dev/null
mv $W/data $W/data.lost
T0=$(date +%s.%N)
as deploy/backup/restore.sh $W/backups/20* $W/data $W/wal "$STAMP"
as $B/pg_ctl -D $W/data -l $W/pg.log -w start >/dev/null
for i in $(seq 1 100); do [ "$(psql -qAt $TAMGA_DATABASE -c 'select pg_is_in_recovery()')" = f ] && break; sleep 0.2; done
echo "restored to $STAMP in $(echo "$(date +%s.%N)-$T0"|bc) s"
psql -qAt $TAMGA_DATABASE -c "select 'officers marked', string_agg(id, ' ' order by id) from officer where id ~ 'good|bad'" -c "select 'events', count(*) from event" -c "select 'epoch', epoch from counter"
node_modules/node/bin/node src/cli/registry.ts restored
psql -qAt $TAMGA_DATABASE -c "select 'epoch', epoch from counter" -c "select 'audit', act, subject from audit order by no desc limit 1"
node_modules/node/bin/node src/cli/registry.ts --data $W/registry --port 0 > $W/reg2.out 2>$W/reg2.err & R=$!
for i in $(seq 1 300); do [ -s $W/reg2.out ] && break; sleep 0.2; done
U=$(sed 's/.*"url":"\([^"]*\)".*/\1/' $W/reg2.out); curl -s $U/v1/hello | head -c 200; echo; curl -s -o /dev/null -w "ready %{http_code}\n" $U/readyz
kill -TERM $R; wait $R; echo "stopped with $?"
as $B/pg_ctl -D $W/data -m fast stop >/dev/null
rm -rf "$W"
