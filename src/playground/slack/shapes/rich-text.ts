/** How one leaf of rich text looks. */
export interface RichTextStyle {
  readonly bold?: boolean;
  readonly italic?: boolean;
  readonly strike?: boolean;
  readonly code?: boolean;
  readonly underline?: boolean;
}

/** A leaf of rich text; its text is literal, never markup. */
export interface RichTextLeaf {
  readonly type: string;
  readonly text?: string;
  readonly url?: string;
  readonly user_id?: string;
  readonly channel_id?: string;
  readonly usergroup_id?: string;
  readonly name?: string;
  readonly range?: string;
  readonly timestamp?: number;
  readonly format?: string;
  readonly fallback?: string;
  readonly value?: string;
  readonly style?: RichTextStyle;
}

/** A paragraph, list, quote or block of code. */
export type RichTextPart =
  | {
      readonly type: 'rich_text_section' | 'rich_text_quote' | 'rich_text_preformatted';
      readonly elements: readonly RichTextLeaf[];
    }
  | {
      readonly type: 'rich_text_list';
      readonly style: 'bullet' | 'ordered';
      readonly indent?: number;
      readonly elements: readonly {
        readonly type: 'rich_text_section';
        readonly elements: readonly RichTextLeaf[];
      }[];
    };

/** Text made of literal leaves. */
export interface RichTextBlock {
  readonly type: 'rich_text';
  readonly block_id?: string;
  readonly elements: readonly RichTextPart[];
}
