import fc from 'fast-check';

/** Values in place of the expected one. */
const ODD = fc.oneof(
  fc.constantFrom<unknown>(
    null,
    '',
    'x',
    0,
    -1,
    1e300,
    true,
    [],
    {},
    [null],
    '__proto__',
    '\u202e',
    '\ud800',
  ),
  fc.string({ unit: 'binary', maxLength: 20 }),
  fc.double(),
);

type Path = readonly (string | number)[];

/** Plain data in which one to three places are taken out or hold something else. */
export function changed(whole: unknown): fc.Arbitrary<unknown> {
  const paths = pathsIn(whole);
  const change = fc.tuple(fc.constantFrom(...paths), fc.option(ODD, { nil: undefined, freq: 3 }));
  return fc
    .array(change, { minLength: 1, maxLength: 3 })
    .map((changes) => changes.reduce((value, [path, odd]) => put(value, path, odd), whole));
}

function pathsIn(value: unknown, path: Path = []): readonly Path[] {
  if (typeof value !== 'object' || value === null) return [path];
  const inner = Object.entries(value).flatMap(([key, each]) =>
    pathsIn(each, [...path, Array.isArray(value) ? Number(key) : key]),
  );
  return path.length === 0 ? inner : [path, ...inner];
}

/** A copy with another value at a path; undefined takes it out. A path that is not there any more changes nothing. */
function put(value: unknown, [key, ...rest]: Path, odd: unknown): unknown {
  if (key === undefined) return odd;
  if (Array.isArray(value)) {
    const copy = value.map((each, index) => (index === key ? put(each, rest, odd) : each));
    return odd === undefined && rest.length === 0 ? copy.filter((_, index) => index !== key) : copy;
  }
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).flatMap(([name, each]) => {
      if (name !== key) return [[name, each]];
      return odd === undefined && rest.length === 0 ? [] : [[name, put(each, rest, odd)]];
    }),
  );
}
