// A day of Go Lupe's truck: one device, one printer for kitchen and receipts, names called out, an event with large bills, a power cut at noon.
import { randomUUID } from 'node:crypto';
import { line, sections, table, words } from './day_kit.mjs';
import { afterwards, closeShift, dailyReport } from './day_books.mjs';

// Worked by hand. INC 8 %: base = half_up(gross ÷ 1,08). No tip. A base over 5 × 52.374 = 261.870 asks for the buyer.
const bills = table(`
  order      gross     base     tax      due
  andrés    61.000   56.481   4.519   61.000
  luisa     82.000   75.926   6.074   82.000
  nachos    26.000   24.074   1.926   26.000
  guacamole 33.500   31.019   2.481   33.500
  festival 141.500  131.019  10.481  141.500
  evento   288.500  267.130  21.370  288.500
  oficina  280.000  259.259  20.741  280.000`);
const payments = table(`
  payment      means      amount  charged  adjustment  tendered  change  document
  andrés       efectivo   61.000   61.000           0   100.000  39.000  LUPE-1
  luisa        nequi      82.000   82.000           0    82.000       0  LUPE-2
  nachos       debito     26.000   26.000           0    26.000       0  LUPE-3
  guacamole-a  credito    15.013   15.013           0    15.013       0  -
  guacamole-b  efectivo   18.487   18.450         -37    20.000   1.550  LUPE-4
  festival     efectivo  141.500  141.500           0   150.000   8.500  LUPE-5
  evento       bre-b     288.500  288.500           0   288.500       0  LUPE-6
  oficina      credito   280.000  280.000           0   280.000       0  LUPE-7`);

const wanted = {
  documents: ['LUPE-1', 'LUPE-2', 'LUPE-3', 'LUPE-4', 'LUPE-5', 'LUPE-6', 'LUPE-7'],
  totals: {
    documents: 7, covers: 0, gross: 912500, discount: 0, net: 912500, base: 844908, tax: 67592, tips: 0, adjustment: -37, collected: 912463,
    average: 130357,
  },
  means: {
    efectivo: { name: 'Efectivo', kind: 'cash', count: 3, amount: 220987, charged: 220950 }, // 61.000 + 18.487 + 141.500
    credito: { name: 'Tarjeta crédito', kind: 'credit', count: 2, amount: 295013, charged: 295013 },
    'bre-b': { name: 'Bre-B (QR)', kind: 'transfer', count: 1, amount: 288500, charged: 288500 },
    nequi: { name: 'Nequi', kind: 'transfer', count: 1, amount: 82000, charged: 82000 },
    debito: { name: 'Tarjeta débito', kind: 'debit', count: 1, amount: 26000, charged: 26000 },
  },
  taxes: [{ name: 'INC', rate: 800, gross: 912500, base: 844908, tax: 67592 }],
  by_item: table(`
    item                          quantity      net
    combo-libertad                      21  595.500
    combo-reconciliacion                 2   62.000
    combo-segundas-oportunidades         4  108.000
    taco                                 4   34.000
    nachos                               1   17.000
    quesadilla                           1   16.000
    churros                              1    9.000
    elote                                1    9.000
    guacamole                            2   19.000
    totopos                              1    8.000
    agua                                 2   11.000
    horchata                             1    6.500
    gaseosa                              1    5.500
    limonada                             2   12.000`),
  by_category: table(`
    category         quantity      net
    combos                 27  765.500
    sencillos               6   67.000
    acompanamientos         5   45.000
    bebidas                 6   35.000`),
  by_staff: { caja: { documents: 7, net: 912500, tips: 0 } },
  by_kind: { truck: { documents: 7, net: 912500 } },
  voids: { lines: 2, quantity: 2, amount: 35000, orders: 1 }, // a burrito of 21.000; the order of a quesadilla of 14.000
  numbering: { prefix: 'LUPE', resolution: '18764000000002', documents: 7, first: 1, last: 7, needs_electronic: 1 },
  cash: { float: 100000, sales: 220950, in: 20000, out: 60000, refunds: 0, tips_paid_out: 0, expected: 280950 },
  count: { 100000: 2, 50000: 1, 20000: 1, 10000: 1, 500: 1, 200: 2, 50: 1 },
  counted: 280950,
  difference: 0,
  z_number: 1,
  sequences: { cocina: 11 },
  states: { closed: 7, voided: 1, open: 0, paid: 0 },
  approved: 1, // the manager voided the quesadilla herself
  journal: {
    menu_published: 1, numbering_registered: 1, staff_added: 5, signed_in: 4, shift_opened: 1, availability_set: 1, line_voided: 1, order_voided: 1,
    payment: 8, cash_moved: 2, shift_closed: 1, reprinted: 2,
  },
  paper: {
    sales: [
      'Documentos 7', 'Del – al LUPE-1 – LUPE-7', 'Ventas brutas $ 912.500', 'VENTAS NETAS $ 912.500', 'Base INC 8 % $ 844.908', 'INC 8 % $ 67.592',
      'Propinas (de terceros, no son venta) $ 0', 'Ajuste al peso (efectivo) -$ 37', 'Total recaudado $ 912.463', 'Pedidos anulados 1',
      'Líneas anuladas 2', 'Aperturas del cajón sin venta 0',
    ],
    means: ['Efectivo (3) $ 220.950', 'Tarjeta crédito (2) $ 295.013', 'Tarjeta débito (1) $ 26.000', 'Bre-B (QR) (1) $ 288.500', 'Nequi (1) $ 82.000'],
    cash: [
      'Base inicial $ 100.000', '+ Ventas en efectivo $ 220.950', '+ Entradas $ 20.000', '- Salidas $ 60.000', '- Devoluciones $ 0',
      '- Propinas pagadas $ 0',
      'Esperado $ 280.950', 'Contado $ 280.950', '2 × $ 100.000 $ 200.000', '1 × $ 50.000 $ 50.000', '1 × $ 20.000 $ 20.000', '1 × $ 10.000 $ 10.000',
      '1 × $ 500 $ 500', '2 × $ 200 $ 400', '1 × $ 50 $ 50', 'CUADRA $ 0',
    ],
  },
};

function house(day) {
  day.stations = { cocina: 'COCINA' };
  day.house = [
    'GO LUPE', 'Comida mexicana sobre ruedas', 'Fundación de Muestra (datos de ejemplo)', 'NIT 900.000.000-0', 'Camión de comidas, sin local fijo',
    'Bogotá D. C.',
    'Tel. (601) 000 0000',
  ];
  day.foot = [
    'Autorización DIAN 18764000000002 del 01/01/2026', 'Numeración LUPE del 1 al 20000', 'Vigente del 01/01/2026 al 01/01/2028',
    '¡Órale! Gracias por su compra',
    'DATOS DE MUESTRA: NO VÁLIDO COMO FACTURA',
  ];
  day.anyOrder = { kind: 'truck' };
}
const at = (title, by = 'caja') => [title, 'Go Lupe · Camión', `Atiende: ${by}`, '--'];
const open = async (day, name, lines, send = false) =>
  day.done(await day.people.caja.post('/orders', { kind: 'truck', ...(name ? { name } : {}), lines, send }), 201, `${name ?? 'somebody'} orders`);

async function andres(day) {
  const { caja } = day.people;
  day.refused(await caja.post('/orders', { kind: 'counter' }), 400, 'kind_not_offered', 'the truck has no counter');
  const lines = [
    line('combo-libertad', 1, ['relleno-birria', 'acomp-elote', 'combo-horchata', 'salsa-verde', 'salsa-guacamole', 'sin-cebolla']),
    line('taco', 3, ['relleno-tinga', 'salsa-roja']),
  ];
  const order = await open(day, 'Andrés', lines);
  day.same(order, { number: 1, kind: 'truck', table: null, name: 'Andrés', state: 'open' }, 'Andrés is number 1');
  day.bill(order, bills.andrés);
  day.refused(await caja.post(`/orders/${order.id}/payments`, { means: 'daviplata', reference: '1' }), 400, 'means_unknown', 'the truck takes no Daviplata');
  day.refused(await caja.post(`/orders/${order.id}/payments`, { means: 'efectivo', tendered: 60950 }), 400, 'tender_short', 'too little');
  await day.noTicket(order);
  const paid = await day.pay(order, payments.andrés, { tendered: 100000 });
  await day.tickets(order, {
    cocina: [
      ...at('ANDRÉS'), '1 LIBERTAD TACOS', 'birria de res', 'con elote', 'horchata', 'salsa verde', 'guacamole', 'sin cebolla', 'Contiene: leche',
      '3 TACO',
      'tinga de pollo', 'salsa roja picante',
    ],
  }, 'envío 1');
  await day.receipt(paid, {
    head: ['Cajero/a: caja Pedido 0001', 'Camión · Andrés'],
    lines: [
      '1 Combo Libertad (tacos) $ 35.500', 'birria de res · con elote · horchata · salsa verde · guacamole · sin cebolla', '3 Taco $ 25.500',
      'tinga de pollo · salsa roja picante', 'a $ 8.500 cada uno',
    ],
    totals: ['Base INC 8 % $ 56.481', 'INC 8 % $ 4.519', 'TOTAL $ 61.000'],
    payments: ['Efectivo $ 61.000', 'Recibido $ 100.000', 'Cambio $ 39.000'],
  }, true);
}

async function luisa(day) {
  const { caja } = day.people;
  const lines = [
    line('combo-reconciliacion', 2, ['relleno-verduras', 'acomp-papas', 'combo-limonada']), line('burrito', 1, ['relleno-carnitas', 'salsa-crema']),
    line('agua', 2),
  ];
  const order = await open(day, 'Luisa', lines, true);
  await day.tickets(order, {
    cocina: [
      ...at('LUISA'), '2 RECONCILIACIÓN BURRITO', 'verduras y fríjol', 'con papas', 'limonada', 'Contiene: gluten', '1 BURRITO', 'carnitas de cerdo',
      'crema agria',
      'Contiene: gluten, leche', '2 AGUA',
    ],
  }, 'envío 1');
  const burrito = order.lines[1].id;
  const more = day.done(await caja.post(`/orders/${order.id}/lines`, { lines: [line('churros')] }), 200, 'churros');
  day.refused(await caja.post(`/orders/${order.id}/lines/${burrito}/void`, { quantity: 1, reason: '' }), 400, 'invalid_field', 'a void needs its reason');
  const act = { quantity: 1, reason: 'El cliente cambió de opinión', approval: day.approval };
  const stale = { headers: { 'if-match': `"${order.version}"` } };
  day.refused(await caja.post(`/orders/${order.id}/lines/${burrito}/void`, act, stale), 412, 'stale', 'a stale edit is refused');
  const fresh = { headers: { 'if-match': `"${more.version}"` } };
  const less = day.done(await caja.post(`/orders/${order.id}/lines/${burrito}/void`, act, fresh), 200, 'no burrito');
  day.bill(less, bills.luisa);
  day.done(await caja.post(`/orders/${order.id}/send`), 200, 'the change is sent');
  await day.tickets(order, {
    cocina: [...at('LUISA'), '+ 1 CHURROS', 'Contiene: gluten, leche', '--', '▓ANULAR 1 BURRITO — carnitas de cerdo · crema▓', '▓agria▓'],
  }, 'envío 2');
  const paid = await day.pay(less, payments.luisa, { reference: 'M2208' });
  await day.noTicket(order);
  await day.receipt(paid, {
    head: ['Cajero/a: caja Pedido 0002', 'Camión · Luisa'],
    lines: [
      '2 Combo Reconciliación (burrito) $ 62.000', 'verduras y fríjol · con papas · limonada', 'a $ 31.000 cada uno', '2 Agua en botella $ 11.000',
      'a $ 5.500 cada uno', '1 Churros con arequipe $ 9.000',
    ],
    totals: ['Base INC 8 % $ 75.926', 'INC 8 % $ 6.074', 'TOTAL $ 82.000'],
    payments: ['Nequi $ 82.000', 'Referencia M2208'],
  }, false);
}

/** Nobody gave a name: the number is called. An allergy stands out. */
async function nachos(day) {
  const lines = [line('nachos', 1, ['salsa-roja', 'salsa-crema', 'sin-picante'], { note: 'alergia a la nuez' }), line('elote')];
  const order = await open(day, null, lines, true);
  day.bill(order, bills.nachos);
  await day.tickets(order, {
    cocina: [
      ...at('PEDIDO 3'), '1 NACHOS', 'salsa roja picante', 'crema agria', 'sin picante', '▓ALERGIA A LA NUEZ▓', '▓CONTIENE: LECHE▓', '1 ELOTE',
      'Contiene: leche',
    ],
  }, 'envío 1');
  const paid = await day.pay(order, payments.nachos, { reference: '90210' });
  await day.receipt(paid, {
    head: ['Cajero/a: caja Pedido 0003', 'Camión'],
    lines: ['1 Nachos con queso $ 17.000', 'salsa roja picante · crema agria · sin picante', '1 Elote con queso y limón $ 9.000'],
    totals: ['Base INC 8 % $ 24.074', 'INC 8 % $ 1.926', 'TOTAL $ 26.000'],
    payments: ['Tarjeta débito $ 26.000', 'Referencia 90210'],
  }, false);
}

async function guacamole(day) {
  const { caja } = day.people;
  day.done(await caja.put('/menu/items/guacamole/availability', { available: true, remaining: 2 }), 200, 'two guacamoles are left');
  day.refused(await caja.post('/orders', { kind: 'truck', lines: [line('guacamole', 3)] }), 409, 'item_sold_out', 'three of two');
  const order = await open(day, 'Sol', [line('guacamole', 2), line('totopos'), line('horchata', 1, ['sin-hielo'])]);
  day.refused(await caja.post('/orders', { kind: 'truck', lines: [line('guacamole')] }), 409, 'item_sold_out', 'none is left');
  day.bill(order, bills.guacamole);
  await day.pay(order, payments['guacamole-a'], { amount: 15013, reference: '4411' });
  const paid = await day.pay(order, payments['guacamole-b'], { tendered: 20000 });
  await day.tickets(order, { cocina: [...at('SOL'), '2 GUACAMOLE', '1 TOTOPOS', '1 HORCHATA', 'sin hielo'] }, 'envío 1');
  await day.receipt(paid, {
    head: ['Cajero/a: caja Pedido 0004', 'Camión · Sol'],
    lines: ['2 Guacamole $ 19.000', 'a $ 9.500 cada uno', '1 Totopos con pico de gallo $ 8.000', '1 Horchata $ 6.500', 'sin hielo'],
    totals: ['Base INC 8 % $ 31.019', 'INC 8 % $ 2.481', 'TOTAL $ 33.500'],
    payments: ['Ajuste al peso (efectivo) -$ 37', 'Tarjeta crédito $ 15.013', 'Referencia 4411', 'Efectivo $ 18.450', 'Recibido $ 20.000', 'Cambio $ 1.550'],
  }, true);
}

async function quesadilla(day) {
  const { gerencia } = day.people;
  const order = await open(day, 'Nadie', [line('quesadilla', 1, ['relleno-tinga'])], true);
  await day.tickets(order, { cocina: [...at('NADIE'), '1 QUESADILLA', 'tinga de pollo', 'Contiene: leche, gluten'] }, 'envío 1');
  day.done(await gerencia.post(`/orders/${order.id}/void`, { reason: 'Error al marcar' }), 200, 'the manager voids it alone');
  await day.tickets(order, { cocina: [...at('NADIE'), 'PEDIDO ANULADO', 'Error al marcar', '--', '▓ANULAR 1 QUESADILLA — tinga de pollo▓'] }, 'anulado');
}

async function festival(day) {
  const order = await open(day, 'Festival', [line('combo-segundas-oportunidades', 4, ['relleno-tinga', 'acomp-totopos', 'combo-gaseosa'])], true);
  await day.tickets(order, {
    cocina: [...at('FESTIVAL'), '4 SEGUNDAS OP. NACHOS', 'tinga de pollo', 'con totopos', 'gaseosa', 'Contiene: leche'],
  }, 'envío 1');
  return day.done(await day.people.caja.post(`/orders/${order.id}/lines`, { lines: [line('gaseosa')] }), 200, 'a soda, not sent yet');
}
async function festivalAfter(day, order) {
  const { caja } = day.people;
  const lines = [line('limonada', 2, ['sin-hielo']), line('quesadilla', 1, ['relleno-birria'])];
  const more = day.done(await caja.post(`/orders/${order.id}/lines`, { lines }), 200, 'more for the festival');
  day.bill(more, bills.festival);
  day.done(await caja.post(`/orders/${order.id}/send`), 200, 'it is sent');
  await day.tickets(order, {
    cocina: [...at('FESTIVAL'), '+ 1 GASEOSA', '+ 2 LIMONADA', 'sin hielo', '+ 1 QUESADILLA', 'birria de res', 'Contiene: leche, gluten'],
  }, 'envío 2');
  const paid = await day.pay(more, payments.festival, { tendered: 150000 });
  await day.receipt(paid, {
    head: ['Cajero/a: caja Pedido 0006', 'Camión · Festival'],
    lines: [
      '4 Combo Segundas Oportunidades $ 108.000', '(nachos)', 'tinga de pollo · con totopos · gaseosa', 'a $ 27.000 cada uno',
      '1 Gaseosa en lata $ 5.500',
      '2 Limonada $ 12.000', 'sin hielo', 'a $ 6.000 cada uno', '1 Quesadilla $ 16.000', 'birria de res',
    ],
    totals: ['Base INC 8 % $ 131.019', 'INC 8 % $ 10.481', 'TOTAL $ 141.500'],
    payments: ['Efectivo $ 141.500', 'Recibido $ 150.000', 'Cambio $ 8.500'],
  }, true);
}

/** Ten combos stay under five UVT, one taco more does not. The truck loses its power after the payment, and the till asks again under its key. */
async function event(day) {
  const { caja } = day.people;
  const combo = line('combo-libertad', 10, ['relleno-tinga', 'acomp-totopos', 'combo-jamaica']);
  const cooked = ['10 LIBERTAD TACOS', 'tinga de pollo', 'con totopos', 'agua de jamaica'];
  const order = await open(day, 'Evento', [combo, line('taco', 1, ['relleno-verduras'])], true);
  await day.tickets(order, { cocina: [...at('EVENTO'), ...cooked, '1 TACO', 'verduras y fríjol'] }, 'envío 1');
  day.bill(order, bills.evento);
  const pay = { means: 'bre-b', reference: 'QR-5' };
  day.refused(await caja.post(`/orders/${order.id}/payments`, pay), 409, 'buyer_needed', 'base 267.130 is over 261.870');
  const buyer = { kind: 'CC', number: '52123456', name: 'Lucía Ñáñez' };
  const key = randomUUID();
  const paid = await day.pay(order, payments.evento, { reference: 'QR-5', buyer }, key);
  await day.noTicket(order);
  await day.receipt(paid, {
    head: ['Cajero/a: caja Pedido 0007', 'Camión · Evento', 'Requiere factura electrónica', 'Comprador: Lucía Ñáñez', 'CC: 52123456'],
    lines: [
      '10 Combo Libertad (tacos) $ 280.000', 'tinga de pollo · con totopos · agua de jamaica', 'a $ 28.000 cada uno', '1 Taco $ 8.500',
      'verduras y fríjol',
    ],
    totals: ['Base INC 8 % $ 267.130', 'INC 8 % $ 21.370', 'TOTAL $ 288.500'],
    payments: ['Bre-B (QR) $ 288.500', 'Referencia QR-5'],
  }, false);
  await day.restart({ power: true });
  const again = await caja.post(`/orders/${order.id}/payments`, { ...pay, buyer }, { key });
  day.same({ status: again.status, replayed: again.headers.get('idempotent-replayed'), body: again.body }, { status: 201, replayed: 'true', body: paid },
    'the same payment again gets the same answer and pays nothing');

  const office = await open(day, 'Oficina', [combo], true);
  await day.tickets(office, { cocina: [...at('OFICINA'), ...cooked] }, 'envío 1');
  day.bill(office, bills.oficina);
  const taken = await day.pay(office, payments.oficina, { reference: '70011' });
  const text = await day.receipt(taken, {
    head: ['Cajero/a: caja Pedido 0008', 'Camión · Oficina'],
    lines: ['10 Combo Libertad (tacos) $ 280.000', 'tinga de pollo · con totopos · agua de jamaica', 'a $ 28.000 cada uno'],
    totals: ['Base INC 8 % $ 259.259', 'INC 8 % $ 20.741', 'TOTAL $ 280.000'],
    payments: ['Tarjeta crédito $ 280.000', 'Referencia 70011'],
  }, false);
  const copy = day.done(await caja.post(`/print-jobs/${taken.receipt.job}/reprint`), 201, 'a copy for the office');
  const copied = sections(await day.text(copy.job));
  day.check(words(copied[0]).includes('COPIA'), 'the copy says COPIA');
  day.same(copied.slice(1), sections(text).slice(1), 'the copy says the same');
  day.check(!(await day.opensDrawer(copy.job)), 'a copy opens no drawer');
}

export async function goLupe(day) {
  const { caja, gerencia } = await day.begin();
  house(day);
  const shift = day.done(await caja.post('/shifts', { float: 100000 }), 201, 'the shift opens');
  await andres(day);
  await luisa(day);
  await nachos(day);
  await guacamole(day);
  await quesadilla(day);
  const kept = await festival(day);
  const before = { order: await day.order(kept.id), menu: (await caja.get('/menu')).body };
  await day.restart({ power: true });
  day.same((await caja.get('/shifts/current')).body, shift, 'the shift is open after the power cut');
  day.same(await day.order(kept.id), before.order, 'the festival is as it was');
  day.same((await caja.get('/menu')).body, before.menu, 'the guacamole is gone still');
  await day.noTicket(kept);
  await festivalAfter(day, kept);
  await event(day);
  await day.moveCash(shift, { kind: 'in', amount: 20000, reason: 'Sencillo' }, ['ENTRADA DE EFECTIVO', '$ 20.000']);
  await day.moveCash(shift, { kind: 'out', amount: 60000, reason: 'Gas' }, ['SALIDA DE EFECTIVO', '$ 60.000']);
  await closeShift(day, shift, wanted);
  await dailyReport(day, shift, wanted);
  await afterwards(day, shift, wanted);

  const next = day.done(await caja.post('/shifts', { float: 100000 }), 201, 'another shift opens');
  const closed = day.done(await caja.post(`/shifts/${next.id}/close`, { count: { 50000: 2 } }), 200, 'a shift without a sale closes too');
  day.same(closed, { expected: 100000, counted: 100000, difference: 0, z_number: 2 }, 'a shift without a sale');
  const z = (await gerencia.get(`/shifts/${next.id}/report`)).body;
  day.same(z, { documents: 0, first_document: null, last_document: null, totals: { net: 0, collected: 0 }, means: [], taxes: [] }, 'its Z is of nothing');
  await day.end();
}
