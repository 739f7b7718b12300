import { describeEngine } from '../../contract/engine.ts';
import { openAthenaByScan } from './open-athena.ts';

describeEngine('athena', (...written) => openAthenaByScan(written));
