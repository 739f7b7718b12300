/**
 * A script for the page: everything that can be pressed or filled in, is visible, and has no name for those who cannot
 * see it. It runs in the browser, so it is text.
 */
export const listNameless = `
  [...document.querySelectorAll('button, a, input, select, textarea, [role=button], [role=img], dialog[open]')]
    .filter((one) => one.checkVisibility())
    .filter((one) => {
      const labels = one.labels ? [...one.labels].map((label) => label.textContent).join('') : '';
      const pointed = (one.getAttribute('aria-labelledby') ?? '').split(' ').map((id) => document.getElementById(id)?.textContent ?? '').join('');
      const own = ['BUTTON', 'A'].includes(one.tagName) ? one.textContent : '';
      return [one.getAttribute('aria-label'), labels, pointed, own].every((name) => !name || name.trim() === '');
    })
    .map((one) => one.outerHTML.slice(0, 120))
`;
