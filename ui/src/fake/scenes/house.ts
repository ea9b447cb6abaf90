// Scenes of setting up: first start, printers, accounts, forms, people, settings.

import type { FakeCore } from '../core';
import { begun } from '../forms';
import { invented } from '../senders';
import { element, press, type } from './hands';
import type { Scene } from './stage';

function two(core: FakeCore): void {
  const [one] = core.printers.forms;
  if (!one) throw new Error('the stand-in has a printer');
  const other = { name: '热敏 2 号', address: 'usb:0a5f:00d3', carriers: ['SF'] };
  core.printers.forms = [one, { ...one, ...other, paper: '100x150' }];
}

function formed(core: FakeCore): void {
  const doc = { ...begun('76x130'), name: '拾光家居' };
  core.forms.save({ doc, was: null, used: true, shops: ['拾光家居'] });
}

function manned(core: FakeCore): void {
  core.house.people.fill();
}

async function screen(...keys: string[]): Promise<void> {
  await press(...keys);
}

export const HOUSE: Scene[] = [
  { name: 'welcome', mode: 'welcome' },
  {
    name: 'welcome-sender',
    mode: 'welcome',
    play: async () => {
      await press('F9');
      const text = '拾光家居 057188001234 浙江省 杭州市 余杭区 仓前街道文一西路 969 号';
      await type(text, 'textarea');
    },
  },
  { name: 'trouble', mode: 'trouble' },
  { name: 'printers', prepare: two, play: () => screen('Ctrl+4') },
  { name: 'printers-find', play: () => screen('Ctrl+4', 'f') },
  { name: 'printers-tune', play: () => screen('Ctrl+4', 'F9') },
  { name: 'forms', prepare: formed, play: () => screen('Ctrl+5') },
  { name: 'forms-editor', prepare: formed, play: () => screen('Ctrl+5', 'F9') },
  { name: 'accounts', play: () => screen('Ctrl+6') },
  { name: 'settings', prepare: manned, play: () => screen('Ctrl+,') },
  {
    name: 'acts',
    prepare: manned,
    play: async () => {
      await press('Ctrl+,');
      await element('main input');
      (document.activeElement as HTMLElement).blur();
      await press('w');
    },
  },
  {
    name: 'locked',
    prepare: (core) => {
      manned(core);
      core.house.people.current = null;
    },
  },
  {
    name: 'ask-account',
    play: async () => {
      await press('Ctrl+6');
      await element('[role=option]');
      await press('e');
      await element('[role=dialog]');
    },
  },
  {
    name: 'ask-printer',
    play: async () => {
      await press('Ctrl+4');
      await element('[role=option]');
      await press('e');
      await element('[role=dialog]');
    },
  },
  {
    name: 'ask-sender',
    prepare: (core) => {
      core.house.senders.kept = invented();
    },
    play: async () => {
      await press('Ctrl+,');
      await element('main ol li');
      (document.activeElement as HTMLElement).blur();
      await press('p');
      await element('[role=dialog]');
    },
  },
  {
    name: 'ask-operator',
    prepare: manned,
    play: async () => {
      await press('Ctrl+,');
      await element('main input');
      (document.activeElement as HTMLElement).blur();
      await press('n');
      await element('[role=dialog]');
    },
  },
];

