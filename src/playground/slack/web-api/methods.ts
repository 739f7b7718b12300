import type { ApiMethod } from './api-method.ts';
import { appsConnectionsOpen } from './apps-connections-open.ts';
import { authTest } from './auth-test.ts';
import { chatGetPermalink } from './chat/chat-get-permalink.ts';
import { chatPostEphemeral } from './chat/chat-post-ephemeral.ts';
import { chatPostMessage } from './chat/chat-post-message.ts';
import { chatUpdate } from './chat/chat-update.ts';
import { filesCompleteUpload } from './files/files-complete-upload.ts';
import { filesGetUploadUrl } from './files/files-get-upload-url.ts';
import { usersInfo } from './users-info.ts';
import { viewsOpen } from './views/views-open.ts';

/** Every method that flowlog calls; all others are `unknown_method`, not played here. */
export const methods: readonly ApiMethod[] = [
  appsConnectionsOpen,
  authTest,
  chatGetPermalink,
  chatPostEphemeral,
  chatPostMessage,
  chatUpdate,
  filesCompleteUpload,
  filesGetUploadUrl,
  usersInfo,
  viewsOpen,
];
