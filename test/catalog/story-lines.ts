/** A line for each query that finds something in the story. */
export const STORY_LINES: Readonly<Record<string, string>> = {
  changes: 'changes',
  who: 'who 10.0.1.10',
  why: 'why 10.0.1.10 10.0.2.20',
  to: 'to 10.0.1.10',
  from: 'from 10.0.1.10',
  traffic: 'traffic 10.0.1.10',
  between: 'between 10.0.1.10 10.0.2.20',
  records: 'records 10.0.1.10',
  'top-talkers': 'top-talkers',
  rejected: 'rejected',
  ports: 'ports 10.0.1.10',
  timeline: 'timeline',
  gaps: 'gaps',
};
