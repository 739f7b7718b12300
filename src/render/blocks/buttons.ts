import type { NextLine } from '../../core/operation/report.ts';
import type { FollowUp } from '../../core/query/query.ts';
import type { HelpExample } from '../help-tasks.ts';
import { LIMITS } from '../limits.ts';
import { cut, printable } from '../plain-text.ts';
import type { ActionsBlock, Button } from './block-types.ts';

/** The buttons of flowlog by what they do; each carries a line as its value. */
export const ACTIONS = {
  /** Asks its line, in the thread of its message. `ask:0`, `ask:1` … because ids must differ within a message. */
  ask: 'ask',
  /** Asks its line again for all of its rows, as a file in the thread of its message. */
  rows: 'rows',
  /** Opens a form with its line in it, to be changed and asked. */
  change: 'change',
  /** Opens a form for the word that confirms its line. */
  confirm: 'confirm',
  /** Stops the question whose id it carries; anyone in the channel may press it. */
  stop: 'stop',
} as const;

const SHOWN_LABEL = 40;

/** A line that is done once a word is typed, and what that does. */
export interface Confirmation {
  readonly line: string;
  readonly word: string;
  readonly what: string;
}

const LONGEST_WHAT = 300;

/** It comes back as the value of a button, and decides nothing: the plan does. */
function writeConfirmation({ what, ...confirmation }: Confirmation): string {
  return JSON.stringify({ ...confirmation, what: cut(printable(what), LONGEST_WHAT) });
}

/**
 * Follow-ups as buttons, the one for all rows where there is one, and one that opens the line for changing; a line too long
 * for a button is left out.
 */
export function followUpButtons(
  followUps: readonly FollowUp[],
  line: string,
  allRows: Button | undefined,
): ActionsBlock {
  const asks = followUps.map((followUp, index) =>
    lineButton(`${ACTIONS.ask}:${index}`, followUp.label, followUp.line),
  );
  const rows = allRows === undefined ? [] : [allRows];
  const buttons = [...asks, ...rows, lineButton(ACTIONS.change, 'Change…', line)];
  return { type: 'actions', elements: buttons.filter(({ value }) => value.length <= LIMITS.buttonValue) };
}

/** The next lines of a report as buttons; one that asks for a typed word opens the form. */
export function nextButtons(next: readonly (FollowUp & Partial<NextLine>)[]): ActionsBlock {
  const buttons = next.map(({ label, line, press = 'ask', style, typed, confirms }, index) => {
    const action = press === 'ask' ? ACTIONS.ask : typed === undefined ? ACTIONS.change : ACTIONS.confirm;
    const button = lineButton(`${action}:${index}`, label, line);
    const value =
      typed === undefined ? line : writeConfirmation({ line, word: typed, what: confirms ?? line });
    return { ...button, value, ...(style === undefined ? {} : { style }) };
  });
  return {
    type: 'actions',
    elements: buttons
      .filter(({ value }) => value.length <= LIMITS.buttonValue)
      .slice(0, LIMITS.actionsElements),
  };
}

/** The button that asks a line for all of its rows; `price` is what that may cost, where it is billed. */
export function rowsButton(label: string, line: string, price: string | undefined): Button {
  const button = lineButton(ACTIONS.rows, label, line);
  if (price === undefined) return button;
  const plain = (text: string) => ({ type: 'plain_text' as const, text });
  return {
    ...button,
    confirm: {
      title: plain('Ask again for all rows?'),
      text: plain(`The same question runs again: ${price}.`),
      confirm: plain('Get the file'),
      deny: plain('Cancel'),
    },
  };
}

/** One button that asks a line. */
export function askButton(label: string, line: string): ActionsBlock {
  return { type: 'actions', elements: [lineButton(`${ACTIONS.ask}:0`, label, line)] };
}

/** Lines to begin with: one with an address in it opens the form, because the address is only an example. */
export function exampleButtons(examples: readonly HelpExample[]): ActionsBlock {
  const elements = examples.map(({ label, line, isForm }, index) =>
    lineButton(`${isForm ? ACTIONS.change : ACTIONS.ask}:${index}`, label, line),
  );
  return { type: 'actions', elements };
}

/** The button that stops a question while it runs. */
export function stopButton(questionId: string): ActionsBlock {
  return { type: 'actions', elements: [lineButton(ACTIONS.stop, 'Stop', questionId, 'Stop this question')] };
}

function lineButton(actionId: string, label: string, value: string, spoken = `${label}: ${value}`): Button {
  return {
    type: 'button',
    action_id: actionId,
    text: { type: 'plain_text', text: cut(printable(label), Math.min(SHOWN_LABEL, LIMITS.buttonText)) },
    accessibility_label: cut(printable(spoken), LIMITS.buttonText),
    value,
  };
}
