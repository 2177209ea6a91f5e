#!/bin/sh
# A cluster of three under Patroni on this machine, its leader killed while desks work: deploy/patroni/try.sh [kills]
cd "$(dirname "$0")/../.." && exec node_modules/node/bin/node scripts/tryPatroni.ts "$@"
