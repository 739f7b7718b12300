import { optional, required } from '../core/line/argument.ts';
import { defineOperation } from '../core/operation/operation.ts';
import { planId, typedWord } from './arguments/names.ts';

export const confirm = defineOperation({
  name: 'confirm',
  summary: 'Do what was planned, or go on with what was stopped',
  about:
    'A plan is good for 15 minutes and is done once, by a person with that right. Each step is written down before and after, so ' +
    'that a restart goes on where it was. Where something is lost for good, a word must be typed behind the id.',
  changes: true,
  args: { plan: required(planId()), word: optional(typedWord()) },
  act: ({ plan, word }, { plans }) => plans.confirm(plan, word),
});
