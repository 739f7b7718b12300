import { useCallback, useRef, useState } from 'preact/hooks';
import type { Reaction } from '../protocol.ts';

const SHOWN_FOR_MS = 6_000;

const REASONS: Readonly<Record<string, string>> = {
  operation_timeout: 'The app did not answer within three seconds.',
  dispatch_failed: 'The app is not connected.',
};

interface Toast {
  readonly id: number;
  readonly text: string;
}

/** Notes in a corner that go away by themselves, and the function that adds one for a reaction that is a failure. */
export function useToasts() {
  const [toasts, setToasts] = useState<readonly Toast[]>([]);
  const lastId = useRef(0);
  const report = useCallback((reaction: Reaction) => {
    const text = troubleOf(reaction);
    if (text === undefined) return;
    lastId.current += 1;
    const id = lastId.current;
    setToasts((shown) => [...shown, { id, text }]);
    setTimeout(() => setToasts((shown) => shown.filter((toast) => toast.id !== id)), SHOWN_FOR_MS);
  }, []);
  return { toasts, report };
}

function troubleOf(reaction: Reaction): string | undefined {
  if (reaction.outcome === 'refused' && !reaction.noted) return reaction.reason;
  if (reaction.outcome === 'failed')
    return REASONS[reaction.error] ?? `That did not work: ${reaction.error}.`;
  return undefined;
}

/** The corner; screen readers say what is added. */
export function Toasts({ toasts }: { readonly toasts: readonly Toast[] }) {
  return (
    <div class="toasts" role="alert">
      {toasts.map(({ id, text }) => (
        <div class="toast" key={id}>
          {text}
        </div>
      ))}
    </div>
  );
}
