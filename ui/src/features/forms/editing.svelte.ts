// One form being edited: its things on the dots of a head, one step at a time, each taken back by a
// key. What is wrong with it and how it looks is always the core's word; nothing is judged here.

import type { Desk } from '$lib/desk.svelte';
import { t } from '$lib/i18n.svelte';
import * as ipc from '$lib/ipc';
import type { DotRect, FormDoc, FormElement, FormFault, FormList, FormLook } from '$lib/ipc.types';
import { asTrouble } from '$lib/trouble';

export type Kind = 'text' | 'picture' | 'code';

/** Steps that can be taken back. */
const STEPS_MAX = 200;
/** A new thing, µm: as large as its kind usually is. */
const SIZES: Record<Kind, [number, number]> = {
  text: [24_000, 4_500],
  picture: [10_000, 10_000],
  code: [10_000, 10_000],
};
const LEAST_DOTS = 8;

/** µm in dots of a head, to the nearest. */
export function dots(um: number, dotsPerM: number): number {
  return Math.round((um * dotsPerM) / 1_000_000);
}

/** Dots in µm, so that the same head makes the same dots of them. */
export function micrometres(count: number, dotsPerM: number): number {
  return Math.round((count * 1_000_000) / dotsPerM);
}

/** Where an element lies, in dots: its edges are rounded, as the core rounds them. */
export function rectOf(element: FormElement, dotsPerM: number): DotRect {
  const x = dots(element.xUm, dotsPerM);
  const y = dots(element.yUm, dotsPerM);
  const width = dots(element.xUm + element.widthUm, dotsPerM) - x;
  const height = dots(element.yUm + element.heightUm, dotsPerM) - y;
  return { x, y, width, height };
}

/** The element with its edges on these dots. */
export function placed(element: FormElement, rect: DotRect, dotsPerM: number): FormElement {
  const um = (count: number) => micrometres(count, dotsPerM);
  const [xUm, yUm] = [um(rect.x), um(rect.y)];
  const widthUm = um(rect.x + rect.width) - xUm;
  const heightUm = um(rect.y + rect.height) - yUm;
  return { ...element, xUm, yUm, widthUm, heightUm };
}

/** A rectangle moved so that it lies inside; one that is too large is cut. */
export function kept(rect: DotRect, free: DotRect): DotRect {
  const width = Math.max(1, Math.min(rect.width, free.width));
  const height = Math.max(1, Math.min(rect.height, free.height));
  const x = Math.max(free.x, Math.min(rect.x, free.x + free.width - width));
  const y = Math.max(free.y, Math.min(rect.y, free.y + free.height - height));
  return { x, y, width, height };
}

/** Its right lower corner moved, never out of the free area and never to nothing. */
export function stretched(rect: DotRect, dx: number, dy: number, free: DotRect): DotRect {
  const fit = (length: number, room: number) => Math.min(Math.max(length, LEAST_DOTS), room);
  const width = fit(rect.width + dx, free.x + free.width - rect.x);
  const height = fit(rect.height + dy, free.y + free.height - rect.y);
  return { ...rect, width, height };
}

/** The first place, from the top down, where a thing of that size meets no other. */
export function room(size: DotRect, taken: DotRect[], free: DotRect): DotRect | undefined {
  const meets = (a: DotRect, b: DotRect) =>
    a.x < b.x + b.width && b.x < a.x + a.width && a.y < b.y + b.height && b.y < a.y + a.height;
  for (let y = free.y; y + size.height <= free.y + free.height; y += 4) {
    for (let x = free.x; x + size.width <= free.x + free.width; x += 4) {
      const here = { ...size, x, y };
      if (!taken.some((other) => meets(here, other))) return here;
    }
  }
  return undefined;
}

export class Editing {
  doc = $state.raw<FormDoc>({ name: '', paper: '', elements: [] });
  at = $state(0);
  look = $state.raw<FormLook>();
  png = $state<string>();
  dotsPerM = $state(8000);
  used = $state(true);
  shops = $state.raw<string[]>([]);
  /** What the last try to save was refused for. */
  refused = $state.raw<FormFault[]>([]);
  busy = $state(false);
  readonly was: string | null;
  #past = $state.raw<FormDoc[]>([]);
  #later = $state.raw<FormDoc[]>([]);
  #merge = '';
  #saved: string;
  #asking = false;
  #again = false;
  #gone = false;

  constructor(
    readonly desk: Desk,
    readonly list: FormList,
    doc: FormDoc,
    /** Its name until now; absent: it is new. */
    was: string | undefined,
  ) {
    this.doc = doc;
    this.was = was ?? null;
    const card = list.forms.find((one) => one.name === was);
    this.used = card?.used ?? true;
    this.shops = card?.shops ?? [];
    this.dotsPerM = this.heads[0] ?? 8000;
    this.#saved = was === undefined ? '' : this.#state();
    void this.refresh();
  }

  /** The heads that draw forms of this paper. */
  get heads(): number[] {
    const here = this.list.heads.filter((head) => head.paper === this.doc.paper);
    return here.map((head) => head.dotsPerM);
  }

  get chosen(): FormElement | undefined {
    return this.doc.elements[this.at];
  }

  get faults(): FormFault[] {
    return [...(this.look?.faults ?? []), ...this.refused];
  }

  /** What is wrong with one element. */
  faultsOf(nth: number): FormFault[] {
    return this.faults.filter((fault) => fault.element === nth);
  }

  get changed(): boolean {
    return this.#state() !== this.#saved;
  }

  get canUndo(): boolean {
    return this.#past.length > 0;
  }

  get canRedo(): boolean {
    return this.#later.length > 0;
  }

  get canSave(): boolean {
    return !this.busy && this.doc.name.trim() !== '' && (this.look?.faults.length ?? 1) === 0;
  }

  rect(nth: number): DotRect {
    return rectOf(this.doc.elements[nth] as FormElement, this.dotsPerM);
  }

  #state(): string {
    return JSON.stringify([this.doc, this.used, this.shops]);
  }

  /** Another form; steps of one `merge` in a row are taken back as one. */
  #step(doc: FormDoc, merge = ''): void {
    if (!merge || merge !== this.#merge) this.#past = [...this.#past, this.doc].slice(-STEPS_MAX);
    this.#merge = merge;
    this.#later = [];
    this.#become(doc);
  }

  #become(doc: FormDoc): void {
    this.doc = doc;
    if (!this.heads.includes(this.dotsPerM)) this.dotsPerM = this.heads[0] ?? 8000;
    this.at = Math.max(0, Math.min(this.at, doc.elements.length - 1));
    this.refused = [];
    void this.refresh();
  }

  undo(): void {
    const back = this.#past.at(-1);
    if (!back) return;
    this.#past = this.#past.slice(0, -1);
    this.#later = [...this.#later, this.doc];
    this.#merge = '';
    this.#become(back);
  }

  redo(): void {
    const next = this.#later.at(-1);
    if (!next) return;
    this.#later = this.#later.slice(0, -1);
    this.#past = [...this.#past, this.doc];
    this.#merge = '';
    this.#become(next);
  }

  /** What is dragged or typed is one step until something else is done. */
  rest(): void {
    this.#merge = '';
  }

  rename(name: string): void {
    this.#step({ ...this.doc, name }, 'name');
  }

  /** Changes the chosen element. */
  set(change: Partial<FormElement>, merge = ''): void {
    const { at } = this;
    const elements = this.doc.elements.map((one, n) => (n === at ? { ...one, ...change } : one));
    this.#step({ ...this.doc, elements }, merge && `${merge} ${at}`);
  }

  /** Puts the chosen element on these dots. */
  put(rect: DotRect, merge = ''): void {
    const element = this.chosen;
    if (element) this.set(placed(element, rect, this.dotsPerM), merge);
  }

  move(dx: number, dy: number): void {
    if (!this.chosen || !this.look) return;
    const rect = this.rect(this.at);
    this.put(kept({ ...rect, x: rect.x + dx, y: rect.y + dy }, this.look.free), 'move');
  }

  stretch(dx: number, dy: number): void {
    if (!this.chosen || !this.look) return;
    this.put(stretched(this.rect(this.at), dx, dy, this.look.free), 'stretch');
  }

  choose(nth: number): void {
    this.at = nth;
    this.rest();
  }

  next(by: number): void {
    const count = this.doc.elements.length;
    if (count > 0) this.choose((this.at + by + count) % count);
  }

  /** One more thing, in the first free place; over the others if there is none. */
  add(kind: Kind, more: Partial<FormElement> = {}): void {
    if (!this.look) return;
    const [widthUm, heightUm] = SIZES[kind];
    const plain: FormElement = {
      name: this.#freeName(t(`forms.kind_${kind}`)),
      kind,
      xUm: 0,
      yUm: 0,
      widthUm,
      heightUm,
      text: kind === 'code' ? '{order_no}' : kind === 'text' ? t('forms.new_text') : '',
      sizeUm: 3_000,
      sizeMinUm: 2_500,
      bold: false,
      side: 'left',
      mayEnd: false,
      code: 'data_matrix',
      picture: '',
      ...more,
    };
    const { free } = this.look;
    const size = rectOf(plain, this.dotsPerM);
    const taken = this.doc.elements.map((_, n) => this.rect(n));
    const place = room(size, taken, free) ?? kept({ ...size, x: free.x, y: free.y }, free);
    const element = placed(plain, place, this.dotsPerM);
    this.#step({ ...this.doc, elements: [...this.doc.elements, element] });
    this.at = this.doc.elements.length - 1;
  }

  #freeName(word: string): string {
    const names = new Set(this.doc.elements.map((one) => one.name));
    for (let n = 1; ; n += 1) {
      const name = n === 1 ? word : `${word} ${n}`;
      if (!names.has(name)) return name;
    }
  }

  remove(): void {
    if (!this.chosen) return;
    const elements = this.doc.elements.filter((_, n) => n !== this.at);
    this.#step({ ...this.doc, elements });
  }

  /** Files from outside: pictures become things on the label, or the chosen picture's own. */
  async take(files: File[]): Promise<void> {
    for (const file of files) {
      const opened = await this.desk.wish(() => ipc.formOpen(file));
      if (opened?.kind !== 'picture') continue;
      if (this.chosen?.kind === 'picture') this.set({ picture: opened.file });
      else this.add('picture', { picture: opened.file });
    }
  }

  /** Begins anew on another paper: what lay well on one lies nowhere on the other. */
  async setPaper(paper: string): Promise<void> {
    const doc = await this.desk.wish(() => ipc.formDoc(null, paper));
    if (!doc) return;
    this.at = 0;
    this.#step({ ...doc, name: this.doc.name });
  }

  setHead(dotsPerM: number): void {
    this.dotsPerM = dotsPerM;
    void this.refresh();
  }

  /** Asks how it stands, never twice at once; what changed meanwhile is asked for after that. */
  async refresh(): Promise<void> {
    if (this.#asking) {
      this.#again = true;
      return;
    }
    this.#asking = true;
    do {
      this.#again = false;
      const { doc, dotsPerM } = this;
      try {
        const look = await ipc.formLook(doc, dotsPerM);
        const png = await ipc.formPng(doc, dotsPerM);
        if (this.#gone) return;
        this.look = look;
        this.#show(png);
      } catch (wrong) {
        this.desk.show(asTrouble(wrong));
      }
    } while (this.#again && !this.#gone);
    this.#asking = false;
  }

  #show(png: ArrayBuffer): void {
    const old = this.png;
    this.png = URL.createObjectURL(new Blob([png], { type: 'image/png' }));
    if (old) setTimeout(() => URL.revokeObjectURL(old), 1000);
  }

  /** Keeps it; says what is against that at its elements. */
  async save(): Promise<FormList | undefined> {
    if (!this.canSave) return undefined;
    this.busy = true;
    const { doc, was, used, shops } = this;
    try {
      const list = await ipc.formSave({ doc, was, used, shops });
      this.#saved = this.#state();
      return list;
    } catch (wrong) {
      const trouble = asTrouble(wrong);
      const faults = trouble.fields.faults ?? '';
      if (trouble.code === 'form_refused') this.refused = faults.split('\n').map(faultOf);
      else this.desk.show(trouble);
      return undefined;
    } finally {
      this.busy = false;
    }
  }

  close(): void {
    this.#gone = true;
    if (this.png) URL.revokeObjectURL(this.png);
  }
}

/** A fault as troubles carry it: `line|element[2].text|why|what`. */
function faultOf(line: string): FormFault {
  const [, path = '', why = '', ...what] = line.split('|');
  const found = /^element\[(\d+)\]\.(\w+)$/.exec(path);
  const element = found ? Number(found[1]) - 1 : null;
  return { element, key: found?.[2] ?? path, why, what: what.join('|') };
}
