// One whole working day of each site through the HTTP API: everybody signs in, a shift opens, orders of every kind are taken, changed, sent, voided and
// paid, the machine is restarted at noon, the drawer is counted, and the books must agree to the peso with figures worked by hand.
//
//   node tests/e2e/day.mjs [interno|la-cocina|go-lupe]…        COMANDA, COMANDA_PORT: see support_server.mjs
import { Day } from './day_kit.mjs';
import { interno } from './day_interno.mjs';
import { laCocina } from './day_la_cocina.mjs';
import { goLupe } from './day_go_lupe.mjs';

const days = { interno, 'la-cocina': laCocina, 'go-lupe': goLupe };
const chosen = process.argv.length > 2 ? process.argv.slice(2) : Object.keys(days);
let passed = 0;
let failed = 0;
for (const site of chosen) {
  const started = Date.now();
  const day = new Day(site);
  await day.live(days[site]);
  passed += day.passed;
  failed += day.failures.length;
  console.log(`day: ${site}: ${day.passed} passed, ${day.failures.length} failed (${Date.now() - started} ms)`);
}
console.log(`day: ${passed} passed, ${failed} failed`);
process.exit(failed ? 1 : 0);
