// For tests of whole screens: the window on a stand-in core, and hands to work it.

import { fireEvent, render, screen, waitFor, within } from '@testing-library/svelte';
import { setLang, t } from '$lib/i18n.svelte';
import { useTransport } from '$lib/ipc';
import App from './App.svelte';
import { FakeCore, type FakeOptions } from './fake/core';

/** Opens the window on that core and waits until it shows something. */
export async function open(options: FakeOptions = {}): Promise<FakeCore> {
  const core = new FakeCore({ nowMs: new Date('2026-11-21T10:04:00').getTime(), ...options });
  await openOn(core);
  return core;
}

/** Opens the window on a core that was prepared. */
export async function openOn(core: FakeCore): Promise<void> {
  setLang('zh');
  useTransport(core.transport);
  render(App);
  await waitFor(() => screen.getAllByRole('button'));
}

let atMs = 10_000;

function keydown(key: string, gapMs: number, more: KeyboardEventInit = {}): void {
  atMs += gapMs;
  const event = new KeyboardEvent('keydown', { key, bubbles: true, cancelable: true, ...more });
  Object.defineProperty(event, 'timeStamp', { value: atMs });
  (document.activeElement ?? document.body).dispatchEvent(event);
}

/** Presses one key as a person does, and lets it be understood. */
export async function press(key: string, more: KeyboardEventInit = {}): Promise<void> {
  keydown(key, 400, more);
  if ([...key].length === 1) await new Promise((go) => setTimeout(go, 75));
}

/** Types a code as a scanner does. */
export function scan(code: string, gapMs = 4): void {
  atMs += 400;
  for (const char of code) keydown(char, gapMs);
  keydown('Enter', gapMs);
}

/** The list's lines that are drawn, heading left out. */
export function lines(): HTMLElement[] {
  return screen.getAllByRole('row').filter((row) => row.getAttribute('aria-rowindex') !== '1');
}

/** What the core was asked with that command, oldest first. */
export function asked(core: FakeCore, command: string): Record<string, unknown>[] {
  return core.calls.filter((call) => call.command === command).map((call) => call.args);
}

/** A chip above the list. */
export function chip(label: string): HTMLElement {
  const lists = screen.getByRole('region', { name: t('nav.ship') });
  return within(lists).getByRole('button', { name: new RegExp(`^${label}`) });
}

/** Ticks one of a chip's choices, or takes the tick away. */
export async function choose(label: string, one: string): Promise<void> {
  if (chip(label).getAttribute('aria-expanded') !== 'true') await fireEvent.click(chip(label));
  await fireEvent.click(await screen.findByLabelText(one));
}
