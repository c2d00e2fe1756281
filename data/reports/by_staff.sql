-- Who sold what was paid in these shifts? An order is its opener's. ?1: shift ids as a JSON array.
SELECT o.opened_by AS staff, s.name AS name, count(*) AS documents, sum(b.net) AS net, sum(b.tip) AS tips
FROM bill b JOIN orders o ON o.id = b.order_id JOIN staff s ON s.id = o.opened_by
WHERE b.state = 'paid' AND b.shift_id IN (SELECT value FROM json_each(?1))
GROUP BY o.opened_by
ORDER BY net DESC, s.name;
