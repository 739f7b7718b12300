import type { Understood } from '../../core/operation/request.ts';
import { showWindow } from '../../core/time/show-time.ts';

/** What was understood: the canonical line, and the window in the asker's time zone and UTC. */
export function questionLine({ line, window, zone }: Pick<Understood, 'line' | 'window' | 'zone'>): string {
  return window === undefined ? line : `${line} · ${showWindow(window, zone)}`;
}
