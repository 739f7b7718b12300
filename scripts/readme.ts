import { readFileSync, writeFileSync } from 'node:fs';
import { readmeParts, withParts } from './readme-parts.ts';

const { dependencies } = JSON.parse(readFileSync('package.json', 'utf8'));
writeFileSync('README.md', withParts(readFileSync('README.md', 'utf8'), readmeParts(dependencies)));
