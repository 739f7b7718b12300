/**
 * What an address or a network interface is called, and where that is known from.
 *
 * @public named in the glossary
 */
export interface Name {
  readonly name: string;
  readonly from: 'EC2';
  /** Since when it is called so; undefined where that is not known: then it is the name of now. */
  readonly since: Date | undefined;
}

/** Names by address (`10.0.1.5`, canonical) and by interface id (`eni-…`). */
export type Names = ReadonlyMap<string, Name>;

/** Where nothing has a name. */
export const NO_NAMES: Names = new Map();
