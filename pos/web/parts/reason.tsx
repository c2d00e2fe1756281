// Why: a reason from a list, or one's own words, written in a sheet of their own.
import { useState } from 'preact/hooks';
import { t } from '../i18n/index';
import { Button } from './button';
import { Field, Keyboard } from './keyboard';
import { Sheet } from './sheet';

const REASON_MAX = 100;

interface Props {
  reasons: readonly string[];
  other: string;
  value: string;
  onChange: (reason: string) => void;
}

export function Reason({ reasons, other, value, onChange }: Props) {
  const [writing, setWriting] = useState(false);
  const own = value !== '' && !reasons.includes(value);
  return (
    <div class="choices">
      {reasons.map((text, i) => (
        <Button key={text} selected={value === text} onPress={() => onChange(text)} testId={`reason-${i}`}>
          {text}
        </Button>
      ))}
      <Button className="reason-own" selected={own} onPress={() => setWriting(true)} testId="reason-other">
        {own ? value : other}
      </Button>
      {writing && (
        <Words
          title={other}
          first={own ? value : ''}
          onDone={(text) => {
            onChange(text);
            setWriting(false);
          }}
          onClose={() => setWriting(false)}
        />
      )}
    </div>
  );
}

interface WordsProps {
  title: string;
  first: string;
  onDone: (text: string) => void;
  onClose: () => void;
}

function Words({ title, first, onDone, onClose }: WordsProps) {
  const [text, setText] = useState(first);
  const done = (): void => {
    if (text.trim()) onDone(text.trim());
  };
  return (
    <Sheet
      title={title}
      onClose={onClose}
      closeWord={t.value.cancel}
      size="wide"
      testId="reason-sheet"
      actions={
        <Button look="primary" disabled={!text.trim()} onPress={done} testId="reason-done">
          {t.value.done}
        </Button>
      }
    >
      <Field label={title} value={text} />
      <Keyboard value={text} onChange={setText} onEnter={done} max={REASON_MAX} />
    </Sheet>
  );
}
