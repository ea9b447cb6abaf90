// Of which scene each page of the guide shows a picture, and which part of it at 1366 × 768.

import type { GuidePage } from '$lib/guide';

/** Left, top, width and height of a part, in pixels. */
type Part = readonly [number, number, number, number];

export interface Taken {
  page: GuidePage;
  scene: string;
  part: Part;
}

export const GUIDE: readonly Taken[] = [
  { page: 'first', scene: 'welcome', part: [140, 100, 1086, 580] },
  { page: 'orders', scene: 'import-preview', part: [72, 56, 1294, 672] },
  { page: 'ship', scene: 'ship', part: [72, 224, 917, 544] },
  { page: 'scan', scene: 'scan-shipped', part: [0, 0, 1366, 768] },
  { page: 'reprint', scene: 'ask-reprint', part: [390, 150, 586, 468] },
  { page: 'wrong', scene: 'ship-attention', part: [72, 52, 1294, 520] },
  { page: 'day', scene: 'scan-hand', part: [0, 0, 1366, 768] },
];
