// The guided tasks of practice: how far this person is, and everybody for a manager. Fetched again with every change, so that a task is
// ticked off as soon as it is done.
import { signal } from '@preact/signals';
import { get } from '../api';
import { command } from '../outbox';
import type { Role } from '../types';

export type Task = 'sale' | 'modifier' | 'undo' | 'split' | 'close';
export interface TaskState {
  task: Task;
  possible: boolean;
  done_at: string | null;
}
export interface Learner {
  id: number;
  name: string;
  role: Role;
  done: Task[];
  open: Task[];
}
export interface PracticeState {
  since: string | null;
  tasks: TaskState[];
  people: Learner[];
}

export const practice = signal<PracticeState | null>(null);
/** Done since the last look, until it has been told. */
export const justDone = signal<Task | null>(null);

function take(next: PracticeState): void {
  const before = practice.value;
  practice.value = next;
  const fresh = before && next.tasks.find(({ task, done_at }) => done_at && !before.tasks.find((one) => one.task === task)?.done_at);
  if (fresh) justDone.value = fresh.task;
}

export async function loadPractice(): Promise<void> {
  take(await get<PracticeState>('/practice'));
}
/** One's own tasks, or those of another for a manager. */
export async function restart(staff?: number): Promise<void> {
  practice.value = await command<PracticeState>('POST', '/practice/restart', staff ? { staff } : {});
}
export async function resetAll(): Promise<void> {
  practice.value = await command<PracticeState>('POST', '/practice/reset', {});
}
