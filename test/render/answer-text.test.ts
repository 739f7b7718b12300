import { describe, expect, it } from 'vitest';
import { answerText, reportText } from '../../src/render/answer-text.ts';
import type { Paint } from '../../src/render/paint.ts';
import { askFixture } from '../support/ask-fixture.ts';

/** Marks in place of colours. */
const MARKED: Paint = (role, text) => `<${role}>${text}</${role}>`;

describe('an answer on a terminal', () => {
  it.each([40, 60, 80, 120])(
    'fits %i places but for words that are longer, and offers whole commands',
    async (width) => {
      const answer = await askFixture('rejected', { zone: 'Europe/Berlin' });
      const lines = answerText(answer, { prompt: 'flowlog ', width }).split('\n');
      const long = lines.filter((line) => line.length > width && line.trim().includes(' '));
      expect(long).toEqual([]);
    },
  );

  it('is without colours where there are none', async () => {
    const text = answerText(await askFixture('timeline'), { prompt: '', width: 80 });
    expect(text).not.toContain('\u001b');
  });

  it('sets its sentence off, and what is read last recedes', async () => {
    const answer = await askFixture('top-talkers');
    const lines = answerText(answer, { prompt: '', width: 200, paint: MARKED }).split('\n');
    expect(lines[0]).toMatch(/^<strong>.*<\/strong>$/);
    expect(lines[1]).toMatch(/^<faint>top-talkers/);
  });

  it('has its state in its colour', async () => {
    const answer = await askFixture('rejected');
    const finding = { ...answer.finding, state: 'rejected' as const };
    const [first] = answerText({ ...answer, finding }, { prompt: '', width: 200, paint: MARKED }).split('\n');
    expect(first).toMatch(/^<bad>✕ Rejected<\/bad><strong> · /);
  });

  it('that counts over time has a bar for each interval, the longest as long as there is room', async () => {
    const answer = await askFixture('timeline');
    const text = answerText(answer, { prompt: '', width: 80 });
    const bars = text.split('\n').flatMap((line) => line.match(/[█▒▏▎▍▌▋▊▉]+$/)?.[0] ?? []);
    expect(bars.length).toBeGreaterThan(1);
    expect(Math.max(...bars.map((bar) => bar.length))).toBeGreaterThan(37);
    expect(answerText(answer, { prompt: '' })).not.toMatch(/[█▒]/);
    expect(answerText(answer, { prompt: '', width: 20 })).not.toMatch(/[█▒]/);
  });
});

describe('a report on a terminal', () => {
  it('fits the width', () => {
    const lines = [
      'It has a table.',
      'AWS goes on delivering for some minutes: files that arrive later stay.',
    ];
    const next = [{ label: 'Do it', line: 'confirm op-1', press: 'ask' as const }];
    const text = reportText(
      { headline: 'Delete fl-1 and 12 files for good', sections: [{ lines }], next },
      'flowlog ',
      40,
    );
    expect(text.split('\n').filter((line) => line.length > 40)).toEqual([]);
    expect(text).toContain('  Do it: flowlog confirm op-1');
  });

  it('has a table where that fits, and else every cell of it below its row', () => {
    const columns = ['Flow log', 'Records', 'Delivery'];
    const rows = [
      ['fl-1', 'vpc-0f10f10f10f100001 sample', 'succeeding'],
      ['fl-2', 'vpc-0f10f10f10f100002 other', 'failing: Access error'],
    ];
    const report = { headline: '2 flow logs', sections: [{ table: { columns, rows } }], next: [] };
    expect(reportText(report, '', 80)).toContain('fl-1      vpc-0f10f10f10f100001 sample  succeeding');
    expect(reportText(report, '', 40).split('\n').slice(2)).toEqual([
      ...['fl-1', '  Records: vpc-0f10f10f10f100001 sample', '  Delivery: succeeding', ''],
      ...['fl-2', '  Records: vpc-0f10f10f10f100002 other', '  Delivery: failing: Access error'],
    ]);
  });
});
