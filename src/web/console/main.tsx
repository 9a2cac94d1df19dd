// The supervisors' console: what the browser runs first.

import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import '../ui/tokens.css';
import '../ui/kit.css';
import '../ui/table.css';
import './shared/shared.css';
import { dress, preferences } from '../agent/preferences.ts';
import { App } from './app.tsx';

dress(preferences.get(), document.documentElement);
preferences.subscribe(() => dress(preferences.get(), document.documentElement));
const page = document.getElementById('page');
if (page)
  createRoot(page).render(
    <StrictMode>
      <App />
    </StrictMode>,
  );
