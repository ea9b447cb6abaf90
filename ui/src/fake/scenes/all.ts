// Every scene, in the order of the work.

import { BENCH } from './bench';
import { HOUSE } from './house';
import { ASKED, SHIP } from './ship';
import type { Scene } from './stage';

export const SCENES: readonly Scene[] = [...SHIP, ...BENCH, ...HOUSE, ...ASKED];
