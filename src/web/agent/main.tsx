// The agents' workspace: what the browser runs first.

import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';

const page = document.getElementById('page');
if (page) createRoot(page).render(<StrictMode>outdial</StrictMode>);
