-- How were the documents of these shifts paid? ?1: shift ids as a JSON array. Its `charged` adds up to the totals' `collected`.
SELECT means, kind, count(*) AS count, sum(amount) AS amount, sum(charged) AS charged
FROM payment
WHERE bill_id IN (SELECT id FROM bill WHERE state = 'paid' AND shift_id IN (SELECT value FROM json_each(?1)))
GROUP BY means, kind
ORDER BY charged DESC, means;
