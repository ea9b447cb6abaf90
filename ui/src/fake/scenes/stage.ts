// Shows one scene after another in one page: the window anew on a core of its own, played to the
// point of which the picture is taken, and then still.

import { mount, tick, unmount } from 'svelte';
import { setLang, type Lang } from '$lib/i18n.svelte';
import { useTransport, type Transport } from '$lib/ipc';
import type { BootMode, DeskPrefs } from '$lib/ipc.types';
import { changePrefs } from '$lib/prefs.svelte';
import App from '../../App.svelte';
import { FakeCore } from '../core';
import { drawLabel } from '../label';
import { busy, moment, NOW_MS, pass, reset } from './clock';
import { seen } from './hands';
import { pictured } from './pictures';

/** One look of the window. */
export interface Scene {
  name: string;
  mode?: BootMode;
  /** Orders that wait; with none the desk is empty altogether. */
  ready?: number;
  /** Changes the core before the window opens. */
  prepare?: (core: FakeCore) => void;
  /** Does what a person did before the picture. */
  play?: (core: FakeCore) => Promise<void>;
}

/** How a scene is looked at. */
export interface Look {
  lang: Lang;
  theme: DeskPrefs['theme'];
  scalePercent: number;
}

/** From a scan to its paper, in ms: what the practice printer takes. */
const PAPER_MS = 380;
/** Moments in which nothing may happen before a picture is taken. */
const STILL_MOMENTS = 3;

let app: Record<string, unknown> | undefined;
let asking = 0;
let changes = 0;
new MutationObserver((found) => (changes += found.length)).observe(document, {
  ...{ attributes: true, characterData: true, childList: true, subtree: true },
});

/** The core's transport, counting what is under way. */
function watched(core: FakeCore): Transport {
  const counted = async <T>(ask: Promise<T>): Promise<T> => {
    asking += 1;
    return ask.finally(() => (asking -= 1));
  };
  return {
    listen: core.transport.listen,
    upload: (...given) => counted(core.transport.upload(...given)),
    call: (command, args = {}) => {
      if (command === 'scan' || command === 'scan_in') pass(PAPER_MS);
      return counted(pictured(core, command, args) ?? core.transport.call(command, args));
    },
  };
}

/** Waits until every picture can be painted: one that has come may still be unread. */
async function painted(): Promise<void> {
  const there = [...document.images].filter((one) => one.src !== '');
  // One that is taken away meanwhile is not waited for.
  await Promise.all(there.map((one) => one.decode().catch(() => undefined)));
}

async function quiet(): Promise<void> {
  let n = 0;
  let seenChanges = -1;
  while (n < STILL_MOMENTS) {
    await tick();
    await moment();
    const same = changes === seenChanges;
    n = same && asking === 0 && !busy() ? n + 1 : 0;
    seenChanges = changes;
  }
}

/** Waits until nothing is due, nothing is asked, and a frame has changed nothing any more. */
async function still(): Promise<void> {
  let before = -1;
  while (before !== changes) {
    await quiet();
    await painted();
    before = changes;
    // Sizes are told with a frame.
    await new Promise((go) => requestAnimationFrame(go));
    await quiet();
  }
}

/** Shows a scene and waits until it stands still. */
export async function show(scene: Scene, look: Look): Promise<void> {
  if (app) await unmount(app);
  const target = document.getElementById('app');
  if (!target) throw new Error('scenes.html has an #app');
  target.replaceChildren();
  localStorage.clear();
  reset();
  const ready = scene.ready ?? 84;
  const mode = scene.mode ?? 'open';
  const core = new FakeCore({ mode, ready, busy: ready > 0, nowMs: NOW_MS, drawLabel });
  core.house.prefs = { ...core.house.prefs, ...look, still: true };
  scene.prepare?.(core);
  useTransport(watched(core));
  setLang(look.lang);
  app = mount(App, { target });
  await seen(() => document.querySelector('button'));
  await quiet();
  await scene.play?.(core);
  await still();
}

/** The same scene in another theme. */
export async function shade(theme: DeskPrefs['theme']): Promise<void> {
  await changePrefs({ theme });
  await still();
}
