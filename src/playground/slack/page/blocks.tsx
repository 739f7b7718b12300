import type { SlackBlock, SlackContainerBlock } from '../blocks/block.ts';
import { ActionButton, type BlockPlace } from './button.tsx';
import { BarChart } from './chart.tsx';
import { DataTable } from './data-table.tsx';
import { Icon } from './icon.tsx';
import { Input } from './input.tsx';
import { plainTextOf, Text } from './mrkdwn.tsx';
import { usePage } from './page.tsx';
import { RichText } from './rich-text.tsx';
import { Table } from './table.tsx';

interface BlocksProps {
  readonly blocks: readonly SlackBlock[];
  readonly place: BlockPlace;
}

/** Blocks one below the other. */
export function Blocks({ blocks, place }: BlocksProps) {
  return (
    <div class="blocks">
      {blocks.map((block, index) => (
        <BlockView key={block.block_id ?? index} block={block} place={place} />
      ))}
    </div>
  );
}

/** One block, of the kinds that flowlog sends. */
function BlockView({ block, place }: { readonly block: SlackBlock; readonly place: BlockPlace }) {
  switch (block.type) {
    case 'rich_text':
      return <RichText block={block} />;
    case 'context':
      return <Context block={block} />;
    case 'data_table':
      return <DataTable block={block} />;
    case 'table':
      return <Table block={block} />;
    case 'data_visualization':
      return <BarChart block={block} />;
    case 'container':
      return <Container block={block} place={place} />;
    case 'input':
      return <Input block={block} />;
    case 'actions':
      return (
        <div class="block-actions">
          {block.elements.map((element) => (
            <ActionButton
              key={element.action_id}
              button={element}
              blockId={block.block_id ?? ''}
              place={place}
            />
          ))}
        </div>
      );
    default:
      return <NotPlayed block={block} />;
  }
}

/** A line in the place of a block of any other kind, which only another server could send. */
function NotPlayed({ block }: { readonly block: { readonly type: string } }) {
  return <p class="not-played">not played here: {block.type}</p>;
}

function Context({ block }: { readonly block: Extract<SlackBlock, { type: 'context' }> }) {
  const { names } = usePage();
  return (
    <div class="block-context">
      {block.elements.map((element, index) => (
        <span key={index}>
          <Text text={element} names={names} />
        </span>
      ))}
    </div>
  );
}

/** Blocks that are folded under a title; the browser's own folding works with keyboard and screen reader. */
function Container({ block, place }: { readonly block: SlackContainerBlock; readonly place: BlockPlace }) {
  return (
    <details class="block-container" open={!block.default_collapsed}>
      <summary class="container-title">
        <Icon name="chevron" />
        <span class="container-name">{plainTextOf(block.title?.text ?? '')}</span>
      </summary>
      <Blocks blocks={block.child_blocks} place={place} />
    </details>
  );
}
