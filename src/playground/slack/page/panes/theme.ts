import { element } from '../dom/element.ts';
import { icon } from '../dom/icon.ts';
import { recall, remember } from '../store/remember.ts';

const dark = matchMedia('(prefers-color-scheme: dark)');

/** Puts the page into the theme that the person chose, or that their system asks for. */
export function applyTheme(): 'light' | 'dark' {
  const theme = chosenTheme() ?? (dark.matches ? 'dark' : 'light');
  document.documentElement.dataset.theme = theme;
  return theme;
}

/** A button that turns the light on and off. */
export function createThemeToggle(): HTMLElement {
  const button = element('button', { type: 'button', class: 'button button-icon' });
  function draw(): void {
    const theme = applyTheme();
    button.setAttribute('aria-label', theme === 'dark' ? 'Use the light theme' : 'Use the dark theme');
    button.replaceChildren(icon(theme === 'dark' ? 'sun' : 'moon'));
  }
  button.addEventListener('click', () => {
    remember('theme', document.documentElement.dataset.theme === 'dark' ? 'light' : 'dark');
    draw();
  });
  dark.addEventListener('change', draw);
  draw();
  return button;
}

function chosenTheme(): 'light' | 'dark' | undefined {
  const theme = recall('theme');
  return theme === 'light' || theme === 'dark' ? theme : undefined;
}
