const longestTarget = 4_096;

/** Reads what a request asks for; undefined for what is no path of this server, such as `//` or another server's URL. */
export function readTarget(target: string | undefined): URL | undefined {
  if (!target?.startsWith('/') || target.startsWith('//') || target.length > longestTarget) return undefined;
  const address = `http://desk${target}`;
  return URL.canParse(address) ? new URL(address) : undefined;
}
