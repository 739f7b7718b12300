import type { Scope } from '../../core/args/scope-args.ts';
import { UserError } from '../../core/errors.ts';
import type { Lake } from '../../core/ports/lake.ts';
import type { Sources } from '../../core/ports/sources.ts';
import { stretchOf } from '../../core/window/stretch-of.ts';
import type { Inspect } from './inspector.ts';
import { mayBeInScope } from './owned-records.ts';
import { refuseUnreadable } from './refuse-unreadable.ts';
import { scanOf } from './scan-of.ts';

/** What finding files in a folder needs. */
export interface LocalSourcesParts {
  readonly root: string;
  /** How the lake is called in answers. */
  readonly name: string;
  readonly lake: Lake;
  readonly inspect: Inspect;
}

/** Finds flow logs in one folder: everything under it is one source, cut down by account and region where they are said. */
export function createLocalSources({ root, name, lake, inspect }: LocalSourcesParts): Sources {
  return {
    async scanFor({ window, scope }, signal) {
      await refuseUnreadable(root);
      refuseScope(scope, name);
      const stretch = stretchOf(window);
      const [listed, extent] = await Promise.all([lake.during(stretch, signal), lake.extent(signal)]);
      const objects = listed.filter(({ key }) => mayBeInScope(key, scope));
      return scanOf({ name, objects, extent, stretch, scope }, inspect, signal);
    },
    prepare: async () => {},
  };
}

/** A folder knows neither VPCs nor names of sources. */
function refuseScope({ in: source, vpc }: Scope, name: string): void {
  const said = source === undefined ? vpc && `vpc=${vpc}` : `in=${source}`;
  if (said === undefined) return;
  throw new UserError(`\`${said}\` means nothing for ${name}: a folder tells accounts and regions alone.`, {
    hint: 'Leave it out, or say `account=` or `region=`.',
  });
}
