import type { ChartBlock } from './chart.ts';
import type { Element, ImageElement, PlainText, TextObject } from './element.ts';
import type { RichTextBlock } from './rich-text.ts';
import type { DataTableBlock, TableBlock } from './table.ts';

/** Blocks under one heading that may be folded. */
export interface ContainerBlock {
  readonly type: 'container';
  readonly block_id?: string;
  readonly title?: PlainText;
  readonly rich_text_title?: RichTextBlock;
  readonly subtitle?: TextObject;
  readonly child_blocks: readonly Block[];
  readonly is_collapsible?: boolean;
  readonly default_collapsed?: boolean;
}

/** A field of a form. */
export interface InputBlock {
  readonly type: 'input';
  readonly block_id?: string;
  readonly label: PlainText;
  readonly hint?: PlainText;
  readonly optional?: boolean;
  readonly dispatch_action?: boolean;
  readonly element: Element;
}

/** One step of a plan. */
export interface TaskCardBlock {
  readonly type: 'task_card';
  readonly block_id?: string;
  readonly task_id: string;
  readonly title: string;
  readonly status: 'pending' | 'in_progress' | 'complete' | 'error';
  readonly details?: RichTextBlock;
  readonly output?: RichTextBlock;
}

/** Every block that the desk draws. What it accepts but does not draw falls to the last member. */
export type Block =
  | { readonly type: 'header'; readonly block_id?: string; readonly text: PlainText }
  | {
      readonly type: 'section';
      readonly block_id?: string;
      readonly text?: TextObject;
      readonly fields?: readonly TextObject[];
      readonly accessory?: Element;
    }
  | {
      readonly type: 'context';
      readonly block_id?: string;
      readonly elements: readonly (TextObject | ImageElement)[];
    }
  | {
      readonly type: 'actions' | 'context_actions';
      readonly block_id?: string;
      readonly elements: readonly Element[];
    }
  | { readonly type: 'divider'; readonly block_id?: string }
  | {
      readonly type: 'image';
      readonly block_id?: string;
      readonly image_url?: string;
      readonly alt_text: string;
      readonly title?: PlainText;
    }
  | { readonly type: 'markdown'; readonly block_id?: string; readonly text: string }
  | { readonly type: 'alert'; readonly block_id?: string; readonly text: TextObject; readonly level?: string }
  | {
      readonly type: 'plan';
      readonly block_id?: string;
      readonly title: string;
      readonly tasks?: readonly TaskCardBlock[];
    }
  | RichTextBlock
  | DataTableBlock
  | TableBlock
  | ChartBlock
  | ContainerBlock
  | InputBlock
  | TaskCardBlock;
