// Pictures that the real core draws and the stand-in does not: a test label, a form, goods.

import { drawLabel } from '../label';
import type { FakeCore } from '../core';

/** A shipment of the stand-in that has a number. */
const NUMBERED_ID = 90;

async function png(sheet: HTMLCanvasElement): Promise<ArrayBuffer> {
  const blob = await new Promise<Blob | null>((go) => sheet.toBlob(go, 'image/png'));
  return blob ? blob.arrayBuffer() : new ArrayBuffer(0);
}

function goods(line: number): Promise<ArrayBuffer> {
  const sheet = document.createElement('canvas');
  sheet.width = sheet.height = 160;
  const on = sheet.getContext('2d');
  if (!on) throw new Error('a canvas draws');
  on.fillStyle = '#e9eef5';
  on.fillRect(0, 0, 160, 160);
  on.fillStyle = ['#3f6fb5', '#b5673f', '#4d8f63'][line % 3] as string;
  if (line % 2 === 0) {
    on.fillRect(54, 34, 52, 100);
    on.fillRect(62, 20, 36, 12);
  } else {
    on.fillRect(74, 20, 12, 84);
    on.fillRect(62, 96, 36, 44);
  }
  return png(sheet);
}

/** The answer to a command that asks for a picture; nothing if it asks for something else. */
export function pictured(
  core: FakeCore,
  command: string,
  args: Record<string, unknown>,
): Promise<ArrayBuffer> | undefined {
  switch (command) {
    case 'test_png':
    case 'form_png':
      return drawLabel(core.detail(NUMBERED_ID));
    case 'goods_picture':
      return goods(args.line as number);
    default:
      return undefined;
  }
}
