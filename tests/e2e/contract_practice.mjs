// The practice till under its own path: its operations, what it refuses, and the real till that sees nothing of it.
import { call, check } from './contract_document.mjs';
import { Api, pins } from './support_server.mjs';

export async function walkPractice(server, real, order) {
  const before = (await real.get('/orders?state=open')).body.orders.length;
  const base = `${server.url}/practica`;
  const page = await call(new Api(base), 'getSignIn');
  check(page.practice === 'here' && page.people.some((p) => p.name === 'caja'), 'getSignIn in practice: the same people');
  const enter = async (name) => {
    const person = page.people.find((p) => p.name === name);
    const session = await call(new Api(base), 'signIn', { body: { staff: person.id, pin: pins[name] } });
    return new Api(base, session.token, person);
  };
  const waiter = await enter('mesa');
  check((await call(waiter, 'getSite')).practice === true, 'getSite in practice: says so');
  check((await call(waiter, 'getCurrentShift')).float === 200000, 'signIn in practice: a waiter finds an open shift');
  await call(new Api(base, real.token), 'getSession', { status: 401, code: 'not_signed_in' });
  await call(new Api(server.url, waiter.token), 'getSession', { status: 401, code: 'not_signed_in' });
  const { id } = await call(waiter, 'openOrder', { body: { ...order, send: true } });
  const done = (answer) => answer.tasks.filter((t) => t.done_at).map((t) => t.task);
  check(done(await call(waiter, 'getPractice')).includes('sale'), 'getPractice: what a waiter sent is a sale');
  const boss = await enter('gerencia');
  const all = await call(boss, 'getPractice');
  check(all.people.find((p) => p.name === 'mesa').done.includes('sale'), 'getPractice: a manager sees everybody');
  await call(waiter, 'restartPractice', { body: { staff: boss.person.id }, status: 403, code: 'approval_required' });
  check(done(await call(waiter, 'restartPractice', { body: {} })).length === 0, 'restartPractice: anew');
  await call(boss, 'restartPractice', { body: { staff: 999 }, status: 404, code: 'staff_unknown' });
  await call(waiter, 'resetPractice', { body: {}, status: 403, code: 'not_permitted' });
  await call(boss, 'resetPractice', { body: {} });
  await call(boss, 'getOrder', { params: { id }, status: 404 });
  await call(boss, 'getPractice');
  const administrator = await enter('administración');
  await call(administrator, 'addStaff', { body: { name: 'Eva', role: 'waiter', pin: '7391' }, status: 403, code: 'practice_refused' });
  await call(new Api(base), 'getMetrics', { status: 403, code: 'practice_refused' });
  await call(real, 'getPractice', { status: 404, code: 'practice_only' });
  check((await real.get('/orders?state=open')).body.orders.length === before, 'practice: the real till has no order of it');
}
