import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Ajv } from 'ajv';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { z } from 'zod';
import { readConfig } from '../src/app/config.ts';
import { LIMITS } from '../src/render/limits.ts';
import {
  ALL_SCOPES,
  EVENT_SCOPES,
  MESSAGE_SHORTCUT,
  METHOD_SCOPES,
  OPTIONAL_SCOPES,
} from '../src/slack/scopes.ts';
import { officialSchema } from './support/official-schema.ts';
import { referencePath } from './support/reference.ts';

const text = readFileSync('manifest.yml', 'utf8');

const manifest = z
  .object({
    display_information: z.object({
      name: z.string(),
      description: z.string(),
      long_description: z.string(),
    }),
    features: z.object({
      slash_commands: z.tuple([
        z.object({ command: z.string(), should_escape: z.boolean(), usage_hint: z.string() }),
      ]),
      shortcuts: z.array(
        z.object({ name: z.string(), type: z.string(), callback_id: z.string(), description: z.string() }),
      ),
    }),
    oauth_config: z.object({
      scopes: z.object({ bot: z.array(z.string()), bot_optional: z.array(z.string()) }),
    }),
    settings: z.object({
      event_subscriptions: z.object({ bot_events: z.array(z.string()) }),
      interactivity: z.object({ is_enabled: z.boolean() }),
      socket_mode_enabled: z.boolean(),
    }),
  })
  .parse(parse(text));

/** All source of the Slack door but the table that is checked against it. */
const source = readdirSync('src/slack', { recursive: true, encoding: 'utf8' })
  .filter((path) => path.endsWith('.ts') && path !== 'scopes.ts')
  .map((path) => readFileSync(join('src/slack', path), 'utf8'))
  .join('\n')
  .replaceAll(/\s+\./g, '.');

/** Methods by how they are called: `clients.sure.chat.update(`. */
function calledMethods(): readonly string[] {
  const calls = source.matchAll(
    /\.((?:auth|chat|conversations|files|reactions|usergroups|users|views)\.\w+)\(/g,
  );
  return [...new Set([...calls].map(([, name]) => name ?? ''))].sort();
}

function sorted(texts: Iterable<string>): readonly string[] {
  return [...new Set(texts)].sort();
}

describe('the manifest', () => {
  it('asks for the scopes that the code needs and for no other', () => {
    expect(manifest.oauth_config.scopes.bot).toEqual(sorted(ALL_SCOPES));
    expect(manifest.oauth_config.scopes.bot_optional).toEqual([...OPTIONAL_SCOPES]);
  });

  it('is made from a table that names exactly the methods that are called', () => {
    expect(sorted(Object.keys(METHOD_SCOPES))).toEqual(calledMethods());
    expect(source).not.toMatch(/\.apiCall\(/);
  });

  it('subscribes to the events that are listened to', () => {
    const listened = [...source.matchAll(/app\.event\('([\w.]+)'/g)].map(([, name]) => name);
    const bare = Object.keys(EVENT_SCOPES).map((name) => name.split('.')[0]);
    expect(manifest.settings.event_subscriptions.bot_events).toEqual(sorted(Object.keys(EVENT_SCOPES)));
    expect(listened).toEqual(bare);
  });

  it('names the command of the default configuration, as it is typed', () => {
    const [command] = manifest.features.slash_commands;
    expect(command.command).toBe(readConfig({}).command);
    expect(command.should_escape).toBe(false);
  });

  it('offers the shortcuts that are answered', () => {
    const { callbackId, name } = MESSAGE_SHORTCUT;
    expect(manifest.features.shortcuts).toMatchObject([{ callback_id: callbackId, name, type: 'message' }]);
    expect(manifest.settings.interactivity.is_enabled).toBe(true);
  });

  it('keeps to the lengths that Slack allows', () => {
    const { name, description, long_description } = manifest.display_information;
    const [command] = manifest.features.slash_commands;
    expect(name.length).toBeLessThanOrEqual(LIMITS.manifestName);
    expect(description.length).toBeLessThanOrEqual(LIMITS.manifestDescription);
    expect(long_description.length).toBeGreaterThanOrEqual(LIMITS.manifestLongDescriptionLeast);
    expect(long_description.length).toBeLessThanOrEqual(LIMITS.manifestLongDescription);
    expect(command.command.length).toBeLessThanOrEqual(LIMITS.commandName);
    for (const shortcut of manifest.features.shortcuts) {
      expect(shortcut.name.length).toBeLessThanOrEqual(LIMITS.shortcutName);
      expect(shortcut.description.length).toBeLessThanOrEqual(LIMITS.shortcutDescription);
    }
  });
});

const schemas = referencePath('reference/manifest.schema.json')?.replace(/\.json$/, '');
const PUBLISHED = 'https://raw.githubusercontent.com/slackapi/manifest-schema/v0.5.0/schemas/manifest.schema';

describe('the manifest', () => {
  const [right, wrong] = [parse(text), parse(text.replace('callback_id:', 'callback:'))];

  it("is what Slack's official types allow, which refuse a key that they do not know", async () => {
    const validate = new Ajv({ strict: false, allErrors: true }).compile(await officialSchema('Manifest'));
    expect(validate(right) || validate.errors).toBe(true);
    expect(validate(wrong)).toBe(false);
  });

  it.skipIf(schemas === undefined)("is what Slack's published schema allows, which refuses it too", () => {
    const read = (name: string): object => JSON.parse(readFileSync(`${schemas}${name}.json`, 'utf8'));
    const ajv = new Ajv({ strict: false, allErrors: true, validateFormats: false });
    ajv.addSchema(read('.1.0.0'), `${PUBLISHED}.1.0.0.json`);
    ajv.addSchema(read('.2.0.0'), `${PUBLISHED}.2.0.0.json`);
    const validate = ajv.compile(read(''));
    expect(validate(right) || validate.errors).toBe(true);
    expect(validate(wrong)).toBe(false);
  });
});
