-- How much tax do the documents of these shifts hold, by category? ?1: shift ids as a JSON array.
SELECT name, rate, sum(gross) AS gross, sum(base) AS base, sum(amount) AS tax
FROM bill_tax
WHERE bill_id IN (SELECT id FROM bill WHERE state = 'paid' AND shift_id IN (SELECT value FROM json_each(?1)))
GROUP BY tax, name, rate
ORDER BY rate DESC, name;
