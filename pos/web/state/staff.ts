// The people who may sign in, and what an administrator changes of them. A PIN is sent at once or not at all: the outbox never keeps one.
import { signal } from '@preact/signals';
import { call, get, uuid } from '../api';
import type { Role, StaffMember } from '../types';
import { loadSignInPage } from './session';

export const people = signal<StaffMember[] | null>(null);

export async function loadStaff(): Promise<void> {
  people.value = (await get<{ staff: StaffMember[] }>('/staff')).staff;
}
async function told(): Promise<void> {
  await Promise.all([loadStaff(), loadSignInPage()]);
}

export async function addPerson(name: string, role: Role, pin: string): Promise<void> {
  await call('POST', '/staff', { name, role, pin }, uuid());
  await told();
}
export async function changePerson(id: number, change: { name?: string; role?: Role; pin?: string; active?: boolean }): Promise<void> {
  await call('PATCH', `/staff/${id}`, change, uuid());
  await told();
}
