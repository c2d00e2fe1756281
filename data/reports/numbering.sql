-- Which numbers did the documents of these shifts use? ?1: shift ids as a JSON array.
SELECT r.kind AS kind, r.prefix AS prefix, r.resolution AS resolution, count(*) AS documents,
       min(d.number) AS first, max(d.number) AS last, sum(d.needs_electronic) AS needs_electronic
FROM fiscal_document d JOIN number_range r ON r.id = d.range_id
WHERE d.bill_id IN (SELECT id FROM bill WHERE state = 'paid' AND shift_id IN (SELECT value FROM json_each(?1)))
GROUP BY r.id
ORDER BY r.id;
