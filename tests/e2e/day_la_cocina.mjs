// A day at La Cocina: breakfasts and the corrientazo over the counter by called number or to take away, paid first or sent first; no tips.
import { line, table } from './day_kit.mjs';
import { afterwards, closeShift, dailyReport } from './day_books.mjs';

// Worked by hand. INC 8 %: base = half_up(gross ÷ 1,08). The house asks for no tip.
const bills = table(`
  order        gross    base    tax     due
  desayuno    45.500  42.130  3.370  45.500
  corrientazo 51.000  47.222  3.778  51.000
  marta       47.000  43.519  3.481  47.000
  ajiaco      23.500  21.759  1.741  23.500
  tamales     44.000  40.741  3.259  44.000
  changua     36.000  33.333  2.667  36.000
  seco        22.000  20.370  1.630  22.000`);
// Cash is rounded down to 50; part payments by transfer are charged to the peso.
const payments = table(`
  payment      means      amount  charged  adjustment  tendered  change  document
  desayuno     efectivo   45.500   45.500           0    50.000   4.500  COC-1
  corrientazo  nequi      51.000   51.000           0    51.000       0  COC-2
  marta-a      daviplata  20.000   20.000           0    20.000       0  -
  marta-b      efectivo   27.000   27.000           0    30.000   3.000  COC-3
  ajiaco-a     nequi      10.020   10.020           0    10.020       0  -
  ajiaco-b     efectivo   13.480   13.450         -30    20.000   6.550  COC-4
  tamales      debito     44.000   44.000           0    44.000       0  COC-5
  changua      credito    36.000   36.000           0    36.000       0  COC-6
  seco         efectivo   22.000   22.000           0    22.000       0  COC-7`);

const wanted = {
  documents: ['COC-1', 'COC-2', 'COC-3', 'COC-4', 'COC-5', 'COC-6', 'COC-7'],
  totals: {
    documents: 7, covers: 0, gross: 269000, discount: 0, net: 269000, base: 249074, tax: 19926, tips: 0, adjustment: -30, collected: 268970,
    average: 38429,
  },
  means: {
    efectivo: { name: 'Efectivo', kind: 'cash', count: 4, amount: 107980, charged: 107950 }, // 45.500 + 27.000 + 13.480 + 22.000
    nequi: { name: 'Nequi', kind: 'transfer', count: 2, amount: 61020, charged: 61020 },
    debito: { name: 'Tarjeta débito', kind: 'debit', count: 1, amount: 44000, charged: 44000 },
    credito: { name: 'Tarjeta crédito', kind: 'credit', count: 1, amount: 36000, charged: 36000 },
    daviplata: { name: 'Daviplata', kind: 'transfer', count: 1, amount: 20000, charged: 20000 },
  },
  taxes: [{ name: 'INC', rate: 800, gross: 269000, base: 249074, tax: 19926 }],
  by_item: table(`
    item             quantity     net
    calentado               2  28.000
    huevos-al-gusto         1  14.000
    almojabana              1   3.500
    corrientazo             3  51.000
    bandeja                 1  29.500
    jugo-natural            2  14.000
    agua                    1   3.500
    ajiaco                  1  21.000
    tinto                   1   2.500
    tamal                   3  46.500
    caldo-costilla          1  13.000
    changua                 1  10.000
    cafe-con-leche          1   3.500
    chocolate               1   7.000
    seco-solo               1  13.000
    arroz-con-leche         1   5.000
    gaseosa                 1   4.000`),
  by_category: table(`
    category   quantity      net
    almuerzos         6  114.500
    desayunos         9  115.000
    bebidas           7   34.500
    postres           1    5.000`),
  by_staff: { caja: { documents: 6, net: 218000, tips: 0 }, mesa: { documents: 1, net: 51000, tips: 0 } },
  by_kind: { counter: { documents: 5, net: 200000 }, takeaway: { documents: 2, net: 69000 } },
  voids: { lines: 2, quantity: 2, amount: 42000, orders: 1 }, // a corrientazo of 16.000; the order of a mojarra of 26.000
  numbering: { prefix: 'COC', resolution: '18764000000001', documents: 7, first: 1, last: 7, needs_electronic: 0 },
  cash: { float: 150000, sales: 107950, in: 30000, out: 45000, refunds: 0, tips_paid_out: 0, expected: 242950 },
  count: { 100000: 1, 50000: 2, 20000: 2, 2000: 1, 1000: 1 },
  counted: 243000,
  difference: 50,
  z_number: 1,
  sequences: { cocina: 10, bebidas: 6 },
  states: { closed: 7, voided: 1, open: 0, paid: 0 },
  approved: 2,
  journal: {
    menu_published: 1, numbering_registered: 1, staff_added: 5, signed_in: 4, shift_opened: 1, availability_set: 2, line_voided: 1, order_voided: 1,
    payment: 9, cash_moved: 2, shift_closed: 1, reprinted: 1,
  },
  paper: {
    sales: [
      'Documentos 7', 'Del – al COC-1 – COC-7', 'Ventas brutas $ 269.000', 'VENTAS NETAS $ 269.000', 'Base INC 8 % $ 249.074', 'INC 8 % $ 19.926',
      'Propinas (de terceros, no son venta) $ 0', 'Ajuste al peso (efectivo) -$ 30', 'Total recaudado $ 268.970', 'Pedidos anulados 1',
      'Líneas anuladas 2', 'Aperturas del cajón sin venta 0',
    ],
    means: ['Efectivo (4) $ 107.950', 'Tarjeta crédito (1) $ 36.000', 'Tarjeta débito (1) $ 44.000', 'Daviplata (1) $ 20.000', 'Nequi (2) $ 61.020'],
    cash: [
      'Base inicial $ 150.000', '+ Ventas en efectivo $ 107.950', '+ Entradas $ 30.000', '- Salidas $ 45.000', '- Devoluciones $ 0',
      '- Propinas pagadas $ 0',
      'Esperado $ 242.950', 'Contado $ 243.000', '1 × $ 100.000 $ 100.000', '2 × $ 50.000 $ 100.000', '2 × $ 20.000 $ 40.000', '1 × $ 2.000 $ 2.000',
      '1 × $ 1.000 $ 1.000', 'SOBRANTE $ 50',
    ],
  },
};

function house(day) {
  day.stations = { cocina: 'COCINA', bebidas: 'BEBIDAS' };
  day.house = [
    'LA COCINA', 'de las Segundas Oportunidades', 'Fundación de Muestra (datos de ejemplo)', 'NIT 900.000.000-0', 'Plaza de la Concordia, local 00',
    'Bogotá D. C.',
    'Tel. (601) 000 0000',
  ];
  day.foot = [
    'Autorización DIAN 18764000000001 del 01/01/2026', 'Numeración COC del 1 al 100000', 'Vigente del 01/01/2026 al 01/01/2028', '¡Buen provecho!',
    'DATOS DE MUESTRA: NO VÁLIDO COMO FACTURA',
  ];
  day.anyOrder = { kind: 'counter' };
}

/** The counter's usual way: pay, and the payment sends it. */
async function breakfast(day) {
  const { caja } = day.people;
  const lines = [
    line('calentado', 2, ['huevos-pericos', 'desayuno-chocolate']), line('huevos-al-gusto', 1, ['huevos-fritos', 'desayuno-tinto', 'adicion-queso']),
    line('almojabana'),
  ];
  day.refused(await caja.post('/orders', { kind: 'table', table: 'mesa-1' }), 400, 'kind_not_offered', 'there are no tables here');
  const order = day.done(await caja.post('/orders', { kind: 'counter', name: 'Don Jairo', lines }), 201, 'don Jairo has breakfast');
  day.same(order, { number: 1, kind: 'counter', table: null, name: 'Don Jairo', covers: null, state: 'open', opened_by: 'caja' }, 'number 1');
  day.bill(order, bills.desayuno);
  day.refused(await caja.post(`/orders/${order.id}/tip`, { amount: 1000 }), 400, 'tip_off', 'the house asks for no tip');
  await day.noTicket(order);
  const paid = await day.pay(order, payments.desayuno, { tendered: 50000 });
  const at = ['PEDIDO 1', 'DON JAIRO', 'Mostrador', 'Atiende: caja', '--'];
  await day.tickets(order, {
    cocina: [...at, '2 CALENTADO', 'huevos pericos', 'Contiene: huevo', '1 HUEVOS', 'huevos fritos', 'adición de queso', 'Contiene: huevo, leche'],
    bebidas: [...at, '2 CHOCOLATE', 'Contiene: leche', '1 TINTO'],
  }, 'envío 1');
  await day.receipt(paid, {
    head: ['Cajero/a: caja Pedido 0001', 'Mostrador · Don Jairo'],
    lines: [
      '2 Calentado con huevo y arepa $ 28.000', 'huevos pericos · Chocolate', 'a $ 14.000 cada uno', '1 Huevos al gusto con arepa $ 14.000',
      'huevos fritos · Tinto · adición de queso', '1 Almojábana $ 3.500',
    ],
    totals: ['Base INC 8 % $ 42.130', 'INC 8 % $ 3.370', 'TOTAL $ 45.500'],
    payments: ['Efectivo $ 45.500', 'Recibido $ 50.000', 'Cambio $ 4.500'],
  }, true);
}

/** Sent first; one of three equal ones is taken back with its juice. */
async function corrientazo(day) {
  const { mesa, caja } = day.people;
  const lines = [
    line('corrientazo', 3, ['sopa-sancocho', 'seco-pechuga', 'principio-frijoles', 'dia-mora']),
    line('corrientazo', 1, ['sin-sopa', 'seco-sobrebarriga', 'principio-pure', 'dia-lulo', 'sin-cebolla', 'sin-ensalada'], { note: 'para la doctora' }),
  ];
  const order = day.done(await mesa.post('/orders', { kind: 'counter', lines, send: true }), 201, 'four corrientazos');
  day.same(order, { number: 2, name: '', state: 'sent', totals: { gross: 67000, base: 62037, tax: 4963 } }, 'four corrientazos');
  const at = ['PEDIDO 2', 'Mostrador', 'Atiende: mesa', '--'];
  await day.tickets(order, {
    cocina: [
      ...at, '3 CORRIENTAZO', 'sancocho de pollo', 'pechuga a la plancha', 'fríjoles', '1 CORRIENTAZO', 'sin sopa', 'sobrebarriga en salsa',
      'puré de papa',
      'sin cebolla', 'sin ensalada', 'para la doctora', 'Contiene: leche',
    ],
    bebidas: [...at, '3 JUGO DE MORA', '1 JUGO DE LULO', 'para la doctora'],
  }, 'envío 1');
  const taken = { quantity: 1, reason: 'Error al marcar' };
  day.refused(await caja.post(`/orders/${order.id}/lines/${order.lines[0].id}/void`, taken), 403, 'approval_required', 'a cashier needs a manager for it too');
  const less = day.done(await caja.post(`/orders/${order.id}/lines/${order.lines[0].id}/void`, { ...taken, approval: day.approval }), 200, 'one is void');
  day.same(less, { changed: true, lines: [{ quantity: 3, voided: 1, amount: 32000 }, { voided: 0, amount: 19000 }] }, 'one is void');
  day.bill(less, bills.corrientazo);
  day.done(await mesa.post(`/orders/${order.id}/send`), 200, 'the change is sent');
  await day.tickets(order, {
    cocina: [...at, '▓ANULAR 1 CORRIENTAZO — sancocho de pollo ·▓', '▓pechuga a la plancha · fríjoles▓'],
    bebidas: [...at, '▓ANULAR 1 JUGO DE MORA▓'],
  }, 'envío 2');
  const paid = await day.pay(order, payments.corrientazo, { reference: 'M12345' });
  await day.noTicket(order);
  await day.receipt(paid, {
    head: ['Cajero/a: caja Pedido 0002', 'Mostrador'],
    lines: [
      '2 Corrientazo del día $ 32.000', 'sancocho de pollo · pechuga a la plancha · fríjoles · Jugo de mora', 'a $ 16.000 cada uno',
      '1 Corrientazo del día $ 19.000',
      'sin sopa · sobrebarriga en salsa · puré de papa · Jugo de lulo · sin cebolla · sin ensalada',
    ],
    totals: ['Base INC 8 % $ 47.222', 'INC 8 % $ 3.778', 'TOTAL $ 51.000'],
    payments: ['Nequi $ 51.000', 'Referencia M12345'],
  }, false);
}

/** To take away; a transfer and cash. */
async function marta(day) {
  const { caja } = day.people;
  const lines = [
    line('bandeja', 1, ['poca-sal', 'adicion-huevo', 'adicion-aguacate']), line('jugo-natural', 2, ['fruta-lulo', 'en-leche']), line('agua'),
  ];
  const order = day.done(await caja.post('/orders', { kind: 'takeaway', name: 'Marta', lines, send: true }), 201, 'Marta takes away');
  day.bill(order, bills.marta);
  const at = ['PEDIDO 3', 'PARA LLEVAR', 'MARTA', 'Para llevar', 'Atiende: caja', '--'];
  await day.tickets(order, {
    cocina: [...at, '1 BANDEJA', 'poca sal', 'adición de huevo', 'adición de aguacate', 'Contiene: huevo'],
    bebidas: [...at, '2 JUGO NATURAL', 'lulo', 'en leche', 'Contiene: leche'],
  }, 'envío 1');
  await day.pay(order, payments['marta-a'], { amount: 20000, reference: 'D-991' });
  const paid = await day.pay(order, payments['marta-b'], { tendered: 30000 });
  await day.noTicket(order);
  await day.receipt(paid, {
    head: ['Cajero/a: caja Pedido 0003', 'Para llevar · Marta'],
    lines: [
      '1 Bandeja de la casa $ 29.500', 'poca sal · adición de huevo · adición de aguacate', '2 Jugo natural $ 14.000', 'lulo · en leche',
      'a $ 7.000 cada uno',
      '1 Agua en botella $ 3.500',
    ],
    totals: ['Base INC 8 % $ 43.519', 'INC 8 % $ 3.481', 'TOTAL $ 47.000'],
    payments: ['Daviplata $ 20.000', 'Referencia D-991', 'Efectivo $ 27.000', 'Recibido $ 30.000', 'Cambio $ 3.000'],
  }, true);
}

/** An odd rest in cash is rounded down, the tax is not touched. */
async function ajiaco(day) {
  const { caja } = day.people;
  const order = day.done(await caja.post('/orders', { kind: 'counter', lines: [line('ajiaco', 1, ['sin-alcaparras']), line('tinto')] }), 201, 'an ajiaco');
  day.bill(order, bills.ajiaco);
  await day.pay(order, payments['ajiaco-a'], { amount: 10020, reference: 'M777' });
  day.same(await day.order(order.id), { paid: 10020, balance: 13480, cash_due: 13450 }, 'what is left in whole coins');
  const paid = await day.pay(order, payments['ajiaco-b'], { tendered: 20000 });
  const at = ['PEDIDO 4', 'Mostrador', 'Atiende: caja', '--'];
  await day.tickets(order, { cocina: [...at, '1 AJIACO', 'sin alcaparras', 'Contiene: leche'], bebidas: [...at, '1 TINTO'] }, 'envío 1');
  await day.receipt(paid, {
    head: ['Cajero/a: caja Pedido 0004', 'Mostrador'],
    lines: ['1 Ajiaco santafereño $ 21.000', 'sin alcaparras', '1 Tinto $ 2.500'],
    totals: ['Base INC 8 % $ 21.759', 'INC 8 % $ 1.741', 'TOTAL $ 23.500'],
    payments: ['Ajuste al peso (efectivo) -$ 30', 'Nequi $ 10.020', 'Referencia M777', 'Efectivo $ 13.450', 'Recibido $ 20.000', 'Cambio $ 6.550'],
  }, true);
}

/** Three tamales are left, as the cook says; the screens see them go. */
async function tamales(day) {
  const { caja, cocina } = day.people;
  const tamal = async () => (await caja.get('/menu')).body.categories.flatMap((c) => c.items).find((item) => item.id === 'tamal');
  day.done(await cocina.put('/menu/items/tamal/availability', { available: true, remaining: 3 }), 200, 'three tamales');
  const lines = [line('tamal', 2), line('caldo-costilla', 1, ['sin-cilantro', 'caldo-sin-cebolla'])];
  const order = day.done(await caja.post('/orders', { kind: 'counter', lines, send: true }), 201, 'two tamales');
  day.same(await tamal(), { available: true, remaining: 1 }, 'one tamal is left');
  const full = (await caja.get('/orders')).body.orders.length;
  day.refused(await caja.post('/orders', { kind: 'counter', lines: [line('agua'), line('tamal', 2)] }), 409, 'item_sold_out', 'two of one tamal');
  day.check((await caja.get('/orders')).body.orders.length === full, 'the refused order is not there, not even in part');
  const at = ['PEDIDO 5', 'Mostrador', 'Atiende: caja', '--'];
  await day.tickets(order, { cocina: [...at, '2 TAMAL', 'Contiene: leche', '1 CALDO DE COSTILLA', 'sin cilantro', 'sin cebolla larga'] }, 'envío 1');
  day.bill(order, bills.tamales);
  const paid = await day.pay(order, payments.tamales, { reference: '300144' });
  await day.receipt(paid, {
    head: ['Cajero/a: caja Pedido 0005', 'Mostrador'],
    lines: ['2 Tamal tolimense con chocolate $ 31.000', 'a $ 15.500 cada uno', '1 Caldo de costilla $ 13.000', 'sin cilantro · sin cebolla larga'],
    totals: ['Base INC 8 % $ 40.741', 'INC 8 % $ 3.259', 'TOTAL $ 44.000'],
    payments: ['Tarjeta débito $ 44.000', 'Referencia 300144'],
  }, false);
}

async function mojarra(day) {
  const { caja } = day.people;
  const order = day.done(await caja.post('/orders', { kind: 'counter', name: 'Nadie', lines: [line('mojarra')], send: true }), 201, 'a mojarra');
  const at = ['PEDIDO 6', 'NADIE', 'Mostrador', 'Atiende: caja', '--'];
  await day.tickets(order, { cocina: [...at, '1 MOJARRA FRITA', 'Contiene: pescado'] }, 'envío 1');
  const reason = 'Producto agotado';
  day.refused(await caja.post(`/orders/${order.id}/void`, { reason, approval: { staff: day.people.mesa.person.id, pin: '2222' } }), 403, 'approval_required',
    'a waiter approves nothing');
  day.same(day.done(await caja.post(`/orders/${order.id}/void`, { reason, approval: day.approval }), 200, 'void'), { state: 'voided' }, 'number 6 is void');
  await day.tickets(order, { cocina: [...at, 'PEDIDO ANULADO', 'Producto agotado', '--', '▓ANULAR 1 MOJARRA FRITA▓'] }, 'anulado');
}

/** Opened before the restart: the last tamal, changua sent, coffee not yet. */
async function changua(day) {
  const { caja } = day.people;
  const order = day.done(await caja.post('/orders', { kind: 'counter', lines: [line('tamal'), line('changua')], send: true }), 201, 'changua and tamal');
  await day.tickets(order, {
    cocina: ['PEDIDO 7', 'Mostrador', 'Atiende: caja', '--', '1 TAMAL', 'Contiene: leche', '1 CHANGUA', 'Contiene: leche, huevo, gluten'],
  }, 'envío 1');
  return day.done(await caja.post(`/orders/${order.id}/lines`, { lines: [line('cafe-con-leche')] }), 200, 'a coffee, not sent yet');
}
async function changuaAfter(day, order) {
  const { caja } = day.people;
  const more = day.done(await caja.post(`/orders/${order.id}/lines`, { lines: [line('chocolate', 1, ['chocolate-queso'])] }), 200, 'chocolate with cheese');
  day.bill(more, bills.changua);
  day.done(await caja.post(`/orders/${order.id}/send`), 200, 'the rest is sent');
  await day.tickets(order, {
    bebidas: ['PEDIDO 7', 'Mostrador', 'Atiende: caja', '--', '1 CAFÉ CON LECHE', 'Contiene: leche', '1 CHOCOLATE', 'con queso', 'Contiene: leche'],
  }, 'envío 2');
  const paid = await day.pay(more, payments.changua, { reference: '55512' });
  await day.receipt(paid, {
    head: ['Cajero/a: caja Pedido 0007', 'Mostrador'],
    lines: [
      '1 Tamal tolimense con chocolate $ 15.500', '1 Changua con calado $ 10.000', '1 Café con leche $ 3.500', '1 Chocolate santafereño $ 7.000',
      'con queso',
    ],
    totals: ['Base INC 8 % $ 33.333', 'INC 8 % $ 2.667', 'TOTAL $ 36.000'],
    payments: ['Tarjeta crédito $ 36.000', 'Referencia 55512'],
  }, false);
}

async function seco(day) {
  const { caja } = day.people;
  const lines = [line('seco-solo', 1, ['seco-cerdo', 'principio-lentejas', 'mas-arroz']), line('arroz-con-leche'), line('gaseosa')];
  const order = day.done(await caja.post('/orders', { kind: 'takeaway', name: 'Ñeco', lines }), 201, 'a seco to take away');
  day.bill(order, bills.seco);
  const paid = await day.pay(order, payments.seco);
  const at = ['PEDIDO 8', 'PARA LLEVAR', 'ÑECO', 'Para llevar', 'Atiende: caja', '--'];
  await day.tickets(order, {
    cocina: [...at, '1 SECO SOLO', 'lomo de cerdo', 'lentejas', 'más arroz', '1 ARROZ CON LECHE', 'Contiene: leche'],
  }, 'envío 1');
  await day.receipt(paid, {
    head: ['Cajero/a: caja Pedido 0008', 'Para llevar · Ñeco'],
    lines: ['1 Seco del día sin sopa $ 13.000', 'lomo de cerdo · lentejas · más arroz', '1 Arroz con leche $ 5.000', '1 Gaseosa $ 4.000'],
    totals: ['Base INC 8 % $ 20.370', 'INC 8 % $ 1.630', 'TOTAL $ 22.000'],
    payments: ['Efectivo $ 22.000', 'Recibido $ 22.000', 'Cambio $ 0'],
  }, true);
}

export async function laCocina(day) {
  const { caja, gerencia } = await day.begin();
  house(day);
  const shift = day.done(await caja.post('/shifts', { float: 150000 }), 201, 'the shift opens');
  await breakfast(day);
  await corrientazo(day);
  await marta(day);
  await ajiaco(day);
  await tamales(day);
  await mojarra(day);
  const kept = await changua(day);
  const before = { order: await day.order(kept.id), menu: (await caja.get('/menu')).body };
  await day.restart();
  day.same((await caja.get('/shifts/current')).body, shift, 'the shift is open after the restart');
  day.same(await day.order(kept.id), before.order, 'number 7 is as it was');
  day.same((await caja.get('/menu')).body, before.menu, 'the tamales are gone still');
  await day.noTicket(kept);
  day.refused(await caja.post('/orders', { kind: 'counter', lines: [line('tamal')] }), 409, 'item_sold_out', 'no tamal is left');
  const again = day.done(await gerencia.put('/menu/items/tamal/availability', { available: true }), 200, 'new tamales');
  day.same(again, { available: true, remaining: null }, 'they are not counted');
  await changuaAfter(day, kept);
  await seco(day);
  await day.moveCash(shift, { kind: 'in', amount: 30000, reason: 'Sencillo' }, ['ENTRADA DE EFECTIVO', '$ 30.000']);
  await day.moveCash(shift, { kind: 'out', amount: 45000, reason: 'Plátano de la plaza' }, ['SALIDA DE EFECTIVO', '$ 45.000']);
  await closeShift(day, shift, wanted);
  await dailyReport(day, shift, wanted);
  await afterwards(day, shift, wanted);
  await day.end();
}
