import type { IncomingMessage, ServerResponse } from 'node:http';
import { PLAYGROUND_LIMITS } from '../limits.ts';
import type { PlaygroundEvent, PlaygroundState } from '../protocol.ts';
import type { World } from '../world/world.ts';
import { sendJson } from './send.ts';

/** Creates the handler of `/playground/events?person=…`: first everything as it stands, then each thing that happens. */
export function createEventsHandler(world: World, describeState: (person: string) => PlaygroundState) {
  return function serveEvents(_request: IncomingMessage, response: ServerResponse, url: URL): void {
    const person = world.person(url.searchParams.get('person') ?? '') ?? world.people[0];
    if (!person) {
      sendJson(response, 404, { error: 'nobody is there' });
      return;
    }
    response.writeHead(200, { 'content-type': 'text/event-stream', 'cache-control': 'no-store' });
    const tell = (event: PlaygroundEvent) => {
      // A page that does not read is cut off, instead of being remembered for; it connects again by itself.
      if (response.writableLength > PLAYGROUND_LIMITS.unreadBytes) response.destroy();
      else response.write(`data: ${JSON.stringify(event)}\n\n`);
    };
    tell({ type: 'state', state: describeState(person.id) });
    const stopListening = world.announcer.listen((event, onlyFor) => {
      if ((!onlyFor || onlyFor === person.id) && concerns(event, person.id, world)) tell(event);
    });
    response.on('close', stopListening);
  };
}

/** Nobody hears of channels they are not in. */
function concerns(event: PlaygroundEvent, person: string, world: World): boolean {
  const channel =
    event.type === 'message' ? event.message.channel : event.type === 'gone' ? event.channel : undefined;
  return channel === undefined || (world.channels.find(channel)?.members.includes(person) ?? false);
}
