-- How were the documents of these shifts paid, and by which means did they give money back? ?1: shift ids as a JSON array.
-- `charged` adds up to the totals' `collected`, `refunded` to the refunds' `returned`.
WITH chosen AS (SELECT value AS id FROM json_each(?1)),
moved AS (
    SELECT means, kind, 1 AS count, amount, charged, 0 AS refunded FROM payment
    WHERE bill_id IN (SELECT id FROM bill WHERE state = 'paid' AND shift_id IN (SELECT id FROM chosen))
    UNION ALL
    SELECT g.means, g.kind, 0, 0, 0, g.charged FROM refund r JOIN refund_payment g ON g.refund_id = r.id
    WHERE r.shift_id IN (SELECT id FROM chosen)
)
SELECT means, kind, sum(count) AS count, sum(amount) AS amount, sum(charged) AS charged, sum(refunded) AS refunded
FROM moved
GROUP BY means, kind
ORDER BY sum(charged) DESC, means;
