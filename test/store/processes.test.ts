import { describeProcesses } from '../contract/processes.ts';
import { openUntilEnd, storePath } from './temp-store.ts';

describeProcesses('on one file', { newPlace: storePath, open: openUntilEnd });
