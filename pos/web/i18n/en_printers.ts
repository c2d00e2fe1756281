// English: the printers. For each cause what is the matter and what to do, in steps for a person's first week; and the words of their screen.
import type { Trouble } from '../state/print';
import type { PrinterWords } from './printers';
import { counter } from './plural';
import type { Remedy } from './es_printers';

const count = counter('en');

const waiting_come = 'The waiting tickets come out by themselves.';
const off_and_on = 'Switch the printer off, count to ten, switch it on.';
const elsewhere = 'Meanwhile send the tickets to another printer: below, under “Who prints here”.';

const remedies: Record<Trouble, Remedy> = {
  paper_out: {
    title: 'Out of paper',
    steps: ['Open the cover and take the empty core out.', 'Put a new roll in, with the paper coming over the top.', 'Leave a little paper outside and close the cover until it clicks.'],
    after: waiting_come,
  },
  paper_low: {
    title: 'The paper is low',
    steps: ['Lay a new roll beside the printer.', 'Change it in a quiet moment.'],
    after: 'It goes on printing meanwhile.',
  },
  cover_open: {
    title: 'The cover is open',
    steps: ['Look that the roll lies straight and the paper comes out.', 'Close the cover, pressing on both sides until it clicks.'],
    after: waiting_come,
  },
  cutter: {
    title: 'The cutter is jammed',
    steps: ['Switch the printer off and open the cover.', 'Take the bits of paper out with your fingers. No knives.', 'Close the cover and switch the printer on.'],
    after: `${waiting_come} If it happens again, tell a manager.`,
  },
  hot: {
    title: 'The printer is too hot',
    steps: ['Do not switch it off: let it rest some minutes.', 'If it stands by the grill or the oven, move it away.'],
    after: 'Once it has cooled it goes on by itself.',
  },
  mechanical: {
    title: 'Paper is jammed',
    steps: ['Open the cover and take the crumpled paper out.', 'Set the roll right and close the cover until it clicks.', off_and_on],
    after: waiting_come,
  },
  offline: {
    title: 'The printer says it is not ready',
    steps: ['Look whether it has paper, and open and close the cover.', 'If it has an “Online” button, press it once.', `If nothing changes: ${off_and_on.toLowerCase()}`],
    after: waiting_come,
  },
  no_answer: {
    title: 'The printer stopped answering',
    steps: ['Look that it is on and that no red light is lit.', off_and_on],
    after: `${waiting_come} Those in doubt are asked about on this screen.`,
  },
  unplugged: {
    title: 'The printer is disconnected',
    steps: ['Look that it is on: it should have a light.', 'Check the power cable.', 'Pull the USB cable and put it back, at both ends.'],
    after: waiting_come,
  },
  unreachable: {
    title: 'The printer is not found on the network',
    steps: ['Look that it is on: it should have a light.', 'Check that the network cable is well in, at both ends.', 'Look that the router is on.', 'If all that is right, tell a manager: its address may have changed.'],
    after: waiting_come,
  },
  denied: {
    title: 'The till has no permission to use the printer',
    steps: ['Tell a manager: it is fixed on the computer, not at the printer.', 'On the server, “comanda doctor” says what to do.'],
    after: elsewhere,
  },
  busy: {
    title: 'Another program is using the printer',
    steps: ['Close the other programs that print on the till’s computer.', 'If nothing changes, tell a manager: “comanda doctor” says what to do.'],
    after: elsewhere,
  },
  stalled: {
    title: 'The printer stopped taking data',
    steps: ['Do not switch it off: a ticket is half way through.', 'Look whether it has paper and the cover is well closed.', 'If it has a red light, open and close the cover.'],
    after: 'It goes on by itself where it stopped.',
  },
  feeding: {
    title: 'The feed button is pressed',
    steps: ['Let go of the paper feed button.', 'Look that nothing is pressing on it.'],
    after: waiting_come,
  },
  service: {
    title: 'The printer needs service',
    steps: [off_and_on, 'If the fault comes back, stop using it and tell a manager.'],
    after: elsewhere,
  },
  error: {
    title: 'The printer has a fault',
    steps: ['Open the cover and take out any jammed paper.', 'Close the cover until it clicks.', `If nothing changes: ${off_and_on.toLowerCase()}`],
    after: waiting_come,
  },
  paused: {
    title: 'It is paused',
    steps: ['Ask whoever paused it whether it may go on.', 'Tap “Resume”.'],
    after: waiting_come,
  },
  doubt: {
    title: 'Nobody knows whether a ticket came out',
    steps: ['Look for the ticket at the printer and in the kitchen.', 'Tap “See and say” and compare with the picture.', 'Tap “It did” or “It did not”.'],
    after: 'If it did not, it prints again, marked POSIBLE DUPLICADO.',
  },
  stuck: {
    title: 'It says it is ready and prints nothing',
    steps: ['Look that it has paper and the cover is closed.', 'Tap “Test page”.', `If nothing comes: ${off_and_on.toLowerCase()}`],
    after: waiting_come,
  },
};

export const en: PrinterWords = {
  remedies,
  all_well: 'It is ready. There is nothing to do.',
  what_happened: 'What happened?',
  what_hint: 'Tap what you see at the printer. No ticket is lost: it waits until there is paper.',
  now: 'Now',
  test: 'Test page',
  test_asked: 'The test page was asked for.',
  pause: 'Pause',
  resume: 'Resume',
  paused_by: (who, when) => `Paused by ${who} at ${when}.`,
  console: 'the server',
  paused_told: 'Paused: its tickets wait.',
  resumed_told: 'It goes on printing.',
  waiting: 'Waiting',
  nothing_waits: 'None',
  oldest: 'The oldest',
  doubt: 'In doubt',
  see_doubt: 'See and say',
  last: 'Last printed',
  never: 'None',
  proof: 'How it confirms',
  proofs: {
    A: 'Very well: it says when each ticket is on the paper.',
    B: 'Well: after each ticket it says that it is done and healthy.',
    C: 'Fairly: it takes the ticket and says it is healthy, not whether it came out.',
    D: 'Poorly: it takes the ticket and says nothing. Look whether it came out.',
  },
  proof_unknown: 'Known once it answers.',
  stations: 'Who prints here',
  no_stations: 'No station: receipts and reports only.',
  station_here: 'Prints here',
  station_away: (printer) => `Prints at ${printer}`,
  station_guest: (home) => `Prints here; its own is ${home}`,
  route: 'Change',
  route_home: 'Bring back',
  route_title: (station) => `Where does ${station} print?`,
  route_hint: 'The waiting tickets go along, marked RESPALDO (backup). Tell whoever cooks.',
  routed: (station, printer, n) => `${station} prints at ${printer}${n ? ` · ${count(n, 'ticket went', 'tickets went')} along` : ''}`,
  sent_home: (station, printer) => `${station} prints at ${printer} again`,
};
