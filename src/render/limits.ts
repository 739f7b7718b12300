/**
 * Every number that Slack imposes, in one place. Names, never digits, appear elsewhere.
 * Where Slack's own pages disagree the smaller number is here, because a block over a limit loses the message.
 *
 * @see https://docs.slack.dev/reference/block-kit/blocks
 * @see https://docs.slack.dev/reference/methods/chat.postMessage
 */
export const LIMITS = {
  /** A command, a button or an envelope must be acknowledged within this time. */
  ackMs: 3_000,
  /** A trigger opens one view, within this time. */
  triggerMs: 3_000,
  responseUrlUses: 5,
  responseUrlMs: 30 * 60_000,

  /**
   * Calls of `chat.update`, over all channels of a workspace: tier 3. @see https://docs.slack.dev/apis/web-api/rate-limits
   */
  updatesAMinute: 50,
  /** Calls of `chat.postMessage` in one channel, and about so many in a workspace: it has limits of its own there. */
  postsASecondInChannel: 1,
  postsAMinute: 300,

  messageBlocks: 50,
  viewBlocks: 100,
  /** `chat.update` refuses longer text (`msg_too_long`); `chat.postMessage` cuts at `messageTextCut`. */
  messageText: 4_000,
  messageTextCut: 40_000,
  metadataBytes: 8_000,
  /** `conversations.history` and `conversations.replies`: messages of a page when none are asked for, and at most. */
  historyPage: 100,
  historyMost: 999,

  headerText: 150,
  sectionText: 3_000,
  sectionFields: 10,
  sectionFieldText: 2_000,
  contextElements: 10,
  actionsElements: 25,
  blockId: 255,
  actionId: 255,
  callbackId: 255,

  buttonText: 75,
  buttonValue: 2_000,
  buttonUrl: 3_000,
  optionText: 75,
  selectOptions: 100,
  optionGroups: 100,
  overflowOptions: 5,
  placeholder: 150,
  plainTextInput: 3_000,
  inputLabel: 2_000,

  containerTitle: 150,
  containerBlocks: 10,

  /** Rows of `table`, its header among them; `data_table` takes one more, for its header. */
  tableRows: 100,
  tableColumns: 20,
  /** Characters over all cells of all tables in one message. */
  tableChars: 10_000,
  tablePageSize: 100,
  tablesPerMessage: 1,
  dataTableMinRows: 1,

  chartTitle: 50,
  chartsPerMessage: 2,
  chartSeries: 6,
  chartPoints: 20,
  pieSegments: 6,
  chartLabel: 20,
  chartAxisLabel: 50,

  modalTitle: 24,
  modalButton: 24,
  privateMetadata: 3_000,

  snippetBytes: 1_000_000,
  commandText: 4_000,
  shortcutName: 24,

  /** Requests older or newer than this are not from Slack, or are played back. */
  signatureSeconds: 5 * 60,

  manifestName: 35,
  manifestDescription: 140,
  manifestLongDescriptionLeast: 175,
  manifestLongDescription: 4_000,
  commandName: 32,
  shortcutDescription: 150,

  /** Progress is written at most this often: `chat.update` allows about 50 a minute. */
  progressEveryMs: 3_000,
} as const;
