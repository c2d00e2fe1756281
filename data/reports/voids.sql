-- What was taken back after the kitchen knew of it, and how many orders were voided, while these shifts were open? ?1: shift ids as a JSON array.
-- An order joined to another is not voided: all that it held is in the other.
WITH chosen AS (
    SELECT opened_at, coalesce(closed_at, 9223372036854775807) AS closed_at FROM shift WHERE id IN (SELECT value FROM json_each(?1))
),
taken_back AS (
    SELECT v.quantity AS quantity, v.quantity * l.unit_price AS amount
    FROM line_void v JOIN order_line l ON l.id = v.line_id
    WHERE v.sent = 1 AND EXISTS (SELECT 1 FROM chosen c WHERE v.at BETWEEN c.opened_at AND c.closed_at)
      AND v.at >= (SELECT min(opened_at) FROM chosen)
)
SELECT
    (SELECT count(*) FROM taken_back)                  AS lines,
    (SELECT coalesce(sum(quantity), 0) FROM taken_back) AS quantity,
    (SELECT coalesce(sum(amount), 0) FROM taken_back)   AS amount,
    (SELECT count(*) FROM orders o
     WHERE o.state = 'voided' AND o.merged_into IS NULL AND o.ended_at >= (SELECT min(opened_at) FROM chosen)
       AND EXISTS (SELECT 1 FROM chosen c WHERE o.ended_at BETWEEN c.opened_at AND c.closed_at)) AS orders;
