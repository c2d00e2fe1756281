-- What did these shifts sell, and what did they give back of it, by item, under the name it was last sold as? ?1: shift ids as a JSON array.
WITH chosen AS (SELECT value AS id FROM json_each(?1)),
moved AS (
    SELECT line_id, quantity, net, 0 AS refunded_quantity, 0 AS refunded FROM bill_line
    WHERE bill_id IN (SELECT id FROM bill WHERE state = 'paid' AND shift_id IN (SELECT id FROM chosen))
    UNION ALL
    SELECT line_id, 0, 0, quantity, net FROM refund_line
    WHERE refund_id IN (SELECT id FROM refund WHERE shift_id IN (SELECT id FROM chosen))
)
SELECT item, name, quantity, net, refunded_quantity, refunded
FROM (
    SELECT l.item AS item, l.name AS name, max(l.id) AS newest, sum(m.quantity) AS quantity, sum(m.net) AS net,
           sum(m.refunded_quantity) AS refunded_quantity, sum(m.refunded) AS refunded
    FROM moved m JOIN order_line l ON l.id = m.line_id
    GROUP BY l.item
)
ORDER BY net DESC, item;
