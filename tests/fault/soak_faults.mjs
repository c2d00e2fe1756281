// The faults of the campaign: what goes wrong, and how it comes right again. Each is one async function of a printer; it resolves to true when the fault
// really happened (an "after n bytes" may find nothing to print).
import { printers } from './soak_site.mjs';

const rest = (ms) => new Promise((done) => setTimeout(done, ms));
const TRIGGER_MS = 4000; // so long an armed fault waits for bytes

/** x: {bed, server lane's hooks, random(name)(below), testPage(printer)}. */
export function faultsOf(x, printer) {
  const usb = printer === 'cocina';
  const random = x.random(printer);
  const tell = (verb, n) => x.bed.tell(printer, verb, n);
  // Mostly shorter than a ticket is to be helped elsewhere, sometimes longer.
  const spell = () => 100 + random(4) * random(900);
  const bytes = () => 1 + random(random(4) === 0 ? 3000 : 700);
  const armed = async (verb, event, n = bytes()) => {
    const happened = x.bed.happens(printer, [event], TRIGGER_MS);
    await tell(verb, n);
    const said = await happened;
    if (!said) await tell('disarm');
    return said !== null;
  };
  /** A picture is on its way: arms the fault inside it. */
  const inPicture = async (verb, events) => {
    const happened = x.bed.happens(printer, events, TRIGGER_MS);
    await tell(verb, 700 + random(12000));
    await x.testPage(printer);
    const said = await happened;
    if (!said) await tell('disarm');
    return said !== null;
  };
  const then = (first, ...repair) => async () => {
    const happened = await first();
    if (happened) await rest(spell());
    for (const verb of repair) await tell(verb);
    return happened;
  };
  const at = (verb) => async () => {
    await tell(verb);
    return true;
  };
  /** Another machine on the same cable for a while. */
  const stranger = (kind, amid) => async () => {
    const swap = random(2) === 0;
    if (swap) await tell('unplug');
    await tell(kind);
    if (swap) {
      await rest(100);
      await tell('plug');
    }
    await rest(800 + random(1500));
    if (amid) await amid();
    await tell('unplug');
    await tell('full');
    await rest(100 + random(300));
    await tell('plug');
    return true;
  };
  const list = [
    ['unplug', then(at('unplug'), 'plug')],
    ['unplug in a ticket', then(() => armed('unplug_after', 'unplug'), 'plug')],
    ['unplug in a ticket', then(() => armed('unplug_after', 'unplug'), 'plug')],
    ['unplug in a picture', then(() => inPicture('unplug_after', ['unplug']), 'plug')],
    ['power cut', then(at('power'), 'plug')],
    ['power cut in a ticket', then(() => armed('power_after', 'power'), 'plug')],
    ['power cut in a ticket', then(() => armed('power_after', 'power'), 'plug')],
    ['power cut in a picture', then(() => inPicture('power_after', ['power']), 'plug')],
    ['power cut with paper out', powerWithoutPaper],
    ['paper out', then(at('paper_out'), 'paper_in')],
    ['paper out in a ticket', then(() => armed('paper_out_after', 'paper_out'), 'paper_in')],
    ['paper out in a ticket', then(() => armed('paper_out_after', 'paper_out'), 'paper_in')],
    ['paper out in a picture', then(() => inPicture('paper_out_after', ['paper_out', 'paper_out_in_picture']), 'paper_in')],
    ['paper out in a picture', then(() => inPicture('paper_out_after', ['paper_out', 'paper_out_in_picture']), 'paper_in')],
    ['cover', then(at('cover_open'), 'cover_close')],
    ['hang', then(at('hang'), 'unhang')],
    ['hang in a ticket', then(() => armed('hang_after', 'hang'), 'unhang')],
    ['clone without process IDs', stranger('clone')],
    ['clone that answers nothing', stranger('silent')],
    ['clone that answers nothing, power cut', stranger('silent', cutAmid)],
    ['liar', lie],
    ['liar', lie],
  ];
  if (usb) list.push(['stall', stall], ['stall', stall], ['stall', stall], ['short transfer', () => armed('short_after', 'short')]);
  else list.push(['connection reset', at('reset')], ['connection reset', at('reset')]);
  return { list, random };

  async function stall() {
    for (let n = random(3); n > 0; n -= 1) await armed('stall_after', 'stall', 1 + random(400));
    return armed('stall_after', 'stall');
  }
  async function powerWithoutPaper() {
    const happened = await armed('paper_out_after', 'paper_out');
    if (!happened) return tell('paper_in').then(() => false);
    await rest(spell());
    await tell('power');
    await rest(spell());
    await tell('paper_in');
    await tell('plug');
    return true;
  }
  async function cutAmid() {
    await armed('power_after', 'power');
    await tell('power');
    await tell('plug');
  }
  /** It confirms what it has not printed, and loses it: nobody can know. */
  async function lie() {
    await tell('liar');
    const happened = await armed('paper_out_after', 'paper_out', 1 + random(200));
    if (happened) await rest(300 + random(500));
    if (happened) await tell('power');
    await tell('full');
    await tell('paper_in');
    if (happened) await rest(spell());
    if (happened) await tell('plug');
    return happened;
  }
}

/** Faults of the machine that runs the server. Each gives what to do before it dies, and after. */
export function serverFaults(x) {
  const random = x.random('server');
  const one = () => printers[random(printers.length)];
  const amid = (arm) => async () => {
    const printer = one();
    return x.alone(printer, async () => {
      const happened = x.bed.happens(printer, ['hang'], TRIGGER_MS);
      await arm(printer);
      const said = await happened;
      if (!said) await x.bed.tell(printer, 'disarm');
      await x.kill();
      await x.bed.tell(printer, 'unhang');
      await x.start();
      return true;
    });
  };
  const list = [
    ['kill -9', async () => (await x.kill(), await rest(random(300)), await x.start(), true)],
    ['kill -9 in a ticket', amid((p) => x.bed.tell(p, 'hang_after', 1 + random(600)))],
    ['kill -9 in a ticket', amid((p) => x.bed.tell(p, 'hang_after', 1 + random(600)))],
    [
      'kill -9 in a picture',
      amid(async (p) => {
        await x.bed.tell(p, 'hang_after', 700 + random(9000));
        await x.testPage(p);
      }),
    ],
    ['stop and start', async () => (await x.end(), await x.start(), true)],
  ];
  return { list, random };
}
