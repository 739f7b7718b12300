import { z } from 'zod';
import { LIMITS } from '../../../../render/limits.ts';
import { optionGroups, plainOption } from '../../blocks/elements/options.ts';
import type { OptionAnswer, OptionSearch } from '../../protocol.ts';
import type { Option } from '../../shapes/element.ts';
import { showView } from '../../web-api/views/show-view.ts';
import { describeActor, requirePerson, type Stage } from '../actor.ts';

const answerSchema = z.object({
  options: z.array(plainOption).max(LIMITS.selectOptions).optional(),
  option_groups: optionGroups.optional(),
});

/** Asks the app which options fit the letters typed so far; an app that does not answer well leaves the list empty. */
export async function searchOptions(stage: Stage, search: OptionSearch): Promise<OptionAnswer> {
  const person = requirePerson(stage, search.person);
  const view = stage.world.views.top(person.id);
  const payload = {
    type: 'block_suggestion',
    ...describeActor(stage, person),
    action_id: search.actionId,
    block_id: search.blockId,
    value: search.text,
    ...(search.channel
      ? {
          channel: { id: search.channel },
          container: { type: 'message', message_ts: search.ts, channel_id: search.channel },
        }
      : { view: view && showView(view, stage.world), container: { type: 'view', view_id: view?.id } }),
  };
  const ack = await stage.delivery.send({ type: 'interactive', payload, acceptsResponsePayload: true });
  if (ack.outcome !== 'acked') return { options: [] };
  const answer = answerSchema.safeParse(ack.payload);
  if (!answer.success) return { options: [] };
  // Checked just now; the cast only bridges the two ways in which an absent field is written.
  const options = [
    ...(answer.data.options ?? []),
    ...(answer.data.option_groups ?? []).flatMap((group) => group.options),
  ];
  return { options: options as readonly Option[] };
}
