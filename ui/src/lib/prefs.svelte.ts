// What this computer alone remembers of the window, and its effect on it. Kept by the core in a
// file of its own; a window that cannot ask for it looks and sounds as usual.

import { lang, setLang, type Lang } from './i18n.svelte';
import * as ipc from './ipc';
import type { DeskPrefs } from './ipc.types';
import { setVolume } from './sound';
import { setVoice } from './voice';

export const USUAL: DeskPrefs = {
  theme: 'light',
  scalePercent: 100,
  still: false,
  lang: '',
  volumePercent: 70,
  voice: false,
  notifies: true,
  tray: true,
  opensAtLogin: false,
  places: {},
};

let kept = $state.raw<DeskPrefs>(USUAL);
const darkSystem =
  typeof matchMedia === 'function' ? matchMedia('(prefers-color-scheme: dark)') : undefined;
darkSystem?.addEventListener?.('change', () => show(kept));

/** What is remembered now. */
export function prefs(): DeskPrefs {
  return kept;
}

/** A length that grows with the words, in px. */
export function scaled(px: number): number {
  return Math.round((px * kept.scalePercent) / 100);
}

/** Asks the core once, at the start. */
export async function loadPrefs(): Promise<void> {
  const found = await ipc.deskPrefs().catch(() => undefined);
  if (found) show(found);
}

/** Changes some of it: in effect at once, and kept. */
export async function changePrefs(change: Partial<DeskPrefs>): Promise<void> {
  show({ ...kept, ...change });
  show(await ipc.keepPrefs(kept));
}

/** The other language, remembered. */
export function switchLang(): void {
  const other: Lang = lang() === 'zh' ? 'en' : 'zh';
  setLang(other);
  void changePrefs({ lang: other }).catch(() => undefined);
}

function show(next: DeskPrefs): void {
  kept = next;
  const root = document.documentElement;
  const dark = next.theme === 'dark' || (next.theme === 'system' && !!darkSystem?.matches);
  root.dataset.theme = dark ? 'dark' : 'light';
  root.dataset.still = String(next.still);
  root.style.setProperty('--scale', String(next.scalePercent / 100));
  if (next.lang === 'zh' || next.lang === 'en') setLang(next.lang);
  setVolume(next.volumePercent);
  setVoice(next.voice);
}
