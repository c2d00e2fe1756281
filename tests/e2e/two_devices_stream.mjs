// A screen's ear: the event stream (SSE) of the server, with the moment at which each message came.
import { differences } from './day_kit.mjs';

/** Opens the stream with the session of `api`; `last` is the id of the last event seen. */
export async function openStream(api, last) {
  const cut = new AbortController();
  const headers = { authorization: `Bearer ${api.token}`, ...(last ? { 'last-event-id': last } : {}) };
  const reply = await fetch(`${api.url}/api/v1/events`, { headers, signal: cut.signal });
  if (reply.status !== 200) throw new Error(`no event stream: ${reply.status}`);
  const messages = [];
  const read = async () => {
    let text = '';
    const decoder = new TextDecoder();
    for await (const chunk of reply.body) {
      text += decoder.decode(chunk, { stream: true });
      for (let end; (end = text.indexOf('\n\n')) >= 0; text = text.slice(end + 2)) {
        const fields = {};
        for (const row of text.slice(0, end).split('\n')) {
          const colon = row.indexOf(':');
          if (colon > 0) fields[row.slice(0, colon)] = row.slice(colon + 1).trimStart();
        }
        if (fields.event) messages.push({ id: fields.id, event: fields.event, data: JSON.parse(fields.data ?? '{}'), at: Date.now() });
      }
    }
  };
  read().catch(() => {}); // it ends when it is cut
  const pause = () => new Promise((done) => setTimeout(done, 5));
  return {
    messages,
    /** The first message of that kind, from the given place on, whose data holds `data`; undefined when none came within 5 s. */
    async next(event, data = {}, from = 0) {
      for (const until = Date.now() + 5000; Date.now() < until; await pause()) {
        const found = messages.slice(from).find((m) => m.event === event && differences(m.data, data).length === 0);
        if (found) return found;
      }
      return undefined;
    },
    /** Waits until nothing has come for a while. */
    async quiet() {
      for (let before = -1; before !== messages.length; ) {
        before = messages.length;
        await new Promise((done) => setTimeout(done, 300));
      }
    },
    close: () => cut.abort(),
  };
}
