import type { NextLine, Report, ReportSection } from '../../core/operation/report.ts';
import { alignedRows } from './aligned-rows.ts';
import { printable } from './printable.ts';

/** A report in words: for terminals, notifications, screen readers, and where no block is taken. */
export function reportText({ headline, sections, next }: Report, prompt = ''): string {
  const lines = next.map((each) => `  ${each.label}: ${prompt}${lineToType(each)}`);
  return printable(
    [
      headline,
      ...sections.flatMap(sectionLines),
      ...(lines.length === 0 ? [] : ['', 'Go on with', ...lines]),
    ].join('\n'),
  );
}

function lineToType({ line, typed }: NextLine): string {
  return typed === undefined ? line : `${line} ${typed}`;
}

function sectionLines({ title, lines = [], table, code }: ReportSection): readonly string[] {
  return [
    '',
    ...(title === undefined ? [] : [`${title}:`]),
    ...lines,
    ...(table === undefined ? [] : [alignedRows([table.columns, ...table.rows])]),
    ...(code === undefined ? [] : [code]),
  ];
}
