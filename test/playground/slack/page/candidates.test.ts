import { describe, expect, it } from 'vitest';
import { findCandidates } from '../../../../src/playground/slack/page/candidates.ts';
import { shownState as state } from './shown-state.ts';

const inChannel = { isThread: false, isDirect: false };
const names = (text: string, box = {}) =>
  findCandidates(state, text, { ...inChannel, ...box }).list.map(({ name }) => name);

describe('what completes a word', () => {
  it.each([
    ['/', ['/flowlog', '/invite @flowlog']],
    ['/fl', ['/flowlog']],
    ['/flowlog', []],
    ['@', ['@flowlog', '@ana', '@anabel', '@ben']],
    ['hello @AN', ['@ana', '@anabel']],
    ['hello @ana', []],
    ['mail me@an', []],
    ['see #', ['#general']],
    ['/flowlog to a', ['app-1', 'app-12']],
    ['/flowlog to app-12', []],
    ['/flowlog between 10.0.11.41 db', ['db-1']],
    ['/flowlog records src=d', ['db-1']],
    ['/flowlog to ', []],
    ['@flowlog from 10.0.11.52', []],
    ['@flowlog from app', ['app-1', 'app-12']],
    ['what about app', []],
  ])('%s', (text, expected) => {
    expect(names(text)).toEqual(expected);
  });

  it('has no commands in a thread, as in Slack', () => {
    expect(names('/fl', { isThread: true })).toEqual([]);
    expect(names('@fl', { isThread: true })).toEqual(['@flowlog']);
  });

  it('takes every line for one to the app in the direct message with it', () => {
    expect(names('to app', { isDirect: true })).toEqual(['app-1', 'app-12']);
  });

  it('has no names of machines where the server knows none', () => {
    const { names: _, ...without } = state;
    expect(findCandidates(without, '/flowlog why a', inChannel).list).toEqual([]);
  });

  it('leaves Enter to the line behind a name that may be whole', () => {
    expect(findCandidates(state, '/flowlog why app-1', inChannel).takenByEnter).toBe(false);
    expect(findCandidates(state, '@an', inChannel).takenByEnter).toBe(true);
  });
});
