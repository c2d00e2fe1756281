// Bars drawn as SVG: sizes are attributes, which a strict content security policy allows. The tables beside them say the same in figures.
import { t } from '../i18n/index';

interface Hour {
  hour: number;
  net: number;
}

const WIDTH = 960;
const HEIGHT = 190;
const FEWEST_HOURS = 10;

/** Sales by hour; behind each bar, in grey, the same hour of the same weekday a week before. */
export function HourBars({ rows, before, label }: { rows: Hour[]; before: Hour[]; label: string }) {
  const earlier = new Map(before.map((row) => [row.hour, row.net]));
  const used = rows.filter((row) => row.net > 0 || (earlier.get(row.hour) ?? 0) > 0).map((row) => row.hour);
  const to = Math.min(23, Math.max(Math.max(...used) + 1, Math.min(...used) + FEWEST_HOURS - 2));
  const from = Math.max(0, Math.min(Math.min(...used) - 1, to - FEWEST_HOURS + 1));
  const shown = rows.filter((row) => row.hour >= from && row.hour <= to);
  const most = Math.max(1, ...shown.map((row) => Math.max(row.net, earlier.get(row.hour) ?? 0)));
  const step = WIDTH / shown.length;
  return (
    <figure>
      <svg class="hour-bars" viewBox={`0 0 ${WIDTH} ${HEIGHT + 40}`} role="img" aria-label={label}>
        {shown.map((row, i) => {
          const then = ((earlier.get(row.hour) ?? 0) / most) * (HEIGHT - 8);
          const now = (row.net / most) * (HEIGHT - 8);
          return (
            <g key={row.hour}>
              <rect x={i * step + step * 0.1} width={step * 0.8} y={HEIGHT - then} height={then} class="bar-before" rx="3" />
              <rect x={i * step + step * 0.24} width={step * 0.52} y={HEIGHT - now} height={now} class="bar-now" rx="3" />
              <text x={i * step + step / 2} y={HEIGHT + 32} text-anchor="middle">
                {row.hour}
              </text>
            </g>
          );
        })}
        <line x1="0" x2={WIDTH} y1={HEIGHT} y2={HEIGHT} class="axis" />
      </svg>
      <figcaption>
        <span>
          <i class="swatch now" aria-hidden="true" />
          {t.value.daily.this_day}
        </span>
        <span>
          <i class="swatch before" aria-hidden="true" />
          {t.value.daily.week_before}
        </span>
      </figcaption>
    </figure>
  );
}

export function ShareBar({ share }: { share: number }) {
  return (
    <svg class="share-bar" viewBox="0 0 100 4" preserveAspectRatio="none" aria-hidden="true">
      <rect width="100" height="4" class="share-all" />
      <rect width={Math.max(1, share * 100)} height="4" class="share-now" />
    </svg>
  );
}
