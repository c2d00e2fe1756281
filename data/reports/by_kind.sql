-- How did these shifts sell, and give back: at tables, over the counter, to take away, from the truck? ?1: shift ids as a JSON array.
WITH chosen AS (SELECT value AS id FROM json_each(?1)),
moved AS (
    SELECT order_id, 1 AS documents, net, 0 AS refunded FROM bill WHERE state = 'paid' AND shift_id IN (SELECT id FROM chosen)
    UNION ALL
    SELECT order_id, 0, 0, net FROM refund WHERE shift_id IN (SELECT id FROM chosen)
)
SELECT o.kind AS kind, sum(m.documents) AS documents, sum(m.net) AS net, sum(m.refunded) AS refunded
FROM moved m JOIN orders o ON o.id = m.order_id
GROUP BY o.kind
ORDER BY sum(m.net) DESC, o.kind;
