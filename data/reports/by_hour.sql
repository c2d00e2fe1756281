-- At which hours of the site's clock were the documents of these shifts paid, and was money given back? ?1: shift ids as a JSON array. Always 24 rows.
WITH RECURSIVE hours (hour) AS (SELECT 0 UNION ALL SELECT hour + 1 FROM hours WHERE hour < 23),
chosen AS (SELECT value AS id FROM json_each(?1)),
moved AS (
    SELECT paid_at AS at, 1 AS documents, net, 0 AS refunds, 0 AS refunded FROM bill
    WHERE state = 'paid' AND shift_id IN (SELECT id FROM chosen)
    UNION ALL
    SELECT at, 0, 0, 1, net FROM refund WHERE shift_id IN (SELECT id FROM chosen)
),
timed AS (SELECT CAST(strftime('%H', at / 1000, 'unixepoch', 'localtime') AS INTEGER) AS hour, documents, net, refunds, refunded FROM moved)
SELECT hours.hour AS hour, coalesce(sum(timed.documents), 0) AS documents, coalesce(sum(timed.net), 0) AS net,
       coalesce(sum(timed.refunds), 0) AS refunds, coalesce(sum(timed.refunded), 0) AS refunded
FROM hours LEFT JOIN timed ON timed.hour = hours.hour
GROUP BY hours.hour
ORDER BY hours.hour;
