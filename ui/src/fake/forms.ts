// Shops' forms of the stand-in core: in memory, on a label of 76 × 130 mm, judged by place alone.

import type { DotRect, FormDoc, FormFault, FormList, FormLook, FormSave } from '$lib/ipc.types';
import { rectOf } from '../features/forms/editing.svelte';
import { trouble } from './rules';

const FREE_8: DotRect = { x: 22, y: 726, width: 360, height: 194 };
const PLAIN = { sizeUm: 3_000, sizeMinUm: 2_500, bold: false, side: 'left', mayEnd: false };

/** What a new form begins with, as the core has it. */
export function begun(paper: string): FormDoc {
  const goods = { xUm: 2_750, yUm: 90_750, widthUm: 45_000, heightUm: 13_500 };
  const code = { xUm: 37_750, yUm: 105_000, widthUm: 10_000, heightUm: 10_000 };
  return {
    name: '',
    paper,
    elements: [
      { name: '商品', kind: 'text', ...goods, ...PLAIN, text: '内件 {goods}', code: 'qr', picture: '' },
      {
        name: '订单码',
        kind: 'code',
        ...code,
        ...PLAIN,
        text: '{order_no}',
        code: 'data_matrix',
        picture: '',
      },
    ],
  };
}

export class FakeForms {
  kept = new Map<string, FormSave>();
  shops = ['拾光家居', '拾光文具'];

  /** Does what the window asks of forms. */
  answer(command: string, args: Record<string, unknown>): unknown {
    const { doc, name } = args;
    switch (command) {
      case 'form_list':
        return this.list();
      case 'form_doc':
        return this.doc(name as string | null, args.paper as string);
      case 'form_look':
        return this.look(doc as FormDoc, args.dotsPerM as number);
      case 'form_png':
        return new ArrayBuffer(0);
      case 'form_save':
        return this.save(args.save as FormSave);
      case 'form_remove':
        return this.remove(name as string);
      default:
        throw trouble('internal', 'none', { why: `unknown command ${command}` });
    }
  }

  list(): FormList {
    const forms = [...this.kept.values()].map(({ doc, used, shops }) => ({
      name: doc.name,
      paper: doc.paper,
      used,
      shops,
      faults: this.look(doc, 8_000).faults,
    }));
    const fields = ['order_no', 'shop', 'goods', 'pieces', 'weight', 'note', 'paid', 'sender'];
    const heads = [{ paper: '76x130', dotsPerM: 8_000 }];
    return { forms, shops: this.shops, fields, paper: '76x130', heads };
  }

  doc(name: string | null, paper: string): FormDoc {
    return (name !== null && this.kept.get(name)?.doc) || begun(paper);
  }

  look(doc: FormDoc, dotsPerM: number): FormLook {
    const by = dotsPerM / 8_000;
    const free = {
      x: Math.round(FREE_8.x * by),
      y: Math.round(FREE_8.y * by),
      width: Math.round(FREE_8.width * by),
      height: Math.round(FREE_8.height * by),
    };
    const rects = doc.elements.map((one) => rectOf(one, dotsPerM));
    const faults: FormFault[] = [];
    rects.forEach((rect, element) => {
      const fault = (why: string, what = '') =>
        faults.push({ element, key: 'x_mm', why, what });
      const met = rects.slice(0, element).findIndex((other) => meet(other, rect));
      if (!inside(rect, free)) fault('form_outside');
      else if (met >= 0) fault('form_overlaps', doc.elements[met]?.name ?? '');
    });
    return { width: Math.round(608 * by), height: Math.round(1040 * by), free, faults };
  }

  save(save: FormSave): FormList {
    const { doc, was } = save;
    if (was !== doc.name && this.kept.has(doc.name)) {
      const faults = `1|name|duplicate|${doc.name}`;
      throw trouble('form_refused', 'none', { form: doc.name, faults });
    }
    if (was !== null && was !== doc.name) this.kept.delete(was);
    this.kept.set(doc.name, save);
    return this.list();
  }

  remove(name: string): FormList {
    this.kept.delete(name);
    return this.list();
  }

  /** A file of a form or of a picture, by its name. */
  open(name: string): unknown {
    if (!name.endsWith('.toml')) return { kind: 'picture', file: name };
    return { kind: 'form', doc: { ...begun('76x130'), name: name.replace('.toml', '') } };
  }
}

function meet(a: DotRect, b: DotRect): boolean {
  return a.x < b.x + b.width && b.x < a.x + a.width && a.y < b.y + b.height && b.y < a.y + a.height;
}

function inside(a: DotRect, b: DotRect): boolean {
  const fits = a.x >= b.x && a.y >= b.y;
  return fits && a.x + a.width <= b.x + b.width && a.y + a.height <= b.y + b.height;
}
