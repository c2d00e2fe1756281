// Splitting by dish: one chooses a check and touches what is theirs, one unit with each touch; what several share is shared in equal parts.
import { useEffect, useState } from 'preact/hooks';
import { tb } from '../i18n/bill';
import { dishParts, type Pick } from '../state/checks';
import { money } from '../state/format';
import type { Check } from '../types';
import { Button } from './button';
import { Icon } from './icon';
import { Sheet } from './sheet';
import type { Plan, PlanProps } from './split_sheet';

const CHECKS_MAX = 8;
/** So many stay in sight while the dishes scroll under them; more would leave no room for dishes. */
const STAY_MAX = 4;

/** Of a line: how many units each check has, or which checks share it whole. */
type Given = { units: number[] } | { among: number[] };
type Deal = Record<number, Given>;
type Share = Check['lines'][number];

const unitsAt = (given: Given | undefined, i: number): number => (given && 'units' in given ? (given.units[i] ?? 0) : 0);
const unitsGiven = (given: Given | undefined): number =>
  given && 'units' in given ? given.units.reduce((sum, units) => sum + (units ?? 0), 0) : 0;
const among = (given: Given | undefined): number[] => (given && 'among' in given ? given.among : []);

/** One unit more for check `at`: one that is nobody's, or another's; when it has all, all come back. A share of a dish goes whole. */
function touch(share: Share, given: Given | undefined, at: number): Given {
  if (share.quantity === 0) return among(given).includes(at) ? { units: [] } : { among: [at] };
  const units = Array.from({ length: CHECKS_MAX }, (_, i) => unitsAt(given, i));
  if (units[at] === share.quantity) return { units: [] };
  if (unitsGiven({ units }) === share.quantity) {
    const other = units.findIndex((count, i) => i !== at && count > 0);
    units[other]! -= 1;
  }
  units[at]! += 1;
  return { units };
}

function picksOf(share: Share, given: Given | undefined): Pick[] {
  const shared = among(given);
  if (shared.length) return shared.map((i) => ({ line: share.line, quantity: 1, of: shared.length, part: i + 1 }));
  return Array.from({ length: CHECKS_MAX }, (_, i) => ({ line: share.line, quantity: unitsAt(given, i), part: i + 1 })).filter(
    (pick) => pick.quantity > 0,
  );
}

/** The checks that have something are numbered anew, so that none of them is empty. */
function planOf(check: Check, deal: Deal, checks: number): { plan: Plan; dues: number[]; left: number } {
  const tr = tb.value.split;
  const picks = check.lines.flatMap((share) => picksOf(share, deal[share.line]));
  const filled = Array.from({ length: checks }, (_, i) => i + 1).filter((part) => picks.some((pick) => pick.part === part));
  const lines = picks.map((pick) => ({ ...pick, part: filled.indexOf(pick.part) + 1 })).sort((a, b) => a.part - b.part);
  const made = dishParts(check, lines, filled.length);
  const rest = made[made.length - 1]!;
  const parts = made.filter((part) => part !== rest).map((part, i) => ({ name: tr.check_n(i + 1), due: part.due }));
  const dues = Array.from({ length: checks }, (_, i) => made[filled.indexOf(i + 1)]?.due ?? 0);
  return {
    plan: {
      request: lines.length ? { check: check.id, lines } : null,
      parts: rest.empty ? parts : [...parts, { name: tr.rest, due: rest.due }],
    },
    dues: dues.map((due, i) => (filled.includes(i + 1) ? due : 0)),
    left: rest.empty ? 0 : rest.due,
  };
}

export function SplitDishes({ order, check, onPlan }: PlanProps) {
  const tr = tb.value.split;
  const [checks, setChecks] = useState(2);
  const [active, setActive] = useState(0);
  const [deal, setDeal] = useState<Deal>({});
  const [sharing, setSharing] = useState<Share | null>(null);
  const { plan, dues, left } = planOf(check, deal, checks);
  useEffect(() => onPlan(plan), [JSON.stringify(plan)]);
  const name = (share: Share): string => order.lines.find((line) => line.id === share.line)?.name ?? '';
  const all = Array.from({ length: checks }, (_, i) => i);
  const give = (share: Share, given: Given): void => setDeal({ ...deal, [share.line]: given });
  const shareOut = (share: Share): void => {
    if (checks > 2) setSharing(share);
    else give(share, among(deal[share.line]).length > 1 ? { units: [] } : { among: all });
  };
  return (
    <>
      <p class="sheet-hint">{tr.dishes_hint}</p>
      <div class={`parts ${checks <= STAY_MAX ? 'parts-stay' : ''}`} data-testid="parts">
        {all.map((i) => (
          <Button key={i} className="part" selected={i === active} onPress={() => setActive(i)} testId={`part-${i + 1}`}>
            <span>{tr.check_n(i + 1)}</span>
            <strong>{money(dues[i]!)}</strong>
          </Button>
        ))}
        {checks < CHECKS_MAX && (
          <Button
            className="part"
            onPress={() => {
              setActive(checks);
              setChecks(checks + 1);
            }}
            testId="part-add"
          >
            <Icon name="plus" />
            <span>{tr.add_check}</span>
          </Button>
        )}
        <div class={`part part-left ${left ? '' : 'part-none'}`} data-testid="part-left">
          <span>{tr.unassigned}</span>
          <strong>{money(left)}</strong>
        </div>
      </div>
      <div class="deal">
        {check.lines.map((share) => (
          <div key={share.line} class="deal-row">
            <Button look="row" onPress={() => give(share, touch(share, deal[share.line], active))} testId={`deal-${share.line}`}>
              <span class="line-quantity">{share.quantity || '·'}</span>
              <span class="line-words">
                <strong>{name(share)}</strong>
                <Where share={share} given={deal[share.line]} />
              </span>
              <span class="line-amount">{money(share.net)}</span>
            </Button>
            <Button selected={among(deal[share.line]).length > 1} onPress={() => shareOut(share)} testId={`share-${share.line}`}>
              {tr.share}
            </Button>
          </div>
        ))}
      </div>
      {sharing && (
        <Sharers
          title={tr.share_title(name(sharing))}
          checks={all}
          now={among(deal[sharing.line])}
          onDone={(list) => {
            give(sharing, list.length ? { among: list } : { units: [] });
            setSharing(null);
          }}
          onClose={() => setSharing(null)}
        />
      )}
    </>
  );
}

/** Where the units of a line are, in words. */
function Where({ share, given }: { share: Share; given: Given | undefined }) {
  const tr = tb.value.split;
  const shared = among(given);
  if (shared.length > 1) return <span>{tr.shared(shared.map((i) => String(i + 1)).join(' · '))}</span>;
  if (shared.length === 1) return <span>{tr.in_check(shared[0]! + 1, 1)}</span>;
  const left = share.quantity - unitsGiven(given);
  const words = Array.from({ length: CHECKS_MAX }, (_, i) => i)
    .filter((i) => unitsAt(given, i) > 0)
    .map((i) => tr.in_check(i + 1, unitsAt(given, i)));
  if (share.quantity === 0) return <span>{tr.piece}</span>;
  if (left > 0 && (words.length > 0 || share.quantity > 1)) words.push(tr.left(left));
  return words.length > 0 ? <span>{words.join(', ')}</span> : null;
}

function Sharers({
  title,
  checks,
  now,
  onDone,
  onClose,
}: {
  title: string;
  checks: number[];
  now: number[];
  onDone: (list: number[]) => void;
  onClose: () => void;
}) {
  const tr = tb.value;
  const [list, setList] = useState(now.length ? now : checks);
  const toggle = (i: number): void =>
    setList(list.includes(i) ? list.filter((other) => other !== i) : [...list, i].sort((a, b) => a - b));
  return (
    <Sheet
      title={title}
      onClose={onClose}
      testId="sharers"
      actions={
        <Button look="primary" onPress={() => onDone(list)} testId="sharers-done">
          {tr.split.share}
        </Button>
      }
    >
      <div class="choices">
        {checks.map((i) => (
          <Button key={i} selected={list.includes(i)} onPress={() => toggle(i)} testId={`sharer-${i + 1}`}>
            {tr.split.check_n(i + 1)}
          </Button>
        ))}
      </div>
    </Sheet>
  );
}
