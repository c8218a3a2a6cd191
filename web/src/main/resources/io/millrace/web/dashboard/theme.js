// The theme: automatic, light or dark. A classic script that runs before the first paint, so that a
// chosen theme does not flash in the other one's colours.
(() => {
  const THEMES = ['auto', 'light', 'dark'];
  const LABELS = { auto: 'Auto', light: 'Light', dark: 'Dark' };
  const STORE_KEY = 'millrace-theme';

  const stored = () => {
    try {
      return localStorage.getItem(STORE_KEY);
    } catch {
      return null; // storage may be forbidden; the theme then lasts for this page only
    }
  };
  const store = (theme) => {
    try {
      localStorage.setItem(STORE_KEY, theme);
    } catch {
      // as above
    }
  };

  let theme = THEMES.includes(stored()) ? stored() : 'auto';
  const apply = () => {
    document.documentElement.dataset.theme = theme;
    dispatchEvent(new Event('themechange'));
  };
  apply();
  matchMedia('(prefers-color-scheme: dark)').addEventListener('change', apply);

  addEventListener('DOMContentLoaded', () => {
    const button = document.getElementById('theme');
    const text = document.getElementById('theme-text');
    const label = () => {
      text.textContent = LABELS[theme];
      button.setAttribute('aria-label', `Theme: ${LABELS[theme]}. Change theme`);
      button.title = `Theme: ${LABELS[theme]}`;
    };
    button.addEventListener('click', () => {
      theme = THEMES[(THEMES.indexOf(theme) + 1) % THEMES.length];
      store(theme);
      apply();
      label();
    });
    label();
  });
})();
