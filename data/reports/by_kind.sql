-- How was it sold: at tables, over the counter, to take away, from the truck? ?1: shift ids as a JSON array.
SELECT o.kind AS kind, count(*) AS documents, sum(b.net) AS net
FROM bill b JOIN orders o ON o.id = b.order_id
WHERE b.state = 'paid' AND b.shift_id IN (SELECT value FROM json_each(?1))
GROUP BY o.kind
ORDER BY net DESC, o.kind;
