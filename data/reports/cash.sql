-- What moved through the drawers of these shifts? ?1: shift ids as a JSON array. Refunds: the cash that was handed back, whenever it was taken.
WITH chosen AS (SELECT value AS id FROM json_each(?1)),
moved AS (SELECT kind, amount FROM cash_movement WHERE shift_id IN (SELECT id FROM chosen))
SELECT
    (SELECT coalesce(sum(float_amount), 0) FROM shift WHERE id IN (SELECT id FROM chosen))                         AS float,
    (SELECT coalesce(sum(charged), 0) FROM payment WHERE kind = 'cash' AND shift_id IN (SELECT id FROM chosen))    AS sales,
    (SELECT coalesce(sum(amount), 0) FROM moved WHERE kind = 'in')                                                 AS "in",
    (SELECT coalesce(sum(amount), 0) FROM moved WHERE kind = 'out')                                                AS "out",
    (SELECT coalesce(sum(g.charged), 0) FROM refund r JOIN refund_payment g ON g.refund_id = r.id AND g.kind = 'cash'
     WHERE r.shift_id IN (SELECT id FROM chosen))                                                                  AS refunds,
    (SELECT coalesce(sum(amount), 0) FROM moved WHERE kind = 'tip_payout')                                         AS tips_paid_out;
