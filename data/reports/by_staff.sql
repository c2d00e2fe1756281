-- Who sold what was paid in these shifts? An order is that of the one who serves it: its opener's until it was handed on. ?1: shift ids as a JSON array.
SELECT s.id AS staff, s.name AS name, count(*) AS documents, sum(b.net) AS net, sum(b.tip) AS tips
FROM bill b JOIN orders o ON o.id = b.order_id JOIN staff s ON s.id = coalesce(o.served_by, o.opened_by)
WHERE b.state = 'paid' AND b.shift_id IN (SELECT value FROM json_each(?1))
GROUP BY s.id
ORDER BY net DESC, s.name;
