/* Sales of a business day: every figure defined once, in data/reports/ (one SQL file a question), here only run and gathered. */
#ifndef COMANDA_CORE_REPORT_H
#define COMANDA_CORE_REPORT_H

#include "data/json.h"
#include "pos/core/till.h"

/* The day's sales: totals, by means, category, item, hour, tax, staff, order kind, voids, numbering used, and the same totals of the same weekday a week before.
 * One JSON object: it is what the API answers and what the command line prints as a table.
 * Rows of means and categories carry their name; shifts: [{id,till,state,opened_at,closed_at,z_number,float,expected,counted,difference}] (null while open);
 * numbering:[{kind,prefix,resolution,documents,first,last,needs_electronic}].
 * Totals and the lists tell sales as their documents do. What was given back stands apart: refunds:{count,gross,discount,courtesy,net,base,tax,tips,adjustment,
 * returned,taxes:[{name,rate,gross,base,tax}]}, as `refunded` (net; of means: money) beside each row, and after_refunds:{net,base,tax,tips,collected} is the
 * one less the other. A refund counts on the day that gave the money back, whenever its bill was paid. Reads one moment by itself: not to be called within db_begin_read.
 * {date, currency:"COP", totals:{documents,covers,gross,discount,courtesy,net,base,tax,tips,adjustment,collected,average}, last_week:{date,…same totals},
 *  by_means:[{means,kind,count,amount,charged,refunded}], by_category:[{category,name,quantity,net,refunded_quantity,refunded}], by_item:[{item,…}],
 *  by_hour:[{hour,documents,net,refunds,refunded}] (24 rows), by_tax:[{name,rate,gross,base,tax}], by_staff:[…], by_kind:[…], voids:{lines,quantity,amount,orders}, shifts:[…]} */
MUST_USE bool report_daily(struct db *db, const struct site *site, const struct menu *menu, const char *day, struct arena *a, struct json *out, struct error *e);

#endif
