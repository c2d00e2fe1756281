// A network printer that answers, takes a ticket, and goes away before it says that it is on paper: nobody knows what came out.
import { createServer } from 'node:net';

/** What an Epson answers to a status request (DLE EOT n) or a process ID (GS ( H, function 48), in the order asked. */
function answersTo(bytes) {
  const answers = [];
  for (let i = 0; i < bytes.length; i += 1) {
    if (bytes[i] === 0x10 && bytes[i + 1] === 0x04) answers.push(0x12);
    if (bytes.subarray(i, i + 7).equals(Buffer.from([0x1d, 0x28, 0x48, 0x06, 0x00, 0x30, 0x30]))) answers.push(0x37, 0x22, ...bytes.subarray(i + 7, i + 11), 0x00);
  }
  return Buffer.from(answers);
}

/** Listens on a free port of this machine: {port, close}. */
export async function startDoubtfulPrinter() {
  const printer = createServer((socket) => {
    socket.on('error', () => {});
    socket.on('data', (bytes) => {
      // Zeros end what broke off before; a ticket is more than a question.
      if (bytes.filter((byte) => byte !== 0).length > 100) socket.destroy();
      else socket.write(answersTo(bytes));
    });
  });
  await new Promise((done) => printer.listen(0, '127.0.0.1', done));
  return { port: printer.address().port, close: () => printer.close() };
}
