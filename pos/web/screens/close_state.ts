// The result of a close, kept apart: the shift is gone by then, and its screen must stay until the person has read it.
import { signal } from '@preact/signals';
import type { ShiftClosed } from '../types';

export const closed = signal<ShiftClosed | null>(null);
