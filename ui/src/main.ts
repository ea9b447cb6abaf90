import { mount } from 'svelte';
import App from './App.svelte';
import './styles/tokens.css';
import './styles/base.css';
import { lang, setLang } from './lib/i18n.svelte';
import { useTransport } from './lib/ipc';

// `npm run dev` in a browser has no core behind it: a stand-in answers. Never in a build.
if (import.meta.env.DEV && !('__TAURI_INTERNALS__' in window)) {
  const { devTransport } = await import('./fake/dev');
  useTransport(devTransport());
}

setLang(lang());
const target = document.getElementById('app');
if (target) mount(App, { target });
