// Asking again when the core says `changed`: never twice at once, never faster than the eye.

/** Between two rounds of asking, in ms: five pictures a second are enough for a progress bar. */
export const ROUND_MS_MIN = 200;

/**
 * Makes a trigger for `run` that may be pulled as often as one likes. The first pull runs at once;
 * pulls while it runs or rests make exactly one more round afterwards.
 */
export function coalesce(run: () => Promise<void>, restMs: number = ROUND_MS_MIN): () => void {
  let busy = false;
  let again = false;
  const round = async () => {
    busy = true;
    again = false;
    await run().catch(() => undefined);
    setTimeout(() => {
      busy = false;
      if (again) void round();
    }, restMs);
  };
  return () => {
    if (busy) again = true;
    else void round();
  };
}

/** Runs `act` once nothing has happened for `restMs`; each call starts the wait anew. */
export function settle(act: () => void, restMs: number | (() => number)): () => void {
  let timer: ReturnType<typeof setTimeout> | undefined;
  return () => {
    clearTimeout(timer);
    timer = setTimeout(act, typeof restMs === 'number' ? restMs : restMs());
  };
}
