-- What money was taken in these shifts, for whatever bill? ?1: shift ids as a JSON array. This is what drawer and card terminal must hold;
-- it differs from by_means when a part was paid on an order that another shift closes.
SELECT means, kind, count(*) AS count, sum(amount) AS amount, sum(charged) AS charged
FROM payment
WHERE shift_id IN (SELECT value FROM json_each(?1))
GROUP BY means, kind
ORDER BY kind <> 'cash', kind, means;
