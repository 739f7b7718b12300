import type { ApiMethod } from './api-method.ts';
import { appsConnectionsOpen } from './apps-connections-open.ts';
import { authTest } from './auth-test.ts';
import { blocksValidate } from './blocks-validate.ts';
import { chatDelete } from './chat/chat-delete.ts';
import { chatGetPermalink } from './chat/chat-get-permalink.ts';
import { chatPostEphemeral } from './chat/chat-post-ephemeral.ts';
import { chatPostMessage } from './chat/chat-post-message.ts';
import { chatUpdate } from './chat/chat-update.ts';
import { conversationsInfo } from './conversations/conversations-info.ts';
import { conversationsHistory, conversationsReplies } from './conversations/conversations-read.ts';
import { filesCompleteUpload } from './files/files-complete-upload.ts';
import { filesGetUploadUrl } from './files/files-get-upload-url.ts';
import { usersInfo } from './users-info.ts';
import { viewsOpen, viewsPush } from './views/views-open.ts';
import { viewsUpdate } from './views/views-update.ts';

/** Every method that the desk knows; all others are `unknown_method`. */
export const methods: readonly ApiMethod[] = [
  appsConnectionsOpen,
  authTest,
  blocksValidate,
  chatDelete,
  chatGetPermalink,
  chatPostEphemeral,
  chatPostMessage,
  chatUpdate,
  conversationsHistory,
  conversationsInfo,
  conversationsReplies,
  filesCompleteUpload,
  filesGetUploadUrl,
  usersInfo,
  viewsOpen,
  viewsPush,
  viewsUpdate,
];
