// The printers of the fault campaign, as seen by its driver: starts printer_bed, sends it commands, hears what happens. See printer_bed.c.
import { spawn } from 'node:child_process';
import { EventEmitter } from 'node:events';
import { createInterface } from 'node:readline';

const preload = 'libumockdev-preload.so.0';

/** printers: {cocina: 'usb:SERIAL', barra: 'tcp:0'}. The bed's files go into `folder`. */
export async function startBed({ binary, folder, printers }) {
  const list = Object.entries(printers).map(([name, how]) => `${name}=${how}`).join(' ');
  const env = { ...process.env, LD_PRELOAD: preload, BED_FOLDER: folder, BED_PRINTERS: list };
  const child = spawn(binary, [], { stdio: ['pipe', 'pipe', 'inherit'], env });
  const heard = new EventEmitter();
  const answers = []; // who waits for the answer to a command, in order
  const ended = new Promise((done) => child.once('exit', (code, signal) => done({ code, signal })));
  ended.then((how) => {
    for (const a of answers.splice(0)) a.fail(new Error(`the printers' process ended: ${JSON.stringify(how)}`));
  });
  createInterface({ input: child.stdout }).on('line', (line) => {
    const said = JSON.parse(line);
    if (said.event) heard.emit('event', said);
    else answers.shift().done(said);
  });
  const ready = await new Promise((done, fail) => {
    heard.once('event', done);
    ended.then((how) => fail(new Error(`printer_bed did not start: ${JSON.stringify(how)}`)));
  });
  return {
    ...ready,
    /** What the server's environment needs so that its libusb sees the bed. */
    env: { LD_PRELOAD: preload, UMOCKDEV_DIR: ready.root },
    heard,
    /** Does it, and answers the printer's state afterwards. */
    async tell(printer, verb, n = '') {
      const answer = await new Promise((done, fail) => {
        answers.push({ done, fail });
        child.stdin.write(`${printer} ${verb} ${n}\n`);
      });
      if (!answer.known) throw new Error(`the bed does not know "${printer} ${verb}"`);
      return answer;
    },
    /** The next such event of that printer within `ms`, or null. */
    happens(printer, event, ms) {
      return new Promise((done) => {
        const look = (said) => said.printer === printer && event.includes(said.event) && finish(said);
        const timer = setTimeout(() => finish(null), ms);
        const finish = (what) => {
          clearTimeout(timer);
          heard.off('event', look);
          done(what);
        };
        heard.on('event', look);
      });
    },
    async stop() {
      child.stdin.end();
      return ended;
    },
  };
}
