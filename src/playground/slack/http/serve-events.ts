import { Hono } from 'hono';
import { PLAYGROUND_LIMITS } from '../limits.ts';
import { defaultCommand, type PlaygroundOptions } from '../options.ts';
import type { PlaygroundEvent, PlaygroundState } from '../protocol.ts';
import type { Workspace } from '../workspace/workspace.ts';
import type { Env } from './guards.ts';

/** Creates the route of `/playground/events?person=…`: first all that a person sees, then each thing that happens. */
export function createEventRoutes(
  workspace: Workspace,
  options: PlaygroundOptions,
  sockets: () => number | null,
): Hono<Env> {
  return new Hono<Env>().get('/playground/events', (c) => {
    const person = workspace.person(c.req.query('person') ?? '') ?? workspace.people[0];
    if (!person) return c.json({ error: 'the workspace has no people' }, 404);
    const state = describeState(workspace, options, person.id, sockets());
    const { outgoing } = c.env;
    let stopListening = () => {};
    const events = new ReadableStream<Uint8Array>(
      {
        start(controller) {
          const send = (event: PlaygroundEvent) => {
            // A page that does not read is cut off; it connects again by itself.
            if ((controller.desiredSize ?? 0) <= 0) outgoing.destroy();
            else controller.enqueue(Buffer.from(`data: ${JSON.stringify(event)}\n\n`));
          };
          send({ type: 'state', state });
          stopListening = workspace.announcer.listen((event, onlyFor) => {
            if ((!onlyFor || onlyFor === person.id) && concerns(event, person.id, workspace)) send(event);
          });
        },
        cancel: () => stopListening(),
      },
      new ByteLengthQueuingStrategy({ highWaterMark: PLAYGROUND_LIMITS.unreadBytes }),
    );
    return c.body(events, 200, { 'content-type': 'text/event-stream', 'cache-control': 'no-store' });
  });
}

/** Everything one person sees. */
function describeState(
  workspace: Workspace,
  options: PlaygroundOptions,
  person: string,
  sockets: number | null,
): PlaygroundState {
  const channels = workspace.channels.all().filter((channel) => channel.members.includes(person));
  return {
    team: workspace.team.name,
    bot: { id: workspace.bot.userId, name: workspace.bot.name },
    command: {
      name: options.command ?? defaultCommand,
      description: options.commandDescription ?? 'Ask the app a question',
      usageHint: options.usageHint ?? '[a question]',
    },
    people: workspace.people,
    me: person,
    channels,
    messages: channels.flatMap((channel) => workspace.messages.list(channel.id, { person })),
    view: workspace.views.top(person) ?? null,
    suggestions: options.suggestions ?? [],
    names: options.names ?? [],
    shortcuts: options.shortcuts ?? [],
    sockets,
  };
}

/** A person is sent nothing about channels that they are not in. */
function concerns(event: PlaygroundEvent, person: string, workspace: Workspace): boolean {
  const channel =
    event.type === 'message' ? event.message.channel : event.type === 'gone' ? event.channel : undefined;
  return channel === undefined || (workspace.channels.find(channel)?.members.includes(person) ?? false);
}
