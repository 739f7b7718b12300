// @ts-nocheck: draws kinds that are no longer played; the page is replaced as a whole.
import type { FormValue, FormValues } from '../protocol.ts';
import type { BlockContext } from './blocks/block-context.ts';
import { ask } from './dialogs/ask.ts';
import { reportReaction } from './dialogs/toast.ts';
import { formatDateTime } from './format-time.ts';
import { type Names, plain } from './mrkdwn/render-mrkdwn.ts';
import type { Page } from './page.ts';

/** Where blocks stand: in a message, or in the open modal with its form. */
export interface BlockPlace {
  readonly channel?: string;
  readonly ts?: string;
  readonly errors?: Readonly<Record<string, string>>;
  readonly values?: () => FormValues;
  readonly fill?: (blockId: string, actionId: string, value: FormValue) => void;
}

let lastDomId = 0;

/** Creates what blocks need to find names, be pressed and be filled in. */
export function createBlockContext(page: Page, place: BlockPlace): BlockContext {
  const { store, deeds } = page;
  const names = createNames(page);
  const where = { ...(place.channel && { channel: place.channel }), ...(place.ts && { ts: place.ts }) };
  return {
    names,
    confirms: async (element) => !element.confirm || ask(element.confirm, names),
    async press(blockId, element, choice) {
      const press = {
        ...where,
        blockId,
        actionId: element.action_id ?? '',
        ...(choice !== undefined && { choice }),
      };
      const reaction = await deeds.click({ ...press, ...(place.values && { values: place.values() }) });
      reportReaction(reaction);
      return reaction;
    },
    fill: (blockId, actionId, value) => place.fill?.(blockId, actionId, value),
    async suggest(blockId, actionId, text) {
      const { options } = await deeds.suggest({ ...where, blockId, actionId, text });
      return options.map((option) => ({ label: plain(option.text.text), value: option.value ?? '' }));
    },
    people: store.state().people.map((person) => ({ label: person.realName, value: person.id })),
    channels: store.state().channels.map((channel) => ({ label: channel.name, value: channel.id })),
    errorOf: (blockId) => place.errors?.[blockId],
    newDomId() {
      lastDomId += 1;
      return `desk-${lastDomId}`;
    },
  };
}

/** Finds the names behind ids, and times in the person's own zone. */
export function createNames({ store }: Page): Names {
  return {
    user(id) {
      const { bot, people } = store.state();
      return id === bot.id ? bot.name : (people.find((person) => person.id === id)?.name ?? id);
    },
    channel: (id) => store.state().channels.find((channel) => channel.id === id)?.name ?? id,
    time: (seconds) => formatDateTime(seconds, store.me().tz),
  };
}
