import { existsSync } from 'node:fs';

const places = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'];

/** The browser for tests of the page, if this machine has one; `CHROMIUM` names another. */
export function findChromium(): string | undefined {
  return [process.env.CHROMIUM, ...places].find(
    (path) => path !== undefined && path !== '' && existsSync(path),
  );
}

/** Nothing that reaches out, and no profile that asks questions. */
export const chromiumFlags = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];
