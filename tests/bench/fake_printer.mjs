// A network printer for the benches: answers as an Epson does and tells when the first and the last byte of a ticket came in.
import { createServer } from 'node:net';

const process_id = Buffer.from([0x1d, 0x28, 0x48, 0x06, 0x00, 0x30, 0x30]);
const initialise = Buffer.from([0x1b, 0x40]); // every ticket begins with ESC @ and ends with the request to confirm it

/** stuck: takes connections and never reads a byte. */
export async function startFakePrinter({ stuck = false } = {}) {
  const sockets = new Set();
  let began = 0;
  let waiting = [];
  const answer = (socket, bytes) => {
    const now = performance.now();
    if (!began && bytes.includes(initialise)) began = now;
    for (let i = 0; i < bytes.length; i += 1) {
      if (bytes[i] === 0x10 && bytes[i + 1] === 0x04) socket.write(Buffer.from([0x12])); // DLE EOT n: all is well
      else if (bytes[i] === 0x1d && bytes[i + 1] === 0x72) socket.write(Buffer.from([0x00])); // GS r
    }
    for (let at = bytes.indexOf(process_id); at >= 0; at = bytes.indexOf(process_id, at + 1)) {
      socket.write(Buffer.from([0x37, 0x22, ...bytes.subarray(at + 7, at + 11), 0x00]));
      if (!began) continue; // the question whether it answers at all
      const ticket = { first: began, whole: now };
      began = 0;
      waiting.splice(0).forEach((done) => done(ticket));
    }
  };
  const server = createServer({ noDelay: true, pauseOnConnect: stuck }, (socket) => {
    sockets.add(socket);
    socket.on('error', () => {});
    socket.on('close', () => sockets.delete(socket));
    let rest = Buffer.alloc(0);
    if (!stuck) {
      socket.on('data', (bytes) => {
        const all = Buffer.concat([rest, bytes]);
        const cut = all.lastIndexOf(process_id);
        // A request that came in two pieces is looked at once it is whole.
        const whole = cut >= 0 && cut + 11 > all.length ? cut : all.length;
        rest = all.subarray(whole);
        answer(socket, all.subarray(0, whole));
      });
    }
  });
  await new Promise((done) => server.listen(0, '127.0.0.1', done));
  return {
    port: server.address().port,
    /** The next whole ticket: { first, whole } on performance's clock. */
    ticket: () => new Promise((done) => waiting.push(done)),
    stop: () => {
      sockets.forEach((s) => s.destroy());
      return new Promise((done) => server.close(done));
    },
  };
}
