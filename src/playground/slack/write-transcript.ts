import { cellText, richTextText } from './blocks/whole-message-rules.ts';
import type { PlaygroundMessage } from './protocol.ts';
import type { Block } from './shapes/block.ts';
import type { TextObject } from './shapes/element.ts';

/** Messages as text a person can read: one line of who and what, replies indented, blocks in words. */
export function writeTranscript(messages: readonly PlaygroundMessage[]): string {
  return messages.map(writeMessage).join('\n');
}

function writeMessage(message: PlaygroundMessage): string {
  const secret = message.onlyFor ? ' (only visible to one)' : '';
  const body = message.blocks.length > 0 ? message.blocks.map(writeBlock).join('\n') : message.text;
  const files = message.files.map((file) => `\n[file ${file.name}, ${file.sizeBytes} bytes]`).join('');
  const text = `${message.author.name}${secret}: ${body}${files}`;
  return message.threadTs ? text.replace(/^/gm, '    ') : text;
}

/** A block in words; what has none is named. */
export function writeBlock(block: Block): string {
  switch (block.type) {
    case 'header':
    case 'alert':
      return block.text.text;
    case 'section':
      return [block.text, ...(block.fields ?? [])].flatMap((one) => one?.text ?? []).join('\n');
    case 'context':
      return block.elements.map((one) => (one.type === 'image' ? one.alt_text : one.text)).join(' · ');
    case 'actions':
    case 'context_actions':
      return block.elements
        .map((one) => `[${one.text?.text ?? one.placeholder?.text ?? one.type}]`)
        .join(' ');
    case 'rich_text':
      return richTextText(block);
    case 'table':
    case 'data_table':
      return block.rows.map((row) => row.map(cellText).join(' | ')).join('\n');
    case 'container':
      return [titleOf(block.title), ...block.child_blocks.map(writeBlock)].join('\n');
    case 'markdown':
      return block.text;
    case 'input':
      return `${block.label.text}: ____`;
    case 'plan':
      return [block.title, ...(block.tasks ?? []).map(writeBlock)].join('\n');
    case 'task_card':
      return `${block.title} (${block.status})`;
    case 'data_visualization':
      return `[${block.chart.type} chart: ${block.title}]`;
    case 'image':
      return `[image: ${block.alt_text}]`;
    case 'divider':
      return '---';
  }
}

function titleOf(title: TextObject | undefined): string {
  return title?.text ?? '';
}
