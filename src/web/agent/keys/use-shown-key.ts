// A key as it is shown beside a button: the agent's own, where there is one.

import { preferences } from '../preferences.ts';
import { useValue } from '../use-desk.tsx';
import { keysWith, type KeyId } from './keys.ts';

export function useShownKey(): (id: KeyId) => string {
  const { keys } = useValue(preferences);
  const rows = keysWith(keys);
  return (id) => rows.find((row) => row.id === id)?.shown ?? '';
}
