import type { ApiMethod } from './api-method.ts';

/** An address for one Socket Mode connection; the only method that wants the app-level token. */
export const appsConnectionsOpen: ApiMethod = {
  name: 'apps.connections.open',
  token: 'app',
  scopes: [],
  call: (_args, { newSocketUrl }) => ({ url: newSocketUrl() }),
};
