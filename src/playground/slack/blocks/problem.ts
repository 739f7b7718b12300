import type { z } from 'zod';

/** One thing that Slack would not accept, and where. */
export interface BlockProblem {
  /** JSON pointer: `/blocks/0/text/text`. */
  readonly pointer: string;
  /** As Slack words it: `must be less than 151 characters`. */
  readonly message: string;
}

/** Slack's way to write a problem into `response_metadata.messages`. */
export function writeProblem(problem: BlockProblem): string {
  return `[ERROR] ${problem.message} [json-pointer:${problem.pointer}]`;
}

/** Translates what the schema found, with `root` before each pointer; the schema must have reported its input. */
export function problemsOf(error: z.ZodError, root: string): readonly BlockProblem[] {
  return error.issues.map((issue) => ({
    pointer: [root, ...issue.path.map(escapePointer)].join('/'),
    message: describeIssue(issue),
  }));
}

function escapePointer(key: PropertyKey): string {
  return String(key).replaceAll('~', '~0').replaceAll('/', '~1');
}

function describeIssue(issue: z.core.$ZodIssue): string {
  switch (issue.code) {
    case 'too_big':
      return describeTooBig(issue.origin, Number(issue.maximum));
    case 'too_small':
      return describeTooSmall(issue.origin, Number(issue.minimum));
    case 'unrecognized_keys':
      return `invalid additional property: ${issue.keys.join(', ')}`;
    case 'invalid_type':
      return issue.input === undefined
        ? `missing required field: ${String(issue.path.at(-1))}`
        : `must be a ${issue.expected}`;
    case 'invalid_union':
      return issue.discriminator ? describeKind(issue.input) : 'failed to match all allowed schemas';
    default:
      return issue.message;
  }
}

function describeTooBig(origin: string, maximum: number): string {
  if (origin === 'string') return `must be less than ${maximum + 1} characters`;
  return origin === 'array' ? `no more than ${maximum} items allowed` : `must be at most ${maximum}`;
}

function describeTooSmall(origin: string, minimum: number): string {
  if (origin === 'string') return `must be more than ${minimum - 1} characters`;
  return origin === 'array' ? `no fewer than ${minimum} items allowed` : `must be more than ${minimum - 1}`;
}

/** Blocks, elements, parts of rich text and charts that Slack accepts and flowlog never sends. */
const NOT_PLAYED = new Set([
  ...['alert', 'card', 'carousel', 'context_actions', 'divider', 'file', 'header', 'image', 'markdown'],
  ...['plan', 'section', 'task_card', 'video'],
  ...['checkboxes', 'datepicker', 'datetimepicker', 'email_text_input', 'feedback_buttons', 'file_input'],
  ...['icon_button', 'number_input', 'overflow', 'radio_buttons', 'rich_text_input', 'timepicker'],
  ...['url_text_input', 'workflow_button'],
  ...['channels', 'conversations', 'external', 'static', 'users'].flatMap((of) => [
    `${of}_select`,
    `multi_${of}_select`,
  ]),
  ...['rich_text_list', 'rich_text_quote'],
  ...['broadcast', 'channel', 'color', 'date', 'emoji', 'team', 'usergroup'],
  ...['area', 'line', 'pie'],
]);

function describeKind(input: unknown): string {
  const type = typeof input === 'object' && input !== null && 'type' in input ? input.type : undefined;
  return typeof type === 'string' && NOT_PLAYED.has(type) ? `${type} is not played here` : 'unsupported type';
}
