-- What was sold in these shifts, by category of the menu? ?1: shift ids as a JSON array.
SELECT l.category AS category, sum(b.quantity) AS quantity, sum(b.net) AS net
FROM bill_line b JOIN order_line l ON l.id = b.line_id
WHERE b.bill_id IN (SELECT id FROM bill WHERE state = 'paid' AND shift_id IN (SELECT value FROM json_each(?1)))
GROUP BY l.category
ORDER BY net DESC, l.category;
