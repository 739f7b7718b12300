/** How parts of a text are set off on a terminal with colours. */
export type Paint = (role: 'good' | 'bad' | 'doubt' | 'strong' | 'faint', text: string) => string;
