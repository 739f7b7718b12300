import type { SlackBlock } from './blocks/block.ts';
import { richTextText } from './blocks/rich-text.ts';
import { cellText } from './blocks/tables.ts';
import type { PlaygroundMessage } from './protocol.ts';

/** Messages as readable text: author and content, replies indented, blocks as text. */
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

function writeBlock(block: SlackBlock): string {
  switch (block.type) {
    case 'context':
      return block.elements.map((one) => one.text).join(' · ');
    case 'actions':
      return block.elements.map((one) => `[${one.text.text}]`).join(' ');
    case 'rich_text':
      return richTextText(block);
    case 'table':
    case 'data_table':
      return block.rows.map((row) => row.map(cellText).join(' | ')).join('\n');
    case 'container':
      return [block.title?.text ?? '', ...block.child_blocks.map(writeBlock)].join('\n');
    case 'input':
      return `${block.label.text}: ____`;
    case 'data_visualization':
      return `[${block.chart.type} chart: ${block.title}]`;
  }
}
