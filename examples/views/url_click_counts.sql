-- Clicks per URL since the beginning, also as a compacted topic.
CREATE MATERIALIZED VIEW url_click_counts WITH (topic = 'url-click-counts') AS
SELECT url, COUNT(*) AS clicks
FROM clicks
GROUP BY url;
