import type { Report, ReportSection } from '../../core/operation/report.ts';
import { reportText } from '../answer-text.ts';
import type { Block, Message } from '../blocks/block-types.ts';
import { nextButtons, stopButton } from '../blocks/buttons.ts';
import { messageText } from '../blocks/slack-text.ts';
import { reportTable } from '../blocks/table-blocks.ts';
import { boldLine, codeBlocks, folded, plainLine, smallPrint } from '../blocks/text-blocks.ts';
import { LIMITS } from '../limits.ts';

/** Longer code is put behind a fold, so that the plan stays in sight. */
const SHOWN_CHARACTERS = 900;

/**
 * A report for a thread: headline, the line it answers, its sections, the next lines as buttons. From the richest form
 * to the plainest. While the command runs, `stopId` adds the button that stops it.
 */
export function reportForms(report: Report, line: string, stopId?: string): readonly Message[] {
  const { people } = report;
  const text = messageText(reportText(report), people);
  const buttons: readonly Block[] = [
    ...(report.next.length === 0 ? [] : [nextButtons(report.next)]),
    ...(stopId === undefined ? [] : [stopButton(stopId)]),
  ];
  const head = [boldLine(report.headline, people), smallPrint([line])];
  // Slack takes one table in a message: the others are written in a fixed width.
  const tabled = report.sections.find(({ table }) => table !== undefined && table.rows.length > 0);
  const form = (table: TableForm): Message => ({
    text,
    blocks: [
      ...head,
      ...report.sections
        .flatMap((section) => sectionBlocks(section, people, section === tabled ? table : 'fence'))
        .slice(0, MOST_BLOCKS),
      ...buttons,
    ],
  });
  return [form('table'), form('fence'), { text, blocks: [] }];
}

type TableForm = 'table' | 'fence';

/** Leaves room for headline, line and buttons. */
const MOST_BLOCKS = LIMITS.messageBlocks - 5;

function sectionBlocks(
  { title, lines, table, code }: ReportSection,
  people: Report['people'],
  form: TableForm,
): readonly Block[] {
  return [
    ...(title === undefined || code !== undefined ? [] : [smallPrint([title])]),
    ...(lines === undefined || lines.length === 0 ? [] : [plainLine(lines.join('\n'), people)]),
    ...(table === undefined || table.rows.length === 0 ? [] : [reportTable(table, form)]),
    ...(code === undefined ? [] : codeSection(title ?? '', code, form)),
  ];
}

/** Not every surface takes a fold: the plainer form is without it. */
function codeSection(title: string, code: string, form: TableForm): readonly Block[] {
  const blocks = codeBlocks(code);
  if (title === '' || form === 'fence' || code.length <= SHOWN_CHARACTERS)
    return [...(title === '' ? [] : [smallPrint([title])]), ...blocks];
  return [folded(title, blocks.slice(0, LIMITS.containerBlocks))];
}
