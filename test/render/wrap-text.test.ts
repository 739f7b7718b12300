import { execFileSync } from 'node:child_process';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { offeredLines, quotedForShell, wrapText } from '../../src/render/wrap-text.ts';

it('what a shell reads is quoted, and nothing else', () => {
  expect(quotedForShell('to 10.0.1.5 port=443 since 2026-11-22T10:00Z')).toBe(
    'to 10.0.1.5 port=443 since 2026-11-22T10:00Z',
  );
  expect(quotedForShell('a; b $c')).toBe("'a; b $c'");
  expect(quotedForShell('')).toBe("''");
});

describe('a text', () => {
  it('is wrapped at spaces, with the lines behind the first indented', () => {
    expect(wrapText('a bb ccc dddd', 8, '  ')).toEqual(['a bb ccc', '  dddd']);
    expect(wrapText('a bb', 8)).toEqual(['a bb']);
    expect(wrapText('a bb ccc', undefined)).toEqual(['a bb ccc']);
    expect(wrapText('arn:aws:ec2:eu-central-1 x', 8)).toEqual(['arn:aws:ec2:eu-central-1', 'x']);
  });

  it('fits its width unless a word does not, and loses none', () => {
    const words = fc.array(fc.stringMatching(/^[a-z0-9.]{1,12}$/), { minLength: 1 });
    fc.assert(
      fc.property(words, fc.integer({ min: 14, max: 80 }), (all, width) => {
        const lines = wrapText(all.join(' '), width, '  ');
        expect(lines.every((line) => line.length <= width)).toBe(true);
        expect(lines.map((line) => line.trim()).join(' ')).toBe(all.join(' '));
      }),
    );
  });
});

describe('a line that is offered', () => {
  const line = 'rejected dst=10.0.12.41 port=5432 since 2026-11-22T13:00Z until 2026-11-22T14:00Z';

  it('is on the line of its label where there is room, and else below', () => {
    const step = { label: 'Rejected', line: 'rejected last 1h' };
    expect(offeredLines(step, 'flowlog ', 80)).toEqual(['  Rejected: flowlog rejected last 1h']);
    expect(offeredLines(step, 'flowlog ', 30)).toEqual(['  Rejected:', '    flowlog rejected last 1h']);
    expect(offeredLines({ label: 'Rejected', line }, '', 40)).toEqual(['  Rejected:', `    ${line}`]);
  });

  it('that is broken is one command for a shell that it is copied into', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 30, max: 60 }),
        fc.constantFrom(line, 'to "db 1" last 1h', "between it's here", 'to <address> $HOME `x` last 1h'),
        (width, offered) => {
          const [, ...lines] = offeredLines({ label: 'x'.repeat(60), line: offered }, 'printf "%s " ', width);
          const said = execFileSync('sh', ['-c', lines.join('\n')], { encoding: 'utf8' });
          expect(said.trim()).toBe(offered);
        },
      ),
      { numRuns: 30 },
    );
  });
});
