/** How many others come first, while there are any: `Waiting: 2 questions come first`. */
export function waitingWords(before: number): string {
  return `Waiting: ${before} ${before === 1 ? 'question comes' : 'questions come'} first`;
}
