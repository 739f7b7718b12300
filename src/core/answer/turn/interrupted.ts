/** Why work was stopped when the app itself stops: it stays in flight and is taken up after the restart. */
export class Interrupted extends Error {
  override readonly name = 'Interrupted';
}
