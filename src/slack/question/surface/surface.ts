import type { Answer } from '../../../core/answer/answer.ts';
import type { Report } from '../../../core/operation/report.ts';
import type { Message } from '../../../render/blocks/block.ts';
import type { Content } from '../../api/content.ts';
import type { Place } from '../place.ts';

/** Where people see one question being answered. */
export interface Surface {
  /** Shows that the question is worked on; returns the place as it is then, to be found again after a restart. */
  open(working: Message): Promise<Place>;
  /** Shows how far it is. Never fails: what cannot be shown is dropped. */
  show(message: Message): Promise<void>;
  /** `csv` holds all rows when they are more than the answer holds. */
  answer(answer: Answer, csv: Content | undefined): Promise<void>;
  /** Shows what a command came to; `line` is the command. */
  report(report: Report, line: string): Promise<void>;
  /** Shows that there is no answer, and why. */
  end(message: Message): Promise<void>;
}
