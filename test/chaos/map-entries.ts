import { Session } from 'node:inspector';
import { z } from 'zod';

const REMOTE = z.object({ result: z.object({ objectId: z.string() }) });
const QUERIED = z.object({ objects: z.object({ objectId: z.string() }) });
const SIZES = z.object({ result: z.object({ value: z.array(z.number()) }) });

/** Sizes of all maps and sets of this process that anything refers to, the largest first. */
export function mapSizes(): readonly number[] {
  const session = new Session();
  session.connect();
  try {
    const sizes = ['Map', 'Set'].flatMap((kind) => sizesOf(session, kind));
    return sizes.toSorted((a, b) => b - a);
  } finally {
    session.disconnect();
  }
}

/** What only inherits from a map, as its prototype's prototype does, has no size. */
const SIZES_OF_ALL = `function () {
  return this.map((each) => {
    try {
      return Number(each.size) || 0;
    } catch {
      return 0;
    }
  });
}`;

function sizesOf(session: Session, kind: string): readonly number[] {
  const prototype = REMOTE.parse(asked(session, 'Runtime.evaluate', { expression: `${kind}.prototype` }));
  const found = QUERIED.parse(
    asked(session, 'Runtime.queryObjects', { prototypeObjectId: prototype.result.objectId }),
  );
  const { objectId } = found.objects;
  const sizes = asked(session, 'Runtime.callFunctionOn', {
    objectId,
    functionDeclaration: SIZES_OF_ALL,
    returnByValue: true,
  });
  return SIZES.parse(sizes).result.value;
}

/** A session of the thread that it looks into answers before the call returns. */
function asked(session: Session, method: string, parameters: Readonly<Record<string, unknown>>): unknown {
  let answer: unknown;
  session.post(method, parameters, (error, result) => {
    if (error !== null) throw error;
    answer = result;
  });
  return answer;
}
