-- What do the documents of these shifts come to? ?1: shift ids as a JSON array. A bill counts in the shift that it was paid in.
-- net = gross - discount; courtesy is what of the discount was given away; base + tax = net; net + tips + adjustment = collected.
WITH paid AS (
    SELECT * FROM bill WHERE state = 'paid' AND shift_id IN (SELECT value FROM json_each(?1))
)
SELECT
    count(*)                    AS documents,
    (SELECT coalesce(sum(covers), 0) FROM orders WHERE id IN (SELECT order_id FROM paid)) AS covers,
    coalesce(sum(gross), 0)     AS gross,
    coalesce(sum(discount), 0)  AS discount,
    coalesce(sum(courtesy), 0)  AS courtesy,
    coalesce(sum(net), 0)       AS net,
    coalesce(sum(base), 0)      AS base,
    coalesce(sum(tax), 0)       AS tax,
    coalesce(sum(tip), 0)       AS tips,
    (SELECT coalesce(sum(adjustment), 0) FROM payment WHERE bill_id IN (SELECT id FROM paid)) AS adjustment,
    (SELECT coalesce(sum(charged), 0) FROM payment WHERE bill_id IN (SELECT id FROM paid))    AS collected
FROM paid;
