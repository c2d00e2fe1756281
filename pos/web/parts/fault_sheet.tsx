// What went wrong and what to do, in one sheet that cannot be missed.
import { t } from '../i18n/index';
import { fault } from '../state/notice';
import { Button } from './button';
import { Icon } from './icon';
import { Sheet } from './sheet';

export function FaultSheet() {
  const text = fault.value;
  if (!text) return null;
  const shut = (): void => {
    fault.value = null;
  };
  return (
    <Sheet
      title={t.value.errors.title}
      testId="fault"
      actions={
        <Button look="primary" onPress={shut} testId="fault-ok">
          {t.value.understood}
        </Button>
      }
    >
      <p class="fault-text" role="alert">
        <Icon name="alert" />
        <span>{text}</span>
      </p>
    </Sheet>
  );
}
