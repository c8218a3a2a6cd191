-- By the last page so far.
CREATE MATERIALIZED VIEW exit_pages AS
SELECT site, window_start, window_end, exit_page,
       COUNT(*) AS sessions,
       SUM(bounces) AS bounces,
       SUM(page_views) AS page_views,
       SUM(duration_ms) AS duration_ms,
       AVG(bounces) AS bounce_rate,
       AVG(duration_ms) AS average_duration_ms
FROM TABLE(TUMBLE(TABLE sessions, DESCRIPTOR(event_time), INTERVAL '1' MINUTE))
GROUP BY site, window_start, window_end, exit_page;
