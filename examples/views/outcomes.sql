-- What became of all events, counted or not.
CREATE MATERIALIZED VIEW outcomes AS
SELECT site, window_start, window_end, outcome, reason, COUNT(*) AS events
FROM TABLE(TUMBLE(TABLE events, DESCRIPTOR(event_time), INTERVAL '1' MINUTE))
GROUP BY site, window_start, window_end, outcome, reason;
