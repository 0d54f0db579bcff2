import { effectsBattery } from './effects.contract.ts';
import { notePort } from './effects.fixtures.ts';

const payload = (n: number) => ({ to: `person-${n}`, text: `note ${n}` });
const kinds = [
  ['that can be asked about', { askable: true, repeatable: false }],
  ['that can be repeated', { askable: false, repeatable: true }],
  ['that can be both', { askable: true, repeatable: true }],
  ['that can be neither', { askable: false, repeatable: false }],
  ['that is a state', { askable: true, repeatable: true, isState: true }],
] as const;

for (const [name, abilities] of kinds)
  effectsBattery(`an effect ${name}`, { payload, open: async () => notePort('test.note', abilities) });
