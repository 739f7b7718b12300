import type { NextLine } from '../core/operation/report.ts';
import type { Facts } from '../core/operation/step-kind.ts';

/** What comes after an operation, from what its steps found out. */
export function nextAfter({ flowLogId, table }: Facts): readonly NextLine[] {
  if (flowLogId !== undefined)
    return [
      { label: 'Make its table', line: `table ${flowLogId}`, press: 'ask', style: 'primary' },
      { label: 'Status', line: `status ${flowLogId}`, press: 'ask' },
      { label: 'Its files', line: `files ${flowLogId} last 1h`, press: 'ask' },
    ];
  if (table === undefined) return [];
  return [
    {
      label: 'Ask it',
      line: `top-talkers last 1h in=${table.replace('_', '-')}`,
      press: 'ask',
      style: 'primary',
    },
  ];
}
