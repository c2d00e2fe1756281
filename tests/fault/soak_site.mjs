// The house in which the fault campaign cooks: a sample site with two real printers, each the other's fallback, and a logo on receipts and test pages,
// so that paper can end inside a picture.
import { join } from 'node:path';
import { changedSite, root } from '../e2e/support_server.mjs';

export const serial = 'SOAK0001';
/** Station slug → what stands on its tickets, and the printer it belongs to. */
export const stations = { 'cocina-caliente': 'COCINA CALIENTE', 'cocina-fria': 'COCINA FRÍA Y POSTRES', barra: 'BARRA' };
export const printers = ['cocina', 'barra'];

export function soakSite(port) {
  return changedSite('interno', {
    kinds: ['takeaway'],
    default_kind: 'takeaway',
    tip_rule: 'off',
    tip_max_rate: undefined,
    printers: [
      { slug: 'cocina', name: 'Cocina', profile: 'epson-tm-t20iii', transport: 'usb', usb_id: '04b8:0e28', serial },
      { slug: 'barra', name: 'Barra', profile: 'epson-tm-t20iii', transport: 'tcp', host: '127.0.0.1', port, drawer: true },
    ],
    stations: [
      { slug: 'cocina-caliente', name: stations['cocina-caliente'], printer: 'cocina', fallback: 'barra' },
      { slug: 'cocina-fria', name: stations['cocina-fria'], printer: 'cocina', fallback: 'barra' },
      { slug: 'barra', name: stations.barra, printer: 'barra', fallback: 'cocina' },
    ],
    receipt_printer: 'barra',
    receipt_logo: join(root, 'tests/support/printer_logo.png'),
  });
}
