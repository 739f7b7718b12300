import type { ScannedObject } from '../../core/lake/scan.ts';
import type { Shape } from './shape.ts';

/** A file of a lake that can be read, and how it holds its records. */
export interface ReadableObject {
  readonly object: ScannedObject;
  readonly shape: Shape;
}
