// The numbers that DIAN authorised run out or expire, or none is left: said where the shift is opened and looked after, and after a payment
// that used one of the last. Nothing while all is well.
import { signal } from '@preact/signals';
import { useEffect } from 'preact/hooks';
import { get } from '../api';
import { explain, t } from '../i18n/index';
import { report } from '../state/notice';
import { may } from '../state/session';
import type { Numbering } from '../types';
import { Icon } from './icon';

const numbering = signal<Numbering | null>(null);

function words(now: Numbering): string | null {
  if (now.refusal) return explain(now.refusal, '', 409);
  if (now.warning === 'few_numbers') return t.value.numbering.few_numbers(now.remaining);
  if (now.warning === 'expires_soon') return t.value.numbering.expires_soon(now.days_left ?? 0);
  return null;
}

export function NumberingNotice() {
  useEffect(() => {
    if (!may('shift')) return;
    get<Numbering>('/numbering')
      .then((now) => {
        numbering.value = now;
      })
      .catch(report);
  }, []);
  const text = numbering.value && words(numbering.value);
  if (!text) return null;
  return (
    <p class="numbering" role="status" data-testid="numbering">
      <Icon name="alert" />
      <span>{text}</span>
    </p>
  );
}
