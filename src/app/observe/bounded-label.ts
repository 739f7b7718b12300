const OTHER = 'other';

/** Letters, digits and signs of names: nothing that was typed or answered as free text becomes a label. */
const A_NAME = /^[\w.:/= -]{1,128}$/;

/**
 * Keeps the first `most` different names of a label apart and makes all further ones `other`: what another system
 * answers must not let the metrics grow for ever.
 */
export function boundedLabel(most: number): (name: string) => string {
  const known = new Set<string>();
  return (name) => {
    if (known.has(name)) return name;
    if (known.size >= most || !A_NAME.test(name)) return OTHER;
    known.add(name);
    return name;
  };
}
