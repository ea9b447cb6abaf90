// What a test calls in the page: the names of the scenes, and one of them.

import { NOW_MS } from './clock';
import '../../styles/tokens.css';
import '../../styles/base.css';
import './still.css';
import { SCENES } from './all';
import { cut } from './cut';
import { GUIDE, type Taken } from './guide';
import { shade, show, type Look } from './stage';

declare global {
  interface Window {
    stage: {
      nowMs: number;
      names: string[];
      guide: readonly Taken[];
      show: (name: string, look: Look) => Promise<void>;
      shade: typeof shade;
      cut: typeof cut;
      style: (css: string) => void;
    };
  }
}

window.stage = {
  nowMs: NOW_MS,
  names: SCENES.map((one) => one.name),
  guide: GUIDE,
  show: (name, look) => {
    const scene = SCENES.find((one) => one.name === name);
    return scene ? show(scene, look) : Promise.reject(new Error(`no scene ${name}`));
  },
  shade,
  cut,
  style: (css) => {
    const sheet = document.createElement('style');
    sheet.textContent = css;
    document.head.append(sheet);
  },
};
