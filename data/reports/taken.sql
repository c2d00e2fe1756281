-- What money was taken in these shifts, for whatever bill, and what of it was given back? ?1: shift ids as a JSON array. charged - refunded is
-- what drawer and card terminal must hold; it differs from by_means when a part was paid on an order that another shift closes.
WITH chosen AS (SELECT value AS id FROM json_each(?1)),
moved AS (
    SELECT means, kind, 1 AS count, amount, charged, 0 AS refunded FROM payment WHERE shift_id IN (SELECT id FROM chosen)
    UNION ALL
    SELECT g.means, g.kind, 0, 0, 0, g.charged FROM refund r JOIN refund_payment g ON g.refund_id = r.id
    WHERE r.shift_id IN (SELECT id FROM chosen)
)
SELECT means, kind, sum(count) AS count, sum(amount) AS amount, sum(charged) AS charged, sum(refunded) AS refunded
FROM moved
GROUP BY means, kind
ORDER BY kind <> 'cash', kind, means;
