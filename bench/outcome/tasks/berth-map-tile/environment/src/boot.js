import { startMap } from './map.js';

addEventListener('message', (e) => {
  if (e.data !== 'port' || !e.ports[0]) return;
  const root = document.querySelector('#berths');
  const stop = startMap(e.ports[0], (rows) => {
    root.replaceChildren(
      ...rows.map((r) => Object.assign(document.createElement('li'), { textContent: r.error ?? `${r.berth}: ${r.ship}` }))
    );
  });
  addEventListener('pagehide', stop);
});
