import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { App } from './app.tsx';
import { startHost } from './hosts/start.ts';
import { localeAtStart } from './i18n/locale.ts';
import { startTexts } from './i18n/start.ts';
import { Outside } from './shell/outside.tsx';
import '@fontsource-variable/vazirmatn/wght.css';
import './ui/polaris.css.ts';
import './ui/base.css';

const host = startHost();
await startTexts(localeAtStart());
const root = document.getElementById('root');
if (root) createRoot(root).render(<StrictMode>{host ? <App host={host} /> : <Outside />}</StrictMode>);
