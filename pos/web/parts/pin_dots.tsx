// How many digits of a PIN are in, never which.

export function PinDots({ length }: { length: number }) {
  return (
    <div class="pin-dots" role="img" aria-label={String(length)}>
      {Array.from({ length: 8 }, (_, i) => (
        <i key={i} class={i < length ? 'full' : i < 4 ? '' : 'more'} />
      ))}
    </div>
  );
}
