// The figures of the day at Interno (day_interno.mjs), worked by hand.
import { table } from './day_kit.mjs';

// Worked by hand. INC 8 %: base = half_up(gross ÷ 1,08); the tip's ceiling is the tenth part of the base, rounded down.
export const bills = table(`
  order         gross     base     tax     tip  ceiling      due
  mesa-12     135.000  125.000  10.000  12.500   12.500  147.500
  mesa-3      214.000  198.148  15.852       0   19.814  214.000
  mesa-5      250.800  232.778  18.022  23.277   23.277  274.077
  señora-peña  83.000   76.852   6.148       0    7.685   83.000
  mesa-10     290.000  268.519  21.481  20.000   26.851  310.000
  mesa-15      60.500   56.019   4.481   5.000    5.601   65.500
  mesa-1       58.000   53.704   4.296       0    5.370   58.000
  mesa-16      12.000   11.111     889       0    1.111   12.000`);
export const mesa5Taxes = [
  { name: 'INC', rate: 800, gross: 192000, base: 177778, tax: 14222 }, // 72.000 + 69.000 + 15.000 + 36.000
  { name: 'IVA', rate: 1900, gross: 23800, base: 20000, tax: 3800 },
  { name: 'Excluido', rate: 0, gross: 35000, base: 35000, tax: 0 },
];
// Cash is rounded down to 50; a card is charged to the peso.
export const payments = table(`
  payment   means      amount  charged  adjustment  tendered  change  document
  mesa-12   efectivo  147.500  147.500           0   150.000   2.500  INT-1
  mesa-3-a  nequi     100.000  100.000           0   100.000       0  -
  mesa-3-b  debito    114.000  114.000           0   114.000       0  INT-2
  mesa-5    efectivo  274.077  274.050         -27   280.000   5.950  INT-3
  peña      bre-b      83.000   83.000           0    83.000       0  INT-4
  mesa-10-a credito   200.000  200.000           0   200.000       0  -
  mesa-10-b efectivo  110.000  110.000           0   110.000       0  INT-5
  mesa-15   efectivo   65.500   65.500           0    70.000   4.500  INT-6
  mesa-1    credito    58.000   58.000           0    58.000       0  INT-7
  mesa-16   efectivo   12.000   12.000           0    20.000   8.000  INT-8`);

export const wanted = {
  documents: ['INT-1', 'INT-2', 'INT-3', 'INT-4', 'INT-5', 'INT-6', 'INT-7'],
  totals: {
    documents: 7, covers: 21, gross: 1091300, discount: 0, net: 1091300, base: 1011020, tax: 80280, tips: 60777, adjustment: -27, collected: 1152050,
    average: 155900,
  },
  means: {
    efectivo: { name: 'Efectivo', kind: 'cash', count: 4, amount: 597077, charged: 597050 }, // 147.500 + 274.077 + 110.000 + 65.500
    credito: { name: 'Tarjeta crédito', kind: 'credit', count: 2, amount: 258000, charged: 258000 },
    debito: { name: 'Tarjeta débito', kind: 'debit', count: 1, amount: 114000, charged: 114000 },
    nequi: { name: 'Nequi', kind: 'transfer', count: 1, amount: 100000, charged: 100000 },
    'bre-b': { name: 'Bre-B (QR)', kind: 'transfer', count: 1, amount: 83000, charged: 83000 },
  },
  taxes: [
    { name: 'IVA', rate: 1900, gross: 23800, base: 20000, tax: 3800 },
    { name: 'INC', rate: 800, gross: 1032500, base: 956020, tax: 76480 },
    { name: 'Excluido', rate: 0, gross: 35000, base: 35000, tax: 0 },
  ],
  by_item: table(`
    item                 quantity      net
    posta-cartagenera           2  108.000
    limonada-natural            3   27.000
    menu-interno                2  186.000
    limonada-coco               2   28.000
    pargo-frito                 1   72.000
    punta-de-anca               1   69.000
    cafe                        2   15.000
    cerveza-nacional            3   36.000
    bolsa-tela                  1   23.800
    libro-relatos               1   35.000
    carimanolas                 2   44.000
    berenjenas-rellenas         1   39.000
    arroz-caldoso               5  290.000
    ceviche-camaron             1   36.000
    agua-con-gas                1    6.500
    enyucado                    1   18.000
    jugo-natural                2   26.000
    patacones-hogao             1   16.000
    arroz-con-leche             1   16.000`),
  by_category: table(`
    category  quantity      net
    menu             2  186.000
    entradas         4   96.000
    fuertes         10  578.000
    postres          2   34.000
    bebidas         13  138.500
    tienda           2   58.800`),
  by_staff: { mesa: { documents: 5, net: 950300, tips: 60777 }, caja: { documents: 2, net: 141000, tips: 0 } },
  by_kind: { table: { documents: 6, net: 1008300 }, takeaway: { documents: 1, net: 83000 } },
  voids: { lines: 3, quantity: 4, amount: 132000, orders: 3 }, // a posta; of mesa 7 a posta and two beers; the two of mesa 8 were never sent
  numbering: { prefix: 'INT', resolution: '18764000000000', documents: 7, first: 1, last: 7, needs_electronic: 1 },
  cash: { float: 200000, sales: 597050, in: 50000, out: 18500, refunds: 0, tips_paid_out: 60700, expected: 767850 },
  count: { 100000: 5, 50000: 3, 20000: 4, 10000: 2, 5000: 3, 2000: 1, 500: 1, 200: 1, 100: 1 },
  counted: 767800,
  difference: -50,
  z_number: 1,
  sequences: { 'cocina-caliente': 10, 'cocina-fria': 5, barra: 9 },
  states: { closed: 7, voided: 3, open: 1, paid: 0 },
  approved: 2,
  journal: {
    menu_published: 1, numbering_registered: 1, staff_added: 5, signed_in: 4, shift_opened: 1, availability_set: 1, line_voided: 1, order_voided: 3,
    tip: 8, payment: 9, cash_moved: 3, shift_closed: 1, line_removed: 2, reprinted: 1,
  },
  paper: {
    sales: [
      'Documentos 7', 'Del – al INT-1 – INT-7', 'Ventas brutas $ 1.091.300', 'VENTAS NETAS $ 1.091.300', 'Base IVA 19 % $ 20.000', 'IVA 19 % $ 3.800',
      'Base INC 8 % $ 956.020', 'INC 8 % $ 76.480', 'Base Excluido (0 %) $ 35.000', 'Propinas (de terceros, no son venta) $ 60.777',
      'Ajuste al peso (efectivo) -$ 27', 'Total recaudado $ 1.152.050', 'Pedidos anulados 3', 'Líneas anuladas 3', 'Aperturas del cajón sin venta 0',
    ],
    means: ['Efectivo (4) $ 597.050', 'Tarjeta crédito (2) $ 258.000', 'Tarjeta débito (1) $ 114.000', 'Bre-B (QR) (1) $ 83.000', 'Nequi (1) $ 100.000'],
    cash: [
      'Base inicial $ 200.000', '+ Ventas en efectivo $ 597.050', '+ Entradas $ 50.000', '- Salidas $ 18.500', '- Devoluciones $ 0',
      '- Propinas pagadas $ 60.700',
      'Esperado $ 767.850', 'Contado $ 767.800', '5 × $ 100.000 $ 500.000', '3 × $ 50.000 $ 150.000', '4 × $ 20.000 $ 80.000',
      '2 × $ 10.000 $ 20.000',
      '3 × $ 5.000 $ 15.000', '1 × $ 2.000 $ 2.000', '1 × $ 500 $ 500', '1 × $ 200 $ 200', '1 × $ 100 $ 100', 'FALTANTE -$ 50',
    ],
  },
};
