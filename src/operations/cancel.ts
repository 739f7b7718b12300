import { required } from '../core/line/argument.ts';
import { defineOperation } from '../core/operation/operation.ts';
import { planId } from './arguments/names.ts';

export const cancel = defineOperation({
  name: 'cancel',
  summary: 'Call off a plan that was not confirmed yet',
  about:
    'Nothing was changed and nothing will be. What is being done already is stopped with its own button.',
  args: { plan: required(planId()) },
  act: ({ plan }, { plans }) => plans.cancel(plan),
});
