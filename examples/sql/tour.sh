#!/usr/bin/env bash
# A tour of views in SQL: starts a demo of its own, defines a view over the past and what comes, joined with a
# reference table; asks it, follows it, replaces it beside itself, and drops it. Takes about a minute and leaves
# nothing behind. Run it in the folder of a checkout: examples/sql/tour.sh
set -euo pipefail

here=$(dirname "${BASH_SOURCE[0]}")
millrace=${MILLRACE:-./millrace}
folder=$(mktemp -d "${TMPDIR:-$HOME}/millrace-tour.XXXXXX")
demo=

end() {
  if [ -n "$demo" ]; then
    kill "$demo" 2>/dev/null || true
    wait "$demo" 2>/dev/null || true
  fi
  rm -rf "$folder"
}
trap end EXIT

say() { printf '\n\033[1m%s\033[0m\n' "$*"; }

# Runs statements in the shell of the demo; prints them as well, as they would be typed.
sql() {
  printf 'sql> %s\n' "$1"
  "$millrace" sql --target "$url" -e "$1"
}

# Tells until it is so what SHOW VIEWS says of a view.
await_state() {
  for _ in $(seq 1 120); do
    if "$millrace" sql --target "$url" --format csv -e 'SHOW VIEWS' | grep "^$1,$2," >/dev/null; then
      return
    fi
    sleep 1
  done
  echo "the view $1 did not come to be: $2" >&2
  exit 1
}

# Tells what the demo has said last, and gives up.
give_up() {
  tail -n 40 "$folder/demo.log" >&2
  echo "$1" >&2
  exit 1
}

# The first start of a checkout builds the program, which takes longer than a demo may take to start.
"$millrace" --version >/dev/null

say 'A demo, with 200 simulated events a second'
"$millrace" demo --port 0 --rate 200 --data "$folder/data" >"$folder/demo.log" 2>&1 &
demo=$!
url=
for _ in $(seq 1 180); do
  url=$(sed -n 's#.*Dashboard *\(http://[^ ]*\)/$#\1#p' "$folder/demo.log")
  [ -n "$url" ] && break
  kill -0 "$demo" 2>/dev/null || give_up 'the demo has ended'
  sleep 1
done
[ -n "$url" ] || give_up 'the demo did not start within three minutes'
echo "It runs at $url/"
sleep 5 # for something to have happened before there is a view of it

say 'What is known of the sections of the site: a compacted topic, and a table over it'
"$millrace" load --data "$folder/data" --topic site-sections --key section "$here/sections.ndjson"
sql "CREATE TABLE sections (section VARCHAR PRIMARY KEY, title VARCHAR, owner VARCHAR)
  WITH (topic = 'site-sections', format = 'json')"

say 'A view of the past and of what comes, joined with it'
view="AS
  SELECT c.site, s.owner, window_start, window_end,
    COUNT(*) AS events, APPROX_COUNT_DISTINCT(c.visitor) AS visitors
  FROM TABLE(TUMBLE(TABLE clicks, DESCRIPTOR(event_time), INTERVAL '1' MINUTE)) c
  LEFT JOIN sections s ON s.section = SPLIT_PART(c.path, '/', 2)"
group="GROUP BY c.site, s.owner, window_start, window_end"
sql "EXPLAIN CREATE MATERIALIZED VIEW owners $view $group"
sql "CREATE MATERIALIZED VIEW owners $view $group"
await_state owners complete
sql 'SHOW VIEWS'

say 'A pull query: what is so now'
sql 'SELECT owner, SUM(events) AS events, MERGE(visitors) AS visitors FROM owners GROUP BY owner ORDER BY events DESC'

say 'A push query: clicks as they come, and a view as it changes'
sql "SELECT path, country FROM clicks WHERE type = 'page' EMIT CHANGES LIMIT 5"
sql 'SELECT owner, SUM(events) AS events FROM owners GROUP BY owner EMIT CHANGES LIMIT 12'

say 'Another definition, built beside the one in use, compared with it, and swapped'
sql "CREATE OR REPLACE MATERIALIZED VIEW owners WITH (swap = 'when told') $view WHERE c.type = 'page' $group"
await_state owners 'waits to be told to swap'
sql 'SHOW DIFFERENCES OF owners'
sql 'ALTER MATERIALIZED VIEW owners SWAP'
await_state owners complete
sql 'SELECT owner, SUM(events) AS page_views FROM owners GROUP BY owner ORDER BY page_views DESC'

say 'Nothing of it stays'
sql 'DROP MATERIALIZED VIEW owners'
sql 'DROP TABLE sections'
