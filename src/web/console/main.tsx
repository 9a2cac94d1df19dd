// The supervisors' console: what the browser runs first.

import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import '../ui/tokens.css';
import '../ui/kit.css';
import '../ui/table.css';
import './shared/shared.css';
import { dress, preferences } from '../agent/preferences.ts';
import { App } from './app.tsx';
import { place } from './place.ts';
import { ROUTES } from './routes.ts';

dress(preferences.get(), document.documentElement);
preferences.subscribe(() => dress(preferences.get(), document.documentElement));
// The view that the address names comes while it is asked who looks. What goes wrong with it is met where it is shown.
const { path } = place.get();
(ROUTES.find((route) => route.path === path) ?? ROUTES[0])?.load().catch(() => undefined);
const page = document.getElementById('page');
if (page)
  createRoot(page).render(
    <StrictMode>
      <App />
    </StrictMode>,
  );
