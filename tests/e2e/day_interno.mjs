// A day at Interno: tables, waiters, courses fired one by one, the tip asked, shop goods at another tax, an order carried to the next shift.
import { line } from './day_kit.mjs';
import { afterwards, closeShift, dailyReport, identities } from './day_books.mjs';
import { bills, mesa5Taxes, payments, wanted } from './day_interno_figures.mjs';

function house(day) {
  day.stations = { 'cocina-caliente': 'COCINA CALIENTE', 'cocina-fria': 'COCINA FRÍA Y POSTRES', barra: 'BARRA' };
  day.house = [
    'INTERNO', 'Un restaurante de segundas oportunidades', 'Fundación de Muestra (datos de ejemplo)', 'NIT 900.000.000-0',
    'Calle de Ejemplo 00 # 00-00',
    'Cartagena de Indias', 'Tel. (605) 000 0000',
  ];
  day.foot = [
    'Autorización DIAN 18764000000000 del 01/01/2026', 'Numeración INT del 1 al 50000', 'Vigente del 01/01/2026 al 01/01/2028',
    '¡Gracias por creer en las segundas oportunidades!', 'DATOS DE MUESTRA: NO VÁLIDO COMO FACTURA',
  ];
  day.anyOrder = { kind: 'table', table: 'mesa-2', covers: 2 };
}

/** RULES §7, word for word: two without onion and a lemonade; then one void, a plain one and two more lemonades; then nothing. */
async function table12(day) {
  const { mesa, caja, cocina } = day.people;
  const at = ['MESA 12', 'Interno · Patio · 4 personas'];
  const lines = [line('posta-cartagenera', 2, ['sin-cebolla']), line('limonada-natural')];
  day.refused(await cocina.post('/orders', { kind: 'table', table: 'mesa-12', lines }), 403, 'not_permitted', 'a cook takes no orders');
  let order = day.done(await mesa.post('/orders', { kind: 'table', table: 'mesa-12', covers: 4, lines }), 201, 'mesa 12 orders');
  day.same(order, { number: 1, kind: 'table', table: 'mesa-12', covers: 4, state: 'open', opened_by: 'mesa', changed: true, sends: 0 }, 'mesa 12 is open');
  await day.noTicket(order);
  day.refused(await mesa.post('/orders', { kind: 'table', table: 'mesa-12' }), 409, 'table_taken', 'mesa 12 is taken');
  const send = async () => day.done(await mesa.post(`/orders/${order.id}/send`), 200, 'mesa 12 is sent');
  let sent = await send();
  day.same(sent.tickets.map(({ station, sequence }) => [station, sequence]), [['cocina-caliente', 1], ['barra', 1]], 'first send of mesa 12');
  day.same(sent.order, { state: 'sent', changed: false, sends: 1 }, 'mesa 12 is sent');
  await day.tickets(order, {
    'cocina-caliente': [...at, 'Atiende: mesa Fuertes', '--', '2 POSTA CARTAGENERA', 'sin cebolla'],
    barra: [...at, 'Atiende: mesa', '--', '1 LIMONADA'],
  }, 'envío 1');

  const posta = sent.order.lines[0].id;
  day.refused(await mesa.delete(`/orders/${order.id}/lines/${posta}`), 409, 'line_sent', 'what was sent is not simply removed');
  const taken = { quantity: 1, reason: 'Error al marcar' };
  const ask = day.refused(await mesa.post(`/orders/${order.id}/lines/${posta}/void`, taken), 403, 'approval_required', 'a waiter voids nothing sent alone');
  day.same(ask, { approvable: true }, 'a manager may approve it');
  const wrong = { ...taken, approval: { staff: day.approval.staff, pin: '444445' } };
  day.refused(await mesa.post(`/orders/${order.id}/lines/${posta}/void`, wrong), 401, 'pin_wrong', 'a wrong PIN approves nothing');
  const many = { ...taken, quantity: 3, approval: day.approval };
  day.refused(await mesa.post(`/orders/${order.id}/lines/${posta}/void`, many), 400, 'void_too_many', 'two cannot lose three');
  day.done(await mesa.post(`/orders/${order.id}/lines/${posta}/void`, { ...taken, approval: day.approval }), 200, 'a posta is void');
  const more = { lines: [line('posta-cartagenera'), line('limonada-natural', 2)] };
  order = day.done(await mesa.post(`/orders/${order.id}/lines`, more), 200, 'mesa 12 orders more');
  day.same(order.lines, [{ quantity: 2, voided: 1, amount: 54000 }, { amount: 9000 }, { amount: 54000 }, { amount: 18000 }], 'lines of mesa 12');
  sent = await send();
  await day.tickets(order, {
    'cocina-caliente': [...at, 'Atiende: mesa Fuertes', '--', '+ 1 POSTA CARTAGENERA', '--', '▓ANULAR 1 POSTA CARTAGENERA — sin cebolla▓'],
    barra: [...at, 'Atiende: mesa', '--', '+ 2 LIMONADA'],
  }, 'envío 2');
  sent = await send();
  day.same(sent.tickets, [], 'a third send prints nothing');
  await day.noTicket(order);

  const pay = (body) => caja.post(`/orders/${order.id}/payments`, body);
  day.refused(await pay({ means: 'efectivo' }), 409, 'tip_unasked', 'no bill before the tip was asked');
  day.same((await day.order(order.id)).tip, { state: 'unasked', amount: 0, ceiling: 12500 }, 'nothing is added unasked');
  const over = day.refused(await mesa.post(`/orders/${order.id}/tip`, { amount: 12501 }), 400, 'tip_over_limit', 'a peso over the tenth part is refused');
  day.check(over.detail.replaceAll('.', '').includes('12500'), `the refusal names the ceiling: ${over.detail}`);
  order = day.done(await mesa.post(`/orders/${order.id}/tip`, { amount: 12500 }), 200, 'a tip of 12.500');
  day.same(order.tip.state, 'set', 'the tip is set');
  day.bill(order, bills['mesa-12']);
  day.refused(await mesa.post(`/orders/${order.id}/payments`, { means: 'efectivo' }), 403, 'not_permitted', 'a waiter takes no money');
  day.refused(await pay({ means: 'efectivo', tendered: 147450 }), 400, 'tender_short', 'less than is due is refused');
  const paid = await day.pay(order, payments['mesa-12'], { tendered: 150000 });
  await day.noTicket(order);
  await day.receipt(paid, {
    head: ['Cajero/a: caja Pedido 0001', 'Mesa 12 4 personas'],
    lines: [
      '1 Posta cartagenera con arroz titoté $ 54.000', 'sin cebolla', '3 Limonada natural $ 27.000', 'a $ 9.000 cada uno',
      '1 Posta cartagenera con arroz titoté $ 54.000',
    ],
    totals: [
      'Base INC 8 % $ 125.000', 'INC 8 % $ 10.000', 'TOTAL $ 135.000', 'Propina voluntaria (no es venta) $ 12.500', 'TOTAL CON PROPINA $ 147.500',
    ],
    payments: ['Efectivo $ 147.500', 'Recibido $ 150.000', 'Cambio $ 2.500'],
  }, true);
  day.refused(await pay({ means: 'efectivo' }), 409, 'order_paid', 'ya pagada');
  day.refused(await mesa.post(`/orders/${order.id}/lines`, more), 409, 'order_paid', 'nothing is added to a paid order');
}

/** Two menus of three courses, held and fired; no tip; two means on one bill. */
async function table3(day) {
  const { mesa, caja } = day.people;
  const at = ['MESA 3', 'Interno · Salón · 2 personas'];
  const lines = [
    line('menu-interno', 1, ['menu-carimanola', 'menu-posta', 'menu-arroz-con-leche'], { hold: true }),
    line('menu-interno', 1, ['menu-boronia', 'menu-arroz-caldoso', 'menu-cocadas'], { hold: true, note: 'sin sal' }),
    line('limonada-coco', 2, ['sin-azucar']),
  ];
  const short = { kind: 'table', table: 'mesa-3', lines: [line('menu-interno', 1, ['menu-carimanola', 'menu-posta'])] };
  day.refused(await mesa.post('/orders', short), 400, 'options_missing', 'a menu without a dessert is refused');
  const two = { kind: 'table', table: 'mesa-3', lines: [line('menu-interno', 1, ['menu-carimanola', 'menu-boronia', 'menu-posta', 'menu-cocadas'])] };
  day.refused(await mesa.post('/orders', two), 400, 'options_too_many', 'and so is one with two starters');
  let order = day.done(await mesa.post('/orders', { kind: 'table', table: 'mesa-3', covers: 2, lines, send: true }), 201, 'mesa 3 orders');
  await day.tickets(order, { barra: [...at, 'Atiende: mesa', '--', '2 LIMONADA COCO', 'sin azúcar'] }, 'envío 1');
  const fire = async (course) => day.done(await mesa.post(`/orders/${order.id}/send`, { courses: [course] }), 200, `${course} is fired`);
  await fire('entrada');
  await day.tickets(order, {
    'cocina-caliente': [...at, 'Atiende: mesa Entradas', '--', 'MARCHA: ENTRADAS', '--', '1 CARIMAÑOLA CON SUERO', 'Contiene: leche'],
    'cocina-fria': [...at, 'Atiende: mesa Entradas', '--', 'MARCHA: ENTRADAS', '--', '1 BORONÍA', 'sin sal', 'Contiene: leche'],
  }, 'envío 2');
  day.same(day.done(await mesa.post(`/orders/${order.id}/send`), 200, 'a plain send').tickets, [], 'what is held stays held');
  await fire('fuerte');
  await day.tickets(order, {
    'cocina-caliente': [...at, 'Atiende: mesa Fuertes', '--', 'MARCHA: FUERTES', '--', '+ 1 POSTA CARTAGENERA', '+ 1 ARROZ CALDOSO', 'sin sal', 'Contiene: camarón, calamar, pescado'],
  }, 'envío 3');
  day.refused(await mesa.post(`/orders/${order.id}/send`, { courses: ['merienda'] }), 400, 'course_unknown', 'there is no such course');
  await fire('postre');
  await day.tickets(order, {
    'cocina-fria': [...at, 'Atiende: mesa Postres', '--', 'MARCHA: POSTRES', '--', '+ 1 ARROZ CON LECHE', 'Contiene: leche', '+ 1 COCADAS', 'sin sal'],
  }, 'envío 4');
  day.same((await fire('postre')).tickets, [], 'a fired course is not fired again');

  order = day.done(await mesa.post(`/orders/${order.id}/tip`, { declined: true }), 200, 'mesa 3 wants no tip');
  day.same(order.tip.state, 'declined', 'no tip, and it was asked');
  day.bill(order, bills['mesa-3']);
  const pay = (body) => caja.post(`/orders/${order.id}/payments`, body);
  day.refused(await pay({ means: 'nequi', amount: 100000 }), 400, 'reference_missing', 'a transfer needs its reference');
  day.refused(await pay({ means: 'debito', reference: '4111 1111 1111 1111' }), 400, 'card_number', 'never a card number');
  day.refused(await pay({ means: 'nequi', amount: 214001, reference: 'M1' }), 400, 'amount_over_balance', 'not more than is due');
  day.refused(await pay({ means: 'debito', tendered: 220000, reference: 'M1' }), 400, 'tender_not_cash', 'only cash is handed over');
  await day.pay(order, payments['mesa-3-a'], { amount: 100000, reference: 'M0457812' });
  day.same(await day.order(order.id), { paid: 100000, balance: 114000, cash_due: 114000, state: 'sent' }, 'mesa 3 is paid in part');
  const paid = await day.pay(order, payments['mesa-3-b'], { reference: '004512' });
  await day.noTicket(order);
  await day.receipt(paid, {
    head: ['Cajero/a: caja Pedido 0002', 'Mesa 3 2 personas'],
    lines: [
      '1 Menú Interno $ 89.000', 'Carimañola con suero costeño · Posta cartagenera con arroz titoté · Arroz con leche y coco',
      '1 Menú Interno $ 97.000',
      'Boronía con queso costeño · Arroz caldoso con mariscos · Cocadas del portal', '2 Limonada de coco $ 28.000', 'sin azúcar',
      'a $ 14.000 cada uno',
    ],
    totals: ['Base INC 8 % $ 198.148', 'INC 8 % $ 15.852', 'TOTAL $ 214.000'],
    payments: ['Nequi $ 100.000', 'Referencia M0457812', 'Tarjeta débito $ 114.000', 'Referencia 004512'],
  }, false);
}

/** The last fish, counted; three tax rates on one bill; the whole tenth part as a tip; cash rounded down. */
async function table5(day) {
  const { mesa, cocina, caja } = day.people;
  const at = ['MESA 5', 'Interno · Salón · 3 personas', 'Atiende: mesa'];
  const fish = async () => (await mesa.get('/menu')).body.categories.flatMap((c) => c.items).find((item) => item.id === 'pargo-frito');
  const one = { available: true, remaining: 1 };
  day.same(day.done(await cocina.put('/menu/items/pargo-frito/availability', one), 200, 'the cook counts the fish'), one, 'one fish is left');
  const pargo = (n) => line('pargo-frito', n, ['acomp-patacones', 'extra-suero'], { note: 'sin espinas' });
  const open = { kind: 'table', table: 'mesa-5', covers: 3 };
  day.refused(await mesa.post('/orders', { ...open, lines: [pargo(2)] }), 409, 'item_sold_out', 'two of one fish are refused');
  let order = day.done(await mesa.post('/orders', { ...open, lines: [pargo(1)] }), 201, 'mesa 5 has the fish');
  day.same(await fish(), { available: false, remaining: 0 }, 'no fish is left');
  order = day.done(await mesa.delete(`/orders/${order.id}/lines/${order.lines[0].id}`), 200, 'the fish is taken back unsent');
  day.same(await fish(), { available: true, remaining: 1 }, 'the fish is there again');
  const lines = [
    pargo(1), line('punta-de-anca', 1, ['termino-medio', 'acomp-yuca', 'extra-patacones']), line('cafe', 2, ['cafe-con-leche']), line('cerveza-nacional', 3),
    line('bolsa-tela'), line('libro-relatos'),
  ];
  order = day.done(await mesa.post(`/orders/${order.id}/lines`, { lines }), 200, 'mesa 5 orders');
  day.same(await fish(), { available: false, remaining: 0 }, 'the fish is sold');
  const late = { lines: [pargo(1)] };
  day.refused(await caja.post(`/orders/${order.id}/lines`, late), 409, 'item_sold_out', 'nobody sells a fish that is not there');
  day.done(await mesa.post(`/orders/${order.id}/send`), 200, 'mesa 5 is sent');
  await day.tickets(order, {
    'cocina-caliente': [
      at[0], at[1], 'Atiende: mesa Fuertes', '--', '1 PARGO FRITO', 'con patacones', 'adición de suero costeño', 'sin espinas', 'Contiene: pescado, leche',
      '1 PUNTA DE ANCA', 'término medio', 'con yuca al mojo', 'adición de patacones',
    ],
    barra: [...at, '--', '2 CAFÉ', 'con leche', 'Contiene: leche', '3 CERVEZA'],
  }, 'envío 1');
  order = day.done(await mesa.post(`/orders/${order.id}/tip`, { percent: 1000 }), 200, 'a tip of 10 %');
  day.bill(order, bills['mesa-5']);
  day.same(order.totals.taxes, mesa5Taxes, 'mesa 5: base and tax of each rate');
  day.same(order.cash_due, 274050, 'cash is asked for in whole coins');
  const paid = await day.pay(order, payments['mesa-5'], { tendered: 280000 });
  await day.receipt(paid, {
    head: ['Cajero/a: caja Pedido 0003', 'Mesa 5 3 personas'],
    lines: [
      '1 Pargo frito entero $ 72.000', 'con patacones · adición de suero costeño', '1 Punta de anca a la parrilla $ 69.000',
      'término medio · con yuca al mojo · adición de patacones', '2 Café $ 15.000', 'con leche', 'a $ 7.500 cada uno', '3 Cerveza nacional $ 36.000',
      'a $ 12.000 cada uno', '1 Bolsa de tela Interno $ 23.800', '1 Libro de relatos $ 35.000',
    ],
    totals: [
      'Base INC 8 % $ 177.778', 'INC 8 % $ 14.222', 'Base IVA 19 % $ 20.000', 'IVA 19 % $ 3.800', 'Base Excluido (0 %) $ 35.000', 'TOTAL $ 250.800',
      'Propina voluntaria (no es venta) $ 23.277', 'TOTAL CON PROPINA $ 274.077',
    ],
    payments: ['Ajuste al peso (efectivo) -$ 27', 'Efectivo $ 274.050', 'Recibido $ 280.000', 'Cambio $ 5.950'],
  }, true);
}

/** Two voided orders: one the kitchen knows of, one it never heard of. */
async function voided(day) {
  const { mesa, caja } = day.people;
  const at = ['MESA 7', 'Interno · Salón · 1 persona'];
  const lines = [line('posta-cartagenera'), line('cerveza-nacional', 2)];
  const order = day.done(await mesa.post('/orders', { kind: 'table', table: 'mesa-7', covers: 1, lines, send: true }), 201, 'mesa 7 orders');
  await day.tickets(order, {
    'cocina-caliente': [...at, 'Atiende: mesa Fuertes', '--', '1 POSTA CARTAGENERA'],
    barra: [...at, 'Atiende: mesa', '--', '2 CERVEZA'],
  }, 'envío 1');
  const reason = 'El cliente cambió de opinión';
  day.refused(await mesa.post(`/orders/${order.id}/void`, { reason }), 403, 'approval_required', 'a waiter voids no order alone');
  const gone = day.done(await mesa.post(`/orders/${order.id}/void`, { reason, approval: day.approval }), 200, 'mesa 7 is void');
  day.same(gone, { state: 'voided', void_reason: reason, balance: 0, totals: { gross: 0, due: 0 } }, 'mesa 7 is void');
  await day.tickets(order, {
    'cocina-caliente': [...at, 'Atiende: mesa Fuertes', '--', 'PEDIDO ANULADO', reason, '--', '▓ANULAR 1 POSTA CARTAGENERA▓'],
    barra: [...at, 'Atiende: mesa', '--', 'PEDIDO ANULADO', reason, '--', '▓ANULAR 2 CERVEZA▓'],
  }, 'anulado');
  day.refused(await caja.post(`/orders/${order.id}/payments`, { means: 'efectivo' }), 409, 'order_voided', 'a voided order is not paid');
  day.refused(await mesa.post(`/orders/${order.id}/send`), 409, 'order_voided', 'nor sent');

  const coffee = { kind: 'table', table: 'mesa-8', covers: 2, lines: [line('cafe', 1, ['cafe-tinto'])] };
  const quiet = day.done(await mesa.post('/orders', coffee), 201, 'mesa 8 orders');
  day.same(day.done(await mesa.post(`/orders/${quiet.id}/void`, { reason }), 200, 'mesa 8 goes'), { state: 'voided' }, 'unsent, it needs nobody');
  await day.noTicket(quiet);
  const empty = day.done(await mesa.post('/orders', { kind: 'table', table: 'mesa-8' }), 201, 'its table is free again');
  day.refused(await mesa.post(`/orders/${empty.id}/send`), 409, 'order_empty', 'an empty order is not sent');
  day.refused(await caja.post(`/orders/${empty.id}/payments`, { means: 'efectivo' }), 409, 'order_empty', 'nor paid');
  day.done(await mesa.post(`/orders/${empty.id}/void`, { reason }), 200, 'and goes too');
}

/** Opened before the restart, paid after it. */
async function table15(day) {
  const { mesa } = day.people;
  const lines = [line('ceviche-camaron', 1, [], { note: 'alergia al maní', seat: 1 })];
  const order = day.done(await mesa.post('/orders', { kind: 'table', table: 'mesa-15', covers: 2, lines, send: true }), 201, 'mesa 15 orders');
  await day.tickets(order, {
    'cocina-fria': [
      'MESA 15', 'Interno · Patio · 2 personas', 'Atiende: mesa Entradas', '--', '1 CEVICHE CAMARÓN', '▓ALERGIA AL MANÍ▓', '▓CONTIENE: CAMARÓN▓',
      'Puesto 1',
    ],
  }, 'envío 1');
  return day.done(await mesa.post(`/orders/${order.id}/lines`, { lines: [line('agua-con-gas')] }), 200, 'a water, not sent yet');
}
async function table15After(day, order) {
  const { mesa } = day.people;
  const lines = [line('enyucado', 1, ['sin-helado']), line('gaseosa')];
  const more = day.done(await mesa.post(`/orders/${order.id}/lines`, { lines }), 200, 'mesa 15 orders more');
  day.done(await mesa.delete(`/orders/${order.id}/lines/${more.lines[3].id}`), 200, 'the soda goes again');
  day.done(await mesa.post(`/orders/${order.id}/send`), 200, 'mesa 15 is sent');
  const at = ['MESA 15', 'Interno · Patio · 2 personas'];
  await day.tickets(order, {
    'cocina-fria': [...at, 'Atiende: mesa Postres', '--', '+ 1 ENYUCADO', 'sin helado', 'Contiene: leche'],
    barra: [...at, 'Atiende: mesa', '--', '1 AGUA CON GAS'],
  }, 'envío 2');
  day.refused(await mesa.post(`/orders/${order.id}/tip`, { amount: 5602 }), 400, 'tip_over_limit', 'mesa 15: over the tenth part');
  day.same(day.done(await mesa.post(`/orders/${order.id}/tip`, { amount: 5601 }), 200, 'a tip').totals, { tip: 5601, due: 66101, tax: 4481 }, 'a tip of 5.601');
  const changed = day.done(await mesa.post(`/orders/${order.id}/tip`, { amount: 5000 }), 200, 'the guest thinks again');
  day.bill(changed, bills['mesa-15']);
  const paid = await day.pay(changed, payments['mesa-15'], { tendered: 70000 });
  await day.receipt(paid, {
    head: ['Cajero/a: caja Pedido 0004', 'Mesa 15 2 personas'],
    lines: ['1 Ceviche de camarón y coco $ 36.000', '1 Agua con gas $ 6.500', '1 Enyucado con helado de níspero $ 18.000', 'sin helado'],
    totals: ['Base INC 8 % $ 56.019', 'INC 8 % $ 4.481', 'TOTAL $ 60.500', 'Propina voluntaria (no es venta) $ 5.000', 'TOTAL CON PROPINA $ 65.500'],
    payments: ['Efectivo $ 65.500', 'Recibido $ 70.000', 'Cambio $ 4.500'],
  }, true);
}

/** To take away; it is paid before it was sent, and so the payment sends it. */
async function takeaway(day) {
  const { caja } = day.people;
  const lines = [line('carimanolas', 2, ['salsa-suero', 'salsa-aji']), line('berenjenas-rellenas')];
  const order = day.done(await caja.post('/orders', { kind: 'takeaway', name: 'Señora Peña', lines }), 201, 'señora Peña takes away');
  const asked = day.done(await caja.post(`/orders/${order.id}/tip`, { declined: true }), 200, 'no tip');
  day.bill(asked, bills['señora-peña']);
  await day.noTicket(order);
  const paid = await day.pay(asked, payments.peña, { reference: 'QR-88120' });
  await day.tickets(order, {
    'cocina-caliente': [
      'PEDIDO 8', 'PARA LLEVAR', 'SEÑORA PEÑA', 'Interno · Para llevar', 'Atiende: caja', '--', '— ENTRADAS —', '2 CARIMAÑOLAS', 'suero costeño',
      'ají de la casa', 'Contiene: leche', '— FUERTES —', '1 BERENJENAS RELLENAS', 'Contiene: leche',
    ],
  }, 'envío 1');
  await day.receipt(paid, {
    head: ['Cajero/a: caja Pedido 0008', 'Para llevar · Señora Peña'],
    lines: [
      '2 Carimañolas de queso (3) $ 44.000', 'suero costeño · ají de la casa', 'a $ 22.000 cada uno', '1 Berenjenas rellenas de fríjol $ 39.000',
      'cabecita negra',
    ],
    totals: ['Base INC 8 % $ 76.852', 'INC 8 % $ 6.148', 'TOTAL $ 83.000'],
    payments: ['Bre-B (QR) $ 83.000', 'Referencia QR-88120'],
  }, false);
}

/** Above five UVT before taxes the buyer is asked for; a card and cash on one bill. */
async function table10(day) {
  const { mesa, caja } = day.people;
  const open = { kind: 'table', table: 'mesa-10', covers: 8, lines: [line('arroz-caldoso', 5)], send: true };
  const order = day.done(await mesa.post('/orders', open), 201, 'mesa 10 orders');
  await day.tickets(order, {
    'cocina-caliente': ['MESA 10', 'Interno · Salón · 8 personas', 'Atiende: mesa Fuertes', '--', '5 ARROZ CALDOSO', 'Contiene: camarón, calamar, pescado'],
  }, 'envío 1');
  const tipped = day.done(await mesa.post(`/orders/${order.id}/tip`, { amount: 20000 }), 200, 'a tip of 20.000');
  day.bill(tipped, bills['mesa-10']);
  const whole = { means: 'credito', reference: '118204' };
  day.refused(await caja.post(`/orders/${order.id}/payments`, whole), 409, 'buyer_needed', 'base 268.519 is over 261.870: who buys?');
  day.same(await day.order(order.id), { payments: [], state: 'sent', balance: 310000 }, 'nothing was taken then');
  await day.pay(tipped, payments['mesa-10-a'], { amount: 200000, reference: '118204' });
  const buyer = { kind: 'NIT', number: '800123456-7', name: 'Eventos del Caribe' };
  const paid = await day.pay(tipped, payments['mesa-10-b'], { buyer });
  await day.receipt(paid, {
    head: ['Cajero/a: caja Pedido 0009', 'Mesa 10 8 personas', 'Requiere factura electrónica', 'Comprador: Eventos del Caribe', 'NIT: 800123456-7'],
    lines: ['5 Arroz caldoso con mariscos $ 290.000', 'a $ 58.000 cada uno'],
    totals: [
      'Base INC 8 % $ 268.519', 'INC 8 % $ 21.481', 'TOTAL $ 290.000', 'Propina voluntaria (no es venta) $ 20.000', 'TOTAL CON PROPINA $ 310.000',
    ],
    payments: ['Tarjeta crédito $ 200.000', 'Referencia 118204', 'Efectivo $ 110.000', 'Recibido $ 110.000', 'Cambio $ 0'],
  }, true);
}

/** Served and charged by the cashier herself, by card. */
async function table1(day) {
  const { caja } = day.people;
  const at = ['MESA 1', 'Interno · Salón · 2 personas'];
  const lines = [
    line('jugo-natural', 2, ['fruta-corozo', 'en-leche', 'sin-hielo']), line('patacones-hogao'),
    line('arroz-con-leche', 1, [], { seat: 2, note: 'vela de cumpleaños' }),
  ];
  const order = day.done(await caja.post('/orders', { kind: 'table', table: 'mesa-1', covers: 2, lines, send: true }), 201, 'mesa 1 orders');
  await day.tickets(order, {
    barra: [...at, 'Atiende: caja', '--', '2 JUGO NATURAL', 'corozo', 'en leche', 'sin hielo', 'Contiene: leche'],
    'cocina-caliente': [...at, 'Atiende: caja Entradas', '--', '1 PATACONES HOGAO'],
    'cocina-fria': [...at, 'Atiende: caja Postres', '--', '1 ARROZ CON LECHE', 'vela de cumpleaños', 'Contiene: leche', 'Puesto 2'],
  }, 'envío 1');
  const asked = day.done(await caja.post(`/orders/${order.id}/tip`, { declined: true }), 200, 'no tip');
  day.bill(asked, bills['mesa-1']);
  const paid = await day.pay(asked, payments['mesa-1'], { reference: '77120' });
  await day.receipt(paid, {
    head: ['Cajero/a: caja Pedido 0010', 'Mesa 1 2 personas'],
    lines: [
      '2 Jugo natural $ 26.000', 'corozo · en leche · sin hielo', 'a $ 13.000 cada uno', '1 Patacones con hogao $ 16.000',
      '1 Arroz con leche y coco $ 16.000',
    ],
    totals: ['Base INC 8 % $ 53.704', 'INC 8 % $ 4.296', 'TOTAL $ 58.000'],
    payments: ['Tarjeta crédito $ 58.000', 'Referencia 77120'],
  }, false);
}

async function drawer(day, shift) {
  const { mesa } = day.people;
  const take = { kind: 'out', amount: 1000, reason: 'x' };
  day.refused(await mesa.post(`/shifts/${shift.id}/cash-movements`, take), 403, 'not_permitted', 'a waiter moves no cash');
  await day.moveCash(shift, { kind: 'in', amount: 50000, reason: 'Sencillo' }, ['ENTRADA DE EFECTIVO', '$ 50.000']);
  await day.moveCash(shift, { kind: 'out', amount: 18500, reason: 'Hielo' }, ['SALIDA DE EFECTIVO', '$ 18.500']);
  await day.moveCash(shift, { kind: 'tip_payout', amount: 60700, reason: 'Propinas del día' }, ['PAGO DE PROPINAS', '$ 60.700']);
}

/** One table stays at the close: refused, then carried with a manager's PIN, and paid in the next shift. Nothing is printed again. */
async function carriedOver(day, shift, order) {
  const { caja, gerencia } = day.people;
  const next = day.done(await caja.post('/shifts', { float: 100000 }), 201, 'the next shift opens');
  day.same(await day.order(order.id), { state: 'sent', changed: false, balance: 12000 }, 'mesa 16 is still open in the next shift');
  await day.noTicket(order);
  const asked = day.done(await caja.post(`/orders/${order.id}/tip`, { declined: true }), 200, 'no tip');
  day.bill(asked, bills['mesa-16']);
  await day.pay(asked, payments['mesa-16'], { tendered: 20000 });
  await day.noTicket(order);
  const closed = day.done(await caja.post(`/shifts/${next.id}/close`, { count: { 100000: 1, 10000: 1, 2000: 1 } }), 200, 'the next shift closes');
  day.same(closed, { expected: 112000, counted: 112000, difference: 0, z_number: 2 }, 'float 100.000 and 12.000 in cash');
  const z = (await gerencia.get(`/shifts/${next.id}/report`)).body;
  const totals = { net: 12000, base: 11111, tax: 889, tips: 0, adjustment: 0, collected: 12000 };
  day.same(z, { documents: 1, first_document: 'INT-8', last_document: 'INT-8', totals }, 'the second Z');
  const first = (await gerencia.get(`/shifts/${shift.id}/report`)).body;
  day.same(first, { documents: 7, totals: { net: 1091300 }, cash: { expected: 767850 } }, 'the first Z stays as it was');
  if (next.business_day === shift.business_day) {
    const report = (await gerencia.get(`/reports/daily?date=${shift.business_day}`)).body;
    identities(day, report);
    day.same(report.totals, { documents: 8, net: 1103300, collected: 1164050 }, 'the day has both shifts');
  }
}

export async function interno(day) {
  const { caja, mesa } = await day.begin();
  house(day);
  day.refused(await mesa.post('/orders', day.anyOrder), 409, 'no_open_shift', 'nothing is sold before the shift opens');
  day.refused(await mesa.post('/shifts', { float: 200000 }), 403, 'not_permitted', 'a waiter opens no shift');
  const shift = day.done(await caja.post('/shifts', { float: 200000 }), 201, 'the shift opens');
  day.same(shift, { till: 'caja-1', state: 'open', float: 200000, opened_by: 'caja' }, 'the shift');
  day.refused(await caja.post('/shifts', { float: 1 }), 409, 'shift_already_open', 'one shift at a time');

  await table12(day);
  await table3(day);
  await table5(day);
  const kept = await table15(day);
  await voided(day);
  const before = { order: await day.order(kept.id), open: (await caja.get('/orders')).body, menu: (await caja.get('/menu')).body };
  await day.restart();
  day.same((await caja.get('/shifts/current')).body, shift, 'the shift is open after the restart');
  day.same(await day.order(kept.id), before.order, 'mesa 15 is as it was');
  day.same((await caja.get('/orders')).body, before.open, 'the open orders are as they were');
  day.same((await caja.get('/menu')).body, before.menu, 'what is sold out still is');
  await day.noTicket(kept);

  await takeaway(day);
  await table10(day);
  await table15After(day, kept);
  await table1(day);
  const open = { kind: 'table', table: 'mesa-16', covers: 2, lines: [line('cerveza-nacional')], send: true };
  const late = day.done(await mesa.post('/orders', open), 201, 'mesa 16 orders');
  await day.tickets(late, { barra: ['MESA 16', 'Interno · Patio · 2 personas', 'Atiende: mesa', '--', '1 CERVEZA'] }, 'envío 1');
  await drawer(day, shift);

  const { count } = wanted;
  const told = day.refused(await caja.post(`/shifts/${shift.id}/close`, { count }), 409, 'orders_open', 'a table is still open');
  day.check(/\b1\b/.test(told.detail), `it says how many: ${told.detail}`);
  day.refused(await caja.post(`/shifts/${shift.id}/close`, { count, carry_open_orders: true }), 403, 'approval_required', 'to carry it needs a manager');
  await closeShift(day, shift, wanted, { carry_open_orders: true, approval: day.approval });
  await dailyReport(day, shift, wanted);
  await afterwards(day, shift, wanted);
  await carriedOver(day, shift, late);
  day.same({ status: (await mesa.delete('/session')).status }, { status: 204 }, 'the waiter signs out');
  day.refused(await mesa.get('/session'), 401, 'not_signed_in', 'and is gone');
  await day.end();
}
