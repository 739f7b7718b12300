/** What AWS lets stand in keys and values of tags, but for the signs that hold lists of them together. */
export const TAG_SIGNS = String.raw`[\p{L}\p{N} _.:/+@-]`;
