// Icons, drawn on a 24-grid with one stroke; always beside a word.

const paths = {
  alert: 'M12 3 2.5 20h19zM12 9.5v5M12 17.2v.3',
  back: 'M19 12H5M11 6l-6 6 6 6',
  bill: 'M3 6.5h18v11H3zM12 9.2a2.8 2.8 0 1 0 0 5.6 2.8 2.8 0 0 0 0-5.6M6 9.5v5M18 9.5v5',
  card: 'M3 6h18v12H3zM3 10h18M6.5 14.5h4',
  chart: 'M4 4v16h16M8.5 16v-5M13 16V7.5M17.5 16v-3',
  check: 'm4.5 12.5 5 5 10-11',
  clock: 'M12 3.5a8.5 8.5 0 1 0 0 17 8.5 8.5 0 0 0 0-17M12 7.5V12l3 2',
  close: 'm6 6 12 12M18 6 6 18',
  cup: 'M5 8h11v6a5 5 0 0 1-5 5h-1a5 5 0 0 1-5-5zM16 9.5h2a2 2 0 0 1 0 5h-2M8 3.5v1.5M12.5 3.5v1.5',
  bag: 'M6 8h12l1 12H5zM9 10V7a3 3 0 0 1 6 0v3',
  down: 'm6 9.5 6 6 6-6',
  erase: 'M9 5.5h11.5v13H9L3 12zM11.8 9.3l5.4 5.4M17.2 9.3l-5.4 5.4',
  gift: 'M4 11h16v9.5H4zM3 7.5h18V11H3zM12 7.5v13M12 7.5C9 7.5 7.5 6.3 7.5 5s2.8-2 4.5 2.5C13.7 3 16.5 3.7 16.5 5S15 7.5 12 7.5',
  learn: 'M2.5 9 12 4.5 21.5 9 12 13.5zM6.5 11v5c3 2.5 8 2.5 11 0v-5M21.5 9v6',
  lock: 'M6 11h12v9.5H6zM8.5 11V8a3.5 3.5 0 0 1 7 0v3M12 14.5v2.5',
  merge: 'M5 4v4a4 4 0 0 0 4 4h3M19 4v4a4 4 0 0 1-4 4h-3M12 12v8M8.5 16.5 12 20l3.5-3.5',
  menu: 'M4 7h16M4 12h16M4 17h16',
  minus: 'M5 12h14',
  next: 'M5 12h14M13 6l6 6-6 6',
  note: 'M4 20l1-4.5L16.5 4 20 7.5 8.5 19zM14 6.5 17.5 10',
  options: 'M4 7h9M17 7h3M4 17h3M11 17h9M15 4.5v5M9 14.5v5',
  paper: 'M6 3.5h12v17l-2.4-1.6-2.4 1.6-2.4-1.6-2.4 1.6L6 20.5zM9 8.5h6M9 12.5h6',
  pause: 'M8.5 5v14M15.5 5v14',
  people:
    'M9 11.5a3.4 3.4 0 1 0 0-6.8 3.4 3.4 0 0 0 0 6.8M2.8 20c.5-3.7 3-5.6 6.2-5.6s5.7 1.9 6.2 5.6M16 5.2a3.2 3.2 0 0 1 0 6M17.5 14.8c2.2.6 3.4 2.4 3.7 5.2',
  percent: 'M19 5 5 19M7.5 5.2a2.3 2.3 0 1 0 0 4.6 2.3 2.3 0 0 0 0-4.6M16.5 14.2a2.3 2.3 0 1 0 0 4.6 2.3 2.3 0 0 0 0-4.6',
  phone: 'M7.5 2.8h9v18.4h-9zM11 18.3h2',
  plus: 'M12 5v14M5 12h14',
  printer: 'M7 9V4h10v5M7 17H4V9h16v8h-3M7 14h10v6.5H7z',
  search: 'M10.5 4a6.5 6.5 0 1 0 0 13 6.5 6.5 0 0 0 0-13M15.3 15.3 20.5 20.5',
  send: 'M4 12 20.5 4.5 16 20l-4.5-6zM11.5 14 20.5 4.5',
  signal:
    'M3 3l18 18M5 12.5a10 10 0 0 1 3.5-2.3M2 9a14.5 14.5 0 0 1 4-2.7M19 12.5a10 10 0 0 0-5-2.8M22 9A14.5 14.5 0 0 0 10.5 5.1M8.5 16a5 5 0 0 1 6 0M12 19.6v.2',
  split: 'M12 20v-8M12 12h-3a4 4 0 0 1-4-4V4M12 12h3a4 4 0 0 0 4-4V4M2.5 6.5 5 4l2.5 2.5M16.5 6.5 19 4l2.5 2.5',
  trash: 'M4.5 6.5h15M9 6.5V4h6v2.5M6.5 6.5l1 14h9l1-14M10 10.5v6M14 10.5v6',
  undo: 'M8 5 4 9l4 4M4 9h10a6 6 0 0 1 0 12H9',
  up: 'm6 14.5 6-6 6 6',
  wait: 'M7 3h10M7 21h10M8 3c0 5 8 5 8 9s-8 4-8 9M16 3c0 5-8 5-8 9s8 4 8 9',
};
export type IconName = keyof typeof paths;

export function Icon({ name }: { name: IconName }) {
  return (
    <svg class="icon" viewBox="0 0 24 24" aria-hidden="true" focusable="false">
      <path d={paths[name]} fill="none" stroke="currentColor" stroke-width="2" stroke-linecap="round" stroke-linejoin="round" />
    </svg>
  );
}
