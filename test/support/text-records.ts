import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';

/** Every record of the gzip text files below a folder, by each file's own header; nothing of the app reads them. */
export function textRecords(folder: string): readonly Readonly<Record<string, string>>[] {
  const files = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((name) =>
    name.endsWith('.log.gz'),
  );
  return files.flatMap((name) => {
    const [header = '', ...lines] = gunzipSync(readFileSync(join(folder, name)))
      .toString('utf8')
      .trimEnd()
      .split('\n');
    const fields = header.split(' ');
    return lines.map((line) =>
      Object.fromEntries(line.split(' ').map((word, index) => [fields[index] ?? '', word])),
    );
  });
}

/** Records of traffic whose interval touches a window `[from, to)`. */
export function flowsIn(
  records: ReturnType<typeof textRecords>,
  from: string,
  to: string,
): ReturnType<typeof textRecords> {
  const [fromSeconds, toSeconds] = [Date.parse(from) / 1000, Date.parse(to) / 1000];
  return records.filter(
    (record) =>
      record['log-status'] === 'OK' && Number(record.end) >= fromSeconds && Number(record.start) < toSeconds,
  );
}
