import { readFile } from 'node:fs/promises';
import { isIP } from 'node:net';
import path from 'node:path';
import { gunzipSync } from 'node:zlib';
import { beforeAll, describe, expect, it } from 'vitest';
import { FIELD_NAMES, FIELDS } from '../../../src/core/flow-log/fields.ts';
import { distinct, having, logFiles, type ReadBack, readBack, total } from './read-back.ts';
import { ANCHOR_SECONDS, sharedFolder } from './sample-folder.ts';

let folder: string;
let all: readonly ReadBack[];
let traffic: readonly ReadBack[];

beforeAll(async () => {
  folder = await sharedFolder();
  all = await readBack(folder);
  traffic = having(all, { 'log-status': 'OK' });
});

describe('the records of the sample', () => {
  it('have a header with every field of versions 2 to 5 in the order of AWS', async () => {
    const expected = FIELD_NAMES.filter((name) => FIELDS[name].version <= 5).join(' ');
    expect(expected.split(' ')).toHaveLength(29);
    for (const file of await logFiles(folder)) {
      const text = gunzipSync(await readFile(path.join(folder, file))).toString('utf8');
      expect(text.slice(0, text.indexOf('\n'))).toBe(expected);
      expect(text.endsWith('\n')).toBe(true);
    }
  });

  it('are of an ordinary volume', () => {
    expect(all.length).toBeGreaterThan(30_000);
    expect(all.length).toBeLessThan(60_000);
  });

  it('end in the five minutes that their file is named after, after they began', () => {
    const wrong = all.filter(({ file, values }) => {
      const [, date = '', hour, minute] = /_(\d{8})T(\d\d)(\d\d)Z_/.exec(file) ?? [];
      const day = `${date.slice(0, 4)}-${date.slice(4, 6)}-${date.slice(6)}`;
      const slotSeconds = Date.parse(`${day}T${hour}:${minute}:00Z`) / 1000;
      const [start, end] = [Number(values.start), Number(values.end)];
      return !(end > start && end - start < 60 && end >= slotSeconds && end < slotSeconds + 300);
    });
    expect(wrong).toEqual([]);
  });

  it('cover every one of the last 180 minutes and nothing later', () => {
    const minutes = new Set(all.map(({ values }) => Math.floor(Number(values.start) / 60)));
    expect(minutes.size).toBe(180);
    expect(Math.max(...minutes)).toBe(ANCHOR_SECONDS / 60 - 1);
  });

  it('have valid ports, protocols, sizes, flags and addresses', () => {
    const wrong = traffic.filter(({ values: v }) => {
      const ports = [v.srcport, v.dstport].every((port) => /^\d+$/.test(port ?? '') && Number(port) <= 65535);
      const portless = v.protocol === '1' ? v.srcport === '0' && v.dstport === '0' : Number(v.srcport) > 0;
      const mean = Number(v.bytes) / Number(v.packets);
      const sizes =
        /^[1-9]\d*$/.test(v.bytes ?? '') && /^[1-9]\d*$/.test(v.packets ?? '') && mean >= 40 && mean <= 1500;
      const family = v.type === 'IPv6' ? 6 : 4;
      const addresses = [v.srcaddr, v.dstaddr, v['pkt-srcaddr'], v['pkt-dstaddr']].every(
        (a) => isIP(a ?? '') === family,
      );
      return !(ports && portless && sizes && addresses);
    });
    expect(wrong).toEqual([]);
    expect(distinct(traffic, 'protocol')).toEqual(['1', '17', '6']);
    expect(distinct(traffic, 'tcp-flags')).toEqual(['0', '1', '18', '19', '2', '3', '4']);
    expect(distinct(traffic, 'type')).toEqual(['IPv4', 'IPv6']);
    expect(distinct(traffic, 'action')).toEqual(['ACCEPT', 'REJECT']);
    expect(
      total(
        traffic.filter(({ values }) => values.protocol !== '6'),
        'tcp-flags',
      ),
    ).toBe(0);
  });

  it('have the path only of packets that leave', () => {
    expect(distinct(having(traffic, { 'flow-direction': 'ingress' }), 'traffic-path')).toEqual(['-']);
    const left = having(traffic, { 'flow-direction': 'egress', action: 'ACCEPT' });
    expect(distinct(left, 'traffic-path')).toEqual(['1', '3', '7', '8']);
    expect(
      distinct(having(traffic, { 'flow-direction': 'egress', action: 'REJECT' }), 'traffic-path'),
    ).toEqual(['-']);
  });

  it('say what every record of the flow log says', () => {
    expect(distinct(all, 'version')).toEqual(['5']);
    expect(distinct(all, 'account-id')).toEqual(['123456789012']);
    expect(distinct(traffic, 'region')).toEqual(['us-east-1']);
    expect(distinct(traffic, 'az-id')).toEqual(['use1-az1', 'use1-az2']);
    expect(distinct(traffic, 'sublocation-id')).toEqual(['-']);
    expect(distinct(traffic, 'pkt-dst-aws-service')).toEqual(['-', 'S3']);
  });

  it('say of idle interfaces that there was no data, with nothing but the interface and the time', () => {
    const idle = having(all, { 'log-status': 'NODATA' });
    expect(idle.length).toBeGreaterThan(100);
    const filled = ['version', 'account-id', 'interface-id', 'start', 'end', 'log-status'];
    for (const { values } of idle) {
      expect(Object.keys(values).filter((name) => values[name] !== '-')).toEqual(filled);
    }
  });

  it('have one record at least of every interface in every minute', () => {
    const heard = new Set(
      all.map(({ values }) => `${values['interface-id']} ${Math.floor(Number(values.start) / 60)}`),
    );
    expect(heard.size).toBe(15 * 180);
  });

  it('never show the DNS of AWS nor its time and metadata services', () => {
    expect(having(traffic, { dstport: '53' })).toEqual([]);
    expect(traffic.filter(({ values }) => values.dstaddr?.startsWith('169.254.'))).toEqual([]);
  });
});
