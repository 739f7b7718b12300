import { z } from 'zod';
import { queryNamed } from '../../core/line/entry.ts';
import { lineOfForm, withEntry } from '../../core/line/entry-form.ts';
import { ENTRY_FORM, TYPED_LINE } from '../../render/messages/entry-form.ts';
import { lineForm } from '../../render/messages/line-form.ts';
import { admit, teamsNamed } from '../question/admission.ts';
import { modalOf, readForm } from '../question/entry-form.ts';
import type { SlackParts } from '../question/handle-line.ts';
import { writePlace } from '../question/place.ts';
import { createLiveViews } from './live-views.ts';

const CHANGE = z.object({
  user: z.object({ id: z.string() }),
  view: z.object({
    id: z.string(),
    hash: z.string(),
    callback_id: z.literal(ENTRY_FORM.callbackId),
    private_metadata: z.string(),
    state: z.object({ values: z.unknown() }),
  }),
  actions: z.array(z.object({ action_ts: z.string() })).min(1),
});

/** A change of a field of the form: the line that it makes is shown, and the fields are those of the entry that is chosen. */
export function onField(parts: SlackParts) {
  const live = createLiveViews(parts.output);
  return async (body: unknown): Promise<void> => {
    const read = CHANGE.safeParse(body);
    if (!read.success) return;
    const { user, view, actions } = read.data;
    const { reading, admission, output } = parts;
    const returned = readForm(view, reading.catalog);
    const admitted = await admit({ person: user.id, teams: teamsNamed(body) }, admission);
    if (returned === undefined || 'problem' in admitted) return;
    const { form, chosen, place } = returned;
    const changed = { id: view.id, hash: view.hash, at: actions[0]?.action_ts ?? '' };
    if (chosen === TYPED_LINE) return live.show(changed, lineForm(lineOfForm(form), writePlace(place)));
    const entry = queryNamed(chosen, reading.catalog) ?? form.entry;
    const next = entry === form.entry ? form : withEntry(form, entry);
    const zone = admitted.zone ?? 'UTC';
    await live.show(changed, modalOf(next, place, { reading, zone, now: output.now() }));
  };
}
