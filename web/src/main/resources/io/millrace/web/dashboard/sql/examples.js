// Statements to begin with. Each works on any Millrace that has the views it comes with.

export const EXAMPLES = [
  {
    title: 'Top pages',
    sql: `SELECT path, SUM(events) AS events, MERGE(visitors) AS visitors
FROM pages
GROUP BY path
ORDER BY events DESC
LIMIT 10`,
  },
  {
    title: 'Top pages of the last hour',
    sql: `SELECT path, SUM(events) AS events
FROM pages
WHERE window_start >= CURRENT_TIMESTAMP - INTERVAL '1' HOUR
GROUP BY path
ORDER BY events DESC
LIMIT 10`,
  },
  {
    title: 'Visitors of each hour',
    sql: `SELECT FLOOR(window_start TO HOUR) AS "hour", MERGE(visitors) AS visitors, SUM(page_views) AS page_views
FROM traffic
GROUP BY FLOOR(window_start TO HOUR)
ORDER BY "hour" DESC
LIMIT 24`,
  },
  {
    title: 'Countries and their share',
    sql: `SELECT country, SUM(events) AS events,
  CAST(100.0 * SUM(events) / SUM(SUM(events)) OVER () AS DECIMAL(5, 1)) AS percent
FROM countries
GROUP BY country
ORDER BY events DESC`,
  },
  {
    title: 'Clicks as they come',
    sql: `SELECT event_time, path, country, device
FROM clicks
EMIT CHANGES`,
  },
  {
    title: 'Top pages, live',
    sql: `SELECT path, SUM(events) AS events
FROM pages
GROUP BY path
ORDER BY events DESC
LIMIT 10
EMIT CHANGES`,
  },
  {
    title: 'What was not counted, and why',
    sql: `SELECT outcome, reason, SUM(events) AS events
FROM outcomes
GROUP BY outcome, reason
ORDER BY events DESC`,
  },
  {
    title: 'The views, and how far they are',
    sql: 'SHOW VIEWS',
  },
  {
    title: 'What a view of your own would cost',
    sql: `EXPLAIN CREATE MATERIALIZED VIEW weekday_hours AS
SELECT site, CAST(EXTRACT(DOW FROM event_time) AS VARCHAR) AS weekday,
  CAST(EXTRACT(HOUR FROM event_time) AS VARCHAR) AS hour_of_day,
  COUNT(*) AS events, APPROX_COUNT_DISTINCT(visitor) AS visitors
FROM clicks
GROUP BY site, CAST(EXTRACT(DOW FROM event_time) AS VARCHAR),
  CAST(EXTRACT(HOUR FROM event_time) AS VARCHAR)`,
  },
];
