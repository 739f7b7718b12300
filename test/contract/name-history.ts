import { describe, expect, it } from 'vitest';
import type { NameHistory } from '../../src/core/lake/name-history.ts';
import type { NameSpan } from '../../src/core/lake/names.ts';

/** A memory of names that the test may close and open again. */
export interface OpenNames {
  readonly names: NameHistory;
  /** Another start of the program on the same memory; undefined where nothing is kept. */
  readonly reopen: (() => Promise<NameHistory>) | undefined;
}

const SITE = { account: '111111111111', region: 'eu-central-1' };
const hour = (hours: number) => new Date(Date.UTC(2026, 2, 5, hours));
const ms = (hours: number) => hour(hours).getTime();
const until = (hours: number) => ({ from: hour(0), to: hour(hours) });

const ADDRESS = '10.0.1.5';

function span(name: string, change: Partial<NameSpan> = {}): NameSpan {
  return { of: ADDRESS, name, interfaceId: `eni-${name}`, vpcId: 'vpc-1', ...change };
}

/** What every memory of names promises. */
export function describeNameHistory(name: string, open: () => Promise<OpenNames>): void {
  describe(`the names ${name}`, () => {
    it('are what was written down, since their interface was attached where nothing was known before', async () => {
      const { names } = await open();
      const spans = [span('db-1', { fromMs: ms(1) }), span('db-1', { of: 'eni-db-1', vpcId: '' })];
      await names.note(SITE, spans, hour(5));
      expect(await names.of(SITE, [ADDRESS], until(9))).toEqual([
        { ...span('db-1'), fromMs: ms(1), toMs: undefined },
      ]);
      expect(await names.of(SITE, ['eni-db-1', ADDRESS, 'x'], until(9))).toHaveLength(2);
      expect(await names.of(SITE, ['x'], until(9))).toEqual([]);
      expect(await names.of({ ...SITE, region: 'eu-west-1' }, [ADDRESS], until(9))).toEqual([]);
    });

    it('end when they were last seen, and those that come then begin when they are seen or attached', async () => {
      const { names } = await open();
      await names.note(SITE, [span('db-1')], hour(5));
      await names.note(SITE, [span('db-1')], hour(6));
      await names.note(SITE, [span('app-7', { fromMs: ms(7) })], hour(8));
      await names.note(SITE, [span('app-8')], hour(9));
      expect(await names.of(SITE, [ADDRESS], until(12))).toEqual([
        { ...span('db-1'), fromMs: undefined, toMs: ms(6) },
        { ...span('app-7'), fromMs: ms(7), toMs: ms(8) },
        { ...span('app-8'), fromMs: ms(9), toMs: undefined },
      ]);
      expect(await names.of(SITE, [ADDRESS], until(7))).toHaveLength(1);
    });

    it('of an interface that is called otherwise, or gets an address, begin when that is seen', async () => {
      const { names } = await open();
      const attached = { interfaceId: 'eni-1', fromMs: ms(1) };
      await names.note(SITE, [span('db-old', attached)], hour(5));
      const other = span('db-1', { ...attached, of: '10.0.1.6' });
      await names.note(SITE, [span('db-1', attached), other], hour(6));
      const known = { interfaceId: 'eni-1', fromMs: ms(6), toMs: undefined };
      expect(await names.of(SITE, [ADDRESS], until(9))).toEqual([
        { ...span('db-old', attached), toMs: ms(5) },
        span('db-1', known),
      ]);
      expect(await names.of(SITE, ['10.0.1.6'], until(9))).toEqual([
        span('db-1', { ...known, of: '10.0.1.6' }),
      ]);
    });

    it('are not changed by what was listed before them', async () => {
      const { names } = await open();
      await names.note(SITE, [span('db-1')], hour(6));
      await names.note(SITE, [span('app-7')], hour(5));
      expect((await names.of(SITE, [ADDRESS], until(9))).map((each) => each.name)).toEqual(['db-1']);
    });

    it('are forgotten once they ended long ago, and those of now never', async () => {
      const { names } = await open();
      await names.note(SITE, [span('db-1')], hour(5));
      await names.note(SITE, [span('app-7')], hour(6));
      expect(await names.sweep(hour(5))).toBe(0);
      expect(await names.sweep(hour(20))).toBe(1);
      expect((await names.of(SITE, [ADDRESS], until(9))).map((each) => each.name)).toEqual(['app-7']);
    });

    it('are known after a restart, and go on', async () => {
      const { names, reopen } = await open();
      await names.note(SITE, [span('db-1')], hour(5));
      const again = (await reopen?.()) ?? names;
      await again.note(SITE, [span('db-1')], hour(6));
      await again.note(SITE, [], hour(7));
      expect(await again.of(SITE, [ADDRESS], until(9))).toEqual([
        { ...span('db-1'), fromMs: undefined, toMs: ms(6) },
      ]);
    });
  });
}
