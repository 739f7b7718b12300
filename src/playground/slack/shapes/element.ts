/** Text that is shown literally. */
export interface PlainText {
  readonly type: 'plain_text';
  readonly text: string;
  readonly emoji?: boolean;
}

/** Text in Slack's own markup. */
export interface Mrkdwn {
  readonly type: 'mrkdwn';
  readonly text: string;
  readonly verbatim?: boolean;
}

/** Either kind of text. */
export type TextObject = PlainText | Mrkdwn;

/** The question asked before a button does something. */
export interface Confirm {
  readonly title?: PlainText;
  readonly text: TextObject;
  readonly confirm?: PlainText;
  readonly deny?: PlainText;
  readonly style?: 'primary' | 'danger';
}

/** One choice of a select, an overflow menu, radio buttons or checkboxes. */
export interface Option {
  readonly text: TextObject;
  readonly value?: string;
  readonly url?: string;
  readonly description?: PlainText;
}

/** Choices under one heading. */
export interface OptionGroup {
  readonly label: PlainText;
  readonly options: readonly Option[];
}

/** Anything a person can press, choose or fill in; `type` says which of the optional fields it has. */
export interface Element {
  readonly type: string;
  readonly action_id?: string;
  readonly text?: PlainText;
  readonly value?: string;
  readonly url?: string;
  readonly style?: 'primary' | 'danger';
  readonly accessibility_label?: string;
  readonly confirm?: Confirm;
  readonly placeholder?: PlainText;
  readonly options?: readonly Option[];
  readonly option_groups?: readonly OptionGroup[];
  readonly initial_option?: Option;
  readonly initial_options?: readonly Option[];
  readonly initial_value?: string;
  readonly initial_date?: string;
  readonly initial_time?: string;
  readonly initial_date_time?: number;
  readonly initial_conversation?: string;
  readonly initial_channel?: string;
  readonly initial_user?: string;
  readonly default_to_current_conversation?: boolean;
  readonly multiline?: boolean;
  readonly min_length?: number;
  readonly max_length?: number;
  readonly min_query_length?: number;
  readonly focus_on_load?: boolean;
  readonly is_decimal_allowed?: boolean;
  readonly min_value?: string;
  readonly max_value?: string;
  readonly image_url?: string;
  readonly alt_text?: string;
}

/** A small picture; the desk shows its alternative text, because it loads nothing from elsewhere. */
export interface ImageElement {
  readonly type: 'image';
  readonly image_url?: string;
  readonly alt_text: string;
}
