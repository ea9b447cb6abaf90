// A picture asked of the core and shown by its address, which is let go when it is shown no more.

/** Asks for a PNG; gives what ends it, before it came or after. */
export function picture(
  asked: Promise<ArrayBuffer>,
  show: (url: string) => void,
  fail: (wrong: unknown) => void,
): () => void {
  let gone = false;
  let mine: string | undefined;
  asked
    .then((bytes) => {
      if (gone) return;
      mine = URL.createObjectURL(new Blob([bytes], { type: 'image/png' }));
      show(mine);
    })
    .catch((wrong: unknown) => {
      if (!gone) fail(wrong);
    });
  return () => {
    gone = true;
    // The next picture is put in place before the old one is let go.
    if (mine) setTimeout(() => URL.revokeObjectURL(mine ?? ''), 1000);
  };
}
