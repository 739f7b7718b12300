import type { Element } from '../../blocks/elements.ts';
import type { FormValue, Reaction } from '../../protocol.ts';
import type { Names } from '../mrkdwn/render-mrkdwn.ts';

/** What a block needs to be more than a picture. */
export interface BlockContext {
  readonly names: Names;
  /** Asks first, if the element says so; false means that the person thought better of it. */
  confirms(element: Element): Promise<boolean>;
  /** Presses a button or chooses an option; resolves when the app has taken it. */
  press(blockId: string, element: Element, choice?: string): Promise<Reaction>;
  /** Remembers what a field of a form holds. */
  fill(blockId: string, actionId: string, value: FormValue): void;
  /** Asks the app for options. */
  suggest(
    blockId: string,
    actionId: string,
    text: string,
  ): Promise<readonly { readonly label: string; readonly value: string }[]>;
  /** People and channels, for the selects that list them. */
  readonly people: readonly { readonly label: string; readonly value: string }[];
  readonly channels: readonly { readonly label: string; readonly value: string }[];
  /** What the app found wrong with a field. */
  errorOf(blockId: string): string | undefined;
  /** A new id for a label to point at. */
  newDomId(): string;
}
