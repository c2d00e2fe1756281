-- What did these shifts give back? ?1: shift ids as a JSON array. A refund counts in the shift whose drawer gave the money, whenever its bill was paid.
-- net = gross - discount; base + tax = net; net + tips + adjustment = returned, the money that was handed back.
WITH given AS (
    SELECT * FROM refund WHERE shift_id IN (SELECT value FROM json_each(?1))
)
SELECT
    count(*)                   AS count,
    coalesce(sum(gross), 0)    AS gross,
    coalesce(sum(discount), 0) AS discount,
    coalesce(sum(courtesy), 0) AS courtesy,
    coalesce(sum(net), 0)      AS net,
    coalesce(sum(base), 0)     AS base,
    coalesce(sum(tax), 0)      AS tax,
    coalesce(sum(tip), 0)      AS tips,
    (SELECT coalesce(sum(charged - amount), 0) FROM refund_payment WHERE refund_id IN (SELECT id FROM given)) AS adjustment,
    (SELECT coalesce(sum(charged), 0) FROM refund_payment WHERE refund_id IN (SELECT id FROM given))          AS returned
FROM given;
