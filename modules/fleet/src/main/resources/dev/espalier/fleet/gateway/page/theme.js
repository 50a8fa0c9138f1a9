// Light or dark, as the system prefers or as was chosen here; runs before the first paint.
(() => {
  const KEY = 'espalier.theme';
  const dark = matchMedia('(prefers-color-scheme: dark)');

  function chosen() {
    try {
      return localStorage.getItem(KEY);
    } catch {
      return undefined; // storage is refused: the system's choice stays
    }
  }

  function now() {
    return chosen() ?? (dark.matches ? 'dark' : 'light');
  }

  function show() {
    document.documentElement.dataset.theme = now();
    const button = document.getElementById('theme');
    button?.setAttribute('aria-pressed', String(now() === 'dark'));
    document.dispatchEvent(new Event('themechange'));
  }

  function toggle() {
    const other = now() === 'dark' ? 'light' : 'dark';
    try {
      localStorage.setItem(KEY, other);
    } catch {
      document.documentElement.dataset.theme = other;
    }
    show();
  }

  show();
  dark.addEventListener('change', show);
  addEventListener('DOMContentLoaded', () => {
    show();
    document.getElementById('theme').addEventListener('click', toggle);
  });
})();
