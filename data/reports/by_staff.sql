-- Who sold what was paid in these shifts, and what of it was given back in them? An order is that of the one who serves it: its opener's until it
-- was handed on. ?1: shift ids as a JSON array.
WITH chosen AS (SELECT value AS id FROM json_each(?1)),
moved AS (
    SELECT order_id, 1 AS documents, net, tip, 0 AS refunded, 0 AS tips_refunded FROM bill WHERE state = 'paid' AND shift_id IN (SELECT id FROM chosen)
    UNION ALL
    SELECT order_id, 0, 0, 0, net, tip FROM refund WHERE shift_id IN (SELECT id FROM chosen)
)
SELECT s.id AS staff, s.name AS name, sum(m.documents) AS documents, sum(m.net) AS net, sum(m.tip) AS tips, sum(m.refunded) AS refunded,
       sum(m.tips_refunded) AS tips_refunded
FROM moved m JOIN orders o ON o.id = m.order_id JOIN staff s ON s.id = coalesce(o.served_by, o.opened_by)
GROUP BY s.id
ORDER BY sum(m.net) DESC, s.name;
