-- At which hours of the site's clock were the documents of these shifts paid? ?1: shift ids as a JSON array. Always 24 rows.
WITH RECURSIVE hours (hour) AS (SELECT 0 UNION ALL SELECT hour + 1 FROM hours WHERE hour < 23),
paid AS (
    SELECT CAST(strftime('%H', paid_at / 1000, 'unixepoch', 'localtime') AS INTEGER) AS hour, net
    FROM bill WHERE state = 'paid' AND shift_id IN (SELECT value FROM json_each(?1))
)
SELECT hours.hour AS hour, count(paid.net) AS documents, coalesce(sum(paid.net), 0) AS net
FROM hours LEFT JOIN paid ON paid.hour = hours.hour
GROUP BY hours.hour
ORDER BY hours.hour;
