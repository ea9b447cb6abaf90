// The pages of the guide, in the order of a day. Their sentences stand under `guide.` in the
// language files, their pictures in `assets/guide`.

export const GUIDE_PAGES = ['first', 'orders', 'ship', 'scan', 'reprint', 'wrong', 'day'] as const;

export type GuidePage = (typeof GUIDE_PAGES)[number];
