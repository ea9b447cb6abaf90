// Why a label is printed again: words of ours, each with a sentence under `reason.`.

/** Reasons that need no more words, in the order of their keys 1–4. */
export const QUICK_REASONS = ['damaged', 'jam', 'not_out', 'faint'] as const;
