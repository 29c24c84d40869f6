import { connect } from './bridge.js';

export function startMap(port, draw) {
  const desk = connect(port, { tile: 'berth-map', version: '1.4.0' });
  const ships = new Map();
  const redraw = () => draw([...ships].map(([berth, ship]) => ({ berth, ship })));

  desk.on('berth.moved', ({ from, to, ship }) => {
    if (from) ships.delete(from);
    if (to) ships.set(to, ship);
    redraw();
  });

  desk.ask('berth.list', { basin: 'east' }).then(
    (list) => {
      for (const { berth, ship } of list) ships.set(berth, ship);
      redraw();
    },
    (err) => draw([{ error: err.code }])
  );

  return () => desk.leave();
}
