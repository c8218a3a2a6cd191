-- Sessions of each site, in the windows that they began in.
CREATE MATERIALIZED VIEW session_totals AS
SELECT site, window_start, window_end, COUNT(*) AS sessions,
       SUM(bounces) AS bounces,
       SUM(page_views) AS page_views,
       SUM(duration_ms) AS duration_ms,
       AVG(bounces) AS bounce_rate,
       AVG(duration_ms) AS average_duration_ms
FROM TABLE(TUMBLE(TABLE sessions, DESCRIPTOR(event_time), INTERVAL '1' MINUTE))
GROUP BY site, window_start, window_end;
