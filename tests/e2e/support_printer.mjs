// A network printer of one's own for a test: takes tickets over TCP, answers as an Epson does, and can run out of paper, open its cover or lose
// its power in the middle of a ticket. What came out on its paper is kept, ticket by ticket.
import { createServer } from 'node:net';

const PROCESS_ID = Buffer.from([0x1d, 0x28, 0x48, 0x06, 0x00, 0x30, 0x30]);
const ID_SIZE = PROCESS_ID.length + 4;

/** DLE EOT n: offline; cover and paper stop; errors; the paper sensors. */
function statusByte(n, { paper, low, cover }) {
  const wrong = !paper || cover;
  if (n === 1) return 0x12 | (wrong ? 0x08 : 0);
  if (n === 2) return 0x12 | (cover ? 0x04 : 0) | (paper ? 0 : 0x20);
  if (n === 4) return 0x12 | (paper && !low ? 0 : 0x0c) | (paper ? 0 : 0x60);
  return 0x12;
}

/** Listens on a free port of this machine. mute: a clone that takes everything and answers nothing. */
export async function startPrinter({ mute = false } = {}) {
  const state = { paper: true, low: false, cover: false };
  const sockets = new Set();
  const tickets = [];
  let page = [];
  let cutPower = false;
  let owed = null; // the newest process ID, to be acknowledged once it is on paper
  const prints = () => state.paper && !state.cover;

  const cut = () => {
    if (page.length) tickets.push(Buffer.from(page).toString('latin1'));
    page = [];
  };
  const acknowledge = (socket) => {
    if (!owed || !prints()) return;
    cut();
    socket.write(Buffer.from([0x37, 0x22, ...owed, 0x00]));
    owed = null;
  };
  const take = (socket, bytes) => {
    if (mute) {
      page.push(...bytes);
      if (bytes.includes(Buffer.from([0x1d, 0x56]))) cut(); // GS V
      return;
    }
    for (let i = 0; i < bytes.length; i += 1) {
      if (bytes[i] === 0x10 && bytes[i + 1] === 0x04 && bytes[i + 2] >= 1 && bytes[i + 2] <= 4) {
        socket.write(Buffer.from([statusByte(bytes[i + 2], state)]));
        i += 2;
      } else if (bytes.subarray(i, i + PROCESS_ID.length).equals(PROCESS_ID)) {
        owed = [...bytes.subarray(i + PROCESS_ID.length, i + ID_SIZE)];
        i += ID_SIZE - 1;
        acknowledge(socket);
      } else if (bytes[i] === 0x1d && bytes[i + 1] === 0x72) {
        if (prints()) socket.write(Buffer.from([0x00])); // GS r: in its turn, and not without paper
        i += 2;
      } else page.push(bytes[i]);
    }
  };
  const server = createServer((socket) => {
    sockets.add(socket);
    socket.on('error', () => {});
    socket.on('close', () => sockets.delete(socket));
    socket.on('data', (bytes) => {
      if (cutPower && bytes.length > 100) {
        cutPower = false;
        socket.destroy(); // it took the ticket and forgot it
      } else take(socket, bytes);
    });
  });
  await new Promise((done) => server.listen(0, '127.0.0.1', done));
  const change = (next) => {
    Object.assign(state, next);
    for (const socket of sockets) acknowledge(socket);
  };
  return {
    port: server.address().port,
    /** paper, low, cover: any of them. */
    change,
    /** At the next ticket the power goes: nobody knows what came out. */
    losePower: () => {
      cutPower = true;
    },
    /** What is on its paper. */
    paper: () => tickets,
    close: () => {
      for (const socket of sockets) socket.destroy();
      server.close();
    },
  };
}
