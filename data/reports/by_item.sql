-- What was sold in these shifts, by item, under the name it was last sold as? ?1: shift ids as a JSON array.
SELECT item, name, quantity, net
FROM (
    SELECT l.item AS item, l.name AS name, max(l.id) AS newest, sum(b.quantity) AS quantity, sum(b.net) AS net
    FROM bill_line b JOIN order_line l ON l.id = b.line_id
    WHERE b.bill_id IN (SELECT id FROM bill WHERE state = 'paid' AND shift_id IN (SELECT value FROM json_each(?1)))
    GROUP BY l.item
)
ORDER BY net DESC, item;
