-- How much base and tax did these shifts give back, by category? ?1: shift ids as a JSON array.
SELECT name, rate, sum(gross) AS gross, sum(base) AS base, sum(amount) AS tax
FROM refund_tax
WHERE refund_id IN (SELECT id FROM refund WHERE shift_id IN (SELECT value FROM json_each(?1)))
GROUP BY tax, name, rate
ORDER BY rate DESC, name;
