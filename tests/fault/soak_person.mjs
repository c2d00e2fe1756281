// The person of the fault campaign: stands at the printers and answers for tickets in doubt by looking at the paper, as anybody would.
//
//  - In doubt and whole on paper: "it came out". Not there, and the printer has nothing more to say: "it did not", which prints it again with its mark.
//    While the printer is in trouble a patient person waits; now and then one does not.
//  - After a printer that cannot confirm anything lost its power, the tickets it had been given before that are looked for, and those that are not there
//    are printed again: nobody else can know. Of a printer that can confirm, nothing is looked for: that is the till's to know.
import { randomUUID } from 'node:crypto';
import { heading, readRoll } from './paper.mjs';
import { printers } from './soak_site.mjs';

const sameMarks = (job, p) => (p.marks.duplicate ?? 0) > 0 === job.marks.includes('posible_duplicado') && Boolean(p.marks.copy) === job.marks.includes('copia');

export function person({ folder, bed, call, random }) {
  const counts = { 'it came out': 0, 'it did not': 0, impatient: 0, 'missed after a power cut': 0 };
  const headings = new Map(); // job → what its ticket is known by
  const again = new Set();
  const mute = new Map(); // printer → when it last lost its power while it could not confirm
  bed.heard.on('event', (e) => {
    if (e.event === 'power' && (e.answers === 'clone' || e.answers === 'silent')) mute.set(e.printer, Date.now());
  });

  async function headingOf(job) {
    if (!headings.has(job.id)) {
      const { body } = await call('GET', `/print-jobs/${job.id}/text`);
      headings.set(job.id, heading(String(body).split('\n').map((l) => l.replace(/[▓]/g, ' ').trim())));
    }
    return headings.get(job.id);
  }
  const isBusy = (state) => !state.plugged || !state.paper || state.cover || state.hang || state.held > 0;

  async function answer(job, printings, state) {
    const { key, marks } = await headingOf(job);
    const there = printings.some((p) => p.cut && p.key === key && sameMarks(job, p) && (p.marks.duplicate ?? 0) === (marks.duplicate ?? 0));
    const impatient = !there && isBusy(state);
    if (impatient && random(12) !== 0) return;
    const { status } = await call('POST', `/print-jobs/${job.id}/resolve`, { printed: there }, randomUUID());
    if (status !== 200) return; // it cleared up meanwhile
    counts[there ? 'it came out' : 'it did not'] += 1;
    if (impatient) counts.impatient += 1;
  }

  /** What a mute printer was given and did not print. */
  async function missing(jobs, printings, since) {
    for (const job of jobs) {
      if (job.evidence === 'A' || again.has(job.id) || Date.parse(job.printed_at) > since + 1000) continue;
      const { key } = await headingOf(job);
      if (key === null || printings.some((p) => p.cut && p.key === key)) continue;
      const { status } = await call('POST', `/print-jobs/${job.id}/reprint`, {}, randomUUID());
      if (status !== 201) continue;
      again.add(job.id);
      counts['missed after a power cut'] += 1;
    }
  }

  return {
    counts,
    /** Goes round once. Resolves to the number of tickets still in doubt. */
    async look() {
      // First what the till believes, then the printers, then the paper: what comes out meanwhile is seen.
      const doubtful = (await call('GET', '/print-jobs?state=unknown')).body.jobs;
      const said = {};
      for (const p of printers) said[p] = (await call('GET', `/print-jobs?state=printed&printer=${p}`)).body.jobs;
      const states = {};
      for (const p of printers) states[p] = await bed.tell(p, 'state');
      const printings = printers.flatMap((name) => readRoll(folder, name));
      for (const job of doubtful) await answer(job, printings, states[job.printer]);
      for (const p of printers) {
        if (!mute.has(p) || isBusy(states[p])) continue;
        await missing(said[p], printings, mute.get(p));
        mute.delete(p);
      }
      return doubtful.length;
    },
  };
}
