import { connect, type Socket } from 'node:net';
import { describe, expect, it, onTestFinished } from 'vitest';
import { LIMITS } from '../../../../src/render/limits.ts';
import { givenPlayground } from '../given.ts';
import { clientOf } from '../tiny-app.ts';

const incident = 'C0INCIDENT';

/** A page's connection for events, as a raw socket, so that a test can stop reading. */
function openEvents(address: string, token: string, person: string): Socket {
  const { host, port } = new URL(address);
  const socket = connect(Number(port), '127.0.0.1');
  onTestFinished(() => void socket.destroy());
  socket.write(
    `GET /playground/events?person=${person} HTTP/1.1\r\nhost: ${host}\r\nx-playground-token: ${token}\r\n\r\n`,
  );
  return socket;
}

describe('the events of the page', () => {
  it('are the state first, then each change that the person may see', async () => {
    const playground = await givenPlayground();
    let received = '';
    openEvents(playground.address, playground.token, 'kenji').on('data', (bytes) => {
      received += String(bytes);
    });
    await playground.until(() => received.includes('"type":"state"') || undefined);
    await playground.type({ person: 'ana', channel: '#secret', text: 'hidden from kenji' });
    await clientOf(playground).chat.postEphemeral({ channel: incident, user: 'U0ANA', text: 'for ana' });
    await playground.type({ person: 'ana', channel: '#incident-42', text: 'for all' });
    await playground.until(() => received.includes('for all') || undefined);
    expect(received).not.toMatch(/hidden from kenji|for ana/);
  });

  it('end for a page that does not read them', async () => {
    const playground = await givenPlayground();
    const client = clientOf(playground);
    const socket = openEvents(playground.address, playground.token, 'ana');
    await new Promise((resolve) => socket.once('data', resolve));
    socket.pause();
    const text = 'x'.repeat(LIMITS.messageTextCut);
    for (let posted = 0; posted < 700; posted += 1)
      await client.chat.postMessage({ channel: incident, text });
    const isClosed = new Promise((resolve) => socket.once('close', () => resolve(true)));
    socket.on('error', () => {});
    socket.resume();
    expect(await isClosed).toBe(true);
  }, 60_000);
});
