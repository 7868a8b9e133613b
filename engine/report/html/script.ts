/**
 * A page that is kept ages, and what it says of the last backup with it: it then says how old it is. Without this script
 * it is complete all the same.
 */
export const script = `
(() => {
  const times = document.querySelectorAll('.hero .state time');
  const made = times[times.length - 1];
  const minutes = Math.floor((Date.now() - Date.parse(made.dateTime)) / 60000);
  if (!(minutes >= 60)) return;
  const [count, unit] = minutes < 2880 ? [Math.floor(minutes / 60), 'hour'] : [Math.floor(minutes / 1440), 'day'];
  const note = document.getElementById('age');
  note.textContent = 'You are reading a report that was made ' + new Intl.RelativeTimeFormat('en').format(-count, unit) + '.';
  note.hidden = false;
})();
`;
