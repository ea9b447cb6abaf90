// Nobody has touched a key, the mouse or the scanner for a while.

/** How often it is looked, in ms: a lock may be so much late. */
const LOOK_MS = 5000;
const TOUCHES = ['keydown', 'pointerdown', 'wheel'] as const;

/** Calls `act` once nothing was touched for so long; the answer stops it. 0 is never. */
export function watchIdle(afterMs: () => number, act: () => void): () => void {
  let touchedMs = Date.now();
  const touch = () => (touchedMs = Date.now());
  const timer = setInterval(() => {
    const wait = afterMs();
    if (wait === 0 || Date.now() - touchedMs < wait) return;
    touch();
    act();
  }, LOOK_MS);
  for (const name of TOUCHES) window.addEventListener(name, touch, true);
  return () => {
    clearInterval(timer);
    for (const name of TOUCHES) window.removeEventListener(name, touch, true);
  };
}
