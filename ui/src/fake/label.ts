// A label drawn on a canvas for the stand-in core: 76 × 130 mm at 8 dots a millimetre. The real
// one is drawn by the core; this one only has its size and its look.

import type { Detail } from '$lib/ipc.types';

const WIDTH_DOTS = 608;
const HEIGHT_DOTS = 1040;
const MARGIN_DOTS = 20;

function bars(canvas: CanvasRenderingContext2D, text: string, top: number): void {
  let x = 44;
  const seed = [...text].map((char) => char.charCodeAt(0));
  for (let n = 0; x < WIDTH_DOTS - 44; n += 1) {
    const code = seed[n % seed.length] ?? 1;
    const width = 3 * (1 + ((code * (n + 3)) % 3));
    canvas.fillRect(x, top, width, 120);
    x += width + 3 * (1 + ((code + n) % 2));
  }
}

function lines(canvas: CanvasRenderingContext2D, text: string, x: number, y: number): void {
  const perLine = 22;
  for (let n = 0; n * perLine < text.length; n += 1) {
    canvas.fillText(text.slice(n * perLine, (n + 1) * perLine), x, y + n * 30);
  }
}

/** The picture of a shipment's label as PNG bytes. */
export async function drawLabel({ row, edit, items, sortCode }: Detail): Promise<ArrayBuffer> {
  const sheet = document.createElement('canvas');
  sheet.width = WIDTH_DOTS;
  sheet.height = HEIGHT_DOTS;
  const canvas = sheet.getContext('2d');
  if (!canvas) return new ArrayBuffer(0);
  const font = (size: number, weight = 400) =>
    (canvas.font = `${weight} ${size}px "Noto Sans CJK SC", sans-serif`);
  canvas.fillStyle = 'white';
  canvas.fillRect(0, 0, WIDTH_DOTS, HEIGHT_DOTS);
  canvas.fillStyle = 'black';
  for (const y of [58, 190, 246, 430, 560, 660, 860]) canvas.fillRect(0, y, WIDTH_DOTS, 3);
  font(30, 700);
  canvas.fillText(row.account, MARGIN_DOTS, 42);
  font(84, 900);
  canvas.textAlign = 'center';
  canvas.fillText(sortCode || '—', WIDTH_DOTS / 2, 156);
  canvas.textAlign = 'left';
  font(34, 700);
  canvas.fillText(`${edit.city}转 ${edit.district}`, MARGIN_DOTS, 232);
  if (row.waybillNo) {
    bars(canvas, row.waybillNo, 262);
    font(26, 600);
    canvas.textAlign = 'center';
    canvas.fillText(row.waybillNo, WIDTH_DOTS / 2, 418);
    canvas.textAlign = 'left';
  }
  font(28, 700);
  canvas.fillText(`收 ${row.name}  ${row.phone}`, MARGIN_DOTS, 470);
  font(24);
  const to = `${edit.province}${edit.city}${edit.district}${edit.detail}`;
  lines(canvas, to, MARGIN_DOTS, 506);
  canvas.fillText('寄 拾光家居 0571-8800****', MARGIN_DOTS, 600);
  canvas.fillText('浙江省杭州市余杭区仓前街道', MARGIN_DOTS, 636);
  font(24);
  const goods = items.map((item) => `${item.title} ×${item.quantity}`).join(' · ');
  lines(canvas, goods, MARGIN_DOTS, 700);
  canvas.fillText(`${row.orderNo}  第 ${Math.max(1, row.copies)} 份`, MARGIN_DOTS, 900);
  canvas.fillText('练习 · 不可寄件', MARGIN_DOTS, 940);
  const picture = await new Promise<Blob | null>((done) => sheet.toBlob(done, 'image/png'));
  return picture ? picture.arrayBuffer() : new ArrayBuffer(0);
}
