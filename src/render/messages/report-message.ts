import type { Report, ReportSection } from '../../core/operation/report.ts';
import { reportText } from '../answer-text.ts';
import type { Block, Message } from '../blocks/block-types.ts';
import { nextButtons, stopButton } from '../blocks/buttons.ts';
import { messageText } from '../blocks/slack-text.ts';
import { reportTable } from '../blocks/table-blocks.ts';
import {
  boldLine,
  codeBlocks,
  folded as foldedBlocks,
  plainLine,
  smallPrint,
} from '../blocks/text-blocks.ts';
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
  const form = (table: TableForm): Message => {
    const blocksOf = (sections: readonly ReportSection[]) =>
      sections.flatMap((section) =>
        sectionBlocks(section, people, {
          table: section === tabled ? table : 'fence',
          folds: table === 'table',
        }),
      );
    return {
      text,
      blocks: [
        ...head,
        ...blocksOf(report.sections.filter(({ folded }) => folded !== true)).slice(0, MOST_BLOCKS),
        ...buttons,
        ...blocksOf(report.sections.filter(({ folded }) => folded === true)).slice(0, MOST_FOLDED),
      ],
    };
  };
  return [form('table'), form('fence'), { text, blocks: [] }];
}

type TableForm = 'table' | 'fence';

/** What a form of a message may use. */
interface SectionForm {
  readonly table: TableForm;
  readonly folds: boolean;
}

const MOST_FOLDED = 20;
/** Leaves room for headline, line, buttons and folds. */
const MOST_BLOCKS = LIMITS.messageBlocks - MOST_FOLDED - 5;

function sectionBlocks(
  { title, lines, table, code, folded = false }: ReportSection,
  people: Report['people'],
  form: SectionForm,
): readonly Block[] {
  return [
    ...(title === undefined || code !== undefined ? [] : [smallPrint([title])]),
    ...(lines === undefined || lines.length === 0 ? [] : [plainLine(lines.join('\n'), people)]),
    ...(table === undefined || table.rows.length === 0 ? [] : [reportTable(table, form.table)]),
    ...(code === undefined ? [] : codeSection({ title: title ?? '', code, isFolded: folded }, form)),
  ];
}

/** Not every surface takes a fold: the plainer form is without it. */
function codeSection(
  { title, code, isFolded }: { readonly title: string; readonly code: string; readonly isFolded: boolean },
  { folds }: SectionForm,
): readonly Block[] {
  const blocks = codeBlocks(code);
  const isShown = !isFolded && code.length <= SHOWN_CHARACTERS;
  if (title === '' || !folds || isShown) return [...(title === '' ? [] : [smallPrint([title])]), ...blocks];
  return [foldedBlocks(title, blocks.slice(0, LIMITS.containerBlocks))];
}
