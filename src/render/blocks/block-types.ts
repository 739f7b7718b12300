/** Text that Slack reads as its markup, or that it shows as it is. */
type TextObject =
  | { readonly type: 'mrkdwn'; readonly text: string; readonly verbatim?: boolean }
  | { readonly type: 'plain_text'; readonly text: string; readonly emoji?: boolean };

/** Rich text shows its text literally: the place for everything that comes from logs or people. */
export interface RichTextBlock {
  readonly type: 'rich_text';
  readonly elements: readonly RichTextElement[];
}

/** A line of text, or text in a fixed width. */
interface RichTextElement {
  readonly type: 'rich_text_section' | 'rich_text_preformatted';
  readonly elements: readonly RichTextLeaf[];
}

/** A run of literal text, a person by their id, a link, or an instant that each reader sees in their own time zone. */
export type RichTextLeaf =
  | {
      readonly type: 'text';
      readonly text: string;
      readonly style?: { readonly bold?: boolean; readonly code?: boolean };
    }
  | { readonly type: 'user'; readonly user_id: string }
  | { readonly type: 'link'; readonly url: string; readonly text: string }
  | {
      readonly type: 'date';
      /** Epoch seconds. */
      readonly timestamp: number;
      readonly format: '{time_secs}' | '{time}' | '{date_short_pretty} {time_secs}';
      readonly fallback: string;
      readonly style?: { readonly bold?: boolean };
    };

/** A cell of a table; a number sorts by its value and shows its text. */
export type TableCell =
  | { readonly type: 'raw_text'; readonly text: string }
  | { readonly type: 'raw_number'; readonly value: number; readonly text: string };

/** A table that people sort and page in Slack. */
export interface DataTableBlock {
  readonly type: 'data_table';
  readonly caption: string;
  readonly page_size: number;
  readonly rows: readonly (readonly TableCell[])[];
}

/** The plainer table of Slack, for where the richer one is refused. */
export interface TableBlock {
  readonly type: 'table';
  readonly column_settings: readonly { readonly align: 'left' | 'right' }[];
  readonly rows: readonly (readonly TableCell[])[];
}

/** Small print. */
export interface ContextBlock {
  readonly type: 'context';
  readonly elements: readonly TextObject[];
}

/** A button; its value comes back when it is pressed. */
export interface Button {
  readonly type: 'button';
  readonly action_id: string;
  readonly text: { readonly type: 'plain_text'; readonly text: string };
  readonly value: string;
  readonly style?: 'primary' | 'danger';
  readonly accessibility_label?: string;
  /** A question before it acts. */
  readonly confirm?: {
    readonly title: { readonly type: 'plain_text'; readonly text: string };
    readonly text: { readonly type: 'plain_text'; readonly text: string };
    readonly confirm: { readonly type: 'plain_text'; readonly text: string };
    readonly deny: { readonly type: 'plain_text'; readonly text: string };
  };
}

/** A row of buttons. */
export interface ActionsBlock {
  readonly type: 'actions';
  readonly elements: readonly Button[];
}

/** Blocks behind a title that opens and closes. */
export interface ContainerBlock {
  readonly type: 'container';
  readonly title: { readonly type: 'plain_text'; readonly text: string };
  readonly is_collapsible: true;
  readonly default_collapsed: true;
  readonly child_blocks: readonly (RichTextBlock | ContextBlock | TableBlock)[];
}

/** A chart over time; on the platform since 2026-06, not yet in Slack's own types. */
export interface ChartBlock {
  readonly type: 'data_visualization';
  readonly title: string;
  readonly chart: {
    readonly type: 'bar';
    readonly series: readonly { readonly name: string; readonly data: readonly ChartPoint[] }[];
    readonly axis_config: { readonly categories: readonly string[]; readonly y_label?: string };
  };
}

/** One value of a series, at a category of the axis. */
interface ChartPoint {
  readonly label: string;
  readonly value: number;
}

type PlainText = { readonly type: 'plain_text'; readonly text: string };

/** A field of a modal. With `dispatch_action` the app hears of each change of it. */
export interface InputBlock {
  readonly type: 'input';
  readonly block_id: string;
  readonly label: PlainText;
  readonly hint?: PlainText;
  readonly optional?: boolean;
  readonly dispatch_action?: true;
  readonly element: TextInput | StaticSelect;
}

/** A line of text. */
interface TextInput {
  readonly type: 'plain_text_input';
  readonly action_id: string;
  readonly initial_value?: string;
  readonly placeholder?: PlainText;
  readonly max_length?: number;
  readonly dispatch_action_config?: { readonly trigger_actions_on: readonly 'on_character_entered'[] };
}

/** A choice of a menu. */
export interface SelectOption {
  readonly text: PlainText;
  readonly value: string;
}

/** A menu: of options, or of options in groups. */
export interface StaticSelect {
  readonly type: 'static_select';
  readonly action_id: string;
  readonly options?: readonly SelectOption[];
  readonly option_groups?: readonly {
    readonly label: PlainText;
    readonly options: readonly SelectOption[];
  }[];
  readonly initial_option?: SelectOption;
}

/** A form over the conversation; what is filled in comes back with its metadata. */
export interface Modal {
  readonly type: 'modal';
  readonly callback_id: string;
  readonly private_metadata: string;
  readonly title: { readonly type: 'plain_text'; readonly text: string };
  readonly submit?: { readonly type: 'plain_text'; readonly text: string };
  readonly close: { readonly type: 'plain_text'; readonly text: string };
  readonly blocks: readonly Block[];
}

/** The blocks that flowlog uses. */
export type Block =
  | RichTextBlock
  | DataTableBlock
  | TableBlock
  | ContextBlock
  | ActionsBlock
  | ContainerBlock
  | ChartBlock
  | InputBlock;

/** What is posted: the blocks, and the words for notifications, screen readers and places without blocks. */
export interface Message {
  readonly text: string;
  readonly blocks: readonly Block[];
}
