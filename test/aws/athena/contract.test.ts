import { describeEngine } from '../../contract/engine.ts';
import { engineByScan, openAthena } from './open-athena.ts';

describeEngine('athena', async (...written) => {
  const { fake, scan } = await openAthena(written);
  return { scan, engine: engineByScan(fake) };
});
