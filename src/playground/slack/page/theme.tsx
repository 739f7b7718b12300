import { useEffect, useState } from 'preact/hooks';
import { Icon } from './icon.tsx';
import { recall, remember } from './remember.ts';

type Theme = 'light' | 'dark';

const dark = matchMedia('(prefers-color-scheme: dark)');

/** Puts the page into the theme that the person chose, or that their system asks for. */
export function applyTheme(): Theme {
  const chosen = recall('theme');
  const theme = chosen === 'light' || chosen === 'dark' ? chosen : dark.matches ? 'dark' : 'light';
  document.documentElement.dataset.theme = theme;
  return theme;
}

/** A button that switches between light and dark. */
export function ThemeToggle() {
  const [theme, setTheme] = useState(applyTheme);
  useEffect(() => {
    const follow = () => setTheme(applyTheme());
    dark.addEventListener('change', follow);
    return () => dark.removeEventListener('change', follow);
  }, []);
  const other: Theme = theme === 'dark' ? 'light' : 'dark';
  const toggle = () => {
    remember('theme', other);
    setTheme(applyTheme());
  };
  return (
    <button type="button" class="button button-icon" aria-label={`Use the ${other} theme`} onClick={toggle}>
      <Icon name={theme === 'dark' ? 'sun' : 'moon'} />
    </button>
  );
}
