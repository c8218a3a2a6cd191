-- By country.
CREATE MATERIALIZED VIEW countries AS
SELECT site, window_start, window_end, country,
       COUNT(*) AS events,
       COUNT(*) FILTER (WHERE type = 'page') AS page_views,
       APPROX_COUNT_DISTINCT(visitor) AS visitors
FROM TABLE(TUMBLE(TABLE clicks, DESCRIPTOR(event_time), INTERVAL '1' MINUTE))
GROUP BY site, window_start, window_end, country;
