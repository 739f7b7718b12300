/** Words that people say for an entry of the catalog; `*` stands for any one word, and they keep their order. */
export interface Phrase {
  readonly said: string;
  readonly means: string;
  /** What to tell them when it does not mean quite the same. */
  readonly note?: string;
}

const BOTH_WAYS = 'Read as a question about traffic between the two, in both directions';

/** How a line may begin. Only used when the catalog has the query that is meant; the longer of two comes first. */
export const PHRASES: readonly Phrase[] = [
  { said: 'rejected traffic from * to *', means: 'between * * action=reject', note: BOTH_WAYS },
  { said: 'rejected from * to *', means: 'between * * action=reject', note: BOTH_WAYS },
  { said: 'rejected between * and *', means: 'between * * action=reject' },
  { said: 'rejected between * *', means: 'between * * action=reject' },
  { said: 'rejected traffic from *', means: 'from * action=reject' },
  { said: 'rejected traffic to *', means: 'to * action=reject' },
  { said: 'rejected traffic of *', means: 'rejected *' },
  { said: 'rejected from *', means: 'from * action=reject' },
  { said: 'rejected to *', means: 'to * action=reject' },
  { said: 'rejected of *', means: 'rejected *' },
  { said: 'traffic between * and *', means: 'between * *' },
  { said: 'traffic between * *', means: 'between * *' },
  { said: 'traffic from * to *', means: 'between * *', note: BOTH_WAYS },
  { said: 'traffic to *', means: 'to *' },
  { said: 'traffic from *', means: 'from *' },
  { said: 'traffic of *', means: 'traffic *' },
  { said: 'traffic for *', means: 'traffic *' },
  { said: 'records from * to *', means: 'records src=* dst=*' },
  { said: 'records from *', means: 'records src=*' },
  { said: 'records to *', means: 'records dst=*' },
  { said: 'records of *', means: 'records *' },
  { said: 'records for *', means: 'records *' },
  { said: 'ports of *', means: 'ports *' },
  { said: 'ports for *', means: 'ports *' },
  { said: 'timeline of *', means: 'timeline *' },
  { said: 'timeline for *', means: 'timeline *' },
  { said: 'between * and *', means: 'between * *' },
  { said: 'from * to *', means: 'between * *', note: BOTH_WAYS },
  { said: 'who talked to *', means: 'to *' },
  { said: 'who talked with *', means: 'to *' },
  { said: 'who talks to *', means: 'to *' },
  { said: 'who is talking to *', means: 'to *' },
  { said: 'what talked to *', means: 'to *' },
  { said: 'what talks to *', means: 'to *' },
  { said: 'who did * talk to', means: 'from *' },
  { said: 'what did * talk to', means: 'from *' },
  { said: 'who does * talk to', means: 'from *' },
  { said: 'top talkers of *', means: 'top-talkers *' },
  { said: 'top-talkers of *', means: 'top-talkers *' },
  { said: 'top * talkers', means: 'top-talkers top=*' },
  { said: 'top talkers', means: 'top-talkers' },
  { said: 'talkers', means: 'top-talkers' },
  { said: 'rejected traffic', means: 'rejected' },
  { said: 'rejects', means: 'rejected' },
  { said: 'rejections', means: 'rejected' },
];

/** Words that people put around windows and options, wherever they stand. */
export const FILLERS: readonly Phrase[] = [
  { said: 'in the last', means: 'last' },
  { said: 'in last', means: 'last' },
  { said: 'within the last', means: 'last' },
  { said: 'within last', means: 'last' },
  { said: 'within', means: 'last' },
  { said: 'for the last', means: 'last' },
  { said: 'over the last', means: 'last' },
  { said: 'during the last', means: 'last' },
  { said: 'in the past', means: 'last' },
  { said: 'for the past', means: 'last' },
  { said: 'over the past', means: 'last' },
  { said: 'the last', means: 'last' },
  { said: 'the past', means: 'last' },
  { said: 'past', means: 'last' },
  { said: 'on port', means: 'port' },
];
