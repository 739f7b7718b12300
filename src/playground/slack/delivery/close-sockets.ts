import type { WebSocket } from 'ws';

/** Goodbyes that are not answered within this time are cut short. */
const farewellMs = 300;

/** Closes sockets politely, and resolves when all of them are gone. */
export async function closeSockets(sockets: readonly WebSocket[]): Promise<void> {
  const closed = sockets.map((socket) => new Promise((resolve) => socket.once('close', resolve)));
  for (const socket of sockets) socket.close(1001);
  const cut = setTimeout(() => {
    for (const socket of sockets) socket.terminate();
  }, farewellMs);
  await Promise.all(closed);
  clearTimeout(cut);
}
